import { describe, expect, it } from 'vitest';
import { activity, classes, evaluated, sample } from '../testing/sample';
import type { Regulation } from '../regulation/regulation-schema';
import type { CreditPerson } from '../person/person';

const units = (hours: number): number => hours * 10_000;
const carrying = (rule: object, sections: object = {}): Regulation =>
  sample({
    parts: { required: '必修', elective: '选修' },
    earn: [
      {
        id: 'class',
        clause: '一',
        kinds: 'class',
        earns: [{ measure: 'hours', part: 'required', rate: 1, of: 'classHours' }],
      },
      {
        id: 'talk',
        clause: '一',
        kinds: 'talk',
        earns: [{ measure: 'hours', part: 'elective', rate: 1, of: 'classHours' }],
      },
    ],
    carryOver: [
      {
        clause: '三',
        cycle: 'year',
        from: { part: 'required', measure: 'hours' },
        above: 10,
        to: { measure: 'hours', part: 'elective' },
        ...rule,
      },
    ],
    targets: [
      {
        id: 't',
        name: '任务',
        clause: '一',
        cycle: 'year',
        needs: {
          allOf: [
            { measure: 'hours', part: 'elective', atLeast: 5 },
            { measure: 'hours', id: 'total', atLeast: 12 },
          ],
        },
      },
    ],
    ...sections,
  });
const carries = (regulation: Regulation, acts: ReturnType<typeof classes>, asOf = '2025-12-31'): string[] =>
  evaluated(acts, regulation, asOf).carries.map(
    ({ cycle, amount, final }) => `${cycle.label} ${amount / 10_000}${final ? '' : '?'}`,
  );

describe('carry-over', () => {
  it('of a rule for others, out of force or without a target that applies is none', () => {
    const groups = {
      teachers: { name: '教师', where: { role: '教师' } },
      others: { name: '其他', where: { not: { role: '教师' } } },
    };
    const of = (...rules: object[]): unknown => {
      const [rule] = carrying({}).carryOver ?? [];
      const carryOver = rules.map((more) => ({ ...rule, ...more }));
      return carries(carrying({}, { groups, carryOver }), classes('2024-05', 14), '2025-06-30');
    };
    const [above, to] = [{ target: 't', amount: 'total' }, '2024-12-31'];
    expect(of({ groups: 'teachers' }, { groups: 'others' })).toEqual(['2024 4', '2025 0?']);
    expect(of({ inForce: { to } })).toEqual(['2024 4']);
    expect(of({ above })).toEqual(['2024 2', '2025 0?']);
  });

  it('uses the oldest up first where several are alive', () => {
    const regulation = carrying({ from: { measure: 'hours' }, above: 4, lasts: 2 });
    const acts = [...classes('2023-05', 10), ...classes('2024-05', 5)];
    // 6 go into 2024, where 4 of them are used; 2025 uses these last 2 and 2 of the newer 5.
    expect(carries(regulation, acts)).toEqual(['2023 6', '2024 7', '2025 3']);
  });

  it('takes what is above that which a target asks of the person, and keeps it through a year of exemption', () => {
    const person: CreditPerson = {
      id: 'p',
      history: [{ from: '2023-07-01' }],
      circumstances: [{ kind: '出国', from: '2024-01-01', to: '2024-12-31' }],
    };
    const targets = [
      {
        id: 't',
        name: '任务',
        clause: '一',
        cycle: 'year',
        needs: { measure: 'hours', atLeast: 12 },
        relief: [{ clause: '一', when: { circumstance: '出国' }, exempt: true }],
        prorate: { by: 'months', round: { to: 1, mode: 'up' } },
      },
    ];
    const rule = { from: { measure: 'hours' }, above: { target: 't' }, lasts: 2 };
    const regulation = carrying(rule, { targets });
    const done = evaluated(classes('2023-09', 10), regulation, '2025-12-31', person);
    // Half a year asks for 6; the rest outlives the year abroad and counts in the one after.
    expect(done.carries.map(({ amount }) => amount)).toEqual([units(4), units(4), 0]);
    expect(done.targets[0]).toMatchObject({ alternatives: [[{ earned: units(4), carried: units(4) }]] });
  });

  it('goes no further than a share of what a target asks of the person', () => {
    const targets = (relief: readonly object[]): object => ({
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { measure: 'hours', atLeast: 12 },
          relief,
        },
      ],
    });
    const rule = { atMost: { share: '1/4', of: { target: 't' } } };
    const when = { earned: { measure: 'hours', atLeast: 1 } };
    const acts = classes('2023-05', 25);
    expect(carries(carrying(rule, targets([])), acts, '2023-12-31')).toEqual(['2023 3']);
    expect(carries(carrying(rule, targets([{ clause: '一', when, less: 4 }])), acts, '2023-12-31')).toEqual([
      '2023 2',
    ]);
    expect(
      carries(carrying(rule, targets([{ clause: '一', when, exempt: true }])), acts, '2023-12-31'),
    ).toEqual(['2023 15']);
  });

  it('goes from one period of the person to the next', () => {
    const cycles = { year: { around: 'employment', monthsAfter: 12, repeats: true } };
    const person: CreditPerson = { id: 'p', employedOn: '2023-03-01', history: [{ from: '2023-03-01' }] };
    const { carries: done } = evaluated(
      classes('2023-05', 25),
      carrying({}, { cycles }),
      '2024-12-31',
      person,
    );
    expect(done.map(({ cycle, amount, final }) => [cycle.from, amount, final])).toEqual([
      ['2023-03-01', units(15), true],
      ['2024-03-01', 0, false],
    ]);
  });

  it('takes an excess into another part of the next cycle only, and tells it apart', () => {
    const acts = [...classes('2023-05', 16), ...classes('2024-05', 8)];
    const { targets, sums, carries: results } = evaluated(acts, carrying({}), '2024-12-31');
    expect(results).toMatchObject([
      { cycle: { label: '2023' }, amount: units(6), final: true, lasts: 1 },
      { cycle: { label: '2024' }, amount: 0 },
    ]);
    expect(targets[0]).toMatchObject({ met: true, metWithoutCarryIn: false });
    expect(targets[0]?.alternatives[0]).toMatchObject([
      { leaf: 'elective', earned: units(6), carried: units(6) },
      { leaf: 'total', earned: units(14), carried: units(6) },
    ]);
    expect(sums.filter((row) => row.carried)).toMatchObject([
      { part: 'elective', kind: '', amount: units(6), cycle: { label: '2024' } },
    ]);
    expect(evaluated(acts, carrying({}), '2025-12-31').targets[0]?.alternatives[0]?.[0]?.earned).toBe(0);
  });

  it('is limited, scaled and rounded as the rule says, and is provisional in a running cycle', () => {
    const acts = classes('2023-05', 25);
    expect(carries(carrying({ times: 0.5, round: { to: 1, mode: 'down' } }), acts, '2023-12-31')).toEqual([
      '2023 7',
    ]);
    expect(carries(carrying({ atMost: 4 }), acts, '2023-12-31')).toEqual(['2023 4']);
    expect(carries(carrying({}), acts, '2023-06-30')).toEqual(['2023 15?']);
    expect(carries(carrying({ inForce: { from: '2024-01-01' } }), acts, '2023-12-31')).toEqual([]);
  });

  it('lives as long as the rule says; what was carried is used up first', () => {
    const same = { from: { measure: 'hours' }, to: { measure: 'hours', part: 'required' } };
    const acts = [
      ...classes('2023-05', 16),
      ...classes('2024-05', 8),
      activity({ occurredOn: '2025-05-01', classHours: 9 }),
    ];
    expect(carries(carrying({ ...same, lasts: 2 }), acts)).toEqual(['2023 6', '2024 4', '2025 3']);
    expect(
      carries(carrying({ ...same, lasts: 3 }), [...classes('2023-05', 16), ...classes('2024-05', 12)]),
    ).toEqual(['2023 6', '2024 8', '2025 0']);
    expect(
      carries(carrying({ ...same, lasts: 1 }), [...classes('2023-05', 30), ...classes('2024-05', 4)]),
    ).toEqual(['2023 20', '2024 4', '2025 0']);
  });

  it('counts carried amounts in totals, but not for kinds, rules or entry facts', () => {
    const sections = {
      totals: {
        all: { name: '合计', measure: 'hours', add: [{ part: ['required', 'elective'] }], cycle: 'year' },
        talks: {
          name: '讲座',
          measure: 'hours',
          add: [{ kind: 'talk' }, { rule: 'talk' }, { where: { level: 'x' } }],
          cycle: 'year',
        },
      },
      targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { total: 'all', atLeast: 6 } }],
    };
    const { totals, targets } = evaluated(classes('2023-05', 16), carrying({}, sections), '2024-12-31');
    expect(totals.map((total) => [total.total, total.cycle.label, total.amount])).toEqual([
      ['all', '2023', units(16)],
      ['all', '2024', units(6)],
      ['talks', '2023', 0],
      ['talks', '2024', 0],
    ]);
    expect(targets[0]?.alternatives[0]?.[0]).toMatchObject({ carried: units(6), met: true });
  });

  it('runs rules about cycles of other lengths in the order in which these end', () => {
    const regulation = sample({
      parts: { required: '必修', elective: '选修' },
      cycles: {
        year: { from: '2020-01-01', months: 12 },
        half: { from: '2020-01-01', months: 6 },
      },
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', part: 'required', rate: 1, of: 'classHours' }],
        },
      ],
      carryOver: [
        {
          clause: '三',
          cycle: 'year',
          from: { part: 'elective' },
          above: 0,
          to: { measure: 'hours', part: 'required' },
        },
        {
          clause: '二',
          cycle: 'half',
          from: { part: 'required' },
          above: 2,
          to: { measure: 'hours', part: 'elective' },
        },
      ],
    });
    const acts = [...classes('2023-05', 10), ...classes('2023-09', 5)];
    const order = evaluated(acts, regulation, '2024-12-31').carries.map(
      ({ clause, cycle, amount }) => `${clause} ${cycle.to} ${amount / 10_000}`,
    );
    // The yearly rule stands first but waits for the half-years; what goes into a half-year is in no year.
    expect(order).toEqual([
      '二 2023-06-30 8',
      '三 2023-12-31 0',
      '二 2023-12-31 3',
      '二 2024-06-30 0',
      '三 2024-12-31 0',
      '二 2024-12-31 0',
    ]);
  });

  it('puts what several rules carry into one cycle together', () => {
    const to = { measure: 'hours', part: 'elective' };
    const rule = { cycle: 'year', from: { measure: 'hours', part: 'required' }, to };
    const both = carrying(
      {},
      {
        carryOver: [
          { ...rule, clause: '二', above: 10, atMost: 2 },
          { ...rule, clause: '三', above: 20 },
        ],
      },
    );
    const { sums } = evaluated(classes('2023-05', 25), both, '2024-12-31');
    expect(sums.filter((row) => row.carried)).toMatchObject([{ part: 'elective', amount: units(7) }]);
  });

  it('begins with a starting balance', () => {
    const person: CreditPerson = {
      id: 'p',
      history: [],
      openings: [
        { id: 'o1', on: '2024-01-01', measure: 'hours', part: 'elective', amount: '8' },
        { id: 'o2', on: '2024-01-01', measure: 'days', amount: 1 },
        { id: 'o3', on: '2024-01-01', measure: 'hours', amount: 1 },
      ],
    };
    const { targets, counted } = evaluated(classes('2024-05', 4), carrying({}), '2024-12-31', person);
    expect(targets[0]).toMatchObject({ met: true });
    expect(counted.map(({ entry }) => entry.source.kind)).toEqual(['opening', 'opening', 'class']);
  });
});

describe('what was carried over', () => {
  it('is used first, lives on unused, and is not halved again', () => {
    const regulation = sample({
      carryOver: [
        { clause: '三', cycle: 'year', from: {}, above: 10, times: 0.5, to: { measure: 'hours' }, lasts: 2 },
      ],
      targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { atLeast: 10 } }],
    });
    const acts = [...classes('2023-05', 30), ...classes('2024-05', 8), ...classes('2025-05', 1)];
    // 2023: 20 over, half of it goes on. 2024: 10 + 8, of which 10 are needed and the carried ones are used first.
    expect(carries(regulation, acts)).toEqual(['2023 10', '2024 4', '2025 0']);
    // Little new: 6 of the carried 10 are used, 4 live on whole.
    expect(
      carries(regulation, [...classes('2023-05', 30), ...classes('2024-05', 0, 4)], '2024-12-31'),
    ).toEqual(['2023 10', '2024 2']);
    expect(carries(regulation, [...classes('2023-05', 50)], '2024-12-31')).toEqual(['2023 20', '2024 10']);
  });

  it('cannot live on where nobody could tell what was used', () => {
    expect(() => carrying({ lasts: 2 })).toThrow('lasts');
  });

  it('may be what is owed, which the cycles after have to reach besides', () => {
    const owing = (lasts: number): Regulation =>
      sample({
        measures: { hours: '学时', owed: '学时' },
        totals: {
          net: { name: '净', measure: 'hours', add: [{ measure: 'hours' }, { measure: 'owed', times: -1 }] },
          lack: { name: '所欠', measure: 'hours', add: [{ total: 'net', below: { target: 't' } }] },
        },
        carryOver: [
          { clause: '三', cycle: 'year', from: { total: 'lack' }, above: 0, to: { measure: 'owed' }, lasts },
        ],
        targets: [
          { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { total: 'net', atLeast: 40 } },
        ],
      });
    const hours = [30, 5, 60, 65].flatMap((amount, index) => classes(`${2021 + index}-05`, amount));
    const owed = (lasts: number): (readonly [string, number | undefined])[] => {
      const { earlier, targets } = evaluated(hours, owing(lasts), '2024-12-31', {
        id: 'p',
        history: [{ from: '2021-01-01' }],
      });
      return [...earlier, ...targets].map(
        ({ state, alternatives }) => [state, alternatives[0]?.[0]?.earned] as const,
      );
    };
    // Ten of 2021 and 35 of 2022 are made good by 20 of 2023 and 25 of 2024.
    expect(owed(20)).toEqual([
      ['missed', units(30)],
      ['missed', units(-5)],
      ['missed', units(15)],
      ['met', units(40)],
    ]);
    // The year after alone has to reach it besides.
    expect(owed(1).map(([, earned]) => earned)).toEqual([units(30), units(-5), units(25), units(65)]);
  });
});
