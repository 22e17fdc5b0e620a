import { describe, expect, it } from 'vitest';
import { evaluateFacts, parseFacts, type FactsFile } from './facts';
import { reportOf } from '../report/report';
import { explainFacts } from '../report/explain';
import { sample } from '../testing/sample';

const regulation = sample({
  facts: {
    好: { name: '好', type: 'flag' },
    类: { name: '类', type: 'text' },
    数: { name: '数', type: 'number', step: 0.5 },
    分: { name: '分', type: 'number' },
    比: { name: '比', share: 'attendedHours', of: 'classHours' },
  },
  settings: { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } },
  earn: [
    {
      id: 'class',
      clause: '一',
      kinds: 'class',
      if: { x: 'a' },
      earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
    },
  ],
  targets: [
    {
      id: 't',
      name: '任务',
      clause: '一',
      cycle: 'year',
      needs: { atLeast: 5 },
      relief: [{ clause: '二', when: { circumstance: '病假', months: 6 }, exempt: true }],
    },
  ],
  teams: [
    {
      id: 'mean',
      name: '平均',
      clause: '二',
      cycle: 'year',
      take: 'mean',
      quantity: {},
      round: { to: 0.1, mode: 'down' },
      flags: [{ below: 5, flag: 'low', says: '偏低', clause: '二' }],
    },
  ],
});
const person = { id: '甲', history: [] };
const base = {
  asOf: '2024-12-31',
  person,
  activities: [{ id: 'a', kind: 'class', occurredOn: '2024-05-01', classHours: 3 }],
};
const faultsOf = (facts: object): string[] => {
  const parsed = parseFacts(JSON.stringify(facts), regulation);
  return parsed.ok ? [] : parsed.errors.map(({ path, sentence }) => `${path} ${sentence}`);
};
const parsed = (facts: object): FactsFile => {
  const result = parseFacts(JSON.stringify(facts), regulation);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.facts;
};
const activity = (more: object): object => ({
  ...base,
  activities: [{ id: 'a', kind: 'class', occurredOn: '2024-05-01', ...more }],
});

describe('the public facts format', () => {
  it.each<[object, string]>([
    [{ ...base, asOf: undefined }, 'asOf 缺少这一项'],
    [sample(), ' 这是办法文件，这里应为事实文件'],
    [activity({ clasHours: 3 }), 'activities[0].clasHours 格式中没有“clasHours”这一项，是不是“classHours”？'],
    [
      activity({ occurredOn: undefined, date: '2024-05-01' }),
      'activities[0].date 格式中没有“date”这一项，是不是“occurredOn”？',
    ],
    [activity({ day: 3 }), 'activities[0].day 格式中没有“day”这一项，是不是“days”？'],
    [activity({ classHours: '8学时' }), 'activities[0].classHours 只写数，不写单位：8'],
    [activity({ 数: 2 }), 'activities[0].数 “数”是办法自定义的事实，写在 details 里："details": { "数": … }'],
    [activity({ 比: 2 }), 'activities[0].比 “比”由程序算出，不用写'],
    [activity({ 半天数: 2 }), 'activities[0].半天数 格式中没有“半天数”这一项，是不是“halfDays”？'],
    [activity({ mode: '现场' }), 'activities[0].mode 只能是：hall（现场）、online（线上），是不是“hall”？'],
    [
      { ...base, person: { id: '甲', history: [], roles: ['教师'] } },
      'person.roles 格式中没有“roles”这一项，应写在 history: [{ … }] 里',
    ],
    [
      { ...base, person: { id: '甲', history: [{ start: '2024-01-01' }] } },
      'person.history[0].start 格式中没有“start”这一项，是不是“from”？',
    ],
    [activity({ occurredOn: '2024-02-30' }), 'activities[0].occurredOn 没有这一天：2024 年 2 月只有 29 天'],
    [activity({ days: 0.3 }), 'activities[0].days 应为数字，且是 0.5 的倍数'],
    [activity({ days: 'five' }), 'activities[0].days 应为数字，且是 0.5 的倍数'],
    [activity({ classHours: '1.234' }), 'activities[0].classHours 应为数字，最多两位小数'],
    [activity({ presentMinutes: 1.5 }), 'activities[0].presentMinutes 这里应为整数'],
    [activity({ dates: ['2024-05-01'] }), 'activities[0] 日期应三选一：occurredOn，或 dates，或 from 与 to'],
    [
      activity({ occurredOn: undefined, from: '2024-05-01' }),
      'activities[0].to 有 from 应有 to，且 to 不早于 from',
    ],
    [activity({ occurredOn: undefined, to: '2024-05-01' }), 'activities[0].to 有 to 应有 from'],
    [activity({ classHours: -7 }), 'activities[0].classHours 不能是负数'],
    [activity({ lengthMinutes: -5 }), 'activities[0].lengthMinutes 不能小于 0'],
    [activity({ classHours: 999_999_999_999 }), 'activities[0].classHours 数太大，最多七位整数'],
    [activity({ classHours: '七十' }), 'activities[0].classHours 应为数字，最多两位小数'],
    [activity({ days: 5, attendedDays: 6 }), 'activities[0].attendedDays 实际参加天数多于天数（days）'],
    [
      activity({ occurredOn: undefined, from: '2024-05-01', to: '2024-05-05', days: 7 }),
      'activities[0].days 天数多于起止日期之间的 5 天',
    ],
    [
      activity({ occurredOn: undefined, from: '2024-05-01', to: '2024-05-02', halfDays: 5 }),
      'activities[0].halfDays 半天数多于起止日期之间的 2 天的 4 个半天',
    ],
    [
      activity({ occurredOn: undefined, dates: ['2024-05-01', '2024-05-03'], halfDays: 5 }),
      'activities[0].halfDays 半天数多于所列的 2 天的 4 个半天',
    ],
    [
      activity({ occurredOn: undefined, dates: ['2024-05-01'], days: 2 }),
      'activities[0].days 天数多于所列的 1 天',
    ],
    [
      activity({ occurredOn: undefined, dates: ['2024-05-01'], attendedDays: 2 }),
      'activities[0].attendedDays 实际参加天数多于所列的 1 天',
    ],
    [
      {
        asOf: '2024-12-31',
        people: [
          { person, activities: [] },
          { person, activities: [] },
        ],
      },
      'people[1].person.id 人员编号“甲”重复',
    ],
    [activity({ kind: '培训' }), 'activities[0].kind 办法中没有活动种类“培训”，那是名称，应写“class”'],
    [activity({ recordedOn: '2024-04-30' }), 'activities[0].recordedOn 记录日期早于活动的最后一天'],
    [{ ...base, person: { ...person, birthDate: '2075-01-01' } }, 'person.birthDate 出生日期晚于评价日'],
    [
      { ...base, person: { ...person, birthDate: '1980-01-01', employedOn: '1980-01-01' } },
      'person.employedOn 参加工作日期不晚于出生日期',
    ],
    [activity({ days: 1, halfDays: 3 }), 'activities[0].halfDays days 与 halfDays 互相矛盾'],
    [activity({ details: { 高: 1 } }), 'activities[0].details.高 办法的 facts 中没有定义这一事实'],
    [activity({ details: { 好: '是' } }), 'activities[0].details.好 这里应为 true 或 false'],
    [activity({ details: { 类: 1 } }), 'activities[0].details.类 这里应为文字'],
    [activity({ details: { 数: '多' } }), 'activities[0].details.数 这里应为数字'],
    [activity({ details: { 数: 0.3 } }), 'activities[0].details.数 应为 0.5 的倍数'],
    [activity({ details: { 分: 0.125 } }), 'activities[0].details.分 应为 0.01 的倍数'],
    [activity({ details: { 比: 1 } }), 'activities[0].details.比 这一事实由程序算出，不用写'],
    [{ ...base, activities: [...base.activities, ...base.activities] }, 'activities[1].id 活动编号“a”重复'],
    [{ ...base, settings: { y: 'a' } }, 'settings.y 办法中没有待定问题“y”'],
    [{ ...base, settings: { x: 'c' } }, 'settings.x “x”没有“c”这种读法，有：a、b'],
    [
      { ...base, person: { id: '甲', history: [{ postLevel: '副处' }] } },
      'person.history[0].postLevel “副处”不在职务层次与职级表中，是不是“县处级副职”？',
    ],
    [
      { ...base, person: { id: '甲', history: [{ rank: '县处级副职' }] } },
      'person.history[0].rank 格式中没有“rank”这一项，是不是“postLevel”或“grade”？',
    ],
    [
      { ...base, person: { id: '甲', history: [{ grade: '大官' }] } },
      'person.history[0].grade “大官”不在职务层次与职级表中，其他名称先在办法的 ranks 里写明与哪个相当',
    ],
    [
      { ...base, person: { ...person, openings: [{ id: 'o', on: '2024-01-01', measure: 'x', amount: 1 }] } },
      'person.openings[0].measure 办法中没有计量“x”',
    ],
    [
      {
        ...base,
        person: { ...person, openings: [{ id: 'o', on: '2024-01-01', measure: 'hours', amount: 'x' }] },
      },
      'person.openings[0].amount 应为整数、小数，或加引号的分数（如 "1/7"）',
    ],
    [
      { asOf: '2024-12-31', people: [{ person, activities: [{ id: 'a' }] }] },
      'people[0].activities[0].kind 缺少这一项',
    ],
    [{ asOf: '2024-12-31', people: [] }, 'people 不能为空'],
    [{ ...base, asOf: '2024/12/31' }, 'asOf 应为日期，如 "2026-01-01"'],
    [activity({ kind: 'clas' }), 'activities[0].kind 办法中没有活动种类“clas”，是不是“class”？'],
    [
      { ...base, person: { ...person, history: [{ from: '2024-02-01', to: '2024-01-01' }] } },
      'person.history[0].to 结束日期早于开始日期',
    ],
    [
      {
        ...base,
        person: { ...person, circumstances: [{ kind: '病假', from: '2024-02-01', to: '2024-01-01' }] },
      },
      'person.circumstances[0].to 结束日期早于开始日期',
    ],
    [
      {
        ...base,
        person: {
          ...person,
          openings: [{ id: 'o', on: '2024-01-01', measure: 'hours', part: 'x', amount: 1 }],
        },
      },
      'person.openings[0].part 办法中没有部分“x”',
    ],
  ])('%j is refused', (facts, sentence) => {
    expect(faultsOf(facts)).toContain(sentence);
  });

  it('asks of facts of one person only to take an empty list of people out', () => {
    expect(faultsOf({ ...base, people: [] })).toEqual(['people 已经写了 person（一个人），删去 people']);
  });

  it('refuses what is not JSON, and accepts good details', () => {
    expect(parseFacts('{', regulation)).toMatchObject({ ok: false });
    expect(faultsOf(activity({ details: { 好: true, 类: '甲', 数: 1.5 } }))).toEqual([]);
    expect(faultsOf([])).toEqual([' 这里应为对象 { }']);
  });

  it('is evaluated for a person, by the chosen reading, from what was recorded', () => {
    const result = (facts: object): unknown =>
      reportOf(parsed(facts), evaluateFacts(parsed(facts), regulation));
    expect(result(base)).toMatchObject({
      asOf: '2024-12-31',
      people: [
        {
          person: '甲',
          targets: [{ amounts: [{ earned: '3', short: '2' }] }],
          entries: [{ counted: '3', source: { kind: 'class', id: 'a' } }],
        },
      ],
    });
    expect(result({ ...base, settings: { x: 'b' } })).toMatchObject({
      people: [{ entries: [], refusals: [{ reason: 'not-in-force' }] }],
    });
    expect(result(activity({ classHours: 3, recordedOn: '2025-01-02' }))).toMatchObject({
      people: [{ entries: [], refusals: [] }],
    });
  });

  it('asks for the part of a starting balance where there are parts', () => {
    const divided = sample({
      parts: { required: '必修' },
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', part: 'required', rate: 1, of: 'classHours' }],
        },
      ],
    });
    const openings = (part: object): unknown => {
      const opening = { id: 'o', on: '2024-01-01', measure: 'hours', amount: 1, ...part };
      const result = parseFacts(
        JSON.stringify({ ...base, person: { ...person, openings: [opening] } }),
        divided,
      );
      return result.ok || result.errors.map(({ sentence }) => sentence);
    };
    expect([openings({}), openings({ part: 'requird' }), openings({ part: 'required' })]).toEqual([
      ['办法分了部分（parts），这里应写 part'],
      ['办法中没有部分“requird”，是不是“required”？'],
      true,
    ]);
  });

  it('of one source are recorded when the last of them is', () => {
    const source = { kind: 'session', id: 's' };
    const late = (recordedOn: string): object => ({
      source,
      kind: 'class',
      occurredOn: '2024-05-01',
      recordedOn,
    });
    const entries = (asOf: string): number =>
      evaluateFacts(
        parsed({
          ...base,
          asOf,
          activities: [
            { ...late('2024-08-01'), id: 'a', classHours: 1 },
            { ...late('2024-06-01'), id: 'b', classHours: 2 },
          ],
        }),
        regulation,
      ).evaluation?.counted.length ?? 0;
    expect([entries('2024-07-01'), entries('2024-08-01')]).toEqual([1, 2]);
  });

  it('settles the facts of one source together', () => {
    const source = { kind: 'session', id: 's' };
    const two = {
      ...base,
      activities: [
        { id: 'a', source, kind: 'class', occurredOn: '2024-05-01', classHours: 1 },
        { id: 'b', source, kind: 'class', occurredOn: '2024-05-01', classHours: 2, recordedOn: '2024-06-01' },
      ],
    };
    const { settlements } = evaluateFacts(parsed(two), regulation);
    expect(settlements.map((settlement) => settlement.entries.length)).toEqual([2]);
  });

  it('is evaluated and explained for a group', () => {
    const facts = parsed({
      asOf: '2024-12-31',
      people: [
        { person, activities: base.activities },
        { person: { id: '乙', history: [] }, activities: [] },
      ],
    });
    const result = evaluateFacts(facts, regulation);
    expect(reportOf(facts, result)).toMatchObject({
      teams: [{ amount: '1.5', flags: [{ flag: 'low' }] }],
      people: [{ person: '乙' }, { person: '甲' }].sort((a, b) => (a.person < b.person ? -1 : 1)),
    });
    const text = explainFacts(facts, result, regulation).join('\n');
    for (const said of ['平均：1.5', '偏低', '【甲】', '【乙】', '至少还需 2 学时', '至少还需 5 学时'])
      expect(text).toContain(said);
  });

  it('is explained amount by amount: what is spread once, what counts later and what is not known yet apart', () => {
    const spread = sample({
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
          spread: { over: 'days' },
        },
        {
          id: 'talk',
          clause: '二',
          kinds: 'talk',
          earns: [{ measure: 'hours', flat: 10 }],
          spread: { over: 'years', years: 2 },
        },
      ],
      caps: [{ clause: '三', counts: { kind: 'class' }, atMost: 6, per: 'day' }],
      ratings: [
        {
          id: 'r',
          name: '等次',
          clause: '一',
          cycle: 'year',
          of: {},
          bands: [{ atLeast: 0, rating: '合格' }],
        },
      ],
    });
    const facts: FactsFile = {
      asOf: '2024-06-30',
      person,
      activities: [
        {
          id: 'a',
          kind: 'class',
          source: { kind: 'class', id: 'a' },
          from: '2024-05-01',
          to: '2024-05-03',
          classHours: 24,
        },
        { id: 'b', kind: 'talk', source: { kind: 'talk', id: 'b' }, occurredOn: '2024-05-10' },
        {
          id: 'c',
          kind: 'class',
          source: { kind: 'class', id: 'c' },
          occurredOn: '2042-05-01',
          classHours: 8,
        },
      ],
    };
    const result = evaluateFacts(facts, spread);
    expect(reportOf(facts, result).people).toMatchObject([{ ratings: [{ is: '合格', final: false }] }]);
    const text = explainFacts(facts, result, spread);
    expect(text.filter((line) => /^ {2}\d|：$|等次/.test(line))).toEqual([
      '等次（2024，周期未结束）：23，合格（一）',
      '计入：',
      '  2024-05-01 至 2024-05-03 培训 a：18 学时（一）',
      '  2024-05-10 讲座 b：5 学时（二）',
      '以后才计入：',
      '  2025-05-10 讲座 b：5 学时（二）',
      '评价日之后才记录，没有看：',
      '  2042-05-01 培训 c',
      '条文：',
    ]);
    expect(text.filter((line) => /^ {4}2024-05-0\d/.test(line))).toHaveLength(3);
  });
});
