import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { GENESIS_HASH, type LedgerEntry } from './ledger-entry';

/** The canonical JSON (RFC 8785) of a value; instants are written as ISO 8601 in UTC. */
export const canonicalJson = (value: unknown): string => canonicalize(value) ?? 'null';

/** SHA-256 in lower-case hex over a text in UTF-8. */
export const textDigestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** SHA-256 in lower-case hex over the canonical JSON of a value. */
export const digestOf = (value: unknown): string => textDigestOf(canonicalJson(value));

/** The hash of an entry covers every field but itself, the previous hash included. */
export function hashOf(entry: Omit<LedgerEntry, 'hash'>): string {
  const { hash: _hash, ...covered } = entry as LedgerEntry;
  return digestOf(covered);
}

export type ChainFault =
  | { kind: 'gap'; seq: number; expected: number }
  | { kind: 'broken-link'; seq: number }
  | { kind: 'changed-entry'; seq: number }
  | { kind: 'wrong-head'; seq: number };

/**
 * Checks one person's chain in order of `seq`, and against the head kept elsewhere when it is given: finds changed,
 * removed, inserted and reordered entries and a cut-off end. Null when the chain holds.
 */
export function findChainFault(
  entries: readonly LedgerEntry[],
  head: { seq: number; hash: string } | null,
): ChainFault | null {
  let previousHash = GENESIS_HASH;
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) return { kind: 'gap', seq: entry.seq, expected: index + 1 };
    if (entry.previousHash !== previousHash) return { kind: 'broken-link', seq: entry.seq };
    if (hashOf(entry) !== entry.hash) return { kind: 'changed-entry', seq: entry.seq };
    previousHash = entry.hash;
  }
  if (head !== null && (head.seq !== entries.length || head.hash !== previousHash))
    return { kind: 'wrong-head', seq: entries.length };
  return null;
}
