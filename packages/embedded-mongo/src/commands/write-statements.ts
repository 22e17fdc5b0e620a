import type { Doc } from '../bson';
import { encode, type Value } from '../bson';
import type { Collection } from '../engine/collection';
import { insertDocument, removeDocument, replaceDocument, type WriteTarget } from '../engine/writes';
import type { Namespace } from '../engine/namespace';
import { ErrorCode, fail } from '../errors';
import { compileFilter, type Filter } from '../query';
import { compileUpdate, prepareInsert, type Update } from '../update';
import type { Found } from '../engine/execute';
import type { CommandContext } from './context';
import { newObjectId } from './object-ids';
import { current, orderBy, query, withFirstMatch, type Order } from './reading';

/** What one update did. */
export interface UpdateOutcome {
  matched: number;
  modified: number;
  /** Set when it inserted. */
  upserted?: Value;
}

export interface UpdateStatement {
  filter: Doc;
  update: Doc | Value[];
  constants?: Doc | undefined;
  arrayFilters?: Doc[] | undefined;
  multi: boolean;
  upsert: boolean;
  sort?: Doc | undefined;
  hint?: Value | undefined;
  bypassValidation: boolean;
}

export interface RemoveStatement {
  filter: Doc;
  multi: boolean;
  hint?: Value | undefined;
}

interface CompiledUpdate {
  filter: Filter;
  update: Update;
  order: Order;
}

export function newId(context: CommandContext): () => Value {
  return () => newObjectId(context.engine.now());
}

/** Inserts one document; `sent` is its encoding as it came over the wire, used when nothing had to be added. */
export function insertOne(
  context: CommandContext,
  namespace: Namespace,
  document: Doc,
  sent: Buffer | undefined,
  bypassValidation: boolean,
): Promise<void> {
  return context.untilFree(() => {
    const collection = context.engine.findOrCreate(
      namespace.database,
      namespace.collection,
      context.transaction,
    );
    const prepared = prepareInsert(document, newId(context), context.nextTimestamp);
    const bytes = sent && prepared === document ? sent : encode(prepared);
    insertDocument({ ...context.target, bypassValidation }, collection, prepared, bytes);
  });
}

export async function updateDocuments(
  context: CommandContext,
  namespace: Namespace,
  statement: UpdateStatement,
): Promise<UpdateOutcome> {
  const compiled = compile(context, statement);
  if (statement.multi) {
    const outcome = await updateMany(context, namespace, statement, compiled);
    if (outcome.matched > 0 || !statement.upsert) return outcome;
  }
  const { before, after, changed } = await updateFirst(context, namespace, statement, compiled);
  if (before) return { matched: 1, modified: changed ? 1 : 0 };
  return after
    ? { matched: 1, modified: 0, upserted: after.get('_id') as Value }
    : { matched: 0, modified: 0 };
}

/** Updates or inserts one document; tells it before and after. */
export function updateAndReturn(
  context: CommandContext,
  namespace: Namespace,
  statement: UpdateStatement,
): Promise<FirstUpdate> {
  return updateFirst(context, namespace, statement, compile(context, statement));
}

/** What an update of one document did: no `before` and an `after` means that it was inserted. */
interface FirstUpdate {
  before: Doc | undefined;
  after: Doc | undefined;
  changed: boolean;
}

/** Tells of a document whether the statement would change it. */
export function changeTest(context: CommandContext, statement: UpdateStatement): (doc: Doc) => boolean {
  const compiled = compile(context, statement);
  return (doc) => updated(doc, compiled).modified;
}

function updateFirst(
  context: CommandContext,
  namespace: Namespace,
  statement: UpdateStatement,
  compiled: CompiledUpdate,
): Promise<FirstUpdate> {
  const { filter, update, order } = compiled;
  return context.untilFree(() => {
    const target = { ...context.target, bypassValidation: statement.bypassValidation };
    const collection = context.engine.findToWrite(
      namespace.database,
      namespace.collection,
      context.transaction,
    );
    return withFirstMatch(context, collection, { filter, ...order }, (found) => {
      if (found) {
        const after = applyTo(collection as Collection, found, compiled, target);
        return { before: found.doc, after: after ?? found.doc, changed: after !== undefined };
      }
      if (!statement.upsert) return { before: undefined, after: undefined, changed: false };
      const into = context.engine.findOrCreate(namespace.database, namespace.collection, context.transaction);
      const inserted = prepareInsert(
        update.insert(filter, newId(context)),
        newId(context),
        context.nextTimestamp,
      );
      insertDocument(target, into, inserted, encode(inserted));
      return { before: undefined, after: inserted, changed: true };
    });
  });
}

export async function removeDocuments(
  context: CommandContext,
  namespace: Namespace,
  statement: RemoveStatement,
): Promise<number> {
  if (!statement.multi) return (await removeAndReturn(context, namespace, statement)) ? 1 : 0;
  const filter = compileFilter(statement.filter, context.scope);
  const collection = context.engine.findToWrite(
    namespace.database,
    namespace.collection,
    context.transaction,
  );
  let removed = 0;
  await forEachMatch(context, collection, filter, statement.hint, (found) => {
    removeDocument(context.target, collection as Collection, found.row, found.doc);
    removed++;
  });
  return removed;
}

/** Finds one document, removes it and returns it. */
export function removeAndReturn(
  context: CommandContext,
  namespace: Namespace,
  statement: { filter: Doc; sort?: Doc | undefined; hint?: Value | undefined },
): Promise<Doc | undefined> {
  const filter = compileFilter(statement.filter, context.scope);
  const order = orderBy(statement.sort, statement.hint);
  return context.untilFree(() => {
    const collection = context.engine.findToWrite(
      namespace.database,
      namespace.collection,
      context.transaction,
    );
    return withFirstMatch(context, collection, { filter, ...order }, (found) => {
      if (found) removeDocument(context.target, collection as Collection, found.row, found.doc);
      return found?.doc;
    });
  });
}

function compile(context: CommandContext, statement: UpdateStatement): CompiledUpdate {
  const { arrayFilters } = statement;
  if (statement.constants && !Array.isArray(statement.update))
    fail(51198, 'Constant values may only be specified for pipeline updates');
  const scope = statement.constants ? context.newScope(statement.constants) : context.scope;
  const filter = compileFilter(statement.filter, scope);
  const update = compileUpdate(statement.update, {
    scope,
    multi: statement.multi,
    nextTimestamp: context.nextTimestamp,
    ...(arrayFilters && { arrayFilters }),
  });
  return { filter, update, order: orderBy(statement.sort, statement.hint) };
}

/** The document after the update, or undefined when nothing changed. */
function applyTo(
  collection: Collection,
  found: Found,
  compiled: CompiledUpdate,
  target: WriteTarget,
): Doc | undefined {
  const { doc, modified } = updated(found.doc, compiled);
  if (!modified) return undefined;
  replaceDocument(target, collection, found.row, found.doc, doc);
  return doc;
}

function updated(doc: Doc, { filter, update }: CompiledUpdate): ReturnType<Update['apply']> {
  return update.apply(doc, update.usesPosition ? filter.position(doc) : undefined);
}

async function updateMany(
  context: CommandContext,
  namespace: Namespace,
  statement: UpdateStatement,
  compiled: CompiledUpdate,
): Promise<UpdateOutcome> {
  const collection = context.engine.findToWrite(
    namespace.database,
    namespace.collection,
    context.transaction,
  );
  const outcome = { matched: 0, modified: 0 };
  await forEachMatch(context, collection, compiled.filter, statement.hint, (found) => {
    const target = { ...context.target, bypassValidation: statement.bypassValidation };
    if (applyTo(collection as Collection, found, compiled, target)) outcome.modified++;
    outcome.matched++;
  });
  return outcome;
}

/**
 * Does something to every match. All matches are found first, so that what is done does not lead to finding the same
 * document again; each is looked at once more, because others may have been served in between.
 */
async function forEachMatch(
  context: CommandContext,
  collection: Collection | undefined,
  filter: Filter,
  hint: Value | undefined,
  act: (found: Found) => void,
): Promise<void> {
  if (!collection) return;
  const matches: Found[] = [];
  await context.pull<Found>(query(context, collection, { filter, hint }), (found) => {
    matches.push(found);
    return true;
  });
  for (const found of matches) {
    await context.untilFree(() => {
      if (collection.dropped)
        fail(ErrorCode.QueryPlanKilled, `collection dropped. ns: ${collection.namespace}`);
      const fresh = current(context, collection, found, filter);
      if (fresh) act(fresh);
    });
    await context.breathe();
  }
}

/** What writes several documents cannot be told apart from its own repetition. */
export function refuseRetryOfMany(field: string): never {
  return fail(ErrorCode.InvalidOptions, `Cannot use (or request) retryable writes with ${field}`);
}

export function requireSize(operations: number): void {
  if (operations >= 1 && operations <= 100_000) return;
  fail(
    ErrorCode.InvalidLength,
    `Write batch sizes must be between 1 and 100000. Got ${operations} operations.`,
  );
}
