import { describe, expect, it } from 'vitest';
import type { Activity } from '../person/activity';
import { activity, evaluated, target } from '../testing/sample';

interface Case {
  readonly caps: readonly object[];
  readonly needs?: object;
  readonly more?: object;
  readonly earns?: object;
  /** Hours of talks (or of what `kind` says) by their days, and what they were about. */
  readonly done?: readonly (readonly [day: string, hours: number, kind?: string, subject?: string])[];
  readonly asOf: string;
  readonly target?: object;
}

const KINDS = ['talk', 'class', 'visit'];

/** The amounts of the least of the only alternative; none where nothing closes it. */
function leastOf({ caps, needs, more, earns, done = [], asOf, target: about }: Case): unknown {
  const regulation = target(
    { needs: needs ?? { kind: 'talk', atLeast: 17 }, ...about },
    {
      kinds: { talk: '讲座', class: '培训', visit: '参观' },
      earn: KINDS.map((kind) => ({
        id: kind,
        clause: '一',
        kinds: kind,
        earns: [{ measure: 'hours', ...(earns ?? { rate: 1, of: 'classHours' }) }],
      })),
      caps: caps.map((cap) => ({ clause: '二', counts: { kind: 'talk' }, ...cap })),
      ...more,
    },
  );
  const acts = done.map(([occurredOn, classHours, kind = 'talk', subject]): Activity =>
    activity({ kind, occurredOn, classHours, ...(subject !== undefined && { subject }) }),
  );
  const [first] = evaluated(acts, regulation, asOf).targets;
  return first?.least.map((list) => list.map(({ leaf, amount }) => [leaf, amount / 10_000]));
}

const named = (amount: number, leaf = 'talk'): unknown => [[[leaf, amount]]];
const beyond = [[]];

describe('the least, where limits are by the day, week, month, quarter or a cycle', () => {
  const cycles = {
    year: { from: '2020-01-01', months: 12 },
    quarterly: { from: '2020-01-01', months: 3 },
    gaps: { from: '2020-01-01', months: 1, every: 3 },
    autumn: { windows: [{ from: '2024-11-01', to: '2024-11-30' }] },
    last3: { lastMonths: 3 },
    last36: { lastMonths: 36 },
  };
  const under = (cap: object, asked: number, asOf: string, ...done: NonNullable<Case['done']>): unknown =>
    leastOf({ caps: [cap], needs: { kind: 'talk', atLeast: asked }, asOf, done, more: { cycles } });

  it.each(['quarter', 'quarterly'])('is what the rest of the %s and the later ones hold', (per) => {
    const cap = { atMost: 6, per };
    expect(under(cap, 12, '2024-07-05')).toEqual(named(12));
    expect(under(cap, 13, '2024-07-05')).toEqual(beyond);
    expect(under(cap, 16, '2024-07-05', ['2024-07-01', 4])).toEqual(beyond);
    expect(under(cap, 12, '2024-07-05', ['2024-07-01', 4])).toEqual(named(8));
    expect(under(cap, 13, '2024-07-05', ['2024-07-01', 9])).toEqual(beyond);
  });

  it('counts each of the days, weeks and months that are left, the day of evaluation among them', () => {
    expect(under({ atMost: 2, per: 'day' }, 4, '2024-12-30')).toEqual(named(4));
    expect(under({ atMost: 2, per: 'day' }, 5, '2024-12-30')).toEqual(beyond);
    // Of a cycle that is over it is what would have closed it.
    expect(under({ atMost: 2, per: 'day' }, 5, '2024-12-31')).toEqual(named(5));
    expect(under({ atMost: 1, per: 'quarter' }, 5, '2024-12-31')).toEqual(beyond);
    expect(under({ atMost: 2, per: 'day' }, 5, '2024-12-30', ['2024-12-30', 1])).toEqual(beyond);
    expect(under({ atMost: 2, per: 'day' }, 4, '2024-12-30', ['2024-12-30', 1])).toEqual(named(3));
    // Monday the 30th begins a week.
    expect(under({ atMost: 3, per: 'week' }, 6, '2024-12-29')).toEqual(named(6));
    expect(under({ atMost: 3, per: 'week' }, 7, '2024-12-29')).toEqual(beyond);
    expect(under({ atMost: 5, per: 'month' }, 15, '2024-10-31')).toEqual(named(15));
    expect(under({ atMost: 5, per: 'month' }, 16, '2024-10-31')).toEqual(beyond);
    expect(under({ atMost: 5, per: 'half-year' }, 10, '2024-06-30')).toEqual(named(10));
  });

  it('is not bounded between the periods of a cycle, nor outside its windows', () => {
    expect(under({ atMost: 5, per: 'gaps' }, 40, '2024-10-10')).toEqual(named(40));
    expect(under({ atMost: 5, per: 'autumn' }, 40, '2024-11-10')).toEqual(named(40));
  });

  it('regards limits that are smaller in a stretch of time with those around them', () => {
    // A day of the third quarter holds 1, and the fourth 6 of its days.
    const caps = [
      { atMost: 1, per: 'day' },
      { atMost: 6, per: 'quarter' },
    ];
    const asked = (atLeast: number): unknown =>
      leastOf({ caps, needs: { kind: 'talk', atLeast }, asOf: '2024-09-30' });
    expect(asked(7)).toEqual(named(7));
    expect(asked(8)).toEqual(beyond);
  });

  it('goes on in another way where there is one', () => {
    const caps = [{ atMost: 6, per: 'quarter' }];
    expect(leastOf({ caps, needs: { id: 'all', atLeast: 17 }, asOf: '2024-07-05' })).toEqual(
      named(17, 'all'),
    );
    const needs = { id: 'either', kind: ['talk', 'visit'], atLeast: 17 };
    const both = [...caps, { counts: { kind: 'visit' }, atMost: 5, per: 'year' }];
    expect(leastOf({ caps: both, needs, asOf: '2024-07-05' })).toEqual(named(17, 'either'));
    expect(leastOf({ caps: both, needs: { ...needs, atLeast: 18 }, asOf: '2024-07-05' })).toEqual(beyond);
  });

  it('leaves room for what has to be learnt beside it', () => {
    const half = { atMost: { share: '1/2', of: {} }, per: 'year' };
    const caps = [half, { counts: {}, atMost: 1, per: 'day' }];
    const asked = (atLeast: number): unknown =>
      leastOf({ caps, needs: { id: 'a', kind: 'talk', atLeast }, asOf: '2024-12-27' });
    // Five days are left for one hour each, half of them at most for talks.
    expect(asked(1)).toEqual(named(1, 'a'));
    expect(asked(3)).toEqual(beyond);
  });

  it('ends with the cycle, and goes on with the time to make it up', () => {
    const makeUp = { clause: '三', after: 'cycle', months: 6 };
    const more = { cycles };
    const caps = [{ atMost: 6, per: 'quarter' }];
    const year = { caps, needs: { kind: 'talk', atLeast: 13 }, more, target: { makeUp } };
    expect(leastOf({ ...year, asOf: '2024-07-05' })).toEqual(beyond);
    // Half a year holds twelve of what was missing then.
    const all = (asOf: string): readonly number[] => {
      const { targets } = evaluated(
        [activity({ kind: 'talk', occurredOn: '2024-12-01', classHours: 2 })],
        target(
          { needs: { kind: 'talk', atLeast: 13 }, makeUp },
          {
            earn: [
              {
                id: 't',
                clause: '一',
                kinds: 'talk',
                earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
              },
            ],
            caps: [{ clause: '二', counts: { kind: 'talk' }, atMost: 6, per: 'quarter' }],
          },
        ),
        asOf,
      );
      return targets
        .filter(({ makesUp }) => makesUp)
        .flatMap(({ least }) => least.flat().map(({ amount }) => amount));
    };
    expect(all('2025-01-10')).toEqual([110_000]);
    expect(all('2025-04-10')).toEqual([]);
  });

  it('is what leaves the months that a rolling limit looks back on, until the end of the cycle', () => {
    const rolling = { atMost: 10, per: 'last3' };
    expect(under(rolling, 30, '2024-07-05', ['2024-07-01', 10])).toEqual(beyond);
    expect(under(rolling, 20, '2024-07-05', ['2024-07-01', 10])).toEqual(named(10));
    expect(under(rolling, 20, '2024-10-05', ['2024-09-30', 10])).toEqual(named(10));
    expect(under(rolling, 20, '2024-10-05', ['2024-10-01', 10])).toEqual(beyond);
    const two = { atMost: { first: 2 }, per: 'last36' };
    // Of two in three years the older one is out of them in October.
    expect(under(two, 5, '2024-07-05', ['2021-10-01', 5], ['2023-03-01', 5])).toEqual(named(5));
    expect(under(two, 5, '2024-07-05', ['2022-01-01', 5], ['2023-03-01', 5])).toEqual(beyond);
  });
});

describe('the least, where limits are for each of something', () => {
  const asOf = '2024-07-05';
  const each = (fact: string | readonly string[]): object => ({
    counts: {},
    atMost: 10,
    per: 'year',
    each: fact,
  });
  const all = (atLeast: number): object => ({ id: 'all', atLeast });

  it('is what the kinds hold that there are', () => {
    const done = [
      ['2024-02-01', 12],
      ['2024-02-02', 4, 'class'],
    ] as const;
    expect(leastOf({ caps: [each('kind')], needs: all(30), asOf, done })).toEqual(named(16, 'all'));
    expect(leastOf({ caps: [each('kind')], needs: all(31), asOf, done })).toEqual(beyond);
    expect(leastOf({ caps: [each(['rule', 'kind'])], needs: all(31), asOf, done })).toEqual(beyond);
  });

  it('is not bounded where another subject is always to be had', () => {
    const done = [['2024-02-01', 12]] as const;
    expect(leastOf({ caps: [each('subject')], needs: all(60), asOf, done })).toEqual(named(50, 'all'));
    expect(leastOf({ caps: [each(['kind', 'organiser'])], needs: all(60), asOf, done })).toEqual(
      named(50, 'all'),
    );
  });

  it('is what a condition lets count that the amount and the limit share', () => {
    const where = { level: '省' };
    const caps = [{ counts: { where }, atMost: 6, per: 'year' }];
    expect(leastOf({ caps, needs: { id: 'a', where, atLeast: 6 }, asOf })).toEqual(named(6, 'a'));
    expect(leastOf({ caps, needs: { id: 'a', where, atLeast: 7 }, asOf })).toEqual(beyond);
    expect(leastOf({ caps, needs: { id: 'a', where: { level: '市' }, atLeast: 7 }, asOf })).toEqual(
      named(7, 'a'),
    );
  });
});

describe('the least, where limits are by items', () => {
  const asOf = '2024-07-05';
  const three = [
    ['2024-02-01', 4],
    ['2024-03-01', 5],
    ['2024-04-01', 6],
  ] as const;
  const highest = { atMost: { highest: 3 }, per: 'year' };

  it('is a new item that takes the place of the lowest', () => {
    expect(leastOf({ caps: [highest], needs: { kind: 'talk', atLeast: 17 }, asOf, done: three })).toEqual(
      named(6),
    );
    expect(
      leastOf({ caps: [highest], asOf, done: three.slice(1), needs: { kind: 'talk', atLeast: 17 } }),
    ).toEqual(named(6));
    // In a quarter in which none lies yet nothing makes way.
    const quarterly = { ...highest, per: 'quarter' };
    const lying = three.map(([, hours], day) => [`2024-07-0${String(day + 1)}`, hours] as const);
    expect(leastOf({ caps: [quarterly], asOf, done: lying })).toEqual(named(2));
  });

  it('is nothing where no item can be higher', () => {
    const flat = { caps: [highest], earns: { flat: 5 }, asOf, needs: { kind: 'talk', atLeast: 17 } };
    expect(leastOf({ ...flat, done: three })).toEqual(beyond);
    expect(leastOf({ ...flat, done: three.slice(1), needs: { kind: 'talk', atLeast: 15 } })).toEqual(
      named(5),
    );
    const table = { by: 'level', values: { 省: 4, 国家: 8 } };
    expect(leastOf({ ...flat, earns: table, needs: { kind: 'talk', atLeast: 24 } })).toEqual(named(24));
    expect(leastOf({ ...flat, earns: table, needs: { kind: 'talk', atLeast: 25 } })).toEqual(beyond);
    // By the highest of a subject each, an item is worth no more than counts of one.
    const caps = [{ atMost: 5, each: 'subject' }, highest];
    expect(leastOf({ caps, asOf, needs: { kind: 'talk', atLeast: 15 } })).toEqual(named(15));
    expect(leastOf({ caps, asOf, needs: { kind: 'talk', atLeast: 16 } })).toEqual(beyond);
  });

  it('is no more than the first so many may be worth', () => {
    const first = { atMost: { first: 3 }, per: 'year' };
    const flat = { caps: [first], earns: { flat: 5 }, asOf, done: three.slice(1) };
    expect(leastOf({ ...flat, needs: { kind: 'talk', atLeast: 15 } })).toEqual(named(5));
    expect(leastOf({ ...flat, needs: { kind: 'talk', atLeast: 16 } })).toEqual(beyond);
    expect(
      leastOf({ caps: [first], asOf, done: three.slice(1), needs: { kind: 'talk', atLeast: 90 } }),
    ).toEqual(named(79));
  });
});

describe('the least, where a limit by items crosses another', () => {
  const asOf = '2024-07-05';
  const asks = (atLeast: number, about: object = { kind: 'talk' }): object => ({
    id: 'a',
    ...about,
    atLeast,
  });
  const is = (amount: number): unknown => named(amount, 'a');

  it('is what two things bring of which each is limited', () => {
    const caps = [
      { atMost: 5, each: 'subject', per: 'year' },
      { atMost: { highest: 2, items: 'subject' }, per: 'year' },
    ];
    expect(leastOf({ caps, needs: asks(10), asOf })).toEqual(is(10));
    expect(leastOf({ caps, needs: asks(11), asOf })).toEqual(beyond);
    // A third takes the place of the lower one that counts; of what others are about the rest still counts.
    const done = [
      ['2024-02-01', 3],
      ['2024-03-01', 4],
    ] as const;
    expect(leastOf({ caps, needs: asks(9), asOf, done })).toEqual(is(5));
    expect(leastOf({ caps, needs: asks(10), asOf, done })).toEqual(is(10));
    const about = done.map(([day, hours]) => [day, hours, 'talk', `第 ${String(hours)} 门`] as const);
    expect(leastOf({ caps, needs: asks(10), asOf, done: about })).toEqual(is(3));
  });

  it('counts the first subjects, of which each is limited, as full', () => {
    const caps = [
      { atMost: 5, each: 'subject', per: 'year' },
      { atMost: { first: 2, items: 'subject' }, per: 'year' },
    ];
    const about = { caps, asOf, done: [['2024-02-01', 3, 'talk', '甲']] as const };
    expect(leastOf({ ...about, needs: asks(10) })).toEqual(is(7));
    expect(leastOf({ ...about, needs: asks(11) })).toEqual(beyond);
    // What is about nothing in particular takes a place that nothing else can share.
    const alone = { caps, asOf, done: [['2024-02-01', 3]] as const };
    expect(leastOf({ ...alone, needs: asks(8) })).toEqual(is(5));
    expect(leastOf({ ...alone, needs: asks(9) })).toEqual(beyond);
  });

  it('lays an activity a day, all about the same, where only one subject counts', () => {
    const caps = [
      { atMost: { first: 1, items: 'subject' }, per: 'year' },
      { atMost: 2, per: 'day' },
    ];
    expect(leastOf({ caps, needs: asks(6), asOf: '2024-12-29' })).toEqual(is(6));
    expect(leastOf({ caps, needs: asks(7), asOf: '2024-12-29' })).toEqual(beyond);
  });

  it('is so much as takes the place of what counts, and what fits beside it', () => {
    const caps = [
      { counts: { kind: ['talk', 'visit'] }, atMost: { highest: 1 }, per: 'month' },
      { counts: { kind: ['talk', 'visit'] }, atMost: 3, per: 'year', each: 'kind' },
    ];
    const either = asks(6, { kind: ['talk', 'visit'] });
    expect(leastOf({ caps, needs: either, asOf: '2024-11-20' })).toEqual(is(6));
    expect(leastOf({ caps, needs: either, asOf: '2024-12-02' })).toEqual(beyond);
    const lying = [['2024-12-01', 1, 'visit']] as const;
    // December counts one: 3 of it take the place of what is there, and November is over.
    expect(
      leastOf({ caps, needs: asks(3, { kind: ['talk', 'visit'] }), asOf: '2024-12-02', done: lying }),
    ).toEqual(is(3));
  });

  it('takes places for what counts for more', () => {
    const caps = [
      { counts: {}, atMost: 4, per: 'month', each: 'kind' },
      { counts: {}, atMost: { first: 2 }, per: 'year' },
    ];
    const earns = { rate: 1, of: 'classHours', itemAtMost: 3 };
    expect(leastOf({ caps, needs: asks(6, {}), earns, asOf })).toEqual(is(6));
    expect(leastOf({ caps, needs: asks(7, {}), earns, asOf })).toEqual(beyond);
    const december = { caps, earns, asOf: '2024-12-10' };
    expect(leastOf({ ...december, needs: asks(6, {}) })).toEqual(is(6));
    expect(leastOf({ ...december, needs: asks(5) })).toEqual(beyond);
  });

  it('knows on which days of the last ones only the highest counts', () => {
    const caps = [{ atMost: { highest: 1 }, per: 'day' }];
    const earns = { rate: 1, of: 'classHours', itemAtMost: 4 };
    expect(leastOf({ caps, earns, needs: asks(8), asOf: '2024-12-30' })).toEqual(is(8));
    expect(leastOf({ caps, earns, needs: asks(9), asOf: '2024-12-30' })).toEqual(beyond);
    const done = [['2024-12-30', 1]] as const;
    expect(leastOf({ caps, earns, needs: asks(8), asOf: '2024-12-30', done })).toEqual(is(8));
    expect(leastOf({ caps, earns, needs: asks(5), asOf: '2024-12-30', done })).toEqual(is(4));
  });
});

describe('the least, of what is earned in a few amounts', () => {
  const asOf = '2024-07-05';

  it('is one of their sums, also where what is finer is full', () => {
    const caps = [{ counts: { kind: 'class' }, atMost: 4, per: 'year' }];
    const more = {
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        },
        { id: 'talk', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', flat: 3 }] },
      ],
    };
    const needs = { id: 'a', kind: ['class', 'talk'], atLeast: 5 };
    expect(leastOf({ caps, more, needs, asOf, done: [['2024-02-01', 4, 'class']] })).toEqual(named(3, 'a'));
    expect(leastOf({ caps, more, needs, asOf, done: [['2024-02-01', 3, 'class']] })).toEqual(named(3, 'a'));
    expect(leastOf({ caps: [], more, needs, asOf, done: [['2024-02-01', 3, 'class']] })).toEqual(
      named(2, 'a'),
    );
  });

  it.each([
    [1, 4],
    [5, 8],
    [9, 10],
    [11, 12],
    [13, 14],
  ])('is, of 4 and 10, for %d hours %d', (hours, least) => {
    const earns = { by: 'level', values: { 省: 4, 国家: 10 } };
    expect(leastOf({ caps: [], earns, needs: { id: 'a', atLeast: hours }, asOf })).toEqual(named(least, 'a'));
  });

  it('takes the place of another with one that there is', () => {
    const earns = { by: 'level', values: { 市: { flat: 1.5 }, 省: 3, 国家: 5 }, otherwise: 2 };
    const caps = [{ atMost: { highest: 1 }, per: 'year' }];
    const done = [['2024-02-01', 1]] as const;
    // 2 is there, and 3.5 would be two of which one counts.
    expect(leastOf({ caps, earns, done, asOf, needs: { kind: 'talk', atLeast: 3.5 } })).toEqual(named(5));
    expect(leastOf({ caps, earns, done, asOf, needs: { kind: 'talk', atLeast: 5.5 } })).toEqual(beyond);
  });

  it('keeps to what one may be worth at most and at least, and to the step where it is rounded', () => {
    const round = { to: 2, mode: 'up' };
    expect(leastOf({ caps: [], earns: { flat: 3, round }, needs: { id: 'a', atLeast: 5 }, asOf })).toEqual(
      named(6, 'a'),
    );
    const earns = { flat: 3, itemAtLeast: 2 };
    expect(leastOf({ caps: [], earns, needs: { id: 'a', atLeast: 4 }, asOf })).toEqual(named(6, 'a'));
    const bands = {
      of: 'classHours',
      bands: [
        { below: 4, flat: 1 },
        { atLeast: 4, flat: 5 },
      ],
      itemAtMost: 4,
    };
    expect(leastOf({ caps: [], earns: bands, needs: { id: 'a', atLeast: 6 }, asOf })).toEqual(named(6, 'a'));
  });
});

describe('the least of a cycle that is over', () => {
  const half = { atMost: { share: '1/2', of: {} }, per: 'year' };
  const cycles = { year: { from: '2020-01-01', months: 12 }, two: { from: '2023-01-01', months: 24 } };
  const under = (atLeast: number, done: NonNullable<Case['done']>): unknown =>
    leastOf({
      caps: [half],
      more: { cycles },
      target: { cycle: 'two' },
      needs: { id: 'a', atLeast },
      done,
      asOf: '2024-12-31',
    });

  it('is earned in those years in which it lets count what a share has cut', () => {
    expect(under(20, [['2023-03-01', 10]])).toEqual(named(10, 'a'));
    expect(under(20, [['2024-03-01', 10]])).toEqual(named(10, 'a'));
    const each = [
      ['2023-03-01', 10],
      ['2024-03-01', 6],
    ] as const;
    expect(under(32, each)).toEqual(named(16, 'a'));
    expect(under(40, each)).toEqual(named(24, 'a'));
  });
});

it('is what counts, where a limit takes a part of the last activity', () => {
  const earns = { flat: 4 };
  const under = (cap: object, atLeast: number) =>
    leastOf({ caps: [cap], earns, needs: { kind: 'talk', atLeast }, asOf: '2024-06-01' });
  expect(under({ atMost: 14, per: 'year' }, 13)).toEqual(named(14));
  expect(under({ atMost: 6, per: 'month' }, 42)).toEqual(named(42));
  expect(under({ atMost: 14, per: 'year' }, 11)).toEqual(named(12));
  expect(under({ atMost: 6, per: 'month' }, 6)).toEqual(named(6));
  expect(under({ atMost: 6, per: 'month' }, 14)).toEqual(named(14));
});
