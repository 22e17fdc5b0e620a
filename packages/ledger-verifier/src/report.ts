import { WORDS, type Language, type Place } from './report-words';

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
  says: string;
}

export interface Report {
  faults: Fault[];
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
  /** Those that hold: how many, how many of them no root covers yet, by which office and key, and the roots without one. */
  countersignatures: { count: number; unsealed: number; by: Record<string, number>; missing: number[] };
  /** What no root covers yet. */
  unsealed: { entries: number; settlements: number; people: number };
  /** How many regulations agree with the root and how many do not, and which it does not cover. */
  regulations: { sealed: number; changed: number; unsealed: string[] };
  /** The roots that were given separately and whose signature holds, oldest first. Without any a cut-off end and a ledger signed anew cannot be told. */
  keptRoots: readonly number[];
  /**
   * How many people's figures were derived anew: under the regulations known in full, there without targets when the file does
   * not say what the product said of them, and the others by sums alone; and the numbers of those whose figures were not, since
   * what they follow from is at fault.
   */
  rederived: Record<'inFull' | 'factsOnly' | 'sumsOnly', Record<string, number>> & { skipped: string[] };
  firstKey: string | null;
}

/** More than this many faults or people are counted, not listed. */
const LISTED = 50;
/** Where more than so many in a hundred links were changed, somebody has saved the whole file with another program. */
const MOST = 50;

/** Numbers as ranges: 1—3、5. */
export function ranges(numbers: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`)).join('、');
}

/** The report as people read it. */
export interface ReportText {
  verdict: string;
  /** Where a fault lies, empty where it lies nowhere in particular; what it is; and what it is in the words of the ledger. */
  faults: { place: string; says: string; detail: string }[];
  /** How many more there are, if any. */
  more: string[];
  /** What to do now. */
  next: string[];
  details: string[];
}

/** Is it this file as a whole that was saved anew, rather than somebody's entries? */
const isSavedAnew = ({ faults, entries, settlements }: Report): boolean =>
  faults.filter(({ kind }) => kind === 'changed' || kind === 'file').length * 100 >
  (entries + settlements) * MOST;

/** What the report says, of the command or on the page. */
export function reportText(report: Report, where: Place, language: Language = 'zh'): ReportText {
  const words = WORDS[language];
  const { faults } = report;
  const isKept = report.keptRoots.length > 0;
  const intact = isKept ? words.intact : words.unproven;
  const rest = faults.length - LISTED;
  const next = isKept ? [] : words.nextUnproven(where);
  return {
    verdict: faults.length === 0 ? intact : words.broken(faults.length),
    faults: faults.slice(0, LISTED).map((fault) => ({ place: words.placeOf(fault), ...words.fault(fault) })),
    more: rest > 0 ? [words.more(rest)] : [],
    next: faults.length === 0 ? next : words.nextBroken(isSavedAnew(report)),
    details: detailsOf(report, where, language),
  };
}

function detailsOf(report: Report, where: Place, language: Language): string[] {
  const words = WORDS[language];
  const { newestRoot, unsealed, keptRoots, firstKey } = report;
  const older = keptRoots.filter((number) => number < (newestRoot?.number ?? 0));
  return [
    words.sums(report),
    newestRoot === null ? words.noRoot : words.measure(newestRoot, ranges(older)),
    ...(unsealed.people === 0 ? [] : [words.unsealed(unsealed)]),
    ...regulationLines(report, language),
    ...countersignatureLines(report, language),
    ...(keptRoots.length > 0 ? [] : [words.noKept(where)]),
    ...rederivedLines(report, language),
    words.notCovered(report.historiesUntil),
    ...(firstKey === null ? [] : [words.firstKey(firstKey)]),
  ];
}

/** What was sealed of the regulations. */
function regulationLines({ newestRoot, regulations }: Report, language: Language): string[] {
  const words = WORDS[language];
  const { sealed, changed, unsealed } = regulations;
  if (newestRoot === null) return [];
  return [
    ...(sealed === 0 && changed > 0 ? [] : [words.regulationsSealed(sealed)]),
    ...(changed === 0 ? [] : [words.regulationsChanged(changed)]),
    ...(unsealed.length === 0 ? [] : [words.regulationsUnsealed(unsealed.join('、'))]),
  ];
}

/** Who has countersigned; a key is an office's only if the office says so. */
function countersignatureLines({ countersignatures }: Report, language: Language): string[] {
  const words = WORDS[language];
  const { unsealed, by, missing } = countersignatures;
  return [
    ...Object.entries(by).map(([signer, count]) => words.countersigned(signer, count)),
    ...(unsealed === 0 ? [] : [words.countersignedUnsealed(unsealed)]),
    ...(missing.length === 0 ? [] : [words.notCountersigned(ranges(missing))]),
  ];
}

/** Whose figures were derived anew and how far. Only where nobody was left out is it said of all. */
function rederivedLines({ faults, rederived }: Report, language: Language): string[] {
  const words = WORDS[language];
  const { inFull, factsOnly, sumsOnly, skipped } = rederived;
  const isAll = skipped.length === 0 && faults.every(({ kind }) => kind !== 'rederived');
  const counts = (values: Record<string, number>): string =>
    Object.entries(values)
      .map(([name, count]) => words.people(name, count))
      .join('、');
  const isAny = (values: Record<string, number>): boolean => Object.keys(values).length > 0;
  return [
    ...(isAny(inFull) ? [words.inFull(counts(inFull), isAll)] : []),
    ...(isAny(factsOnly) ? [words.factsOnly(counts(factsOnly))] : []),
    ...(isAny(sumsOnly) ? [words.sumsOnly(counts(sumsOnly))] : []),
    ...(skipped.length === 0
      ? []
      : [words.notDerived(skipped.length, skipped.slice(0, LISTED).join('、'), skipped.length - LISTED)]),
  ];
}

/** The same line by line. */
export function reportLines(report: Report, where: Place = 'command', language: Language = 'zh'): string[] {
  const { verdict, faults, more, next, details } = reportText(report, where, language);
  const found = faults.map(({ place, says, detail }) => WORDS[language].line(place, says, detail));
  return [verdict, ...[...found, ...more].map((line) => `  · ${line}`), ...next, ...details];
}
