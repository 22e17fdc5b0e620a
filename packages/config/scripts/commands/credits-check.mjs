import { runCredits } from '../steps/credits.mjs';

/** Validates a regulation and says in words what it defines. */
export const run = (/** @type {readonly string[]} */ args) => runCredits('check', args);
