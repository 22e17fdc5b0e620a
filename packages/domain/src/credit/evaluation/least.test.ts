import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../person/activity';
import { evaluate } from './evaluate';
import { settleAll } from '../reading/facts';
import type { Missing } from './requirement';
import type { Regulation } from '../regulation/regulation-schema';
import type { TargetResult } from './target-result';
import { activity, anyone, classes, evaluated, sample, target } from '../testing/sample';

const units = (hours: number): number => Math.round(hours * 10_000);

/** Amounts come in quarters of an hour: classes and online lessons are required, talks are elective. */
const quarters = (rule: object, part: string, kinds: string | string[]): object => ({
  ...rule,
  clause: '一',
  kinds,
  earns: [{ measure: 'hours', part, rate: 1, of: 'classHours', round: { to: 0.25, mode: 'down' } }],
});
const inQuarters = (sections: object): Regulation =>
  sample({
    parts: { required: '必修', elective: '选修' },
    kinds: { class: '培训', online: '网络', talk: '讲座' },
    earn: [
      quarters({ id: 'class' }, 'required', ['class', 'online']),
      quarters({ id: 'talk' }, 'elective', 'talk'),
    ],
    ...sections,
  });
const withNeeds = (needs: object, totals: object = {}): Regulation =>
  inQuarters({ totals, targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs }] });

function targetAfter(done: readonly Activity[], regulation: Regulation): TargetResult {
  const [target] = evaluate(
    settleAll(done, regulation, anyone).entries,
    regulation,
    anyone,
    '2024-06-30',
  ).targets;
  if (!target) throw new Error('no target');
  return target;
}
const leastAfter = (hours: Readonly<Record<string, number>>, regulation: Regulation): unknown[] =>
  targetAfter(
    Object.entries(hours).map(([kind, classHours]) => activity({ kind, classHours })),
    regulation,
  ).least.map((list) => list.map(({ leaf, amount }) => [leaf, amount / 10_000]));

describe('the least that closes a gap', () => {
  const rounded = (mode: string, more: object = {}): Regulation =>
    withNeeds(
      { total: 'sum', atLeast: 20 },
      { sum: { name: '总分', measure: 'hours', add: [{}], round: { to: 1, mode }, ...more } },
    );

  it.each([
    ['down', 19.75, 0.25],
    ['down', 18, 2],
    ['up', 18.25, 1],
    ['up', 19, 0.25],
    ['half-up', 18.25, 1.25],
    ['half-up', 19.25, 0.25],
  ])('of a total that is rounded %s, at %d hours, is %d', (mode, hours, least) => {
    expect(leastAfter({ class: hours }, rounded(mode))).toEqual([[['sum', least]]]);
  });

  it('lifts a total over what it swallows first', () => {
    const owing = { add: [{}], start: -30, atLeast: 0 };
    expect(leastAfter({ class: 12 }, rounded('down', owing))).toEqual([[['sum', 38]]]);
  });

  it('looks for another way where a term is full, and names nothing where there is none', () => {
    const full = { add: [{ part: 'required', atMost: 15 }, { part: 'elective' }] };
    expect(leastAfter({ class: 40 }, rounded('down', full))).toEqual([[['sum', 5]]]);
    const limited = { add: [{ part: 'required', atMost: 15 }] };
    expect(leastAfter({ class: 40 }, rounded('down', limited))).toEqual([[]]);
  });

  describe('under limits by a number', () => {
    const limited = (caps: readonly object[], needs: object, more: object = {}, cycle = 'year'): Regulation =>
      inQuarters({
        caps: caps.map((cap) => ({ clause: '一', ...cap })),
        targets: [{ id: 't', name: '任务', clause: '一', cycle, needs }],
        ...more,
      });
    const talks = { counts: { kind: 'talk' }, atMost: 10, per: 'year' };
    const wholly = { counts: {}, atMost: 30, per: 'year' };

    it('names nothing where the limit covers all that is asked for', () => {
      const asked = { kind: 'talk', atLeast: 15 };
      expect(leastAfter({ talk: 4 }, limited([talks], asked))).toEqual([[]]);
      expect(leastAfter({ talk: 10 }, limited([talks], asked))).toEqual([[]]);
      expect(leastAfter({ talk: 12 }, limited([wholly], { atLeast: 40 }))).toEqual([[]]);
      expect(leastAfter({ talk: 4 }, limited([talks], { ...asked, atLeast: 10 }))).toEqual([[['talk', 6]]]);
    });

    it('names nothing of a total or a share that it keeps from being reached', () => {
      const half = { id: 'half', part: 'elective', atLeastShare: '1/2', of: {} };
      expect(leastAfter({ class: 30 }, limited([talks], half))).toEqual([[]]);
      expect(leastAfter({ class: 8 }, limited([talks], half))).toEqual([[['half', 8]]]);
      const totals = {
        sum: { name: '总分', measure: 'hours', add: [{ times: '1/2' }], round: { to: 1, mode: 'down' } },
      };
      const total = limited([wholly], { total: 'sum', atLeast: 20 }, { totals });
      expect(leastAfter({ class: 12 }, total)).toEqual([[]]);
    });

    it('goes on in other ways, and joins ways that do not suffice alone', () => {
      expect(leastAfter({ talk: 10, class: 5 }, limited([talks], { atLeast: 40 }))).toEqual([[['all', 25]]]);
      const classes15 = { counts: { part: 'required' }, atMost: 15, per: 'year' };
      expect(leastAfter({}, limited([talks, classes15], { atLeast: 25 }))).toEqual([[['all', 25]]]);
      expect(leastAfter({}, limited([talks, classes15], { atLeast: 26 }))).toEqual([[]]);
    });

    it('leaves another alternative as it is', () => {
      const either = {
        anyOf: [
          { kind: 'talk', atLeast: 15 },
          { id: 'all', atLeast: 20 },
        ],
      };
      expect(leastAfter({ talk: 10 }, limited([talks], either))).toEqual([[], [['all', 10]]]);
    });

    it('waits for the next period where the cycle goes on after it, or the limit is of another time', () => {
      const asked = { kind: 'talk', atLeast: 15 };
      const cycles = { year: { from: '2020-01-01', months: 12 }, two: { from: '2024-01-01', months: 24 } };
      expect(leastAfter({ talk: 10 }, limited([talks], asked, { cycles }, 'two'))).toEqual([[['talk', 5]]]);
      for (const other of [{ per: 'month' }, { each: 'organiser' }, { inForce: { to: '2024-07-31' } }])
        expect(leastAfter({ talk: 10 }, limited([{ ...talks, ...other }], asked))).toEqual([[['talk', 5]]]);
    });
  });

  it('counts what a total counts twice', () => {
    const twice = { add: [{}, { kind: 'class' }] };
    expect(leastAfter({ class: 4 }, rounded('down', twice))).toEqual([[['sum', 6]]]);
  });

  it('takes an entry to meet one condition of a total at a time', () => {
    const apart = {
      add: [
        { where: { level: 'a' }, atMost: 2 },
        { where: { level: 'b' }, atMost: 18 },
      ],
    };
    // Neither level alone fills the total, so the amount is the total's own.
    expect(leastAfter({}, rounded('down', apart))).toEqual([[['sum', 20]]]);
    expect(leastAfter({}, rounded('down', { add: [{}, { where: { level: 'b' } }] }))).toEqual([
      [['sum', 10]],
    ]);
  });

  it('weighs the ways that close different amounts together', () => {
    // A talk counts for the last two, a class for the first and the last: together they take less than an online lesson would.
    const regulation = withNeeds(
      {
        allOf: [
          { part: 'required', atLeast: 1 },
          { kind: ['online', 'talk'], id: 'far', atLeast: 1 },
          { total: 'sum', atLeast: 1 },
        ],
      },
      { sum: { name: '总分', measure: 'hours', add: [{ kind: 'class' }, { kind: 'talk' }], start: -4 } },
    );
    const [list = []] = targetAfter([], regulation).least;
    expect(list.reduce((sum, { amount }) => sum + amount, 0)).toBe(units(5));
  });

  it('is in the steps in which amounts are earned', () => {
    const prorated = inQuarters({
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 10 },
          relief: [{ clause: '一', when: { person: { probation: false } }, times: '1/3' }],
        },
      ],
    });
    const person = { id: 'p', history: [{ from: '2020-01-01', probation: false }] };
    const { least, shortfall } =
      evaluated(classes('2024-05', 1), prorated, '2024-06-30', person).targets[0] ?? {};
    expect(shortfall).toMatchObject([[{ amount: 23_334 }]]);
    expect(least).toMatchObject([[{ amount: units(2.5) }]]);
  });

  describe('of several measures in one total', () => {
    const earns = (kind: string, rate: number): object => ({
      id: kind,
      clause: '一',
      kinds: kind,
      earns: [{ measure: kind, rate, of: 'score' }],
    });
    const inTotal = (caps: readonly object[] = []): Regulation =>
      sample({
        measures: { class: '分', talk: '分' },
        // Steps of 0.0015 and of 0.001.
        earn: [earns('class', 0.15), earns('talk', 0.1)],
        totals: {
          sum: { name: '总分', measure: 'class', add: [{ measure: 'class' }, { measure: 'talk' }] },
        },
        targets: [
          { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { total: 'sum', atLeast: 29.5 } },
        ],
        caps: caps.map((cap) => ({ clause: '一', ...cap })),
      });

    it('is no more for the steps of one of them, where another one fills the rest', () => {
      const limited = inTotal([{ counts: { measure: 'talk' }, atMost: 10, per: 'year' }]);
      expect(leastAfter({}, limited)).toEqual([[['sum', 29.5]]]);
    });

    it('is in the steps of the one that is left where the other one is full', () => {
      const closed = inTotal([{ counts: { measure: 'talk' }, atMost: 0, per: 'year' }]);
      expect(leastAfter({}, closed)).toEqual([[['sum', 29.5005]]]);
    });
  });

  describe('of a total by periods', () => {
    const halves = (more: object, needs: object, asOf = '2024-10-31', ...hours: number[]): unknown => {
      const by = { name: '次数', measure: 'hours', per: 'half-year', add: [{}], ...more };
      const regulation = withNeeds(needs, { by, twice: { ...by, per: undefined, add: [{ total: 'by' }] } });
      const [first = 0, second = 0] = hours;
      const acts = [
        activity({ occurredOn: '2024-03-05', classHours: first }),
        activity({ occurredOn: '2024-09-05', classHours: second }),
      ];
      const { targets } = evaluated(acts, regulation, asOf);
      return targets[0]?.least.map((list) => list.map(({ leaf, amount }) => [leaf, amount / 10_000]));
    };
    const bands = [{ atLeast: 8, flat: 1 }];

    it('is nothing where one that is over lacked what it takes', () => {
      const both = {
        allOf: [
          { id: 'all', atLeast: 25 },
          { total: 'by', atLeast: 2 },
        ],
      };
      expect(halves({ bands }, both, '2024-10-31', 6, 6)).toEqual([[]]);
      expect(halves({ bands }, { total: 'by', above: 1 }, '2024-10-31', 6, 6)).toEqual([[]]);
      expect(halves({ atMost: 8 }, { total: 'by', atLeast: 15 }, '2024-10-31', 6, 6)).toEqual([[]]);
      expect(halves({ bands, atMost: 2 }, { total: 'twice', atLeast: 2 }, '2024-10-31', 6, 6)).toEqual([[]]);
    });

    it('is named while those that are not over may still do, the one of the day among them', () => {
      const twice = { total: 'by', atLeast: 2 };
      expect(halves({ bands }, twice, '2024-10-31', 8, 6)).toEqual([[['by', 1]]]);
      expect(halves({ bands }, twice, '2024-06-30', 6)).toEqual([[['by', 2]]]);
      expect(halves({ bands }, { total: 'by', atLeast: 1 }, '2024-10-31', 6, 6)).toEqual([[['by', 1]]]);
    });

    it('is named where nothing bounds what one of them may hold', () => {
      expect(halves({}, { total: 'by', atLeast: 20 }, '2024-10-31', 6, 6)).toEqual([[['by', 8]]]);
    });
  });

  describe('of alternatives', () => {
    const either = (one: object, other: object): unknown[] =>
      leastAfter(
        { class: 2 },
        inQuarters({
          targets: [
            {
              id: 't',
              name: '任务',
              clause: '一',
              cycle: 'year',
              needs: { allOf: [{ id: 'all', atLeast: 10 }, { anyOf: [one, other] }] },
            },
          ],
        }),
      );
    const [talks, online] = ['talk', 'online'].map((kind) => ({ kind, atLeast: 3 }));
    const part = (atLeast: number): object => ({ id: `from ${String(atLeast)}`, part: 'required', atLeast });

    it('leaves out what asks for all that another one asks, and more', () => {
      expect(either(part(2), talks ?? {})).toEqual([[['all', 8]]]);
      expect(either(talks ?? {}, part(2))).toEqual([[['all', 8]]]);
      // Eight hours that are required are eight hours of all.
      expect(either(part(10), part(2))).toEqual([[['all', 8]]]);
    });

    it('keeps what asks for something else, or of what not all counts', () => {
      expect(either(talks ?? {}, online ?? {})).toHaveLength(2);
      const conditional = { id: 'a', where: { level: 'a' }, atLeast: 3 };
      expect(either(conditional, talks ?? {})).toHaveLength(2);
    });

    it('names one of two that ask for the same', () => {
      expect(either(part(1), part(2))).toEqual([[['all', 8]]]);
    });
  });

  it('leaves out ways that are for others, of another reading, or deduct', () => {
    const regulation = inQuarters({
      measures: { hours: '学时', points: '分' },
      groups: { women: { name: '女', where: { sex: 'female' } } },
      settings: { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } },
      earn: [
        { ...quarters({ id: 'both' }, 'required', 'class'), groups: 'women' },
        { ...quarters({ id: 'other' }, 'required', 'class'), if: { x: 'b' } },
        quarters({ id: 'online' }, 'required', 'online'),
        quarters({ id: 'talk' }, 'elective', 'talk'),
      ],
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: {
            allOf: [
              { measure: 'hours', kind: ['class', 'talk'], id: 'met', atLeast: 4 },
              { measure: 'hours', part: 'required', atLeast: 4 },
            ],
          },
        },
      ],
    });
    // Classes would count for both amounts, but nobody here can earn by them.
    expect(leastAfter({}, regulation)).toEqual([
      [
        ['required', 4],
        ['met', 4],
      ],
    ]);
  });

  describe('where a part of the whole is required', () => {
    const share = (quantity: object, atLeastShare: string): object => ({
      id: 'share',
      ...quantity,
      atLeastShare,
      of: {},
    });
    const needing = (...allOf: readonly object[]): Regulation =>
      withNeeds({ allOf }, { sum: { name: '总分', measure: 'hours', add: [{}, { kind: 'class' }] } });

    it('lets what is needed anyway meet the condition of the part', () => {
      const regulation = needing({ id: 'all', atLeast: 10 }, share({ where: { level: 'a' } }, '1/4'));
      expect(leastAfter({ class: 4 }, regulation)).toEqual([
        [
          ['all', 3.5],
          ['share', 2.5],
        ],
      ]);
    });

    it('looks beyond what a moving limit lets count at first, and frees no kind that it keeps from counting', () => {
      const sections = {
        kinds: { class: '专业课', online: '网络课' },
        earn: ['class', 'online'].map((kind) => ({
          id: kind,
          clause: '一',
          kinds: kind,
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        })),
        caps: [{ clause: '二', counts: { kind: 'online' }, atMost: { share: '1/2', of: {} }, per: 'year' }],
      };
      const needs = {
        allOf: [
          { id: 'all', atLeast: 90 },
          { id: 'share', kind: 'class', atLeastShare: '3/5', of: {} },
        ],
      };
      const least = (...hours: readonly [kind: string, classHours: number][]): unknown => {
        const acts = hours.map(([kind, classHours]) => activity({ kind, classHours }));
        const [result] = evaluated(acts, target({ needs }, sections), '2024-06-30').targets;
        return (
          result?.met || result?.least.map((one) => one.map(({ leaf, amount }) => [leaf, amount / 10_000]))
        );
      };
      // Each hour in class lets one of the thirty count that were online too many.
      expect(least(['class', 20], ['online', 50])).toEqual([[['share', 55]]]);
      expect(least(['class', 75], ['online', 50])).toBe(true);
      expect(least(['class', 74.5], ['online', 50])).not.toBe(true);
      expect(least(['class', 50], ['online', 75])).toEqual([[['share', 62.5]]]);
      expect(least(['class', 112.5], ['online', 75])).toBe(true);
    });

    it('adds to the part what cannot count for both', () => {
      const regulation = needing({ kind: 'online', atLeast: 6 }, share({ part: 'elective' }, '1/3'));
      expect(leastAfter({}, regulation)).toEqual([
        [
          ['online', 6],
          ['share', 3],
        ],
      ]);
    });

    it('does not move what a total would then count for less, and takes back what is no longer needed', () => {
      const some = needing({ total: 'sum', atLeast: 10 }, share({ kind: 'online' }, '1/2'));
      expect(leastAfter({}, some)).toEqual([
        [
          ['sum', 2.5],
          ['share', 5],
        ],
      ]);
      const most = needing({ total: 'sum', atLeast: 10 }, share({ kind: 'online' }, '9/10'));
      expect(leastAfter({}, most)).toEqual([[['share', 10]]]);
    });
  });

  describe('where limits are a share', () => {
    const limitedOnline = { clause: '一', counts: { kind: 'online' }, atMost: { share: '1/2', of: {} } };
    const needing = (needs: object): Regulation =>
      inQuarters({
        caps: [{ ...limitedOnline, per: 'year' }],
        targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs }],
      });

    it('counts on what comes back when the whole grows', () => {
      expect(leastAfter({ online: 30, class: 10 }, needing({ atLeast: 40 }))).toEqual([[['all', 10]]]);
      // All that was cut has come back before the amount is reached.
      expect(leastAfter({ online: 30, class: 10 }, needing({ atLeast: 70 }))).toEqual([[['all', 30]]]);
      expect(leastAfter({ online: 10, class: 20 }, needing({ atLeast: 40 }))).toEqual([[['all', 10]]]);
    });

    it('looks for a way that is not limited', () => {
      const either = { kind: ['online', 'talk'], id: 'either', atLeast: 30 };
      expect(leastAfter({ online: 30, class: 10 }, needing(either))).toEqual([[['either', 10]]]);
      // Nothing else counts for it, so what is named is what must count.
      expect(leastAfter({ online: 30, class: 10 }, needing({ kind: 'online', atLeast: 30 }))).toEqual([
        [['online', 20]],
      ]);
    });
  });

  describe('where two shares are open', () => {
    const share = (id: string, kind: string, atLeastShare: string): object => ({
      id,
      kind,
      atLeastShare,
      of: {},
    });
    const both = (one: string, two: string): Regulation =>
      withNeeds({ allOf: [share('a', 'online', one), share('b', 'class', two)] });

    it('says the same of a share as what it is short of', () => {
      const needs = { id: '占比', part: 'required', atLeastShare: '7/10', of: {} };
      const done = [
        activity({ id: 'a', kind: 'class', classHours: 40 }),
        activity({ id: 'b', kind: 'talk', classHours: 25 }),
      ];
      const { alternatives, shortfall, least } = targetAfter(done, withNeeds(needs));
      // Exactly 18⅓, in quarters of an hour.
      expect([alternatives[0]?.[0]?.short, shortfall[0]?.[0]?.amount, least[0]?.[0]?.amount]).toEqual(
        [18.5, 18.5, 18.5].map(units),
      );
    });

    it('fills each of the whole that the other has made larger', () => {
      expect(leastAfter({ talk: 36 }, both('1/10', '3/10'))).toEqual([
        [
          ['a', 6],
          ['b', 18],
        ],
      ]);
      expect(leastAfter({ online: 10 }, both('1/2', '1/2'))).toEqual([[['b', 10]]]);
    });

    it('names nothing where they exclude each other', () => {
      expect(leastAfter({ talk: 10 }, both('1/2', '1/2'))).toEqual([[]]);
      expect(leastAfter({ talk: 10 }, both('2/3', '1/2'))).toEqual([[]]);
    });
  });

  const edge = fc.integer({ min: 1, max: 120 }).map((quarter) => quarter / 4);
  const choice = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
  const counted = { part: choice('required', 'elective'), kind: choice('class', 'online', 'talk') };
  const term = fc.oneof(
    fc.record({ ...counted, where: choice({ level: 'a' }, { level: 'b' }) }, { requiredKeys: [] }),
    fc.record({ ...counted, atMost: edge }, { requiredKeys: [] }),
  );
  const total = fc.record(
    {
      name: fc.constant('总分'),
      measure: fc.constant('hours'),
      add: fc.array(term, { minLength: 1, maxLength: 3 }),
      start: fc.integer({ min: -20, max: 5 }),
      round: fc.record({ to: choice(0.5, 1, 2), mode: choice('down', 'up', 'half-up') }),
      atLeast: fc.constant(0),
    },
    { requiredKeys: ['name', 'measure', 'add'] },
  );
  const limited = (quantity: object): fc.Arbitrary<object> =>
    fc.tuple(choice('atLeast', 'above'), edge).map(([limit, value]) => ({ ...quantity, [limit]: value }));
  const amounts = [
    limited({ id: 'all' }),
    limited({ part: 'required' }),
    limited({ kind: 'online' }),
    limited({ kind: ['online', 'talk'], id: 'far' }),
  ];
  const some = fc.subarray(amounts, { maxLength: 3 }).chain((chosen) => fc.tuple(...chosen));
  const shareOf = (id: string, part: object, atLeastShare: string): object => ({
    id,
    ...part,
    atLeastShare,
    of: {},
  });
  const sharesOf = (one: object, two: object): fc.Arbitrary<object[]> =>
    fc
      .tuple(choice('1/10', '1/4', '1/3'), choice('1/5', '3/10', '1/2'))
      .map(([a, b]) => [shareOf('share', one, a), shareOf('other', two, b)]);
  // Totals that pull in opposite directions, alone or with shares, are not weighed against each other.
  const other = fc.oneof(
    limited({ total: 'sum' }).map((one) => [one]),
    choice('1/2', '2/3').map((share) => [shareOf('share', { part: 'required' }, share)]),
    sharesOf({ part: 'required' }, { part: 'elective' }),
    sharesOf({ kind: 'online' }, { kind: 'talk' }),
    sharesOf({ kind: 'online' }, { part: 'required' }),
  );
  const needs = fc.tuple(some, other).map(([chosen, more]) => [...chosen, ...more]);
  const done = fc.array(
    fc.record({
      kind: choice('class', 'online', 'talk'),
      classHours: edge,
      level: choice('a', 'b', 'c'),
    }),
    { maxLength: 4 },
  );

  /** All ways of doing what is named: any kind and level for each item. */
  function* doing(items: readonly Missing[]): Generator<Activity[]> {
    const [item, ...others] = items;
    if (!item) {
      yield [];
      return;
    }
    for (const kind of ['class', 'online', 'talk'])
      for (const level of ['a', 'b', 'c'])
        for (const more of doing(others))
          yield [activity({ kind, level, classHours: item.amount / 10_000 }), ...more];
  }

  it('closes it when done, and nothing less of it does, under limits that are a share', () => {
    const cap = fc.record({
      clause: fc.constant('一'),
      counts: choice({ kind: 'online' }, { kind: 'talk' }, { kind: ['online', 'talk'] }),
      atMost: fc.record({
        share: choice('1/4', '1/3', '1/2'),
        of: choice({}, { part: 'required' }, { kind: 'class' }),
      }),
      per: fc.constant('year'),
    });
    const needed = choice<object>(
      { id: 'all' },
      { part: 'required' },
      { kind: ['class', 'talk'], id: 'far' },
    );
    fc.assert(
      fc.property(
        fc.array(cap, { minLength: 1, maxLength: 2 }),
        needed,
        edge,
        done,
        (caps, quantity, more, list) => {
          const before = list.map((facts) => activity(facts));
          const regulation = (atLeast: number): Regulation =>
            inQuarters({
              caps,
              targets: [
                { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { ...quantity, atLeast } },
              ],
            });
          const [[leaf] = []] = targetAfter(before, regulation(1)).alternatives;
          const asked = regulation(Math.floor((leaf?.earned ?? 0) / 10_000) + more);
          const closes = (amount: number): boolean =>
            [...doing([{ leaf: '', measure: '', amount }])].some(
              (added) => targetAfter([...before, ...added], asked).met,
            );
          const { least, met } = targetAfter(before, asked);
          if (met) return;
          const [[item, ...others] = []] = least;
          expect(others).toEqual([]);
          expect(closes(item?.amount ?? 0)).toBe(true);
          expect(closes((item?.amount ?? 0) - 2500)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  /** Whether much of any one kind and level would do for the total. */
  const canLift = (before: readonly Activity[], regulation: Regulation): boolean =>
    [...doing([{ leaf: '', measure: '', amount: units(1000) }])].some(
      (more) =>
        targetAfter([...before, ...more], regulation).alternatives[0]?.find(({ leaf }) => leaf === 'sum')
          ?.met !== false,
    );

  it('closes it when done, and nothing less of it does', () => {
    fc.assert(
      fc.property(needs, total, done, (allOf, sum, list) => {
        // Which of several ways should fill a term that is limited besides is a choice that is not searched.
        fc.pre(allOf.length === 1 || sum.add.every((one) => !('atMost' in one)));
        const regulation = withNeeds({ allOf }, { sum });
        const before = list.map((facts) => activity(facts));
        const closes = (items: readonly Missing[]): boolean =>
          [...doing(items)].some((more) => targetAfter([...before, ...more], regulation).met);
        const { least, met } = targetAfter(before, regulation);
        if (met) return;
        const [items = []] = least;
        fc.pre(items.length > 0 && items.length <= 3);
        // Otherwise what is named is an amount of the total itself, however it may come about.
        fc.pre(canLift(before, regulation));
        expect(closes(items)).toBe(true);
        items.forEach((item, index) => {
          const less = items.map((other, at) =>
            at === index ? { ...item, amount: item.amount - 2500 } : other,
          );
          expect(closes(less.filter(({ amount }) => amount > 0))).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('limits that are used up', () => {
  const rules = (cap: object, more: object = {}): Regulation =>
    target(
      { needs: { kind: 'talk', atLeast: 25 } },
      {
        earn: ['class', 'talk'].map((kind) => ({
          id: kind,
          clause: '一',
          kinds: kind,
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        })),
        caps: [{ clause: '二', counts: { kind: 'talk' }, ...cap }],
        ...more,
      },
    );
  const talks = (...days: readonly string[]): Activity[] =>
    days.map((occurredOn) => activity({ kind: 'talk', occurredOn, classHours: 10 }));
  const told = (regulation: Regulation, acts: readonly Activity[], asOf: string): unknown => {
    const [result] = evaluated(acts, regulation, asOf).targets;
    return [result?.least, result?.full?.map(({ kinds, until }) => [...kinds, ...(until ? [until] : [])])];
  };

  it('are those of the first so many activities as well, beyond which nothing counts', () => {
    const two = rules({ atMost: { first: 2 }, per: 'year' });
    expect(told(two, talks('2024-02-01', '2024-03-01'), '2024-06-30')).toEqual([[[]], [['talk']]]);
    expect(told(two, talks('2024-02-01'), '2024-06-30')).toMatchObject([[[{ amount: 150_000 }]], undefined]);
    // Of one work more may count, and of the highest a higher one.
    const works = rules({ atMost: { first: 2, items: 'subject' }, per: 'year' });
    expect(told(works, talks('2024-02-01', '2024-03-01'), '2024-06-30')).toMatchObject([
      [[{ amount: 50_000 }]],
      undefined,
    ]);
  });

  it('are those of a quarter, until it is over', () => {
    const quarterly = rules({ atMost: 6, per: 'quarter' });
    const last = talks('2024-02-01', '2024-11-01');
    expect(told(quarterly, last, '2024-11-30')).toEqual([[[]], [['talk']]]);
    // The three others hold 18.
    expect(told(quarterly, talks('2024-02-01'), '2024-02-28')).toEqual([[[]], [['talk', '2024-03-31']]]);
  });
});

describe('fixed amounts of several kinds', () => {
  const KINDS = ['class', 'online', 'talk'];
  const fixed = (amounts: readonly number[], atLeast: number, firsts?: readonly number[]): Regulation =>
    target(
      { needs: { atLeast } },
      {
        kinds: { class: '培训', online: '网络', talk: '讲座' },
        earn: amounts.map((flat, index) => ({
          id: KINDS[index],
          clause: '一',
          kinds: KINDS[index],
          earns: [{ measure: 'hours', flat }],
        })),
        ...(firsts && {
          caps: firsts.map((first, index) => ({
            clause: '二',
            counts: { kind: KINDS[index] },
            atMost: { first },
            per: 'year',
          })),
        }),
      },
    );
  it.each<[number[], number, number, number[]?]>([
    [[15, 8], 22, 23],
    [[4, 1.5], 5, 5.5],
    [[10, 7, 4], 19, 19],
    [[60, 15, 8], 61, 61, [1, 3, 4]],
    [[60, 15, 8], 63, 68, [1, 1, 4]],
  ])('%j: %d takes %d', (amounts, needed, least, firsts) => {
    const [result] = evaluated([], fixed(amounts, needed, firsts), '2024-06-30').targets;
    const [missing = []] = result?.least ?? [];
    expect(missing.map(({ amount }) => amount)).toEqual([units(least)]);
  });
});
