import { join } from 'node:path';
import { build, install } from '../steps/prepare.mjs';
import { runPnpm } from '../steps/processes.mjs';
import { Refusal } from '../steps/refusal.mjs';
import { readManifest, ROOT } from '../steps/workspace.mjs';

const SERVER = join(ROOT, 'apps/server');
const PREFIX = 'bench:';

/** The server's benchmarks, one after another, each beside a bare baseline of the same run; with names only those. */
export async function run(/** @type {readonly string[]} */ names) {
  const all = Object.keys(readManifest(SERVER).scripts ?? {}).filter((name) => name.startsWith(PREFIX));
  const chosen = names.length === 0 ? all : names.map((name) => PREFIX + name);
  if (!chosen.every((name) => all.includes(name))) {
    const there = all.map((name) => name.slice(PREFIX.length)).join(' ');
    throw new Refusal(`没有这项基准测试，可用：${there} · no such benchmark, there are: ${there}`);
  }
  await install('everything');
  await build();
  for (const name of chosen) {
    console.log(`\n━━ ${name.slice(PREFIX.length)}`);
    const { code } = await runPnpm(['run', '--silent', name], { cwd: SERVER });
    if (code !== 0) process.exitCode = code;
  }
}
