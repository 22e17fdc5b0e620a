import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity, CreditPerson, Governing, Regulation, TargetResult } from '../credit';
import { evaluate, isInCycle, regulationSchema, ruleOn, settleAll } from '../credit';
import {
  asIfInForce,
  clausesNamed,
  compareActivities,
  compareTargets,
  englishNames,
  noChanges,
  previewCycleOf,
  previewFlips,
  previewName,
  previewShortfall,
  reckonBoth,
  unmetAmong,
  withPeople,
  type PreviewQuestion,
  type TargetComparison,
} from './index';

const rules = (change: object = {}): Regulation =>
  regulationSchema.parse({
    format: 1,
    id: 'x',
    version: 1,
    title: '办法',
    source: { issuer: '某市', title: '办法', grade: 'M' },
    effective: { from: '2020-01-01' },
    clauses: { 第一条: '计入。', 第二条: '在场。', 第三条: '上限。', 第四条: '任务。', 第五条: '结转。' },
    measures: { days: '天', hours: '学时' },
    parts: { required: '必修', elective: '选修' },
    kinds: { session: '课', talk: '讲座' },
    facts: { presence: { name: '在场比例', share: 'presentMinutes', of: 'heldMinutes' } },
    groups: {
      low: { name: '科级', where: { not: { rank: { atLeast: '县处级副职' } } } },
      high: { name: '处级', where: { rank: { atLeast: '县处级副职' } } },
    },
    cycles: { year: { from: '2020-01-01', months: 12 } },
    earn: [earn()],
    targets: [target()],
    ...change,
  });

const earn = (change: object = {}) => ({
  id: 'a',
  clause: '第一条',
  kinds: 'session',
  gates: [{ clause: '第二条', must: { presence: { atLeast: '4/5' } } }],
  earns: [
    { measure: 'days', part: 'required', rate: 1, of: 'days' },
    { measure: 'hours', part: 'required', rate: 1, of: 'classHours' },
  ],
  ...change,
});
const target = (change: object = {}) => ({
  id: 't',
  name: '年度任务',
  clause: '第四条',
  cycle: 'year',
  needs: { measure: 'days', atLeast: 3 },
  ...change,
});
/** Three days or, out of reach, a hundred hours. */
const both = {
  anyOf: [
    { measure: 'hours', atLeast: 100 },
    { measure: 'days', atLeast: 3 },
  ],
};
const gate = (atLeast: string) => [{ clause: '第二条', must: { presence: { atLeast } } }];

const person: CreditPerson = { id: '甲', history: [{ from: '2019-01-01', postLevel: '乡科级副职' }] };
const cycle = { from: '2025-01-01', to: '2025-12-31' };

/** A day in the hall; `present` of a hundred minutes. */
const day = (occurredOn: string, present = 100, change: Partial<Activity> = {}): Activity => ({
  id: occurredOn,
  source: { kind: 'session', id: occurredOn },
  kind: 'session',
  occurredOn,
  title: `${occurredOn} 的课`,
  days: 1,
  classHours: 8,
  heldMinutes: 100,
  presentMinutes: present,
  ...change,
});
const sourcesOf = (activities: readonly Activity[]) =>
  activities.map((activity) => ({ title: '课', activities: [activity] }));

const ask = (
  before: Regulation | null,
  after: Regulation,
  activities: readonly Activity[],
  change: Partial<PreviewQuestion> = {},
): TargetComparison[] =>
  previewFlips({
    person,
    sources: sourcesOf(activities),
    before: before && alone(before),
    after: alone(after),
    cycle,
    ...change,
  });

const alone = (regulation: Regulation): Governing => ({ rules: regulation, before: [] });

const said = (found: readonly TargetComparison[]) =>
  found.map(({ change, reasons }) => [
    change,
    ...reasons.map(({ kind, clause, says }) => `${kind} ${clause} ${says.zh}`),
  ]);

const three = [day('2025-03-01', 85), day('2025-04-01'), day('2025-05-01')];

describe('what a new version changes, and why', () => {
  const cases: [string, object, object, Activity[], unknown[]][] = [
    [
      'nothing where only words differ',
      {},
      { title: '新办法', targets: [target({ name: '任务' })] },
      three,
      [],
    ],
    [
      'a higher requirement takes a target away',
      {},
      { targets: [target({ needs: { measure: 'days', atLeast: 4 } })] },
      three,
      [['loses', 'requirement 第四条 要求由 3 天 改为 4 天']],
    ],
    [
      'a lower requirement gives it',
      { targets: [target({ needs: { measure: 'days', atLeast: 4 } })] },
      {},
      three,
      [['gains', 'requirement 第四条 要求由 4 天 改为 3 天']],
    ],
    [
      'a stricter gate refuses what counted',
      {},
      { earn: [earn({ gates: gate('9/10') })] },
      three,
      [
        [
          'loses',
          'refused 第二条 “2025-03-01 的课”不再按第一条计入，少 1 天：在场 85 分钟，开课 100 分钟，占 85%，不足 90%',
        ],
      ],
    ],
    [
      'several refusals of one kind are one reason with their sum',
      {},
      { earn: [earn({ gates: gate('9/10') })] },
      [day('2025-03-01', 85), day('2025-04-01', 82), day('2025-05-01')],
      [
        [
          'loses',
          'refused 第二条 2 项不再按第一条计入，共少 2 天；如“2025-03-01 的课”在场 85 分钟，开课 100 分钟，占 85%，不足 90%',
        ],
      ],
    ],
    [
      'a looser gate counts what was refused',
      {},
      { earn: [earn({ gates: gate('1/2') })] },
      [day('2025-03-01', 60), day('2025-04-01'), day('2025-05-01')],
      [
        [
          'gains',
          'counted 第二条 “2025-03-01 的课”现在按第一条计入，多 1 天；原来在场 60 分钟，开课 100 分钟，占 60%，不足 80%',
        ],
      ],
    ],
    [
      'another rate earns less',
      {},
      { earn: [earn({ earns: [{ measure: 'days', part: 'required', rate: 0.5, of: 'days' }] })] },
      three,
      [['loses', 'rate 第一条 3 项折算不同，共少 1.5 天；如“2025-03-01 的课”由 1 天 改计 0.5 天']],
    ],
    [
      'a new limit cuts',
      {},
      { caps: [{ clause: '第三条', name: '年度上限', counts: { measure: 'days' }, atMost: 2, per: 'year' }] },
      three,
      [['loses', 'cap 第三条 “年度上限”（2 天）多扣 1 天']],
    ],
    [
      'a new limit of this cycle alone cuts',
      {},
      {
        caps: [{ clause: '第三条', name: '年度上限', counts: { measure: 'days' }, atMost: 2, cycle: 'year' }],
      },
      three,
      [['loses', 'cap 第三条 “年度上限”（2 天）多扣 1 天']],
    ],
    [
      'a limit that falls away gives back',
      { caps: [{ clause: '第三条', name: '年度上限', counts: { measure: 'days' }, atMost: 2, per: 'year' }] },
      {},
      three,
      [['gains', 'cap 第三条 “年度上限”（2 天）少扣 1 天']],
    ],
    [
      'another part takes what was counted here',
      { targets: [target({ needs: { measure: 'days', part: 'required', atLeast: 3 } })] },
      {
        earn: [earn({ earns: [{ measure: 'days', part: 'elective', rate: 1, of: 'days' }] })],
        targets: [target({ needs: { measure: 'days', part: 'required', atLeast: 3 } })],
      },
      three,
      [['loses', 'placed 第一条 3 项改计入“选修”，这里少 3 天']],
    ],
    [
      'an alternative that is no longer there',
      {
        targets: [
          target({
            needs: {
              anyOf: [
                { measure: 'days', atLeast: 9 },
                { measure: 'hours', atLeast: 24 },
              ],
            },
          }),
        ],
      },
      { targets: [target({ needs: { measure: 'days', atLeast: 9 } })] },
      three,
      [['loses', 'requirement 第四条 不能再按“≥ 24 学时”完成']],
    ],
    [
      'one more way to meet it',
      { targets: [target({ needs: { measure: 'days', atLeast: 9 } })] },
      {
        targets: [
          target({
            needs: {
              anyOf: [
                { measure: 'days', atLeast: 9 },
                { measure: 'hours', atLeast: 24 },
              ],
            },
          }),
        ],
      },
      three,
      [['gains', 'requirement 第四条 也可以按“≥ 24 学时”完成']],
    ],
    [
      'all of what any one of was enough',
      {
        targets: [
          target({
            needs: {
              anyOf: [
                { measure: 'days', atLeast: 9 },
                { measure: 'hours', atLeast: 24 },
              ],
            },
          }),
        ],
      },
      {
        targets: [
          target({
            needs: {
              allOf: [
                { measure: 'days', atLeast: 9 },
                { measure: 'hours', atLeast: 24 },
              ],
            },
          }),
        ],
      },
      three,
      [['loses', 'requirement 第四条 要求由“≥ 9 天 / ≥ 24 学时”改为“≥ 9 天 + ≥ 24 学时”']],
    ],
    ['a target that begins', { targets: [] }, {}, three, [['starts', 'target 第四条 新增这项任务']]],
    ['a target that ends', {}, { targets: [] }, three, [['ends', 'target 第四条 新办法没有这项任务']]],
    [
      'a target that reaches the person by another group',
      { targets: [target({ groups: 'high' })] },
      { targets: [target({ groups: 'low' })] },
      three,
      [['starts', 'group 第四条 现在属于适用人员“科级”']],
    ],
    [
      'another group with the same figures is no change',
      { targets: [target({ groups: ['low', 'high'] })] },
      {
        groups: { low: rules().groups!['high']!, high: rules().groups!['low']! },
        targets: [target({ groups: ['high'] })],
      },
      three,
      [],
    ],
    [
      'a renamed target whose name stays is the same one',
      {},
      { targets: [target({ id: 'renamed', needs: { measure: 'days', atLeast: 5 } })] },
      three,
      [['loses', 'requirement 第四条 要求由 3 天 改为 5 天']],
    ],
    [
      'an amount that moves without deciding has its reason too, after those that decide',
      { targets: [target({ needs: both })] },
      {
        earn: [earn({ gates: gate('9/10') })],
        targets: [target({ needs: both })],
      },
      three,
      [
        [
          'loses',
          'refused 第二条 “2025-03-01 的课”不再按第一条计入，少 1 天：在场 85 分钟，开课 100 分钟，占 85%，不足 90%',
          'refused 第二条 “2025-03-01 的课”不再按第一条计入，少 8 学时：在场 85 分钟，开课 100 分钟，占 85%，不足 90%',
        ],
      ],
    ],
    [
      'figures that move without a flip',
      {},
      { targets: [target({ needs: { measure: 'days', atLeast: 2 } })] },
      three,
      [['amount', 'requirement 第四条 要求由 3 天 改为 2 天']],
    ],
    [
      'what balances is told in full when nothing flips, and only what pulls when something does',
      {},
      {
        earn: [earn({ gates: gate('9/10') })],
        targets: [target({ needs: { measure: 'days', atLeast: 2.5 } })],
      },
      three,
      [
        [
          'loses',
          'refused 第二条 “2025-03-01 的课”不再按第一条计入，少 1 天：在场 85 分钟，开课 100 分钟，占 85%，不足 90%',
        ],
      ],
    ],
    [
      'a cycle that moves leaves something outside',
      {},
      { cycles: { year: { from: '2019-12-01', months: 12 } } },
      [day('2025-03-01'), day('2025-04-01'), day('2025-12-10')],
      [
        [
          'loses',
          'cycle 第四条 周期由 2025-01-01 至 2025-12-31 改为 2024-12-01 至 2025-11-30',
          'cycle 第一条 1 项落在周期之外，少 1 天',
        ],
      ],
    ],
    [
      'a target that leaves the person by another group',
      { targets: [target({ groups: 'low' })] },
      { targets: [target({ groups: 'high' })] },
      three,
      [['ends', 'group 第四条 不再属于适用人员“科级”']],
    ],
    [
      'the group a target applies by',
      {},
      {
        groups: {
          ...rules().groups,
          all: { name: '全体干部', where: { not: { rank: { atLeast: '省部级正职' } } } },
        },
        targets: [target({ groups: 'all', needs: { measure: 'days', atLeast: 4 } })],
      },
      three,
      [
        [
          'loses',
          'group 第四条 适用的人员组由“全体”改为“全体干部”',
          'requirement 第四条 要求由 3 天 改为 4 天',
        ],
      ],
    ],
    [
      'a cycle that the new version does not have',
      {},
      { cycles: { year: { from: '2027-01-01', months: 12 } } },
      three,
      [['ends', 'cycle 第四条 新办法当时没有这个周期']],
    ],
    [
      'a rule with dates of its own',
      {},
      { targets: [target({ inForce: { from: '2027-01-01' } })] },
      three,
      [['ends', 'target 第四条 新办法的这条规定当时还不适用']],
    ],
    [
      'a demand that is added, and one that is dropped',
      { targets: [target({ needs: { allOf: [{ measure: 'days', atLeast: 3 }] } })] },
      {
        targets: [
          target({ needs: { allOf: [{ measure: 'hours', name: '课时', clause: '第三条', atLeast: 30 }] } }),
        ],
      },
      three,
      [['loses', 'requirement 第三条 新增要求“课时 ≥ 30 学时”']],
    ],
    [
      'a share that is asked for',
      {
        targets: [
          target({
            needs: { measure: 'days', part: 'required', atLeastShare: '1/2', of: { measure: 'days' } },
          }),
        ],
      },
      {
        earn: [
          earn(),
          { ...earn({ id: 'b', kinds: 'talk' }), earns: [{ measure: 'days', part: 'elective', flat: 1 }] },
        ],
        targets: [
          target({
            needs: { measure: 'days', part: 'required', atLeastShare: '3/4', of: { measure: 'days' } },
          }),
        ],
      },
      [...three, day('2025-06-01', 100, { kind: 'talk' }), day('2025-06-02', 100, { kind: 'talk' })],
      [['loses', 'requirement 第四条 要求由 必修 ≥ 1/2 改为 必修 ≥ 3/4']],
    ],
    [
      'an upper limit that is lowered',
      { targets: [target({ needs: { measure: 'days', atMost: 3 } })] },
      { targets: [target({ needs: { measure: 'days', atMost: 2 } })] },
      three,
      [['loses', 'requirement 第四条 要求由 3 天 改为 2 天']],
    ],
    [
      'a total that is reckoned otherwise',
      {
        totals: { sum: { name: '总分', measure: 'days', add: [{ part: 'required' }] } },
        targets: [target({ needs: { total: 'sum', atLeast: 3 } })],
      },
      {
        totals: { sum: { name: '总分', measure: 'days', add: [{ part: 'required', times: '1/2' }] } },
        targets: [target({ needs: { total: 'sum', atLeast: 3 } })],
      },
      three,
      [['loses', 'total 第四条 “总分”合计由 3 天 变为 1.5 天']],
    ],
    [
      'a number of items that count',
      {},
      { caps: [{ clause: '第三条', counts: { measure: 'days' }, atMost: { first: 2 }, per: 'year' }] },
      three,
      [['loses', 'cap 第三条 上限（2 项）多扣 1 天']],
    ],
    [
      'relief that is no longer given',
      {
        targets: [
          target({ relief: [{ clause: '第五条', when: { person: { rank: '乡科级副职' } }, exempt: true }] }),
        ],
      },
      {},
      [],
      [['loses', 'relief 第五条 减免由“免除”改为“没有”']],
    ],
  ];
  it.each(cases)('%s', (_name, before, after, activities, expected) => {
    expect(said(ask(rules(before), rules({ version: 2, ...after }), activities))).toEqual(expected);
  });

  it('names nobody’s rules where nothing has governed so far', () => {
    const [found] = ask(null, rules(), three);
    expect(found).toMatchObject({ change: 'starts', before: null, after: { state: 'met', metBy: ['天'] } });
    expect(found?.reasons).toMatchObject([{ kind: 'target', clause: '第四条', of: 'after' }]);
  });

  it('shows both sides in the words of each version', () => {
    const [found] = ask(rules(), rules({ measures: { days: '日', hours: '学时' }, earn: [] }), three);
    expect(found?.before).toMatchObject({
      state: 'met',
      cycle: { label: '2025' },
      alternatives: [[{ name: '天', measure: '天', earned: 30_000, required: 30_000, met: true }]],
      shortfall: [],
    });
    expect(found?.after).toMatchObject({ state: 'missed', metBy: [], shortfall: [['3 日']] });
  });

  it('carries over what the version before it left', () => {
    const carrying = (above: number) => ({
      carryOver: [
        { clause: '第五条', cycle: 'year', from: { measure: 'days' }, above, to: { measure: 'days' } },
      ],
    });
    const lots = [
      day('2024-03-01'),
      day('2024-04-01'),
      day('2024-05-01'),
      day('2025-03-01'),
      day('2025-05-01'),
    ];
    expect(said(ask(rules(carrying(2)), rules({ version: 2, ...carrying(3) }), lots))).toEqual([
      ['loses', 'carry 第五条 结转由 1 天 改为 0 天'],
    ]);
  });

  describe('with the versions that governed before the cycle', () => {
    const version = (number: number, from: string, change: object = {}) =>
      rules({ version: number, effective: { from }, ...change });
    const carryOver = [
      { clause: '第五条', cycle: 'year', from: { measure: 'days' }, above: 2, to: { measure: 'days' } },
    ];
    const makeUp = { clause: '第五条', after: 'cycle', months: 12 };
    const asked = (
      older: Regulation,
      [now, next]: readonly [Regulation, Regulation],
      days: readonly Activity[],
    ) =>
      ask(now, next, days, {
        before: { rules: now, before: [older] },
        after: { rules: next, before: [now, older] },
      });
    const facts = (...days: string[]) => days.map((on) => day(on));

    it('both sides take over what those carry, also where neither carries anything', () => {
      const older = version(1, '2020-01-01', { carryOver });
      const now = version(2, '2025-01-01');
      const days = facts('2024-03-01', '2024-04-01', '2024-05-01', '2025-03-01', '2025-04-01');
      expect(asked(older, [now, version(3, '2025-01-01', { title: '新办法' })], days)).toEqual([]);
      const more = version(3, '2025-01-01', {
        targets: [target({ needs: { measure: 'days', atLeast: 4 } })],
      });
      const [flip] = asked(older, [now, more], days);
      expect(flip).toMatchObject({
        change: 'loses',
        before: { alternatives: [[{ earned: 30_000 }]] },
        after: { alternatives: [[{ earned: 30_000 }]] },
      });
    });

    it('what made up a cycle of theirs counts on neither side, and what is owed stays', () => {
      const older = version(1, '2024-01-01', { targets: [target({ makeUp })] });
      const now = version(2, '2025-01-01');
      const days = facts('2024-03-01', '2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01');
      const lower = version(3, '2025-01-01', {
        targets: [target({ needs: { measure: 'days', atLeast: 2 } })],
      });
      expect(said(asked(older, [now, lower], days))).toEqual([
        ['gains', 'requirement 第四条 要求由 3 天 改为 2 天'],
      ]);
      expect(asked(older, [now, lower], days)[0]?.after?.alternatives[0]?.[0]?.earned).toBe(20_000);
      const both = reckonBoth({
        person,
        sources: sourcesOf(days),
        before: { rules: now, before: [older] },
        after: { rules: lower, before: [older] },
        cycle,
      });
      expect(compareTargets(both, cycle).map(({ name, change }) => [name, change])).toEqual([
        ['年度任务（补 2024）', null],
        ['年度任务', 'gains'],
      ]);
    });

    it('what a stricter gate refuses makes nothing up any more, by the rules of the version that is made up', () => {
      const older = version(1, '2024-01-01', { targets: [target({ name: '旧任务', makeUp })] });
      const now = version(2, '2025-01-01');
      const strict = version(3, '2025-01-01', { earn: [earn({ gates: gate('9/10') })] });
      const days = [...facts('2024-03-01', '2024-04-01'), day('2025-02-01', 85)];
      const [owed] = asked(older, [now, strict], days);
      expect(owed).toMatchObject({
        name: '旧任务（补 2024）',
        change: 'loses',
        reasons: [{ of: 'earlier' }],
      });
      expect(owed?.reasons[0]?.says.zh).toContain('“2025-02-01 的课”不再按第一条计入，少 1 天');
      const left = ask(older, strict, days, { after: { rules: strict, before: [older] } });
      expect(left.map(({ name, reasons }) => [name, reasons[0]?.of])).toContainEqual([
        '旧任务（补 2024）',
        'before',
      ]);
    });
  });

  it('looks at no fact after the cycle, and at none of a target that applies to others', () => {
    const after = rules({ earn: [earn({ gates: gate('9/10') })] });
    expect(ask(rules(), after, [...three.slice(1), day('2025-06-01'), day('2026-01-05', 85)])).toEqual([]);
    const others = { targets: [target({ groups: 'high' })] };
    expect(ask(rules(others), rules({ ...others, earn: [] }), three)).toEqual([]);
  });
});

describe('the clauses that are named', () => {
  it('stand as the new version words them, and as the one before where it is otherwise', () => {
    const before = rules();
    const clauses = { ...before.clauses, 第二条: '在场不少于 90%。' };
    const after = rules({ version: 2, clauses, earn: [earn({ gates: gate('9/10') })] });
    expect(clausesNamed(ask(before, after, three), before, after)).toEqual({
      before: [{ clause: '第二条', text: '在场。' }],
      after: [{ clause: '第二条', text: '在场不少于 90%。' }],
    });
  });
});

describe('in English', () => {
  it('names what is kept as the versions do, the new one first, and leaves what has no English', () => {
    const english = englishNames(
      rules({ english: { 天: 'day', 年度任务: 'Yearly' } }),
      rules({ english: { 天: 'days' } }),
    );
    expect(previewName('年度任务', english).en).toBe('Yearly');
    expect(previewName('年度任务（补 2024）', english)).toEqual({
      zh: '年度任务（补 2024）',
      en: 'Yearly (makes up 2024)',
    });
    expect(previewName('别的（补 2024）', english).en).toBe('');
    expect(previewShortfall('0.5 天', english)).toEqual({ zh: '0.5 天', en: '0.5 days' });
    expect(previewShortfall('课时 8 学时', { 课时: 'class hours' }).en).toBe('class hours 8 学时');
  });

  it('says the same, with the names that each of the versions gives', () => {
    const english = { 天: 'days', 在场比例: 'presence', 年度上限: 'yearly limit' };
    const after = rules({ earn: [earn({ gates: gate('9/10') })], english });
    const [found] = ask(rules(), after, three);
    expect(found?.reasons[0]?.says.en).toBe(
      '“2025-03-01 的课” no longer counts under 第一条, 1 days less: 85 minutes present of 100 minutes held: 85%, less than 90%',
    );
    const capped = rules({
      english,
      caps: [{ clause: '第三条', name: '年度上限', counts: { measure: 'days' }, atMost: 1, per: 'year' }],
    });
    const [cut] = ask(rules(), capped, three);
    expect(cut?.reasons[0]?.says).toEqual({
      zh: '“年度上限”（1 天）多扣 2 天',
      en: '“yearly limit” (1 days) takes 2 days more',
    });
    const [asked] = ask(
      rules(),
      rules({ english, targets: [target({ needs: { measure: 'days', atLeast: 2 } })] }),
      three,
    );
    expect(asked?.reasons[0]?.says.en).toBe('2 days asked for instead of 3 天');
  });
});

describe('one person side by side', () => {
  it('shows every target and every activity, with what is refused and cut', () => {
    const after = rules({
      earn: [earn({ gates: gate('9/10') })],
      caps: [{ clause: '第三条', name: '年度上限', counts: { measure: 'days' }, atMost: 1, per: 'year' }],
    });
    const both = reckonBoth({
      person,
      sources: sourcesOf(three),
      before: alone(rules()),
      after: alone(after),
      cycle,
    });
    expect(compareTargets(both, cycle)).toHaveLength(1);
    expect(compareActivities(both)).toMatchObject([
      {
        on: '2025-05-01',
        differs: true,
        before: { earned: [{ measure: '天', counted: 10_000 }, { measure: '学时' }], why: [] },
        after: { earned: [{ measure: '天', amount: 10_000, counted: 0 }, {}], why: [{ clause: '第三条' }] },
      },
      { on: '2025-04-01', differs: false },
      { on: '2025-03-01', differs: true, after: { earned: [], why: [{ clause: '第二条' }] } },
    ]);
    expect(compareActivities({ before: null, after: both.after })[0]?.before).toBeNull();
  });
});

describe('the cycle a preview looks at', () => {
  const cycleOf = (cycles: object, basis: 'last' | 'current') =>
    previewCycleOf(
      rules({
        cycles,
        targets: Object.keys(cycles).map((id) => target({ id, cycle: id })),
      }),
      basis,
      '2026-11-18',
    );
  const plan = {
    windows: [
      { from: '2018-01-01', to: '2022-12-31' },
      { from: '2023-01-01', to: '2027-12-31' },
    ],
  };
  it.each([
    [
      'the year that is over',
      { year: { from: '2020-01-01', months: 12 } },
      '2025-01-01',
      '2025-12-31',
      '2026-01-01',
    ],
    [
      'a year of its own',
      { own: { from: '2019-12-01', months: 12 } },
      '2024-12-01',
      '2025-11-30',
      '2025-12-01',
    ],
    [
      'the latest of several',
      { plan, year: { from: '2020-01-01', months: 12 } },
      '2025-01-01',
      '2025-12-31',
      '2026-01-01',
    ],
    ['windows alone', { plan }, '2018-01-01', '2022-12-31', '2023-01-01'],
    [
      'the calendar year where no cycle has fixed dates',
      { rolling: { lastMonths: 24 } },
      '2025-01-01',
      '2025-12-31',
      '2026-01-01',
    ],
  ])('is %s, or the running one as of today', (_name, cycles, from, to, current) => {
    expect(cycleOf(cycles, 'last')).toEqual({ from, to });
    expect(cycleOf(cycles, 'current')).toEqual({ from: current, to: '2026-11-18' });
  });

  it('lets a version answer as if it had long been in force', () => {
    const draft = rules({ effective: { from: '2027-01-01' } });
    expect(ask(rules(), draft, three)[0]?.change).toBe('ends');
    expect(ask(rules(), asIfInForce(draft, '2020-01-01'), three)).toEqual([]);
  });
});

it('counts people once, under their gravest change, and units by their own people', () => {
  const unit = { unitId: 'u', unit: { zh: '某局', en: '' } };
  const start = { tallies: noChanges(), units: [], peopleDone: 0, peopleChanged: 0 };
  const first = withPeople(start, [
    {
      ...unit,
      changes: [
        { change: 'amount', isOpen: false },
        { change: 'loses', isOpen: true },
        { change: 'loses', isOpen: false },
      ],
      hasFacts: true,
    },
    { ...unit, changes: [], hasFacts: false },
  ]);
  const then = withPeople(first, [{ ...unit, changes: [{ change: 'gains', isOpen: true }], hasFacts: true }]);
  expect(then).toMatchObject({
    peopleDone: 3,
    peopleChanged: 2,
    peopleWithFacts: 2,
    tallies: {
      loses: { people: 1, changes: 2, open: 1 },
      gains: { people: 1, changes: 1, open: 1 },
      amount: { people: 0, changes: 1 },
    },
    units: [{ unitId: 'u', people: 3, changes: 4 }],
  });
  expect([then.tallies.loses, then.tallies.gains, then.tallies.amount].map(unmetAmong)).toEqual([
    'either',
    'open',
    'missed',
  ]);
  expect(start.tallies).toEqual(noChanges());
});

/** Every run reads two new regulations; that costs more than the people. */
const RUNS = { numRuns: 40 };

describe('whatever the facts', () => {
  const anyDay = fc.record({
    offset: fc.integer({ min: 0, max: 729 }),
    present: fc.integer({ min: 0, max: 100 }),
  });
  const facts = fc
    .uniqueArray(anyDay, { maxLength: 12, selector: ({ offset }) => offset })
    .map((rows) =>
      rows.map(({ offset, present }) =>
        day(new Date(Date.UTC(2024, 0, 1 + offset)).toISOString().slice(0, 10), present),
      ),
    );
  const shape = fc.record({
    presence: fc.integer({ min: 0, max: 100 }),
    rate: fc.constantFrom(0.5, 1, 2),
    cap: fc.constantFrom(1, 2, 5, 100),
    days: fc.integer({ min: 0, max: 8 }),
    hours: fc.integer({ min: 0, max: 64 }),
    carry: fc.boolean(),
  });
  type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;
  const base = rules();
  const made = ({ presence, rate, cap, days, hours, carry }: Shape): Regulation => ({
    ...base,
    earn: [
      earn({
        gates: gate(`${presence}/100`),
        earns: [
          { measure: 'days', rate, of: 'days' },
          { measure: 'hours', rate, of: 'classHours' },
        ],
      }),
    ],
    caps: [{ clause: '第三条', name: '上限', counts: { measure: 'days' }, atMost: cap, per: 'month' }],
    targets: [
      target({
        needs: {
          anyOf: [
            { measure: 'days', atLeast: days },
            { measure: 'hours', atLeast: hours },
          ],
        },
      }),
    ],
    ...(carry
      ? {
          carryOver: [
            {
              clause: '第五条',
              cycle: 'year',
              from: { measure: 'days' },
              above: days,
              to: { measure: 'days' },
            },
          ],
        }
      : {}),
  });

  it('the same regulation twice changes nobody', () => {
    fc.assert(
      fc.property(shape, facts, (one, activities) => {
        expect(ask(made(one), made(one), activities)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('either side stands as the statement would, had its version come into force with the cycle', () => {
    const dated = (one: Shape, version: number, from: string): Regulation => ({
      ...made(one),
      version,
      effective: { from },
      targets: [
        { ...made(one).targets![0]!, makeUp: { clause: '第五条', after: 'cycle' as const, months: 12 } },
      ],
    });
    fc.assert(
      fc.property(shape, shape, shape, facts, (first, second, third, activities) => {
        const older = dated(first, 1, '2020-01-01');
        const [now, next] = [dated(second, 2, cycle.from), dated(third, 3, cycle.from)];
        const both = reckonBoth({
          person,
          sources: sourcesOf(activities),
          before: { rules: now, before: [older] },
          after: { rules: next, before: [older] },
          cycle,
        });
        for (const { rules: ruling, judged } of [both.before!, both.after]) {
          const entries = activities.flatMap(
            (one) =>
              settleAll([one], ruleOn({ rules: ruling, before: [older] }, one.occurredOn!), person).entries,
          );
          const { targets, owed } = evaluate(entries, ruling, person, cycle.to, cycle.to, [older]);
          const figures = ({ state, alternatives, cycle: own }: TargetResult) => [
            state,
            own.from,
            alternatives,
          ];
          const shown = judged.filter(({ result }) => isInCycle(cycle.to, result.cycle));
          expect(shown.map(({ result }) => figures(result))).toEqual(
            [...owed.map(({ result }) => result), ...targets].map(figures),
          );
        }
      }),
      RUNS,
    );
  });

  it('a lower requirement takes a target from nobody, a higher one gives it to nobody', () => {
    fc.assert(
      fc.property(shape, facts, fc.integer({ min: 0, max: 8 }), (one, activities, less) => {
        const plain = { ...one, carry: false };
        const lower = {
          ...plain,
          days: Math.max(0, one.days - less),
          hours: Math.max(0, one.hours - 8 * less),
        };
        const kinds = (from: Shape, to: Shape) =>
          ask(made(from), made(to), activities).map(({ change }) => change);
        expect(kinds(plain, lower)).not.toContain('loses');
        expect(kinds(lower, plain)).not.toContain('gains');
      }),
      RUNS,
    );
  });

  it('whoever loses one way gains it the other way, and each flip has a reason with a clause of its text', () => {
    fc.assert(
      fc.property(shape, shape, facts, (one, other, activities) => {
        const [there, back] = [
          ask(made(one), made(other), activities),
          ask(made(other), made(one), activities),
        ];
        const mirrored = { loses: 'gains', gains: 'loses', starts: 'ends', ends: 'starts', amount: 'amount' };
        expect(back.map(({ change }) => change)).toEqual(
          there.map(({ change }) => mirrored[change ?? 'amount']),
        );
        for (const { reasons } of there) {
          expect(reasons.length).toBeGreaterThan(0);
          for (const { clause, kind } of reasons) {
            expect(Object.keys(base.clauses)).toContain(clause);
            // Sums of plain amounts are explained entirely by what goes into them.
            expect(kind).not.toBe('total');
          }
        }
      }),
      RUNS,
    );
  });
});
