import { describe, expect, it } from 'vitest';
import type { Activity } from '../person/activity';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import type { TargetResult } from './target-result';
import { activity, classes, evaluated, sample } from '../testing/sample';

const units = (hours: number): number => hours * 10_000;

/** A regulation in two parts and two measures, whose one target has these needs. */
function result(needs: object, done: Readonly<Record<string, number>>, more: object = {}): TargetResult {
  const regulation = sample({
    measures: { hours: '学时', days: '天' },
    parts: { required: '必修', elective: '选修' },
    kinds: { class: '培训', online: '网络必修', talk: '讲座', day: '脱产' },
    groups: { women: { name: '女', where: { sex: 'female' } } },
    earn: [
      {
        id: 'class',
        clause: '一',
        kinds: ['class', 'online'],
        earns: [{ measure: 'hours', part: 'required', rate: 1, of: 'classHours' }],
      },
      {
        id: 'talk',
        clause: '一',
        kinds: 'talk',
        earns: [{ measure: 'hours', part: 'elective', rate: 1, of: 'classHours' }],
      },
      {
        id: 'day',
        clause: '一',
        kinds: 'day',
        earns: [{ measure: 'days', part: 'required', rate: 1, of: 'classHours' }],
      },
    ],
    targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs }],
    ...more,
  });
  const activities: Activity[] = Object.entries(done).map(([kind, classHours]) =>
    activity({ kind, classHours, occurredOn: '2024-05-01', organiser: kind, level: kind }),
  );
  const [target] = evaluated(activities, regulation).targets;
  if (!target) throw new Error('no target');
  return target;
}

describe('requirements', () => {
  it('are met by one of several alternatives, named by it', () => {
    const needs = {
      anyOf: [
        { measure: 'days', atLeast: 12 },
        { measure: 'hours', atLeast: 90 },
      ],
    };
    expect(result(needs, { day: 12, class: 84 })).toMatchObject({
      met: true,
      metBy: ['days'],
      shortfall: [],
      least: [],
    });
    expect(result(needs, { day: 12, class: 96 }).metBy).toEqual(['days', 'hours']);
    expect(result(needs, { day: 11, class: 88 })).toMatchObject({
      met: false,
      shortfall: [[{ leaf: 'days', amount: units(1) }], [{ leaf: 'hours', amount: units(2) }]],
    });
  });

  it('are met by all amounts of an alternative, and are named by what tells alternatives apart', () => {
    const needs = {
      allOf: [
        { measure: 'hours', part: 'required', atLeast: 5 },
        {
          anyOf: [
            { measure: 'days', atLeast: 2 },
            { measure: 'hours', id: 'total', atLeast: 20 },
          ],
        },
      ],
    };
    expect(result(needs, { class: 5, day: 2 })).toMatchObject({ met: true, metBy: ['days'] });
    expect(result(needs, { class: 20, day: 2 }).metBy).toEqual(['days', 'total']);
    expect(result(needs, { talk: 20 }).alternatives.map((leaves) => leaves.map((leaf) => leaf.met))).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  it('know the least that closes them: what counts for several amounts closes them together', () => {
    const needs = {
      allOf: [
        { measure: 'hours', part: 'required', atLeast: 56 },
        { measure: 'hours', id: 'total', name: '总学时', atLeast: 84 },
        { measure: 'hours', kind: 'online', atLeast: 10 },
      ],
    };
    const { least } = result(needs, { class: 10 });
    expect(least).toEqual([
      [
        { leaf: 'online', measure: 'hours', amount: units(10) },
        { leaf: 'required', measure: 'hours', amount: units(36) },
        { leaf: 'total', measure: 'hours', amount: units(28) },
      ],
    ]);
  });

  it('say what the same amount must also count for', () => {
    const needs = {
      allOf: [
        { measure: 'hours', part: 'required', atLeast: 10 },
        { measure: 'hours', kind: ['online', 'talk'], id: 'far', name: '远程', atLeast: 10 },
      ],
    };
    expect(result(needs, {}).least).toEqual([
      [{ leaf: 'required', measure: 'hours', amount: units(10), with: ['far'] }],
    ]);
  });

  it('hold shares exactly, and the least keeps them', () => {
    const needs = {
      allOf: [
        { measure: 'hours', id: 'total', atLeast: 90 },
        { measure: 'hours', part: 'required', atLeastShare: '2/3', of: { measure: 'hours' } },
      ],
    };
    const met = result(needs, { class: 60, talk: 30 });
    expect([met.met, met.metBy, met.alternatives[0]?.[1]?.share]).toEqual([
      true,
      ['total', 'required'],
      { of: '2/3', whole: '90', needed: '2/3' },
    ]);
    const short = result(needs, { class: 55, talk: 40 });
    expect(short.alternatives[0]?.[1]).toMatchObject({
      met: false,
      short: units(25),
      share: { of: '11/19', whole: '95', needed: '2/3' },
    });
    expect(short.least).toEqual([[{ leaf: 'required', measure: 'hours', amount: units(25) }]]);
    expect(result(needs, { class: 40, talk: 40 }).least).toEqual([
      [{ leaf: 'required', measure: 'hours', amount: units(40) }],
    ]);
    expect(result(needs, { class: 50, talk: 30 }).least).toEqual([
      [{ leaf: 'required', measure: 'hours', amount: units(10) }],
    ]);
    expect(result(needs, {}).alternatives[0]?.[1]).toMatchObject({ met: false, share: { of: '0' } });
  });

  it('split what is added anyway between a share and the rest', () => {
    const needs = {
      allOf: [
        { measure: 'hours', id: 'total', atLeast: 100 },
        { measure: 'hours', kind: 'talk', atLeastShare: '1/5', of: { measure: 'hours' } },
      ],
    };
    expect(result(needs, { class: 60, talk: 15 }).least).toEqual([
      [
        { leaf: 'total', measure: 'hours', amount: units(20) },
        { leaf: 'talk', measure: 'hours', amount: units(5) },
      ],
    ]);
  });

  it('may be an upper limit, which nothing can close', () => {
    expect(result({ measure: 'hours', kind: 'talk', atMost: 10 }, { talk: 12 })).toMatchObject({
      met: false,
      shortfall: [[]],
      least: [[]],
    });
    expect(result({ measure: 'hours', kind: 'talk', atMost: 12 }, { talk: 12 }).met).toBe(true);
  });

  it('may ask for the largest share of one organiser, or for entries by their facts', () => {
    expect(
      result({ measure: 'hours', largest: 'organiser', atLeast: 20 }, { class: 20, online: 15 }),
    ).toMatchObject({ met: true, metBy: ['organiser'] });
    expect(result({ measure: 'hours', largest: 'organiser', atLeast: 20 }, {}).met).toBe(false);
    expect(
      result(
        { measure: 'hours', where: { level: ['class', 'talk'] }, atLeast: 25 },
        { class: 20, online: 15, talk: 5 },
      ).met,
    ).toBe(true);
    expect(
      result({ measure: 'hours', rule: 'class', atLeast: 35 }, { class: 20, online: 15, talk: 5 }).met,
    ).toBe(true);
  });

  it('read totals: a start, factors, limits, rounding, other totals', () => {
    const totals = {
      basic: {
        name: '基础分',
        measure: 'hours',
        start: 60,
        add: [{ part: 'required', times: -2 }],
        atLeast: 0,
      },
      bonus: {
        name: '加分',
        measure: 'hours',
        add: [{ part: 'elective', times: '1/3', atMost: 8 }],
        round: { to: 1, mode: 'down' },
      },
      all: {
        name: '总分',
        measure: 'hours',
        add: [{ total: 'basic' }, { total: 'bonus' }, { kind: 'class', groups: 'women' }],
        atMost: 65,
      },
    };
    const of = (total: string, done: Readonly<Record<string, number>>): number | undefined =>
      result({ total, atLeast: 100 }, done, { totals }).alternatives[0]?.[0]?.earned;
    expect([of('basic', { class: 10 }), of('basic', { class: 40 })]).toEqual([units(40), 0]);
    expect([of('bonus', { talk: 11 }), of('bonus', { talk: 99 })]).toEqual([units(3), units(8)]);
    expect([of('all', { class: 5, talk: 9 }), of('all', { talk: 99 })]).toEqual([units(53), units(65)]);
    const short = result(
      {
        allOf: [
          { total: 'all', atLeast: 65 },
          { total: 'basic', id: 'basic-again', atLeast: 10 },
        ],
      },
      { class: 30 },
      { totals },
    );
    // What was deducted from the start is not to be had back.
    expect(short.least).toEqual([[]]);
    // Above its own limit nothing lifts it.
    expect(result({ total: 'all', atLeast: 100 }, { class: 30 }, { totals }).least).toEqual([[]]);
  });

  it('read totals in points, by bands over the sum', () => {
    const regulation = sample({
      totals: {
        points: {
          name: '折分',
          measure: 'hours',
          cycle: 'year',
          add: [{}],
          bands: [
            { atLeast: 50, flat: 10 },
            { atLeast: 40, below: 50, flat: 8 },
            { below: 40, above: 10, flat: 0.5 },
          ],
        },
      },
      targets: [
        { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { total: 'points', atLeast: 10 } },
      ],
    });
    const points = (hours: number): unknown[] => {
      const { totals, targets } = evaluated(classes('2024-05', hours), regulation, '2024-12-01');
      return [totals[0]?.amount, targets[0]?.state, targets[0]?.least];
    };
    expect(points(50)).toEqual([100_000, 'met', []]);
    // How many hours would do is more than one step of a band says, so what is missing is named in points.
    expect(points(49.99)).toEqual([80_000, 'open', [[{ leaf: 'points', measure: 'hours', amount: 20_000 }]]]);
    expect([points(39.99)[0], points(10)[0]]).toEqual([5000, 0]);
  });

  it('let a term of a total count only where something else is reached', () => {
    const regulation = sample({
      measures: { hours: '学时', faults: '次' },
      kinds: { class: '培训', talk: '讲座', fraud: '代学' },
      earn: [
        {
          id: 'hours',
          clause: '一',
          kinds: ['class', 'talk'],
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        },
        { id: 'fraud', clause: '二', kinds: 'fraud', earns: [{ measure: 'faults', flat: 1 }] },
      ],
      totals: {
        extra: { name: '满勤加分', measure: 'hours', start: 5, add: [] },
        sum: {
          name: '年度学时',
          measure: 'hours',
          cycle: 'year',
          add: [
            { kind: 'class' },
            { kind: 'talk', when: { measure: 'hours', kind: 'class', atLeast: 20 } },
            { total: 'extra', when: { measure: 'hours', kind: 'class', atLeast: 30 } },
            { measure: 'hours', times: -1, when: { measure: 'faults', atLeast: 1 } },
          ],
          atLeast: 0,
        },
      },
    });
    const sum = (class_: number, talk: number, fraud = 0): number | undefined =>
      evaluated(
        [
          ...classes('2024-05', class_),
          activity({ kind: 'talk', classHours: talk }),
          ...Array.from({ length: fraud }, () => activity({ kind: 'fraud' })),
        ],
        regulation,
      ).totals[0]?.amount;
    expect([sum(19, 10), sum(20, 10), sum(30, 0), sum(30, 10, 1)]).toEqual([
      190_000, 300_000, 350_000, 50_000,
    ]);
  });

  it('leave terms of another reading out of totals', () => {
    const settings = { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } };
    const totals = {
      sum: {
        name: '分',
        measure: 'hours',
        add: [{ part: 'required' }, { part: 'elective', if: { x: 'b' } }],
      },
    };
    const { alternatives } = result(
      { total: 'sum', atLeast: 9 },
      { class: 5, talk: 5 },
      { settings, totals },
    );
    expect(alternatives[0]?.[0]?.earned).toBe(units(5));
  });

  it('are reported only under the reading for which they are meant', () => {
    const settings = { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } };
    const totals = {
      all: { name: '都报', measure: 'hours', add: [{}], cycle: 'year', if: { x: 'a' } },
      other: { name: '乙才报', measure: 'hours', add: [{ total: 'all' }], cycle: 'year', if: { x: 'b' } },
    };
    const reported = (chosen: string): string[] =>
      evaluated(
        classes('2024-05', 1),
        sample({ settings: { x: { ...settings.x, chosen } }, totals }),
      ).totals.map(({ total, amount }) => `${total} ${amount}`);
    expect(reported('a')).toEqual(['all 10000']);
    // What it counts for others does not depend on it.
    expect(reported('b')).toEqual(['other 10000']);
  });

  it('leave out what is for others or for another reading', () => {
    const settings = { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } };
    const needs = {
      allOf: [
        { measure: 'hours', atLeast: 5 },
        { measure: 'days', atLeast: 5, if: { x: 'b' } },
        { measure: 'days', id: 'w', atLeast: 5, groups: 'women' },
        { anyOf: [{ measure: 'days', id: 'v', atLeast: 5, if: { x: 'b' } }] },
      ],
    };
    expect(result(needs, { class: 5 }, { settings })).toMatchObject({ met: true, metBy: ['hours'] });
    // What is not there meets nothing: of two ways one is left.
    const either = {
      anyOf: [
        { measure: 'hours', atLeast: 5 },
        { measure: 'days', atLeast: 1, groups: 'women' },
      ],
    };
    expect(result(either, { class: 4 })).toMatchObject({ met: false });
    expect(result(either, { class: 5 })).toMatchObject({ met: true, metBy: ['hours'] });
  });

  it('are not met by less than nothing', () => {
    const totals = { net: { name: '净', measure: 'hours', add: [{ measure: 'hours', times: -1 }] } };
    expect(result({ total: 'net', atLeast: 0 }, { class: 6 }, { totals })).toMatchObject({
      met: false,
      alternatives: [[{ earned: units(-6), short: units(6) }]],
    });
    expect(result({ total: 'net', atLeast: -10 }, { class: 6 }, { totals })).toMatchObject({ met: true });
  });
});

describe('an edge that is itself not enough', () => {
  it('must be passed by at least a step, which is what is missing', () => {
    const needs = { measure: 'hours', above: 30 };
    const at = result(needs, { class: 30 });
    expect([at.met, at.alternatives, at.shortfall]).toMatchObject([
      false,
      [[{ limit: 'above', required: units(30), earned: units(30), met: false, short: 100 }]],
      [[{ amount: 100 }]],
    ]);
    expect(result(needs, { class: 30.01 })).toMatchObject({ met: true, metBy: ['hours'], shortfall: [] });
    expect(result(needs, { class: 12 }).alternatives[0]?.[0]?.short).toBe(180_100);
  });

  it('bounds from above without being reached', () => {
    const needs = { measure: 'hours', kind: 'talk', below: 12 };
    expect(result(needs, { talk: 12 })).toMatchObject({
      met: false,
      alternatives: [[{ limit: 'below', met: false, short: 0 }]],
      least: [[]],
    });
    expect(result(needs, { talk: 11.99 }).met).toBe(true);
  });

  it('of a total is passed by the step of the total', () => {
    const totals = {
      points: {
        name: '分',
        measure: 'hours',
        add: [{ times: '1/10' }],
        round: { to: 1, mode: 'down' },
      },
    };
    const short = result({ total: 'points', above: 3 }, { class: 35 }, { totals });
    expect(short.shortfall).toEqual([[{ leaf: 'points', measure: 'hours', amount: units(1) }]]);
  });
});

describe('a total of the periods of a cycle', () => {
  const regulation = sample({
    cycles: {
      school: { from: '2023-09-01', months: 12 },
      half: { from: '2023-09-01', months: 6 },
      spring: { from: '2024-03-01', months: 3, every: 12 },
    },
    totals: {
      halves: {
        name: '达标的半学年',
        measure: 'hours',
        cycle: 'school',
        per: 'half',
        add: [{}],
        bands: [{ atLeast: 24, flat: 1 }],
      },
      spring: { name: '春季', measure: 'hours', cycle: 'school', per: 'spring', add: [{}], atMost: 20 },
    },
    targets: [
      { id: 't', name: '任务', clause: '一', cycle: 'school', needs: { total: 'halves', atLeast: 2 } },
    ],
  });
  const result = (first: number): ReturnType<typeof evaluated> =>
    evaluated(
      [
        activity({ occurredOn: '2024-02-29', classHours: first }),
        activity({ occurredOn: '2024-03-01', classHours: 23 }),
        activity({ occurredOn: '2024-08-31', classHours: 1 }),
      ],
      regulation,
      '2024-08-31',
    );

  it('reckons each by what lies in it, and leaves out what lies in none', () => {
    const { totals, targets } = result(24);
    expect(totals.map(({ total, amount }) => [total, amount])).toEqual([
      ['halves', units(2)],
      ['spring', units(20)],
    ]);
    expect(targets[0]).toMatchObject({ state: 'met' });
    expect(targets[0]?.workings?.[0]?.periods).toEqual([
      { period: '2023-09-01–2024-02-29', result: '1' },
      { period: '2024-03-01–2024-08-31', result: '1' },
    ]);
    expect(result(23.75).targets[0]).toMatchObject({ state: 'missed' });
  });
});

describe('a total of every quarter', () => {
  const lack = (sections: object = {}): Regulation =>
    sample({
      totals: {
        lack: {
          name: '扣分',
          measure: 'hours',
          cycle: 'year',
          per: 'quarter',
          everyPeriod: true,
          add: [{}],
          bands: [{ below: 8, flat: -5 }],
        },
      },
      ...sections,
    });
  const acts = [
    activity({ occurredOn: '2024-02-01', classHours: 8 }),
    activity({ occurredOn: '2024-08-01', classHours: 3 }),
  ];
  const came = (
    asOf: string,
    history: readonly object[] = [{ from: '2024-01-01' }],
    regulation = lack(),
  ): unknown =>
    evaluated(acts, regulation, asOf, { id: 'p', history } as CreditPerson).totals.map(
      ({ amount }) => amount / 10_000,
    );

  it('holds those that have begun though nothing lies in them', () => {
    expect([came('2024-03-31'), came('2024-04-01'), came('2024-08-01'), came('2024-12-31')]).toEqual([
      [0],
      [-5],
      [-10],
      [-15],
    ]);
    const { totals } = evaluated(acts, lack(), '2024-12-31', { id: 'p', history: [{ from: '2024-01-01' }] });
    expect(totals[0]?.workings[0]?.periods?.map(({ result }) => result)).toEqual(['0', '-5', '-5', '-5']);
  });

  it('and in which the person was in service throughout, under the regulation', () => {
    expect(came('2024-12-31', [{ from: '2024-01-01', to: '2024-11-30' }])).toEqual([-10]);
    expect(came('2024-12-31', [{ from: '2024-04-02' }])).toEqual([-10]);
    const late = lack({ effective: { from: '2024-07-01' } });
    expect(came('2024-12-31', [{ from: '2024-01-01' }], late)).toEqual([-10]);
  });
});

describe('a total of days, weeks or months', () => {
  const regulation = sample({
    totals: {
      days: {
        name: '折算天数',
        measure: 'hours',
        cycle: 'year',
        per: 'day',
        add: [{}],
        bands: [
          { atLeast: 3, below: 6, flat: 0.5 },
          { atLeast: 6, flat: 1 },
        ],
      },
      months: {
        name: '达标月数',
        measure: 'hours',
        cycle: 'year',
        per: 'month',
        add: [{}],
        bands: [{ atLeast: 8, flat: 1 }],
      },
      weeks: { name: '每周最多 5', measure: 'hours', cycle: 'year', per: 'week', add: [{}], atMost: 5 },
    },
    carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 1, to: { measure: 'hours' } }],
    targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { total: 'months', atLeast: 2 } }],
  });
  const on = (occurredOn: string, classHours: number): Activity => activity({ occurredOn, classHours });

  it('reckons each by what lies in it, across activities, and adds them up', () => {
    const { totals, targets } = evaluated(
      [
        on('2023-12-31', 9),
        on('2024-01-01', 3),
        on('2024-01-01', 3),
        on('2024-01-02', 3.5),
        on('2024-01-03', 2.5),
        on('2024-02-29', 7.75),
      ],
      regulation,
      '2024-12-01',
    );
    const amounts = totals.filter(({ cycle }) => cycle.label === '2024').map(({ amount }) => amount);
    // Six hours on New Year's day make a whole day; what was carried into the year lies on no day.
    expect(amounts).toEqual([units(2.5), units(1), units(10)]);
    // How a month is to be filled is not said by an amount of hours.
    expect(targets[0]?.least).toEqual([[{ leaf: 'months', measure: 'hours', amount: units(1) }]]);
  });
});

describe('entries by their numbers', () => {
  it('are told apart by a number that the activity had', () => {
    const regulation = sample({
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { where: { spanDays: { atLeast: 5 } }, atLeast: 30 },
        },
      ],
    });
    const long = { from: '2024-05-06', to: '2024-05-10', classHours: 30 };
    const short = { from: '2024-06-06', to: '2024-06-08', classHours: 30 };
    const met = (facts: object): unknown => evaluated([activity(facts)], regulation).targets[0]?.met;
    expect([met(long), met(short)]).toEqual([true, false]);
  });
});
