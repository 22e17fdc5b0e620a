import { join, relative, resolve } from 'node:path';
import { install } from './prepare.mjs';
import { runNode } from './processes.mjs';
import { commandFile, ROOT } from './workspace.mjs';

const HOME = join(ROOT, 'packages/credits-cli');

/**
 * Runs a command on rule sets. Standard output belongs to its answer alone, so what is said before goes to the other.
 * @param {string} command
 * @param {readonly string[]} args files are named from where npm was called
 */
export async function runCredits(command, args) {
  console.log = console.error;
  await install('product');
  const cwd = resolve(process.env.INIT_CWD ?? '.');
  const main = relative(cwd, join(HOME, 'src/main.ts'));
  const { code } = await runNode(commandFile(HOME, 'tsx'), [main, command, ...args], { cwd });
  process.exitCode = code;
}
