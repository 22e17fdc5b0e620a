import { maintain } from '../steps/maintenance.mjs';

/** A compact copy of the embedded database in one file; the product may be running. */
export const run = (/** @type {readonly string[]} */ args) =>
  maintain('backup', args, { done: '已备份', failed: '没有备份 · no backup was made' });
