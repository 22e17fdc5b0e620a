import { build, install } from '../steps/prepare.mjs';
import { become } from '../steps/serve.mjs';

/** Writes the credit ledger into a file that can be verified without the server. */
export async function run(/** @type {readonly string[]} */ args) {
  // Standard output may be the file.
  console.log = console.error;
  await install('product');
  await build(['@cadre/server']);
  await become('export-ledger.js', args);
}
