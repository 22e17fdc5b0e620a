import { randomUUID } from 'node:crypto';
import { connectDatabase, type Database } from '../core';

/** The server of this process's tests: the one of `MONGODB_URI`, otherwise an embedded one, started at most once. */
let embedded: Promise<{ uri: string }> | undefined;
export async function testServerUri(): Promise<string> {
  const given = process.env['MONGODB_URI'];
  if (given) return given;
  embedded ??= import('@cadre/embedded-mongo').then(({ startEmbeddedMongo }) => startEmbeddedMongo({}));
  return (await embedded).uri;
}

export interface TestDatabase extends AsyncDisposable {
  database: Database;
  uri: string;
  name: string;
}

/** A database of its own for one test file, dropped when it goes out of scope. The only place that knows where it comes from. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const uri = await testServerUri();
  const name = `cadre_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const database = await connectDatabase({ uri, name });
  return {
    database,
    uri,
    name,
    async [Symbol.asyncDispose]() {
      await database.drop();
      await database.close();
    },
  };
}
