import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concernsDay } from './consequences';
import type { Activity } from '../person/activity';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { activity, anyone, evaluated, sample } from '../testing/sample';

const cycles = { year: { from: '2020-01-01', months: 12 }, any: { lastMonths: 12 } };
const earn = [
  { id: 'class', clause: '一', kinds: 'class', earns: [{ measure: 'hours', rate: 1, of: 'classHours' }] },
  { id: 'talk', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', flat: -1 }] },
];
/** Three absences within any twelve months, each of them one hour less. */
const within = (when: object = {}, sections: object = {}): Regulation =>
  sample({
    cycles,
    earn,
    ratings: [
      {
        id: 'r',
        name: '缺课',
        clause: '二',
        cycle: 'any',
        of: { kind: 'talk' },
        bands: [{ atMost: -3, rating: '三次' }, { rating: '不满' }],
      },
    ],
    consequences: [
      { id: 'c', says: '通报', clause: '三', when: { rating: 'r', is: '三次', at: 'once', ...when } },
    ],
    ...sections,
  });
const absent = (...days: readonly string[]): Activity[] =>
  days.map((occurredOn) => activity({ kind: 'talk', occurredOn }));
const drawn = (
  acts: readonly Activity[],
  asOf: string,
  regulation = within(),
  person: CreditPerson = anyone,
): (string | undefined)[] => evaluated(acts, regulation, asOf, person).flags.map(({ from }) => from);

describe('what is so within any months', () => {
  const three = absent('2023-06-11', '2023-12-01', '2024-06-10');

  it('is drawn on the day it becomes so, and stays whatever comes later', () => {
    expect(drawn(three, '2024-06-09')).toEqual([]);
    for (const asOf of ['2024-06-10', '2024-06-11', '2026-12-31'])
      expect(drawn(three, asOf)).toEqual(['2024-06-10']);
    expect(evaluated(three, within(), '2026-12-31').flags).toEqual([
      {
        flag: 'c',
        says: '通报',
        clause: '三',
        cycle: { id: 'any', from: '2023-06-11', to: '2024-06-10', label: '2024' },
        because: { rating: 'r' },
        from: '2024-06-10',
      },
    ]);
    // A day more is more than twelve months.
    expect(drawn(absent('2023-06-10', '2023-12-01', '2024-06-10'), '2026-12-31')).toEqual([]);
    // Where the text waits for nothing, but looks back from the day of evaluation only, it goes again.
    const plain = within({ at: undefined });
    const flags = (asOf: string): number => evaluated(three, plain, asOf).flags.length;
    expect(['2024-06-10', '2024-06-11'].map(flags)).toEqual([1, 0]);
  });

  it('counts months by their ends', () => {
    const ends = (first: string): unknown => drawn(absent(first, '2024-01-01', '2024-02-29'), '2024-12-31');
    expect(ends('2023-03-01')).toEqual(['2024-02-29']);
    expect(ends('2023-02-28')).toEqual([]);
  });

  it('is drawn once while it stays so, and again after it was not', () => {
    expect(drawn([...three, ...absent('2024-06-11', '2024-06-11')], '2024-12-31')).toEqual(['2024-06-10']);
    // Two of the three have rolled out by the time of the next: so not any more, seen on the day of a class or not.
    const later = absent('2025-01-10', '2025-02-10');
    expect(drawn([...three, ...later], '2025-12-31')).toEqual(['2024-06-10', '2025-02-10']);
    expect(
      drawn([...three, activity({ occurredOn: '2025-01-20', classHours: 1 }), ...later], '2025-12-31'),
    ).toEqual(['2024-06-10', '2025-02-10']);
    // Between two days on both of which it is so it may not have been.
    const gap = absent('2024-01-01', '2024-01-02', '2024-12-20', '2025-01-05', '2025-01-05');
    expect(drawn(gap, '2025-12-31')).toEqual(['2024-12-20', '2025-01-05']);
  });

  it('asks for the group on that day', () => {
    const groups = { staff: { name: '在编', where: { category: '在编' } } };
    const [rating] = within().ratings ?? [];
    const regulation = within({}, { groups, ratings: [{ ...rating, groups: 'staff' }] });
    const person = (from: string): CreditPerson => ({
      id: 'p',
      history: [
        { from: '2023-01-01', category: '借用' },
        { from, category: '在编' },
      ],
    });
    expect(drawn(three, '2024-12-31', regulation, person('2024-06-10'))).toEqual(['2024-06-10']);
    expect(drawn(three, '2024-12-31', regulation, person('2024-06-11'))).toEqual([]);
  });

  it('asks whether a target was met in the months until that day', () => {
    const [rating] = within().ratings ?? [];
    const regulation = within(
      {},
      {
        targets: [
          { id: 't', name: '任务', clause: '一', cycle: 'any', needs: { kind: 'class', atLeast: 4 } },
        ],
        ratings: [
          {
            ...rating,
            target: 't',
            bands: [{ is: 'missed', atMost: -3, rating: '三次' }, { rating: '不满' }],
          },
        ],
      },
    );
    expect(drawn(three, '2024-12-31', regulation)).toEqual(['2024-06-10']);
    const done = activity({ occurredOn: '2024-06-10', classHours: 4 });
    expect(drawn([...three, done], '2024-12-31', regulation)).toEqual([]);
  });

  it('is as it was on each day, whatever limits do with it later', () => {
    const regulation = within(
      {},
      {
        caps: [{ clause: '二', counts: {}, atMost: 'highest', each: 'subject' }],
        ratings: [
          {
            id: 'r',
            name: '成果',
            clause: '二',
            cycle: 'any',
            of: {},
            bands: [{ atLeast: 4, rating: '三次' }, { rating: '不满' }],
          },
        ],
      },
    );
    const work = (occurredOn: string, classHours: number): Activity =>
      activity({ occurredOn, classHours, subject: '甲' });
    const acts = [work('2024-03-01', 4), work('2024-05-01', 10)];
    expect(drawn(acts, '2024-04-30', regulation)).toEqual(['2024-03-01']);
    expect(drawn(acts, '2024-12-31', regulation)).toEqual(['2024-03-01']);
  });

  it('never goes: what one day lists every later day lists', () => {
    const day = fc
      .nat(900)
      .map((offset) => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.array(day, { maxLength: 9 }), day, day, (days, one, other) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        const acts = absent(...days);
        const then = drawn(acts, early);
        expect(drawn(acts, late).filter((from) => from !== undefined && from <= early)).toEqual(then);
      }),
      { numRuns: 60 },
    );
  });

  it('is told while a cycle runs in which it was drawn', () => {
    const [flag] = evaluated(three, within(), '2024-12-31').flags;
    if (!flag) throw new Error('flag');
    const year = (label: string): { from: string; to: string } => ({
      from: `${label}-01-01`,
      to: `${label}-12-31`,
    });
    expect(concernsDay(flag, '2024-06-10', [year('2024')])).toBe(true);
    expect(concernsDay(flag, '2024-09-01', [year('2024')])).toBe(true);
    expect(concernsDay(flag, '2024-06-09', [year('2024')])).toBe(false);
    expect(concernsDay(flag, '2025-03-01', [year('2025')])).toBe(false);
  });
});
