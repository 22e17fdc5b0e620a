import { BsonType, encodeKey, rankOf, successor, UNDEFINED, type Regex, type Value } from '../bson';
import { rankPrefix, stringPrefix } from '../bson/key-encoding';
import { Rank, rankOfType } from '../bson/type-of';
import type { CompareOperator, MatchNode } from './ast';
import { literalPrefix } from './regex';

/** A stretch of one index component: `from` ≤ bytes < `to`; null means to the end. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer | null;
  /** Whether the range is a single value. */
  readonly point: boolean;
}

const EMPTY: Buffer = Buffer.alloc(0);
const EVERYTHING: KeyRange[] = [{ from: EMPTY, to: null, point: false }];
const NOTHING: KeyRange[] = [];

function point(value: Value): KeyRange {
  const from = encodeKey([value], [1]);
  return { from, to: successor(from), point: true };
}

function rankRange(rank: number): KeyRange {
  return { from: rankPrefix(rank), to: rankPrefix(rank + 1), point: false };
}

/**
 * The ranges of an ascending component outside which no document can satisfy the node; null when the node gives no bounds.
 * A superset is allowed, so every document found must still be tested.
 */
export function keyRanges(node: MatchNode): KeyRange[] | null {
  switch (node.kind) {
    case 'compare':
      return node.op === 'eq' ? equalRanges(node.value) : orderRanges(node.op, node.value);
    case 'in':
      return unionRanges(...node.values.map(equalRanges), ...node.regexes.map(regexRanges));
    case 'regex':
      return regexRanges(node.regex);
    case 'type':
      return node.types.has(BsonType.Array)
        ? null
        : unionRanges(...[...node.types].map((type) => [rankRange(rankOfType(type))]));
    case 'mod':
      return [rankRange(Rank.Number)];
    case 'bits':
      return unionRanges([rankRange(Rank.Number)], [rankRange(Rank.Binary)]);
    case 'elemMatchValue':
      return elementRanges(node.children);
    case 'not':
      return node.child.kind === 'exists' ? [point(null)] : null;
    default:
      return null;
  }
}

function equalRanges(value: Value): KeyRange[] {
  if (value === null) return [point(UNDEFINED), point(null)];
  // An index holds the elements of an array: the first one must be there, or the array itself inside another array.
  if (Array.isArray(value))
    return unionRanges([point(value)], [point(value.length === 0 ? UNDEFINED : value[0]!)]);
  return [point(value)];
}

function orderRanges(op: Exclude<CompareOperator, 'eq'>, value: Value): KeyRange[] | null {
  const rank = rankOf(value);
  const inclusive = op === 'lte' || op === 'gte';
  if (rank === Rank.Array) return null;
  if (rank === Rank.MinKey || rank === Rank.MaxKey) return EVERYTHING;
  if (rank === Rank.Null) return inclusive ? equalRanges(null) : NOTHING;
  const { from, to } = point(value);
  const bracket = rankRange(rank);
  if (op === 'gt') return [{ from: to!, to: bracket.to, point: false }];
  if (op === 'gte') return [{ from, to: bracket.to, point: false }];
  return [{ from: bracket.from, to: inclusive ? to : from, point: false }];
}

/** A regular expression matches text and also the same expression stored as a value. */
function regexRanges(regex: Regex): KeyRange[] {
  const prefix = literalPrefix(regex);
  const text = prefix === '' ? rankRange(Rank.String) : prefixRange(stringPrefix(prefix));
  return [text, point(regex)];
}

const prefixRange = (from: Buffer): KeyRange => ({ from, to: successor(from), point: false });

/** All conditions of `$elemMatch` hold for the same element, so that their ranges may be intersected. */
function elementRanges(children: readonly MatchNode[]): KeyRange[] | null {
  let ranges: KeyRange[] | null = null;
  for (const child of children) {
    const next = keyRanges(child);
    if (next !== null) ranges = ranges === null ? next : intersectRanges(ranges, next);
  }
  return ranges;
}

/** Order of two upper ends, null being the last. */
function compareEnds(a: Buffer | null, b: Buffer | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return Buffer.compare(a, b);
}

/** Sorted and disjoint. */
function unionRanges(...lists: readonly (readonly KeyRange[])[]): KeyRange[] {
  const sorted = lists.flat().sort((a, b) => Buffer.compare(a.from, b.from) || compareEnds(a.to, b.to));
  const union: KeyRange[] = [];
  for (const range of sorted) {
    const last = union.at(-1);
    if (last === undefined || (last.to !== null && Buffer.compare(range.from, last.to) >= 0))
      union.push(range);
    else if (compareEnds(range.to, last.to) > 0)
      union[union.length - 1] = { from: last.from, to: range.to, point: false };
    else if (Buffer.compare(range.from, last.from) === 0 && compareEnds(range.to, last.to) === 0) continue;
  }
  return union;
}

export function intersectRanges(a: readonly KeyRange[], b: readonly KeyRange[]): KeyRange[] {
  const both: KeyRange[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i]!;
    const y = b[j]!;
    const from = Buffer.compare(x.from, y.from) >= 0 ? x.from : y.from;
    const to = compareEnds(x.to, y.to) <= 0 ? x.to : y.to;
    if (to === null || Buffer.compare(from, to) < 0) both.push({ from, to, point: x.point || y.point });
    if (compareEnds(x.to, y.to) <= 0) i++;
    else j++;
  }
  return both;
}

function inverted(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0xff));
}

/** The same ranges for a component that is stored descending, that is inverted byte by byte. */
export function invertRanges(ranges: readonly KeyRange[]): KeyRange[] {
  return ranges
    .map(({ from, to, point: isPoint }) => ({
      from: to === null ? EMPTY : (successor(inverted(to)) ?? EMPTY),
      to: from.length === 0 ? null : successor(inverted(from)),
      point: isPoint,
    }))
    .reverse();
}

/** The ranges behind a prefix of equal components. */
export function prefixRanges(prefix: Buffer, ranges: readonly KeyRange[]): KeyRange[] {
  return ranges.map(({ from, to, point: isPoint }) => ({
    from: Buffer.concat([prefix, from]),
    to: to === null ? successor(prefix) : Buffer.concat([prefix, to]),
    point: isPoint,
  }));
}
