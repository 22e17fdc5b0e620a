// `npm start` on a clean clone with an empty home: the pages answer, it stops when told, and a second start is quick.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '..');
const FIRST_START_MS = 8 * 60_000;
const SECOND_START_MS = 60_000;
const STOP_MS = 20_000;

/** @param {string} scratch an empty folder */
async function smoke(scratch) {
  const clone = join(scratch, 'clone');
  const home = join(scratch, 'home');
  mkdirSync(home);
  execFileSync('git', ['clone', '--quiet', ROOT, clone]);
  const port = await freePort();
  const env = { PATH: process.env.PATH, TMPDIR: tmpdir(), HOME: home, PORT: String(port) };

  const first = await started(clone, env, port, FIRST_START_MS);
  for (const path of ['/', '/admin/']) await mustBePage(`http://127.0.0.1:${port}${path}`);
  await stopped(first.npm, port);
  const second = await started(clone, env, port, SECOND_START_MS);
  await stopped(second.npm, port);
  console.log(`smoke: first start ${first.seconds} s, second start ${second.seconds} s`);
}

/** Starts the product and waits until it says that it is ready. */
async function started(cwd, env, port, limit) {
  const begun = performance.now();
  const npm = spawn('npm', ['start'], { cwd, env, stdio: 'inherit' });
  process.once('exit', () => npm.kill('SIGTERM'));
  while (!(await isReady(port))) {
    if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`);
    if (performance.now() - begun > limit) throw new Error(`not ready after ${limit} ms`);
    await delay(100);
  }
  return { npm, seconds: ((performance.now() - begun) / 1000).toFixed(1) };
}

/** A TERM to npm must take the server along. */
async function stopped(npm, port) {
  const gone = once(npm, 'exit');
  npm.kill('SIGTERM');
  await gone;
  const begun = performance.now();
  while (await isTaken(port)) {
    if (performance.now() - begun > STOP_MS) throw new Error('the server outlived npm');
    await delay(100);
  }
}

const ask = (port, path) =>
  fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
const isReady = async (port) => (await ask(port, '/readyz'))?.ok === true;
/** Whether anybody still holds the port: what is stopping may be slow to answer. */
const isTaken = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
  });

async function mustBePage(url) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok || !text.includes('<script'))
    throw new Error(`${url} is no page: ${response.status} ${text.slice(0, 200)}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const scratch = mkdtempSync(join(tmpdir(), 'cadre-smoke-'));
try {
  await smoke(scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
