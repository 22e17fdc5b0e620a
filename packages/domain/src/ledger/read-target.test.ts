import { describe, expect, it } from 'vitest';
import {
  countReadings,
  readingAs,
  readTarget,
  readTogether,
  targetTitle,
  waysLeft,
  type ReadableTarget,
} from './read-target';

const year = { from: '2026-01-01', to: '2026-12-31' };
const of = (...alternatives: [earned: number, required: number][][]): ReadableTarget['alternatives'] =>
  alternatives.map((leaves) => leaves.map(([earned, required]) => ({ earned, required })));
const open = (alternatives: ReadableTarget['alternatives'], cycle = year): ReadableTarget => ({
  state: 'open',
  cycle,
  alternatives,
});

describe('how a target reads', () => {
  it.each(['met', 'missed', 'exempt'] as const)('is %s once that is decided, whatever the day', (state) => {
    expect(readTarget({ ...open(of([[0, 12]])), state }, '2026-01-01')).toBe(state);
  });

  it('while its cycle runs compares the part done with the part of its months that is over', () => {
    const half = of([[60_000, 120_000]]);
    // Nobody is behind before the first month is over, and half of the year is over with the last day of June.
    expect(readTarget(open(of([[0, 120_000]])), '2026-01-30')).toBe('on-track');
    expect(readTarget(open(of([[0, 120_000]])), '2026-01-31')).toBe('behind');
    expect(readTarget(open(half), '2026-07-30')).toBe('on-track');
    expect(readTarget(open(half), '2026-07-31')).toBe('behind');
    expect(readTarget(open(of([[0, 120_000]])), '2025-12-01')).toBe('on-track');
    const week = { from: '2026-03-02', to: '2026-03-08' };
    expect(readTarget(open(half, week), '2026-03-04')).toBe('on-track');
    expect(readTarget(open(half, week), '2026-03-06')).toBe('behind');
  });

  it('takes the best alternative, and of one alternative its weakest measure', () => {
    expect(readTarget(open(of([[10, 120]], [[80, 90]])), '2026-10-01')).toBe('on-track');
    expect(
      readTarget(
        open(
          of([
            [80, 90],
            [0, 5],
          ]),
        ),
        '2026-10-01',
      ),
    ).toBe('behind');
    expect(readTarget(open(of([[0, 0]])), '2026-12-31')).toBe('on-track');
    expect(readTarget(open([]), '2026-02-01')).toBe('behind');
  });
});

describe('how a person reads', () => {
  it('is the worst of the targets; all exempt is met, nothing asked is nothing', () => {
    expect(readTogether(['met', 'missed', 'behind'])).toBe('missed');
    expect(readTogether(['met', 'on-track', 'behind'])).toBe('behind');
    expect(readTogether(['exempt', 'on-track'])).toBe('on-track');
    expect(readTogether(['exempt', 'met'])).toBe('met');
    expect(readTogether(['exempt'])).toBe('met');
    expect(readTogether([])).toBeNull();
  });

  it('is counted once, and the counts of the words leave out only those of whom nothing is asked', () => {
    const rows = (['missed', 'behind', 'behind', 'on-track', 'met', null] as const).map((reading) => ({
      reading,
    }));
    expect(countReadings(rows)).toEqual({ all: 6, missed: 1, behind: 2, 'on-track': 1, met: 1 });
    expect(readingAs(rows, ['missed', 'behind'])).toHaveLength(3);
    expect(readingAs(rows, [])).toHaveLength(6);
  });
});

it('a way that nothing closes is none', () => {
  const least = [[], [{ leaf: 'hours', measure: 'hours', amount: 380_000 }]];
  expect(waysLeft({ least })).toEqual([least[1]]);
  expect(waysLeft({ least: [[]] })).toEqual([]);
});

it('a target that makes up says so in its name', () => {
  const name = { zh: '年度集中培训', en: 'Concentrated training' };
  expect(targetTitle({ name, makesUp: null })).toEqual(name);
  expect(targetTitle({ name, makesUp: {} })).toEqual({
    zh: '补足年度集中培训',
    en: 'To make up: Concentrated training',
  });
  expect(targetTitle({ name: { ...name, en: '' }, makesUp: {} }).en).toBe('To make up: 年度集中培训');
});
