import { ErrorCode, fail } from './errors';

/**
 * What one uninterrupted stretch of computing may take. All of it is synchronous, so that there is one stretch at a time:
 * the caller of a command begins it, and every loop whose length a client decides counts its steps here.
 */

/** The clock is read only so often; so many steps take about a millisecond. */
const STEPS_PER_LOOK = 1_000;

/** Others must be served: so long a stretch may compute that cannot pause, that is one document. */
const LONGEST_STRETCH_MS = 1_000;

/** Bytes that the expressions of one document may hold while they are evaluated. */
export const MOST_HELD = 100 * 1024 * 1024;

/** Loops measure what they really hold whenever they have made so much more. */
const MEASURE_EVERY = 16 * 1024 * 1024;

export interface StretchLimits {
  /** When the operation must have ended, on the clock of `performance.now()`. */
  readonly deadlineMs?: number | undefined;
  readonly longestMs?: number | undefined;
}

let left = STEPS_PER_LOOK;
let deadline = Infinity;
let longest = Infinity;
/** When the stretch must have ended; 0: it has not been looked at yet. */
let end = 0;
let computedBefore = 0;
let held = 0;

/** Counts the looks at the clock: who has seen another number before knows that work has been done since. */
export let looks = 0;

/** Begins a stretch: at the start of a command and each time it goes on after others were served. */
export function beginStretch(limits: StretchLimits = {}): void {
  deadline = limits.deadlineMs ?? Infinity;
  longest = limits.longestMs ?? LONGEST_STRETCH_MS;
  end = 0;
  held = 0;
}

/** From here on nobody's time is used. */
export function endStretch(): void {
  deadline = Infinity;
  longest = Infinity;
  end = 0;
  held = 0;
}

/** Counts work: one step is an evaluation, a comparison, some elements to copy. Throws when time is over. */
export function step(count = 1): void {
  left -= count;
  if (left < 0) look();
}

function look(): void {
  left = STEPS_PER_LOOK;
  looks++;
  const now = performance.now();
  if (now >= deadline) fail(ErrorCode.MaxTimeMSExpired, 'operation exceeded time limit');
  if (longest === Infinity) return;
  if (end === 0) {
    end = now + longest;
    computedBefore = computedMs();
  } else if (now >= end) {
    // Time in which the machine did something else does not count.
    const rest = longest - (computedMs() - computedBefore);
    if (rest <= 0) {
      fail(
        ErrorCode.OperationFailed,
        `one document needs more than ${longest} ms of computing, and others wait meanwhile: ask for less at once`,
      );
    }
    end = now + rest;
  }
}

/** Milliseconds that this process has computed. */
export function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The expressions of another document begin: what those of the last one made is no longer theirs. */
export function nextDocument(): void {
  held = 0;
}

/** Counts bytes that an expression has made. Throws 10334 beyond the limit. */
export function hold(bytes: number): void {
  held += bytes;
  if (held > MOST_HELD) tooLarge();
}

/** What is held now, for a loop to come back to. */
export function heldNow(): number {
  return held;
}

/** Tells that of all that was made since `before` only so much is left. */
export function letGo(before: number, bytes = 0): void {
  held = before;
  hold(bytes);
}

/** Whether so much has been made since `before` that measuring what is left is worth its time. */
export function shouldMeasure(before: number): boolean {
  return held - before > MEASURE_EVERY;
}

function tooLarge(): never {
  return fail(
    ErrorCode.BSONObjectTooLarge,
    `an expression would need more than ${MOST_HELD >> 20} MB for one document`,
  );
}
