import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderRefusal, openDataFolder } from './data-folder';
import { StartError } from './env';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cadre-folder-'));
});
afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

const refusalOf = (folder: string): Promise<unknown> =>
  openDataFolder(folder).then(
    () => null,
    (error: unknown) => error,
  );

it('makes the folder with those above it, ten at once', async () => {
  const folder = join(parent, 'a/b/c');
  await Promise.all(Array.from({ length: 10 }, () => openDataFolder(folder)));
  await openDataFolder(folder);
  expect(await readdir(folder)).toEqual([]);
});

it('says in one line that a file lies there, and leaves it alone', async () => {
  const file = join(parent, 'file');
  await writeFile(file, 'mine');
  for (const folder of [file, join(file, 'below')]) {
    const refusal = await refusalOf(folder);
    expect(refusal).toBeInstanceOf(StartError);
    expect((refusal as Error).message).toBe(
      `数据文件夹不能用：${folder} / the data folder cannot be used: ${folder} (不是文件夹 / not a folder)`,
    );
  }
  expect(await readdir(parent)).toEqual(['file']);
});

it('comes back at once from a place where nothing can be made', async () => {
  // On Linux nobody, not even root, makes a folder there; elsewhere the name holds what no folder's name may.
  const folder = process.platform === 'linux' ? '/proc/nothing/here' : join(parent, 'a\0b');
  const refusal = await refusalOf(folder);
  expect(refusal).toBeInstanceOf(StartError);
  expect((refusal as Error).message.split('\n')).toHaveLength(1);
});

it('says whose folder it is where another process uses it, and nothing of how that process is reached', () => {
  const refusal = folderRefusal(
    '/data',
    new Error('/data is in use by another process, which answers on mongodb://127.0.0.1:39313/'),
  );
  expect(refusal).toBeInstanceOf(StartError);
  expect(refusal.message).toBe(
    '另一个进程正在使用数据文件夹：/data / another process is using the data folder: /data',
  );
});
