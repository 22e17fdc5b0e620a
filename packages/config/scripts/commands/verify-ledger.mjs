import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../steps/ledger.mjs';
import { build, install } from '../steps/prepare.mjs';
import { runNode } from '../steps/processes.mjs';
import { ROOT } from '../steps/workspace.mjs';

const DATABASE = '--database';

/** Verifies an export, or with `--database` the ledger as it lies in the database now. */
export async function run(/** @type {readonly string[]} */ args) {
  // Standard output belongs to the report.
  console.log = console.error;
  await install('product');
  if (!args.includes(DATABASE)) return verify(args);

  await build(['@cadre/server']);
  const folder = mkdtempSync(join(tmpdir(), 'cadre-ledger-'));
  try {
    const file = join(folder, 'ledger.jsonl');
    const { code } = await runNode(join(ROOT, 'apps/server/dist/export-ledger.js'), [file]);
    if (code !== 0) process.exitCode = 2;
    else await verify([file, ...args.filter((arg) => arg !== DATABASE)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
