import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { testPackage } from '../scripts/steps/test-package.mjs';
import { REPOSITORY, scratchWorkspace } from './scratch-workspace';

const SCRIPTS = join(REPOSITORY, 'packages/config/scripts');
const run = promisify(execFile);

/** A workspace that holds nothing but our scripts. */
async function bareWorkspace(files: Record<string, string> = {}) {
  const workspace = await scratchWorkspace({
    'package.json': '{ "packageManager": "pnpm@10.34.9" }',
    ...files,
  });
  await cp(SCRIPTS, join(workspace.folder, 'packages/config/scripts'), { recursive: true });
  return workspace;
}

/** Root may write anywhere, so it has to step down to meet a folder that it cannot write. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

async function command(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
  user: { uid?: number; gid?: number } = {},
) {
  const script = join(folder, 'packages/config/scripts/run.cjs');
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env }, ...user };
  return run(process.execPath, [script, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

describe('a start that cannot be', () => {
  it('says in one line which Node is needed', async () => {
    const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.8' });";
    const script = `${old} require(${JSON.stringify(join(SCRIPTS, 'run.cjs'))});`;
    const failure = await run(process.execPath, ['-e', script]).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^需要 Node 20\.19.*this is 18\.20\.8\n$/) as string,
    });
  });

  it('says in one line that the port is taken, before it prepares anything', async () => {
    await using workspace = await bareWorkspace();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await command(workspace.folder, ['start'], { PORT: String(port) });
    other.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^✗ 端口 ${port} 已被占用.*port ${port} is taken.*\n$`));
    expect(await readdir(workspace.folder)).toEqual(['package.json', 'packages']);
  });

  it.each(['abc', '0', '70000', '3000x', '-1'])('says in one line that PORT=%s is no port', async (PORT) => {
    await using workspace = await bareWorkspace();
    const { code, stderr } = await command(workspace.folder, ['start'], { PORT });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^✗ PORT 应为.*PORT must be a whole number.*\n$/);
  });

  it('says in one line that its folder takes no files', async () => {
    await using workspace = await bareWorkspace();
    await chmod(workspace.folder, 0o555);
    const { code, stderr } = await command(workspace.folder, ['start'], { PORT: '49151' }, NOBODY);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^✗ 文件夹不可写.*read-only.*\n$/);
  });
});

describe('a command whose npm has gone', () => {
  /** Starts something that never ends through a parent that ends as soon as it has, and says its pid. */
  async function orphan(env: Record<string, string>) {
    const steps = JSON.stringify(join(SCRIPTS, 'steps/processes.mjs'));
    const lasting = `import(${steps}).then(({ stopWithNpm }) => {
      stopWithNpm();
      console.log(process.pid);
      setInterval(() => undefined, 1_000);
    })`;
    const parent = `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(lasting)}]);
      child.stdout.once('data', (pid) => process.stdout.write(pid, () => process.exit()));`;
    const { npm_lifecycle_event: _ours, ...inherited } = process.env;
    const { stdout } = await run(process.execPath, ['-e', parent], { env: { ...inherited, ...env } });
    return Number(stdout);
  }
  const lives = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('ends too, for npm does not pass every signal on', async () => {
    const pid = await orphan({ npm_lifecycle_event: 'start' });
    await expect.poll(() => lives(pid), { timeout: 20_000 }).toBe(false);
  });

  it('goes on where no npm has started it', async () => {
    const pid = await orphan({});
    await delay(1_500);
    expect(lives(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });
});

describe('npm run reset', () => {
  const data = { '.data/demo/main.sqlite': 'demo', '.data/live/main.sqlite': 'live' };

  it('removes the data of the demonstration and leaves the live ones', async () => {
    await using workspace = await bareWorkspace(data);
    expect(await command(workspace.folder, ['reset'])).toMatchObject({ code: 0 });
    expect(await readdir(join(workspace.folder, '.data'))).toEqual(['live']);
  });

  it('does nothing while the demonstration runs', async () => {
    await using workspace = await bareWorkspace(data);
    await workspace.write('.data/demo/owner.json', JSON.stringify({ pid: process.pid }));
    const { code, stderr } = await command(workspace.folder, ['reset']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: '✗ 演示还在运行，请先停止它 · the demonstration is running, stop it first\n',
    });
    expect(await readdir(join(workspace.folder, '.data/demo'))).toContain('main.sqlite');
  });

  it('is not held up by the note of a process that has gone', async () => {
    await using workspace = await bareWorkspace(data);
    const gone = execFile(process.execPath, ['-e', '0']);
    await once(gone, 'exit');
    await workspace.write('.data/demo/owner.json', JSON.stringify({ pid: gone.pid }));
    expect(await command(workspace.folder, ['reset'])).toMatchObject({ code: 0 });
  });
});

describe('npm run backup, restore and verify:database', () => {
  it.each([
    ['backup', []],
    ['restore', ['--demo']],
    ['verify-database', ['one.db', 'two.db']],
  ])('%s says how it is used when called with %j', async (name, args) => {
    await using workspace = await bareWorkspace();
    const { code, stderr } = await command(workspace.folder, [name, ...args]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^✗ 用法：npm run .*usage: npm run .*\n$/);
  });

  it('leave the data of a server of its own to its tools', async () => {
    await using workspace = await bareWorkspace();
    const { code, stderr } = await command(workspace.folder, ['backup', 'copy.db'], {
      MONGODB_URI: 'mongodb://127.0.0.1:1',
    });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('mongodump') as string,
    });
  });
});

describe('npm test counts', () => {
  const cases = {
    'what passed, failed and was skipped': {
      text: "it('a', () => {}); it('b', () => { expect(1).toBe(2); }); it.skip('c', () => {}); it.todo('d');",
      tally: { passed: 1, failed: 1, skipped: 2 },
    },
    'a file that does not load as a failure': {
      text: "import './nowhere';",
      tally: { passed: 0, failed: 1, skipped: 0 },
    },
    'an error outside of every test as a failure': {
      text: "it('a', () => { void Promise.reject(new Error('lost')); });",
      tally: { passed: 1, failed: 1, skipped: 0 },
    },
    'a crash as a failure': {
      text: "it('a', () => { process.kill(process.pid, 'SIGKILL'); });",
      tally: { failed: 1 },
    },
    'a package whose every test is skipped as a failure': {
      text: "it.skip('a', () => {});",
      tally: { passed: 0, failed: 1, skipped: 1 },
    },
    'a forgotten .only as a failure': { text: "it.only('a', () => {});", tally: { passed: 0, failed: 1 } },
    'a package without a test as a failure': { text: undefined, tally: { passed: 0, failed: 1, skipped: 0 } },
  };

  it.each(Object.entries(cases))('%s', async (_, { text, tally }) => {
    await using workspace = await scratchWorkspace(
      {
        'package.json': JSON.stringify({ name: 'planted', type: 'module', scripts: { test: 'vitest run' } }),
        'vitest.config.js':
          "import { packageTests } from '@cadre/config/vitest';\nexport default packageTests();\n",
        ...(text === undefined
          ? {}
          : { 'src/a.test.ts': `import { expect, it } from 'vitest';\nvoid expect;\n${text}\n` }),
      },
      {
        'node_modules/vitest': join(REPOSITORY, 'packages/config/node_modules/vitest'),
        'node_modules/@cadre/config': join(REPOSITORY, 'packages/config'),
      },
    );
    await mkdir(join(workspace.folder, 'src'), { recursive: true });
    const manifest = { name: 'planted', scripts: { test: 'vitest run' } };
    const report = join(workspace.folder, 'report.json');
    const result = await testPackage({ folder: workspace.folder, manifest }, report, 'keep');
    expect(result).toMatchObject(tally);
  });
});
