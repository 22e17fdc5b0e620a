import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build, install } from '../steps/prepare.mjs';
import { Refusal } from '../steps/refusal.mjs';
import { sentence, testPackage } from '../steps/test-package.mjs';
import { dependencyNames, workspaces } from '../steps/workspace.mjs';

/** @typedef {import('../steps/workspace.mjs').Workspace} Workspace */
/** @typedef {import('../steps/test-package.mjs').Tally} Tally */

/**
 * Runs the tests of every package, one package after another so that they do not fight for the processor, those
 * first on which others build. With names (`npm test -- domain db`) only those packages.
 */
export async function run(/** @type {readonly string[]} */ names) {
  const tested = inOrder(workspaces()).filter(({ manifest }) => manifest.scripts?.test !== undefined);
  const unknown = names.filter((name) => !tested.some(({ folder }) => basename(folder) === name));
  if (unknown.length > 0)
    throw new Refusal(`没有这个包：${unknown.join(' ')} · no such package: ${unknown.join(' ')}`);
  const chosen = tested.filter(({ folder }) => names.length === 0 || names.includes(basename(folder)));

  await install('everything');
  await build();
  const reports = mkdtempSync(join(tmpdir(), 'cadre-tests-'));
  /** @type {(Tally & { name: string })[]} */
  const results = [];
  try {
    for (const workspace of chosen) {
      const name = basename(workspace.folder);
      console.log(`\n━━ ${name}`);
      results.push({ name, ...(await testPackage(workspace, join(reports, `${name}.json`))) });
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }

  console.log('');
  for (const { name, ...tally } of results)
    console.log(`${tally.failed === 0 ? '✓' : '✗'} ${name.padEnd(15)} ${sentence(tally)}`);
  const total = results.reduce(
    (sum, one) => ({
      name: '',
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { name: '', passed: 0, failed: 0, skipped: 0 },
  );
  process.exitCode = total.failed === 0 ? 0 : 1;
  console.log(`\n${sentence(total)}`);
}

/**
 * Packages before those that depend on them, the journeys (which use the whole product) last.
 * @param {readonly Workspace[]} all
 */
function inOrder(all) {
  const byName = new Map(all.map((workspace) => [workspace.manifest.name, workspace]));
  /** @type {Set<Workspace>} */
  const ordered = new Set();
  const visit = (/** @type {Workspace} */ workspace) => {
    if (ordered.has(workspace)) return;
    for (const name of dependencyNames(workspace.manifest)) {
      const dependency = byName.get(name);
      if (dependency !== undefined) visit(dependency);
    }
    ordered.add(workspace);
  };
  const last = (/** @type {Workspace} */ { folder }) => Number(basename(folder) === 'journeys');
  for (const workspace of [...all].sort((a, b) => last(a) - last(b))) visit(workspace);
  return [...ordered];
}
