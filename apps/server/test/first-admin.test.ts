import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServerProcess } from '../src/testing/server-process';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('../src/scripts/create-admin.ts', import.meta.url));
const EXPORT = fileURLToPath(new URL('../src/scripts/export-ledger.ts', import.meta.url));
const PASSWORD = 'Start-2026-cadre';

/** A live installation of its own, on the embedded database: making its first admin empties nothing and needs nothing. */
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cadre-live-'));
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const runScript = (script: string, folder: string, ...options: string[]) => {
  const { MONGODB_URI: _given, ...inherited } = process.env;
  return run(process.execPath, ['--import', 'tsx', script, ...options], {
    env: { ...inherited, DATA_DIR: folder },
  });
};
const createAdmin = (...options: string[]) => runScript(SCRIPT, dataDir, ...options);
const options = ['--login', 'sysadmin', '--name', '王管理', '--unit', '市委组织部', '--password'];

it('what is missing is named by its option where nobody can be asked', async () => {
  await expect(createAdmin('--login', 'sysadmin')).rejects.toMatchObject({
    stderr: '请给出 --name（姓名 / name） / give the option --name\n',
  });
});

it('a ledger is exported from a database alone: a folder without one is named, and stays as it is', async () => {
  const folder = join(dataDir, 'nothing');
  await expect(runScript(EXPORT, folder, '-', '--mode', 'live')).rejects.toMatchObject({
    code: 2,
    stderr: `数据文件夹里没有数据库：${folder} / there is no database in the data folder: ${folder}\n`,
  });
  expect(existsSync(folder)).toBe(false);
});

it('the first admin of a live installation signs in, must choose a new password, and is system admin', async () => {
  const { stdout } = await createAdmin(...options, PASSWORD);
  expect(stdout).toContain('sysadmin');

  const server = await startServerProcess({ DATA_DIR: dataDir });
  const call = async (path: string, cookie: string, input?: unknown) =>
    fetch(`${server.url}/trpc/${path}`, {
      headers: { 'x-cadre-app': 'admin', 'content-type': 'application/json', cookie },
      ...(input === undefined ? {} : { method: 'POST', body: JSON.stringify({ json: input }) }),
    });
  try {
    const signedIn = await call('identity.signIn', '', { loginName: 'sysadmin', password: PASSWORD });
    expect(signedIn.status).toBe(200);
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0]!;
    expect((await call('audit.list', cookie)).status).toBe(412);
    const changed = await call('identity.changePassword', cookie, {
      currentPassword: PASSWORD,
      newPassword: 'Reclaim-1956-island',
    });
    expect(changed.status).toBe(200);
    const me = await call('identity.me', cookie);
    expect(await me.json()).toMatchObject({
      result: {
        data: { json: { mustChangePassword: false, grants: [{ role: 'system-admin' }] } },
      },
    });

    // In another terminal, while the product runs on the same folder.
    await createAdmin(
      '--login',
      'second',
      '--name',
      '李管理',
      '--unit',
      '市委组织部',
      '--password',
      PASSWORD,
    );
    expect((await call('identity.signIn', '', { loginName: 'second', password: PASSWORD })).status).toBe(200);
    const { stderr } = await runScript(EXPORT, dataDir, '-', '--mode', 'live');
    expect(stderr).toMatch(/^学分流水已导出/);
    await expect(startServerProcess({ DATA_DIR: dataDir })).rejects.toThrow(
      'another process is using the data folder',
    );
    expect((await call('identity.me', cookie)).status).toBe(200);
  } finally {
    expect(await server.stop()).toBe(0);
  }
});

it('says in a line what is wrong: a login name that is taken, a weak password, an unknown option', async () => {
  const said = (...given: string[]): Promise<string> =>
    createAdmin(...given).then(
      () => '',
      ({ stderr }: { stderr: string }) => stderr,
    );
  expect(await said(...options, PASSWORD)).toMatch(/^登录名已存在.*sysadmin\n$/);
  expect(await said(...options, 'short')).toMatch(/^密码至少 10 位.*\n$/);
  expect(await said('--help')).toMatch(/^用法/);
  expect(await said('--logn', 'x')).toMatch(/^用法/);
});
