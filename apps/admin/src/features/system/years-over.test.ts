import { expect, it } from 'vitest';
import { movesTargets, yearsOver } from './years-over';

it('names the years between a change and today that are over', () => {
  expect(yearsOver('2026-06-01', '2027-01-02')).toEqual([2026]);
  expect(yearsOver('2025-12-31', '2027-01-02')).toEqual([2025, 2026]);
  expect(yearsOver('2027-01-01', '2027-01-02')).toEqual([]);
});

it('only of changes that move targets: no secondment, and a post or grade only with the rank that decides', () => {
  expect(movesTargets({ kind: 'retire' }, false)).toBe(true);
  expect(movesTargets({ kind: 'transfer', unitId: 'u' }, false)).toBe(true);
  expect(movesTargets({ kind: 'second', unitId: 'u', to: null }, true)).toBe(false);
  expect(movesTargets({ kind: 'grade', grade: null }, false)).toBe(false);
  expect(movesTargets({ kind: 'post', postLevel: null, title: '' }, true)).toBe(true);
});
