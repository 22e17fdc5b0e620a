import { successor, type Doc, type Value } from '../bson';
import { ErrorCode, fail } from '../errors';
import {
  implies,
  invertRanges,
  matchesMissing,
  naturalDirection,
  prefixRanges,
  type Filter,
  type KeyRange,
  type MatchNode,
  type Sort,
} from '../query';
import type { KeyValueView } from '../store/view';
import type { Collection } from './collection';
import type { CollectionIndex } from './collection-index';
import type { IndexPlan, KeySpan, Plan, UnionPlan } from './plan';
import { componentBounds, conditionsOf, holdsForEveryKey, type Predicate } from './predicates';

/** So many separate spans are read at most; a longer `$in` is cut down to a range. */
const MOST_SPANS = 2000;

/** Entries counted when candidates are compared. */
const COUNTED = 1000;

/** A read costs about a third more when its result must be sorted in memory. */
const SORT_FACTOR = 1.3;

export interface PlanRequest {
  collection: Collection;
  view: KeyValueView;
  filter: Filter;
  sort?: Sort | undefined;
  /** Skip + limit; undefined: everything. */
  wanted?: number | undefined;
  /** An index name, a key pattern or `{ $natural: ±1 }`. */
  hint?: Value | undefined;
  /** Exactly this index, with no question asked. */
  through?: CollectionIndex | undefined;
  /** Indexes younger than this schema change are not readable here. */
  schemaSequence?: number | undefined;
}

interface Candidate {
  plan: IndexPlan;
  /** Entries to read, counted up to a limit. */
  entries: number;
}

/** Decides how the documents for a filter are found. An index yields a superset; the filter is checked on each document. */
export function choosePlan(request: PlanRequest): Plan {
  const { collection, filter, sort, hint } = request;
  const { predicates, alternatives } = conditionsOf(filter.node);
  if (request.through) return planIndex(request.through, predicates, sort);
  if (hint !== undefined && hint !== null) return hinted(request, predicates, hint);
  const usable = collection.indexes.filter((index) => isUsable(index, request, filter.node, predicates));
  const plans: IndexPlan[] = [];
  for (const index of usable) {
    const plan = planIndex(index, predicates, sort);
    if (plan.single) return plan;
    if (plan.bound > 0 || plan.sorted) plans.push(plan);
  }
  const bounded = plans.some((plan) => plan.bound > 0);
  // The answer depends on the index being read, so that it is not a matter of cost.
  const everyKey = holdsForEveryKey(filter.node) ? plans.find((plan) => plan.bound > 0) : undefined;
  if (everyKey) return everyKey;
  const union = alternatives.length > 0 ? planUnion(request, predicates, alternatives) : undefined;
  if (plans.length === 0)
    return union ?? { kind: 'scan', reverse: false, wanted: !sort && matchesEverything(filter.node) };
  if (plans.length === 1 && !union) return plans[0] as IndexPlan;
  const chosen = cheapest(request, plans);
  if (!union) return chosen.plan;
  if (!bounded && request.wanted === undefined) return union;
  const entries = union.branches.reduce((sum, branch) => sum + countEntries(request.view, branch), 0);
  return (sort ? entries * SORT_FACTOR : entries) < cost(request, chosen, COUNTED) ? union : chosen.plan;
}

function cheapest(request: PlanRequest, plans: readonly IndexPlan[]): Candidate {
  const candidates = plans.map((plan) => ({ plan, entries: countEntries(request.view, plan) }));
  const matches = Math.min(...candidates.map((one) => one.entries));
  return candidates.reduce((best, one) => {
    const difference = cost(request, one, matches) - cost(request, best, matches);
    return difference < 0 || (difference === 0 && one.plan.bound > best.plan.bound) ? one : best;
  });
}

const matchesEverything = (node: MatchNode): boolean =>
  node.kind === 'and' ? node.children.every(matchesEverything) : node.kind === 'always' && node.value;

/** Expected reads. A plan in the right order stops early: after as many entries as it takes to meet the wanted matches. */
function cost(request: PlanRequest, candidate: Candidate, matches: number): number {
  const { plan, entries } = candidate;
  const all = plan.bound > 0 ? entries : Math.max(entries, request.collection.nextRow ?? 0);
  if (!request.sort) return all;
  if (!plan.sorted) return all * SORT_FACTOR;
  if (request.wanted === undefined) return all;
  return Math.min(all, request.wanted * Math.max(1, all / Math.max(1, matches)));
}

function countEntries(view: KeyValueView, plan: IndexPlan): number {
  let total = 0;
  for (const span of plan.spans) {
    total += view.countRange(plan.index.id, span.from, span.to, COUNTED - total);
    if (total >= COUNTED) break;
  }
  return total;
}

function hinted(request: PlanRequest, predicates: readonly Predicate[], hint: Value): Plan {
  const { collection, sort } = request;
  if (typeof hint !== 'string') {
    const natural = naturalDirection(hint as Doc);
    if (natural !== undefined) return { kind: 'scan', reverse: natural < 0, wanted: true };
  }
  const [index, other] =
    typeof hint === 'string'
      ? [collection.index(hint)]
      : collection.readyIndexes.filter((one) => !one.hidden && one.hasKey(hint as Doc));
  if (other) {
    fail(
      ErrorCode.IndexNotFound,
      `error processing query: ns=${collection.namespace} planner returned error :: caused by :: Hint matched multiple indexes, must hint by index name. Matched: ${index?.name} and ${other.name}`,
    );
  }
  if (!index?.isReady || index.hidden) {
    return fail(
      ErrorCode.BadValue,
      `error processing query: ns=${collection.namespace} planner returned error :: caused by :: hint provided does not correspond to an existing index`,
    );
  }
  // An index that need not hold every match is read whole, and its answer is what was asked for.
  const implied = !index.partial || implies(request.filter.node, index.partial.node);
  return planIndex(index, implied ? predicates : [], sort);
}

/** Whether every document that can match stands in the index. */
function isUsable(
  index: CollectionIndex,
  request: PlanRequest,
  filter: MatchNode,
  predicates: readonly Predicate[],
): boolean {
  if (index.hidden || index.since > (request.schemaSequence ?? Number.MAX_VALUE)) return false;
  if (index.partial && !implies(filter, index.partial.node)) return false;
  if (!index.sparse) return true;
  return predicates.some(({ path, node }) => {
    const at = index.pattern.paths.indexOf(path);
    if (at < 0) return false;
    // An array without documents in it has no value at the path, not even a missing one: every negation is true of it.
    if (node.kind === 'not' && index.multikeyPaths[at]) return false;
    return !matchesMissing(node) || isNullRange(node);
  });
}

/** MongoDB counts `{ $lte: null }` among the conditions a sparse index may answer, though a missing field fulfils it. */
function isNullRange(node: MatchNode): boolean {
  return node.kind === 'compare' && node.op !== 'eq' && node.value === null;
}

function planIndex(
  index: CollectionIndex,
  predicates: readonly Predicate[],
  sort: Sort | undefined,
): IndexPlan {
  const { paths, directions } = index.pattern;
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let spans: KeySpan[] | undefined;
  const single: boolean[] = [];
  let boundByElement: { element: number | undefined } | undefined;
  const boundRanges: (readonly KeyRange[])[] = [];
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as string;
    const multikey = index.multikeyPaths[i] as boolean;
    let eligible = predicates;
    if (multikey && boundByElement) {
      // Two components over one array may be bound together only by the same $elemMatch.
      const { element } = boundByElement;
      if (element === undefined) break;
      eligible = predicates.filter((one) => one.element === element);
    }
    const bounds = componentBounds(eligible, path, multikey);
    if (!bounds) break;
    if (multikey) boundByElement = { element: bounds.element };
    const ranges = directions[i] === 1 ? bounds.ranges : invertRanges(bounds.ranges);
    boundRanges.push(bounds.ranges);
    if (ranges.every((range) => range.point) && prefixes.length * ranges.length <= MOST_SPANS) {
      prefixes = prefixes.flatMap((prefix) => ranges.map((range) => Buffer.concat([prefix, range.from])));
      single.push(ranges.length === 1);
      continue;
    }
    const limited = prefixes.length * ranges.length <= MOST_SPANS ? ranges : [hull(ranges)];
    spans = prefixes.flatMap((prefix) =>
      prefixRanges(prefix, limited).map((range) => ({
        from: range.from,
        to: range.to,
        prefix: prefix.length,
      })),
    );
    break;
  }
  spans ??= prefixes.map((prefix) => ({ from: prefix, to: successor(prefix), prefix: prefix.length }));
  const order = sort ? orderOf(index, sort, single, spans.length > 1) : undefined;
  return {
    kind: 'index',
    index,
    spans,
    bound: boundRanges.length,
    ranges: boundRanges,
    reverse: order?.reverse ?? false,
    sorted: order !== undefined,
    merge: order?.merge ?? false,
    single: index.unique && !index.isMultikey && single.length === paths.length && spans.length <= 1,
  };
}

/** One range from the first to the last. */
function hull(ranges: readonly KeyRange[]): KeyRange {
  const first = ranges[0] as KeyRange;
  const last = ranges[ranges.length - 1] as KeyRange;
  return { ...first, to: last.to, point: false, high: last.high };
}

/**
 * Whether the index yields the sort order, and how. `single[i]`: component i is bound to one value. Components that are
 * sorted by must not hold arrays: of those a document is sorted by its smallest or largest element, not by each.
 */
function orderOf(
  index: CollectionIndex,
  sort: Sort,
  single: readonly boolean[],
  several: boolean,
): { reverse: boolean; merge: boolean } | undefined {
  const constant = new Set(index.pattern.paths.filter((_, i) => single[i] && !index.multikeyPaths[i]));
  const parts = sort.parts.filter((part) => !constant.has(part.path));
  if (parts.length === 0) return several ? undefined : { reverse: false, merge: false };
  const follow = (from: number, skipConstant: boolean): { reverse: boolean } | undefined => {
    let at = from;
    let direction = 0;
    for (const part of parts) {
      while (skipConstant && single[at]) at++;
      if (index.pattern.paths[at] !== part.path || index.multikeyPaths[at]) return undefined;
      const wanted = part.direction * (index.pattern.directions[at] as number);
      if (direction !== 0 && wanted !== direction) return undefined;
      direction = wanted;
      at++;
    }
    return { reverse: direction < 0 };
  };
  const whole = follow(0, true);
  if (whole) return { ...whole, merge: false };
  const behind = follow(single.length, false);
  return behind && { ...behind, merge: several };
}

/** One index read per branch of a `$or`, when every branch has one. */
function planUnion(
  request: PlanRequest,
  predicates: readonly Predicate[],
  alternatives: readonly MatchNode[][],
): UnionPlan | undefined {
  for (const branches of alternatives) {
    const plans: IndexPlan[] = [];
    for (const branch of branches) {
      const own = [...conditionsOf(branch).predicates, ...predicates];
      const both: MatchNode = { kind: 'and', children: [branch, request.filter.node] };
      const candidates = request.collection.indexes
        .filter((index) => isUsable(index, request, both, own))
        .map((index) => planIndex(index, own, undefined))
        .filter((plan) => plan.bound > 0);
      if (candidates.length === 0) break;
      plans.push(
        candidates.length === 1
          ? (candidates[0] as IndexPlan)
          : cheapest({ ...request, sort: undefined }, candidates).plan,
      );
    }
    if (plans.length === branches.length) return { kind: 'union', branches: plans };
  }
  return undefined;
}
