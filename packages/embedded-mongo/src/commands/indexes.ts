import {
  bsonTypeOf,
  BsonType,
  DateTime,
  decode,
  Doc,
  encode,
  equalValues,
  isNumber,
  isTruthy,
  shellText,
  toNumber,
  typeName,
  type Value,
} from '../bson';
import type { Collection } from '../engine/collection';
import type { CollectionIndex } from '../engine/collection-index';
import { Blocked } from '../engine/locks';
import { TYPE_BY_ALIAS } from '../bson/type-of';
import { compileFilter, createScope, type MatchNode } from '../query';
import { duplicateKey } from '../engine/writes';
import { ErrorCode, fail, MongoError } from '../errors';
import { COLLATIONS_REFUSED, cursorBatchSize, documents, isSimpleCollation } from './arguments';
import { refuseSnapshotReadConcern } from './collections';
import type { CommandContext } from './context';
import { listCursor } from './cursor-reply';
import type { CommandDefinition } from './definition';
import { checkExpiry } from './index-expiry';
import { targetName } from './reading';

const MOST_INDEXES = 64;

/** Options that an index definition may have, in any order behind `v`, `key` and `name`. */
const OPTIONS = new Set([
  'unique',
  'sparse',
  'hidden',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
]);

/** Options that MongoDB knows and that mean nothing here. */
const IGNORED = new Set(['v', 'key', 'name', 'ns', 'background', 'dropDups']);

const REFUSED_OPTIONS = new Set([
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'storageEngine',
  'bucketSize',
  'clustered',
  'prepareUnique',
  'columnstoreProjection',
]);

const MAY_BE_OFF = new Set(['clustered', 'prepareUnique']);

const REFUSED_TYPES = new Set(['text', '2d', '2dsphere', 'hashed', 'columnstore', 'geoHaystack']);

export const createIndexes: CommandDefinition = {
  name: 'createIndexes',
  inTransaction: true,
  writes: true,
  fields: {
    createIndexes: { required: 'collection' },
    indexes: { required: 'documents' },
    commitQuorum: 'any',
    ignoreUnknownIndexOptions: 'bool',
  },
  async run(context) {
    refuseSnapshotReadConcern(context);
    const name = targetName(context);
    const wanted = (documents(context.command, 'indexes') ?? []).map(indexSpec);
    if (wanted.length === 0) fail(ErrorCode.BadValue, 'Must specify at least one index to create');
    const quorum = commitQuorum(context.command.get('commitQuorum'));
    const { collection, existed, added } = await context.untilFree(() => {
      const found = context.collection(name);
      const there = wanted.map((spec) => found && existing(found, spec));
      // An index that is being built may fail: only then, or when it is complete, there is an answer.
      if (there.some((index) => index && !index.isReady)) throw new Blocked();
      const missing = wanted.filter((_, i) => !there[i]);
      if (found && missing.length === 0) return { collection: found, existed: true, added: [] };
      if (quorum > 1) {
        fail(
          ErrorCode.UnsatisfiableCommitQuorum,
          `Commit quorum cannot be satisfied with the current replica set configuration: ${quorum} members of 1`,
        );
      }
      if (found && context.transaction && !context.transaction.created.has(found.namespace)) {
        fail(
          ErrorCode.OperationNotSupportedInTransaction,
          `Cannot create new indexes on existing collection ${found.namespace} in a multi-document transaction.`,
        );
      }
      if (found && !context.transaction) context.engine.requireAlone(found);
      const into = found ?? context.engine.create(context.database, name, undefined, context.transaction);
      return { collection: into, existed: found !== undefined, added: addAll(context, into, missing) };
    });
    const before = collection.readyIndexes.length;
    if (added.length > 0) await build(context, collection, added);
    const after = collection.readyIndexes.length;
    const reply = Doc.of({
      numIndexesBefore: before,
      numIndexesAfter: after,
      createdCollectionAutomatically: !existed,
    });
    if (before === after) reply.set('note', 'all indexes already exist');
    return reply;
  },
};

/** How many members have to be ready with an index before it counts: this server is a replica set of one. */
function commitQuorum(given: Value | undefined): number {
  if (given === undefined || given === 'majority' || given === 'votingMembers') return 1;
  if (typeof given === 'string')
    return fail(
      ErrorCode.UnknownReplWriteConcern,
      `No write concern mode named '${given}' found in replica set configuration`,
    );
  if (!isNumber(given)) return fail(ErrorCode.FailedToParse, 'commitQuorum has to be a number or string');
  const members = Math.trunc(toNumber(given));
  if (members >= 0 && members <= 50) return members;
  return fail(
    ErrorCode.FailedToParse,
    'commitQuorum has to be a non-negative number and not greater than 50',
  );
}

/** Checks a definition and brings it into the form that is stored and listed. */
function indexSpec(given: Doc): Doc {
  const key = given.get('key');
  if (key === undefined)
    fail(ErrorCode.FailedToParse, "The 'key' field is a required property of an index specification");
  if (!(key instanceof Doc)) {
    return fail(ErrorCode.TypeMismatch, `The field 'key' must be an object, but got ${typeName(key)}`);
  }
  const name = given.get('name');
  if (name === undefined)
    fail(ErrorCode.FailedToParse, "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string')
    return fail(ErrorCode.TypeMismatch, `The field 'name' must be a string, but got ${typeName(name)}`);
  if (name === '') fail(ErrorCode.CannotCreateIndex, 'The index name cannot be empty');
  if (name === '*') fail(ErrorCode.BadValue, "The index name '*' is not valid.");
  checkKey(key);
  const spec = Doc.of({ v: versionOf(given) });
  if (isTruthy(given.get('unique'))) spec.set('unique', true);
  spec.set('key', key).set('name', name);
  for (const [option, value] of given.entries()) {
    if (IGNORED.has(option)) continue;
    if (REFUSED_OPTIONS.has(option)) {
      if (MAY_BE_OFF.has(option) && value === false) continue;
      fail(ErrorCode.CannotCreateIndex, `The index option '${option}' is not offered by this server`);
    }
    if (!OPTIONS.has(option)) {
      fail(
        ErrorCode.InvalidIndexSpecificationOption,
        `The field '${option}' is not valid for an index specification. Specification: ${shellText(given)}`,
      );
    }
    setOption(spec, option, value);
  }
  if (spec.has('sparse') && spec.has('partialFilterExpression')) {
    fail(ErrorCode.CannotCreateIndex, 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (key.size === 1 && key.keys[0] === '_id' && equalValues(key.values[0], -1)) {
    fail(ErrorCode.BadValue, `The field 'key' for an _id index must be {_id: 1}, but got ${shellText(key)}`);
  }
  if (isIdKey(key)) checkIdIndex(spec);
  return spec;
}

/** Of the ways in which keys are laid out there are two, which answer alike. */
function versionOf(given: Doc): number {
  const version = given.get('v') ?? 2;
  if (!isNumber(version))
    return fail(ErrorCode.TypeMismatch, `The field 'v' must be a number, but got ${typeName(version)}`);
  const number = toNumber(version);
  if (number === 1 || number === 2) return number;
  return fail(
    ErrorCode.CannotCreateIndex,
    `Invalid index specification ${shellText(given)}; cannot create an index with v=${number}`,
  );
}

function setOption(spec: Doc, option: string, value: Value): void {
  switch (option) {
    case 'unique':
    case 'sparse':
    case 'hidden':
      if (typeof value !== 'boolean' && !isNumber(value)) {
        fail(ErrorCode.TypeMismatch, `The field '${option}' must be a boolean, but got ${typeName(value)}`);
      }
      if (isTruthy(value)) spec.set(option, true);
      break;
    case 'expireAfterSeconds':
      checkExpiry(spec.get('key') as Doc, value, ErrorCode.CannotCreateIndex);
      spec.set(option, value);
      break;
    case 'partialFilterExpression':
      if (!(value instanceof Doc)) {
        fail(
          ErrorCode.TypeMismatch,
          `The field 'partialFilterExpression' must be an object, but got ${typeName(value)}`,
        );
      }
      spec.set(option, partialFilter(value));
      break;
    default:
      checkCollation(value);
  }
}

function checkCollation(value: Value): void {
  if (!(value instanceof Doc))
    return fail(
      ErrorCode.TypeMismatch,
      `The field 'collation' must be an object, but got ${typeName(value)}`,
    );
  if (value.size === 0) fail(ErrorCode.BadValue, "The field 'collation' cannot be an empty object.");
  if (!isSimpleCollation(value)) fail(ErrorCode.CannotCreateIndex, COLLATIONS_REFUSED);
}

/** Conditions that a partial index may be limited by. */
const PARTIAL_NODES = new Set(['and', 'or', 'compare', 'in', 'exists', 'type']);

function partialFilter(filter: Doc): Doc {
  const check = (node: MatchNode): void => {
    if (node.kind !== 'always' && !PARTIAL_NODES.has(node.kind)) {
      fail(ErrorCode.CannotCreateIndex, `unsupported expression in partial index: $${node.kind}`);
    }
    if ('children' in node) for (const child of node.children) check(child);
  };
  check(compileFilter(filter, createScope({ now: new DateTime(0) })).node);
  return Doc.from(filter.entries().map(([path, condition]) => [path, withTypeNumbers(condition)]));
}

/** The types of a `$type` are listed as numbers. */
function withTypeNumbers(condition: Value): Value {
  if (!(condition instanceof Doc) || !condition.has('$type')) return condition;
  const types = condition.get('$type') as Value;
  const numbers = (Array.isArray(types) ? types : [types]).map(
    (type) => TYPE_BY_ALIAS.get(type as string) ?? type,
  );
  return condition.clone().set('$type', numbers);
}

function checkKey(key: Doc): void {
  const refuse = (message: string): never => fail(ErrorCode.CannotCreateIndex, message);
  if (key.size === 0) refuse('Index keys cannot be empty.');
  if (key.size > 32) fail(13103, 'too many compound keys');
  const seen = new Set<string>();
  for (const [path, direction] of key.entries()) {
    if (seen.has(path)) refuse(`Index key contains a duplicate field: ${path}`);
    seen.add(path);
    if (path === '') refuse('Index keys cannot be an empty field.');
    if (path === '$**' || path.endsWith('.$**')) refuse('Wildcard indexes are not offered by this server');
    if (path.split('.').some((part) => part === '')) refuse('Index keys cannot contain an empty field.');
    if (path.split('.').some((part) => part.startsWith('$') && !['$ref', '$id', '$db'].includes(part))) {
      refuse(`Index key contains an illegal field name: field name starts with '$'.`);
    }
    if (typeof direction === 'string') {
      refuse(
        REFUSED_TYPES.has(direction)
          ? `Index type '${direction}' is not offered by this server`
          : `Unknown index plugin '${direction}'`,
      );
    }
    if (!isNumber(direction)) {
      return refuse(
        `Values in v:2 index key pattern cannot be of type ${typeName(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    }
    const number = toNumber(direction);
    if (number === 0 || Number.isNaN(number)) refuse(`Values in the index key pattern cannot be ${number}.`);
  }
}

function isIdKey(key: Doc): boolean {
  return key.size === 1 && key.keys[0] === '_id' && equalValues(key.values[0], 1);
}

function checkIdIndex(spec: Doc): void {
  for (const option of spec.keys) {
    if (['v', 'unique', 'key', 'name'].includes(option)) continue;
    fail(
      ErrorCode.InvalidIndexSpecificationOption,
      `The field '${option}' is not valid for an _id index specification. Specification: ${shellText(spec)}`,
    );
  }
  spec.delete('unique');
  spec.set('name', '_id_');
}

/** What tells indexes over the same key apart: with another of these they stand beside each other, under different names. */
const IDENTIFYING = ['partialFilterExpression', 'unique', 'sparse'];

/** The index of the collection that is exactly this one; fails when it has one that cannot stand beside it. */
function existing(collection: Collection, spec: Doc): CollectionIndex | undefined {
  const name = spec.get('name') as string;
  const key = spec.get('key') as Doc;
  const isLike = (index: CollectionIndex, options: readonly string[]): boolean =>
    index.hasKey(key) && options.every((option) => sameOption(index.spec, spec, option));
  const named = collection.index(name);
  const index = named ?? collection.indexes.find((one) => isLike(one, IDENTIFYING));
  if (!index) return undefined;
  const both = `Requested index: ${shellText(spec)}, existing index: ${shellText(index.spec)}`;
  if (!isLike(index, ['partialFilterExpression'])) {
    fail(
      ErrorCode.IndexKeySpecsConflict,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${both}`,
    );
  }
  const sameOptions = isLike(index, [...IDENTIFYING, 'expireAfterSeconds']);
  if (named && sameOptions) return named;
  const where = named ? 'the same name but different options' : 'a different name and options';
  return fail(
    ErrorCode.IndexOptionsConflict,
    sameOptions
      ? `Index already exists with a different name: ${index.name}`
      : `An equivalent index already exists with ${where}. ${both}`,
  );
}

function sameOption(a: Doc, b: Doc, option: string): boolean {
  const x = a.get(option);
  const y = b.get(option);
  return x === undefined || y === undefined ? x === y : equalValues(x, y);
}

/** Adds indexes that are still empty, all or none. */
function addAll(context: CommandContext, collection: Collection, specs: readonly Doc[]): CollectionIndex[] {
  const { engine, transaction } = context;
  const added: CollectionIndex[] = [];
  try {
    for (const spec of specs) {
      if (existing(collection, spec))
        fail(ErrorCode.IndexAlreadyExists, `Identical index already exists: ${spec.get('name') as string}`);
      if (collection.indexes.length >= MOST_INDEXES) {
        fail(
          ErrorCode.CannotCreateIndex,
          `add index fails, too many indexes for ${collection.namespace} key:${shellText(spec.get('key'))}`,
        );
      }
      added.push(engine.addIndex(collection, spec, transaction));
    }
    return added;
  } catch (error) {
    for (const index of added) engine.abandonIndex(collection, index, transaction);
    throw error;
  }
}

/** What a unique index has found twice: of all such keys the first. */
interface Duplicate {
  key: Buffer;
  doc: Doc;
}

/**
 * Fills new indexes from the documents there are, while others are served; whatever they write keeps them up to date.
 * They are complete together, or none is.
 */
async function build(
  context: CommandContext,
  collection: Collection,
  indexes: readonly CollectionIndex[],
): Promise<void> {
  const { engine, transaction, view } = context;
  const duplicates = new Map<CollectionIndex, Duplicate>();
  try {
    for (const { row } of view.scan(collection.id, false)) {
      if (context.budget.tick()) await context.rest();
      if (collection.dropped) fail(ErrorCode.IndexBuildAborted, 'the collection was dropped');
      // Read again: the row may have changed since its page was read.
      const bytes = view.get(collection.id, row);
      if (!bytes) continue;
      const doc = decode(bytes);
      for (const index of indexes) {
        const key = addDocument(context, index, row, doc);
        const earlier = duplicates.get(index);
        if (key && !(earlier && Buffer.compare(earlier.key, key) <= 0)) duplicates.set(index, { key, doc });
      }
    }
    for (const index of indexes) {
      const duplicate = duplicates.get(index);
      if (!duplicate) continue;
      const error = duplicateKey(collection, index, duplicate.doc, duplicate.key);
      throw new MongoError(error.code, `Index build failed: ${error.message}`, error.details);
    }
  } catch (error) {
    for (const index of indexes) engine.abandonIndex(collection, index, transaction);
    throw error;
  }
  for (const index of indexes) engine.completeIndex(collection, index, transaction);
}

/** Adds the entries of one document; returns the first key that another document has already. */
function addDocument(
  context: CommandContext,
  index: CollectionIndex,
  row: number,
  doc: Doc,
): Buffer | undefined {
  const { keys, multikeyPaths } = index.keysOf(doc);
  index.mark(multikeyPaths);
  for (const key of keys) {
    if (index.unique && context.view.rowsAt(index.id, key).some((other) => other !== row)) return key;
    context.view.addEntry(index.id, key, row);
  }
  return undefined;
}

export const listIndexes: CommandDefinition = {
  name: 'listIndexes',
  fields: {
    listIndexes: { required: 'collection' },
    cursor: 'document',
    includeBuildUUIDs: 'bool',
    includeIndexBuildInfo: 'bool',
  },
  async run(context) {
    const name = targetName(context);
    const namespace = `${context.database}.${name}`;
    const collection = context.collection(name);
    if (!collection) return fail(ErrorCode.NamespaceNotFound, `ns does not exist: ${namespace}`);
    const batchSize = cursorBatchSize('listIndexes', context.command);
    const specs = collection.readyIndexes.map((index) => encode(index.spec));
    return Doc.of({ cursor: await listCursor(context, namespace, specs, batchSize) });
  },
};

export const dropIndexes: CommandDefinition = {
  name: 'dropIndexes',
  aliases: ['deleteIndexes'],
  writes: true,
  fields: { dropIndexes: 'collection', deleteIndexes: 'collection', index: { required: 'any' } },
  run(context) {
    const name = targetName(context);
    return context.untilFree(() => {
      const collection = context.collection(name);
      if (!collection) return fail(ErrorCode.NamespaceNotFound, `ns not found ${context.database}.${name}`);
      context.engine.requireAlone(collection);
      const before = collection.readyIndexes.length;
      const chosen = choose(collection, context.command.get('index') as Value);
      for (const index of chosen) {
        if (index.name === '_id_') fail(ErrorCode.InvalidOptions, 'cannot drop _id index');
      }
      for (const index of chosen) context.engine.dropIndex(collection, index);
      const reply = Doc.of({ nIndexesWas: before });
      if (context.command.get('index') === '*') {
        reply.set('msg', 'non-_id indexes dropped for collection');
      }
      return reply;
    });
  },
};

function choose(collection: Collection, wanted: Value): CollectionIndex[] {
  if (wanted === '*') return collection.readyIndexes.filter((index) => index.name !== '_id_');
  if (Array.isArray(wanted)) return wanted.flatMap((one) => choose(collection, one));
  if (typeof wanted === 'string') {
    const index = collection.readyIndexes.find((one) => one.name === wanted);
    return index ? [index] : fail(ErrorCode.IndexNotFound, `index not found with name [${wanted}]`);
  }
  if (bsonTypeOf(wanted) !== BsonType.Object) {
    return fail(
      ErrorCode.TypeMismatch,
      `BSON field 'dropIndexes.index' is the wrong type '${typeName(wanted)}'`,
    );
  }
  const index = collection.indexWithKey(wanted as Doc);
  return index ? [index] : fail(ErrorCode.IndexNotFound, `can't find index with key: ${shellText(wanted)}`);
}
