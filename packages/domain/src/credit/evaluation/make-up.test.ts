import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../person/activity';
import type { Evaluation } from './evaluate';
import { formatAmount } from '../value/measure';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { activity, classes, evaluated, sample, target } from '../testing/sample';

const units = (hours: number): number => hours * 10_000;
/** Classes and talks, each by a rule of its own. */
const earn = ['class', 'talk'].map((kind) => ({
  id: kind,
  clause: '一',
  kinds: kind,
  earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
}));

describe('making up', () => {
  const after = { clause: '三', after: 'cycle', months: 3 };

  it('gives months after the cycle for what was lacking, and does not count it twice', () => {
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 6), ...classes('2024-05', 9)];
    const { earlier, targets } = evaluated(acts, target({ makeUp: after }), '2024-12-31');
    const makeUp = earlier.find((result) => result.makesUp);
    expect(makeUp).toMatchObject({
      state: 'met',
      cycle: { from: '2024-01-01', to: '2024-03-31' },
      makesUp: { clause: '三', after: 'cycle', cycle: { label: '2023' } },
    });
    expect(makeUp?.alternatives[0]?.[0]).toMatchObject({ required: units(4), earned: units(4) });
    expect(targets[0]?.alternatives[0]?.[0]).toMatchObject({ earned: units(11), met: false });
    const again = evaluated(acts, target({ makeUp: { ...after, countsAgain: true } }), '2024-12-31');
    expect(again.targets[0]?.alternatives[0]?.[0]?.earned).toBe(units(15));
    expect(again.targets[0]).not.toHaveProperty('usedToMakeUp');
  });

  it('of a share is what is lacking once the rest is made up, whatever limits had cut', () => {
    const part = (kind: string, name: string): object => ({
      id: kind,
      clause: '一',
      kinds: kind,
      earns: [{ measure: 'hours', part: name, rate: 1, of: 'classHours' }],
    });
    const needs = {
      allOf: [
        { id: 'all', measure: 'hours', atLeast: 90 },
        { id: 'share', part: 'a', atLeastShare: '3/5', of: {} },
      ],
    };
    const regulation = target(
      { needs, makeUp: { ...after, months: 12 } },
      {
        parts: { a: '专业', b: '通识' },
        earn: [part('class', 'a'), part('talk', 'b')],
        caps: [{ clause: '二', counts: { kind: 'talk' }, atMost: { share: '1/2', of: {} }, per: 'year' }],
      },
    );
    const required = (talks: number): unknown[] => {
      const acts = [
        activity({ occurredOn: '2023-03-01', classHours: 20 }),
        activity({ occurredOn: '2023-04-01', kind: 'talk', classHours: talks }),
      ];
      return evaluated(acts, regulation, '2024-06-30')
        .earlier.filter(({ makesUp }) => makesUp)
        .concat(evaluated(acts, regulation, '2024-06-30').targets.filter(({ makesUp }) => makesUp))
        .flatMap(({ alternatives }) => alternatives.map((leaves) => leaves.map((leaf) => leaf.required)));
    };
    expect(required(20)).toEqual([[units(50), units(34)]]);
    expect(required(50)).toEqual(required(20));
  });

  describe('takes no room of the limits of the cycle in which it was learnt', () => {
    const own = (caps: readonly object[], makeUp: object = after): Regulation =>
      target({ makeUp }, { caps: caps.map((cap) => ({ clause: '二', counts: {}, ...cap })) });
    const acts = [...classes('2023-05', 4), ...classes('2024-02', 8), ...classes('2024-05', 12, 2)];
    const result = (regulation: Regulation, more: readonly Activity[] = acts): object => {
      const { targets, counted } = evaluated(more, regulation);
      const [leaf] = targets[0]?.alternatives[0] ?? [];
      return {
        earned: formatAmount(leaf?.earned ?? 0),
        isFull: targets[0]?.full !== undefined,
        counted: counted.map((one) => formatAmount(one.counted)),
      };
    };

    it('so that as much as they let count is still there', () => {
      const all = { earned: '12', counted: ['4', '8', '12', '0'] };
      expect(result(own([{ atMost: 12, per: 'year' }]))).toMatchObject(all);
      expect(result(own([{ atMost: { share: 1, of: { target: 't' } }, per: 'year' }]))).toMatchObject(all);
      expect(result(own([{ atMost: { first: 1 }, per: 'year' }]))).toMatchObject(all);
      // In the cycle alone the last two hours are cut.
      const alone = { earned: '12', counted: ['4', '8', '12', '2'] };
      expect(result(own([{ atMost: 12, cycle: 'year' }]))).toMatchObject(alone);
    });

    it('which are not full as long as less is there', () => {
      const few = [...classes('2023-05', 4), ...classes('2024-02', 8), ...classes('2024-05', 10)];
      expect(result(own([{ atMost: 12, per: 'year' }]), few)).toMatchObject({ earned: '10', isFull: false });
      expect(result(own([{ atMost: 10, per: 'year' }]), few)).toMatchObject({ earned: '10', isFull: true });
    });

    it('but of others, of what lets the same thing count once, and where it counts in both', () => {
      const others = { earned: '10', counted: ['4', '8', '10', '0'] };
      expect(result(own([{ atMost: 18, per: 'half-year' }]))).toMatchObject(others);
      const again = own([{ atMost: 12, per: 'year' }], { ...after, countsAgain: true });
      expect(result(again)).toMatchObject({ earned: '12', counted: ['4', '8', '4', '0'] });
      const once = own([{ atMost: 'highest', each: 'kind', per: 'year' }]);
      const equal = [...classes('2023-05', 4), ...classes('2024-02', 8), ...classes('2024-03', 8)];
      expect(result(once, equal)).toMatchObject({ earned: '0', counted: ['4', '8', '0'] });
    });

    it('and what another limit keeps of it is not taken again', () => {
      const talk = (on: string, classHours: number): Activity =>
        activity({ occurredOn: on, kind: 'talk', classHours });
      const regulation = target(
        { makeUp: { ...after, months: 6 } },
        {
          earn,
          caps: [
            { clause: '二', counts: { kind: 'talk' }, atMost: 4, per: 'year' },
            { clause: '二', counts: {}, atMost: 12, per: 'half-year' },
          ],
        },
      );
      const learnt = [talk('2024-01-10', 4), talk('2024-02-10', 4), ...classes('2024-03', 8)];
      const { counted } = evaluated([...classes('2023-05', 0.5), ...learnt], regulation);
      // Eleven and a half of the twelve made up 2023.
      expect(counted.map((one) => one.counted)).toEqual([units(0.5), units(4), units(0.5), units(7.5)]);
    });
  });

  it('is only for whom the occasion is there, in the missed cycle', () => {
    const regulation = target({ makeUp: { ...after, when: { circumstance: '病假' } } });
    const makingUp = (from: string): (string | undefined)[] =>
      evaluated(classes('2024-02', 20), regulation, '2024-12-31', {
        id: 'p',
        history: [{ from: '2023-01-01' }],
        circumstances: [{ kind: '病假', from, to: from }],
      }).earlier.map(({ state, makesUp }) => `${state}${makesUp ? ' made up' : ''}`);
    expect(makingUp('2023-06-01')).toEqual(['missed', 'met made up']);
    expect(makingUp('2024-01-01')).toEqual(['missed']);
  });

  it('uses what was learnt with all that it counts for, where one of several ways suffices', () => {
    const measures = { hours: '学时', days: '天' };
    const both = {
      id: 'class',
      clause: '一',
      kinds: 'class',
      earns: [
        { measure: 'hours', rate: 1, of: 'classHours' },
        { measure: 'days', flat: 1 },
      ],
    };
    const needs = {
      anyOf: [
        { measure: 'days', atLeast: 10 },
        { measure: 'hours', atLeast: 12 },
      ],
    };
    const regulation = target({ needs, makeUp: after }, { measures, earn: [both] });
    const { earlier, targets } = evaluated(classes('2024-02', 12, 1), regulation, '2024-12-31', {
      id: 'p',
      history: [{ from: '2023-01-01' }],
    });
    expect(earlier.find(({ makesUp }) => makesUp)?.metBy).toEqual(['hours']);
    // The class of twelve hours went with its day, the one of one hour with its day towards the ten.
    expect(targets[0]?.alternatives.map(([leaf]) => leaf?.earned)).toEqual([0, units(1)]);
  });

  describe('until the end of another cycle', () => {
    const cycles = {
      year: { from: '2020-01-01', months: 12 },
      plan: { windows: [{ from: '2021-01-01', to: '2024-12-31' }] },
      own: { around: 'promotion', monthsAfter: 30 },
    };
    const until = { clause: '三', after: 'cycle', until: 'plan' };
    const regulation = (makeUp: object = until): Regulation => target({ makeUp }, { cycles });
    const madeUp = (
      acts: readonly Activity[],
      asOf: string,
      rules = regulation(),
      who?: CreditPerson,
    ): string[] => {
      const { earlier, targets } = evaluated(acts, rules, asOf, who);
      return [...earlier, ...targets].flatMap(({ makesUp, state, cycle: { from, to } }) =>
        makesUp ? [`${makesUp.cycle.label} ${from} ${to} ${state}`] : [],
      );
    };

    it('lasts from the day after to the last day of the period', () => {
      const short = classes('2022-05', 8);
      expect(madeUp(short, '2022-12-31')).toEqual([]);
      expect(madeUp(short, '2023-01-01')).toEqual(['2022 2023-01-01 2024-12-31 open']);
      const [late, tooLate] = ['2024-12-31', '2025-01-01'].map((occurredOn) =>
        activity({ occurredOn, classHours: 20 }),
      ) as [Activity, Activity];
      const all = [...short, ...classes('2023-05', 12)];
      // What makes up 2022 is lacking in 2023, and made up after that.
      expect(madeUp([...all, late], '2024-12-31')).toEqual([
        '2022 2023-01-01 2024-12-31 met',
        '2023 2024-01-01 2024-12-31 met',
      ]);
      expect(madeUp([...short, late], '2025-12-31')).toContain('2022 2023-01-01 2024-12-31 met');
      expect(madeUp([...short, tooLate], '2025-12-31')).toContain('2022 2023-01-01 2024-12-31 missed');
    });

    it('gives no time to the last cycle inside, nor to one outside every period, and says so', () => {
      const { earlier, targets } = evaluated(classes('2020-05', 1), regulation(), '2024-12-31');
      expect(
        [...earlier, ...targets].flatMap(({ cycle: { label }, noTimeToMakeUp, makesUp }) =>
          makesUp ? [] : [[label, noTimeToMakeUp?.clause]],
        ),
      ).toEqual([
        ['2020', '三'],
        ['2021', undefined],
        ['2022', undefined],
        ['2023', undefined],
        ['2024', '三'],
      ]);
      const [last] = evaluated([], regulation(), '2024-12-31').targets;
      expect(last).toMatchObject({ state: 'missed', noTimeToMakeUp: { clause: '三' } });
      expect(evaluated([], regulation(), '2024-12-30').targets[0]).not.toHaveProperty('noTimeToMakeUp');
      const done = evaluated(classes('2024-05', 12), regulation(), '2024-12-31').targets[0];
      expect(done).not.toHaveProperty('noTimeToMakeUp');
      const inMonths = evaluated([], regulation({ clause: '三', after: 'cycle', months: 1 }), '2024-12-31');
      expect(inMonths.targets[0]).not.toHaveProperty('noTimeToMakeUp');
    });

    it('begins with a promotion in the period that holds its day', () => {
      const who: CreditPerson = {
        id: 'p',
        history: [
          { from: '2020-01-01', postLevel: '乡科级副职' },
          { from: '2023-08-31', postLevel: '乡科级正职' },
        ],
      };
      const after = (cycle: string): Regulation =>
        regulation({ clause: '三', after: 'promotion', until: cycle });
      expect(madeUp([], '2023-12-31', after('plan'), who)).toContain('2023 2023-08-31 2024-12-31 open');
      expect(madeUp([], '2023-12-31', after('own'), who)).toContain('2023 2023-08-31 2026-02-27 open');
      expect(madeUp([], '2023-12-31', after('year'), who)).toContain('2023 2023-08-31 2023-12-31 missed');
    });
  });

  it('says what of a cycle went into the one before, also where that did not suffice', () => {
    const usedAfter = (hours: number): unknown =>
      evaluated(
        [...classes('2023-05', 8), ...classes('2024-02', hours)],
        target({ makeUp: after }),
        '2024-12-31',
      ).targets[0]?.usedToMakeUp;
    const used = { leaf: 'hours', name: '学时', measure: 'hours' };
    expect(usedAfter(6)).toMatchObject({
      clause: '三',
      cycles: [{ label: '2023' }],
      amounts: [{ ...used, earned: units(4) }],
    });
    expect(usedAfter(3)).toMatchObject({ amounts: [{ ...used, earned: units(3) }] });
    expect(usedAfter(0)).toBeUndefined();
  });

  it('asks of a share for what it needs once the rest is made up', () => {
    const share = { id: 'class', kind: 'class', atLeastShare: '2/3', of: {} };
    const regulation = target(
      { needs: { allOf: [{ id: 'all', atLeast: 12 }, share] }, makeUp: after },
      { earn },
    );
    const person: CreditPerson = { id: 'p', history: [{ from: '2023-01-01' }] };
    // Nothing was done of 12, of which 8 should have been classes.
    const state = (kind: string): unknown =>
      evaluated(
        [activity({ kind, occurredOn: '2024-02-01', classHours: 12 })],
        regulation,
        '2024-12-31',
        person,
      ).earlier.find(({ makesUp }) => makesUp)?.state;
    expect([state('talk'), state('class')]).toEqual(['missed', 'met']);
  });

  it('takes what was used from the whole of a share as well', () => {
    const share = { id: 'class', kind: 'class', atLeastShare: '2/3', of: {} };
    const needs = { allOf: [{ id: 'all', atLeast: 12 }, share] };
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 6)];
    const [result] = evaluated(
      [...acts, activity({ kind: 'talk', occurredOn: '2024-05-20', classHours: 2 })],
      target({ needs, makeUp: after }, { earn }),
      '2024-06-30',
    ).targets;
    expect(result?.alternatives[0]).toMatchObject([
      { leaf: 'all', earned: units(4) },
      { leaf: 'class', earned: units(2), share: { of: '1/2' } },
    ]);
    expect(result?.least.flat()).toMatchObject([
      { leaf: 'all', amount: units(2) },
      { leaf: 'class', amount: units(6) },
    ]);
  });

  it('uses an hour for every amount in which it counts, and first what counts for most', () => {
    const needs = {
      allOf: [
        { id: 'all', atLeast: 12 },
        { id: 'class', kind: 'class', atLeast: 8 },
        { id: 'few', kind: 'talk', atMost: 9 },
      ],
    };
    const talk = (occurredOn: string, classHours: number): ReturnType<typeof activity> =>
      activity({ kind: 'talk', occurredOn, classHours });
    const regulation = target({ needs, makeUp: after }, { earn });
    const amounts = (...acts: Parameters<typeof evaluated>[0]): unknown => {
      const [result] = evaluated([talk('2023-05-20', 9), ...acts], regulation, '2024-12-31').targets;
      return [
        result?.usedToMakeUp?.amounts.map(({ leaf, earned }) => `${leaf} ${earned / 10_000}`),
        result?.alternatives[0]?.map(({ earned }) => earned / 10_000),
      ];
    };
    // 9 of 12, and 0 of 8 in class: what makes up 8 in class makes up 3 of all as well.
    expect(amounts(...classes('2024-02', 9))).toEqual([
      ['all 8', 'class 8'],
      [1, 1, 0],
    ]);
    expect(amounts(talk('2024-01-05', 5), ...classes('2024-02', 9))).toEqual([
      ['all 8', 'class 8'],
      [6, 1, 5],
    ]);
    expect(amounts(talk('2024-01-05', 5), ...classes('2024-02', 2))).toEqual([
      ['all 3', 'class 2', 'few 1'],
      [4, 0, 4],
    ]);
  });

  it('of what had to be passed asks for what was missing, a step included', () => {
    const regulation = target({ needs: { measure: 'hours', above: 12 }, makeUp: after });
    const madeUp = (...hours: readonly number[]): object | undefined =>
      evaluated(
        [...classes('2023-05', 12), ...classes('2024-02', ...hours)],
        regulation,
        '2024-12-31',
      ).earlier.find((result) => result.makesUp);
    expect(madeUp()).toMatchObject({
      state: 'missed',
      alternatives: [[{ limit: 'at-least', required: 100, short: 100 }]],
    });
    expect(madeUp(0.01)).toMatchObject({ state: 'met' });
  });

  it('after a promotion outside every cycle asks for nothing', () => {
    const promoted: CreditPerson = {
      id: 'p',
      history: [
        { from: '2023-01-01', to: '2024-03-14', postLevel: '乡科级正职' },
        { from: '2024-03-15', postLevel: '县处级副职' },
      ],
    };
    const makeUp = { clause: '三', after: 'promotion', months: 12 };
    const cycles = { plan: { windows: [{ from: '2025-01-01', to: '2025-12-31' }] } };
    const { targets, earlier } = evaluated(
      [],
      target({ cycle: 'plan', makeUp }, { cycles }),
      '2025-06-30',
      promoted,
    );
    expect([...targets, ...earlier].map(({ makesUp }) => makesUp)).toEqual([undefined]);
  });

  it('is open while it lasts, and asks nothing of who has met the target', () => {
    const { targets } = evaluated(classes('2023-05', 8), target({ makeUp: after }), '2024-02-01');
    expect(targets.map((result) => [result.makesUp?.cycle.label, result.state])).toEqual(
      [
        [undefined, 'open'],
        ['2023', 'open'],
      ].sort(() => -1),
    );
    const done = evaluated(classes('2023-05', 12), target({ makeUp: after }), '2024-02-01');
    expect([...done.targets, ...done.earlier].some((result) => result.makesUp)).toBe(false);
  });

  it('follows a promotion for those whom it concerns', () => {
    const groups = {
      division: { name: '处级', where: { rank: { atLeast: '县处级副职' } } },
      section: { name: '科级', where: { not: { rank: { atLeast: '县处级副职' } } } },
    };
    const promoted: CreditPerson = {
      id: 'p',
      history: [
        { from: '2023-01-01', to: '2024-03-14', postLevel: '乡科级正职' },
        { from: '2024-03-15', postLevel: '县处级副职' },
      ],
    };
    const makeUp = { clause: '三', after: 'promotion', months: 12, groups: 'division' };
    const regulation = target({ groups: 'section', makeUp }, { groups });
    const results = (acts: ReturnType<typeof classes>, asOf: string): string[] => {
      const evaluation = evaluated(acts, regulation, asOf, promoted);
      return [...evaluation.earlier, ...evaluation.targets]
        .filter((result) => result.makesUp)
        .map((result) => `${result.cycle.from} ${result.state}`);
    };
    expect(results(classes('2024-02', 5), '2024-12-31')).toEqual(['2024-03-15 open']);
    expect(results([...classes('2024-02', 5), ...classes('2025-03', 7)], '2025-12-31')).toEqual([
      '2024-03-15 met',
    ]);
    expect(
      results(
        [...classes('2024-02', 5), activity({ occurredOn: '2025-03-15', classHours: 7 })],
        '2025-12-31',
      ),
    ).toEqual(['2024-03-15 missed']);
    expect(results(classes('2024-02', 12), '2024-12-31')).toEqual([]);
    const onTheDay = evaluated(
      [activity({ occurredOn: '2025-03-15', classHours: 12 })],
      target({ groups: 'section', makeUp: { ...makeUp, anniversaryCounts: true } }, { groups }),
      '2025-12-31',
      promoted,
    );
    expect(onTheDay.earlier.find((result) => result.makesUp)?.state).toBe('met');
    const others = evaluated([], target({ groups: 'division', makeUp }, { groups }), '2024-12-31', promoted);
    expect(others.targets.some((result) => result.makesUp)).toBe(false);
  });
});

describe('making up a share', () => {
  it('asks for what was missing of it, and not for the share anew', () => {
    const regulation = target(
      {
        needs: {
          allOf: [
            { id: 'all', atLeast: 9 },
            { kind: 'class', atLeastShare: '2/3', of: {} },
          ],
        },
        makeUp: { clause: '三', after: 'cycle', months: 3 },
      },
      {
        earn: ['class', 'talk'].map((kind) => ({
          id: kind,
          clause: '一',
          kinds: kind,
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        })),
      },
    );
    const talk = activity({ kind: 'talk', occurredOn: '2023-05-20', classHours: 4 });
    const stateAfter = (hours: number): unknown =>
      evaluated(
        [...classes('2023-05', 5), talk, ...classes('2024-02', hours)],
        regulation,
        '2024-12-31',
      ).earlier.find(({ makesUp }) => makesUp);
    // (5 + 3) / (9 + 3) = 2/3
    expect(stateAfter(2)).toMatchObject({
      state: 'missed',
      alternatives: [[{}, { required: units(3), short: units(1) }]],
    });
    expect(stateAfter(3)).toMatchObject({ state: 'met' });
  });
});

describe('what making up used', () => {
  const makeUp = { clause: '三', after: 'cycle', months: 3 };
  const talk = (occurredOn: string, classHours: number): Activity =>
    activity({ kind: 'talk', occurredOn, classHours });
  type Result = Evaluation['targets'][number];
  const inYear = (year: string, evaluation: Evaluation): Result | undefined =>
    [...evaluation.earlier, ...evaluation.targets].find(
      ({ cycle, makesUp }) => cycle.label === year && !makesUp,
    );
  const amounts = (result: Result | undefined): unknown => [
    result?.usedToMakeUp?.amounts.map(({ leaf, earned }) => `${leaf} ${formatAmount(earned)}`),
    result?.alternatives[0]?.map(({ leaf, earned }) => `${leaf} ${formatAmount(earned)}`),
    result?.alternatives[0]?.flatMap(({ share }) => share?.of ?? []),
  ];
  /** Of a total: 2023 lacks something of it, which is made up in February of 2024. */
  const ofTotal = (total: object, atLeast: number, more: object = {}): Regulation =>
    target(
      { needs: { total: 'sum', atLeast }, makeUp },
      {
        earn,
        totals: { sum: { name: '总分', measure: 'hours', add: [{ kind: 'class' }], ...total } },
        ...more,
      },
    );
  const in2024 = (acts: readonly Activity[], regulation: Regulation): unknown =>
    amounts(inYear('2024', evaluated(acts, regulation, '2024-12-31')));

  it('is missing in a total of which an amount is a share', () => {
    const share = { id: 'part', kind: 'class', atLeastShare: '1/2', of: { total: 'sum' } };
    const regulation = target(
      { needs: { allOf: [{ id: 'all', atLeast: 12 }, share] }, makeUp },
      {
        earn,
        totals: {
          sum: { name: '总分', measure: 'hours', add: [{ kind: 'class' }, { kind: 'talk', times: 0.5 }] },
        },
      },
    );
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 6), talk('2024-05-20', 4)];
    // Of 6 hours 4 are used: 2 of class, and 2 + 4 × 0.5 in the total.
    expect(in2024(acts, regulation)).toEqual([['all 4', 'part 4'], ['all 6', 'part 2'], ['1/2']]);
  });

  it('is missing in a largest amount of which an amount is a share', () => {
    const share = { id: 'part', kind: 'class', atLeastShare: '1/2', of: { largest: 'organiser' } };
    const regulation = target({ needs: { allOf: [{ id: 'all', atLeast: 12 }, share] }, makeUp }, { earn });
    const by = (organiser: string, occurredOn: string, classHours: number): Activity =>
      activity({ organiser, occurredOn, classHours });
    const acts = [...classes('2023-05', 8), by('甲', '2024-02-05', 6), by('乙', '2024-05-06', 3)];
    // 甲 2, 乙 3: the largest is no longer 6.
    expect(in2024(acts, regulation)).toEqual([['all 4', 'part 4'], ['all 5', 'part 5'], ['5/3']]);
  });

  it('is of a weighted total what was missing, however the weight divides it', () => {
    const regulation = ofTotal({ add: [{ kind: 'class', times: 3 }] }, 25);
    const acts = [...classes('2023-05', 5), ...classes('2024-02', 4, 4)];
    // 25 − 5 × 3 = 10 are missing; of 8 × 3 = 24 there remain 14.
    expect(in2024(acts, regulation)).toEqual([['sum 10'], ['sum 14'], []]);
    // The third of an hour that remains of the first day counts as well.
    expect(in2024([...classes('2023-05', 7), ...classes('2024-02', 2, 1)], regulation)).toEqual([
      ['sum 4'],
      ['sum 5'],
      [],
    ]);
  });

  it('is exactly what it makes up, and the rest counts, whatever the weights and the days', () => {
    const quarters = fc.integer({ min: 1, max: 40 }).map((amount) => amount / 4);
    const weight = fc.constantFrom(1, 2, 3, 0.5, 1.5);
    const day = fc.integer({ min: 1, max: 28 });
    const done = fc.array(fc.record({ kind: fc.constantFrom('class', 'talk'), day, hours: quarters }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(weight, weight, quarters, done, done, (ofClass, ofTalk, before, early, late) => {
        const add = [
          { kind: 'class', times: ofClass },
          { kind: 'talk', times: ofTalk },
        ];
        const dated = (month: string, list: typeof early): Activity[] =>
          list.map(({ kind, day: on, hours }) =>
            activity({ kind, occurredOn: `${month}-${String(on).padStart(2, '0')}`, classHours: hours }),
          );
        const acts = [...classes('2023-05', before), ...dated('2024-02', early), ...dated('2024-06', late)];
        const { earlier, targets } = evaluated(acts, ofTotal({ add }, 30), '2024-12-31');
        const whole = (list: typeof early): number =>
          list.reduce(
            (sum, { kind, hours }) => sum + units(hours) * (kind === 'class' ? ofClass : ofTalk),
            0,
          );
        const missing = Math.max(0, units(30) - units(before) * ofClass);
        const [made] = earlier
          .filter(({ makesUp }) => makesUp)
          .flatMap(({ alternatives }) => alternatives[0]);
        expect(made?.required ?? 0).toBe(missing);
        const used = Math.min(missing, whole(early));
        const [next] = targets;
        expect(next?.usedToMakeUp?.amounts[0]?.earned ?? 0).toBe(used);
        expect(next?.alternatives[0]?.[0]?.earned).toBe(whole([...early, ...late]) - used);
      }),
      { numRuns: 150 },
    );
  });

  it('is what a total gains by it, whatever that starts from and where it stops', () => {
    const fined = ofTotal({ start: -8, atLeast: 0 }, 32);
    const acts = [...classes('2023-05', 30), ...classes('2024-02', 10), ...classes('2024-05', 20)];
    const made = (regulation: Regulation, asOf = '2024-06-30'): unknown => {
      const { earlier, targets } = evaluated(acts, regulation, asOf);
      return [...earlier, ...targets]
        .filter(({ makesUp }) => makesUp)
        .map(({ state, alternatives }) => [
          state,
          alternatives[0]?.[0]?.required,
          alternatives[0]?.[0]?.earned,
        ]);
    };
    // 30 − 8 are 22 of 32, and 10 more are 32.
    expect(made(fined)).toEqual([['met', units(10), units(10)]]);
    // What lies above 20: 10 of 15, and 5 more hours are 5 more.
    expect(made(ofTotal({ add: [{ above: 20 }] }, 15))).toEqual([['met', units(5), units(5)]]);
    // A total that was full gains nothing.
    expect(made(ofTotal({ atMost: 12 }, 13))).toEqual([['missed', units(1), 0]]);
  });

  const ninety = (more: object = {}): Regulation =>
    target(
      {
        needs: {
          allOf: [
            { id: 'all', atLeast: 90 },
            { part: 'common', atLeast: 30 },
            { part: 'trade', atLeast: 40 },
          ],
        },
        makeUp: { clause: '三', after: 'cycle', months: 12, ...more },
      },
      {
        parts: { common: '公需', trade: '专业' },
        earn: [
          {
            id: 'c',
            clause: '一',
            kinds: 'class',
            earns: [{ measure: 'hours', part: 'common', rate: 1, of: 'classHours' }],
          },
          {
            id: 't',
            clause: '一',
            kinds: 'talk',
            earns: [{ measure: 'hours', part: 'trade', rate: 1, of: 'classHours' }],
          },
        ],
      },
    );
  const states = (acts: readonly Activity[], regulation: Regulation, asOf = '2024-12-31'): string[] => {
    const { earlier, targets } = evaluated(acts, regulation, asOf, {
      id: 'p',
      history: [{ from: '2023-01-01' }],
    });
    return [...earlier, ...targets].map(
      ({ cycle, state, makesUp }) => `${makesUp ? 'made up' : cycle.label} ${state}`,
    );
  };

  it('is first what its own cycle can spare, whatever came earlier', () => {
    const acts = [
      ...classes('2023-05', 30),
      talk('2023-06-01', 40),
      ...classes('2024-02', 30),
      talk('2024-05-01', 80),
    ];
    // 20 are missing. Of 30 + 80 hours the 30 are asked of 2024 itself, and of the 80 there are 20 to spare.
    expect(states(acts, ninety())).toEqual(['2023 missed', 'made up met', '2024 met']);
    // With nothing to spare it is what makes up that goes first.
    expect(states(acts.slice(0, 3), ninety())).toEqual(['2023 missed', 'made up met', '2024 missed']);
  });

  it('is only what its own cycle can spare, where the text says so', () => {
    const own = [...classes('2023-05', 30), talk('2023-06-01', 40), ...classes('2024-02', 30)];
    const only = ninety({ surplusOnly: true });
    expect(states([...own, talk('2024-05-01', 60)], only)).toEqual([
      '2023 missed',
      'made up missed',
      '2024 met',
    ]);
    expect(states([...own, talk('2024-05-01', 80)], only)).toEqual([
      '2023 missed',
      'made up met',
      '2024 met',
    ]);
    const part = evaluated([...own, talk('2024-05-01', 75)], only, '2024-12-31');
    const [made] = part.earlier.concat(part.targets).filter(({ makesUp }) => makesUp);
    expect(made?.alternatives[0]?.[0]).toMatchObject({ required: units(20), earned: units(15) });
  });

  it('takes, of that, what its own cycle asks and what was missing besides', () => {
    const own = [...classes('2023-05', 30), talk('2023-06-01', 40)];
    const only = ninety({ surplusOnly: true });
    const leastOf = (acts: readonly Activity[], regulation = only): unknown => {
      const [made] = evaluated(acts, regulation, '2024-05-31').targets.filter(({ makesUp }) => makesUp);
      return made?.least.map((list) => list.map(({ amount }) => amount / 10_000));
    };
    const year = [...own, ...classes('2024-02', 30)];
    // 90 of the year itself and 20 that were missing.
    expect(leastOf(own)).toEqual([[110]]);
    expect(leastOf(year)).toEqual([[80]]);
    expect(leastOf([...year, talk('2024-05-01', 65)])).toEqual([[15]]);
    expect(leastOf([...year, talk('2024-05-01', 80)])).toEqual([]);
    // Where the text does not say so it is made up already.
    expect(leastOf(year, ninety())).toEqual([]);
  });

  it('is of what may make up, where the text says with what', () => {
    const own = [...classes('2023-05', 30), talk('2023-06-01', 40)];
    const byTalks = ninety({ counts: { kind: 'talk' } });
    expect(states([...own, ...classes('2024-02', 50)], byTalks)).toEqual([
      '2023 missed',
      'made up missed',
      '2024 missed',
    ]);
    expect(states([...own, ...classes('2024-02', 50), talk('2024-03-01', 20)], byTalks)[1]).toBe(
      'made up met',
    );
  });

  it('may be in so many days', () => {
    const own = [...classes('2023-05', 30), talk('2023-06-01', 40)];
    const days = ninety({ months: undefined, days: 60 });
    expect(states([...own, talk('2024-02-29', 20)], days)[1]).toBe('made up met');
    expect(states([...own, talk('2024-03-01', 20)], days)[1]).toBe('made up missed');
  });

  it('leaves the hours before a banded total looks at them', () => {
    const bands = [
      { below: 6, flat: 0 },
      { atLeast: 6, below: 12, flat: 1 },
      { atLeast: 12, flat: 2 },
    ];
    const regulation = ofTotal({ bands }, 2);
    // 7 hours are 1 of 2, and 5 more are 2. Of 4 + 7 hours 6 remain, with 8 they are 2, not 2 − 1.
    const acts = [...classes('2023-05', 7), ...classes('2024-02', 4, 7), ...classes('2024-05', 8)];
    expect(in2024(acts, regulation)).toEqual([undefined, ['sum 2'], []]);
    // With an hour less what was used is felt.
    const fewer = [...classes('2023-05', 7), ...classes('2024-02', 4, 7), ...classes('2024-05', 5)];
    expect(in2024(fewer, regulation)).toEqual([['sum 1'], ['sum 1'], []]);
    // 4 hours reach no band and make up nothing, so that they still count.
    const none = [...classes('2023-05', 7), ...classes('2024-02', 4), ...classes('2024-05', 8)];
    expect(in2024(none, regulation)).toEqual([undefined, ['sum 2'], []]);
  });

  it('leaves a total by the day, and the largest amount, without what was not needed', () => {
    const day = ofTotal({ per: 'day', bands: [{ atLeast: 6, flat: 1 }] }, 2);
    const perDay = [...classes('2023-05', 6), ...classes('2024-02', 4, 7), ...classes('2024-05', 6)];
    expect(in2024(perDay, day)).toEqual([['sum 1'], ['sum 1'], []]);
    const largest = target({ needs: { id: 'one', largest: 'organiser', atLeast: 12 }, makeUp }, { earn });
    const by = (organiser: string, occurredOn: string, classHours: number): Activity =>
      activity({ organiser, occurredOn, classHours });
    const acts = (甲: number, 乙: number): Activity[] => [
      by('甲', '2023-05-06', 8),
      by('甲', '2024-02-05', 甲),
      by('乙', '2024-02-06', 乙),
    ];
    // Of 乙 it takes all 12, and the 3 of 甲 remain.
    expect(in2024(acts(3, 13), largest)).toEqual([['one 10'], ['one 3'], []]);
    const isMadeUp = (甲: number, 乙: number): boolean | undefined =>
      evaluated(acts(甲, 乙), largest).earlier.find(({ makesUp }) => makesUp)?.met;
    // Four hours elsewhere make none of 12, four more of the same do.
    expect([isMadeUp(0.5, 11.5), isMadeUp(0.5, 12), isMadeUp(4, 1)]).toEqual([false, true, true]);
  });

  it('is the whole activity where one is asked for', () => {
    const days = { where: { days: { atLeast: 3 } }, above: 0 };
    const regulation = target({ needs: days, makeUp });
    const course = (occurredOn: string, length: number): Activity =>
      activity({ occurredOn, days: length, classHours: 8 * length });
    const states = (...acts: readonly Activity[]): unknown => {
      const known = { id: 'p', history: [{ from: '2023-01-01' }] };
      const { earlier, targets } = evaluated(acts, regulation, '2024-12-31', known);
      return [...earlier, ...targets].map(({ state }) => state);
    };
    expect(states(course('2024-02-01', 2))).toEqual(['missed', 'missed', 'missed']);
    expect(states(course('2024-02-01', 3))).toEqual(['missed', 'met', 'missed']);
    expect(states(course('2024-02-01', 3), course('2024-09-01', 3))).toEqual(['missed', 'met', 'met']);
  });

  it('may be more than what is missing', () => {
    const regulation = target({ makeUp: { ...makeUp, times: '3/2' } });
    const acts = [...classes('2023-05', 7), ...classes('2024-02', 9)];
    expect(in2024(acts, regulation)).toEqual([['hours 7.5'], ['hours 1.5'], []]);
    const { earlier } = evaluated([...classes('2023-05', 7), ...classes('2024-02', 7)], regulation);
    const [leaf] = earlier.find(({ makesUp }) => makesUp)?.alternatives[0] ?? [];
    expect(leaf).toMatchObject({ required: units(7.5), earned: units(7), short: units(0.5) });
  });

  it('is what somebody did, not where a total starts', () => {
    const regulation = ofTotal({ start: 60 }, 70);
    const madeUp = (...hours: readonly number[]): unknown => {
      const acts = [...classes('2023-05', 5), ...classes('2024-02', ...hours)];
      const { earlier } = evaluated(acts, regulation, '2024-12-31');
      return earlier.find(({ makesUp }) => makesUp);
    };
    expect(madeUp()).toMatchObject({ state: 'missed', alternatives: [[{ earned: 0, short: units(5) }]] });
    expect(madeUp(5)).toMatchObject({ state: 'met', alternatives: [[{ earned: units(5) }]] });
    const open = evaluated([...classes('2023-05', 5), ...classes('2024-02', 2)], regulation, '2024-02-20');
    expect(open.targets.find(({ makesUp }) => makesUp)?.least).toMatchObject([[{ amount: units(3) }]]);
  });

  it('includes what a total counts the rest on', () => {
    const regulation = ofTotal(
      {
        add: [
          { kind: 'class' },
          { kind: 'talk', when: { kind: 'class', atLeast: 2 } },
          { kind: 'talk', times: -1, when: { kind: 'class', below: 2 } },
        ],
      },
      10,
    );
    const acts = [...classes('2023-05', 4), talk('2024-01-20', 4), ...classes('2024-02', 3)];
    expect(in2024(acts, regulation)).toEqual([['sum 6'], ['sum 1'], []]);
  });

  it('leaves a deduction in the cycle where it outweighs what was done', () => {
    const faults = [
      ...earn,
      { id: 'lost', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', rate: -1, of: 'classHours' }] },
    ].filter(({ id }) => id !== 'talk');
    const regulation = target({ makeUp }, { earn: faults });
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 5), talk('2024-02-20', 2)];
    // 4 are missing, 5 − 2 = 3 are made up: 2 − 2 remain, to which 10 are added.
    expect(in2024([...acts, ...classes('2024-05', 10)], regulation)).toEqual([['hours 3'], ['hours 10'], []]);
  });

  it('is not carried over, rated or counted for another target of that year', () => {
    const regulation = sample({
      earn,
      totals: { sum: { name: '总分', measure: 'hours', add: [{}], cycle: 'year' } },
      cycles: { year: { from: '2020-01-01', months: 12 }, plan: { from: '2021-01-01', months: 60 } },
      carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 12, to: { measure: 'hours' } }],
      targets: [
        { id: 'all', name: '总数', clause: '一', cycle: 'year', needs: { atLeast: 12 }, makeUp },
        { id: 'part', name: '培训', clause: '一', cycle: 'year', needs: { kind: 'class', atLeast: 9 } },
        { id: 'plan', name: '五年', clause: '一', cycle: 'plan', needs: { id: 'five', atLeast: 60 } },
      ],
      ratings: [
        {
          id: 'r',
          name: '等次',
          clause: '一',
          cycle: 'year',
          of: { total: 'sum' },
          bands: [
            { atLeast: 15, rating: '优秀' },
            { below: 15, rating: '合格' },
          ],
        },
      ],
    });
    const acts = [...classes('2023-05', 9), ...classes('2024-02', 6), talk('2024-05-20', 10)];
    const evaluation = evaluated(acts, regulation, '2024-12-31');
    const [all, part, plan] = ['all', 'part', 'plan'].map((id) =>
      amounts(evaluation.targets.find(({ target: one }) => one === id)),
    );
    expect(all).toEqual([['all 3'], ['all 13'], []]);
    expect(part).toEqual([['class 3'], ['class 3'], []]);
    expect(plan).toEqual([undefined, ['five 25'], []]);
    expect(evaluation.carries.at(-1)).toMatchObject({ cycle: { label: '2024' }, amount: units(1) });
    expect(evaluation.ratings.at(-1)).toMatchObject({ amount: units(13), is: '合格' });
    expect(evaluation.totals.at(-1)?.amount).toBe(units(13));
    const sums = evaluation.sums.filter(({ cycle, carried }) => cycle.label === '2024' && !carried);
    expect(sums.map(({ kind, amount }) => `${kind} ${formatAmount(amount)}`)).toEqual(['class 3', 'talk 10']);
  });

  it('serves two targets at once where it counts for both', () => {
    const regulation = sample({
      earn,
      targets: [
        { id: 'all', name: '总数', clause: '一', cycle: 'year', needs: { atLeast: 12 }, makeUp },
        {
          id: 'part',
          name: '培训',
          clause: '一',
          cycle: 'year',
          needs: { kind: 'class', atLeast: 8 },
          makeUp: { ...makeUp, clause: '二' },
        },
      ],
    });
    const acts = [talk('2023-05-20', 9), talk('2024-01-05', 5), ...classes('2024-02', 9)];
    const { targets } = evaluated(acts, regulation, '2024-12-31');
    expect(targets.map(amounts)).toEqual([
      [['all 8'], ['all 6'], []],
      [['class 8'], ['class 1'], []],
    ]);
    expect(targets.map(({ usedToMakeUp }) => usedToMakeUp?.clause)).toEqual(['三', '二']);
  });

  it('lies in whichever cycle it was earned, also after the next one, and makes up only once', () => {
    const regulation = target({ makeUp: { ...makeUp, months: 24 } });
    const acts = [...classes('2022-05', 8), ...classes('2023-05', 10), ...classes('2024-02', 5, 8)];
    const evaluation = evaluated(acts, regulation, '2024-12-31');
    // 2022 lacks 4 and takes them of 2023; 2023 has 6 of 12 and takes 6 of 2024, where 7 remain.
    expect(amounts(inYear('2023', evaluation))).toEqual([['hours 4'], ['hours 6'], []]);
    expect(amounts(inYear('2024', evaluation))).toEqual([['hours 6'], ['hours 7'], []]);
    const late = evaluated(
      [...classes('2022-05', 8), ...classes('2023-05', 2), ...classes('2024-02', 5, 8)],
      regulation,
      '2024-12-31',
    );
    // 2 + 2 for 2022; 2023 has nothing left and takes the other 11 of 2024.
    const third = inYear('2024', late);
    expect(amounts(third)).toEqual([['hours 13'], ['hours 0'], []]);
    expect(third?.usedToMakeUp?.cycles.map(({ label }) => label)).toEqual(['2022', '2023']);
  });

  it('takes nothing from a later cycle where it lies between cycles', () => {
    const cycles = { half: { from: '2020-01-01', months: 6, every: 12 } };
    const regulation = target({ cycle: 'half', makeUp }, { cycles });
    const acts = [...classes('2023-05', 8), ...classes('2023-08', 4), ...classes('2024-05', 12)];
    const { targets, earlier } = evaluated(acts, regulation, '2024-06-30');
    expect(earlier.find(({ makesUp }) => makesUp)?.state).toBe('met');
    expect(targets.map(amounts)).toEqual([[undefined, ['hours 12'], []]]);
  });
});
