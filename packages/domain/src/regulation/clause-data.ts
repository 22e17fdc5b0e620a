import { describeRegulation, inBoth, isSectionTitle, type Regulation } from '../credit';

/** One line of what the data of a regulation say, under the heading of its section (`sectionName` has its English). */
export interface DataLine {
  readonly section: string;
  readonly line: string;
  /** Of a list of names, as the regulation gives them in English; '' of a sentence, and where it gives none. */
  readonly english: string;
}

/** A clause as published, beside what it became. */
export interface ClauseData {
  readonly number: string;
  readonly text: string;
  readonly lines: readonly DataLine[];
}

/** Each clause beside its data, and the data that stand under no single clause: measures, groups, cycles, open points. */
export interface RegulationData {
  readonly clauses: readonly ClauseData[];
  readonly rest: readonly DataLine[];
}

/** A line, and the rule under which it stands. */
interface DescribedLine extends Omit<DataLine, 'english'> {
  readonly of: DescribedLine | undefined;
}

/** `计量：天、学时`: a section that is said in one line. */
function ofOneLine(line: string): Omit<DataLine, 'english'> {
  const [title = '', ...rest] = line.split('：');
  return isSectionTitle(title) ? { section: title, line: rest.join('：') } : { section: '', line };
}

/** Sets the sentences made of a regulation's data beside the clauses they name. */
export function clauseData(regulation: Regulation): RegulationData {
  const [, , , ...described] = describeRegulation(regulation);
  const found: DescribedLine[] = [];
  let section = '';
  let rule: DescribedLine | undefined;
  for (const line of described) {
    if (!line.startsWith(' ') && line.endsWith('：')) section = line.slice(0, -1);
    else if (!line.startsWith(' ')) found.push({ ...ofOneLine(line), of: undefined });
    else {
      const isOfRule = line.startsWith('    ');
      const one: DescribedLine = { section, line: line.trim(), of: isOfRule ? rule : undefined };
      if (!isOfRule) rule = one;
      found.push(one);
    }
  }
  const numbers = Object.keys(regulation.clauses);
  const names = ({ line }: DescribedLine, number: string): boolean => line.includes(`（${number}）`);
  const isSame = (one: DescribedLine, other: DescribedLine): boolean =>
    one.section === other.section && one.line === other.line;
  /** A condition stands under each rule that has it; where its rules are not shown, it is said once for all of them. */
  const linesOf = (meant: (line: DescribedLine) => boolean): DataLine[] => {
    const shown = found.filter(meant);
    return shown
      .filter(
        (one, index) =>
          (one.of !== undefined && shown.includes(one.of)) ||
          !shown.slice(0, index).some((before) => isSame(before, one)),
      )
      .map(({ section: heading, line }) => ({
        section: heading,
        line,
        english: inBoth(line, regulation).en,
      }));
  };
  return {
    clauses: Object.entries(regulation.clauses).map(([number, text]) => ({
      number,
      text,
      lines: linesOf((line) => names(line, number)),
    })),
    rest: linesOf((line) => !numbers.some((number) => names(line, number))),
  };
}

export type ClauseChange = 'same' | 'changed' | 'added' | 'removed';

/** One clause in two versions; null where a version does not have it. */
export interface ClauseComparison {
  readonly number: string;
  readonly change: ClauseChange;
  readonly left: ClauseData | null;
  readonly right: ClauseData | null;
}

export interface RegulationComparison {
  readonly clauses: readonly ClauseComparison[];
  /** Definitions of the left version alone, and of the right version alone. */
  readonly leftOnly: readonly DataLine[];
  readonly rightOnly: readonly DataLine[];
}

/** Two versions side by side, in the order of the right one; clauses it no longer has stand at the end. */
export function compareRegulations(left: Regulation, right: Regulation): RegulationComparison {
  const [before, after] = [clauseData(left), clauseData(right)];
  const numbers = [...new Set([...after.clauses, ...before.clauses].map(({ number }) => number))];
  const find = (data: RegulationData, number: string): ClauseData | null =>
    data.clauses.find((clause) => clause.number === number) ?? null;
  const lacking = (lines: readonly DataLine[], other: readonly DataLine[]): DataLine[] =>
    lines.filter(
      (line) => !other.some((known) => known.section === line.section && known.line === line.line),
    );
  return {
    clauses: numbers.map((number) => {
      const [was, is] = [find(before, number), find(after, number)];
      return { number, change: changeOf(was, is), left: was, right: is };
    }),
    leftOnly: lacking(before.rest, after.rest),
    rightOnly: lacking(after.rest, before.rest),
  };
}

function changeOf(was: ClauseData | null, is: ClauseData | null): ClauseChange {
  if (!was) return 'added';
  if (!is) return 'removed';
  return JSON.stringify(was) === JSON.stringify(is) ? 'same' : 'changed';
}
