import { decode, type Doc, type Value } from '../bson';
import { PAUSE, type Budget } from '../aggregate';
import { ErrorCode, fail } from '../errors';
import { testTogether, type Filter, type Sort, type SortKey } from '../query';
import type { KeyValueView } from '../store/view';
import type { Collection } from './collection';
import type { CollectionIndex } from './collection-index';
import type { IndexPlan, KeySpan, Plan } from './plan';
import { choosePlan } from './planner';
import { holdsForEveryKey } from './predicates';

/** A stored document that a query has found. */
export interface Found {
  row: number;
  bytes: Buffer;
  doc: Doc;
}

/** What a read has cost, for explain and for the guard against scans. */
export interface ReadStatistics {
  keysExamined: number;
  documentsExamined: number;
  /** Told of each key that is read, for whom it matters which index it came from. */
  onKey?: (plan: IndexPlan) => void;
}

/** How and for whom a query reads. */
export interface ReadContext {
  view: KeyValueView;
  budget: Budget;
  statistics: ReadStatistics;
  /** Test mode: a read without index fails when it meets more documents than this. */
  failOnCollScanOver?: number | undefined;
  schemaSequence?: number | undefined;
}

export interface Query {
  collection: Collection;
  filter: Filter;
  sort?: Sort | undefined;
  skip?: number | undefined;
  /** 0 or undefined: no limit. */
  limit?: number | undefined;
  hint?: Value | undefined;
  /** The server's own reads: through this index, hidden or not, and so only what stands in it. */
  through?: CollectionIndex | undefined;
  /** The documents are only told: it does not matter that some of them were read a little earlier. */
  readAhead?: boolean | undefined;
  /** Tells the chosen plan. */
  onPlan?: (plan: Plan) => void;
}

/** A sort in memory may hold so many bytes of documents. */
const SORT_MEMORY = 256 * 1024 * 1024;

/** The documents of a query, in order, as a generator that yields PAUSE when its slice of time is used up. */
export function* findDocuments(read: ReadContext, query: Query): Generator<Found | typeof PAUSE, void> {
  const { skip = 0 } = query;
  const limit = query.limit === 0 ? undefined : query.limit;
  const wanted = limit === undefined ? undefined : skip + limit;
  const sort = query.sort && query.sort.parts.length > 0 ? query.sort : undefined;
  const plan = choosePlan({
    collection: query.collection,
    view: read.view,
    filter: query.filter,
    sort,
    wanted,
    hint: query.hint,
    through: query.through,
    schemaSequence: read.schemaSequence,
  });
  query.onPlan?.(plan);
  const inOrder = !sort || (plan.kind === 'index' && plan.sorted);
  const matches = matching(read, query.collection, plan, query.filter, query.readAhead === true);
  const source = inOrder ? matches : sorted(matches, sort, wanted);
  let position = 0;
  for (const item of source) {
    if (item === PAUSE) {
      yield item;
      continue;
    }
    if (position++ < skip) continue;
    yield item;
    if (position === wanted) return;
  }
}

function* matching(
  read: ReadContext,
  collection: Collection,
  plan: Plan,
  filter: Filter,
  readAhead: boolean,
): Generator<Found | typeof PAUSE, void> {
  const sure = plan.kind === 'index' && coversFilter(plan, filter);
  if (readAhead && filter.isDangerous) {
    yield* matchingTogether(candidates(read, collection, plan), filter);
    return;
  }
  for (const item of candidates(read, collection, plan)) {
    if (item === PAUSE) {
      yield item;
      continue;
    }
    if (sure) {
      yield new LazyDocument(item.row, item.bytes);
      continue;
    }
    const doc = decode(item.bytes);
    if (filter.matches(doc)) yield { row: item.row, bytes: item.bytes, doc };
  }
}

/** So many documents are tested together at most, more and more of them as the search goes on. */
const MOST_TOGETHER = 64;

function* matchingTogether(
  source: Iterable<{ row: number; bytes: Buffer } | typeof PAUSE>,
  filter: Filter,
): Generator<Found | typeof PAUSE, void> {
  let size = 1;
  let some: Found[] = [];
  const tested = (): Found[] => {
    const results = testTogether(some, ({ doc }) => filter.matches(doc));
    const found = some.filter((_, i) => results[i]);
    some = [];
    size = Math.min(MOST_TOGETHER, size * 2);
    return found;
  };
  for (const item of source) {
    if (item === PAUSE) yield item;
    else if (some.push({ row: item.row, bytes: item.bytes, doc: decode(item.bytes) }) >= size)
      yield* tested();
  }
  yield* tested();
}

/** Found by a key that says all the filter asks: decoded only when somebody looks inside. */
class LazyDocument implements Found {
  readonly row: number;
  readonly bytes: Buffer;
  #doc: Doc | undefined;

  constructor(row: number, bytes: Buffer) {
    this.row = row;
    this.bytes = bytes;
  }

  get doc(): Doc {
    return (this.#doc ??= decode(this.bytes));
  }
}

/** True when the index alone decides: one equality whose value the key holds exactly, or a condition that every key fulfils. */
function coversFilter(plan: IndexPlan, filter: Filter): boolean {
  const { node } = filter;
  if (node.kind !== 'compare') return false;
  if (holdsForEveryKey(node)) return plan.index.pattern.paths[0] === node.path;
  if (node.op !== 'eq' || !plan.single) return false;
  const { value } = node;
  return typeof value === 'string' || typeof value === 'boolean' || isExactObject(value);
}

function isExactObject(value: Value): boolean {
  return typeof value === 'object' && value !== null && 'hex' in value;
}

function* candidates(
  read: ReadContext,
  collection: Collection,
  plan: Plan,
): Generator<{ row: number; bytes: Buffer } | typeof PAUSE, void> {
  const { view, budget, statistics } = read;
  if (plan.kind === 'scan') {
    const most = plan.wanted ? undefined : read.failOnCollScanOver;
    // However soon the scan might find what it looks for: that is luck.
    if (most !== undefined && view.count(collection.id) > most) {
      fail(
        ErrorCode.NoQueryExecutionPlans,
        `error processing query: ns=${collection.namespace} planner returned error :: caused by :: No indexed plans available, and the collection has more than ${most} documents`,
      );
    }
    for (const found of view.scan(collection.id, plan.reverse)) {
      if (budget.tick()) yield PAUSE;
      statistics.documentsExamined++;
      yield found;
    }
    return;
  }
  const branches = plan.kind === 'union' ? plan.branches : [plan];
  const several = branches.length > 1 || branches.some((one) => one.index.isMultikey);
  const seen = several ? new Set<number>() : undefined;
  for (const branch of branches) {
    for (const found of entries(view, collection, branch)) {
      if (budget.tick()) yield PAUSE;
      statistics.keysExamined++;
      statistics.onKey?.(branch);
      if (seen) {
        if (seen.has(found.row)) continue;
        seen.add(found.row);
      }
      statistics.documentsExamined++;
      yield found;
    }
  }
}

type Entry = { key: Buffer; row: number; bytes: Buffer };

function* entries(view: KeyValueView, collection: Collection, plan: IndexPlan): Generator<Entry, void> {
  if (plan.single) {
    for (const { from } of plan.spans) yield* view.documentsAt(collection.id, plan.index.id, from);
    return;
  }
  const read = (span: KeySpan): Generator<Entry, void> =>
    view.rangeDocuments(collection.id, plan.index.id, span.from, span.to, plan.reverse);
  if (plan.merge) {
    yield* merged(
      plan.spans.map((span) => ({ prefix: span.prefix, entries: read(span) })),
      plan.reverse,
    );
    return;
  }
  for (const span of plan.reverse ? plan.spans.toReversed() : plan.spans) yield* read(span);
}

/** Merges spans with different prefixes into the order of what stands behind the prefix. */
function* merged(
  spans: readonly { prefix: number; entries: Generator<Entry, void> }[],
  reverse: boolean,
): Generator<Entry, void> {
  const heads: { prefix: number; entries: Generator<Entry, void>; head: Entry }[] = [];
  for (const span of spans) {
    const first = span.entries.next();
    if (!first.done) heads.push({ ...span, head: first.value });
  }
  while (heads.length > 0) {
    let best = 0;
    for (let i = 1; i < heads.length; i++) {
      const a = heads[i] as (typeof heads)[number];
      const b = heads[best] as (typeof heads)[number];
      const order = a.head.key.compare(b.head.key, b.prefix, undefined, a.prefix);
      if (reverse ? order > 0 : order < 0) best = i;
    }
    const chosen = heads[best] as (typeof heads)[number];
    yield chosen.head;
    const next = chosen.entries.next();
    if (next.done) heads.splice(best, 1);
    else chosen.head = next.value;
  }
}

interface Ranked {
  key: SortKey;
  found: Found;
}

/** Sorts in memory; with `wanted`, only so many of the first are ever kept. */
function* sorted(
  matches: Iterable<Found | typeof PAUSE>,
  sort: Sort,
  wanted: number | undefined,
): Generator<Found | typeof PAUSE, void> {
  const compare = (a: Ranked, b: Ranked): number => sort.compare(a.key, b.key);
  let kept: Ranked[] = [];
  let bytes = 0;
  const room = wanted === undefined ? Infinity : Math.max(64, wanted * 2);
  for (const item of matches) {
    if (item === PAUSE) {
      yield item;
      continue;
    }
    kept.push({ key: sort.keyOf(item.doc), found: { row: item.row, bytes: item.bytes, doc: item.doc } });
    bytes += item.bytes.length;
    if (kept.length >= room) {
      kept = kept.sort(compare).slice(0, wanted);
      bytes = kept.reduce((sum, one) => sum + one.found.bytes.length, 0);
    }
    if (bytes > SORT_MEMORY) {
      fail(
        ErrorCode.QueryExceededMemoryLimitNoDiskUseAllowed,
        `Executor error during find command :: caused by :: Sort exceeded memory limit of ${SORT_MEMORY} bytes. Create an index for this order, or use a limit.`,
      );
    }
  }
  for (const one of kept.sort(compare)) yield one.found;
}
