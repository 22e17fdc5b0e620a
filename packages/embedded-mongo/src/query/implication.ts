import { compareValues, hashValue, rankOf, type Value } from '../bson';
import { Rank } from '../bson/type-of';
import type { MatchNode, PathNode } from './ast';
import { comparePredicate, leafTest, valueTest } from './predicate';

/** Compares nothing inside documents: used where only the test of a missing value matters. */
const noDocs = () => () => false;

/** Whether a document without the path would satisfy the node: such a node must not use a sparse index. */
export function matchesMissing(node: MatchNode): boolean {
  return valueTest(node, noDocs)(undefined);
}

/** Whether every document that satisfies `filter` also satisfies `partial`. May say no where the answer is yes. */
export function implies(filter: MatchNode, partial: MatchNode): boolean {
  if (partial.kind === 'always') return partial.value;
  if (partial.kind === 'and') return partial.children.every((child) => implies(filter, child));
  if (filter.kind === 'or') return filter.children.every((child) => implies(child, partial));
  if (partial.kind === 'or' && partial.children.some((child) => implies(filter, child))) return true;
  const facts = filter.kind === 'and' ? filter.children : [filter];
  return facts.some((fact) => (fact.kind === 'or' ? implies(fact, partial) : factImplies(fact, partial)));
}

function factImplies(fact: MatchNode, partial: MatchNode): boolean {
  if (sameNode(fact, partial)) return true;
  if (!isPathNode(fact) || !isPathNode(partial) || fact.path !== partial.path) return false;
  if (partial.kind === 'exists') return !leafTest(fact, noDocs).test(undefined);
  if (fact.kind === 'compare' && fact.op !== 'eq') return rangeImplies(fact.op, fact.value, partial);
  const values =
    fact.kind === 'compare'
      ? [fact.value]
      : fact.kind === 'in' && fact.regexes.length === 0
        ? fact.values
        : undefined;
  return values !== undefined && values.length > 0 && values.every((value) => valueImplies(value, partial));
}

/** A value that the path is equal to; an array may be equal as a whole or as an element, null stands for missing as well. */
function valueImplies(value: Value, partial: PathNode): boolean {
  if (Array.isArray(value) || value === null) return false;
  const { expandLeaf, test } = leafTest(partial, noDocs);
  return expandLeaf && test(value);
}

/** `> 5` implies `> 3`, within one type; nothing follows from bounds that admit every type. */
function rangeImplies(op: 'lt' | 'lte' | 'gt' | 'gte', value: Value, partial: PathNode): boolean {
  if (partial.kind !== 'compare' || partial.op === 'eq') return false;
  const rank = rankOf(value);
  if (
    rank !== rankOf(partial.value) ||
    rank === Rank.MinKey ||
    rank === Rank.MaxKey ||
    rank === Rank.Null ||
    rank === Rank.Array
  )
    return false;
  const upward = op === 'gt' || op === 'gte';
  if (upward !== (partial.op === 'gt' || partial.op === 'gte')) return false;
  if (compareValues(value, partial.value) === 0) return partial.op === op || op === 'gt' || op === 'lt';
  return comparePredicate(partial.op, partial.value)(value);
}

function isPathNode(node: MatchNode): node is PathNode {
  return 'path' in node;
}

/** Structural equality of two nodes; nodes that hold functions are equal only to themselves. */
function sameNode(a: MatchNode, b: MatchNode): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if ('children' in a && 'children' in b && a.kind !== 'elemMatchValue')
    return sameNodes(a.children, b.children);
  if (a.kind === 'not' && b.kind === 'not') return sameNode(a.child, b.child);
  return isPathNode(a) && isPathNode(b) && a.path === b.path && samePathNode(a, b);
}

function sameNodes(a: readonly MatchNode[], b: readonly MatchNode[]): boolean {
  return a.length === b.length && a.every((node, i) => sameNode(node, b[i]!));
}

const sameValues = (a: Value[], b: Value[]): boolean => hashValue(a) === hashValue(b);

function samePathNode(a: PathNode, b: PathNode): boolean {
  switch (a.kind) {
    case 'compare':
      return b.kind === a.kind && a.op === b.op && compareValues(a.value, b.value) === 0;
    case 'in':
      return b.kind === a.kind && sameValues(a.values, b.values) && sameValues(a.regexes, b.regexes);
    case 'regex':
      return b.kind === a.kind && compareValues(a.regex, b.regex) === 0;
    case 'exists':
      return b.kind === a.kind;
    case 'type':
      return (
        b.kind === a.kind && a.types.size === b.types.size && [...a.types].every((type) => b.types.has(type))
      );
    case 'size':
      return b.kind === a.kind && a.size === b.size;
    case 'mod':
      return b.kind === a.kind && a.divisor === b.divisor && a.remainder === b.remainder;
    case 'bits':
      return b.kind === a.kind && a.test === b.test && a.mask === b.mask;
    case 'elemMatchObject':
      return b.kind === a.kind && sameNode(a.child, b.child);
    case 'elemMatchValue':
      return b.kind === a.kind && sameNodes(a.children, b.children);
  }
}
