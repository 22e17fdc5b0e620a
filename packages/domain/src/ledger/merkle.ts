import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Id } from '../core';
import { canonicalJson } from './hash-chain';
import type { ChainEnd } from './ledger-entry';

/** The ends of one person's two chains as a leaf of the day's tree. */
export interface SealedHead extends ChainEnd {
  personId: Id;
  settled: ChainEnd;
  /** The person's history as a leaf of the other tree; absent where no root has had it yet. */
  history?: string | undefined;
}

// A leaf can never be taken for an inner node: they are hashed under different first bytes (RFC 6962, 2.1).
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const hashOfLeaf = (content: object): Uint8Array =>
  sha256(concatBytes(LEAF, utf8ToBytes(canonicalJson(content))));
const leafOf = ({ personId, seq, hash, settled }: SealedHead): Uint8Array =>
  hashOfLeaf({ hash, personId, seq, settled });
const nodeOf = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concatBytes(NODE, left, right));

/** The largest power of two below `size`: where a tree of more than one leaf is split. */
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

function treeOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return nodeOf(treeOf(leaves.slice(0, split)), treeOf(leaves.slice(split)));
}

function pathIn(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathIn(left, index), treeOf(right)]
    : [...pathIn(right, index - split), treeOf(left)];
}

/** The root of the tree over chain heads, which must be in the order of person ids. */
export const merkleRoot = (heads: readonly SealedHead[]): string => bytesToHex(treeOf(heads.map(leafOf)));

/** The root of the tree over the histories of people, who must be in the order of their ids. */
export const historiesRoot = (people: readonly { personId: Id; history: string }[]): string =>
  bytesToHex(treeOf(people.map(({ personId, history }) => hashOfLeaf({ history, personId }))));

/** What proves that one head belongs to a root: the hashes beside its way up, lowest first. */
export const inclusionPath = (heads: readonly SealedHead[], index: number): string[] =>
  pathIn(heads.map(leafOf), index).map(bytesToHex);

/** The root that a head and its path lead to; a proof holds when it is the signed one. */
export function rootFromPath(head: SealedHead, index: number, size: number, path: readonly string[]): string {
  const climb = (at: number, among: number, left: readonly Uint8Array[]): Uint8Array => {
    if (among <= 1) return leafOf(head);
    const split = splitOf(among);
    const beside = left.at(-1) ?? new Uint8Array();
    const below = left.slice(0, -1);
    return at < split
      ? nodeOf(climb(at, split, below), beside)
      : nodeOf(beside, climb(at - split, among - split, below));
  };
  return bytesToHex(climb(index, size, path.map(hexToBytes)));
}
