import type { PersonRecord } from './history';

/** The formats of exports that this verifier reads; those of before have a person's history as of their day, without its record. */
export const FORMATS: readonly number[] = [2, 3];

/** A file of another format, or no export at all: nothing can be said about it. */
export class UnreadableExportError extends Error {}

/** How the file begins. */
export interface ExportLine {
  format: number;
  madeAt?: string;
  /** The names of bases that have countersigned; no root covers them, and files of before do not have them. */
  bases?: Record<string, string>;
}

/** Where a chain ends: its length, and the hash of its last link. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

/** The lines of an export (see README.md) and of the file that holds the newest root, as far as the verifier reads them. */
export interface RootDocument {
  number: number;
  day: string;
  size: number;
  root: string;
  /** The tree over the histories of the same people as known by the end of a day; roots of before do not have it. */
  histories?: { day: string; root: string };
  regulations: SealedRegulation[];
  /** The countersignatures of earlier roots that no root before lists. */
  countersigned: { rootNumber: number; keyId: string; sha256: string }[];
  previousRootHash: string;
  keyId: string;
  signedAt: string;
  signature: string;
}

export interface SealedRegulation {
  id: string;
  version: number;
  /** Of the bytes of the regulation's line. */
  sha256: string;
}

/** One version of a regulation: `code` is its id. */
export interface RegulationLine {
  code: string;
  version: number;
  text: string;
  state?: string;
  recordedAt?: string;
}

/** The ends of a person's two chains. */
export interface HeadLine extends ChainEnd {
  settled: ChainEnd;
}

/**
 * From which root on how many of a person's entries and settlements are covered, and the hashes of the last ones as they
 * were recorded with the root; files of before do not have them.
 */
export type SealRow = [
  root: number,
  entries: number,
  settlements: number,
  hash?: string,
  settledHash?: string,
  /** The digest of the person's history as it was recorded with the root. */
  history?: string,
];

export interface KeyDocument {
  number: number;
  keyId: string;
  x: string;
  fromRoot: number;
  announcedBy: string;
  announcedAt: string;
  signature: string;
}

export interface CountersignatureDocument {
  rootNumber: number;
  rootHash: string;
  role: 'base' | 'alliance';
  baseId: string | null;
  keyId: string;
  x: string;
  signedAt: string;
  signature: string;
}

export interface HistoryRow {
  from?: string | undefined;
  to?: string | undefined;
  postLevel?: string | undefined;
  grade?: string | undefined;
}

export interface PersonLine {
  id: string;
  no: string;
  record?: PersonRecord | undefined;
  /** In files of before. */
  history?: HistoryRow[] | undefined;
  /** The line could not be read to its end, which has been said. */
  isDamaged?: true;
  /** Approved absences; the product records none yet. */
  circumstances?: object[] | undefined;
}

export interface EntryLine {
  id: string;
  personId: string;
  seq: number;
  source: { kind: string; id: string };
  factsDigest: string;
  regulation: { id: string; version: number };
  rule: string;
  clause: string;
  kind: string;
  part: string;
  measure: string;
  line: string;
  amount: number;
  occurredOn: string;
  revision: number;
  reverses: string | null;
  correction?: number | null;
  recordedAt: string;
  previousHash: string;
}

export type Fact = Record<string, unknown>;

export interface SettlementLine {
  id: string;
  personId: string;
  seq: number;
  source: { kind: string; id: string };
  regulation: { id: string; version: number };
  revision: number;
  activities: Fact[];
  factsDigest: string;
  entryIds: string[];
  correction?: number | null;
  refusals: { activity: string }[];
  recordedAt: string;
  previousHash: string;
}

/** What the product said about a person's targets when it was exported. */
export interface StandingLine {
  asOf: string;
  regulation: { id: string; version: number };
  targets: {
    target: string;
    from: string;
    to: string;
    state: string;
    makesUp: boolean;
    alternatives: { measure: string; required: number; earned: number; met: boolean }[][];
  }[];
}

/** Everything of one person that figures follow from. */
export interface PersonBlock {
  person: { history: HistoryRow[]; circumstances?: object[] | undefined };
  settlements: SettlementLine[];
  entries: EntryLine[];
  standings: StandingLine[];
}

/** A signed root as somebody keeps it apart from the server; with `heads` a fault can be traced to its person. */
export interface RootFile {
  root: RootDocument;
  keys: KeyDocument[];
  heads: readonly (readonly [
    personId: string,
    entries: number,
    hash: string,
    settlements: number,
    settledHash: string,
    /** The person's number of that day; files of before do not have it. */
    no?: string,
    /** The digest of the person's history, where the root covers it. */
    history?: string,
  ])[];
}
