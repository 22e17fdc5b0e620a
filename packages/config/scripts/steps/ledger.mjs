import { join, relative, resolve } from 'node:path';
import { runNode } from './processes.mjs';
import { commandFile, ROOT } from './workspace.mjs';

const VERIFIER = join(ROOT, 'packages/ledger-verifier');

/** Where npm was called: files are named from there. */
const calledFrom = () => resolve(process.env.INIT_CWD ?? '.');

/** Runs the verifier on an export; its exit code becomes ours. */
export async function verify(/** @type {readonly string[]} */ args) {
  const cwd = calledFrom();
  const main = relative(cwd, join(VERIFIER, 'src/main.ts'));
  const { code } = await runNode(commandFile(VERIFIER, 'tsx'), [main, ...args], { cwd });
  process.exitCode = code;
}
