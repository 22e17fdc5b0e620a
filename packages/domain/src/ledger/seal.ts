import { z } from 'zod';
import { civilDate, id } from '../core';
import { canonicalJson, digestOf } from './hash-chain';
import { chainEnd } from './ledger-entry';
import type { RegulationRecord } from './settlement';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** 32 bytes of an Ed25519 public key, base64url. */
const publicKey = z.string().regex(/^[\w-]{43}$/);
/** 64 bytes of an Ed25519 signature, base64url. */
const signature = z.string().regex(/^[\w-]{86}$/);

/** One version of a regulation as a root covers it: its text, whom it governs and since when. */
export const sealedRegulation = z.object({
  id: z.string(),
  version: z.number().int().min(1),
  /** Of the canonical JSON of the whole record, as an export has it. */
  sha256: hash,
});
export type SealedRegulation = z.infer<typeof sealedRegulation>;

/** A countersignature of an earlier root as a later root covers it. */
export const sealedCountersignature = z.object({
  rootNumber: z.number().int().min(1),
  keyId: z.string(),
  /** Of its canonical JSON, as an export has it. */
  sha256: hash,
});
export type SealedCountersignature = z.infer<typeof sealedCountersignature>;

/** The signed root of the tree over all chain heads (封存): one a day, numbered from 1, each naming the one before. */
export const ledgerRoot = z.object({
  id,
  number: z.number().int().min(1),
  /** The last full day before it was made; heads that moved since then are in it as well. */
  day: civilDate,
  /** How many chains the tree holds. */
  size: z.number().int().min(1),
  root: hash,
  /** The tree over the histories of the same people, as recorded by the end of a day; roots of before do not have it. */
  histories: z.object({ day: civilDate, root: hash }).optional(),
  /** Every approved version, by id and version. */
  regulations: z.array(sealedRegulation),
  /** The countersignatures of earlier roots that no root before this one lists. */
  countersigned: z.array(sealedCountersignature),
  /** Of the whole document before, its signature included; zeros for the first. */
  previousRootHash: hash,
  keyId: z.string(),
  signedAt: z.date(),
  signature,
});
export type LedgerRoot = z.infer<typeof ledgerRoot>;

/** A key that signs roots from one number on. Each is announced under the signature of the one before; the first by itself. */
export const ledgerKey = z.object({
  id,
  number: z.number().int().min(1),
  keyId: z.string(),
  x: publicKey,
  fromRoot: z.number().int().min(1),
  announcedBy: z.string(),
  announcedAt: z.date(),
  signature,
});
export type LedgerKey = z.infer<typeof ledgerKey>;

/** A public key with which a base or the alliance office countersigns; the newest of an office is the one in use. */
export const officeKey = z.object({
  id,
  role: z.enum(['base', 'alliance']),
  baseId: id.nullable(),
  keyId: z.string(),
  x: publicKey,
  registeredAt: z.date(),
  by: id,
});
export type OfficeKey = z.infer<typeof officeKey>;

/** A base or the alliance office confirms, with a key of its own, that it has seen a root. */
export const countersignature = z.object({
  id,
  rootNumber: z.number().int().min(1),
  /** Of the whole root document. */
  rootHash: hash,
  role: z.enum(['base', 'alliance']),
  baseId: id.nullable(),
  keyId: z.string(),
  x: publicKey,
  /** The signer's own time. */
  signedAt: z.date(),
  signature,
  recordedAt: z.date(),
  by: id,
});
export type Countersignature = z.infer<typeof countersignature>;

/** How far a root covers a person's chains and history; `history`: see `historyDigest`. */
export const sealedHead = chainEnd.extend({ personId: id, settled: chainEnd, history: hash.optional() });

/** The chains and histories that moved between two roots, and how far the later root covers each. */
export const sealedHeads = z.object({
  id,
  rootNumber: z.number().int().min(1),
  heads: z.array(sealedHead),
});
export type SealedHeads = z.infer<typeof sealedHeads>;

/** What a root says of the regulations: the approved ones, in their order of code and version. */
export const sealedRegulationsOf = (records: readonly RegulationRecord[]): SealedRegulation[] =>
  records
    .filter(({ state }) => state === 'approved')
    .map(({ id: _id, ...line }) => ({ id: line.code, version: line.version, sha256: digestOf(line) }));

/** A countersignature as it leaves the house: without who typed it in. */
export const countersignatureLineOf = ({
  id: _id,
  by: _by,
  recordedAt: _at,
  ...line
}: Countersignature): Omit<Countersignature, 'id' | 'by' | 'recordedAt'> => line;

/** What the next root says of the countersignatures: those that no root lists yet, in a stable order. */
export function sealedCountersignaturesOf(
  signatures: readonly Countersignature[],
  roots: readonly Pick<LedgerRoot, 'countersigned'>[],
): SealedCountersignature[] {
  const listed = new Set(roots.flatMap(({ countersigned }) => countersigned.map(({ sha256 }) => sha256)));
  return signatures
    .map((one) => ({
      rootNumber: one.rootNumber,
      keyId: one.keyId,
      sha256: digestOf(countersignatureLineOf(one)),
    }))
    .filter(({ sha256 }) => !listed.has(sha256));
}

/** RFC 7638: the thumbprint of a public key, shortened, is its name. */
export const keyIdOf = (x: string): string => digestOf({ crv: 'Ed25519', kty: 'OKP', x }).slice(0, 16);

/** The hash by which the next root, and countersignatures, name a root. */
export const rootHashOf = ({ id: _id, ...document }: LedgerRoot): string => digestOf(document);

// What is signed begins with its purpose, so that no signature can pass for one of another kind.
const message = (purpose: string, content: object): string => `${purpose}\n${canonicalJson(content)}`;

export const rootMessage = (root: Omit<LedgerRoot, 'id' | 'signature'>): string =>
  message('cadre-ledger-root-2', root);

export const keyMessage = (key: Omit<LedgerKey, 'id' | 'signature'>): string =>
  message('cadre-ledger-key-1', key);

export const countersignatureMessage = ({
  rootNumber,
  rootHash,
  role,
  baseId,
  keyId,
  signedAt,
}: Omit<Countersignature, 'id' | 'signature' | 'x' | 'recordedAt' | 'by'>): string =>
  message('cadre-ledger-countersignature-1', { rootNumber, rootHash, role, baseId, keyId, signedAt });
