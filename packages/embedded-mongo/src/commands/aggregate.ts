import {
  compilePipeline,
  MemoryMeter,
  PAUSE,
  type CollectionStatistics,
  type MergeSink,
  type OutSink,
  type Pipeline,
  type SourceCollection,
} from '../aggregate';
import { approximateSize, DateTime, Doc, encode, isNumber, type Value } from '../bson';
import type { Collection } from '../engine/collection';
import { findDocuments, type Query } from '../engine/execute';
import { isSystemDatabase, type Namespace } from '../engine/namespace';
import { duplicateKey, insertDocument, LARGEST_DOCUMENT, replaceDocument } from '../engine/writes';
import { ErrorCode, fail } from '../errors';
import type { Filter } from '../query';
import { prepareInsert } from '../update';
import { cursorBatchSize, collationField, document, flag, hint } from './arguments';
import type { CommandContext } from './context';
import { firstBatch } from './cursor-reply';
import type { CommandDefinition } from './definition';
import { targetName, withFirstMatch } from './reading';
import { measured, storageStatistics } from './sizes';
import { newId } from './write-statements';

/** MongoDB lets a result be a little larger than what may be stored. */
const LARGEST_RESULT = LARGEST_DOCUMENT + 16 * 1024;

/** What the stages of one aggregation may hold in memory. */
const MEMORY_LIMIT = 256 * 1024 * 1024;

export const aggregate: CommandDefinition = {
  name: 'aggregate',
  inTransaction: true,
  writes: mergesInto,
  fields: {
    aggregate: { required: 'any' },
    pipeline: { required: 'array' },
    cursor: 'document',
    explain: 'bool',
    allowDiskUse: 'bool',
    bypassDocumentValidation: 'bool',
    hint: 'hint',
    let: 'document',
    collation: collationField,
  },
  async run(context) {
    const { command } = context;
    const options = document(command, 'cursor');
    if (!options) {
      return fail(
        ErrorCode.FailedToParse,
        "The 'cursor' option is required, except for aggregate with the explain argument",
      );
    }
    const batchSize = cursorBatchSize('aggregate', command);
    const name = aggregateTarget(context);
    const pipeline = compileFor(context, command.get('pipeline') as Value);
    checkSource(name, pipeline);
    const namespace = `${context.database}.${name ?? '$cmd.aggregate'}`;
    const items = results(context, pipeline, name);
    if (pipeline.sink) {
      checkSink(pipeline.sink);
      if (context.transaction) {
        fail(
          ErrorCode.OperationNotSupportedInTransaction,
          `Operation not permitted in transaction :: caused by :: Aggregation stage $${pipeline.sink.kind} cannot run within a multi-document transaction`,
        );
      }
      if (pipeline.sink.kind === 'out') await writeOut(context, items, pipeline.sink);
      else await writeMerge(context, items, pipeline.sink);
      return Doc.of({ cursor: Doc.of({ firstBatch: [], id: 0n, ns: namespace }) });
    }
    const cursor = await firstBatch(context, {
      namespace,
      items: encodedResults(items),
      batchSize,
      collection: name === undefined ? undefined : context.collection(name),
    });
    return Doc.of({ cursor });
  },
};

/** Results are not written among the data of the server itself. */
function checkSink({ kind, database }: MergeSink | OutSink): void {
  if (isSystemDatabase(database))
    fail(kind === 'merge' ? 31320 : 31321, `Cannot $${kind} to internal database: ${database}`);
}

/** A pipeline begins with a collection or with documents of its own, never with both. */
export function checkSource(name: string | undefined, { readsSource }: Pipeline): void {
  if (name === undefined && readsSource)
    fail(
      ErrorCode.InvalidNamespace,
      '{aggregate: 1} is not valid for this pipeline; a collection is required.',
    );
  if (name !== undefined && !readsSource)
    fail(ErrorCode.InvalidNamespace, "'$documents' can only be run with {aggregate: 1}");
}

/** The collection, or undefined for `{ aggregate: 1 }`. */
export function aggregateTarget(context: CommandContext): string | undefined {
  const target = context.command.values[0] as Value;
  if (isNumber(target)) return undefined;
  if (typeof target !== 'string' || target === '') {
    return fail(ErrorCode.InvalidNamespace, 'collection name has invalid type');
  }
  return target;
}

export function compileFor(context: CommandContext, stages: Value): Pipeline {
  return compilePipeline(stages, {
    scope: context.scope,
    budget: context.budget,
    database: context.database,
    memoryLimit: MEMORY_LIMIT,
    collection: (name) => sourceOf(context, context.collection(name)),
    statistics: (wanted) => statistics(context, wanted),
  });
}

/** What `$collStats` tells. */
function* statistics(
  context: CommandContext,
  wanted: CollectionStatistics,
): Generator<Doc | typeof PAUSE, void> {
  if (context.transaction) {
    fail(
      ErrorCode.OperationNotSupportedInTransaction,
      'Stage not supported inside of a multi-document transaction: $collStats',
    );
  }
  const name = targetName(context);
  const namespace = `${context.database}.${name}`;
  const collection = context.collection(name);
  const { scale } = wanted;
  if (!collection && wanted.count) {
    fail(
      ErrorCode.NamespaceNotFound,
      `Unable to retrieve count in $collStats stage :: caused by :: Collection [${namespace}] not found.`,
    );
  }
  const told = Doc.of({
    ns: namespace,
    host: context.instance.address,
    localTime: new DateTime(context.engine.now()),
  });
  for (const sizes of measured(context.engine.store.live, collection)) {
    if (sizes === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (scale !== undefined) told.set('storageStats', storageStatistics(sizes, scale));
    if (wanted.count) told.set('count', sizes.documents.count);
    yield told;
  }
}

/** The documents the pipeline begins with: what its head asks for, found by the planner. */
export function headQuery(context: CommandContext, pipeline: Pipeline): Omit<Query, 'collection'> {
  const { filter, sort, skip, limit } = pipeline.head;
  return { filter, sort, skip, limit, hint: hint(context.command) };
}

function results(
  context: CommandContext,
  pipeline: Pipeline,
  name: string | undefined,
): Generator<Doc | typeof PAUSE> {
  const collection = name === undefined ? undefined : context.collection(name);
  return pipeline.run(documentsOf(context, collection, headQuery(context, pipeline)));
}

function sourceOf(context: CommandContext, collection: Collection | undefined): SourceCollection {
  return {
    exists: collection !== undefined,
    find: (o) => documentsOf(context, collection, o),
  };
}

function* documentsOf(
  context: CommandContext,
  collection: Collection | undefined,
  query: Omit<Query, 'collection'>,
): Generator<Doc | typeof PAUSE, void> {
  if (!collection) return;
  for (const item of findDocuments(context.read, { ...query, collection, readAhead: true })) {
    yield item === PAUSE ? item : item.doc;
    if (collection.dropped)
      fail(ErrorCode.QueryPlanKilled, `collection dropped. ns: ${collection.namespace}`);
  }
}

function* encodedResults(items: Iterable<Doc | typeof PAUSE>): Generator<Buffer | typeof PAUSE, void> {
  for (const item of items) {
    if (item === PAUSE) {
      yield item;
      continue;
    }
    const bytes = encode(item, LARGEST_RESULT);
    if (bytes.length > LARGEST_RESULT) {
      fail(
        ErrorCode.BSONObjectTooLarge,
        `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`,
      );
    }
    yield bytes;
  }
}

/** Replaces a collection by the result, all at once at the end; its indexes and options stay. */
async function writeOut(
  context: CommandContext,
  items: Iterator<Doc | typeof PAUSE>,
  sink: OutSink,
): Promise<void> {
  const { engine } = context;
  const old = engine.find(sink.database, sink.collection);
  const form = formOf(old);
  const result = engine.createApart(
    sink.database,
    old?.options ?? new Doc(),
    (old?.readyIndexes.slice(1) ?? []).map((index) => index.spec),
  );
  try {
    await context.pull<Doc>(items, (doc) => {
      const prepared = prepareInsert(doc, newId(context), context.nextTimestamp);
      insertDocument(writeTarget(context), result, prepared, encode(prepared, LARGEST_DOCUMENT));
      return true;
    });
    await context.untilFree(() => {
      const replaced = engine.find(sink.database, sink.collection);
      if (replaced) engine.requireAlone(replaced);
      if (!formOf(replaced).equals(form)) {
        fail(
          ErrorCode.CommandFailed,
          `collection options or indexes of target collection ${sink.database}.${sink.collection} changed during processing`,
        );
      }
      engine.putInPlace(result, sink.collection);
    });
  } finally {
    engine.discard(result);
  }
}

/** What of a collection `$out` keeps, for comparison. */
function formOf(collection: Collection | undefined): Buffer {
  const indexes = collection?.readyIndexes.map((index) => index.spec) ?? [];
  return encode(Doc.of({ options: collection?.options, indexes }));
}

async function writeMerge(
  context: CommandContext,
  items: Iterator<Doc | typeof PAUSE>,
  sink: MergeSink,
): Promise<void> {
  const into: Namespace = { database: sink.database, collection: sink.collection };
  context.engine.findOrCreate(into.database, into.collection);
  requireUniqueKey(context, into, sink);
  const documents: Doc[] = [];
  const memory = new MemoryMeter('$merge', MEMORY_LIMIT);
  await context.pull<Doc>(items, (doc) => {
    memory.add(approximateSize(doc));
    documents.push(doc);
    return true;
  });
  // Like an unordered bulk write: the rest is written as well, then the first error is told.
  let failure: Error | undefined;
  for (const doc of documents) {
    const prepared = sink.on.includes('_id')
      ? prepareInsert(doc, newId(context), context.nextTimestamp)
      : doc;
    await context
      .untilFree(() => mergeOne(context, into, sink, prepared))
      .catch((error: Error) => (failure ??= error));
    await context.breathe();
  }
  if (failure) throw failure;
}

function mergeOne(context: CommandContext, into: Namespace, sink: MergeSink, incoming: Doc): Promise<void> {
  const collection = context.engine.findOrCreate(into.database, into.collection);
  const filter: Filter = sink.keyFilter(incoming);
  return withFirstMatch(context, collection, { filter }, (found) => {
    const target = writeTarget(context);
    if (!found) {
      if (sink.whenNotMatched === 'fail') {
        fail(
          13113,
          '$merge could not find a matching document in the target collection for at least one document in the source collection',
        );
      }
      if (sink.whenNotMatched === 'discard') return;
      const prepared = prepareInsert(incoming, newId(context), context.nextTimestamp);
      insertDocument(target, collection, prepared, encode(prepared));
      return;
    }
    const merged = sink.whenMatched(found.doc, incoming);
    if (merged === 'keep') return;
    if (merged === 'fail') {
      const index = collection.readyIndexes.find((one) => isKeyOf(one.pattern.paths, sink.on));
      if (!index) return;
      throw duplicateKey(collection, index, found.doc, index.keysOf(found.doc).keys[0] as Buffer);
    }
    replaceDocument(target, collection, found.row, found.doc, merged);
  });
}

function requireUniqueKey(context: CommandContext, into: Namespace, sink: MergeSink): void {
  const collection = context.engine.find(into.database, into.collection);
  const unique = collection?.readyIndexes.some(
    (index) => index.unique && !index.partial && isKeyOf(index.pattern.paths, sink.on),
  );
  if (!unique) fail(51183, 'Cannot find index to verify that join fields will be unique');
}

function isKeyOf(paths: readonly string[], on: readonly string[]): boolean {
  return paths.length === on.length && paths.every((path) => on.includes(path));
}

function writeTarget(context: CommandContext): Parameters<typeof insertDocument>[0] {
  return { ...context.target, bypassValidation: flag(context.command, 'bypassDocumentValidation') };
}

/** Whether the last stage writes its results somewhere; all other aggregations only read. */
function mergesInto(command: Doc): boolean {
  if (flag(command, 'explain')) return false;
  const pipeline = command.get('pipeline');
  const last = Array.isArray(pipeline) ? pipeline.at(-1) : undefined;
  return last instanceof Doc && (last.has('$out') || last.has('$merge'));
}
