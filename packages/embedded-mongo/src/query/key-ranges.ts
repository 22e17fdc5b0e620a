import {
  BsonType,
  encodeKey,
  rankOf,
  shellText,
  successor,
  UNDEFINED,
  type Regex,
  type Value,
} from '../bson';
import { rankPrefix, stringPrefix } from '../bson/key-encoding';
import { Rank, rankOfType } from '../bson/type-of';
import type { CompareOperator, MatchNode } from './ast';
import { literalPrefix } from './regex';

/** An end of a range as people read it: a value, or words for the end of a type. */
export type Edge = ({ readonly value: Value } | { readonly words: string }) & { readonly open?: true };

/** A stretch of one index component: `from` ≤ bytes < `to`; null means to the end. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer | null;
  /** Whether the range is a single value. */
  readonly point: boolean;
  /** What the ends stand for, the lower value first. */
  readonly low: Edge;
  readonly high: Edge;
}

const LOWEST: Edge = { words: 'MinKey' };
const HIGHEST: Edge = { words: 'MaxKey' };

const EMPTY: Buffer = Buffer.alloc(0);
const EVERYTHING: KeyRange[] = [{ from: EMPTY, to: null, point: false, low: LOWEST, high: HIGHEST }];
const NOTHING: KeyRange[] = [];

/** Ends of types, as far as conditions meet them. */
const EDGES_BY_RANK: ReadonlyMap<number, { low: Edge; high: Edge }> = new Map([
  [Rank.Number, { low: { words: '-inf.0' }, high: { words: 'inf.0' } }],
  [Rank.String, { low: { words: '""' }, high: { words: '{}', open: true } }],
  [Rank.Object, { low: { words: '{}' }, high: { words: '[]', open: true } }],
  [Rank.Bool, { low: { words: 'false' }, high: { words: 'true' } }],
  [
    Rank.Date,
    { low: { words: 'new Date(-9223372036854775808)' }, high: { words: 'new Date(9223372036854775807)' } },
  ],
  [
    rankOfType(BsonType.ObjectId),
    { low: { words: `ObjectId('${'0'.repeat(24)}')` }, high: { words: `ObjectId('${'f'.repeat(24)}')` } },
  ],
]);

function point(value: Value): KeyRange {
  const from = encodeKey([value], [1]);
  const edge: Edge = { value };
  return { from, to: successor(from), point: true, low: edge, high: edge };
}

function rankRange(rank: number): KeyRange {
  const { low, high } = EDGES_BY_RANK.get(rank) ?? { low: LOWEST, high: HIGHEST };
  return { from: rankPrefix(rank), to: rankPrefix(rank + 1), point: false, low, high };
}

/** A range in MongoDB's words, seen in this direction; undefined: all there is. */
export function rangeText(range: KeyRange | undefined, direction: 1 | -1): string {
  const { low, high } = range ?? EVERYTHING[0]!;
  const [first, last] = direction === 1 ? [low, high] : [high, low];
  const text = (edge: Edge): string => ('words' in edge ? edge.words : shellText(edge.value));
  return `${first.open ? '(' : '['}${text(first)}, ${text(last)}${last.open ? ')' : ']'}`;
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
      return unionRanges([...node.values.flatMap(equalRanges), ...node.regexes.flatMap(regexRanges)]);
    case 'regex':
      return regexRanges(node.regex);
    case 'type':
      return node.types.has(BsonType.Array)
        ? null
        : unionRanges([...node.types].map((type) => rankRange(rankOfType(type))));
    case 'mod':
      return [rankRange(Rank.Number)];
    case 'bits':
      return unionRanges([rankRange(Rank.Number), rankRange(Rank.Binary)]);
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
    return unionRanges([point(value), point(value.length === 0 ? UNDEFINED : value[0]!)]);
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
  const edge: Edge = inclusive ? { value } : { value, open: true };
  if (op === 'gt' || op === 'gte') {
    return [{ from: inclusive ? from : to!, to: bracket.to, point: false, low: edge, high: bracket.high }];
  }
  return [{ from: bracket.from, to: inclusive ? to : from, point: false, low: bracket.low, high: edge }];
}

/** A regular expression matches text and also the same expression stored as a value. */
function regexRanges(regex: Regex): KeyRange[] {
  const prefix = literalPrefix(regex);
  return [prefix === '' ? rankRange(Rank.String) : prefixRange(prefix), point(regex)];
}

function prefixRange(prefix: string): KeyRange {
  const from = stringPrefix(prefix);
  const points = [...prefix];
  const next = String.fromCodePoint(Math.min(points.pop()!.codePointAt(0)! + 1, 0x10ffff));
  const high: Edge = { value: points.join('') + next, open: true };
  return { from, to: successor(from), point: false, low: { value: prefix }, high };
}

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
function unionRanges(ranges: readonly KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.from, b.from) || compareEnds(a.to, b.to));
  const union: KeyRange[] = [];
  for (const range of sorted) {
    const last = union.at(-1);
    if (last === undefined || (last.to !== null && Buffer.compare(range.from, last.to) >= 0))
      union.push(range);
    else if (compareEnds(range.to, last.to) > 0)
      union[union.length - 1] = {
        from: last.from,
        to: range.to,
        point: false,
        low: last.low,
        high: range.high,
      };
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
    const { from, low } = Buffer.compare(x.from, y.from) >= 0 ? x : y;
    const { to, high } = compareEnds(x.to, y.to) <= 0 ? x : y;
    if (to === null || Buffer.compare(from, to) < 0)
      both.push({ from, to, point: x.point || y.point, low, high });
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
    .map(({ from, to, ...range }) => ({
      ...range,
      // The key of a point is exact, which its successor need not tell.
      from: range.point ? inverted(from) : to === null ? EMPTY : (successor(inverted(to)) ?? EMPTY),
      to: from.length === 0 ? null : successor(inverted(from)),
    }))
    .reverse();
}

/** The ranges behind a prefix of equal components. */
export function prefixRanges(prefix: Buffer, ranges: readonly KeyRange[]): KeyRange[] {
  return ranges.map(({ from, to, ...range }) => ({
    ...range,
    from: Buffer.concat([prefix, from]),
    to: to === null ? successor(prefix) : Buffer.concat([prefix, to]),
  }));
}
