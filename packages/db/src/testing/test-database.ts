import { randomUUID } from 'node:crypto';
import mongoose, { type Connection, type mongo } from 'mongoose';
import { connectDatabase, type Database } from '../core';

/** The server of this process's tests: the one of `MONGODB_URI`, otherwise an embedded one, started at most once. */
let embedded: Promise<{ uri: string }> | undefined;
export async function testServerUri(): Promise<string> {
  const given = process.env['MONGODB_URI'];
  if (given) return given;
  embedded ??= import('@cadre/embedded-mongo').then(({ startEmbeddedMongo }) =>
    startEmbeddedMongo({ failOnCollScanOver: 100 }),
  );
  return (await embedded).uri;
}

export interface TestDatabase extends AsyncDisposable {
  database: Database;
  uri: string;
  name: string;
  /** Removes every document, ledgers included, and keeps collections and indexes: a fresh start for the next test. */
  clear(): Promise<void>;
  /** A collection as somebody reaches it who goes around the product, with the database's password. */
  around(collection: string): Promise<OpenCollection>;
}

/** What such a person can do to documents of any shape. */
export type OpenCollection = mongo.Collection<{ _id: string; [field: string]: unknown }>;

/** What somebody does to a collection of a database who goes around the product. */
export async function reachAround(
  { uri, name }: { uri: string; name: string },
  collection: string,
  act: (open: OpenCollection) => Promise<unknown>,
): Promise<void> {
  const direct = await mongoose.createConnection(uri, { dbName: name, maxPoolSize: 1 }).asPromise();
  try {
    await act(direct.db!.collection(collection));
  } finally {
    await direct.close();
  }
}

/** A database of its own for one test file, dropped when it goes out of scope. The only place that knows where it comes from. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const uri = await testServerUri();
  const name = `cadre_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const database = await connectDatabase({ uri, name });
  // A connection of its own: the product's models refuse to empty a ledger.
  let direct: Connection | undefined;
  const open = async (): Promise<Connection> =>
    (direct ??= await mongoose.createConnection(uri, { dbName: name, maxPoolSize: 4 }).asPromise());
  return {
    database,
    uri,
    name,
    async clear() {
      const collections = (await (await open()).db?.collections()) ?? [];
      await Promise.all(collections.map((collection) => collection.deleteMany({}, { hint: { _id: 1 } })));
    },
    async around(collection) {
      return (await open()).db!.collection(collection);
    },
    async [Symbol.asyncDispose]() {
      await direct?.close();
      await database.drop();
      await database.close();
    },
  };
}
