import { randomBytes } from 'node:crypto';
import type { Grant } from '@cadre/domain/access';
import { createIdGenerator, type Clock, type IdGenerator } from '@cadre/domain/core';

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

/** A grant of somebody for a base, in force since the beginning of 2026: something to store. */
export const testGrant = (newId: IdGenerator, changes: Partial<Grant> = {}): Grant => ({
  id: newId(),
  personId: newId(),
  role: 'base-admin',
  scope: { kind: 'bases', baseIds: [newId()] },
  from: '2026-01-01',
  to: null,
  grantedBy: null,
  delegatedFrom: null,
  revokedAt: null,
  ...changes,
});
