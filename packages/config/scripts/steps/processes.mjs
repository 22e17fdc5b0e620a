import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { readManifest, ROOT, TOOLS } from './workspace.mjs';

/** How long a child may take to stop before it is killed. */
const STOP_WITHIN_MS = 15_000;
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

export const PNPM_VERSION = /^pnpm@([\d.]+)/.exec(readManifest(ROOT).packageManager ?? '')?.[1] ?? '';
export const PNPM_HOME = join(TOOLS, `pnpm-${PNPM_VERSION}`);
const PNPM_FILE = join(PNPM_HOME, 'node_modules/pnpm/bin/pnpm.cjs');

/**
 * The environment of our tools: our pnpm first on the path (turbo looks for it there), no telemetry, no
 * `NODE_ENV`, with which an installation would leave out what the build needs, and no colours in a file.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment() {
  const env = { ...process.env };
  delete env.NODE_ENV;
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...(process.stdout.isTTY || 'FORCE_COLOR' in env ? {} : { NO_COLOR: '1' }),
    ...env,
    [path]: [join(PNPM_HOME, 'node_modules/.bin'), env[path] ?? ''].join(delimiter),
    npm_config_manage_package_manager_versions: 'false', // else pnpm asks for signatures that a mirror may lack
    npm_config_update_notifier: 'false',
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  };
}

/**
 * Runs a script with this Node, without a shell, and resolves with its exit code (1 when a signal ended it).
 * When we are told to stop, it is told to stop, and so are we as soon as it has.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number, output?: 'show' | 'keep' }} [options]
 *   `keep` gathers what it prints instead of showing it; after `limitMs` it is stopped
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(file, args, { cwd = ROOT, env = toolEnvironment(), limitMs, output = 'show' } = {}) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, [file, ...args], { cwd, env, stdio });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ piece) => (text += piece));
    }
    const release = stopTogether([child]);
    const limit = limitMs === undefined ? undefined : setTimeout(() => void stopChild(child), limitMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      release();
      resolve({ code: code ?? 1, output: text });
    });
  });
}

/**
 * @param {readonly string[]} args
 * @param {Parameters<typeof runNode>[2]} [options]
 */
export const runPnpm = (args, options) => runNode(PNPM_FILE, args, options);

/**
 * Asks a child to stop, kills it when it does not, and resolves when it is gone.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/**
 * While children run, a signal to us stops them and then us, with the exit code of that signal.
 * @param {readonly import('node:child_process').ChildProcess[]} children
 * @returns {() => void} call it when they have ended by themselves
 */
export function stopTogether(children) {
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    void Promise.all(children.map(stopChild)).then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  for (const signal of STOP_SIGNALS) process.once(signal, stop);
  return () => {
    for (const signal of STOP_SIGNALS) process.removeListener(signal, stop);
  };
}

/**
 * npm does not pass a TERM on to its script: when npm has gone, we stop as if the signal had been ours. To be called
 * first of all, while npm is certainly there: whose child we are cannot be told later.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
