import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustBeFree, serverPort } from './address.mjs';
import { build, install } from './prepare.mjs';
import { ROOT } from './workspace.mjs';

const SERVER = join(ROOT, 'apps/server/dist');

/**
 * Prepares the workspace and becomes the server.
 * @param {'demo' | 'live'} mode
 */
export async function serve(mode) {
  await mustBeFree(serverPort());
  await install('product');
  await build();
  await become('main.js', ['--mode', mode]);
}

/**
 * Runs a built script of the server in this very process: signals, the terminal and the end of the process are
 * then the server's own, and no second process can outlive the first.
 * @param {string} script a file of the server's `dist`
 * @param {readonly string[]} args
 */
export async function become(script, args) {
  const file = join(SERVER, script);
  process.argv = [process.execPath, file, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}
