// How long a person waits for the first page: first start (an empty folder, demonstration data made) and second start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

const MAIN = resolve('dist/main.js');
const GOALS = { first: 15, second: 3 };

/** Seconds from the start of the process until the learner's page has been read. */
async function secondsToFirstPage(dataDir: string): Promise<number> {
  const begun = performance.now();
  const { MONGODB_URI: _given, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, '--mode', 'demo'], {
    env: { ...inherited, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let said = '';
  const url = await new Promise<string>((done, refuse) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /learner app\s+(http:\/\/\S+\/)\n/.exec(said)?.[1];
      if (address !== undefined) done(address);
    });
    void exited.then(() => refuse(new Error(said)));
  });
  const page = await fetch(url);
  await page.text();
  const seconds = (performance.now() - begun) / 1000;
  if (!page.ok) throw new Error(`the first page answers ${page.status}`);
  child.kill('SIGTERM');
  await exited;
  return seconds;
}

const dataDir = await mkdtemp(join(tmpdir(), 'cadre-bench-start-'));
try {
  const first = await secondsToFirstPage(dataDir);
  const second = await secondsToFirstPage(dataDir);
  console.log(
    `first start to first page ${first.toFixed(1)} s (goal ≤ ${GOALS.first}), second start ${second.toFixed(1)} s (goal ≤ ${GOALS.second})`,
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
