import type { AuthorError } from './json-source';

/** A fault at its first place, and where else it is. */
export interface FoldedFault extends AuthorError {
  /** At how many places it is, the first included. */
  readonly places: number;
  /** The next lines after the first that have it, a few of them, in order. */
  readonly nextLines: readonly number[];
}

/** Enough to see what the places have in common; all of them are found by looking for it. */
const LINES_NAMED = 3;

/**
 * One line for what repeats in row after row: faults that say the same of the same field, whichever row it is in. The
 * order is that of first places.
 */
export function foldFaults(faults: readonly AuthorError[]): FoldedFault[] {
  const alike = new Map<string, [AuthorError, ...AuthorError[]]>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.path.replaceAll(/\[\d+\]/g, '[]'), fault.sentence]);
    const known = alike.get(key);
    if (known) known.push(fault);
    else alike.set(key, [fault]);
  }
  return [...alike.values()].map(([first, ...others]) => {
    const lines = new Set(others.map(({ line }) => line));
    lines.delete(first.line);
    const nextLines = [...lines].sort((a, b) => a - b).slice(0, LINES_NAMED);
    return { ...first, places: 1 + others.length, nextLines };
  });
}
