import { build, install } from '../steps/prepare.mjs';
import { runPnpm } from '../steps/processes.mjs';

/** The server's benchmarks, each beside a bare baseline of the same run. */
export async function run(/** @type {readonly string[]} */ args) {
  await install('everything');
  await build();
  const { code } = await runPnpm(['--filter', '@cadre/server', 'run', 'bench', ...args]);
  process.exitCode = code;
}
