import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
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

  it.skipIf(process.platform === 'win32')('keeps its credential for its owner alone', async () => {
    const own = folder('credential');
    const server = await startEmbeddedMongo({ dbPath: own });
    for (const file of ['credential.json', 'owner.json']) {
      expect(statSync(path.join(own, file)).mode & 0o777).toBe(0o600);
    }
    await server.stop();
  });
});
