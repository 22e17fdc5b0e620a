import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';
import { afterAll, beforeAll } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo, type EmbeddedMongoOptions } from '../src/index';

/** A private folder that is removed after the file's tests. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

export interface TestServer {
  server: EmbeddedMongo;
  client: MongoClient;
  db: Db;
}

/** One server with a connected client for all tests of a file. */
export function testServer(
  options: EmbeddedMongoOptions = {},
  clientOptions: MongoClientOptions = {},
): TestServer {
  const shared = {} as TestServer;
  beforeAll(async () => {
    shared.server = await startEmbeddedMongo({ testCommands: true, ...options });
    shared.client = await new MongoClient(shared.server.uri, {
      serverSelectionTimeoutMS: 5000,
      ...clientOptions,
    }).connect();
    shared.db = shared.client.db('test');
  });
  afterAll(async () => {
    await shared.client.close();
    await shared.server.stop();
  });
  return shared;
}

/** Deterministic pseudo-random numbers (mulberry32). */
export function randomSource(seed: number): {
  next(): number;
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
} {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}
