import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepositories, type Repositories } from '@cadre/api/container';
import type { Database } from '@cadre/db/core';
import { createTestIds } from '@cadre/db/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMONSTRATION_CLOCK } from './clocks';
import { connect } from './connect';
import { digestOfDemonstration, openDemonstrationServer, stampOf } from './demonstration-folder';
import { openDatabaseServer, type DatabaseServer } from './embedded-database';
import { DEMONSTRATION_LOADED } from './scripts/load-demonstration';
import { addMembers } from './testing/members';

let parent: string;
let dataDir: string;
let said: string[];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cadre-demonstration-'));
  dataDir = join(parent, 'demo');
  said = [];
});
afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

/** Does something in a database and lets go of it. */
async function using<Result>(
  opened: Promise<DatabaseServer>,
  work: (repositories: Repositories, database: Database) => Promise<Result>,
): Promise<Result> {
  const server = await opened;
  const database = await connect(server);
  try {
    return await work(createRepositories(database), database);
  } finally {
    await database.close();
    await server.stop();
  }
}
const start = (digest: string) =>
  openDemonstrationServer({ dataDir }, { digest, today: '2026-11-30', say: (line) => void said.push(line) });
const openFolder = (folder: string) => openDatabaseServer({ mongoUri: null, dataDir: folder });
const loaded = (repositories: Repositories) => repositories.settings.find(DEMONSTRATION_LOADED);
const load = (digest: string, note: string) =>
  using(start(digest), (repositories, database) =>
    repositories.settings.set(DEMONSTRATION_LOADED, { stamp: stampOf(digest, database.fields()), note }),
  );

describe('a demonstration folder', () => {
  it('is gone on with by the version that made it', async () => {
    await load('1', 'mine');
    expect(await using(start('1'), loaded)).toMatchObject({ note: 'mine' });
    expect(said).toEqual([]);
    expect(await readdir(parent)).toEqual(['demo']);
  });

  it('of an earlier version is laid aside as it was, said in one line, and begun anew', async () => {
    await load('1', 'first');
    await load('2', 'second');
    expect(await using(start('3'), loaded)).toBeNull();
    expect((await readdir(parent)).sort()).toEqual(['demo', 'demo-2026-11-30', 'demo-2026-11-30-2']);
    expect(said).toEqual([
      expect.stringContaining(`${dataDir}-2026-11-30（`),
      expect.stringContaining(`${dataDir}-2026-11-30-2（`),
    ]);
    expect(said.every((line) => !line.includes('\n'))).toBe(true);
    expect(await using(openFolder(`${dataDir}-2026-11-30`), loaded)).toMatchObject({ note: 'first' });
    expect(await using(openFolder(`${dataDir}-2026-11-30-2`), loaded)).toMatchObject({ note: 'second' });
  });

  it('made before there were versions counts as an earlier one', async () => {
    await using(openFolder(dataDir), ({ settings }) => settings.set(DEMONSTRATION_LOADED, { start: 1 }));
    expect(await using(start('1'), loaded)).toBeNull();
    expect(said).toHaveLength(1);
  });

  it('in which a first start was cut off is used again', async () => {
    await using(start('1'), ({ settings }) => settings.set(DEMONSTRATION_CLOCK, { now: new Date() }));
    expect(await using(start('2'), ({ settings }) => settings.find(DEMONSTRATION_CLOCK))).not.toBeNull();
    expect(said).toEqual([]);
  });

  it('that a live installation uses is refused and stays as it is', async () => {
    await using(openFolder(dataDir), (repositories) =>
      addMembers(repositories, createTestIds(), 1, new Date()),
    );
    await expect(start('1')).rejects.toThrow(/不是演示数据.*DATA_DIR$/);
    expect(await readdir(parent)).toEqual(['demo']);
    expect(await using(openFolder(dataDir), ({ people }) => people.countActive('all'))).toBe(1);
  });

  it('that another process uses is not moved, whatever its version', async () => {
    await load('1', 'mine');
    const other = await start('1');
    await expect(start('2')).rejects.toThrow('another process is using the data folder');
    await other.stop();
    expect(await readdir(parent)).toEqual(['demo']);
  });
});

describe('the version of the demonstration', () => {
  const sources = async (files: Record<string, string>): Promise<string> => {
    const root = await mkdtemp(join(parent, 'root-'));
    for (const [name, text] of Object.entries({ 'data/a.json': '1', 'regulations/r.json': '1', ...files })) {
      const file = join(root, 'packages/demo', name);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, text);
    }
    return digestOfDemonstration(root);
  };

  it('changes with its data and its code, and with nothing else', async () => {
    const digest = await sources({ 'src/x/index.ts': 'a' });
    expect(await sources({ 'src/x/index.ts': 'a', 'src/x/x.test.ts': 'b' })).toBe(digest);
    expect(await sources({ 'src/x/index.ts': 'b' })).not.toBe(digest);
    expect(await sources({ 'src/x/index.ts': 'a', 'data/a.json': '2' })).not.toBe(digest);
  });

  it('changes with the fields that are stored', () => {
    expect(stampOf('1', ['seats.capacity Number'])).not.toBe(stampOf('1', ['seats.capacity String']));
  });
});
