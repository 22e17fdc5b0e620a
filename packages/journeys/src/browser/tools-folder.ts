import { join, resolve } from 'node:path';

/** The folder of this package, from which its dependencies resolve. */
export const PACKAGE = resolve(import.meta.dirname, '../..');

/** Where the workspace keeps what it gets for itself; never committed. */
export const TOOLS = join(PACKAGE, '../../.tools');
