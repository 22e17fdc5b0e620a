import { en } from './report-words.en';
import { zh } from './report-words.zh';
import type { Fault, Report, Signer } from './report';

export type Language = 'zh' | 'en';
/** Where the report is read. */
export type Place = 'command' | 'page';

/** What the report is made of, in one language. */
export interface Words {
  /** A fault on one line. */
  line: (place: string, says: string) => string;
  comma: string;
  intact: string;
  unproven: string;
  cut: string;
  /** Nothing is wrong but with a seal file that was kept. */
  keptFaulty: string;
  broken: (count: number) => string;
  placeOf: (fault: Fault) => string;
  fault: (fault: Fault) => string;
  more: (count: number, where: Place) => string;
  nextCut: string[];
  nextKept: string[];
  nextNumber: string[];
  nextBroken: (isSavedAnew: boolean) => string[];
  nextUnproven: (where: Place) => string[];
  titles: Record<'looked' | 'measure' | 'rederived' | 'unsealed' | 'key', string>;
  sums: (report: Report) => string[];
  noRoot: string;
  measure: (root: NonNullable<Report['newestRoot']>, older: string) => string;
  unsealed: (unsealed: Report['unsealed'], shown: readonly string[], unlisted: number) => string;
  unsealedOf: (no: string, rows: readonly string[]) => string;
  unsealedHistories: (people: number, rows: number, shown: readonly string[], unlisted: number) => string;
  noKept: (where: Place) => string;
  regulationsSealed: (count: number) => string;
  regulationsChanged: (count: number) => string;
  regulationsUnsealed: (names: readonly string[]) => string;
  countersigned: (signer: Signer) => string;
  countersignedUnsealed: (count: number) => string;
  notCountersigned: (roots: readonly number[]) => string;
  people: (regulation: string, count: number) => string;
  names: (numbers: readonly string[], unlisted: number) => string;
  inFull: (counts: string, isAll: boolean) => string;
  factsOnly: (counts: string) => string;
  unjudged: (names: string) => string;
  sumsOnly: (counts: string) => string;
  notDerived: (count: number, names: string) => string;
  notCovered: (report: Report) => string[];
  firstKey: (keyId: string) => string;
}

export const WORDS: Record<Language, Words> = { zh, en };
