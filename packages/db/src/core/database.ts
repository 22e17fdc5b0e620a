import mongoose, { type ClientSession, type Connection, type Model, type Schema } from 'mongoose';
import { AppendOnlyError, guardAppendOnly } from './append-only';
import { assertReadable, StandsAloneError } from './connection-fault';
import { guardConnection } from './guarded-connection';
import { isLedger, type Ledger } from './ledgers';

declare const txBrand: unique symbol;
/** A running transaction; opaque outside `db`. Every repository method that can take part in one accepts it last. */
export interface Tx {
  readonly [txBrand]: true;
}

/** The option that makes a mongoose call part of a transaction; nothing outside of one. */
export const sessionOf = (tx: Tx | undefined): { session?: ClientSession } =>
  tx === undefined ? {} : { session: tx as unknown as ClientSession };

/**
 * Options for many documents at once that our own typed code has made: they go to the driver as they are, which is
 * several times faster than one mongoose document each.
 */
export const bulkOf = (tx?: Tx): { lean: true; session?: ClientSession } => ({
  lean: true,
  ...sessionOf(tx),
});

export interface Database {
  /** Defines (or finds) the model of a collection, which is no ledger. */
  model<Document>(collection: string, schema: Schema): Model<Document>;
  /** Like `model`, for a ledger: every way to change or remove a document throws. */
  appendOnlyModel<Document>(collection: Ledger, schema: Schema): Model<Document>;
  /** Lets these very documents into the credit ledger: for settlement, right before it inserts them. */
  admit(documents: readonly object[]): void;
  /** Runs `work` in one transaction; it may run more than once when another transaction was faster. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Creates the collections and indexes of every model that has been defined. */
  ensureIndexes(): Promise<void>;
  /** Every stored field of every model that has been defined, with its type, in a fixed order: `seats.capacity Number`. */
  fields(): string[];
  /** Answers when the database does; throws otherwise. */
  ping(): Promise<void>;
  drop(): Promise<void>;
  close(): Promise<void>;
}

const TRANSACTION_OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  readPreference: 'primary',
} as const;

/** Long enough for a replica set to choose another primary. */
const SELECTION_MILLIS = 15_000;

/** What a server says of itself: members of a replica set name the set, a router names itself. */
interface Hello {
  setName?: string;
  msg?: string;
}

export interface ConnectOptions {
  uri: string;
  name: string;
  /** Connections kept open; 32 suits one server process. */
  poolSize?: number;
  /** Hears the name of every command that has been answered: for benchmarks. */
  onCommand?: (name: string) => void;
}

export async function connectDatabase({
  uri,
  name,
  poolSize = 32,
  onCommand,
}: ConnectOptions): Promise<Database> {
  assertReadable(uri);
  const connection = mongoose.createConnection(uri, {
    dbName: name,
    maxPoolSize: poolSize,
    // The guard of the ledgers looks at every command before it leaves.
    monitorCommands: true,
    autoIndex: false,
    autoCreate: false,
    ...(/serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS: SELECTION_MILLIS }),
    // What the product relies on, whatever the address says: what was acknowledged is kept and read by everybody.
    writeConcern: { w: 'majority' },
    readConcern: { level: 'local' },
    readPreference: 'primary',
    retryWrites: true,
    retryReads: true,
  });
  try {
    await connection.asPromise();
    const { setName, msg } = (await connection.getClient().db('admin').command({ hello: 1 })) as Hello;
    if (setName === undefined && msg !== 'isdbgrid') throw new StandsAloneError();
  } catch (error) {
    await connection.close(true);
    throw error;
  }
  if (onCommand) connection.getClient().on('commandSucceeded', ({ commandName }) => onCommand(commandName));
  return createDatabase(connection);
}

function createDatabase(connection: Connection): Database {
  const guard = guardConnection(connection);
  const define = <Document>(collection: string, schema: Schema): Model<Document> =>
    (connection.models[collection] as Model<Document> | undefined) ??
    (connection.model(collection, schema, collection) as unknown as Model<Document>);
  return {
    model<Document>(collection: string, schema: Schema) {
      if (isLedger(collection)) throw new AppendOnlyError(collection, 'model');
      return define<Document>(collection, schema);
    },
    appendOnlyModel<Document>(collection: Ledger, schema: Schema) {
      const known = connection.models[collection] as Model<Document> | undefined;
      return known ?? guardAppendOnly(schema, (guarded) => define<Document>(collection, guarded));
    },
    admit: (documents) => guard.admit(documents),
    async transaction(work) {
      const session = await connection.startSession();
      try {
        return await session.withTransaction(() => work(session as unknown as Tx), TRANSACTION_OPTIONS);
      } finally {
        await session.endSession();
      }
    },
    async ensureIndexes() {
      await Promise.all(
        Object.values(connection.models).map(async (model) => {
          await model.createCollection();
          // All of a collection at once: every index made alone waits for the disk, on each server of the set.
          const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }));
          if (indexes.length > 0) await model.collection.createIndexes(indexes as never);
        }),
      );
    },
    fields: () =>
      Object.values(connection.models)
        .flatMap((model) => fieldsOf(model.modelName, model.schema))
        .sort(),
    async ping() {
      await connection.getClient().db('admin').command({ ping: 1 });
    },
    async drop() {
      await guard.dropDatabase();
    },
    async close() {
      await connection.close();
    },
  };
}

/** A schema's fields, those of nested documents included. */
function fieldsOf(path: string, schema: Schema): string[] {
  return Object.values(schema.paths).flatMap((type) => {
    const own = `${path}.${type.path}`;
    return [`${own} ${type.instance}`, ...(type.schema ? fieldsOf(own, type.schema) : [])];
  });
}

/** Is this the refusal of a unique index? With `index`, of that very index (its name or one of its fields). */
export function isDuplicateKey(error: unknown, field?: string): boolean {
  if (typeof error !== 'object' || error === null || (error as { code?: unknown }).code !== 11000)
    return false;
  if (field === undefined) return true;
  const { keyPattern, message = '' } = error as { keyPattern?: Record<string, unknown>; message?: string };
  if (keyPattern) return field in keyPattern;
  // The driver drops the pattern of a bulk write; the server's sentence still names the index, made of its fields.
  const name = /index: (\S+) dup key/.exec(message)?.[1] ?? '';
  return name.split(/_-?1(?:_|$)/).includes(field);
}
