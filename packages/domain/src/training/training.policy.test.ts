import { describe, expect, it } from 'vitest';
import type { Actor, Role, Scope } from '../access';
import { createIdGenerator } from '../core';
import {
  canSchedule,
  canScheduleSomewhere,
  canViewTimetable,
  isWithinReach,
  timetableReach,
} from './training.policy';

const newId = createIdGenerator(
  () => 1_700_000_000_000,
  (count) => new Uint8Array(count),
);
const own = newId();
const foreign = newId();
const actor = (role: Role, scope: Scope): Actor => ({
  kind: 'person',
  personId: newId(),
  accountId: newId(),
  grants: [{ id: newId(), role, scope }],
});
const network = { kind: 'network' } as const;
const unit = { kind: 'unit', unitId: newId() } as const;

describe('who schedules and who looks on', () => {
  it.each<[Role, Scope, { own: boolean; foreign: boolean; reads: 'own' | 'all' | 'none' }]>([
    ['base-admin', { kind: 'bases', baseIds: [own] }, { own: true, foreign: false, reads: 'own' }],
    ['alliance-admin', network, { own: true, foreign: true, reads: 'all' }],
    ['auditor', network, { own: false, foreign: false, reads: 'all' }],
    ['organisation-officer', unit, { own: false, foreign: false, reads: 'all' }],
    ['unit-training-officer', unit, { own: false, foreign: false, reads: 'none' }],
    ['instructor', network, { own: false, foreign: false, reads: 'none' }],
    ['system-admin', network, { own: false, foreign: false, reads: 'none' }],
  ])('%s', (role, scope, expected) => {
    const who = actor(role, scope);
    expect(canSchedule(who, own)).toBe(expected.own);
    expect(canSchedule(who, foreign)).toBe(expected.foreign);
    expect(canScheduleSomewhere(who)).toBe(expected.own);
    expect(canViewTimetable(who)).toBe(expected.reads !== 'none');
    expect(timetableReach(who)).toEqual(
      expected.reads === 'all' ? 'all' : expected.reads === 'own' ? [own] : [],
    );
  });

  it('a reach covers what it names', () => {
    expect(isWithinReach('all', own)).toBe(true);
    expect(isWithinReach([own], own)).toBe(true);
    expect(isWithinReach([own], foreign)).toBe(false);
  });
});
