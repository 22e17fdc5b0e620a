import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/sqlite';
import { FolderInUseError, startEmbeddedMongo } from '../../src/index';
import { temporaryFolder } from '../support';

describe('a database folder', () => {
  const root = temporaryFolder();
  const folder = (name: string): string => {
    const made = path.join(root(), name);
    mkdirSync(made, { recursive: true });
    return made;
  };

  it('has one owner; a second start leads to the first', async () => {
    const own = folder('shared');
    const first = await startEmbeddedMongo({ dbPath: own, durability: 'relaxed' });
    const second = await startEmbeddedMongo({ dbPath: own, durability: 'relaxed' });
    expect(second).toMatchObject({ owned: false, uri: first.uri });
    await second.stop();
    await first.stop();
    const third = await startEmbeddedMongo({ dbPath: own, durability: 'relaxed' });
    expect(third.owned).toBe(true);
    await third.stop();
  });

  it('says so when the owner does not tell how to reach it', async () => {
    const own = folder('silent');
    const lock = openDatabase(path.join(own, 'owner.lock'));
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    await expect(startEmbeddedMongo({ dbPath: own })).rejects.toThrow(FolderInUseError);
    lock.close();
  });

  it.skipIf(process.platform === 'win32')('keeps everything in it for its owner alone', async () => {
    const own = folder('private');
    const modes = (): [string, string][] =>
      readdirSync(own).map((file) => [file, (statSync(path.join(own, file)).mode & 0o777).toString(8)]);
    let server = await startEmbeddedMongo({ dbPath: own });
    const client = await new MongoClient(server.uri).connect();
    await client.db('t').collection('c').insertOne({ n: 1 });
    const files = modes();
    expect(files.map(([file]) => file)).toEqual(
      expect.arrayContaining(['credential.json', 'data.sqlite', 'data.sqlite-wal', 'owner.json']),
    );
    expect(files.filter(([, mode]) => mode !== '600')).toEqual([]);
    await client.close();
    await server.stop();
    // A folder of before: its next start closes it to others.
    chmodSync(path.join(own, 'data.sqlite'), 0o644);
    server = await startEmbeddedMongo({ dbPath: own });
    expect(modes().filter(([, mode]) => mode !== '600')).toEqual([]);
    await server.stop();
  });
});
