import { describeRegulation, type Regulation } from '../credit';

/** One line of what the data of a regulation say, under the heading of its section. */
export interface DataLine {
  readonly section: string;
  readonly line: string;
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

/** Sets the sentences made of a regulation's data beside the clauses they name. */
export function clauseData(regulation: Regulation): RegulationData {
  const [, , , ...described] = describeRegulation(regulation);
  const lines: DataLine[] = [];
  let section = '';
  /** A condition that several rules share is said once. */
  const add = (said: DataLine): void => {
    if (!lines.some(({ section: known, line }) => known === said.section && line === said.line))
      lines.push(said);
  };
  for (const line of described) {
    if (!line.startsWith(' ') && line.endsWith('：')) section = line.slice(0, -1);
    else add(line.startsWith(' ') ? { section, line: line.trim() } : { section: '', line });
  }
  const numbers = Object.keys(regulation.clauses);
  const names = ({ line }: DataLine, number: string): boolean => line.includes(`（${number}）`);
  return {
    clauses: Object.entries(regulation.clauses).map(([number, text]) => ({
      number,
      text,
      lines: lines.filter((line) => names(line, number)),
    })),
    rest: lines.filter((line) => !numbers.some((number) => names(line, number))),
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
