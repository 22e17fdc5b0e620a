import { install } from '../steps/prepare.mjs';
import { runPnpm } from '../steps/processes.mjs';
import { seconds } from '../steps/progress.mjs';
import { readManifest, ROOT } from '../steps/workspace.mjs';

/** Every `check:*` script of the workspace, one line each; the output only of those that object. */
export async function run() {
  await install('everything');
  const names = Object.keys(readManifest(ROOT).scripts ?? {}).filter((name) => name.startsWith('check:'));
  /** @type {string[]} */
  const objections = [];
  for (const name of names) {
    const started = performance.now();
    const { code, output } = await runPnpm(['run', '--silent', name], { output: 'keep' });
    if (code !== 0) objections.push(name);
    console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(17)} ${seconds(performance.now() - started)}`);
    if (code !== 0) console.log(output.trimEnd());
  }
  const summary =
    objections.length === 0 ? '全部通过 · all clean' : `未通过 · not clean: ${objections.join(', ')}`;
  console.log(`\n${summary}`);
  process.exitCode = objections.length === 0 ? 0 : 1;
}
