import { PAUSE } from '../aggregate';
import { decode, Doc, type Value } from '../bson';
import type { Collection } from '../engine/collection';
import { findDocuments, type Found, type Query } from '../engine/execute';
import type { Namespace } from '../engine/namespace';
import { ErrorCode, fail } from '../errors';
import { compileFilter, compileSort, naturalDirection, type Filter, type Sort } from '../query';
import { document, hint } from './arguments';
import type { CommandContext } from './context';

export const NO_FILTER = new Doc();

/** The collection name in the field that bears the command's name. */
export function targetName(context: CommandContext): string {
  const name = context.command.values[0];
  if (typeof name !== 'string') return fail(ErrorCode.InvalidNamespace, 'collection name has invalid type');
  if (name === '' || name.startsWith('.'))
    fail(ErrorCode.InvalidNamespace, `Invalid namespace specified '${context.database}.${name}'`);
  if (name.includes('\0'))
    fail(ErrorCode.InvalidNamespace, 'namespaces cannot have embedded null characters');
  return name;
}

export function targetNamespace(context: CommandContext): Namespace {
  return { database: context.database, collection: targetName(context) };
}

export function namespaceOf(context: CommandContext): string {
  return `${context.database}.${targetName(context)}`;
}

/** In which order documents are read, and through which index. */
export interface Order {
  sort: Sort | undefined;
  hint: Value | undefined;
}

/** The order of a command with the hint that it has. */
export function orderOf(context: CommandContext, sort: Doc | undefined): Order {
  return orderBy(sort, hint(context.command));
}

/** A sort and a hint together: `{ $natural: ±1 }` as a sort is a hint to read in row order. */
export function orderBy(sort: Doc | undefined, given: Value | undefined): Order {
  if (!sort || sort.size === 0) return { sort: undefined, hint: given };
  if (naturalDirection(sort) !== undefined) {
    if (given !== undefined && !(given instanceof Doc && given.has('$natural')))
      fail(ErrorCode.BadValue, 'index hint not allowed with $natural sort order');
    return { sort: undefined, hint: sort };
  }
  return { sort: compileSort(sort), hint: given };
}

/** The filter of a command, compiled; also on a collection that does not exist, so that mistakes show. */
export function filterOf(context: CommandContext, field: string): Filter {
  return compileFilter(document(context.command, field) ?? NO_FILTER, context.scope);
}

/** The bytes of found documents, projected when asked. */
export function* encoded(
  items: Iterable<Found | typeof PAUSE>,
  project: ((found: Found) => Buffer) | undefined,
): Generator<Buffer | typeof PAUSE, void> {
  for (const item of items) {
    if (item === PAUSE) yield item;
    else yield project ? project(item) : item.bytes;
  }
}

/** Documents of a query, or none when there is no collection; fails when the collection is dropped meanwhile. */
export function* query(
  context: CommandContext,
  collection: Collection | undefined,
  q: Omit<Query, 'collection'>,
): Generator<Found | typeof PAUSE, void> {
  if (!collection) return;
  for (const item of findDocuments(context.read, { ...q, collection })) {
    yield item;
    if (collection.dropped) {
      fail(ErrorCode.QueryPlanKilled, `collection dropped. ns: ${collection.namespace}`);
    }
  }
}

/**
 * Finds the first match and hands it, or undefined, to `act` in the same breath: nothing can change it in between, because
 * not even another command's continuation runs before `act` has returned.
 */
export async function withFirstMatch<T>(
  context: CommandContext,
  collection: Collection | undefined,
  q: Omit<Query, 'collection'>,
  act: (found: Found | undefined) => T,
): Promise<T> {
  for (;;) {
    const source = query(context, collection, { ...q, limit: 1 });
    let paused = false;
    for (;;) {
      const next = source.next();
      if (next.done) return act(undefined);
      if (next.value === PAUSE) {
        paused = true;
        await context.rest();
        continue;
      }
      const fresh = paused ? current(context, collection as Collection, next.value, q.filter) : next.value;
      if (fresh) return act(fresh);
      break;
    }
  }
}

/** What is stored now for a document found earlier, when it still matches. */
export function current(
  context: CommandContext,
  collection: Collection,
  found: Found,
  filter: Filter,
): Found | undefined {
  const bytes = context.view.get(collection.id, found.row);
  if (!bytes) return undefined;
  if (bytes.equals(found.bytes)) return found;
  const doc = decode(bytes);
  return filter.matches(doc) ? { row: found.row, bytes, doc } : undefined;
}
