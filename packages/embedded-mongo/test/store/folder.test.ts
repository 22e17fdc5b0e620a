import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { OwnerLock, readOwner } from '../../src/store/owner-lock';
import { openDatabase } from '../../src/store/sqlite';
import { FolderInUseError, spawnEmbeddedMongo, startEmbeddedMongo } from '../../src/index';
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

  it('is joined by a spawned server, if that is wished', async () => {
    const own = folder('joined');
    const first = await startEmbeddedMongo({ dbPath: own, durability: 'relaxed' });
    await expect(spawnEmbeddedMongo({ dbPath: own })).rejects.toThrow('in use by another process');
    const second = await spawnEmbeddedMongo({ dbPath: own, join: true });
    expect(second).toMatchObject({ owned: false, uri: first.uri });
    await second.stop();
    const client = await new MongoClient(second.uri).connect();
    expect(await client.db('t').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await first.stop();
    const third = await spawnEmbeddedMongo({ dbPath: own, join: true });
    expect(third.owned).toBe(true);
    await third.stop();
  });

  it('forgets the note of an owner that was killed', () => {
    const own = folder('note');
    writeFileSync(path.join(own, 'owner.json'), JSON.stringify({ pid: 1, uri: 'mongodb://127.0.0.1:1' }));
    const lock = OwnerLock.tryAcquire(own);
    expect(readOwner(own)).toBeUndefined();
    lock?.release();
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
