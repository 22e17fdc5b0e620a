import { describe, expect, it } from 'vitest';
import type { Evaluation } from './evaluate';
import { evaluateGroup } from './evaluate-group';
import { settleAll } from '../reading/facts';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { activity, anyone, classes, evaluated, sample, target } from '../testing/sample';

const units = (hours: number): number => hours * 10_000;
const states = (evaluation: Evaluation): string[] =>
  [...evaluation.earlier, ...evaluation.targets].map((result) => `${result.cycle.label} ${result.state}`);

describe('targets', () => {
  it('are open while the cycle runs, then met or missed', () => {
    const acts = classes('2023-05', 6, 6);
    expect(states(evaluated(acts, target(), '2024-06-30'))).toEqual(['2023 met', '2024 open']);
    expect(states(evaluated(acts, target(), '2024-12-31'))).toEqual(['2023 met', '2024 missed']);
    expect(evaluated(acts, target(), '2024-06-30').targets[0]).toMatchObject({
      final: false,
      shortfall: [[{ amount: units(12) }]],
    });
  });

  it('apply to groups on the deciding day, and follow transfer, promotion and retirement', () => {
    const sections = {
      groups: {
        division: { name: '处级', where: { rank: { atLeast: '县处级副职' } } },
        section: { name: '科级', where: { not: { rank: { atLeast: '县处级副职' } } } },
      },
    };
    const promoted: CreditPerson = {
      id: 'p',
      history: [
        { from: '2023-01-01', postLevel: '乡科级正职' },
        { from: '2024-07-01', to: '2025-03-31', postLevel: '县处级副职' },
      ],
    };
    const of = (group: string, decidedOn: string, asOf: string): string[] =>
      states(evaluated([], target({ groups: group, decidedOn }, sections), asOf, promoted));
    expect(of('section', 'end', '2024-06-30')).toEqual(['2023 missed', '2024 open']);
    expect(of('section', 'end', '2024-12-31')).toEqual(['2023 missed']);
    expect(of('section', 'start', '2024-12-31')).toEqual(['2023 missed', '2024 missed']);
    expect(of('division', 'end', '2025-06-30')).toEqual(['2024 missed']);
    const { notCovered } = evaluated([], target({ groups: ['division'] }, sections), '2024-01-31', promoted);
    expect(notCovered).toMatchObject([{ target: 't', because: 'group' }]);
  });

  it('do not apply where all they ask for is limited to other groups', () => {
    const groups = { women: { name: '女', where: { sex: 'female' } } };
    const asked = target({ needs: { atLeast: 12, groups: 'women' } }, { groups });
    const { targets, notCovered } = evaluated([], asked, '2024-12-31', { ...anyone, sex: 'male' });
    expect([targets, notCovered]).toMatchObject([[], [{ target: 't', because: 'group' }]]);
    expect(states(evaluated([], asked, '2024-12-31', { ...anyone, sex: 'female' }))).toEqual(['2024 missed']);
  });

  it('hold for whoever was in the group at any time, up to a birthday too', () => {
    const groups = { young: { name: '40 岁以下', where: { age: { below: 40 } } } };
    const states = (decidedOn: string, birthDate: string): unknown[] =>
      evaluated([], target({ groups: 'young', decidedOn }, { groups }), '2024-12-31', {
        ...anyone,
        birthDate,
      }).targets.map(({ state }) => state);
    expect([states('any', '1984-07-01'), states('end', '1984-07-01')]).toEqual([['missed'], []]);
    expect([states('any', '1984-01-01'), states('any', '1985-01-01')]).toEqual([[], ['missed']]);
  });

  it('around an event are for whoever is in the group on its day', () => {
    const groups = { heads: { name: '负责人', where: { leading: true } } };
    const cycles = { before: { around: 'promotion', monthsBefore: 6, monthsAfter: 6 } };
    const state = (leading: boolean, asOf: string): unknown[] =>
      evaluated([], target({ groups: 'heads', cycle: 'before' }, { groups, cycles }), asOf, {
        id: 'p',
        history: [
          { from: '2023-01-01', to: '2024-03-31', postLevel: '乡科级副职' },
          { from: '2024-04-01', to: '2024-07-31', postLevel: '乡科级正职', leading },
          { from: '2024-08-01', postLevel: '乡科级正职' },
        ],
      }).targets.map(({ state: is, cycle }) => [is, cycle.eventOn]);
    // Whether somebody still leads on the day of evaluation makes no difference.
    expect([state(true, '2024-08-15'), state(false, '2024-08-15')]).toEqual([[['open', '2024-04-01']], []]);
  });

  it('are told in the order in which their cycles end, whichever stands first', () => {
    const cycles = { year: { from: '2020-01-01', months: 12 }, half: { from: '2020-01-01', months: 6 } };
    const one = { clause: '一', needs: { measure: 'hours', atLeast: 12 } };
    const regulation = sample({
      cycles,
      targets: [
        { ...one, id: 'yearly', name: '全年', cycle: 'year' },
        { ...one, id: 'half', name: '半年', cycle: 'half' },
      ],
    });
    const { earlier } = evaluated(classes('2023-05', 1), regulation, '2024-07-01');
    expect(earlier.map(({ target: id, cycle }) => `${id} ${cycle.to}`)).toEqual([
      'half 2023-06-30',
      'yearly 2023-12-31',
      'half 2023-12-31',
      'half 2024-06-30',
    ]);
  });

  it('name an amount once in the sums of the years, though several alternatives need it', () => {
    const cycles = { year: { from: '2020-01-01', months: 12 }, two: { from: '2020-01-01', months: 24 } };
    const needs = {
      allOf: [
        { atLeast: 5 },
        {
          anyOf: [
            { id: 'many', atLeast: 9 },
            { id: 'talks', kind: 'class', atLeast: 8 },
          ],
        },
      ],
    };
    const [result] = evaluated(
      classes('2020-05', 4),
      target({ cycle: 'two', needs }, { cycles }),
      '2020-12-31',
    ).targets;
    expect(result?.running.map(({ leaf, amount }) => `${leaf} ${amount}`)).toEqual([
      'all 40000',
      'many 40000',
      'talks 40000',
    ]);
  });

  it('say why they do not apply', () => {
    expect(evaluated([], target({ inForce: { to: '2023-12-31' } })).notCovered).toMatchObject([
      { because: 'not-in-force' },
    ]);
    const induction = {
      cycles: { year: { from: '2020-01-01', months: 12 }, first: { around: 'employment', monthsAfter: 6 } },
    };
    expect(evaluated([], target({ cycle: 'first' }, induction)).notCovered).toMatchObject([
      { because: 'no-cycle' },
    ]);
    const retired = { id: 'p', history: [{ from: '2020-01-01', to: '2024-06-30' }] };
    expect(evaluated([], target(), '2024-12-31', retired).notCovered).toMatchObject([
      { because: 'not-in-service' },
    ]);
    const teachers = { groups: { teachers: { name: '教师', where: { role: '教师' } } } };
    expect(evaluated([], target({ groups: 'teachers' }, teachers)).notCovered).toMatchObject([
      { because: 'group' },
    ]);
    const settings = { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } };
    const other = evaluated([], target({ if: { x: 'b' } }, { settings }));
    expect([other.targets, other.notCovered]).toEqual([[], []]);
  });

  it('are not said not to apply once they are over and have results', () => {
    const over = target({ inForce: { to: '2023-12-31' } });
    const inForce = evaluated(classes('2023-05', 5), over, '2024-06-30');
    expect([inForce.earlier.length, inForce.notCovered]).toEqual([1, []]);
    const window = { cycles: { plan: { windows: [{ from: '2023-01-01', to: '2023-12-31' }] } } };
    const ended = evaluated(classes('2023-05', 5), target({ cycle: 'plan' }, window), '2024-06-30');
    expect([ended.earlier.length, ended.notCovered]).toEqual([1, []]);
    const retired = { id: 'p', history: [{ from: '2023-01-01', to: '2024-02-28' }] };
    const left = evaluated([], target(), '2024-06-30', retired);
    expect([left.earlier.length, left.notCovered]).toMatchObject([1, [{ because: 'not-in-service' }]]);
  });

  it('without a cycle say first that they are for others', () => {
    const joining = {
      groups: { teachers: { name: '教师', where: { role: '教师' } } },
      cycles: { since: { around: 'joining', group: 'teachers', monthsAfter: 36, repeats: true } },
    };
    const because = (person: CreditPerson, more: object = {}): unknown =>
      evaluated([], target({ groups: 'teachers', cycle: 'since', ...more }, joining), '2024-06-30', person)
        .notCovered;
    const never = { id: 'p', history: [{ from: '2020-01-01' }] };
    expect(because(never)).toMatchObject([{ because: 'group' }]);
    expect(because(never, { inForce: { from: '2025-01-01' } })).toMatchObject([{ because: 'not-in-force' }]);
    expect(because({ id: 'p', history: [{ from: '2020-01-01', to: '2021-12-31' }] })).toMatchObject([
      { because: 'not-in-service' },
    ]);
    // In the group all along: nothing tells when it was joined.
    expect(because({ id: 'p', history: [{ roles: ['教师'] }] })).toMatchObject([{ because: 'no-cycle' }]);
  });

  it('show sums year by year in a longer cycle', () => {
    const cycles = { year: { from: '2020-01-01', months: 12 }, five: { from: '2020-01-01', months: 60 } };
    const acts = [...classes('2021-05', 5), ...classes('2022-05', 7)];
    const [result] = evaluated(acts, target({ cycle: 'five' }, { cycles }), '2022-12-31').targets;
    expect(result?.running).toEqual(
      [
        { to: '2020-12-31', leaf: 'hours', amount: 0 },
        { to: '2021-12-31', leaf: 'hours', amount: units(5) },
        { to: '2022-12-31', leaf: 'hours', amount: units(12) },
      ].slice(0),
    );
  });

  it('end their running sums with the cycle', () => {
    const cycles = {
      year: { from: '2020-01-01', months: 12 },
      long: { windows: [{ from: '2020-01-01', to: '2021-06-30' }] },
    };
    const { earlier } = evaluated(classes('2021-05', 5), target({ cycle: 'long' }, { cycles }), '2023-12-31');
    expect(earlier[0]?.running.map((sum) => sum.to)).toEqual(['2020-12-31', '2021-06-30']);
  });
});

describe('relief', () => {
  const person: CreditPerson = {
    id: 'p',
    birthDate: '1966-05-01',
    history: [],
    circumstances: [
      { kind: '产假', from: '2024-01-10', to: '2024-05-09' },
      { kind: '病假', from: '2024-06-01', approved: false },
    ],
  };
  const required = (
    relief: readonly object[],
    who: CreditPerson = person,
    acts = classes('2023-05', 90),
  ): [string, number | undefined] => {
    const [result] = evaluated(acts, target({ relief }), '2024-06-30', who).targets;
    return [result?.state ?? 'none', result?.alternatives[0]?.[0]?.required];
  };

  it('exempts, halves or lowers for approved circumstances of some length', () => {
    const when = { circumstance: '产假', months: 4 };
    expect(required([{ clause: '二', when, exempt: true }])).toEqual(['exempt', 0]);
    expect(required([{ clause: '二', when: { ...when, months: 5 }, exempt: true }])).toEqual([
      'open',
      units(12),
    ]);
    expect(required([{ clause: '二', when: { circumstance: '病假' }, exempt: true }])).toEqual([
      'open',
      units(12),
    ]);
    expect(
      required([
        { clause: '二', when, times: 0.5 },
        { clause: '二', when, less: 2, round: { to: 5, mode: 'up' } },
      ]),
    ).toEqual(['open', units(5)]);
    expect(required([{ clause: '二', when, less: 20 }])).toEqual(['exempt', 0]);
  });

  it('is judged by what a person will be at the end of a cycle that still runs', () => {
    const regulation = target({
      relief: [{ clause: '二', when: { person: { age: { atLeast: 60 } } }, exempt: true }],
    });
    const turning60 = { ...anyone, birthDate: '1964-10-01' };
    expect(states(evaluated([], regulation, '2024-03-01', turning60))).toEqual(['2024 exempt']);
    expect(states(evaluated([], regulation, '2024-12-31', turning60))).toEqual(['2024 exempt']);
  });

  it('looks at the first day of a cycle that is decided there', () => {
    const relief = [{ clause: '二', when: { person: { age: { atLeast: 60 } } }, exempt: true }];
    const regulation = target({ decidedOn: 'start', relief });
    const turning60 = { ...anyone, birthDate: '1964-10-01' };
    for (const day of ['2024-01-01', '2024-03-01', '2024-12-30'])
      expect(states(evaluated([], regulation, day, turning60))).toEqual(['2024 open']);
  });

  it('may hold for months within bounds, so that of two only one does', () => {
    const relief = [
      { clause: '二', when: { circumstance: '病假', months: { atLeast: 3, below: 6 } }, times: '2/3' },
      { clause: '二', when: { circumstance: '病假', months: { atLeast: 6 } }, times: '1/2' },
      { clause: '二', when: { circumstance: '病假', days: { atMost: 10 } }, less: 1 },
    ];
    const required = (to: string): number | undefined => {
      const ill = { ...anyone, circumstances: [{ kind: '病假', from: '2024-02-01', to }] };
      return evaluated([], target({ relief }), '2024-12-31', ill).targets[0]?.alternatives[0]?.[0]?.required;
    };
    expect(['2024-02-10', '2024-04-29', '2024-04-30', '2024-07-30', '2024-07-31'].map(required)).toEqual(
      [11, 12, 8, 8, 6].map(units),
    );
  });

  it('in proportion may stand in a clause of its own', () => {
    const newcomer: CreditPerson = { id: 'p', history: [{ from: '2024-07-01' }] };
    const reliefs = (more: object): unknown[] =>
      evaluated([], target({ prorate: { by: 'months', ...more } }), '2024-12-31', newcomer).targets.flatMap(
        (result) => result.reliefs.map(({ clause }) => clause),
      );
    expect([reliefs({}), reliefs({ clause: '三' })]).toEqual([['一'], ['三']]);
  });

  it('asks nothing of whom it exempts, as of whom it leaves nothing to do', () => {
    const needs = {
      allOf: [
        { id: 'all', atLeast: 12 },
        { id: 'over', above: 3 },
        { id: 'most', atMost: 20 },
        { id: 'share', kind: 'class', atLeastShare: '1/2', of: {} },
      ],
    };
    const [result] = evaluated(
      classes('2024-05', 1),
      target({ needs, relief: [{ clause: '二', when: { circumstance: '产假' }, exempt: true }] }),
      '2024-12-31',
      person,
    ).targets;
    expect(result).toMatchObject({
      state: 'exempt',
      met: true,
      metBy: [],
      metWithoutCarryIn: true,
      shortfall: [],
      alternatives: [
        [
          { leaf: 'all', required: 0, earned: units(1), short: 0, met: true },
          { leaf: 'over', required: 0, short: 0, met: true },
          { leaf: 'most', required: units(20), short: 0, met: true },
          { leaf: 'share', required: 0, short: 0, met: true, share: { needed: '0' } },
        ],
      ],
    });
  });

  it('exempts whom proportion leaves nothing to do', () => {
    const away: CreditPerson = {
      id: 'p',
      history: [{ from: '2024-01-01' }],
      circumstances: [{ kind: '援派', from: '2024-01-01', to: '2024-12-31' }],
    };
    const regulation = target({ prorate: { by: 'months', without: '援派' } });
    expect(states(evaluated([], regulation, '2024-12-31', away))).toEqual(['2024 exempt']);
  });

  it('is granted once for each period inside the cycle in which its condition holds', () => {
    const leaves = (...spells: [string, string][]): CreditPerson => ({
      id: 'p',
      birthDate: '1965-07-01',
      history: [{ from: '2020-01-01', postLevel: '乡科级副职' }],
      circumstances: spells.map(([from, to]) => ({ kind: '病假', from, to })),
    });
    const two = (relief: object, who: CreditPerson, asOf = '2025-12-31'): unknown => {
      const regulation = target(
        {
          cycle: 'two',
          needs: { atLeast: 80 },
          relief: [{ clause: '二', less: 40, per: 'year', ...relief }],
        },
        {
          cycles: {
            year: { from: '2020-01-01', months: 12 },
            two: { from: '2020-01-01', months: 24 },
            // A year that ends in the next cycle is one of that.
            own: { from: '2020-09-01', months: 12 },
          },
        },
      );
      const { state, alternatives, reliefs } = evaluated([], regulation, asOf, who).targets[0] ?? {};
      return [state, alternatives?.[0]?.[0]?.required, ...(reliefs ?? []).map(({ period }) => period)];
    };
    const when = { circumstance: '病假', months: 6, unbroken: true };
    const both = leaves(['2024-01-01', '2024-06-30'], ['2025-03-01', '2025-09-15']);
    expect(two({ when }, both)).toEqual(['exempt', 0, '2024', '2025']);
    expect(two({ when }, leaves(['2024-01-01', '2024-06-30']))).toEqual(['missed', 400_000, '2024']);
    // Half of it in each year is enough in neither.
    expect(two({ when }, leaves(['2024-10-01', '2025-03-31']))).toEqual(['missed', 800_000]);
    // While the cycle runs, what is known to come counts as well.
    expect(two({ when }, both, '2024-12-31')).toEqual(['exempt', 0, '2024', '2025']);
    expect(two({ when: { person: { age: { atLeast: 60 } } } }, leaves())).toEqual([
      'missed',
      400_000,
      '2025',
    ]);
    expect(
      two({ when, per: 'own' }, leaves(['2024-02-01', '2024-08-31'], ['2025-09-01', '2026-03-31'])),
    ).toEqual(['missed', 400_000, '2024']);
    expect(two({ when, less: undefined, times: 0.5 }, both)).toEqual(['missed', 200_000, '2024', '2025']);
    // 80 − 2 × 1.2 = 77.6 is rounded once, not after each.
    const round = { to: 0.5, mode: 'half-up' };
    expect(two({ when, less: 1.2, round }, both)).toEqual(['missed', 775_000, '2024', '2025']);
  });

  it('is granted for each circumstance by itself that touches the cycle', () => {
    type Leave = readonly [from: string, to?: string, more?: object];
    const reliefOf = (leaves: readonly Leave[], when: object = {}, asOf = '2024-12-31'): unknown => {
      const who = {
        ...person,
        circumstances: leaves.map(([from, to, more]) => ({ kind: '产假', from, ...(to && { to }), ...more })),
      };
      const relief = [
        { clause: '二', when: { circumstance: '产假', ...when }, less: 3, per: 'circumstance' },
      ];
      const { alternatives, reliefs } = evaluated([], target({ relief }), asOf, who).targets[0] ?? {};
      return [
        Number(alternatives?.[0]?.[0]?.required) / 10_000,
        ...(reliefs ?? []).map(({ circumstances }) => circumstances?.map(({ from }) => from).join()),
      ];
    };
    const first: Leave = ['2024-02-01', '2024-04-30'];
    expect(reliefOf([])).toEqual([12]);
    expect(reliefOf([first])).toEqual([9, '2024-02-01']);
    expect(reliefOf([['2024-09-01', '2024-11-30'], first])).toEqual([6, '2024-02-01', '2024-09-01']);
    // Two records are two, whether they overlap or not; what is not approved, or of another kind or year, is none.
    expect(reliefOf([first, ['2024-03-01', '2024-06-30']])).toEqual([6, '2024-02-01', '2024-03-01']);
    expect(reliefOf([first, ['2024-05-01', '2024-06-30', { approved: false }]])).toEqual([9, '2024-02-01']);
    expect(reliefOf([first, ['2024-05-01', '2024-06-30', { kind: '病假' }]])).toEqual([9, '2024-02-01']);
    expect(
      reliefOf([
        ['2023-10-01', '2023-12-31'],
        ['2025-01-01', '2025-03-31'],
      ]),
    ).toEqual([12]);
    // One day inside is enough, at either end; and what is known to come counts.
    expect(reliefOf([['2023-10-01', '2024-01-01'], ['2024-12-31']])).toEqual([6, '2023-10-01', '2024-12-31']);
    expect(reliefOf([['2024-09-01', '2024-11-30']], {}, '2024-03-31')).toEqual([9, '2024-09-01']);
    // The length is that of each one, of its part in the cycle or whole, and never that of two together.
    const months = { months: 3 };
    expect(reliefOf([first, ['2024-05-01', '2024-07-30']], months)).toEqual([9, '2024-02-01']);
    expect(reliefOf([['2023-11-01', '2024-01-31']], months)).toEqual([12]);
    expect(reliefOf([['2023-11-01', '2024-01-31']], { ...months, whole: true })).toEqual([9, '2023-11-01']);
    expect(reliefOf([['2023-11-30', '2024-02-27']], { ...months, whole: true })).toEqual([12]);
    expect(reliefOf([['2023-11-30', '2024-02-28']], { ...months, whole: true })).toEqual([9, '2023-11-30']);
    const five = ['01', '03', '05', '07', '09'].map((month): Leave => [
      `2024-${month}-01`,
      `2024-${month}-20`,
    ]);
    expect(reliefOf(five)).toEqual([0, ...five.map(([from]) => from)]);
  });

  it('adds circumstances up, or takes the longest without a break', () => {
    const away = (...spells: readonly (readonly [string, string, string?])[]): CreditPerson => ({
      ...person,
      circumstances: spells.map(([from, to, kind = '病假']) => ({ kind, from, to })),
    });
    const stateOf = (who: CreditPerson, when: object): string =>
      required([{ clause: '二', when: { circumstance: ['病假', '产假'], ...when }, exempt: true }], who)[0];
    const apart = away(['2024-01-01', '2024-03-31'], ['2024-04-02', '2024-07-01']);
    expect(stateOf(apart, { months: 6 })).toBe('exempt');
    expect(stateOf(apart, { months: 6, unbroken: true })).toBe('open');
    expect(stateOf(apart, { days: 91, unbroken: true })).toBe('exempt');
    expect(stateOf(apart, { days: 92, unbroken: true })).toBe('open');
    // One kind of leave after the other, or both at once, is one absence; days that are in both count once.
    const joined = away(['2024-03-16', '2024-06-30', '产假'], ['2024-01-01', '2024-03-20']);
    expect(stateOf(joined, { months: 6, unbroken: true })).toBe('exempt');
    expect(stateOf(joined, { days: 183 })).toBe('open');
    expect(stateOf(away(['2024-01-01', '2024-03-15'], ['2024-03-16', '2024-06-30']), { months: 6 })).toBe(
      'exempt',
    );
    // What lies in the year before does not count in this one.
    expect(stateOf(away(['2023-10-01', '2024-05-31']), { months: 6, unbroken: true })).toBe('open');
  });

  it('depends on the person, or on what was earned before', () => {
    expect(required([{ clause: '二', when: { person: { age: { atLeast: 58 } } }, exempt: true }])[0]).toBe(
      'exempt',
    );
    expect(required([{ clause: '二', when: { person: { age: { atLeast: 59 } } }, exempt: true }])[0]).toBe(
      'open',
    );
    const before = { earned: { measure: 'hours', atLeast: 90 }, cycle: 'previous' };
    expect(required([{ clause: '二', when: before, exempt: true }])[0]).toBe('exempt');
    expect(required([{ clause: '二', when: before, exempt: true }], person, classes('2023-05', 89))[0]).toBe(
      'open',
    );
    expect(required([{ clause: '二', when: before, exempt: true }], anyone, classes('2024-05', 5))[0]).toBe(
      'open',
    );
    expect(
      required(
        [{ clause: '二', when: { earned: { measure: 'hours', atLeast: 5 } }, exempt: true }],
        anyone,
        classes('2024-05', 5),
      )[0],
    ).toBe('exempt');
  });

  it('lowers the amounts that it names only, in proportion too', () => {
    const when = { circumstance: '产假' };
    const needs = {
      allOf: [
        { measure: 'hours', atLeast: 12 },
        { measure: 'hours', id: 'classes', kind: 'class', atLeast: 6 },
      ],
    };
    const amounts = (more: object): (number | undefined)[] | undefined =>
      evaluated([], target({ needs, ...more }), '2024-06-30', person).targets[0]?.alternatives[0]?.map(
        ({ required: amount }) => amount,
      );
    expect(amounts({ relief: [{ clause: '二', when, times: '1/2', amounts: 'classes' }] })).toEqual([
      units(12),
      units(3),
    ]);
    const prorate = { by: 'days', without: '产假', amounts: ['hours'] };
    // 121 of 366 days are leave; what is not rounded is compared exactly and told upwards.
    expect(amounts({ prorate })).toEqual([Math.ceil((units(12) * 245) / 366), units(6)]);
    expect(amounts({ prorate: { ...prorate, round: { to: 0.5, mode: 'down' } } })).toEqual([
      units(8),
      units(6),
    ]);
  });

  it('changes a required share where it names it, or where nothing is required', () => {
    const needs = {
      allOf: [
        { id: '总', atLeast: 12 },
        { id: '占比', kind: 'class', atLeastShare: '1/2', of: {} },
      ],
    };
    const earn = ['class', 'talk'].map((kind) => ({
      id: kind,
      clause: '一',
      kinds: kind,
      earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
    }));
    const done = [activity({ kind: 'talk', classHours: 6 }), activity({ classHours: 2 })];
    const relieved = (relief: object): unknown => {
      const regulation = target(
        { needs, relief: [{ clause: '二', when: { circumstance: '产假' }, ...relief }] },
        { earn },
      );
      const [result] = evaluated(done, regulation, '2024-06-30', person).targets;
      const [all, share] = result?.alternatives[0] ?? [];
      return [
        all?.required,
        share?.share?.needed,
        result?.met,
        result?.least[0]?.map(({ amount }) => amount),
      ];
    };
    expect(relieved({ times: '1/2' })).toEqual([units(6), '1/2', false, [units(4)]]);
    expect(relieved({ less: 8 })).toEqual([units(4), '1/2', false, [units(4)]]);
    expect(relieved({ times: '3/4', amounts: '占比' })).toEqual([
      units(12),
      '3/8',
      false,
      [units(1.5), units(2.5)],
    ]);
    expect(relieved({ times: '1/2', amounts: ['总', '占比'] })).toEqual([units(6), '1/4', true, undefined]);
    expect(relieved({ times: 0, amounts: '占比' })).toEqual([units(12), '0', false, [units(4)]]);
    expect(relieved({ times: 0 })).toEqual([0, '0', true, undefined]);
  });

  it('lowers to a number, which leaves what is lower already: of two the lower one decides', () => {
    const required = (...relief: readonly object[]): unknown => {
      const given = relief.map((one) => ({ clause: '二', when: { circumstance: '产假' }, ...one }));
      const regulation = target({ needs: { atLeast: 40 }, relief: given });
      return evaluated([], regulation, '2024-06-30', person).targets[0]?.alternatives[0]?.[0]?.required;
    };
    expect([
      required({ to: 20 }),
      required({ to: 20 }, { to: 24 }),
      required({ to: 24 }, { to: 20 }),
      required({ to: 50 }),
      required({ times: '1/4' }, { to: 20 }),
    ]).toEqual([20, 20, 20, 40, 10].map(units));
  });

  it('counts a cycle shorter than a month as one month', () => {
    const cycles = { weeks: { windows: [{ from: '2024-06-01', to: '2024-06-20' }] } };
    const hired = (from: string): unknown => {
      const [result] = evaluated(
        [],
        target({ cycle: 'weeks', prorate: { by: 'months', present: 'first-day' } }, { cycles }),
        '2024-06-20',
        { id: 'p', history: [{ from }] },
      ).targets;
      return [result?.reliefs, result?.alternatives[0]?.[0]?.required];
    };
    expect([hired('2024-05-01'), hired('2024-06-02')]).toEqual([
      [[], units(12)],
      [[{ clause: '一', effect: 'months', by: '0/1' }], 0],
    ]);
  });

  it('is not given under another reading', () => {
    const settings = { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } };
    const relief = [{ clause: '二', if: { x: 'b' }, when: { circumstance: '产假' }, exempt: true }];
    expect(evaluated([], target({ relief }, { settings }), '2024-06-30', person).targets[0]?.state).toBe(
      'open',
    );
  });

  it('is told with its clause and effect', () => {
    const when = { circumstance: '产假' };
    const [result] = evaluated(
      [],
      target({
        relief: [
          { clause: '二', when, times: '1/2' },
          { clause: '三', when, less: 1 },
        ],
      }),
      '2024-06-30',
      person,
    ).targets;
    const circumstances = [{ kind: '产假', from: '2024-01-10', to: '2024-05-09' }];
    expect(result?.reliefs).toEqual([
      { clause: '二', effect: 'times', by: '0.5', when, circumstances },
      { clause: '三', effect: 'less', by: '1', when, circumstances },
    ]);
  });

  it('goes by the months in the group and out of the circumstances', () => {
    const prorate = { by: 'months', without: '产假', round: { to: 1, mode: 'up' } };
    const joined: CreditPerson = { ...person, history: [{ from: '2024-04-16', grade: '一级科员' }] };
    const [result] = evaluated([], target({ prorate }), '2024-12-31', joined).targets;
    expect(result?.reliefs).toEqual([{ clause: '一', effect: 'months', by: '8/12' }]);
    expect(result?.alternatives[0]?.[0]?.required).toBe(units(8));
    const [whole] = evaluated(
      [],
      target({ prorate: { by: 'months', round: { to: 1, mode: 'up' } } }),
      '2024-12-31',
      anyone,
    ).targets;
    expect([whole?.reliefs, whole?.alternatives[0]?.[0]?.required]).toEqual([[], units(12)]);
  });
});

describe('consequences and ratings', () => {
  const consequences = [
    { id: 'not-excellent', says: '不得评为优秀', clause: '二', when: { target: 't', is: 'missed' } },
    { id: 'no-promotion', says: '不得提拔', clause: '二', when: { target: 't', is: 'missed', inARow: 2 } },
  ];
  const flags = (evaluation: Evaluation): string[] =>
    evaluation.flags.map((flag) => `${flag.cycle.label} ${flag.flag}`);

  it('follow from the state of a target, also several times running', () => {
    const person: CreditPerson = { id: 'p', history: [{ from: '2021-01-01' }] };
    const acts = classes('2023-05', 12);
    const evaluation = evaluated(acts, target({}, { consequences }), '2025-12-31', person);
    expect(flags(evaluation)).toEqual([
      '2021 not-excellent',
      '2022 not-excellent',
      '2022 no-promotion',
      '2024 not-excellent',
      '2025 not-excellent',
      '2025 no-promotion',
    ]);
    expect(evaluation.flags[0]).toMatchObject({
      says: '不得评为优秀',
      clause: '二',
      because: { target: 't' },
    });
  });

  it('follow from scattered cycles too: so many of the last ones', () => {
    const person: CreditPerson = { id: 'p', history: [{ from: '2020-01-01' }] };
    const scattered = [
      { id: 'twice', says: '提醒', clause: '二', when: { target: 't', is: 'missed', atLeast: 2, inLast: 3 } },
    ];
    // Missed 2020, met 2021, missed 2022, met 2023 and 2024, missed 2025.
    const acts = ['2021', '2023', '2024'].flatMap((year) => classes(`${year}-05`, 12));
    const evaluation = evaluated(acts, target({}, { consequences: scattered }), '2025-12-31', person);
    expect(flags(evaluation)).toEqual(['2022 twice']);
  });

  const yearly = {
    id: 'r',
    name: '等次',
    clause: '二',
    cycle: 'year',
    of: { measure: 'hours' },
    bands: [
      { atLeast: 12, rating: '合格' },
      { below: 12, rating: '不合格' },
    ],
  };
  const ratings = (more: object, person: CreditPerson, sections: object = {}): string[] =>
    evaluated(
      classes('2024-05', 12),
      target(sections, {
        ratings: [{ ...yearly, ...more }],
        groups: { staff: { name: '在编', where: { category: '在编' } } },
      }),
      '2025-12-31',
      person,
    ).ratings.map((rating) => `${rating.cycle.label} ${rating.is}`);

  it('rate nobody for a year at whose end he had left', () => {
    const retired: CreditPerson = { id: 'p', history: [{ from: '2023-07-01', to: '2025-06-30' }] };
    expect(ratings({}, retired)).toEqual(['2023 不合格', '2024 合格']);
  });

  it('rate by the group on the first day, or by any day, where the text says so', () => {
    const moved: CreditPerson = {
      id: 'p',
      history: [
        { from: '2023-07-01', to: '2025-06-30', category: '在编' },
        { from: '2025-07-01', category: '借用' },
      ],
    };
    expect(ratings({ groups: 'staff' }, moved)).toEqual(['2023 不合格', '2024 合格']);
    expect(ratings({ groups: 'staff', decidedOn: 'start' }, moved)).toEqual(['2024 合格', '2025 不合格']);
    expect(ratings({ groups: 'staff', decidedOn: 'any' }, moved)).toEqual([
      '2023 不合格',
      '2024 合格',
      '2025 不合格',
    ]);
  });

  it('rate only those who have a target and are not exempt from it', () => {
    const ill: CreditPerson = {
      id: 'p',
      history: [{ from: '2022-07-01' }],
      circumstances: [{ kind: '病假', from: '2023-01-01', to: '2023-12-31' }],
    };
    const relief = [{ clause: '二', when: { circumstance: '病假', months: 6 }, exempt: true }];
    expect(ratings({}, ill, { relief })).toEqual(['2022 不合格', '2023 不合格', '2024 合格', '2025 不合格']);
    expect(ratings({ target: 't' }, ill, { relief, decidedOn: 'start' })).toEqual([
      '2024 合格',
      '2025 不合格',
    ]);
  });

  it('rate by whether the target is met, whatever was asked of the person', () => {
    const bands = [
      { is: 'met', atLeast: 20, rating: '优秀' },
      { is: 'met', rating: '合格' },
      { rating: '不合格' },
    ];
    const halved = [{ clause: '二', when: { circumstance: '产假' }, times: 0.5 }];
    const mother: CreditPerson = {
      id: 'p',
      history: [{ from: '2024-01-01' }],
      circumstances: [{ kind: '产假', from: '2024-01-01', to: '2024-12-31' }],
    };
    const rated = (hours: number, person: CreditPerson): (string | undefined)[] =>
      evaluated(
        classes('2024-05', hours),
        target({ relief: halved }, { ratings: [{ ...yearly, target: 't', bands }] }),
        '2024-12-31',
        person,
      ).ratings.map(({ is }) => is);
    expect([rated(6, mother), rated(6, anyone)]).toEqual([['合格'], ['不合格']]);
    expect([rated(12, anyone), rated(20, anyone)]).toEqual([['合格'], ['优秀']]);
  });

  it('rate by several targets: all are met, or any is missed', () => {
    const regulation = sample({
      targets: [
        { id: 'a', name: '甲', clause: '一', cycle: 'year', needs: { atLeast: 10 } },
        { id: 'b', name: '乙', clause: '一', cycle: 'year', groups: 'staff', needs: { atLeast: 20 } },
      ],
      groups: { staff: { name: '在职', where: { category: '在职' } } },
      ratings: [
        {
          ...yearly,
          target: ['a', 'b'],
          bands: [{ is: 'met', rating: '合格' }, { is: 'missed', rating: '不合格' }, { rating: '未定' }],
        },
      ],
    });
    const rated = (hours: number, category: string, asOf = '2024-12-31'): (string | undefined)[] =>
      evaluated(classes('2024-05', hours), regulation, asOf, {
        id: 'p',
        history: [{ from: '2024-01-01', category }],
      }).ratings.map(({ is }) => is);
    expect([rated(20, '在职'), rated(15, '在职'), rated(15, '其他')]).toEqual([
      ['合格'],
      ['不合格'],
      ['合格'],
    ]);
    expect(rated(15, '在职', '2024-11-30')).toEqual(['未定']);
  });

  it('relieve by how long somebody was in a group within the cycle, its last day included', () => {
    const groups = { staff: { name: '执业', where: { role: '执业' } } };
    const relief = [{ clause: '二', when: { in: 'staff', months: { below: 6 } }, exempt: true }];
    const state = (from: string, to?: string): string | undefined =>
      evaluated([], target({ relief }, { groups }), '2024-12-31', {
        id: 'p',
        history: [{ from: '2020-01-01' }, { from, roles: ['执业'], ...(to === undefined ? {} : { to }) }],
      }).targets[0]?.state;
    expect([state('2024-07-01'), state('2024-07-02'), state('2023-01-01')]).toEqual([
      'missed',
      'exempt',
      'missed',
    ]);
    expect([state('2023-01-01', '2024-06-30'), state('2023-01-01', '2024-06-29')]).toEqual([
      'missed',
      'exempt',
    ]);
    const [{ reliefs } = { reliefs: [] }] = evaluated([], target({ relief }, { groups }), '2024-06-30', {
      id: 'p',
      history: [{ from: '2020-01-01' }, { from: '2024-03-01', to: '2024-07-31', roles: ['执业'] }],
    }).targets;
    // What is on record of the rest of the year is looked at already.
    expect(reliefs).toMatchObject([{ effect: 'exempt' }]);
  });

  it('rate what was missed and is made up since', () => {
    const bands = [
      { is: 'met', rating: '合格' },
      { is: 'made-up', rating: '补足合格' },
      { is: 'missed', rating: '不合格' },
    ];
    const regulation = target(
      { makeUp: { clause: '二', after: 'cycle', months: 6 } },
      {
        ratings: [{ ...yearly, target: 't', bands }],
        teams: [
          {
            id: 'rate',
            name: '完成率',
            clause: '二',
            cycle: 'year',
            take: 'share',
            target: 't',
            is: ['met', 'made-up'],
            times: 100,
          },
        ],
      },
    );
    const person = { id: 'p', history: [{ from: '2023-01-01' }] };
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 4, 12)];
    const rated = (asOf: string): unknown => {
      const { ratings } = evaluated(acts, regulation, asOf, person);
      const { entries } = settleAll(acts, regulation, person);
      const { earlierTeams } = evaluateGroup([{ person, entries }], regulation, asOf);
      return [ratings.map(({ is }) => is)[0], earlierTeams.map(({ amount }) => amount / 10_000)];
    };
    expect([rated('2024-01-31'), rated('2024-02-01')]).toEqual([
      ['不合格', [0]],
      ['补足合格', [100]],
    ]);
  });

  it('draw nothing from a rating while its cycle runs', () => {
    const sections = {
      ratings: [{ ...yearly, target: 't', bands: [{ is: 'missed', rating: '不合格' }, { rating: '合格' }] }],
      consequences: [
        { id: 'talk', says: '谈话', clause: '二', when: { rating: 'r', is: ['不合格', '合格'] } },
      ],
    };
    const on = (asOf: string): unknown[] => {
      const { ratings, flags: drawn } = evaluated([], target({}, sections), asOf);
      return [ratings.map(({ is, final }) => [is, final]), drawn.map(({ flag }) => flag)];
    };
    expect(on('2024-06-30')).toEqual([[['合格', false]], []]);
    expect(on('2024-12-31')).toEqual([[['不合格', true]], ['talk']]);
  });

  it('follow from a rating at once where the text does not wait for the end of the cycle', () => {
    const sections = {
      ratings: [{ ...yearly, bands: [{ below: 0, rating: '扣分' }, { rating: '无' }] }],
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        },
        { id: 'talk', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', flat: -8 }] },
      ],
      consequences: [
        { id: 'now', says: '通报', clause: '二', when: { rating: 'r', is: '扣分', at: 'once' } },
        { id: 'later', says: '停用', clause: '二', when: { rating: 'r', is: '扣分' } },
      ],
    };
    const drawn = (kind: string, asOf: string): string[] =>
      evaluated(
        [activity({ kind, occurredOn: '2024-03-01', classHours: 1 })],
        target({}, sections),
        asOf,
      ).flags.map(({ flag }) => flag);
    expect(drawn('talk', '2024-06-30')).toEqual(['now']);
    expect(drawn('talk', '2024-12-31')).toEqual(['now', 'later']);
    expect(drawn('class', '2024-06-30')).toEqual([]);
  });

  it('follow from a rating; the first band that fits decides', () => {
    const ratings = [
      {
        id: 'r',
        name: '等次',
        clause: '二',
        cycle: 'year',
        of: { measure: 'hours' },
        bands: [
          { atLeast: 20, needs: { measure: 'hours', kind: 'talk', atLeast: 5 }, rating: 'excellent' },
          { atLeast: 10, rating: 'pass' },
        ],
      },
      {
        id: 'closed',
        name: '停用',
        clause: '二',
        cycle: 'year',
        inForce: { to: '2020-12-31' },
        of: { measure: 'hours' },
        bands: [{ atLeast: 0, rating: 'pass' }],
      },
    ];
    const regulation = sample({
      ratings,
      consequences: [{ id: 'award', says: '表彰', clause: '三', when: { rating: 'r', is: ['excellent'] } }],
      earn: [
        {
          id: 'all',
          clause: '一',
          kinds: ['class', 'talk'],
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        },
      ],
    });
    const rated = (...hours: [number, number]): [string | undefined, number] => {
      const evaluation = evaluated(
        [...classes('2024-05', hours[0]), activity({ kind: 'talk', classHours: hours[1] })],
        regulation,
      );
      return [evaluation.ratings.map((rating) => rating.is ?? '').join(), evaluation.flags.length];
    };
    expect([rated(15, 5), rated(25, 0), rated(5, 0)]).toEqual([
      ['excellent', 1],
      ['pass', 0],
      ['', 0],
    ]);
  });
});

describe('a target for part of a cycle', () => {
  const pro = (prorate: object, target: object = {}, sections: object = {}): Regulation =>
    sample({
      ...sections,
      groups: { staff: { name: '在职', where: { category: '在职' } } },
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          groups: 'staff',
          decidedOn: 'any',
          needs: { atLeast: 90 },
          prorate: { by: 'months', round: { to: 0.5, mode: 'up' }, ...prorate },
          ...target,
        },
      ],
    });
  const required = (prorate: object, from: string, to?: string): unknown =>
    evaluated([], pro(prorate), '2024-12-31', {
      id: 'p',
      history: [{ from, ...(to === undefined ? {} : { to }), category: '在职' }],
      circumstances: [{ kind: '产假', from: '2024-04-01', to: '2024-05-31' }],
    }).targets.map(({ alternatives, reliefs }) => [
      (alternatives[0]?.[0]?.required ?? 0) / 10_000,
      reliefs[0]?.by,
    ]);

  it.each([
    [{}, '2024-03-16', undefined, 75, '10/12'],
    [{ present: 'first-day' }, '2024-03-16', undefined, 67.5, '9/12'],
    [{ present: 'any-day' }, '2024-03-16', '2024-09-01', 52.5, '7/12'],
    [{ present: 'every-day' }, '2024-03-16', '2024-09-29', 37.5, '5/12'],
    [{ present: 15 }, '2024-03-15', '2024-09-14', 45, '6/12'],
    [{ present: 15 }, '2024-03-16', '2024-09-15', 45, '6/12'],
    // From the month after joining on, and until the month of leaving.
    [{ present: 'day-before' }, '2024-03-01', undefined, 67.5, '9/12'],
    [{ present: 'day-before' }, '2023-12-31', '2024-06-15', 45, '6/12'],
    [{ present: 'day-before' }, '2023-12-31', '2024-06-30', 45, '6/12'],
    [{ present: 'day-before', without: '产假' }, '2023-12-31', undefined, 75, '10/12'],
    [{ without: '产假' }, '2024-01-01', undefined, 75, '10/12'],
    [{ by: 'days' }, '2024-12-01', undefined, 8, '31/366'],
  ])('%j: in service from %s to %s needs %s', (prorate, from, to, amount, by) => {
    expect(required(prorate, from, to)).toEqual([[amount, by]]);
  });

  it.each([
    // A month counts by the day of the calendar, on whatever day the cycle begins.
    [{ present: 15 }, '2024-03-16', 9],
    [{ present: 15 }, '2024-03-15', 10],
    [{ present: 'last-day' }, '2024-03-31', 10],
    [{ present: 'last-day' }, '2024-04-01', 9],
    [{ present: 'first-day' }, '2024-04-01', 10],
    [{ present: 'first-day' }, '2024-04-02', 9],
    [{ present: 'day-before' }, '2024-03-31', 10],
    [{ present: 'day-before' }, '2024-04-01', 9],
    // Its own months begin on its first day: 10 March to 9 April.
    [{ present: 'any-day' }, '2024-04-09', 10],
    [{ present: 'every-day' }, '2024-04-09', 9],
  ])('%j: in a cycle from 10 January, in service from %s, %i of 12 months', (prorate, from, months) => {
    const own = { own: { windows: [{ from: '2024-01-10', to: '2025-01-09' }] } };
    const regulation = pro(prorate, { cycle: 'own' }, { cycles: own });
    const [result] = evaluated([], regulation, '2025-01-09', {
      id: 'p',
      history: [{ from, category: '在职' }],
    }).targets;
    expect(result?.reliefs).toMatchObject([{ by: `${months}/12` }]);
  });

  it('holds for whoever was in the group at any time, not for others', () => {
    expect(required({}, '2020-01-01', '2023-12-31')).toEqual([]);
    expect(required({}, '2020-01-01', '2024-02-29')).toEqual([[15, '2/12']]);
  });
});

describe('relief by days, and a consequence of several targets', () => {
  it('counts the days of approved circumstances inside the cycle', () => {
    const regulation = sample({
      targets: [
        {
          id: 'a',
          name: '甲',
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 9 },
          relief: [{ clause: '二', when: { circumstance: '病假', days: 60 }, exempt: true }],
        },
        { id: 'b', name: '乙', clause: '一', cycle: 'year', needs: { atLeast: 8 } },
      ],
      consequences: [{ id: 'f', says: '不评优', clause: '三', when: { target: ['a', 'b'], is: 'missed' } }],
    });
    const ill = (to: string): unknown =>
      evaluated([], regulation, '2024-12-31', {
        id: 'p',
        history: [],
        circumstances: [{ kind: '病假', from: '2023-12-20', to }],
      }).flags.map(({ because }) => because);
    expect(ill('2024-02-28')).toEqual([{ target: 'a' }, { target: 'b' }]);
    expect(ill('2024-02-29')).toEqual([{ target: 'b' }]);
  });
});

describe('consequences of what is not made up', () => {
  it('follow at once where no time was left', () => {
    const cycles = { year: { from: '2020-01-01', months: 12 }, two: { from: '2020-01-01', months: 24 } };
    const makeUp = { clause: '三', after: 'cycle', until: 'two' };
    const drawn = evaluated(
      classes('2022-05', 1),
      target(
        { makeUp },
        { cycles, consequences: [consequence('not-made-up'), consequence('make-up-missed')] },
      ),
      '2023-12-31',
    ).flags.map(({ flag, cycle }) => `${cycle.label} ${flag}`);
    expect(drawn).toEqual([
      '2022 not-made-up',
      '2022 make-up-missed',
      '2023 not-made-up',
      '2023 make-up-missed',
    ]);
  });

  const consequence = (is: string, more: object = {}): object => ({
    id: is,
    says: is,
    clause: '二',
    when: { target: 't', is, ...more },
  });
  const regulation = target(
    { makeUp: { clause: '三', after: 'cycle', months: 3 } },
    {
      consequences: [
        consequence('missed'),
        consequence('not-made-up'),
        consequence('make-up-missed'),
        { ...consequence('not-made-up', { inARow: 2 }), id: 'twice' },
      ],
    },
  );
  const flags = (asOf: string, ...acts: Parameters<typeof evaluated>[0]): string[] =>
    evaluated(acts, regulation, asOf).flags.map(({ flag, cycle }) => `${cycle.label} ${flag}`);
  const short = classes('2023-05', 8);

  it('stand until it is made up, and others from the day on which the time is over', () => {
    expect(flags('2024-02-15', ...short)).toEqual(['2023 missed', '2023 not-made-up']);
    expect(flags('2024-04-01', ...short)).toEqual(['2023 missed', '2023 not-made-up', '2023 make-up-missed']);
    expect(flags('2024-02-15', ...short, ...classes('2024-02', 4))).toEqual(['2023 missed']);
    expect(flags('2024-04-01', ...short, ...classes('2024-02', 4))).toEqual(['2023 missed']);
  });

  it('count cycles in a row', () => {
    expect(flags('2024-12-31', ...short)).toContain('2024 twice');
    expect(flags('2024-12-31', ...short, ...classes('2024-02', 4))).not.toContain('2024 twice');
  });

  it('follow a promotion as well', () => {
    const promoted: CreditPerson = {
      id: 'p',
      history: [
        { from: '2024-01-01', to: '2024-03-14', postLevel: '乡科级正职' },
        { from: '2024-03-15', postLevel: '县处级副职' },
      ],
    };
    const after = target(
      { makeUp: { clause: '三', after: 'promotion', months: 6 } },
      { consequences: [consequence('not-made-up'), consequence('make-up-missed')] },
    );
    const said = (asOf: string, acts: Parameters<typeof evaluated>[0]): string[] =>
      evaluated(acts, after, asOf, promoted).flags.map(({ flag }) => flag);
    expect(said('2024-06-30', [])).toEqual(['not-made-up']);
    expect(said('2024-10-01', [])).toEqual(['not-made-up', 'make-up-missed']);
    expect(said('2024-10-01', classes('2024-04', 12))).toEqual([]);
  });
});

describe('circumstances across the edge of a cycle', () => {
  const away: CreditPerson = {
    id: 'p',
    history: [],
    circumstances: [{ kind: '病假', from: '2023-10-01', to: '2024-03-31' }],
  };
  const exempt = (when: object, person = away): string[] =>
    states(
      evaluated(
        classes('2022-05', 1),
        target({ relief: [{ clause: '二', when: { circumstance: '病假', ...when }, exempt: true }] }),
        '2024-12-31',
        person,
      ),
    ).slice(1);

  it('count as far as they lie in it, or as a whole', () => {
    expect(exempt({ months: 6 })).toEqual(['2023 missed', '2024 missed']);
    expect(exempt({ months: 6, whole: true })).toEqual(['2023 exempt', '2024 exempt']);
    expect(exempt({ months: 7, whole: true })).toEqual(['2023 missed', '2024 missed']);
    expect(exempt({ days: 183, whole: true, unbroken: true })).toEqual(['2023 exempt', '2024 exempt']);
  });

  it('without an end last to the day of evaluation', () => {
    const open = { ...away, circumstances: [{ kind: '病假', from: '2023-10-01' }] };
    expect(exempt({ months: 6, whole: true }, open)).toEqual(['2023 exempt', '2024 exempt']);
    expect(exempt({ months: 6 }, open)).toEqual(['2023 missed', '2024 exempt']);
  });
});

describe('relief of an upper limit', () => {
  const needs = {
    allOf: [
      { id: 'all', atLeast: 12 },
      { id: 'most', kind: 'class', atMost: 8 },
    ],
  };
  const required = (more: object): unknown =>
    evaluated([], target({ needs, ...more }), '2024-12-31', {
      id: 'p',
      history: [{ from: '2024-07-01', roles: ['甲'] }],
    }).targets[0]?.alternatives[0]?.map((leaf) => leaf.required / 10_000);

  it('comes only to a limit that is named', () => {
    expect(required({ prorate: { by: 'months' } })).toEqual([6, 8]);
    expect(required({ prorate: { by: 'months', amounts: ['all', 'most'] } })).toEqual([6, 4]);
    const relief = { clause: '二', when: { person: { role: '甲' } }, times: '1/2' };
    expect(required({ relief: [relief] })).toEqual([6, 8]);
    expect(required({ relief: [{ ...relief, amounts: 'most' }] })).toEqual([12, 4]);
  });
});

describe('limits that are used up', () => {
  const caps = [
    { clause: '二', name: '讲座每年', counts: { kind: 'talk' }, atMost: 4, per: 'year' },
    { clause: '三', counts: { kind: 'class' }, atMost: 6, per: 'day' },
  ];
  const earn = ['class', 'talk'].map((kind) => ({
    id: kind,
    clause: '一',
    kinds: kind,
    earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
  }));
  const full = (acts: Parameters<typeof evaluated>[0], sections: object = {}, asOf = '2024-06-30'): unknown =>
    evaluated(acts, target({}, { caps, earn, ...sections }), asOf).targets[0]?.full;
  const talk = (classHours: number, on = '2024-05-20'): ReturnType<typeof activity> =>
    activity({ kind: 'talk', occurredOn: on, classHours });

  it('are told beside what is missing, with the kinds they concern', () => {
    const used = [{ clause: '二', name: '讲座每年', kinds: ['talk'] }];
    expect(full([talk(4)])).toEqual(used);
    expect(full([talk(5)])).toEqual(used);
    expect(full([talk(3)])).toBeUndefined();
    expect(full([talk(4, '2023-05-20')])).toBeUndefined();
    expect(full([...classes('2024-05', 6, 6), talk(4)])).toBeUndefined();
  });

  it('are not told of a kind that still adds to something missing in another way', () => {
    const parts = { a: '甲', b: '乙' };
    const both = [{ measure: 'hours', part: 'a', flat: 10 }];
    const earn = [
      {
        id: 'class',
        clause: '一',
        kinds: 'class',
        earns: [{ measure: 'hours', part: 'a', rate: 1, of: 'classHours' }],
      },
      { id: 'talk', clause: '一', kinds: 'talk', earns: [...both, { measure: 'hours', part: 'b', flat: 5 }] },
    ];
    const capOf = (part: string): object => ({
      clause: '二',
      name: part,
      counts: { part },
      atMost: 10,
      per: 'year',
    });
    const told = (caps: readonly object[], acts: Parameters<typeof evaluated>[0]): unknown =>
      evaluated(acts, target({ needs: { atLeast: 90 } }, { parts, caps, earn }), '2024-06-30').targets[0]
        ?.full;
    const done = [activity({ classHours: 10 })];
    expect(told([capOf('a')], done)).toEqual([{ clause: '二', name: 'a', kinds: ['class'] }]);
    const twice = [activity({ id: '1', kind: 'talk' }), activity({ id: '2', kind: 'talk' })];
    expect(told([capOf('a'), capOf('b')], twice)).toEqual([
      { clause: '二', name: 'a', kinds: ['class', 'talk'] },
      { clause: '二', name: 'b', kinds: ['talk'] },
    ]);
  });

  it('are told with their last day where the cycle goes on after it', () => {
    const cycles = { year: { from: '2020-01-01', months: 12 }, five: { from: '2020-01-01', months: 60 } };
    const inFive = (on: string, asOf: string, of: object = {}): unknown => {
      const limited = [{ ...caps[0], ...of }];
      const regulation = target({ cycle: 'five' }, { caps: limited, earn, cycles });
      return evaluated([talk(4, on)], regulation, asOf).targets[0]?.full;
    };
    const used = { clause: '二', name: '讲座每年', kinds: ['talk'] };
    expect(inFive('2022-05-20', '2022-06-30')).toEqual([{ ...used, until: '2022-12-31' }]);
    expect(inFive('2024-05-20', '2024-06-30')).toEqual([used]);
    expect(inFive('2022-05-20', '2022-06-30', { per: undefined })).toEqual([used]);
    expect(inFive('2022-05-20', '2022-06-30', { inForce: { to: '2022-09-30' } })).toEqual([
      { ...used, until: '2022-09-30' },
    ]);
  });

  it('that are a share are told once they have cut', () => {
    const share = { clause: '二', counts: { kind: 'talk' }, atMost: { share: '1/2', of: {} }, per: 'year' };
    expect(full([...classes('2024-05', 3), talk(4)], { caps: [share] })).toMatchObject([{ kinds: ['talk'] }]);
    expect(full([...classes('2024-05', 4), talk(3)], { caps: [share] })).toBeUndefined();
  });
});

describe('a target in proportion across groups', () => {
  const groups = {
    section: { name: '乡科级', where: { rank: { atLeast: '乡科级副职', atMost: '乡科级正职' } } },
    county: { name: '县处级', where: { rank: { atLeast: '县处级副职' } } },
  };
  const earn = ['class', 'talk'].map((kind) => ({
    id: kind,
    clause: '一',
    kinds: kind,
    earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
  }));
  const across = (prorate: object = {}, target: object = {}): Regulation =>
    sample({
      groups,
      earn,
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          groups: ['section', 'county'],
          decidedOn: 'any',
          needs: {
            allOf: [
              { id: 'all', groups: 'section', atLeast: 60 },
              { id: 'all', groups: 'county', atLeast: 90 },
              { id: 'talks', kind: 'talk', groups: 'county', atLeast: 12 },
            ],
          },
          prorate: { by: 'months', acrossGroups: true, ...prorate },
          ...target,
        },
      ],
    });
  const asked = (regulation: Regulation, history: CreditPerson['history']): unknown[] =>
    evaluated([], regulation, '2024-12-31', {
      id: 'p',
      history,
    }).targets.map(({ alternatives, reliefs }) => [
      alternatives[0]?.map(({ leaf, required }) => `${leaf} ${required / 10_000}`),
      reliefs.map(({ by }) => by),
    ]);
  const promoted: CreditPerson['history'] = [
    { from: '2023-01-01', postLevel: '乡科级正职' },
    { from: '2024-05-15', postLevel: '县处级副职' },
  ];

  it('adds up what is asked of each group for the months in it', () => {
    expect(asked(across(), promoted)).toEqual([
      [
        ['all 80', 'talks 8'],
        ['60 × 4/12 + 90 × 8/12 = 80', '0 × 4/12 + 12 × 8/12 = 8'],
      ],
    ]);
    expect(asked(across({ present: 'first-day' }), promoted)).toEqual([
      [
        ['all 77.5', 'talks 7'],
        ['60 × 5/12 + 90 × 7/12 = 77.5', '0 × 5/12 + 12 × 7/12 = 7'],
      ],
    ]);
  });

  it('counts no month outside the groups, and changes nothing for one group all year', () => {
    expect(asked(across(), [{ from: '2024-03-01', postLevel: '乡科级正职' }])).toEqual([
      [['all 50'], ['60 × 10/12 = 50']],
    ]);
    expect(asked(across(), [{ from: '2020-03-01', postLevel: '县处级副职' }])).toEqual([
      [['all 90', 'talks 12'], []],
    ]);
  });

  it('rounds the sum, leaves amounts that are not named, and goes before reliefs', () => {
    const relief = [{ clause: '二', when: { person: { rank: '县处级副职' } }, less: 10, amounts: 'all' }];
    expect(asked(across({ round: { to: 1, mode: 'up' }, by: 'days', amounts: 'all' }), promoted)).toEqual([
      [['all 79', 'talks 12'], ['60 × 135/366 + 90 × 231/366 ≈ 78.9345 → 79']],
    ]);
    expect(asked(across({ amounts: 'all' }, { relief }), promoted)).toEqual([
      [
        ['all 70', 'talks 12'],
        ['60 × 4/12 + 90 × 8/12 = 80', '10'],
      ],
    ]);
  });
});
