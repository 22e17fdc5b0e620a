import { readFileSync } from 'node:fs';
import { runNode } from './processes.mjs';
import { Refusal } from './refusal.mjs';
import { commandFile } from './workspace.mjs';

/** Longer than any tier takes; it only ends a run that hangs. */
const PACKAGE_LIMIT_MS = 30 * 60_000;

/** @typedef {import('./workspace.mjs').Workspace} Workspace */
/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @param {Tally} tally */
export const sentence = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;

/**
 * @param {Workspace} workspace
 * @param {string} report where vitest writes its figures
 * @param {'show' | 'keep'} [output] whether the person sees it run
 * @returns {Promise<Tally>}
 */
export async function testPackage({ folder, manifest }, report, output = 'show') {
  const [tool, ...args] = (manifest.scripts?.test ?? '').split(' ');
  if (tool !== 'vitest')
    throw new Refusal(`${manifest.name}: 测试脚本应为 vitest run · its test script must be vitest run`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runNode(commandFile(folder, 'vitest'), [...args, ...reporters], {
    cwd: folder,
    limitMs: PACKAGE_LIMIT_MS,
    output,
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
