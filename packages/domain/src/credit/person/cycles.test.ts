import { describe, expect, it } from 'vitest';
import { cyclesBetween, periodHolding, type CycleRef } from './cycles';
import type { CreditPerson } from './person';
import { anyone, sample } from '../testing/sample';

const regulation = sample({
  groups: {
    heads: { name: '校长', where: { role: '校长' } },
    division: { name: '处级', where: { rank: { atLeast: '县处级副职' } } },
  },
  cycles: {
    year: { from: '2020-01-01', months: 12 },
    assessment: { from: '2009-12-01', months: 12 },
    season: { from: '2020-01-01', months: 3 },
    plan: {
      windows: [
        { from: '2018-01-01', to: '2022-12-31' },
        { from: '2023-01-01', to: '2027-12-31' },
      ],
    },
    rolling: { lastMonths: 60 },
    promoted: { around: 'promotion', monthsAfter: 12 },
    before: { around: 'promotion', monthsBefore: 12, group: 'division' },
    anniversary: { around: 'promotion', monthsAfter: 12, anniversaryCounts: true },
    appointed: { around: 'appointment', monthsBefore: 6, monthsAfter: 6 },
    induction: { around: 'employment', monthsAfter: 6 },
    heads: { around: 'joining', group: 'heads', monthsBefore: 36 },
    stretched: {
      around: 'employment',
      monthsAfter: 12,
      repeats: true,
      prolongedBy: ['病假', '产假'],
    },
    closing: { around: 'employment', monthsAfter: 12, repeats: true, prolongedBy: '病假', finalMonths: 3 },
    first: { around: 'employment', monthsAfter: 6, prolongedBy: '病假' },
  },
});
const person: CreditPerson = {
  id: 'p',
  employedOn: '2019-07-01',
  history: [
    { to: '2024-03-14', postLevel: '乡科级正职' },
    { from: '2024-03-15', postLevel: '县处级副职' },
    { from: '2024-09-01', roles: ['校长'] },
  ],
};
const of = (id: string, asOf = '2024-12-31', since = '2019-01-01', who = person): CycleRef[] =>
  cyclesBetween(id, regulation, who, since, asOf);
const spans = (cycles: readonly CycleRef[]): string[] => cycles.map(({ from, to }) => `${from} ${to}`);

describe('cycles', () => {
  it('repeat from their first day, named after the year in which they end', () => {
    expect(of('year', '2024-12-31', '2023-05-01').map((cycle) => cycle.label)).toEqual(['2023', '2024']);
    expect(
      of('assessment', '2010-12-01', '2009-01-01').map(({ from, to, label }) => [from, to, label]),
    ).toEqual([
      ['2009-12-01', '2010-11-30', '2010'],
      ['2010-12-01', '2011-11-30', '2011'],
    ]);
    expect(of('season', '2024-04-01', '2024-01-01').map((cycle) => cycle.label)).toEqual([
      '2024-01-01–2024-03-31',
      '2024-04-01–2024-06-30',
    ]);
  });

  it('are windows by date, or the months up to the day', () => {
    expect(of('plan').map((cycle) => cycle.label)).toEqual(['2018–2022', '2023–2027']);
    expect(spans(of('rolling', '2024-06-30'))).toEqual(['2019-07-01 2024-06-30']);
  });

  it('lie around events of the person', () => {
    expect(spans(of('promoted'))).toEqual(['2024-03-15 2025-03-14']);
    expect(spans(of('anniversary'))).toEqual(['2024-03-15 2025-03-15']);
    expect(spans(of('before'))).toEqual(['2023-03-15 2024-03-14']);
    expect(spans(of('appointed'))).toEqual(['2023-09-15 2024-09-14']);
    expect(spans(of('induction'))).toEqual(['2019-07-01 2019-12-31']);
    expect(spans(of('heads'))).toEqual(['2021-09-01 2024-08-31']);
    expect(of('before')[0]?.eventOn).toBe('2024-03-15');
  });

  it('of a person’s own go by their dates, also where they last a year, unless they are calendar years', () => {
    expect(of('promoted')[0]?.label).toBe('2024-03-15–2025-03-14');
    expect(of('rolling', '2024-12-31')[0]?.label).toBe('2020–2024');
    const labels = (asOf: string): string[] =>
      cyclesBetween('c', sample({ cycles: { c: { lastMonths: 12 } } }), anyone, '2020-01-01', asOf).map(
        ({ label }) => label,
      );
    expect([labels('2024-06-30'), labels('2024-12-31')]).toEqual([['2023-07-01–2024-06-30'], ['2024']]);
  });

  it('are none where nothing happened, nothing is defined, or nothing has begun', () => {
    for (const id of ['promoted', 'appointed', 'induction', 'heads', 'unknown']) {
      expect(of(id, '2024-12-31', '2019-01-01', anyone)).toEqual([]);
    }
    expect(of('year', '2019-06-30')).toEqual([]);
    expect(periodHolding({ lastMonths: 12 }, '2024-01-01')).toBeUndefined();
    expect(periodHolding({ from: '2020-01-01', months: 12 }, '2019-12-31')).toBeUndefined();
  });
});

describe('cycles with gaps and cycles that repeat', () => {
  const spans = (cycle: object, person: object = {}, asOf = '2026-06-30'): string[] =>
    cyclesBetween(
      'c',
      sample({ cycles: { year: { from: '2020-01-01', months: 12 }, c: cycle } }),
      { ...anyone, ...person },
      '2024-03-01',
      asOf,
    ).map(({ from, to }) => `${from}/${to}`);

  it('begin every so many months', () => {
    expect(spans({ from: '2020-01-01', months: 6, every: 12 })).toEqual([
      '2024-01-01/2024-06-30',
      '2025-01-01/2025-06-30',
      '2026-01-01/2026-06-30',
    ]);
    expect(periodHolding({ from: '2020-01-01', months: 6, every: 12 }, '2024-07-01')).toBeUndefined();
  });

  it('begin where a person comes back into a group by the end of something else', () => {
    const regulation = sample({
      groups: { post: { name: '在任', where: { role: '校长', not: { role: '借调' } } } },
      cycles: {
        year: { from: '2020-01-01', months: 12 },
        c: { around: 'joining', group: 'post', monthsAfter: 12 },
      },
    });
    const history = [
      { from: '2024-01-01', roles: ['校长'] },
      { from: '2024-06-01', to: '2024-08-31', roles: ['借调'] },
    ];
    expect(
      cyclesBetween('c', regulation, { id: 'p', history }, '2024-01-01', '2025-12-31').map(
        ({ from }) => from,
      ),
    ).toEqual(['2024-01-01', '2024-09-01']);
  });

  it('repeat from an event of the person until the next one', () => {
    expect(
      spans({ around: 'employment', monthsAfter: 12, repeats: true }, { employedOn: '2023-09-15' }),
    ).toEqual(['2023-09-15/2024-09-14', '2024-09-15/2025-09-14', '2025-09-15/2026-09-14']);
    const history = [
      { from: '2020-01-01', postLevel: '乡科级正职' },
      { from: '2024-05-01', postLevel: '县处级副职' },
      { from: '2025-08-01', postLevel: '县处级正职' },
    ];
    expect(spans({ around: 'promotion', monthsAfter: 12, repeats: true }, { history })).toEqual([
      '2024-05-01/2025-04-30',
      '2025-05-01/2025-07-31',
      '2025-08-01/2026-07-31',
    ]);
  });
});

describe('cycles of a person, prolonged by leave', () => {
  const leave = (kind: string, from: string, to?: string): object => ({ kind, from, ...(to && { to }) });
  const prolonged = (id: string, circumstances: readonly object[], asOf = '2022-12-31'): string[] =>
    spans(of(id, asOf, '2019-01-01', { ...person, circumstances } as CreditPerson));

  it('are as much longer, in months and days, and the next begins after', () => {
    expect(prolonged('stretched', [leave('病假', '2020-01-10', '2020-03-14')])).toEqual([
      // Two months and five days.
      '2019-07-01 2020-09-05',
      '2020-09-06 2021-09-05',
      '2021-09-06 2022-09-05',
      '2022-09-06 2023-09-05',
    ]);
    expect(prolonged('first', [leave('病假', '2019-08-01', '2019-08-31')])).toEqual([
      '2019-07-01 2020-01-31',
    ]);
  });

  it('once by what lies together, also by what begins in the time that is added, and not by others', () => {
    const apart = [
      leave('病假', '2020-05-01', '2020-06-30'),
      leave('产假', '2020-06-01', '2020-07-31'),
      leave('病假', '2020-09-01', '2020-09-30'),
      leave('事假', '2020-10-01', '2020-10-31'),
      { ...leave('病假', '2020-04-01', '2020-04-30'), approved: false },
    ];
    expect(prolonged('stretched', apart)[0]).toBe('2019-07-01 2020-10-31');
  });

  it('as far as it has lasted, where its end is not known', () => {
    expect(prolonged('stretched', [leave('病假', '2020-05-01')], '2020-05-31')).toEqual([
      '2019-07-01 2020-07-31',
    ]);
    expect(prolonged('stretched', [leave('病假', '2019-01-01', '2019-08-31')])[0]).toBe(
      '2019-07-01 2020-08-31',
    );
  });

  it('or only the last months of each', () => {
    const sick = [leave('病假', '2020-05-01', '2020-05-31')];
    expect(prolonged('closing', sick, '2021-06-30')).toEqual([
      '2020-05-01 2020-07-31',
      '2021-05-01 2021-07-31',
    ]);
    expect(prolonged('closing', sick, '2021-04-30')).toEqual(['2020-05-01 2020-07-31']);
  });
});
