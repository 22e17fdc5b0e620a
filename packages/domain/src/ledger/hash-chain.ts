import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { GENESIS_HASH, type ChainEnd, type LedgerEntry } from './ledger-entry';
import type { SettlementRecord } from './settlement';

/** The canonical JSON (RFC 8785) of a value; instants are written as ISO 8601 in UTC. */
export const canonicalJson = (value: unknown): string => canonicalize(value) ?? 'null';

/** SHA-256 in lower-case hex over the canonical JSON of a value, in UTF-8. */
export const digestOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

type Link = LedgerEntry | SettlementRecord;

/** The hash of an entry or a settlement covers every field but itself, the previous hash included. */
export function hashOf(link: Omit<LedgerEntry, 'hash'> | Omit<SettlementRecord, 'hash'>): string {
  const { hash: _hash, ...covered } = link as Link;
  return digestOf(covered);
}

export type ChainFault =
  | { kind: 'gap'; seq: number; expected: number }
  | { kind: 'broken-link'; seq: number }
  | { kind: 'changed'; seq: number }
  | { kind: 'wrong-head'; seq: number };

/**
 * Checks one person's entries, or settlements, in order of `seq`, and against the end kept elsewhere when it is given:
 * finds changed, removed, inserted and reordered ones and a cut-off end. Null when the chain holds.
 */
export function findChainFault(links: readonly Link[], end: ChainEnd | null): ChainFault | null {
  let previousHash = GENESIS_HASH;
  for (const [index, link] of links.entries()) {
    if (link.seq !== index + 1) return { kind: 'gap', seq: link.seq, expected: index + 1 };
    if (link.previousHash !== previousHash) return { kind: 'broken-link', seq: link.seq };
    if (hashOf(link) !== link.hash) return { kind: 'changed', seq: link.seq };
    previousHash = link.hash;
  }
  if (end !== null && (end.seq !== links.length || end.hash !== previousHash))
    return { kind: 'wrong-head', seq: links.length };
  return null;
}
