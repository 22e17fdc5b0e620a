import { runCredits } from '../steps/credits.mjs';

/** Evaluates a facts file under a regulation: JSON, or readable text with `--explain`. */
export const run = (/** @type {readonly string[]} */ args) => runCredits('evaluate', args);
