import { WORDS, type Language, type Place } from './report-words';
import { ranges } from './said';
import type { Unsealed } from './unsealed';

/** Something that cannot be so when nothing was changed. */
export interface Fault {
  kind:
    | 'changed'
    | 'missing'
    | 'inserted'
    | 'broken-link'
    | 'truncated'
    | 'facts'
    | 'correction'
    | 'seal'
    | 'history'
    | 'root'
    | 'kept'
    | 'number'
    | 'key'
    | 'regulation'
    | 'countersignature'
    | 'file'
    | 'rederived';
  /** The person's number, when the fault lies in a chain. */
  person?: string;
  /** The place among the person's entries, … */
  seq?: number;
  /** … or among the person's settlements. */
  settlement?: number;
  /** Where it is one of several, the place of the last of them. */
  to?: number;
  /** Line of the file, from 1. */
  line?: number;
  /** What it is, in Chinese … */
  says: string;
  /** … and in English. */
  english: string;
  /** It only follows from others that are listed. */
  follows?: boolean;
}

/** Who has countersigned how often, with which key; `base`: its name as the export has it, or its id. */
export interface Signer {
  role: 'base' | 'alliance';
  base: { name: string } | { id: string };
  keyId: string;
  count: number;
}

export interface Report {
  /** In the order in which they are worth reading. */
  faults: Fault[];
  /** Has the file its end? */
  isComplete: boolean;
  people: number;
  entries: number;
  settlements: number;
  roots: number;
  /** What is said of the ledger is said by this root; `isKept`: one that was given separately. */
  newestRoot: { number: number; day: string; isKept: boolean } | null;
  /** Roots whose whole tree was built anew. */
  rebuilt: number;
  /** The day until whose end units, posts and grades are sealed as they were recorded; null where no root covers them. */
  historiesUntil: string | null;
  /** The first such day: in which order earlier rows became known no root says. */
  historiesFrom: string | null;
  /** Those that hold: how many, how many of them no root covers yet, by which office and key, and the roots without one. */
  countersignatures: { count: number; unsealed: number; by: readonly Signer[]; missing: number[] };
  /** What no root covers yet. */
  unsealed: { entries: number; settlements: number; people: number };
  /** Which links these are, by person. */
  unsealedLinks: readonly Unsealed[];
  /** The rows of units, posts and grades that the root does not cover, by person. */
  unsealedHistories: readonly Unsealed[];
  /** How many regulations agree with the root and how many do not, and which it does not cover. */
  regulations: { sealed: number; changed: number; unsealed: string[] };
  /** The roots that were given separately and whose signature holds, oldest first. Without any a cut-off end and a ledger signed anew cannot be told. */
  keptRoots: readonly number[];
  /**
   * How many people's figures were derived anew: under the regulations known in full, there without targets when the file does
   * not say what the product said of them, and the others by sums alone; and the numbers of those whose figures were not, since
   * what they follow from is at fault, or there was nothing to compare with.
   */
  rederived: Record<'inFull' | 'factsOnly' | 'sumsOnly', Record<string, number>> &
    Record<'skipped' | 'unjudged', string[]>;
  firstKey: string | null;
  /** The SHA-256 of the file, where its lines were hashed as they are; null where their ends are others. */
  fileSha256: string | null;
}

/** More than this many faults or people are counted, not listed. */
const LISTED = 50;
/** Where more than so many in a hundred links were changed, somebody has saved the whole file with another program. */
const MOST = 50;

/** The report as people read it. */
export interface ReportText {
  verdict: string;
  /** Where a fault lies, empty where it lies nowhere in particular, and what it is. */
  faults: { place: string; says: string }[];
  /** How many more there are, if any. */
  more: string[];
  /** What to do now. */
  next: string[];
  /** What was looked at and how far, under headings. */
  details: { title: string; lines: string[] }[];
}

export interface ReportOptions {
  where?: Place;
  language?: Language;
  /** All faults and all people, however many. */
  isAll?: boolean;
}

/** Is nothing wrong but with files that were kept? Nothing follows from that for the server. */
const isOnlyKept = ({ faults }: Report): boolean => faults.every(({ kind }) => kind === 'kept');

/** What was found in the end: nothing, nothing but nothing kept to hold it to, or something. */
export type Verdict = 'intact' | 'unproven' | 'broken';

export function verdictOf({ faults, keptRoots }: Report): Verdict {
  if (faults.length > 0) return 'broken';
  return keptRoots.length > 0 ? 'intact' : 'unproven';
}

/** Is it this file as a whole that was saved anew, rather than somebody's entries? */
const isSavedAnew = ({ faults, entries, settlements }: Report): boolean =>
  faults.filter(({ kind }) => kind === 'changed' || kind === 'file').length * 100 >
  (entries + settlements) * MOST;

/** Is there nothing wrong with it but that it stops? */
const isOnlyCut = ({ faults, isComplete }: Report): boolean => !isComplete && faults.length === 1;

/** Is nothing said about the ledger, since the file was not copied whole or the seal file itself was changed? */
export const isUndecided = (report: Report): boolean =>
  report.faults.length > 0 && (isOnlyCut(report) || isOnlyKept(report));

/** What the report says, of the command or on the page. */
export function reportText(
  report: Report,
  { where = 'command', language = 'zh', isAll = false }: ReportOptions = {},
): ReportText {
  const words = WORDS[language];
  const { faults } = report;
  const listed = isAll ? faults.length : LISTED;
  const verdict = verdictOf(report);
  const isCut = isOnlyCut(report);
  const next = {
    intact: [],
    unproven: words.nextUnproven(where),
    broken: isCut
      ? words.nextCut
      : [
          ...(faults.some(({ kind }) => kind === 'kept') ? words.nextKept : []),
          ...(faults.some(({ kind }) => kind === 'number') ? words.nextNumber : []),
          ...(isOnlyKept(report) ? [] : words.nextBroken(isSavedAnew(report))),
        ],
  };
  return {
    verdict:
      verdict !== 'broken'
        ? words[verdict]
        : isCut
          ? words.cut
          : isOnlyKept(report)
            ? words.keptFaulty
            : words.broken(faults.length),
    faults: faults
      .slice(0, listed)
      .map((fault) => ({ place: words.placeOf(fault), says: words.fault(fault) })),
    more: faults.length > listed ? [words.more(faults.length - listed, where)] : [],
    next: next[verdict],
    details: detailsOf(report, where, language, isAll ? Infinity : LISTED),
  };
}

function detailsOf(report: Report, where: Place, language: Language, listed: number): ReportText['details'] {
  const words = WORDS[language];
  const { newestRoot, keptRoots, firstKey } = report;
  const older = keptRoots.filter((number) => number < (newestRoot?.number ?? 0));
  const groups = [
    { title: words.titles.looked, lines: words.sums(report) },
    {
      title: words.titles.measure,
      lines: [
        newestRoot === null ? words.noRoot : words.measure(newestRoot, ranges(older, words.comma)),
        ...(keptRoots.length > 0 ? [] : [words.noKept(where)]),
        ...regulationLines(report, language),
        ...countersignatureLines(report, language),
      ],
    },
    { title: words.titles.rederived, lines: rederivedLines(report, language, listed) },
    {
      title: words.titles.unsealed,
      lines: [...unsealedLines(report, language, listed), ...words.notCovered(report)],
    },
    { title: words.titles.key, lines: firstKey === null ? [] : [words.firstKey(firstKey)] },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

/** What no root covers that the ledger was held to. */
function unsealedLines(report: Report, language: Language, listed: number): string[] {
  const words = WORDS[language];
  const { unsealed, unsealedLinks, unsealedHistories, regulations, countersignatures } = report;
  const rows = unsealedHistories.reduce((sum, one) => sum + one.rows.length, 0);
  const shownOf = (all: readonly Unsealed[]): string[] =>
    all.slice(0, listed).map(({ no, rows: own }) =>
      words.unsealedOf(
        no,
        own.map((row) => row[language]),
      ),
    );
  const [links, shown] = [shownOf(unsealedLinks), shownOf(unsealedHistories)];
  return [
    ...(unsealed.people === 0 ? [] : [words.unsealed(unsealed, links, unsealedLinks.length - links.length)]),
    ...(rows === 0
      ? []
      : [
          words.unsealedHistories(
            unsealedHistories.length,
            rows,
            shown,
            unsealedHistories.length - shown.length,
          ),
        ]),
    ...(regulations.unsealed.length === 0 || report.newestRoot === null
      ? []
      : [words.regulationsUnsealed(regulations.unsealed)]),
    ...(countersignatures.unsealed === 0 ? [] : [words.countersignedUnsealed(countersignatures.unsealed)]),
  ];
}

/** What was sealed of the regulations. */
function regulationLines({ newestRoot, regulations }: Report, language: Language): string[] {
  const words = WORDS[language];
  const { sealed, changed } = regulations;
  if (newestRoot === null) return [];
  return [
    ...(sealed === 0 && changed > 0 ? [] : [words.regulationsSealed(sealed)]),
    ...(changed === 0 ? [] : [words.regulationsChanged(changed)]),
  ];
}

/** Who has countersigned; a key is an office's only if the office says so. */
function countersignatureLines({ countersignatures }: Report, language: Language): string[] {
  const words = WORDS[language];
  const { by, missing } = countersignatures;
  return [...by.map(words.countersigned), ...(missing.length === 0 ? [] : [words.notCountersigned(missing)])];
}

/** Whose figures were derived anew and how far. Only where nobody was left out is it said of all. */
function rederivedLines({ faults, rederived }: Report, language: Language, listed: number): string[] {
  const words = WORDS[language];
  const { inFull, factsOnly, sumsOnly, skipped, unjudged } = rederived;
  const isOfAll =
    skipped.length === 0 && unjudged.length === 0 && faults.every(({ kind }) => kind !== 'rederived');
  const counts = (values: Record<string, number>): string =>
    Object.entries(values)
      .map(([name, count]) => words.people(name, count))
      .join(words.comma);
  const isAny = (values: Record<string, number>): boolean => Object.keys(values).length > 0;
  const names = (numbers: readonly string[]): string =>
    words.names(numbers.slice(0, listed), Math.max(0, numbers.length - listed));
  return [
    ...(isAny(inFull) ? [words.inFull(counts(inFull), isOfAll)] : []),
    ...(isAny(factsOnly) ? [words.factsOnly(counts(factsOnly))] : []),
    ...(unjudged.length > 0 ? [words.unjudged(names(unjudged))] : []),
    ...(isAny(sumsOnly) ? [words.sumsOnly(counts(sumsOnly))] : []),
    ...(skipped.length === 0 ? [] : [words.notDerived(skipped.length, names(skipped))]),
  ];
}

/** The same line by line. */
export function reportLines(report: Report, options: ReportOptions = {}): string[] {
  const { verdict, faults, more, next, details } = reportText(report, options);
  const { line } = WORDS[options.language ?? 'zh'];
  const found = faults.map(({ place, says }) => line(place, says));
  return [
    verdict,
    ...[...found, ...more].map((one) => `  · ${one}`),
    ...next,
    ...details.flatMap(({ title, lines }) => [title, ...lines.map((one) => `  ${one}`)]),
  ];
}
