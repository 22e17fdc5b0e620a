/** The format of exports that this verifier reads. */
export const FORMAT = 2;

/** A file of another format, or no export at all: nothing can be said about it. */
export class UnreadableExportError extends Error {}

export const noExport = (): UnreadableExportError =>
  new UnreadableExportError('这不是流水的导出 / this is no export of the ledger');

/** How the file begins. */
export interface ExportLine {
  format: number;
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
  history: HistoryRow[];
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
  refusals: { activity: string }[];
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

/** Everything of one person. */
export interface PersonBlock {
  person: PersonLine;
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
  ])[];
}

/** Reads a kept root: the file that the export writes beside itself, or a root as the public interface gives it. */
export function parseRootFile(text: string): RootFile {
  let value: Partial<RootFile> & Partial<RootDocument> & { items?: RootDocument[] };
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    throw new UnreadableExportError('这既不是流水的导出，也不是封存文件 / neither an export nor a root file');
  }
  const root =
    value.root !== undefined && typeof value.root === 'object' ? value.root : (value.items?.[0] ?? value);
  const { number, day, size, regulations, countersigned, previousRootHash, keyId, signedAt, signature } =
    root as RootDocument;
  const document = {
    number,
    day,
    size,
    root: (root as RootDocument).root,
    regulations,
    countersigned,
    previousRootHash,
    keyId,
    signedAt,
    signature,
  };
  if (Object.values(document).some((field) => field === undefined))
    throw new UnreadableExportError(
      '这个文件里没有封存，或是早先格式的 / no root in this file, or one of an earlier format',
    );
  return { root: document, keys: value.keys ?? [], heads: value.heads ?? [] };
}
