import { randomBytes } from 'node:crypto';
import { createIdGenerator, type Clock } from '@cadre/domain/core';

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  set(instant: Date): void;
  advanceMinutes(minutes: number): void;
}

export function createTestClock(start: Date): TestClock {
  let current = start;
  return {
    now: () => new Date(current),
    set: (instant) => {
      current = instant;
    },
    advanceMinutes: (minutes) => {
      current = new Date(current.getTime() + minutes * 60_000);
    },
  };
}

export const createTestIds = () =>
  createIdGenerator(
    () => Date.now(),
    (count) => randomBytes(count),
  );
