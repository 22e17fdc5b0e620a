import { describe, expect, it } from 'vitest';
import { describeRegulation } from './describe';
import { evaluateFacts, parseFacts } from '../reading/facts';
import { explainFacts } from '../report/explain';
import type { Regulation } from '../regulation/regulation-schema';
import type { Step } from '../settlement/steps';
import { activity, sample, settled } from '../testing/sample';
import { factName } from '../regulation/condition-words';
import { sayUsedToMakeUp, sayUsedUp } from './target-notes';
import { sayCut, sayRefusal, sayStep, saySteps, sayTest } from './words';

const regulation = sample({
  facts: { presence: { name: '在场比例', share: 'presentMinutes', of: 'heldMinutes' } },
});

describe('a result in words', () => {
  it('names what the same amount must also count for, and refusals without a clause', () => {
    const rules = sample({
      parts: { required: '必修', elective: '选修' },
      kinds: { class: '培训', online: '网络必修', talk: '讲座' },
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
      ],
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: {
            allOf: [
              { part: 'required', above: 10 },
              { kind: ['online', 'talk'], id: 'far', name: '远程', atLeast: 10 },
            ],
          },
        },
      ],
    });
    const facts = {
      asOf: '2024-06-30',
      person: { id: '甲', history: [] },
      activities: [{ id: 'x', kind: 'party', occurredOn: '2024-05-01' }],
    };
    const parsed = parseFacts(JSON.stringify(facts), rules);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const text = explainFacts(parsed.facts, evaluateFacts(parsed.facts, rules), rules);
    expect(text).toEqual(
      expect.arrayContaining([
        '  必修 0，要求 > 10 学时 ✗；远程 0，要求 ≥ 10 学时 ✗',
        '  至少还需 10 学时（必修，同时计入远程）、0.01 学时（必修）',
        '  2024-05-01 party x：本办法不计这类活动：party',
      ]),
    );
  });
});

describe('reckonings in words', () => {
  it.each<[Step, string, string]>([
    [
      {
        kind: 'gate',
        clause: '一',
        tests: [{ fact: 'presence', actual: '9/10', wanted: '≥ 4/5', met: true }],
      },
      '在场比例 90%，要求 ≥ 80% ✓',
      '在场比例 90%, needed ≥ 80% ✓',
    ],
    [{ kind: 'flat', result: '24' }, '每项计 24', '24 for the item'],
    [
      { kind: 'rate', fact: 'days', quantity: '2', each: '1', times: '2', rate: '6', result: '12' },
      '天数 2 × 6 = 12',
      'days 2 × 6 = 12',
    ],
    [
      { kind: 'rate', fact: 'lengthMinutes', quantity: '90', each: '45', times: '2', rate: '1', result: '2' },
      '时长（分钟） 90 ÷ 45 × 1 = 2',
      'length in minutes 90 ÷ 45 × 1 = 2',
    ],
    [
      {
        kind: 'rate',
        fact: 'lengthMinutes',
        quantity: '100',
        each: '45',
        times: '2',
        rate: '1',
        result: '2',
      },
      '时长（分钟） 100，每 45 计一次，共 2 次 × 1 = 2',
      'length in minutes 100, once for each 45: 2 × 1 = 2',
    ],
    [
      { kind: 'rate', fact: 'days', quantity: '4.5', each: '1', times: '4', rate: '10', result: '40' },
      '天数 4.5，每 1 计一次，共 4 次 × 10 = 40',
      'days 4.5, once for each 1: 4 × 10 = 40',
    ],
    [
      { kind: 'rate', fact: 'classHours', quantity: '22', each: '6', times: '11/3', rate: '6', result: '22' },
      '学时数 22 ÷ 6 × 6 = 22',
      'class hours 22 ÷ 6 × 6 = 22',
    ],
    [
      { kind: 'band', fact: 'score', quantity: '85', band: '≥ 80' },
      '成绩 85，适用“≥ 80”一档',
      'score 85 falls into the band “≥ 80”',
    ],
    [
      { kind: 'slice', fact: 'score', quantity: '5', band: '> 80' },
      '其中“> 80”一段为 5',
      '5 of it lie in the band “> 80”',
    ],
    [
      { kind: 'slice-flat', band: '≤ 5', result: '3' },
      '到了“≤ 5”一段，计 3',
      '3 for reaching the band “≤ 5”',
    ],
    [
      { kind: 'sum', parts: ['3', '1.5'], result: '4.5' },
      '各段相加：3 + 1.5 = 4.5',
      'the bands together: 3 + 1.5 = 4.5',
    ],
    [{ kind: 'table', fact: 'level', key: 'city' }, '级别为“city”', 'level is “city”'],
    [{ kind: 'factor', by: '0.5', result: '6' }, '乘以 0.5，得 6', 'times 0.5 makes 6'],
    [
      { kind: 'round', to: '1', mode: 'half-up', result: '6' },
      '按 1 的倍数四舍五入，得 6',
      'rounded to the nearest, halves up to a multiple of 1: 6',
    ],
    [
      { kind: 'item-at-most', limit: '10', cut: '2' },
      '每项最多 10，减去 2',
      'at most 10 for one item, 2 is cut',
    ],
    [{ kind: 'item-at-least', limit: '1', cut: '-0.5' }, '每项至少 1', 'at least 1 for one item'],
    [{ kind: 'spread', over: 'days', shares: 4 }, '按 4 天平均计入', 'spread evenly over 4 days'],
    [{ kind: 'spread', over: 'years', shares: 2 }, '分 2 年计入', 'spread over 2 years'],
  ])('%j', (step, zh, en) => {
    expect([sayStep(step, regulation, 'zh'), sayStep(step, regulation, 'en')]).toEqual([zh, en]);
  });

  it('says a band that is worth a fixed amount in one sentence, and any other by itself', () => {
    const said = (steps: readonly Step[]) =>
      (['zh', 'en'] as const).map((language) =>
        saySteps(steps, regulation, language).map(({ sentence }) => sentence),
      );
    const band: Step = { kind: 'band', fact: 'lengthMinutes', quantity: '45', band: '≥ 30' };
    const factor: Step = { kind: 'factor', by: '0.5', result: '0.5' };
    expect(said([band, { kind: 'flat', result: '1' }, factor])).toEqual([
      ['时长 45 分钟，属“≥ 30”一档，计 1', '乘以 0.5，得 0.5'],
      ['a length of 45 minutes, in the band “≥ 30”: 1', 'times 0.5 makes 0.5'],
    ]);
    expect(said([band, factor])[0]).toEqual(['时长（分钟） 45，适用“≥ 30”一档', '乘以 0.5，得 0.5']);
  });

  it('say what was found and what was wanted', () => {
    const test = (found: { actual?: string; wanted?: string }): string =>
      sayTest({ fact: 'approved', ...found, met: false }, regulation, 'zh');
    const share = (actual: string): string =>
      sayTest({ fact: 'presence', actual, wanted: '≥ 0.95', met: false }, regulation, 'zh');
    expect([share('0.5'), share('1/3')]).toEqual([
      '在场比例 50%，要求 ≥ 95%',
      '在场比例 1/3（约 33.3%），要求 ≥ 95%',
    ]);
    expect([test({ actual: 'false', wanted: 'true' }), test({ wanted: 'true' }), test({})]).toEqual([
      '审核通过 否，要求 是',
      '审核通过 没有记录，要求 是',
      '缺少“审核通过”',
    ]);
    expect(
      sayTest({ fact: 'mode', actual: 'x', wanted: 'hall | online', met: false }, regulation, 'zh'),
    ).toBe('参加方式 x，要求 现场、线上之一');
    const english = (fact: string, found: { actual?: string; wanted?: string }): string =>
      sayTest({ fact, ...found, met: false }, regulation, 'en');
    expect([
      english('approved', { actual: 'false', wanted: 'true' }),
      english('presence', { actual: '9/56', wanted: '≤ 1/7' }),
      english('mode', { actual: 'x', wanted: 'hall | online' }),
      english('days', {}),
      english('days', { wanted: '≥ 1' }),
    ]).toEqual([
      'approved no, needed yes',
      '在场比例 9/56 (about 16.1%), needed ≤ 1/7 (about 14.3%)',
      'mode x, needed in the hall or online',
      '“days” is missing',
      'days not recorded, needed ≥ 1',
    ]);
    expect([
      factName('presence', regulation, 'en'),
      factName('age', regulation, 'en'),
      factName('unknown', regulation, 'zh'),
    ]).toEqual(['在场比例', 'age in years', 'unknown']);
  });

  it('say why something does not count, and what follows', () => {
    const gated = sample({
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          gates: [{ clause: '二', must: { approved: true }, outcome: '退学' }],
          earns: [{ measure: 'hours', flat: 1 }],
        },
      ],
    });
    const refusal = (facts: object): [string, string] => {
      const [first] = settled(facts, gated).refusals;
      if (!first) throw new Error('not refused');
      return [sayRefusal(first, gated, 'zh'), sayRefusal(first, gated, 'en')];
    };
    expect(refusal({ approved: false })).toEqual([
      '没有达到条件：审核通过 否，要求 是，处理：退学',
      'a condition is not met: approved no, needed yes; outcome: 退学',
    ]);
    expect(refusal({ kind: 'talk' })).toEqual([
      '本办法不计这类活动：讲座',
      'the regulation does not cover this kind of activity: 讲座',
    ]);
    expect(refusal({ kind: 'party' })[0]).toBe('本办法不计这类活动：party');
    expect(refusal({ occurredOn: '2010-01-01' })).toEqual([
      '当时规定没有生效',
      'the rule was not in force on that day',
    ]);
  });

  it('says once that a record is missing', () => {
    const refusal = {
      source: { kind: 'class', id: 'a' },
      activity: 'a',
      occurredOn: '2024-05-01' as const,
      kind: 'class',
      reason: 'fact-missing' as const,
      needs: [
        { fact: 'credits', met: false },
        { fact: 'days', met: false },
      ],
    };
    expect((['zh', 'en'] as const).map((language) => sayRefusal(refusal, sample(), language))).toEqual([
      '缺少“证明学分”；缺少“天数”',
      '“credits on the proof” is missing; “days” is missing',
    ]);
  });

  it('say what a limit took', () => {
    const cut = { cap: 0, clause: '三', name: '', limit: 100_000, used: 60_000, cut: 20_000 };
    expect(sayCut(cut, 'hours', regulation, 'zh')).toBe('上限 10 学时，此前已计 6 学时，本次少计 2 学时');
    expect(sayCut({ ...cut, name: '每年' }, 'days', regulation, 'en')).toBe(
      '每年 10 days, of which 6 days was used before: 2 days less',
    );
    expect(sayCut(cut, 'hours', regulation, 'en')).toContain('limit 10 学时');
  });
});

/** A regulation that uses every construct once. */
const full = sample({
  source: { issuer: '某市委', title: '办法', number: '某发〔2024〕1号', published: '2024-01-01', grade: 'B' },
  effective: { from: '2024-01-01', to: '2028-12-31' },
  measures: { hours: '学时', points: '分' },
  parts: { required: '必修', elective: '选修' },
  ranks: { 警督: '县处级副职' },
  facts: {
    presence: { name: '在场比例', share: 'presentMinutes', of: 'heldMinutes' },
    away: { name: '缺席', sum: ['leaveHours', 'absentHours'] },
    mark: { name: '总评', weighted: { score: 0.6, points: 0.4 } },
    best: { name: '最好成绩', best: 'scores', first: 3 },
    top: { name: '最高成绩', best: 'scores' },
    mean: { name: '平均成绩', mean: 'scores' },
    own: { name: '字数', type: 'number' },
  },
  groups: {
    leaders: {
      name: '领导',
      where: {
        leading: true,
        not: { probation: true },
        anyOf: [
          { rank: { atLeast: '县处级副职' } },
          { role: ['书记', '校长'] },
          { leading: false, category: '公务员' },
        ],
      },
    },
  },
  cycles: {
    year: { from: '2020-01-01', months: 12 },
    plan: { windows: [{ from: '2023-01-01', to: '2027-12-31' }] },
    rolling: { lastMonths: 60 },
    post: { around: 'joining', group: 'leaders', monthsBefore: 6, monthsAfter: 12, anniversaryCounts: true },
  },
  settings: { x: { question: '怎样读？', options: { a: '甲', b: '乙' }, chosen: 'a' } },
  earn: [
    {
      id: 'class',
      name: '培训',
      clause: '一',
      kinds: ['class', 'talk'],
      groups: 'leaders',
      inForce: { from: '2024-01-01', to: '2026-12-31' },
      if: { x: 'a' },
      where: { mode: 'hall' },
      gates: [
        {
          clause: '二',
          where: { leaveHours: { above: 0 } },
          must: { presence: { atLeast: '4/5' } },
          outcome: '退学',
        },
        { clause: '二', must: { approved: true } },
      ],
      earns: [
        {
          measure: 'hours',
          part: 'required',
          rate: 1,
          each: 10,
          of: 'classHours',
          eachRound: 'down',
          times: [{ where: { role: '主讲' }, by: 2 }, { by: 1 }],
          round: { to: 0.5, mode: 'up' },
          itemAtMost: 20,
          itemAtLeast: 1,
        },
        {
          measure: 'points',
          part: 'elective',
          of: 'days',
          bands: [
            { atMost: 5, rate: 2 },
            { above: 5, flat: 12 },
          ],
        },
        {
          measure: 'points',
          part: 'elective',
          by: 'level',
          values: { city: 1, nation: { by: 'place', values: { '1': 5 } } },
        },
      ],
      spread: { over: 'days' },
    },
    {
      id: 'degree',
      clause: '一',
      kinds: 'talk',
      earns: [
        {
          measure: 'points',
          part: 'elective',
          of: 'words',
          sliced: true,
          bands: [{ atMost: 100, rate: 0.1 }],
        },
      ],
      spread: { over: 'years', years: 2 },
    },
  ],
  caps: [
    {
      clause: '三',
      name: '每日',
      counts: { measure: 'hours', rule: 'class', part: 'required', where: { level: 'city' } },
      atMost: 8,
      per: 'day',
    },
    { clause: '三', counts: { measure: 'points' }, atMost: 'highest', each: ['subject', 'kind'] },
    {
      clause: '三',
      counts: { measure: 'points', kind: 'talk' },
      atMost: { share: '1/2', of: { measure: 'points' } },
      per: 'year',
    },
  ],
  totals: {
    all: {
      name: '总分',
      measure: 'points',
      start: 60,
      add: [{ part: 'elective', times: 2, groups: 'leaders' }],
      atLeast: 0,
      atMost: 100,
      round: { to: 1, mode: 'half-up' },
      cycle: 'year',
    },
    plain: { name: '合计', measure: 'hours', add: [{}] },
  },
  carryOver: [
    {
      clause: '三',
      cycle: 'year',
      from: { measure: 'hours', part: ['required', 'elective'] },
      above: 10,
      times: 0.5,
      atMost: 5,
      round: { to: 1, mode: 'down' },
      to: { measure: 'hours', part: 'elective' },
      lasts: 2,
    },
  ],
  targets: [
    {
      id: 'year',
      name: '年度任务',
      clause: '一',
      groups: 'leaders',
      cycle: 'year',
      needs: {
        anyOf: [
          { measure: 'hours', atLeast: 10 },
          {
            allOf: [
              { total: 'all', atLeast: 5 },
              { measure: 'points', kind: 'talk', atMost: 9 },
              {
                measure: 'points',
                id: 'share',
                part: 'elective',
                atLeastShare: '1/2',
                of: { measure: 'points' },
              },
              { measure: 'hours', largest: 'organiser', atLeast: 3 },
            ],
          },
        ],
      },
      relief: [
        { clause: '二', when: { circumstance: '病假', months: 6 }, exempt: true },
        { clause: '二', when: { person: { age: { atLeast: 58 } } }, times: 0.5 },
        { clause: '二', when: { earned: { measure: 'hours', atLeast: 20 }, cycle: 'previous' }, less: 2 },
        { clause: '二', when: { earned: { measure: 'hours', id: 'more', atLeast: 20 } }, less: 1 },
      ],
      prorate: { by: 'months', round: { to: 1, mode: 'up' } },
      makeUp: { clause: '三', after: 'cycle', months: 3 },
    },
    {
      id: 'other',
      name: '其他任务',
      clause: '一',
      cycle: 'plan',
      needs: { measure: 'hours', atLeast: 1 },
      makeUp: { clause: '三', after: 'promotion', months: 12 },
    },
  ],
  ratings: [
    {
      id: 'r',
      name: '等次',
      clause: '一',
      cycle: 'year',
      of: { measure: 'points' },
      bands: [
        { atLeast: 90, rating: '优秀' },
        { below: 90, rating: '合格' },
      ],
    },
  ],
  consequences: [
    { id: 'a', says: '不评优', clause: '二', when: { target: 'year', is: 'missed', inARow: 2 } },
    { id: 'b', says: '表彰', clause: '二', when: { rating: 'r', is: '优秀' } },
    { id: 'c', says: '提示', clause: '二', when: { target: 'other', is: 'exempt' } },
  ],
  teams: [
    {
      id: 'm',
      name: '班子平均',
      clause: '二',
      cycle: 'year',
      take: 'mean',
      quantity: { total: 'all' },
      times: 2,
      start: 1,
      flags: [{ below: 80, flag: 'f', says: '班子不评优', clause: '二' }],
    },
    {
      id: 's',
      name: '完成率',
      clause: '二',
      cycle: 'year',
      take: 'share',
      target: ['year', 'other'],
      is: 'met',
    },
  ],
});

describe('a regulation in words', () => {
  it('names everything it defines', () => {
    const text = describeRegulation(full).join('\n');
    for (const said of [
      '某发〔2024〕1号',
      '2024-01-01 起，至 2028-12-31',
      '在场比例 = 在场分钟 ÷ 开课分钟',
      '缺席 = 请假学时 + 缺课学时',
      '总评 = 成绩 × 0.6 + 积分 × 0.4',
      '最好成绩 = 前 3 次成绩中最高的',
      '平均成绩 = 各次成绩的平均',
      '写在 details.own',
      '担任领导职务，且不是（试用期）',
      '职务层次或职级 ≥ 县处级副职',
      '角色为书记、校长之一',
      '没有担任领导职务',
      '自 2020-01-01 起，每 12 个月一期',
      '最近 60 个月',
      '进入该组（领导）前 6 个月至后 12 个月（含满期当天）',
      '限领导，2024-01-01 起，至 2026-12-31，读法：甲',
      '学时数 ÷ 10（舍去尾数） × 1',
      '担任角色为“主讲”时乘以 2',
      '每项最多 20',
      '每项至少 1',
      '天数（≤ 5：天数 × 2；> 5：12）',
      '按级别（city：1；nation：〔按名次（1：5）〕）',
      '字数分段累计，到了的各段相加（≤ 100：落在这一段的字数 × 0.1）',
      '按天平均计入',
      '分 2 年计入',
      '须 请假学时 > 0 时，在场比例 ≥ 4/5，否则不计入，退学（二）',
      '每天最多 8',
      '只计最高的一项',
      '不超过全部的分的 1/2',
      '总分 = 60 + 选修 × 2【限领导】（按 1 的倍数四舍五入，最低 0，最高 100），每个周期（自然年）报告',
      '必修、选修的学时超过 10 的部分（三）乘以 0.5，按 1 的倍数舍去尾数，最多 5，转入此后 2 个周期的“选修”',
      '全部的学时 ≥ 10 学时 或者（“总分” ≥ 5 分，并且 讲座的分 ≤ 9 分，并且 选修的分不少于全部的分的 1/2，并且 同一举办单位最多的全部的学时 ≥ 3 学时）',
      '病假累计满 6 个月的，免除（二）',
      '年龄（周岁） ≥ 58 的，乘以 0.5，占比不变（二）',
      '上一周期全部的学时 ≥ 20 学时的，减少 2，占比不变（二）',
      '按在岗月数的比例折算',
      '周期结束后 3 个月内补足（三），补学用去的不再计入新周期',
      '晋升后 12 个月内补足（三）',
      '≥ 90 为“优秀”；< 90 为“合格”',
      '不评优（二）：连续 2 个周期没有完成“年度任务”',
      '表彰（二）：“等次”为优秀',
      '班子平均（二）：每个周期（自然年）“总分”平均 × 2 + 1；< 80 时班子不评优',
      '完成率（二）：每个周期（自然年）完成“年度任务”、“其他任务”的人数比例',
      '怎样读？ 【甲】 / 乙',
    ]) {
      expect(text).toContain(said);
    }
    expect(describeRegulation(sample()).join('\n')).not.toContain('undefined');
    expect(text).not.toContain('undefined');
  });
});

describe('a result in words', () => {
  const explain = (facts: object, rules = full): string => {
    const parsed = parseFacts(JSON.stringify(facts), rules);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return explainFacts(parsed.facts, evaluateFacts(parsed.facts, rules), rules).join('\n');
  };

  it('tells targets, amounts, cuts, refusals, carry-over, ratings and what follows', () => {
    const text = explain({
      asOf: '2025-06-30',
      person: {
        id: '甲',
        birthDate: '1966-01-01',
        history: [{ from: '2022-01-01', leading: true, roles: ['书记'] }],
        openings: [{ id: 'o', on: '2024-01-01', measure: 'hours', part: 'required', amount: 3 }],
      },
      activities: [
        {
          id: 'a',
          kind: 'class',
          occurredOn: '2024-05-01',
          mode: 'hall',
          heldMinutes: 100,
          presentMinutes: 90,
          approved: true,
          classHours: 300,
          days: 6,
          level: 'city',
          subject: '论文',
          role: '主讲',
        },
        {
          id: 'b',
          kind: 'class',
          occurredOn: '2024-05-01',
          mode: 'hall',
          heldMinutes: 100,
          presentMinutes: 50,
          leaveHours: 1,
          approved: true,
          classHours: 30,
          days: 1,
          level: 'city',
        },
        { id: 'c', kind: 'class', occurredOn: '2024-06-01', mode: 'online' },
      ],
    });
    for (const said of [
      '截至 2025-06-30',
      '年度任务 2024（2024-01-01 至 2024-12-31）',
      '减免：乘以 0.5，因为年龄（周岁） ≥ 58（二）',

      '或者 总分',
      '选修 占 13/13 = 1，要求 ≥ 1/2 ✓',
      '期初结存 o：3 学时，必修',
      '每日：最多 8 学时，此前已计 0 学时，本次少计 12 学时（三）',
      '没有达到条件：在场比例 50%，要求 ≥ 80%，处理：退学（二）',
      '不符合任何一条计分规定',
      '等次（2024）：',
      '至少还需',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('undefined');
  });

  it('tells what is to be made up, and what was carried in', () => {
    const person = { id: '甲', history: [{ from: '2024-01-01', leading: true, roles: ['书记'] }] };
    expect(explain({ asOf: '2025-02-01', person, activities: [] })).toContain(
      '年度任务（补 2024）（2025-01-01 至 2025-03-31）',
    );
    const classOf = (id: string, occurredOn: string): object => ({
      ...{ id, kind: 'class', occurredOn, mode: 'hall', heldMinutes: 10, presentMinutes: 10, approved: true },
      ...{ classHours: 300, days: 1, level: 'nation', place: 1 },
    });
    const carried = explain({ asOf: '2025-02-01', person, activities: [classOf('a', '2024-05-01')] });
    expect(carried).toContain('结转（2024）：5 学时');
    expect(carried).toContain('学时 5（其中结转 5），要求 ≥ 8 学时');
    expect(carried).not.toContain('学时 0（其中结转');
  });

  it('tells months, flags, ratings without a band, and what nothing can close', () => {
    const rules = sample({
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { atMost: 1 },
          prorate: { by: 'months', round: { to: 1, mode: 'up' } },
        },
      ],
      ratings: [
        {
          id: 'r',
          name: '等次',
          clause: '一',
          cycle: 'year',
          of: {},
          bands: [{ atLeast: 90, rating: '优秀' }],
        },
      ],
      consequences: [{ id: 'c', says: '不评优', clause: '二', when: { target: 't', is: 'missed' } }],
      carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 1, to: { measure: 'hours' } }],
      totals: { all: { name: '合计', measure: 'hours', add: [{}], cycle: 'year' } },
    });
    const text = explain(
      {
        asOf: '2024-12-31',
        person: { id: '甲', history: [{ from: '2024-07-01' }] },
        activities: [{ id: 'a', kind: 'class', occurredOn: '2024-08-01', classHours: 5 }],
      },
      rules,
    );
    for (const said of [
      '减免：按 12 个月中的 6 个月折算',
      '学时 5，要求 ≤ 1 学时 ✗',
      '再学也达不到',
      '等次（2024）：5，无等次',
      '结转（2024）：4 学时',
      '提示（2024，任务）：不评优',
      '合计（2024）：5 学时',
    ])
      expect(text).toContain(said);
  });

  it('names what an amount must also count for', () => {
    const rules = sample({
      parts: { a: '甲类' },
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: ['class', 'talk'],
          earns: [{ measure: 'hours', part: 'a', rate: 1, of: 'classHours' }],
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
              { kind: 'class', atLeast: 3 },
              { rule: 'class', where: { level: 'x' }, id: 'x', name: '某级', atLeast: 2 },
            ],
          },
          relief: [{ clause: '二', when: { circumstance: '病假' }, less: 1 }],
        },
      ],
    });
    const text = explain(
      {
        asOf: '2024-12-31',
        person: { id: '甲', history: [], circumstances: [{ kind: '病假', from: '2024-02-01' }] },
        activities: [],
      },
      rules,
    );
    expect(text).toContain('减免：减少 1');
    expect(text).toContain('培训');
    const exempt = sample({
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 3 },
          relief: [{ clause: '二', when: { circumstance: '病假' }, exempt: true }],
        },
      ],
    });
    expect(
      explain(
        {
          asOf: '2024-12-31',
          person: { id: '甲', history: [], circumstances: [{ kind: '病假', from: '2024-02-01' }] },
          activities: [],
        },
        exempt,
      ),
    ).toContain('减免：免除');
  });
});

describe('a share of an activity', () => {
  const test = (actual: string, met: boolean, wanted = '≥ 4/5') => ({
    fact: 'presence',
    actual,
    wanted,
    met,
  });
  const about = { ...activity({ presentMinutes: 96, heldMinutes: 150 }) };

  it('is told by the two quantities it is made of', () => {
    expect(sayTest(test('16/25', false), regulation, 'zh', about)).toBe(
      '在场 96 分钟，开课 150 分钟，占 64%，不足 80%',
    );
    expect(sayTest(test('16/25', false), regulation, 'en', about)).toBe(
      '96 minutes present of 150 minutes held: 64%, less than 80%',
    );
    expect(sayTest(test('16/25', true, '> 1/2'), regulation, 'zh', about)).toContain('占 64%，超过 50%');
  });

  it('says a length in English as one would', () => {
    const lessons: Regulation = {
      ...regulation,
      facts: {
        ...regulation.facts,
        played: { name: '播放比例', share: 'playedMinutes', of: 'lengthMinutes' },
      },
    };
    const played = { ...activity({ playedMinutes: 36, lengthMinutes: 45 }) };
    expect(sayTest({ ...test('4/5', true), fact: 'played' }, lessons, 'en', played)).toBe(
      '36 minutes really played of a length of 45 minutes: 80%, at least 80%',
    );
  });

  it('never looks reached when it is not: percentages are cut, not rounded', () => {
    expect(sayTest(test('79999/100000', false), regulation, 'zh', about)).toContain('占 79.9%，不足 80%');
    expect(sayTest(test('40/45', true), regulation, 'zh', about)).toContain('占 88.9%，');
  });

  it('keeps the short form where the quantities are not on record', () => {
    expect(sayTest(test('16/25', false), regulation, 'zh', activity())).toBe('在场比例 64%，要求 ≥ 80%');
  });

  it('is the whole reason of a refusal', () => {
    const refusal = {
      source: { kind: 'class', id: 'a' },
      activity: 'a',
      occurredOn: '2026-01-01',
      kind: 'class',
      reason: 'condition-not-met' as const,
      needs: [test('16/25', false)],
      outcome: '退学',
    };
    expect(sayRefusal(refusal, regulation, 'zh', about)).toBe(
      '在场 96 分钟，开课 150 分钟，占 64%，不足 80%，处理：退学',
    );
  });
});

describe('what made up the cycle before', () => {
  const cycle = { id: 'year', from: '2025-01-01', to: '2025-12-31', label: '2025' };
  const rules = sample({ english: { 学时: 'class hours', 培训: 'classes' } });

  it('is a sentence in both languages, each amount by its name', () => {
    const amounts = [
      { leaf: 'hours', name: '学时', measure: 'hours', earned: 40_000 },
      { leaf: 'class', name: '培训', measure: 'hours', earned: 15_000 },
    ];
    expect(sayUsedToMakeUp({ clause: '三', cycles: [cycle], amounts }, rules)).toEqual({
      zh: '另有 4 学时、培训 1.5 学时用于补足 2025 年度，不再计入本年度',
      en: '4 class hours, 1.5 class hours (classes) went into making up 2025 and does not count again in this cycle',
    });
  });
});

describe('a limit that is used up', () => {
  const usedUp = { clause: '二', name: '', kinds: ['class'] };
  const rules = sample({ english: { 培训: 'Classes' } });

  it('is told with its last day where the cycle goes on after it', () => {
    expect(sayUsedUp(usedUp, rules)).toEqual({
      zh: '培训已到上限，单靠它再学不会增加',
      en: 'Classes: the limit is reached, more of it alone adds nothing',
    });
    expect(sayUsedUp({ ...usedUp, kinds: ['class', 'talk'] }, rules)).toEqual({
      zh: '培训、讲座已到上限，单靠它们再学不会增加',
      en: 'Classes, 讲座: the limit is reached, more of them alone adds nothing',
    });
    expect(sayUsedUp({ ...usedUp, until: '2025-12-31' }, rules)).toEqual({
      zh: '培训本期已到上限，到 2025-12-31 为止单靠它再学不会增加',
      en: 'Classes: the limit of this period is reached, more of it alone adds nothing through 2025-12-31',
    });
  });
});

describe('an amount that has no name', () => {
  it('is called by what it counts, its condition included', () => {
    const leafNames = (...needs: readonly object[]): unknown => {
      const regulation = sample({
        targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { allOf: needs } }],
      });
      const parsed = parseFacts(
        JSON.stringify({ asOf: '2024-12-31', person: { id: 'p', history: [] }, activities: [] }),
        regulation,
      );
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      const { evaluation } = evaluateFacts(parsed.facts, regulation);
      return evaluation?.targets[0]?.alternatives[0]?.map(({ name }) => name);
    };
    expect(
      leafNames(
        { atLeast: 12 },
        { id: 'long', where: { days: { atLeast: 3 } }, atLeast: 1 },
        { rule: 'class', where: { mode: 'hall' }, atLeast: 1 },
      ),
    ).toEqual(['学时', '学时（天数 ≥ 3）', '培训（参加方式为“现场”）']);
  });
});
