import { MAX_KEY, MIN_KEY } from '../bson';
import { intersectRanges, keyRanges, matchesMissing, type KeyRange, type MatchNode } from '../query';

/** A condition on one path that every match fulfils. */
export interface Predicate {
  path: string;
  node: MatchNode;
  /** Conditions of one `$elemMatch` hold for the same array element and may be combined. */
  element: number | undefined;
}

export interface Conditions {
  predicates: Predicate[];
  /** The branches of each `$or` at the top. */
  alternatives: MatchNode[][];
}

/** What must hold for every match: the conjuncts of the filter, with those inside `$elemMatch` at their full paths. */
export function conditionsOf(node: MatchNode): Conditions {
  const conditions: Conditions = { predicates: [], alternatives: [] };
  let elements = 0;
  const collect = (one: MatchNode, prefix: string, element: number | undefined): void => {
    switch (one.kind) {
      case 'and':
        for (const child of one.children) collect(child, prefix, element);
        break;
      case 'or':
        if (prefix === '') conditions.alternatives.push(one.children);
        break;
      case 'elemMatchObject':
        collect(one.child, `${prefix}${one.path}.`, element ?? ++elements);
        break;
      case 'not':
        if ('path' in one.child)
          conditions.predicates.push({ path: prefix + one.child.path, node: one, element });
        break;
      default:
        if ('path' in one) conditions.predicates.push({ path: prefix + one.path, node: one, element });
    }
  };
  collect(node, '', undefined);
  return conditions;
}

/** Everything is ≤ MaxKey and ≥ MinKey: with an index on the path MongoDB does not look at the documents at all. */
export function holdsForEveryKey(node: MatchNode): boolean {
  if (node.kind !== 'compare') return false;
  return (node.op === 'lte' && node.value === MAX_KEY) || (node.op === 'gte' && node.value === MIN_KEY);
}

/** The bounds of one index component. */
export interface ComponentBounds {
  ranges: KeyRange[];
  /** The `$elemMatch` they come from, when all do. */
  element: number | undefined;
}

/**
 * Bounds of an ascending component on `path`: all conditions together when the path crosses no array, otherwise the most
 * selective one, because different array elements may fulfil different conditions.
 */
export function componentBounds(
  predicates: readonly Predicate[],
  path: string,
  multikey: boolean,
): ComponentBounds | undefined {
  let best: ComponentBounds | undefined;
  const positional = /(^|\.)\d+(\.|$)/.test(path);
  for (const predicate of predicates) {
    if (predicate.path !== path) continue;
    if (positional && !isPlain(predicate)) continue;
    const ranges = keyRanges(predicate.node);
    if (!ranges) continue;
    if (!best) best = { ranges, element: predicate.element };
    else if (!multikey) best = { ranges: intersectRanges(best.ranges, ranges), element: undefined };
    else if (narrower(ranges, best.ranges)) best = { ranges, element: predicate.element };
  }
  return best;
}

/**
 * A number in a path is a position to an index. To a condition it may also be a field, missing in every element; and a
 * nested array at that position stands in the index as a whole, so that nothing follows from its elements.
 */
function isPlain({ node, element }: Predicate): boolean {
  return element === undefined && node.kind !== 'elemMatchValue' && !matchesMissing(node);
}

/** Points before ranges, fewer before more, two-sided ranges before open ones. */
function narrower(a: readonly KeyRange[], b: readonly KeyRange[]): boolean {
  const weight = (ranges: readonly KeyRange[]): number =>
    ranges.reduce((sum, range) => sum + (range.point ? 1 : range.to ? 1000 : 2000), 0);
  return weight(a) < weight(b);
}
