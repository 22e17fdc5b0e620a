import {
  addDays,
  AMOUNT_UNIT,
  instantOf,
  asksNothing,
  LIMIT_SIGNS,
  limitSign,
  toCivilDate,
  type Bilingual,
  type Language,
} from '@cadre/domain/core';
import {
  entryNumber,
  readingLeft,
  TARGET_READING_NAMES,
  targetTitle,
  waysLeft,
  type Statement,
  type StatementLine,
  type TargetStanding,
} from '@cadre/domain/ledger';
import { endedYearTable } from './ended-year-table';
import type { Paper, PaperTable } from './paper';
import { numbers, STATEMENT_WORDS } from './statement-words';
import { nameIn } from './workbook-words';

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const momentText = (moment: Date): string => `${toCivilDate(moment)} ${CLOCK.format(moment)}`;

/**
 * A person's statement as a paper: what is asked and what is there, by which measure, parts and limits, every record
 * with its reason and clause, and where the chain of entries ends. `now` tells whether its day is over: of a day that
 * is, nothing in the paper depends on when it was made. `before` is the statement as of the end of the year before, in the
 * months in which one looks for it.
 */
export function statementPaper(
  statement: Statement,
  language: Language,
  now: Date,
  before: Statement | null = null,
): Paper {
  const words = STATEMENT_WORDS[language];
  const { asOf, person, chain, standings, lines, moves } = statement;
  const isOver = asOf < toCivilDate(now);
  const text = nameIn(language);
  const nameOf = new Map(standings.flatMap((standing) => Object.entries(standing.measures)));
  const measureText = (measure: string, name?: Bilingual): string => {
    const known = nameOf.get(measure) ?? name;
    return known ? text(known) : measure;
  };
  const amountText = (amount: number, measure: string, name?: Bilingual): string =>
    `${amount / AMOUNT_UNIT} ${measureText(measure, name)}`;

  const resultOf = (target: TargetStanding): string => {
    const leaves = target.alternatives.flat();
    const by = target.metBy
      .map((leaf) => leaves.find((known) => known.leaf === leaf)?.name)
      .flatMap((name) => (name ? text(name) : []));
    const short = waysLeft(target).map((alternative) =>
      alternative
        .map(({ amount, measure, one }) => (one ? text(one) : amountText(amount, measure)))
        .join(words.and),
    );
    const missing = short.length > 0 ? words.short(short.join(words.or)) : words.outOfReach;
    const reading = readingLeft(target, statement);
    const notes = target.notes.map(({ sentence }) => words.used(text(sentence)));
    if (reading === null) return [words.openAtRetirement, ...notes].join('');
    return [
      text(TARGET_READING_NAMES[reading]),
      ...(by.length > 0 && leaves.length > 1 ? [words.metBy(by.join(words.list))] : []),
      ...(target.state === 'open' ? [missing] : []),
      ...notes,
    ].join('');
  };
  const earnedOf = (target: TargetStanding): string =>
    target.alternatives
      .map((leaves) =>
        leaves
          .map(({ earned, limit, required, measure }) =>
            asksNothing({ limit, required })
              ? amountText(earned, measure)
              : `${earned / AMOUNT_UNIT} / ${limitSign(limit)}${amountText(required, measure)}`,
          )
          .join(words.and),
      )
      .join(words.or);
  const regulationText = (
    { regulation }: Statement['standings'][number],
    { title, version }: Pick<typeof regulation, 'title' | 'version'> = regulation,
  ): string => words.regulation(text(title), version, text(regulation.source));

  /** What is made up, or was, rests on two clauses: that it is, and what is asked for. */
  const clausesOf = ({ clause, clauseText, makesUp, notes, judgedBy }: TargetStanding) => [
    ...new Map(
      [...(makesUp ? [makesUp] : []), ...notes, { clause, clauseText }].map((rests) => [
        judgedBy ? words.clauseOf(rests.clause, judgedBy.version) : rests.clause,
        rests.clauseText,
      ]),
    ),
  ];

  /** A clause of another version than governs says of which. */
  const cite = ({ settledBy, governs }: StatementLine, clause: string): string =>
    settledBy === null
      ? clause
      : governs
        ? words.clauseOf(clause, settledBy.version)
        : words.clauseOfOther(clause, text(settledBy.title), settledBy.version);

  const targets: PaperTable = {
    name: words.tables.targets,
    columns: [
      { head: words.heads.target, width: 17 },
      { head: words.heads.cycle, width: 12 },
      { head: words.heads.earned, width: 29 },
      { head: words.heads.result, width: 30 },
      { head: words.heads.clause, width: 12 },
      { head: words.heads.clauseText, width: 0 },
      { head: words.heads.regulation, width: 0 },
    ],
    rows: standings.flatMap((standing) => [
      ...standing.targets.map((target) => [
        text(targetTitle(target)),
        target.cycle.label,
        earnedOf(target),
        resultOf(target),
        clausesOf(target)
          .map(([clause]) => clause)
          .join(words.list),
        clausesOf(target)
          .map(([, sentence]) => sentence)
          .join('\n'),
        regulationText(standing, target.judgedBy ?? undefined),
      ]),
      ...standing.notCovered.map(({ name, because, notRecorded }) => [
        text(name),
        '',
        '',
        notRecorded ? text(notRecorded) : words.notCovered[because],
        '',
        '',
        regulationText(standing),
      ]),
    ]),
    empty: words.empty.targets,
  };
  const leaves = standings.flatMap(({ targets: own }) =>
    own.flatMap(({ alternatives }) => alternatives.flat()),
  );
  const areItems = leaves.some(({ name, measure }) => text(name) !== measureText(measure));
  /** The same for a spreadsheet to count with: a row for each amount, named where it is more than its measure. */
  const figures: PaperTable = {
    name: words.tables.figures,
    columns: [
      { head: words.heads.target, width: 0 },
      { head: words.heads.cycle, width: 0 },
      ...(areItems ? [{ head: words.heads.item, width: 0 }] : []),
      { head: words.heads.has, width: 0 },
      { head: words.heads.limit, width: 0 },
      { head: words.heads.asked, width: 0 },
      { head: words.heads.short, width: 0 },
      { head: words.heads.measure, width: 0 },
    ],
    rows: standings.flatMap(({ targets: own }) =>
      own.flatMap((target) =>
        target.alternatives
          .flat()
          .map(({ name, measure, limit, required, earned, short }) => [
            text(targetTitle(target)),
            target.cycle.label,
            ...(areItems ? [text(name)] : []),
            earned / AMOUNT_UNIT,
            ...(asksNothing({ limit, required }) ? ['', ''] : [LIMIT_SIGNS[limit], required / AMOUNT_UNIT]),
            readingLeft(target, statement) === null ? '' : short / AMOUNT_UNIT,
            measureText(measure),
          ]),
      ),
    ),
    empty: '',
  };
  const ratings: PaperTable = {
    name: words.tables.ratings,
    columns: [
      { head: words.tables.ratings, width: 17 },
      { head: words.heads.cycle, width: 12 },
      { head: words.heads.has, width: 14 },
      { head: words.heads.result, width: 15 },
      { head: words.heads.note, width: 30 },
      { head: words.heads.clause, width: 12 },
      { head: words.heads.amount, width: 0 },
    ],
    rows: standings.flatMap((standing) =>
      standing.ratings.map(({ name, cycle, amount, measure, is, notes, clause }) => [
        text(name),
        cycle,
        amountText(amount, measure),
        is === null ? words.unrated : text(is),
        notes.map(({ sentence }) => text(sentence)).join(words.stop),
        clause,
        amount / AMOUNT_UNIT,
      ]),
    ),
    empty: '',
  };
  const moved: PaperTable = {
    name: words.tables.moves,
    columns: [
      { head: words.heads.on, width: 15 },
      { head: words.heads.says, width: 85 },
    ],
    rows: moves.map(({ on, sentence }) => [on, text(sentence)]),
    empty: '',
  };
  const parts: PaperTable = {
    name: words.tables.parts,
    columns: [
      { head: words.heads.cycle, width: 20 },
      { head: words.heads.part, width: 30 },
      { head: words.heads.measure, width: 20 },
      { head: words.heads.counts, width: 15 },
      { head: words.heads.carried, width: 15 },
    ],
    rows: standings.flatMap((standing) =>
      standing.parts.map(({ cycle, part, measure, amount, carried }) => [
        cycle,
        part ? text(part) : words.noPart,
        measureText(measure),
        amount / AMOUNT_UNIT,
        carried / AMOUNT_UNIT,
      ]),
    ),
    empty: words.empty.parts,
  };
  const caps: PaperTable = {
    name: words.tables.caps,
    columns: [
      { head: words.heads.clause, width: 12 },
      { head: words.heads.cap, width: 20 },
      { head: words.heads.cut, width: 22 },
      { head: words.heads.clauseText, width: 46 },
      { head: words.heads.amount, width: 0 },
      { head: words.heads.measure, width: 0 },
      { head: words.heads.times, width: 0 },
    ],
    rows: standings.flatMap((standing) =>
      standing.caps.map(({ clause, name, measure, cut, counting, clauseText }) => [
        clause,
        text(name),
        `${amountText(cut, measure)}${words.items(counting.length)}`,
        clauseText,
        cut / AMOUNT_UNIT,
        measureText(measure),
        counting.length,
      ]),
    ),
    empty: words.empty.caps,
  };
  const follows: PaperTable = {
    name: words.tables.follows,
    columns: [
      { head: words.heads.says, width: 85 },
      { head: words.heads.clause, width: 15 },
    ],
    rows: standings.flatMap((standing) => [
      ...standing.flags.map(({ says, clause }) => [text(says), clause]),
      ...standing.warnings.map(({ until, targets: names, says, clause }) => [
        words.warning(until, names.map((name) => words.quoted(text(name))).join(words.orName), text(says)),
        clause,
      ]),
    ]),
    empty: '',
  };
  const ended = before && endedYearTable(before, statement, language);
  const measures = [...nameOf].filter(([measure]) =>
    lines.some(({ earned }) => earned.some((sum) => sum.measure === measure)),
  );
  /** What did not count: of one record why, of several which of them and why. */
  const refusedOf = (line: StatementLine): string[] => {
    const { refusals, items, refusedItems, earned } = line;
    if (items === 1 || refusedItems === 0)
      return refusals.map(({ sentence, clause }) =>
        words.refused(text(sentence), clause && cite(line, clause), earned.length === 0),
      );
    const each = refusals.map(({ item, title, sentence, clause }) =>
      words.ofRecord(title ?? words.record(item + 1), text(sentence), clause && cite(line, clause)),
    );
    return [words.refusedOf(refusedItems, items, each.join(words.list))];
  };
  /** By which clauses it counted; where nothing did, by which not. */
  const clausesFor = ({ clauses: own, refusals }: StatementLine): string[] =>
    own.length > 0 ? own : [...new Set(refusals.flatMap(({ clause }) => clause ?? []))];
  const noteOf = (line: StatementLine): string =>
    [
      ...(line.replaced ? [words.replaced] : []),
      ...(line.governs ? [] : [words.formerRules]),
      ...(line.correction === null ? [] : [words.correction(line.correction)]),
      ...refusedOf(line),
      ...(line.replaced || !line.governs
        ? []
        : line.earned
            .filter(({ amount, counted }) => counted < amount)
            .map(({ counted, measure, name }) => words.capped(amountText(counted, measure, name)))),
    ].join(words.stop);
  const sums = (line: StatementLine, of: 'amount' | 'counted'): string =>
    line.earned.map((sum) => amountText(sum[of], sum.measure, sum.name)).join(words.list);
  const records: PaperTable = {
    name: words.tables.lines,
    columns: [
      { head: words.heads.on, width: 13 },
      { head: words.heads.what, width: 24 },
      { head: words.heads.worth, width: 14 },
      { head: words.heads.counted, width: 14 },
      { head: words.heads.clause, width: 9 },
      { head: words.heads.entries, width: 10 },
      { head: words.heads.note, width: 24 },
      ...measures.flatMap(([, name]) => [
        { head: text(name), width: 0 },
        { head: words.counted(text(name)), width: 0 },
      ]),
    ],
    rows: lines.map((line) => [
      line.occurredOn ?? '',
      line.title,
      sums(line, 'amount'),
      line.governs ? sums(line, 'counted') : '',
      clausesFor(line)
        .map((clause) => cite(line, clause))
        .join(words.list),
      line.entries.length > 0 ? numbers(line.entries) : words.settlement(line.settlement.seq),
      noteOf(line),
      ...measures.flatMap(([measure]): (string | number)[] => {
        const sum = line.earned.find((known) => known.measure === measure);
        return sum ? [sum.amount / AMOUNT_UNIT, sum.counted / AMOUNT_UNIT] : ['', ''];
      }),
    ]),
    empty: words.empty.lines,
  };
  const cited = new Set([
    ...standings.flatMap((standing) => [
      ...standing.targets.flatMap((target) => clausesOf(target).map(([clause]) => clause)),
      ...standing.ratings.flatMap(({ clause, notes }) => [clause, ...notes.map((note) => note.clause)]),
      ...standing.caps.map(({ clause }) => clause),
    ]),
    ...standings.flatMap((standing) => [...standing.flags, ...standing.warnings].map(({ clause }) => clause)),
    ...(ended?.clauses ?? []).map(([clause]) => clause),
    ...lines
      .filter(({ settledBy }) => settledBy === null)
      .flatMap((line) => [...line.clauses, ...line.refusals.flatMap(({ clause }) => clause ?? [])]),
  ]);
  const isOfToday = (clause: string): boolean => standings.some(({ clauses: own }) => clause in own);
  const clauses: PaperTable = {
    name: words.tables.clauses,
    columns: [
      { head: words.heads.clause, width: 15 },
      { head: words.heads.clauseText, width: 85 },
    ],
    rows: [
      ...standings.flatMap(({ clauses: own }) => Object.entries(own).filter(([clause]) => cited.has(clause))),
      ...new Map([
        ...(ended?.clauses ?? []).filter(([clause]) => !isOfToday(clause)),
        ...standings.flatMap((standing) =>
          standing.targets.filter(({ judgedBy }) => judgedBy).flatMap(clausesOf),
        ),
        ...lines.flatMap((line) =>
          Object.entries(line.settledBy?.clauses ?? {}).map(
            ([clause, said]) => [cite(line, clause), said] as const,
          ),
        ),
      ]),
    ],
    empty: '',
  };

  const cycles = [
    ...new Set(standings.flatMap((standing) => standing.targets.map(({ cycle }) => cycle.label))),
  ];
  const { facts } = words;
  return {
    title: words.title,
    facts: [
      [facts.name, person.name],
      [facts.personNo, person.personNo],
      [facts.unit, person.unit ? text(person.unit) : words.notRecorded],
      [facts.rank, person.rank ? text(person.rank) : words.notRecorded],
      ...(statement.servedUntil === null
        ? []
        : [
            [facts.service, words.retired(statement.servedUntil, addDays(statement.servedUntil, 1))] as const,
          ]),
      isOver ? [facts.asOf, words.endOf(asOf)] : [facts.printedAt, words.printed(momentText(now))],
      [facts.regulation, standings.map((one) => regulationText(one)).join(words.stop) || words.noRules],
      ...(cycles.length > 0 ? [[facts.cycle, cycles.join(words.list)] as const] : []),
      [facts.chain, words.entries(chain.seq)],
      [facts.hash, chain.hash],
      ...(statement.lastRecordedAt ? [[facts.last, momentText(statement.lastRecordedAt)] as const] : []),
    ],
    tables: [
      targets,
      figures,
      ...(ended ? [ended.table] : []),
      ratings,
      moved,
      follows,
      parts,
      caps,
      records,
      clauses,
    ].filter(({ rows, empty }) => rows.length > 0 || empty !== ''),
    notes: [
      ...(chain.seq > 0 ? [words.compare(asOf, chain.seq, isOver)] : []),
      ...(isOver ? [words.sameForEver] : []),
    ],
    foot: [
      `${person.name} ${person.personNo} · ${facts.asOf} ${asOf}`,
      `#${entryNumber(chain.seq)} ${chain.hash.slice(0, 16)}`,
    ],
    page: words.page,
    missingSigns: words.missingSigns,
    seal: words.seal,
    createdAt: isOver ? instantOf(addDays(asOf, 1)) : now,
  };
}

/** What the file of a statement is called, without its ending. */
export const statementFileName = ({ person, asOf }: Statement, language: Language): string =>
  STATEMENT_WORDS[language].file(person.name, person.personNo, asOf);
