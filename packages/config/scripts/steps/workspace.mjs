import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the workspace. */
export const ROOT = resolve(import.meta.dirname, '../../../..');
export const TOOLS = join(ROOT, '.tools');
export const DATA = join(ROOT, '.data');

/**
 * @typedef {object} Manifest what is read of a package.json
 * @property {string} name
 * @property {string} [packageManager]
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 */

/** @typedef {{ folder: string, manifest: Manifest }} Workspace `folder` is absolute */

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * The packages and apps, without the root.
 * @returns {Workspace[]}
 */
export function workspaces() {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => join(ROOT, group, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(folder) }));
}

/** @param {Manifest} manifest */
export function dependencyNames({ dependencies = {}, devDependencies = {} }) {
  return Object.keys({ ...dependencies, ...devDependencies });
}

/**
 * The file behind a command that a workspace has installed, to be run by this Node without a shell.
 * @param {string} folder
 * @param {string} library
 * @param {string} [command] the library's own name if it is left out
 */
export function commandFile(folder, library, command = library) {
  const home = join(folder, 'node_modules', library);
  const { bin } = readManifest(home);
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (file === undefined) throw new Error(`${library} has no command ${command}`);
  return join(home, file);
}
