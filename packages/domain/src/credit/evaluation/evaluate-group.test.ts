import { describe, expect, it } from 'vitest';
import { evaluateGroup, type GroupMember as Member } from './evaluate-group';
import { settleAll } from '../reading/facts';
import type { CreditPerson } from '../person/person';
import { classes, sample } from '../testing/sample';

const regulation = (teams: readonly object[], sections: object = {}): ReturnType<typeof sample> =>
  sample({
    groups: { women: { name: '女', where: { sex: 'female' } } },
    targets: [
      {
        id: 't',
        name: '任务',
        clause: '一',
        cycle: 'year',
        needs: { measure: 'hours', atLeast: 80 },
        relief: [{ clause: '二', when: { circumstance: '病假' }, exempt: true }],
      },
    ],
    teams,
    ...sections,
  });
const team = (more: object): object => ({ id: 'team', name: '班子', clause: '二', cycle: 'year', ...more });
const results = (teams: readonly object[], hours: readonly number[], sections: object = {}): unknown[] => {
  const rules = regulation(teams, sections);
  const members = hours.map((amount, index) => {
    const person: CreditPerson = {
      id: `p${index}`,
      history: [],
      sex: index % 2 === 0 ? 'female' : 'male',
      ...(amount < 0 ? { circumstances: [{ kind: '病假', from: '2024-01-01' }] } : {}),
    };
    return { person, entries: settleAll(classes('2024-05', Math.max(0, amount)), rules, person).entries };
  });
  return evaluateGroup(members, rules, '2024-12-31').teams.map((result) => [
    result.amount / 10_000,
    result.members,
    result.flags.map((flag) => flag.flag),
  ]);
};

describe('results about a group', () => {
  it('about a target are about whom it is for: who left is, who came too late is not', () => {
    const sections = {
      groups: { staff: { name: '在职', where: { category: '在职' } } },
      targets: ['any', 'start'].map((decidedOn) => ({
        id: decidedOn,
        name: decidedOn,
        clause: '一',
        cycle: 'year',
        groups: 'staff',
        decidedOn,
        needs: { measure: 'hours', atLeast: 10 },
      })),
      teams: [
        team({ id: 'a', take: 'share', target: 'any', is: 'met', groups: 'staff', times: 100 }),
        team({ id: 'b', take: 'share', target: 'start', is: 'met', groups: 'staff', times: 100 }),
        team({ id: 'c', take: 'sum', quantity: {}, groups: 'staff' }),
      ],
    };
    const rules = sample(sections);
    const member = (id: string, hours: number, from: string, to?: string): Member => {
      const person = { id, history: [{ from, category: '在职', ...(to === undefined ? {} : { to }) }] };
      return { person, entries: settleAll(classes('2024-05', hours), rules, person).entries };
    };
    const members = [
      member('stays', 12, '2020-01-01'),
      member('leaves', 8, '2020-01-01', '2024-06-30'),
      member('comes', 0, '2024-07-01'),
    ];
    const { teams } = evaluateGroup(members, rules, '2024-12-31');
    expect(teams.map(({ team: id, members: people, amount }) => [id, people, amount / 10_000])).toEqual([
      ['a', 3, 33.3333],
      ['b', 2, 50],
      ['c', 2, 12],
    ]);
  });

  it('may add up results before them, each with a factor', () => {
    const sum = [
      team({ id: 'rate', take: 'share', target: 't', is: 'met', times: 100 }),
      team({ id: 'mean', take: 'mean', quantity: {}, atMost: 100 }),
      team({ id: 'idle', take: 'count', target: 't', is: 'missed' }),
      team({
        id: 'score',
        add: [
          { team: 'rate', times: 0.6 },
          { team: 'mean', times: 0.4 },
          { team: 'idle', times: -2 },
        ],
        round: { to: 0.1, mode: 'half-up' },
        flags: [{ below: 60, flag: 'f', says: '不得评先', clause: '二' }],
      }),
    ];
    // 1 of 3 reached it: 33.33 × 0.6 + 60 × 0.4 − 2 × 2.
    expect(results(sum, [80, 60, 40]).at(-1)).toEqual([40, 3, ['f']]);
    expect(results(sum, [80, 80, 80]).at(-1)).toEqual([92, 3, []]);
  });

  it('leave out whoever has left, also where no group is named', () => {
    const rules = regulation([team({ take: 'count', target: 't', is: 'missed' })]);
    const retired: CreditPerson = { id: 'r', history: [{ from: '2020-01-01', to: '2024-06-30' }] };
    const serving: CreditPerson = { id: 's', history: [{ from: '2020-01-01' }] };
    const members = [retired, serving].map((person) => ({ person, entries: [] }));
    expect(evaluateGroup(members, rules, '2024-12-31').teams).toMatchObject([{ members: 1, amount: 10_000 }]);
  });

  it('are means and sums of amounts, with what follows', () => {
    const mean = team({
      take: 'mean',
      quantity: { measure: 'hours' },
      round: { to: 0.1, mode: 'half-up' },
      flags: [{ below: 80, flag: 'not-excellent', says: '班子不评优', clause: '二' }],
    });
    expect(results([mean], [95, 88, 79, 60, 84])).toEqual([[81.2, 5, []]]);
    expect(results([mean], [95, 88, 79, 56, 80])).toEqual([[79.6, 5, ['not-excellent']]]);
    expect(
      results([team({ take: 'sum', quantity: { measure: 'hours' }, groups: 'women' })], [10, 20, 30]),
    ).toEqual([[40, 2, []]]);
  });

  it('are numbers and shares of people in a state', () => {
    const share = team({
      take: 'share',
      target: 't',
      is: 'met',
      times: 100,
      round: { to: 0.01, mode: 'half-up' },
    });
    expect(results([share], [80, 90, 10])).toEqual([[66.67, 3, []]]);
    const points = team({
      take: 'count',
      target: ['t'],
      is: 'missed',
      start: 1,
      times: -0.5,
      atLeast: 0,
      atMost: 1,
    });
    expect([results([points], [80, 90]), results([points], [80, 0]), results([points], [0, 0, 0])]).toEqual([
      [[1, 2, []]],
      [[0.5, 2, []]],
      [[0, 3, []]],
    ]);
    expect(
      results([team({ take: 'count', target: 't', is: 'exempt', start: 5, atMost: 5 })], [-1, 80]),
    ).toEqual([[5, 2, []]]);
  });

  it('are none without people in the group, or under another reading', () => {
    const settings = { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } };
    expect(results([team({ take: 'sum', quantity: { measure: 'hours' } })], [])).toEqual([]);
    expect(
      results([team({ take: 'sum', quantity: { measure: 'hours' }, if: { x: 'b' } })], [5], { settings }),
    ).toEqual([]);
    const cycles = {
      year: { from: '2020-01-01', months: 12 },
      plan: { windows: [{ from: '2030-01-01', to: '2030-12-31' }] },
    };
    expect(
      results([team({ cycle: 'plan', take: 'sum', quantity: { measure: 'hours' } })], [5], { cycles }),
    ).toEqual([]);
  });

  it('are none where nobody is left to take a mean or share of, nor is a sum with it; of nobody the number is 0', () => {
    const rate = team({ id: 'rate', take: 'share', target: 't', is: 'met', withoutExempt: true, times: 100 });
    const idle = team({
      id: 'idle',
      take: 'count',
      target: 't',
      is: 'missed',
      withoutExempt: true,
      start: 5,
    });
    const score = team({
      id: 'score',
      add: [{ team: 'rate' }],
      flags: [{ below: 60, flag: 'f', says: '差', clause: '二' }],
    });
    expect(results([rate, score], [-1])).toEqual([]);
    expect(results([idle, team({ id: 'rest', add: [{ team: 'idle' }] })], [-1])).toEqual([[5, 1, []]]);
  });

  it('are flagged by other results before them as well', () => {
    const rules = [
      team({ id: 'rate', take: 'share', target: 't', is: 'met', times: 100 }),
      team({
        id: 'mean',
        take: 'mean',
        quantity: {},
        flags: [
          { atLeast: 80, when: [{ team: 'rate', atLeast: 75 }], flag: 'good', says: '优秀', clause: '二' },
          { atLeast: 80, when: [{ team: 'rate', below: 75 }], flag: 'fair', says: '良好', clause: '二' },
        ],
      }),
    ];
    const flags = (hours: readonly number[]): unknown => results(rules, hours).at(-1);
    expect(flags([80, 80, 85, 75])).toEqual([80, 4, ['good']]);
    expect(flags([160, 160, 70, 10])).toEqual([100, 4, ['fair']]);
    expect(flags([80, 80, 80, 0])).toEqual([60, 4, []]);
  });

  it('add results without a factor as they are', () => {
    const both = [
      team({ id: 'met', take: 'count', target: 't', is: 'met' }),
      team({ id: 'missed', take: 'count', target: 't', is: 'missed' }),
      team({ id: 'all', add: [{ team: 'met' }, { team: 'missed' }] }),
    ];
    expect(results(both, [80, 10, 20]).at(-1)).toEqual([3, 3, []]);
  });

  it('are left out of a regulation that has none', () => {
    const group = evaluateGroup([{ person: { id: 'p', history: [] }, entries: [] }], sample(), '2024-12-31');
    expect([group.teams, group.members.map((member) => member.person)]).toEqual([[], ['p']]);
  });

  it('leave out people who are exempt, where the regulation says so', () => {
    const share = team({ take: 'share', target: 't', is: 'met', round: { to: 0.01, mode: 'down' } });
    expect(results([share], [90, 10, -1])).toEqual([[0.33, 3, []]]);
    expect(results([{ ...share, withoutExempt: true }], [90, 10, -1])).toEqual([[0.5, 2, []]]);
    const mean = team({ take: 'mean', quantity: {}, target: 't', withoutExempt: true });
    expect(results([mean], [90, 10, -1])).toEqual([[50, 2, []]]);
  });

  it('count nobody as missed, and draw nothing from it, before the cycle is over', () => {
    const flags = [{ atLeast: 0, flag: 'f', says: '提醒', clause: '二' }];
    const rules = regulation([team({ take: 'count', target: 't', is: 'missed', flags })]);
    const on = (asOf: string): readonly unknown[] =>
      evaluateGroup([{ person: { id: 'p', history: [] }, entries: [] }], rules, asOf).teams;
    expect([on('2024-06-30'), on('2024-12-31')]).toMatchObject([
      [{ amount: 0, flags: [] }],
      [{ amount: 10_000, flags: [{ flag: 'f' }] }],
    ]);
  });

  it('stand in each cycle that was over before as well, of whoever was there then', () => {
    const rules = regulation([
      team({ id: 'mean', take: 'mean', quantity: {} }),
      team({ id: 'rate', take: 'share', target: 't', is: 'met', times: 100 }),
      team({
        id: 'score',
        add: [{ team: 'mean' }, { team: 'rate' }],
        flags: [{ below: 100, flag: 'low', says: '差', clause: '二' }],
      }),
    ]);
    const member = (id: string, from: string, years: Readonly<Record<string, number>>): Member => {
      const person = { id, history: [{ from }] };
      const activities = Object.entries(years).flatMap(([year, hours]) => classes(`${year}-05`, hours));
      return { person, entries: settleAll(activities, rules, person).entries };
    };
    const members = [
      member('old', '2022-03-01', { 2022: 80, 2023: 20, 2024: 90 }),
      member('new', '2023-06-01', { 2023: 90, 2024: 10 }),
    ];
    const { teams, earlierTeams } = evaluateGroup(members, rules, '2024-06-30');
    const told = [...earlierTeams, ...teams].map(
      ({ team: id, cycle, members: people, amount, final, flags }) =>
        [id, cycle.label, people, amount / 10_000, final, flags.map(({ flag }) => flag).join()].join(' '),
    );
    expect(told).toEqual([
      'mean 2022 1 80 true ',
      'mean 2023 2 55 true ',
      'rate 2022 1 100 true ',
      'rate 2023 2 50 true ',
      'score 2022 1 180 true ',
      'score 2023 2 105 true ',
      'mean 2024 2 50 false ',
      'rate 2024 2 50 false ',
      // Not over, so that nothing follows yet.
      'score 2024 2 100 false ',
    ]);
  });

  it('of cycles that each person has of their own are those of the day, taken together', () => {
    const cycles = {
      year: { from: '2020-01-01', months: 12 },
      own: { around: 'employment', monthsAfter: 12, repeats: true },
    };
    const rules = regulation([team({ cycle: 'own', take: 'sum', quantity: {} })], { cycles });
    const member = (id: string, employedOn: string): Member => {
      const person = { id, employedOn, history: [{ from: employedOn }] };
      return { person, entries: settleAll(classes('2024-05', 7), rules, person).entries };
    };
    const members = [member('a', '2022-02-01'), member('b', '2023-06-01')];
    const { teams, earlierTeams } = evaluateGroup(members, rules, '2024-05-31');
    expect(teams).toMatchObject([{ amount: 140_000, members: 2 }]);
    expect(earlierTeams).toEqual([]);
  });

  it('may be of what is asked of the people, of whom nothing is asked 0', () => {
    const hours = [
      team({ id: 'due', take: 'sum', asked: { target: 't' } }),
      team({ id: 'mean', take: 'mean', asked: { target: 't' }, target: 't', withoutExempt: true }),
      team({ id: 'done', take: 'sum', quantity: {} }),
      team({ id: 'rate', add: [{ team: 'done', over: 'due', times: 100 }] }),
    ];
    expect(results(hours, [80, 40, -1])).toEqual([
      [160, 3, []],
      [80, 2, []],
      [120, 3, []],
      [75, 3, []],
    ]);
  });

  it('are held against others before them; against nothing there is no result', () => {
    const completion = [
      team({ id: 'done', take: 'count', target: 't', is: 'met' }),
      team({ id: 'due', take: 'count', target: 't', is: 'missed', withoutExempt: true }),
      team({
        id: 'ratio',
        add: [{ team: 'done', over: 'due', times: 100 }],
        round: { to: 1, mode: 'half-up' },
      }),
    ];
    expect(results(completion, [80, 10, 10, 10]).at(-1)).toEqual([33, 4, []]);
    expect(results(completion, [80, 80])).toEqual([
      [2, 2, []],
      [0, 2, []],
    ]);
  });
});

describe('what follows from results about a group', () => {
  const rate = (flags: readonly object[]): object =>
    team({ id: 'rate', take: 'share', target: 't', is: 'met', times: 100, flags });
  const low = { below: 60, flag: 'low', says: '不合格', clause: '二' };
  /** What follows, of one person who had so many hours in each year from 2021 on. */
  const follows = (when: object, hours: readonly number[], more: object = {}): unknown[] => {
    const rules = regulation([rate([low, { atLeast: 60, flag: 'fine', says: '合格', clause: '二' }])], {
      consequences: [{ id: 'c', says: '通报', clause: '三', when: { team: 'rate', ...when }, ...more }],
    });
    const person = { id: 'p', history: [{ from: '2021-01-01' }] };
    const activities = hours.flatMap((amount, index) => classes(`${2021 + index}-05`, amount));
    const members = [{ person, entries: settleAll(activities, rules, person).entries }];
    return evaluateGroup(members, rules, `${2020 + hours.length}-12-31`).flags.map(
      ({ says, clause, cycle, because, from, until }) => [
        [says, clause, cycle.label, because.team, from, until].filter((one) => one !== undefined).join(' '),
      ],
    );
  };

  it('follows from as many cycles running as the text says, and lasts', () => {
    expect(follows({ is: 'low', inARow: 2 }, [0, 80, 0, 0, 0])).toEqual([
      ['通报 三 2024 rate'],
      ['通报 三 2025 rate'],
    ]);
    expect(follows({ is: 'low', inARow: 2 }, [0, 0], { lasts: { months: 24 } })).toEqual([
      ['通报 三 2022 rate 2023-01-01 2024-12-31'],
    ]);
  });

  it('follows from any of the flags, and from scattered cycles', () => {
    expect(follows({ is: ['low', 'fine'] }, [0, 80])).toEqual([['通报 三 2021 rate'], ['通报 三 2022 rate']]);
    expect(follows({ is: 'low', atLeast: 2, inLast: 3 }, [0, 80, 0, 80])).toEqual([['通报 三 2023 rate']]);
  });

  it('is no consequence for the people of the group', () => {
    const rules = regulation([rate([low])], {
      consequences: [{ id: 'c', says: '通报', clause: '三', when: { team: 'rate', is: 'low' } }],
    });
    const { members, flags } = evaluateGroup(
      [{ person: { id: 'p', history: [] }, entries: [] }],
      rules,
      '2024-12-31',
    );
    expect([flags.length, members[0]?.evaluation.flags]).toEqual([1, []]);
  });
});
