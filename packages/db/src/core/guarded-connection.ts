import type { Connection } from 'mongoose';
import { AppendOnlyError } from './append-only';
import { LEDGERS, SETTLED_LEDGERS } from './ledgers';

type Native = Record<string, unknown>;
type Method = (...args: unknown[]) => unknown;

/** Methods of the driver's collections that change or remove documents, or could make the server do so. */
const CHANGING = [
  'updateOne',
  'updateMany',
  'replaceOne',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'deleteOne',
  'deleteMany',
  'drop',
  'rename',
  'dropIndex',
  'dropIndexes',
] as const;

/** Commands that change or remove documents of the collection they name first. */
const CHANGING_COMMANDS = [
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'drop',
  'dropIndexes',
  'collMod',
  'convertToCapped',
  'deleteIndexes',
] as const;

/** The driver sends long lists as sequences of documents. */
const listed = (value: unknown): Native[] =>
  (Array.isArray(value)
    ? value
    : ((value as { documents?: Native[] } | undefined)?.documents ?? [])) as Native[];

export interface LedgerGuard {
  /** These very objects may be inserted into a ledger in which settlement alone writes. */
  admit(documents: readonly object[]): void;
  /** Removes the whole database, ledgers included: for tests, and for a first start that was cut off. */
  dropDatabase(): Promise<void>;
}

/**
 * Guards a connection, its client and every database and collection that they hand out, the driver's own objects
 * included: what would change or remove documents of a ledger, or enter some that settlement has not made, throws before it
 * reaches the server. Methods refuse at once; behind them every command is looked at as it leaves, however it was put together, which is
 * why the connection must be made with `monitorCommands`. What goes around the process is found by the ledger's verifier.
 */
export function guardConnection(connection: Connection): LedgerGuard {
  const ledgers = new Set<string>(LEDGERS);
  const settled = new Set<string>(SETTLED_LEDGERS);
  const admitted = new WeakSet<object>();
  let isDropping = false;
  const refuse = (collection: unknown, method: string): void => {
    if (typeof collection === 'string' && ledgers.has(collection))
      throw new AppendOnlyError(collection, method);
  };
  const refuseInsert = (collection: unknown, documents: readonly unknown[], method: string): void => {
    if (typeof collection !== 'string' || !settled.has(collection)) return;
    if (!documents.every((document) => admitted.has(document as object)))
      throw new AppendOnlyError(collection, method);
  };
  const nameIn = (namespace: unknown): unknown =>
    typeof namespace === 'string' ? namespace.slice(namespace.indexOf('.') + 1) : namespace;

  const refuseOutput = (pipeline: unknown): void => {
    for (const stage of Array.isArray(pipeline) ? (pipeline as Native[]) : []) {
      const out = stage['$out'] ?? stage['$merge'];
      if (out === undefined) continue;
      const into = typeof out === 'object' ? ((out as Native)['into'] ?? (out as Native)['coll']) : out;
      refuse(typeof into === 'object' ? (into as Native)['coll'] : into, 'aggregate');
    }
  };
  const refuseCommand = (command: Native): void => {
    for (const name of CHANGING_COMMANDS) refuse(command[name], name);
    refuseInsert(command['insert'], listed(command['documents']), 'insert');
    refuse(nameIn(command['renameCollection']), 'renameCollection');
    refuse(nameIn(command['to']), 'renameCollection');
    refuseOutput(command['pipeline']);
    if ('dropDatabase' in command && !isDropping) refuseWhole('dropDatabase');
    // Writes operations of any kind as they would come from another server.
    if ('applyOps' in command) refuseWhole('applyOps');
    for (const name of ['mapReduce', 'mapreduce']) if (name in command) refuseReduction(command['out']);
    if ('createIndexes' in command) refuseExpiry(command['createIndexes'], command['indexes']);
    if ('bulkWrite' in command) refuseBulk(command['ops'], command['nsInfo']);
  };
  const refuseWhole = (method: string): void => {
    for (const ledger of ledgers) refuse(ledger, method);
  };
  const refuseReduction = (out: unknown): void => {
    const { replace, merge, reduce } = (typeof out === 'object' && out !== null ? out : {}) as Native;
    for (const into of [out, replace, merge, reduce]) refuse(into, 'mapReduce');
  };
  /** An index with a life time would have the server delete entries. */
  const refuseExpiry = (collection: unknown, indexes: unknown): void => {
    if (JSON.stringify(indexes ?? null).includes('"expireAfterSeconds"')) refuse(collection, 'createIndexes');
  };
  const refuseBulk = (operations: unknown, namespaces: unknown): void => {
    const names = listed(namespaces) as { ns: string }[];
    for (const operation of listed(operations)) {
      const place = operation['insert'] ?? operation['update'] ?? operation['delete'];
      const collection = nameIn(operation['namespace'] ?? names[Number(place)]?.ns);
      if ('insert' in operation || operation['name'] === 'insertOne')
        refuseInsert(collection, [operation['document']], 'bulkWrite');
      else refuse(collection, 'bulkWrite');
    }
  };

  /** Puts a check before a method of one object. */
  const before = (target: Native, method: string, check: (args: unknown[]) => void): void => {
    const original = target[method];
    if (typeof original !== 'function') return;
    target[method] = (...args: unknown[]) => {
      check(args);
      return (original as Method).apply(target, args);
    };
  };

  /** Looks at what a method of one object hands out. */
  const after = (target: Native, method: string, guard: (result: Native) => void): void => {
    const original = target[method] as Method;
    target[method] = (...args: unknown[]) => {
      const result = original.apply(target, args) as Native;
      guard(result);
      return result;
    };
  };

  const guardCollection = (collection: Native): void => {
    const { collectionName } = collection;
    for (const method of CHANGING) before(collection, method, () => refuse(collectionName, method));
    before(collection, 'insertOne', ([document]) => refuseInsert(collectionName, [document], 'insertOne'));
    before(collection, 'insertMany', ([documents]) =>
      refuseInsert(collectionName, listed(documents), 'insertMany'),
    );
    before(collection, 'rename', ([to]) => refuse(to, 'rename'));
    before(collection, 'aggregate', ([pipeline]) => refuseOutput(pipeline));
    before(collection, 'createIndex', ([, options]) => refuseExpiry(collectionName, options));
    before(collection, 'createIndexes', ([indexes]) => refuseExpiry(collectionName, indexes));
    // `bulkWrite` and `insertMany` go through these two as well.
    for (const method of ['initializeOrderedBulkOp', 'initializeUnorderedBulkOp'])
      after(collection, method, (bulk) => {
        before(bulk, 'insert', ([document]) => refuseInsert(collectionName, [document], 'bulkWrite'));
        before(bulk, 'find', () => refuse(collectionName, 'bulkWrite'));
        before(bulk, 'raw', ([operation]) => {
          const { insertOne } = operation as { insertOne?: Native };
          if (!insertOne) refuse(collectionName, 'bulkWrite');
          else refuseInsert(collectionName, [insertOne['document'] ?? insertOne], 'bulkWrite');
        });
      });
  };
  const guardDatabase = (database: Native): void => {
    after(database, 'collection', (collection) => guardCollection(collection));
    after(database, 'admin', (admin) =>
      before(admin, 'command', ([command]) => refuseCommand(command as Native)),
    );
    for (const method of ['command', 'runCursorCommand'])
      before(database, method, ([command]) => refuseCommand(command as Native));
    before(database, 'aggregate', ([pipeline]) => refuseOutput(pipeline));
    before(database, 'dropCollection', ([name]) => refuse(name, 'dropCollection'));
    before(database, 'renameCollection', ([from, to]) => {
      refuse(from, 'renameCollection');
      refuse(to, 'renameCollection');
    });
    before(database, 'dropDatabase', () => refuseWhole('dropDatabase'));
  };

  const client = connection.getClient() as unknown as Native;
  const own = connection.db as unknown as Native;
  const dropWhole = (own['dropDatabase'] as () => Promise<unknown>).bind(own);
  after(client, 'db', (database) => guardDatabase(database));
  before(client, 'bulkWrite', ([models]) => refuseBulk(models, undefined));
  guardDatabase(own);
  // The last gate: a command that throws here is never written to the wire.
  connection.getClient().on('commandStarted', ({ command }) => refuseCommand(command));

  return {
    admit: (documents) => documents.forEach((document) => admitted.add(document)),
    dropDatabase: async () => {
      isDropping = true;
      try {
        await dropWhole();
      } finally {
        isDropping = false;
      }
    },
  };
}
