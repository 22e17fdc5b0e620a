import { describe, expect, it } from 'vitest';
import { sampleLeaf, sampleTarget } from '../testing';
import { openTargets, sortProgress, targetsIn } from './sort-progress';
import type { ProgressRow, TargetStanding } from './statement.io';

const target = (earned: number, changes: Partial<TargetStanding> = {}): TargetStanding =>
  sampleTarget({ alternatives: [[sampleLeaf('days', { zh: '天', en: 'days' }, earned, 12)]], ...changes });
const row = (personNo: string, name: string, targets: TargetStanding[]): ProgressRow => ({
  personId: personNo,
  personNo,
  name,
  unitId: 'u',
  unit: { zh: '某局', en: '' },
  targets,
  reading: 'behind',
  flags: [],
});
const rows = [
  row('P1', '王敏', [target(9)]),
  row('P2', '陈国平', [target(3), target(12, { reading: 'met' })]),
  row('P3', '林海燕', [target(0, { longTerm: true, reading: 'on-track' }), target(12, { reading: 'met' })]),
];
const order = (sort: Parameters<typeof sortProgress>[1]) =>
  sortProgress(rows, sort).map(({ personNo }) => personNo);

describe('the table of progress', () => {
  it('is in the order asked for, and stays as it was without one', () => {
    expect(order(undefined)).toEqual(['P1', 'P2', 'P3']);
    expect(order({ key: 'gap', descending: true })).toEqual(['P2', 'P1', 'P3']);
    expect(order({ key: 'personNo', descending: true })).toEqual(['P3', 'P2', 'P1']);
    expect(order({ key: 'name', descending: false })).toEqual(['P2', 'P3', 'P1']);
  });

  it('counts as missing all that is not met, and sorts by a window of years only once it lags', () => {
    expect(rows.map((one) => openTargets(one).length)).toEqual([1, 1, 1]);
    const lagging = row('P4', '林晓东', [target(0, { longTerm: true })]);
    expect(sortProgress([...rows, lagging], { key: 'gap', descending: true })[0]).toBe(lagging);
  });

  it('has the same columns whoever is on the page, what is to be made up last', () => {
    const makesUp = { after: 'cycle' as const, clause: '', clauseText: '', cycle: '2025' };
    const known = targetsIn([
      row('P0', '甲', [target(1, { makesUp })]),
      row('P9', '乙', [target(1, { target: 'online' })]),
      ...rows,
    ]);
    expect(known.map(({ target: id, makesUp: made }) => [id, made !== null])).toEqual([
      ['online', false],
      ['year', false],
      ['year', true],
    ]);
  });
});
