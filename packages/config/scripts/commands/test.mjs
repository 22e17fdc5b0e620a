import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build, install } from '../steps/prepare.mjs';
import { runNode, toolEnvironment } from '../steps/processes.mjs';
import { Refusal } from '../steps/refusal.mjs';
import { commandFile, dependencyNames, workspaces } from '../steps/workspace.mjs';

/** Longer than any tier takes; it only ends a run that hangs. */
const PACKAGE_LIMIT_MS = 30 * 60_000;

/** @typedef {import('../steps/workspace.mjs').Workspace} Workspace */
/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

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

/** @param {Tally} tally */
const sentence = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;

/**
 * @param {Workspace} workspace
 * @param {string} report where vitest writes its figures
 * @returns {Promise<Tally>}
 */
async function testPackage({ folder, manifest }, report) {
  const [tool, ...args] = (manifest.scripts?.test ?? '').split(' ');
  if (tool !== 'vitest')
    throw new Refusal(`${manifest.name}: 测试脚本应为 vitest run · its test script must be vitest run`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runNode(commandFile(folder, 'vitest'), [...args, ...reporters], {
    cwd: folder,
    env: toolEnvironment(),
    limitMs: PACKAGE_LIMIT_MS,
  });
  const tally = readReport(report);
  // A crash, a file that does not load or a package without a test must not look like success.
  const silent = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return silent ? { ...tally, failed: 1 } : tally;
}

/**
 * @param {string} report
 * @returns {Tally}
 */
function readReport(report) {
  let figures;
  try {
    figures = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // vitest ended before it wrote one; the exit code tells
  }
  const unloaded = figures.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: figures.numPassedTests,
    failed: figures.numFailedTests + unloaded.length,
    skipped: figures.numPendingTests + figures.numTodoTests,
  };
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
