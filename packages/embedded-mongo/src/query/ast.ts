import type { Binary, Doc, Regex, Value } from '../bson';
import type { Expression } from './scope';

export type CompareOperator = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type BitTest = 'allSet' | 'anySet' | 'allClear' | 'anyClear';

/** A test of the values that one path denotes. */
export type PathNode =
  | { kind: 'compare'; path: string; op: CompareOperator; value: Value }
  | { kind: 'in'; path: string; values: Value[]; regexes: Regex[] }
  | { kind: 'regex'; path: string; regex: Regex }
  | { kind: 'exists'; path: string }
  | { kind: 'type'; path: string; types: ReadonlySet<number> }
  | { kind: 'size'; path: string; size: number }
  | { kind: 'mod'; path: string; divisor: bigint; remainder: bigint }
  | { kind: 'bits'; path: string; test: BitTest; mask: bigint }
  | { kind: 'elemMatchObject'; path: string; child: MatchNode }
  | { kind: 'elemMatchValue'; path: string; children: MatchNode[] };

/** A parsed filter. `$ne`, `$nin` and `$exists: false` are `not` of their opposite, `$all` is `and`. */
export type MatchNode =
  | PathNode
  | { kind: 'and'; children: MatchNode[] }
  | { kind: 'or'; children: MatchNode[] }
  | { kind: 'nor'; children: MatchNode[] }
  | { kind: 'not'; child: MatchNode }
  | { kind: 'expr'; expression: Expression }
  | { kind: 'schema'; test: (doc: Doc) => boolean }
  | { kind: 'always'; value: boolean };

export const ALWAYS_TRUE: MatchNode = { kind: 'always', value: true };

/** Conjunction with nested ones flattened. */
export function conjunction(children: MatchNode[]): MatchNode {
  const flat = children.flatMap((child) => (child.kind === 'and' ? child.children : [child]));
  if (flat.length === 0) return ALWAYS_TRUE;
  return flat.length === 1 ? flat[0]! : { kind: 'and', children: flat };
}

/** The bits of binary data: bit n is bit n % 8 of byte n / 8. */
export function bitsOfBinary(binary: Binary): bigint {
  return binary.bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(binary.bytes).reverse().toString('hex')}`);
}

/** Kinds in the order in which MongoDB sorts the clauses of a conjunction. */
const KIND_ORDER: readonly MatchNode['kind'][] = [
  'and',
  'or',
  'elemMatchObject',
  'elemMatchValue',
  'size',
  'compare',
  'regex',
  'mod',
  'exists',
  'in',
  'bits',
  'not',
  'nor',
  'type',
];
const COMPARE_ORDER: readonly CompareOperator[] = ['eq', 'lte', 'lt', 'gt', 'gte'];

/**
 * The clauses of a conjunction by kind, then by path. Seen from outside where order matters: which array the positional
 * operator refers to, and in which order an upsert takes fields from its filter.
 */
export function inCanonicalOrder(children: readonly MatchNode[]): MatchNode[] {
  return children.slice().sort(compareClauses);
}

function compareClauses(a: MatchNode, b: MatchNode): number {
  const byKind = KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
  if (byKind !== 0) return byKind;
  if (a.kind === 'compare' && b.kind === 'compare' && a.op !== b.op) {
    return COMPARE_ORDER.indexOf(a.op) - COMPARE_ORDER.indexOf(b.op);
  }
  const [x, y] = ['path' in a ? a.path : '', 'path' in b ? b.path : ''];
  return x < y ? -1 : x > y ? 1 : 0;
}
