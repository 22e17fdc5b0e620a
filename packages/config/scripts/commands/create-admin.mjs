import { build, install } from '../steps/prepare.mjs';
import { become } from '../steps/serve.mjs';

/** Makes the first system admin of a live installation. */
export async function run(/** @type {readonly string[]} */ args) {
  await install('product');
  await build();
  await become('create-admin.js', args);
}
