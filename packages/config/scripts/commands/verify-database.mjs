import { maintain } from '../steps/maintenance.mjs';

/** Checks documents and indexes of the data folder, or of a backup file. */
export const run = (/** @type {readonly string[]} */ args) =>
  maintain('verify', args, { done: '数据完好', failed: '数据有问题 · the data are damaged' });
