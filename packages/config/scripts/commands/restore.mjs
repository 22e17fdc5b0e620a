import { maintain } from '../steps/maintenance.mjs';

/** Fills an empty data folder from a backup, after the backup was verified. */
export const run = (/** @type {readonly string[]} */ args) =>
  maintain('restore', args, { done: '已恢复', failed: '没有恢复 · nothing was restored' });
