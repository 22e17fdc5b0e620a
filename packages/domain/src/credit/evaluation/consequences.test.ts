import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concernsDay } from './consequences';
import type { Activity } from '../person/activity';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { activity, anyone, classes, evaluated, sample, target } from '../testing/sample';

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
        cycle: { id: 'any', from: '2023-06-11', to: '2024-06-10', label: '2023-06-11–2024-06-10' },
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

describe('what lasts', () => {
  const lasting = (consequence: object, more: object = {}, sections: object = {}): Regulation =>
    target(more, {
      consequences: [{ id: 'c', says: '取消评优资格', clause: '三', lasts: { months: 24 }, ...consequence }],
      ...sections,
    });
  const spans = (
    acts: readonly Activity[],
    asOf: string,
    regulation: Regulation,
    person?: CreditPerson,
  ): string[] => evaluated(acts, regulation, asOf, person).flags.map(({ from, until }) => `${from} ${until}`);
  const since2023: CreditPerson = { id: 'p', history: [{ from: '2023-01-01', postLevel: '乡科级副职' }] };

  it('begins on the day after the cycle, and stays listed when it is over', () => {
    const regulation = lasting({ when: { target: 't', is: 'missed' } });
    const done = classes('2024-05', 12);
    expect(spans(done, '2023-12-30', regulation, since2023)).toEqual([]);
    for (const asOf of ['2023-12-31', '2024-06-30', '2024-12-31'])
      expect(spans(done, asOf, regulation, since2023)).toEqual(['2024-01-01 2025-12-31']);
    expect(spans([...done, ...classes('2025-05', 12)], '2026-12-30', regulation, since2023)).toEqual([
      '2024-01-01 2025-12-31',
    ]);
  });

  it('begins anew with each cycle of which it follows', () => {
    const twice = lasting({ when: { target: 't', is: 'missed', inARow: 2 } });
    expect(spans([], '2025-12-31', twice, since2023)).toEqual([
      '2025-01-01 2026-12-31',
      '2026-01-01 2027-12-31',
    ]);
  });

  it('begins where what was to be made up was not', () => {
    const after = { clause: '三', after: 'cycle', months: 6 };
    const [gone, open] = ['make-up-missed', 'not-made-up'].map((is) =>
      lasting({ when: { target: 't', is } }, { makeUp: after }),
    ) as [Regulation, Regulation];
    expect(spans([], '2024-06-29', gone, since2023)).toEqual([]);
    expect(spans([], '2024-06-30', gone, since2023)).toEqual(['2024-07-01 2026-06-30']);
    expect(spans([], '2024-02-29', open, since2023)).toEqual(['2024-01-01 2025-12-31']);
    const cycles = { year: { from: '2020-01-01', months: 12 }, two: { from: '2022-01-01', months: 24 } };
    const until = { clause: '三', after: 'cycle', until: 'two' };
    const none = lasting({ when: { target: 't', is: 'make-up-missed' } }, { makeUp: until }, { cycles });
    expect(spans([], '2023-12-31', none, since2023)).toEqual(['2024-01-01 2025-12-31']);
    const promoted: CreditPerson = {
      ...since2023,
      history: [...since2023.history, { from: '2024-08-31', postLevel: '乡科级正职' }],
    };
    const rank = { clause: '三', after: 'promotion', months: 6 };
    const onPromotion = (is: string): Regulation => lasting({ when: { target: 't', is } }, { makeUp: rank });
    expect(spans([], '2024-09-30', onPromotion('not-made-up'), promoted)).toEqual([
      '2024-01-01 2025-12-31',
      '2024-08-31 2026-08-30',
    ]);
    expect(spans([], '2025-02-27', onPromotion('make-up-missed'), promoted)).toEqual([
      '2025-02-28 2027-02-27',
    ]);
  });

  it('begins on the day on which a rating became so, where it follows at once', () => {
    const ratings = [
      {
        id: 'r',
        name: '扣分',
        clause: '二',
        cycle: 'year',
        of: { kind: 'talk' },
        bands: [{ atMost: -3, rating: '扣满' }, { rating: '没有' }],
      },
    ];
    const when = { rating: 'r', is: '扣满' };
    const lasts = { months: 6 };
    const once = lasting({ when: { ...when, at: 'once' }, lasts }, {}, { earn, ratings });
    const acts = absent('2024-02-01', '2024-03-01', '2024-08-31', '2024-10-01');
    expect(spans(acts, '2024-08-30', once)).toEqual([]);
    // Six months from the last day of August: to the day before the last of February.
    for (const asOf of ['2024-08-31', '2024-12-31', '2026-12-31'])
      expect(spans(acts, asOf, once)).toEqual(['2024-08-31 2025-02-27']);
    expect(spans(acts, '2024-12-31', lasting({ when, lasts }, {}, { earn, ratings }))).toEqual([
      '2025-01-01 2025-06-30',
    ]);
    const nothing = lasting({ when: { rating: 'r', is: '没有', at: 'once' }, lasts }, {}, { earn, ratings });
    expect(spans(absent('2024-05-01'), '2024-06-30', nothing, since2023)).toEqual([
      '2023-01-01 2023-06-30',
      '2024-01-01 2024-06-30',
    ]);
  });

  it('begins on each day on which something became so within any months', () => {
    const lasts = { months: 6 };
    const [consequence] = within().consequences ?? [];
    const regulation = within({}, { consequences: [{ ...consequence, lasts }] });
    const acts = absent('2023-06-11', '2023-12-01', '2024-06-10');
    expect(spans(acts, '2026-12-31', regulation)).toEqual(['2024-06-10 2024-12-09']);
  });

  it('is told as long as it lasts, and on the last day of its cycle', () => {
    const [flag] = evaluated([], lasting({ when: { target: 't', is: 'missed' } }), '2024-12-31').flags;
    if (!flag) throw new Error('flag');
    const days = ['2024-12-31', '2025-01-01', '2026-12-31', '2027-01-01'];
    expect(days.map((day) => concernsDay(flag, day, []))).toEqual([true, true, true, false]);
  });
});
