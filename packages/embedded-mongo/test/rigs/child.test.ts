import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MongoClient } from 'mongodb';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../support';

const SOURCE = pathToFileURL(path.join(import.meta.dirname, '..', '..', 'src', 'index.ts')).href;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a spawned server', () => {
  const folder = temporaryFolder();

  it('serves, and dies with its parent even when that is killed', async () => {
    const script = path.join(folder(), 'parent.mts');
    writeFileSync(
      script,
      `import { spawnEmbeddedMongo } from ${JSON.stringify(SOURCE)};
       const { uri, pid } = await spawnEmbeddedMongo({ dbPath: ${JSON.stringify(path.join(folder(), 'data'))}, durability: 'relaxed' });
       console.log(JSON.stringify({ uri, pid }));
       setInterval(() => undefined, 1000);`,
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, EMBEDDED_MONGO_FROM_SOURCE: '1' },
    });
    const line = await new Promise<string>((resolve, reject) => {
      parent.stdout.setEncoding('utf8').once('data', resolve);
      parent.once('exit', () => reject(new Error('the parent has ended')));
    });
    const { uri, pid } = JSON.parse(line) as { uri: string; pid: number };
    const client = await new MongoClient(uri).connect();
    await client.db('t').collection('c').insertOne({ n: 1 });
    await client.close();
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 50 });
  });

  it.each<[string, string]>([
    ['when its parent is killed', 'parent'],
    // Since Node 24 a thread hears no signals; there it is the second to which work is limited that lets one in.
    ...(Number(process.versions.node.split('.')[0]) < 24
      ? [['on SIGTERM', 'signal'] as [string, string]]
      : []),
  ])('ends %s although its event loop is blocked', async (_, way) => {
    const blocked = path.join(folder(), 'blocked.mts');
    writeFileSync(
      blocked,
      `import { watchForTheEnd } from ${JSON.stringify(new URL('watch.ts', SOURCE).href)};
       process.on('SIGTERM', () => process.exit(0));
       const keep = setInterval(() => undefined, 1000);
       await watchForTheEnd(process.ppid, 0).watching;
       clearInterval(keep);
       process.stdout.write(String(process.pid), () => { for (;;); });`,
    );
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `require('node:child_process').spawn(process.execPath, ['--import', 'tsx', process.argv[1]], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
         setInterval(() => undefined, 1000);`,
        blocked,
      ],
      { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = Number(
      await new Promise<string>((resolve) => parent.stdout.setEncoding('utf8').once('data', resolve)),
    );
    expect(isAlive(pid)).toBe(true);
    if (way === 'signal') process.kill(pid, 'SIGTERM');
    else parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 50 });
    parent.kill('SIGKILL');
  });
});
