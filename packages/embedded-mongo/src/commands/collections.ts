import { Doc, encode, isTruthy, shellText, type Value } from '../bson';
import type { Collection } from '../engine/collection';
import { checkDatabaseName, checkNamespace, splitNamespace } from '../engine/namespace';
import { ErrorCode, fail } from '../errors';
import { compileFilter } from '../query';
import {
  checkFields,
  COLLATIONS_REFUSED,
  cursorBatchSize,
  document,
  flag,
  isOff,
  isSimpleCollation,
  notAValueOf,
  whole,
  type Refused,
} from './arguments';
import type { CommandContext } from './context';
import { listCursor } from './cursor-reply';
import type { CommandDefinition } from './definition';
import { checkExpiry } from './index-expiry';
import { targetName } from './reading';
import { bytesOf, measure } from './sizes';

const VALIDATION_LEVELS = ['off', 'strict', 'moderate'];
const VALIDATION_ACTIONS = ['error', 'warn'];

const notOffered = { refused: 'not offered by this server' };

/** Settings of MongoDB's storage: there is none of them here. */
const nothingToSet: Refused = {
  refused: 'not offered by this server',
  unless: (value) => value instanceof Doc && value.size === 0,
};

/** Images that are switched off are those of a collection without any. */
const noImages: Refused = {
  refused: 'change streams are not offered',
  unless: (value) => value instanceof Doc && value.size === 1 && value.get('enabled') === false,
};

const validation = { validator: 'document', validationLevel: 'string', validationAction: 'string' } as const;

export const create: CommandDefinition = {
  name: 'create',
  inTransaction: true,
  writes: true,
  fields: {
    create: { required: 'collection' },
    ...validation,
    collation: {
      refused: COLLATIONS_REFUSED,
      unless: (value) => {
        if (!(value instanceof Doc)) return false;
        if (value.size === 0) fail(ErrorCode.BadValue, "'collation' cannot be an empty document");
        return isSimpleCollation(value);
      },
    },
    capped: { refused: 'capped collections are not offered', unless: isOff },
    size: notOffered,
    max: notOffered,
    viewOn: { refused: 'views are not offered' },
    pipeline: notOffered,
    timeseries: { refused: 'time series collections are not offered' },
    clusteredIndex: { refused: 'clustered collections are not offered' },
    expireAfterSeconds: notOffered,
    changeStreamPreAndPostImages: noImages,
    encryptedFields: notOffered,
    autoIndexId: {
      refused: 'collections without an _id index are not offered',
      unless: (value) => value === true,
    },
    storageEngine: nothingToSet,
    indexOptionDefaults: nothingToSet,
  },
  async run(context) {
    refuseSnapshotReadConcern(context);
    const name = targetName(context);
    const options = validationOptions(context.command);
    await context.untilFree(() => {
      const existing = context.collection(name);
      if (existing) {
        const same = Buffer.compare(encode(existing.options), encode(options)) === 0;
        if (same && !context.transaction) return;
        fail(ErrorCode.NamespaceExists, `Collection ${existing.namespace} already exists.`);
      }
      context.engine.create(context.database, name, options, context.transaction);
    });
    return new Doc();
  },
};

function validationOptions(command: Doc): Doc {
  const options = new Doc();
  for (const key of Object.keys(validation)) {
    const value = command.get(key);
    if (value !== undefined && value !== null) options.set(key, value);
  }
  checkOneOf(options, 'validationLevel', VALIDATION_LEVELS);
  checkOneOf(options, 'validationAction', VALIDATION_ACTIONS);
  return options;
}

function checkOneOf(options: Doc, key: string, allowed: readonly string[]): void {
  const value = options.get(key);
  if (value === undefined || allowed.includes(value as string)) return;
  notAValueOf(key, value);
}

/** Schema changes see the latest state, never a snapshot. */
export function refuseSnapshotReadConcern(context: CommandContext): void {
  const level = document(context.command, 'readConcern')?.get('level');
  if (context.transaction && level === 'snapshot') {
    fail(
      ErrorCode.InvalidOptions,
      `Command ${context.name} does not support this transaction's { readConcern: { level: "snapshot" } } :: caused by :: read concern not supported`,
    );
  }
}

export const drop: CommandDefinition = {
  name: 'drop',
  writes: true,
  fields: { drop: { required: 'collection' } },
  async run(context) {
    const name = targetName(context);
    const dropped = await context.untilFree(() => {
      const collection = context.collection(name);
      if (!collection) fail(ErrorCode.NamespaceNotFound, 'ns not found');
      const indexes = collection.readyIndexes.length;
      context.engine.drop(collection);
      return indexes;
    });
    return Doc.of({ nIndexesWas: dropped, ns: `${context.database}.${name}` });
  },
};

function refuseSystemDatabase(database: string): void {
  if (database === 'admin') fail(ErrorCode.IllegalOperation, "Dropping the 'admin' database is prohibited.");
  if (database === 'local')
    fail(ErrorCode.IllegalOperation, "Cannot drop 'local' database while replication is active");
}

export const dropDatabase: CommandDefinition = {
  name: 'dropDatabase',
  writes: true,
  fields: { dropDatabase: 'number' },
  async run(context) {
    checkDatabaseName(context.database);
    refuseSystemDatabase(context.database);
    if (whole(context.command, 'dropDatabase') !== 1) fail(5255100, "Have to pass 1 as 'drop' parameter");
    const existed = await context.untilFree(() => {
      const all = context.engine.collections(context.database);
      for (const collection of all) context.engine.requireAlone(collection);
      for (const collection of all) context.engine.drop(collection);
      return all.length > 0;
    });
    return existed ? Doc.of({ dropped: context.database }) : new Doc();
  },
};

export const renameCollection: CommandDefinition = {
  name: 'renameCollection',
  writes: true,
  adminOnly: true,
  fields: { renameCollection: { required: 'string' }, to: { required: 'string' }, dropTarget: 'bool' },
  async run(context) {
    const { command, engine } = context;
    const from = splitNamespace(command.get('renameCollection') as string);
    const to = splitNamespace(command.get('to') as string);
    checkNamespace(to.database, to.collection);
    await context.untilFree(() => {
      const source = engine.find(from.database, from.collection);
      if (!source) {
        return fail(
          ErrorCode.NamespaceNotFound,
          `Source collection ${from.database}.${from.collection} does not exist`,
        );
      }
      const target = engine.find(to.database, to.collection);
      if (target === source) fail(ErrorCode.IllegalOperation, "Can't rename a collection to itself");
      engine.requireAlone(source);
      if (target) {
        if (!flag(command, 'dropTarget')) fail(ErrorCode.NamespaceExists, 'target namespace exists');
        engine.drop(target);
      }
      engine.rename(source, to.database, to.collection);
      return undefined;
    });
    return new Doc();
  },
};

export const collMod: CommandDefinition = {
  name: 'collMod',
  writes: true,
  fields: {
    collMod: { required: 'collection' },
    index: 'document',
    ...validation,
    viewOn: notOffered,
    pipeline: notOffered,
    expireAfterSeconds: notOffered,
    changeStreamPreAndPostImages: noImages,
  },
  run(context) {
    const name = targetName(context);
    return context.untilFree(() => {
      const collection = context.collection(name);
      if (!collection) {
        return fail(ErrorCode.NamespaceNotFound, `ns does not exist: ${context.database}.${name}`);
      }
      context.engine.requireAlone(collection);
      const reply = new Doc();
      const change = document(context.command, 'index');
      const options = collection.options.clone();
      for (const [key, value] of validationOptions(context.command).entries()) options.set(key, value);
      if (change) modifyIndex(collection, change, reply);
      collection.setOptions(options);
      context.engine.save(collection);
      return reply;
    });
  },
};

function modifyIndex(collection: Collection, change: Doc, reply: Doc): void {
  checkFields(
    'collMod.index',
    change,
    {
      name: 'string',
      keyPattern: 'document',
      expireAfterSeconds: 'number',
      hidden: 'bool',
      unique: notOffered,
      prepareUnique: notOffered,
    },
    false,
  );
  const name = change.get('name');
  const pattern = change.get('keyPattern');
  if (name !== undefined && pattern !== undefined)
    fail(ErrorCode.InvalidOptions, 'Cannot specify both key pattern and name.');
  if (name === undefined && pattern === undefined)
    fail(ErrorCode.InvalidOptions, 'Must specify either index name or key pattern.');
  const index =
    typeof name === 'string'
      ? collection.readyIndexes.find((one) => one.name === name)
      : pattern instanceof Doc && collection.indexWithKey(pattern);
  if (!index) {
    return fail(
      ErrorCode.IndexNotFound,
      `cannot find index ${shellText(name ?? pattern ?? null)} for ns ${collection.namespace}`,
    );
  }
  const seconds = change.get('expireAfterSeconds');
  const hidden = change.get('hidden');
  if (seconds === undefined && hidden === undefined) {
    fail(ErrorCode.InvalidOptions, 'no expireAfterSeconds or hidden field');
  }
  if (seconds !== undefined) {
    if (index.name === '_id_') fail(ErrorCode.InvalidOptions, 'the _id field does not support TTL indexes');
    checkExpiry(index.spec.get('key') as Doc, seconds, ErrorCode.InvalidOptions);
  }
  if (hidden !== undefined) {
    if (index.name === '_id_') fail(ErrorCode.BadValue, "can't hide _id index");
    reply.set('hidden_old', index.hidden);
    reply.set('hidden_new', isTruthy(hidden));
    const spec = index.spec.clone();
    if (isTruthy(hidden)) spec.set('hidden', true);
    else spec.delete('hidden');
    index.spec = spec;
  }
  if (seconds === undefined) return;
  const before = index.spec.get('expireAfterSeconds');
  if (before !== undefined) reply.set('expireAfterSeconds_old', before);
  reply.set('expireAfterSeconds_new', seconds);
  index.spec = index.spec.clone().set('expireAfterSeconds', seconds);
}

export const listCollections: CommandDefinition = {
  name: 'listCollections',
  fields: {
    listCollections: 'any',
    filter: 'document',
    cursor: 'document',
    nameOnly: 'bool',
    authorizedCollections: 'bool',
  },
  async run(context) {
    const { command } = context;
    const filter = document(command, 'filter');
    const wanted = filter && compileFilter(filter, context.scope);
    const nameOnly = flag(command, 'nameOnly');
    const listed: Buffer[] = [];
    for (const collection of context.engine.collections(context.database, context.transaction)) {
      const full = describe(collection);
      if (wanted && !wanted.matches(full)) continue;
      listed.push(encode(nameOnly ? Doc.of({ name: collection.name, type: 'collection' }) : full));
    }
    const batchSize = cursorBatchSize('listCollections', command);
    const cursor = await listCursor(context, `${context.database}.$cmd.listCollections`, listed, batchSize);
    return Doc.of({ cursor });
  },
};

function describe(collection: Collection): Doc {
  return Doc.of({
    name: collection.name,
    type: 'collection',
    options: collection.options,
    info: Doc.of({ readOnly: false, uuid: collection.uuid }),
    idIndex: collection.indexes[0]?.spec,
  });
}

export const listDatabases: CommandDefinition = {
  name: 'listDatabases',
  adminOnly: true,
  fields: { listDatabases: 'any', filter: 'document', nameOnly: 'bool', authorizedDatabases: 'bool' },
  async run(context) {
    const { command, engine } = context;
    const filter = document(command, 'filter');
    const wanted = filter && compileFilter(filter, context.scope);
    const nameOnly = flag(command, 'nameOnly');
    const listed: Doc[] = [];
    let total = 0;
    for (const name of engine.databases()) {
      let size = 0;
      if (!nameOnly)
        for (const collection of engine.collections(name))
          size += bytesOf(await measure(context, collection));
      const full = nameOnly ? Doc.of({ name }) : Doc.of({ name, sizeOnDisk: size, empty: false });
      if (wanted && !wanted.matches(full)) continue;
      total += size;
      listed.push(full);
    }
    const databases: Value = listed;
    return nameOnly
      ? Doc.of({ databases })
      : Doc.of({ databases, totalSize: total, totalSizeMb: Math.floor(total / 1024 ** 2) });
  },
};
