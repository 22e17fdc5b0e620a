import { describe, expect, it } from 'vitest';
import { parseRegulation, withSettings } from './regulation';
import { regulationJsonSchema } from '../regulation/regulation-schema';
import { sample, sampleText } from '../testing/sample';

const faultsOf = (sections: object): string[] => {
  const parsed = parseRegulation(sampleText(sections));
  return parsed.ok ? [] : parsed.errors.map(({ path, sentence }) => `${path} ${sentence}`);
};
const rule = (more: object): object => ({
  earn: [{ id: 'class', clause: '一', kinds: 'class', earns: [{ measure: 'hours', flat: 1 }], ...more }],
});
const worth = (more: object, sections: object = {}): object => ({
  ...sections,
  ...rule({ earns: [{ measure: 'hours', ...more }] }),
});
const shares = {
  allOf: [
    { id: '乙', atLeastShare: 0.5, of: {} },
    { kind: 'class', atLeastShare: 0.5, of: {} },
  ],
};
const target = (more: object): object => ({
  targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { atLeast: 1 }, ...more }],
});
const rated = (more: object): object => ({
  id: 'r',
  name: '等次',
  clause: '一',
  cycle: 'year',
  of: {},
  bands: [{ atLeast: 0, rating: 'a' }],
  ...more,
});
const flagged = (more: object): object => ({
  id: 'c',
  says: '提醒',
  clause: '一',
  when: { target: 't', is: 'missed', ...more },
});
const cap = (more: object): object => ({ caps: [{ clause: '一', counts: {}, atMost: 1, ...more }] });
const two = { measures: { hours: '学时', days: '天' } };

describe('a regulation', () => {
  it('is refused with the line of the author’s file', () => {
    const text = JSON.stringify(JSON.parse(sampleText({ titel: 'x' })), null, 2);
    const line = text.split('\n').findIndex((candidate) => candidate.includes('titel')) + 1;
    expect(parseRegulation(text)).toEqual({
      ok: false,
      errors: [{ path: 'titel', line, sentence: '格式中没有“titel”这一项，是不是“title”？' }],
    });
    expect(parseRegulation('{')).toMatchObject({ ok: false, errors: [{ line: 1 }] });
  });

  it('wants an excess rounded only where what changes its edge may leave fine amounts', () => {
    const needs = {
      allOf: [
        { kind: 'class', atLeast: 1 },
        { id: 'x', atLeast: 2 },
      ],
    };
    const rounds = (relief: object): string[] =>
      faultsOf({
        ...target({ needs, relief: [{ clause: '一', when: { circumstance: '病假' }, ...relief }] }),
        carryOver: [
          {
            clause: '一',
            cycle: 'year',
            from: {},
            above: { target: 't', amount: 'x' },
            to: { measure: 'hours' },
          },
        ],
      });
    expect([rounds({ amounts: 'class', times: '1/3' }), rounds({ times: 0 })]).toEqual([[], []]);
    expect(rounds({ amounts: 'x', times: '1/3' })).toEqual([
      'carryOver[0] 任务“t”的减免或折算可能除不尽，这里应写 round',
    ]);
  });

  it.each<[string, object, string]>([
    ['a missing section', { measures: undefined }, 'measures 缺少这一项'],
    ['a wrong type', { title: 7 }, 'title 这里应为文字（加双引号）'],
    ['an empty list', rule({ earns: [] }), 'earn[0].earns 不能为空'],
    ['a number too small', { version: 0 }, 'version 不能小于 1'],
    [
      'a number too large',
      rule({ spread: { over: 'years', years: 11 } }),
      'earn[0].spread.years 不能大于 10',
    ],
    ['a text too long', { title: 'x'.repeat(201) }, 'title 过长，最多 200 个字'],
    ['another format', { format: 2 }, 'format 只能是：1'],
    ['no date', { effective: { from: '2026/01/01' } }, 'effective.from 应为日期，如 "2026-01-01"'],
    [
      'a day that does not exist',
      { effective: { from: '2026-02-29' } },
      'effective.from 没有这一天：2026 年 2 月只有 28 天',
    ],
    ['no address', { source: { issuer: 'x', title: 'x', grade: 'A', url: 'x' } }, 'source.url 应为网址'],
    [
      'no number',
      worth({ flat: 'many' }),
      'earn[0].earns[0].flat 应为整数、小数，或加引号的分数（如 "1/7"）',
    ],
    [
      'an unknown cycle form',
      { cycles: { year: { month: 12 } } },
      'cycles.year.month 格式中没有“month”这一项，是不是“months”？',
    ],
    [
      'a missing choice',
      target({ makeUp: { clause: '一', months: 3 } }),
      'targets[0].makeUp.after 缺少这一项，只能是：cycle（周期结束）、promotion（晋升）',
    ],
    [
      'a misspelt field that has its place elsewhere',
      target({ measurez: 'hours' }),
      'targets[0].measurez 格式中没有“measurez”这一项',
    ],
    [
      'a misspelt field in its place',
      target({ needs: { measurez: 'hours', atLeast: 1 } }),
      'targets[0].needs.measurez 格式中没有“measurez”这一项，是不是“measure”？',
    ],
  ])('names %s', (_what, sections, sentence) => {
    expect(faultsOf(sections)).toContain(sentence);
  });

  it.each<[string, object, string]>([
    [
      'an end before its beginning',
      { effective: { from: '2026-01-01', to: '2025-01-01' } },
      'effective.to 失效日期早于生效日期',
    ],
    [
      'an address of a source that is not official',
      { source: { issuer: 'x', title: 'x', grade: 'B', url: 'https://example.cn' } },
      'source.url 只有 A 级（官方）来源可以写网址',
    ],
    ['an unknown clause', rule({ clause: '九' }), 'earn[0].clause 条款“九”没有在 clauses 中定义'],
    [
      'several kinds in one text',
      { ...rule({ kinds: 'class、talk' }), caps: [{ clause: '一', counts: { kind: 'talk' }, atMost: 1 }] },
      'earn[0].kinds 活动种类“class、talk”没有在 kinds 中定义，几个的写成一列：["class", "talk"]',
    ],
    ['an unknown kind', rule({ kinds: ['class', 'x'] }), 'earn[0].kinds 活动种类“x”没有在 kinds 中定义'],
    [
      'an unknown measure',
      worth({ measure: 'x', flat: 1 }),
      'earn[0].earns[0].measure 计量“x”没有在 measures 中定义',
    ],
    ['an unknown part', worth({ part: 'x', flat: 1 }), 'earn[0].earns[0].part 部分“x”没有在 parts 中定义'],
    [
      'a missing part',
      {
        parts: { a: '甲' },
        ...rule({
          earns: [
            { measure: 'hours', flat: 1 },
            { measure: 'hours', part: 'a', flat: 1 },
          ],
        }),
      },
      'earn[0].earns[0] “hours”分了部分（parts），这里应写 part',
    ],
    ['an unknown group', rule({ groups: 'x' }), 'earn[0].groups 人员组“x”没有在 groups 中定义'],
    ['an unknown setting', rule({ if: { x: 'a' } }), 'earn[0].if.x 待定问题“x”没有在 settings 中定义'],
    [
      'an unknown option',
      { settings: { x: { question: '?', options: { a: '甲' }, chosen: 'b' } }, ...rule({ if: { x: 'c' } }) },
      'earn[0].if.x “x”没有“c”这种读法，有：a',
    ],
    [
      'an unknown choice',
      { settings: { x: { question: '?', options: { a: '甲' }, chosen: 'b' } } },
      'settings.x.chosen “b”不在 options 中，有：a',
    ],
    [
      'a rule twice',
      {
        earn: [1, 2].map(() => ({
          id: 'r',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', flat: 1 }],
        })),
      },
      'earn[1].id 规则“r”重复',
    ],
    [
      'an unknown rank',
      { groups: { g: { name: '组', where: { rank: { atLeast: '大官' } } } } },
      'groups.g.where.rank.atLeast “大官”不在职务层次与职级表中，其他名称先在办法的 ranks 里写明与哪个相当',
    ],
    [
      'an unknown rank in a list',
      { groups: { g: { name: '组', where: { rank: ['县处级副职', 'x'] } } } },
      'groups.g.where.rank “x”不在职务层次与职级表中，其他名称先在办法的 ranks 里写明与哪个相当',
    ],
    [
      'an unknown rank by itself',
      { groups: { g: { name: '组', where: { rank: 'x' } } } },
      'groups.g.where.rank “x”不在职务层次与职级表中，其他名称先在办法的 ranks 里写明与哪个相当',
    ],
    [
      'a rank as people speak of it',
      { groups: { g: { name: '组', where: { rank: { atLeast: '副处级' } } } } },
      'groups.g.where.rank.atLeast “副处级”不在职务层次与职级表中，是不是“县处级副职”？',
    ],
    [
      'an equal as people speak of it',
      { ranks: { 警督: '正科' } },
      'ranks.警督 “正科”不在职务层次与职级表中，是不是“乡科级正职”？',
    ],
    ['an equal of no rank', { ranks: { 警督: 'x' } }, 'ranks.警督 “x”不在职务层次与职级表中'],
    [
      'an unknown fact of a person',
      { groups: { g: { name: '组', where: { height: 2 } } } },
      'groups.g.where.height 人员没有“height”这一事实',
    ],
    [
      'an unknown fact of an activity',
      rule({ where: { colour: 'red' } }),
      'earn[0].where.colour 活动没有“colour”这一事实；自定义事实须在 facts 中定义',
    ],
    [
      'class hours by their Chinese name',
      worth({ rate: 1, of: '学时' }),
      'earn[0].earns[0].of 没有“学时”这一事实，是不是“classHours”？',
    ],
    [
      'a text compared in size',
      rule({ where: { level: { atLeast: 2 } } }),
      'earn[0].where.level 文字不能比较大小',
    ],
    [
      'bounds without limits',
      rule({ where: { days: {} } }),
      'earn[0].where.days 这里应为 atLeast（≥）、above（>）、atMost（≤）、below（<）',
    ],
    [
      'bounds that are no numbers',
      rule({ where: { days: { atLeast: 'x' } } }),
      'earn[0].where.days.atLeast 这里应为数字或分数',
    ],
    [
      'bounds that nothing meets',
      rule({ where: { days: { above: 5, below: 3 } } }),
      'earn[0].where.days 下限大于上限，永远不能满足',
    ],
    [
      'a flag that is none',
      rule({ where: { approved: 'yes' } }),
      'earn[0].where.approved 这里应为 true 或 false',
    ],
    [
      'a flag where none belongs',
      rule({ where: { level: true } }),
      'earn[0].where.level 这里不能是 true 或 false',
    ],
    [
      'anyOf without a list',
      rule({ where: { anyOf: { days: 1 } } }),
      'earn[0].where.anyOf 这里应为条件的列表',
    ],
    ['not with a list', rule({ where: { not: [{ days: 1 }] } }), 'earn[0].where.not 这里应为一个条件'],
    [
      'a fault inside anyOf and not',
      rule({ where: { anyOf: [{ not: { colour: 'red' } }] } }),
      'earn[0].where.anyOf[0].not.colour 活动没有“colour”这一事实；自定义事实须在 facts 中定义',
    ],
    [
      'a gate on an unknown fact',
      rule({ gates: [{ clause: '一', must: { colour: 'red' } }] }),
      'earn[0].gates[0].must.colour 活动没有“colour”这一事实；自定义事实须在 facts 中定义',
    ],
    [
      'a fact that exists already',
      { facts: { days: { name: '天', type: 'number' } } },
      'facts.days “days”是格式自带的事实，不能重新定义',
    ],
    [
      'a share of a text',
      { facts: { s: { name: '比例', share: 'level', of: 'days' } } },
      'facts.s.share “level”不是数量',
    ],
    [
      'a share of nothing known',
      { facts: { s: { name: '比例', share: 'colour', of: 'days' } } },
      'facts.s.share 没有“colour”这一事实；自定义事实须在 facts 中定义',
    ],
    [
      'a fact of itself',
      { facts: { s: { name: '合计', sum: ['s', 'days'] } } },
      'facts.s.sum[0] 计算得出的事实不能再用“s”',
    ],
    [
      'facts in a ring',
      { facts: { s: { name: '合计', sum: ['r', 'days'] }, r: { name: '合计', weighted: { s: 1 } } } },
      'facts.r.weighted.s 计算得出的事实不能再用“s”',
    ],
    [
      'a share of a share',
      {
        facts: {
          s: { name: '比例', share: 'r', of: 'days' },
          r: { name: '比例', share: 'days', of: 'days' },
        },
      },
      'facts.s.share 计算得出的事实不能再用“r”',
    ],
    [
      'a cycle named like a period',
      { cycles: { day: { from: '2020-01-01', months: 12 } } },
      'cycles.day “day”是格式自带的期间，请换一个名称',
    ],
    [
      'a cycle named like each circumstance',
      { cycles: { circumstance: { from: '2020-01-01', months: 12 } } },
      'cycles.circumstance “circumstance”在减免的 per 里是每次特殊情况，请换一个名称',
    ],
    [
      'a window that ends before it begins',
      { cycles: { w: { windows: [{ from: '2020-02-01', to: '2020-01-01' }] } } },
      'cycles.w.windows[0].to 结束日期早于开始日期',
    ],
    [
      'windows that overlap',
      {
        cycles: {
          w: {
            windows: [
              { from: '2020-01-01', to: '2020-12-31' },
              { from: '2020-06-01', to: '2021-12-31' },
            ],
          },
        },
      },
      'cycles.w.windows[1].from 各期应按先后排列，且不能重叠',
    ],
    [
      'an event without months',
      { cycles: { e: { around: 'promotion' } } },
      'cycles.e 应写 monthsBefore 或 monthsAfter',
    ],
    [
      'more last months than a cycle has',
      { cycles: { e: { around: 'employment', monthsAfter: 36, repeats: true, finalMonths: 48 } } },
      'cycles.e.finalMonths finalMonths（每期的最后几个月）不能大于一期的 36 个月',
    ],
    [
      'joining nothing',
      { cycles: { e: { around: 'joining', monthsAfter: 6 } } },
      'cycles.e “joining”应写明进入哪个组（group）',
    ],
    [
      'joining an unknown group',
      { cycles: { e: { around: 'joining', group: 'x', monthsAfter: 6 } } },
      'cycles.e.group 人员组“x”没有在 groups 中定义',
    ],
    [
      'a limit in an unknown period',
      cap({ per: 'fortnight' }),
      'caps[0].per “fortnight”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义',
    ],
    [
      'a period called 每年',
      cap({ per: '每年' }),
      'caps[0].per “每年”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义，是不是“year”？',
    ],
    [
      'a period called 每月',
      cap({ per: '每月' }),
      'caps[0].per “每月”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义，是不是“month”？',
    ],
    [
      'a period called 天',
      cap({ per: '天' }),
      'caps[0].per “天”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义，是不是“day”？',
    ],
    [
      'the highest called 最高',
      cap({ atMost: '最高' }),
      'caps[0].atMost 只能是：highest（只计最高的），是不是“highest”？',
    ],
    [
      'a period called years',
      cap({ per: 'years' }),
      'caps[0].per “years”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义，是不是“year”？',
    ],
    [
      'the highest of a moving cycle',
      { ...cap({ per: 'r', atMost: { highest: 2 } }), cycles: { r: { lastMonths: 12 } } },
      'caps[0].per 按滚动的周期（lastMonths）限制的，atMost 写数或 first；取最高的、几分之几的写 cycle，只限制到评价日为止的那一期',
    ],
    [
      'a share of a moving cycle',
      { ...cap({ per: 'r', atMost: { share: '1/2', of: {} } }), cycles: { r: { lastMonths: 12 } } },
      'caps[0].per 按滚动的周期（lastMonths）限制的，atMost 写数或 first；取最高的、几分之几的写 cycle，只限制到评价日为止的那一期',
    ],
    [
      'a share of what an unknown target asks',
      { ...target({}), ...cap({ per: 'year', atMost: { share: '1/2', of: { target: 'x' } } }) },
      'caps[0].atMost.of.target 没有任务“x”，有：t',
    ],
    [
      'a share of what a target of another cycle asks',
      { ...target({}), ...cap({ atMost: { share: '1/2', of: { target: 't' } } }) },
      'caps[0].atMost.of.target 任务“t”的周期是“year”，应与上限（per 或 cycle）的周期相同',
    ],
    [
      'a share of nothing that a target asks',
      { ...target({}), ...cap({ per: 'year', atMost: { share: 0, of: { target: 't' } } }) },
      'caps[0].atMost.share 比例应大于 0',
    ],
    [
      'a limit by a target that looks at what is earned',
      {
        ...target({ relief: [{ clause: '一', when: { earned: { atLeast: 1 } }, less: 1 }] }),
        ...cap({ per: 'year', atMost: { share: '1/2', of: { target: 't' } } }),
      },
      'caps[0].atMost.of.target 任务“t”的减免要看学了多少（earned），上限又要看它的要求，绕成了圈',
    ],
    [
      'proportion across groups of what is the same for all',
      target({ prorate: { by: 'months', acrossGroups: true } }),
      'targets[0].prorate.acrossGroups acrossGroups 是各组的要求分段相加，needs 里应有限了人员组（groups）、同一个 id 的几个数量',
    ],
    [
      'a total of a moving cycle',
      {
        cycles: { near: { lastMonths: 24 } },
        totals: { x: { name: 'x', measure: 'hours', per: 'near', add: [{}] } },
      },
      'totals.x.per 合计不能按滚动的周期（lastMonths）计算',
    ],
    [
      'a total of no known cycle',
      { totals: { x: { name: 'x', measure: 'hours', per: 'yeer', add: [{}] } } },
      'totals.x.per “yeer”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义，是不是“year”？',
    ],
    ['a limit each number', cap({ each: 'days' }), 'caps[0].each “days”不是文字事实'],
    [
      'a limit over two measures',
      { ...two, ...cap({}) },
      'caps[0].counts 本办法有几种计量（hours、days），这里应写 measure',
    ],
    [
      'a limit on an unknown rule',
      cap({ counts: { rule: 'x' } }),
      'caps[0].counts.rule 没有编号为“x”的学分规则（earn）',
    ],
    [
      'a share of an unknown kind',
      cap({ atMost: { share: 0.5, of: { kind: 'x' } } }),
      'caps[0].atMost.of.kind 活动种类“x”没有在 kinds 中定义',
    ],
    [
      'a total of itself',
      {
        totals: {
          a: { name: '甲', measure: 'hours', add: [{ total: 'b' }] },
          b: { name: '乙', measure: 'hours', add: [{ total: 'a' }] },
        },
      },
      'totals.a 合计“a”绕回到了自己：a → b → a',
    ],
    [
      'a total with a selection',
      target({ needs: { total: 't', part: 'x', atLeast: 1 } }),
      'targets[0].needs total 已经确定了范围，不能再写 measure、part、kind、rule、where、largest',
    ],
    [
      'an amount without its measure',
      { ...two, ...target({}) },
      'targets[0].needs 本办法有几种计量（hours、days），这里应写 measure',
    ],
    [
      'a largest number',
      target({ needs: { largest: 'days', atLeast: 1 } }),
      'targets[0].needs.largest “days”不是文字事实',
    ],
    [
      'a requirement of two forms',
      target({ needs: { allOf: [{ atLeast: 1 }], atLeast: 1 } }),
      'targets[0].needs 要求应写成其中一种：allOf、anyOf，或一个数量加 atLeast、above、atMost、below、atLeastShare',
    ],
    [
      'two limits of one amount',
      target({ needs: { atLeast: 1, atMost: 2 } }),
      'targets[0].needs atLeast、above、atMost、below、atLeastShare 只能写一个，上下都限的用 allOf 写两个，id 不同',
    ],
    [
      'two lower limits of one amount',
      target({ needs: { atLeast: 1, above: 2 } }),
      'targets[0].needs atLeast、above、atMost、below、atLeastShare 只能写一个',
    ],
    [
      'a share of nothing',
      target({ needs: { atLeastShare: 0.5 } }),
      'targets[0].needs atLeastShare 与 of 应一起写',
    ],
    [
      'a share of all and more',
      target({ needs: { atLeastShare: 1, of: {} } }),
      'targets[0].needs.atLeastShare 比例应大于 0、小于 1',
    ],
    [
      'two amounts of one name',
      target({ needs: { allOf: [{ atLeast: 1 }, { atLeast: 2 }] } }),
      'targets[0].needs.allOf[1] 同一任务中有两个数量都叫“all”，请用 id 区分',
    ],
    ['an unknown cycle', target({ cycle: 'x' }), 'targets[0].cycle 周期“x”没有在 cycles 中定义'],
    [
      'a target twice',
      {
        targets: [1, 2].map(() => ({
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 1 },
        })),
      },
      'targets[1].id 任务“t”重复',
    ],
    [
      'relief without a condition',
      target({ relief: [{ clause: '一', when: {}, exempt: true }] }),
      'targets[0].relief[0].when 应写明减免的条件',
    ],
    [
      'relief for each spell that names the circumstance',
      target({ relief: [{ clause: '一', when: { circumstance: '产假' }, less: 1, per: '产假' }] }),
      'targets[0].relief[0].per “产假”不是周期；每有一次就减一次的写 "circumstance"（每次特殊情况）',
    ],
    [
      'a limit with a lower edge',
      cap({ atLeast: 3, atMost: undefined }),
      'caps[0].atLeast 格式中没有“atLeast”这一项，上限写 atMost',
    ],
    [
      'relief of two effects',
      target({ relief: [{ clause: '一', when: { circumstance: 'x' }, times: 1, less: 1 }] }),
      'targets[0].relief[0] 减免应写成其中一种：exempt、times、less、to，这里写了 times、less',
    ],
    ['a limit below nothing', cap({ atMost: -5 }), 'caps[0].atMost 上限不能小于 0'],
    [
      'a limit to a share of nothing',
      cap({ atMost: { share: 0, of: {} } }),
      'caps[0].atMost.share 比例应大于 0',
    ],
    [
      'edges of one amount that exclude each other',
      target({
        needs: {
          allOf: [
            { id: '少', kind: 'class', atMost: 20 },
            {
              anyOf: [
                { atLeast: 1 },
                {
                  allOf: [
                    { id: '一', above: 5 },
                    { id: '二', atMost: 5 },
                  ],
                },
              ],
            },
            { allOf: [{ id: '多', kind: 'class', atLeast: 30 }] },
          ],
        },
      }),
      'targets[0].needs.allOf[2].allOf[0] 与 targets[0].needs.allOf[0] 矛盾：同一数量既要 ≤ 20，又要 ≥ 30，永远不能满足',
    ],
    [
      'an edge above itself, in an alternative',
      target({
        needs: {
          anyOf: [
            { atLeast: 1 },
            {
              allOf: [
                { id: '一', above: 5 },
                { id: '二', atMost: 5 },
              ],
            },
          ],
        },
      }),
      'targets[0].needs.anyOf[1].allOf[1] 与 targets[0].needs.anyOf[1].allOf[0] 矛盾：同一数量既要 > 5，又要 ≤ 5，永远不能满足',
    ],
    [
      'relief on end of no length',
      target({ relief: [{ clause: '一', when: { circumstance: '病假', unbroken: true }, exempt: true }] }),
      'targets[0].relief[0].when.unbroken unbroken（连续）应与 circumstance 的 months 或 days 一起写',
    ],
    [
      'relief by the length of nothing',
      target({ relief: [{ clause: '一', when: { months: 6 }, exempt: true }] }),
      'targets[0].relief[0].when months、days 是特殊情况（circumstance）或在组（in）的长短，应写明是哪一种',
    ],
    [
      'a share lowered by a number',
      target({ needs: shares, relief: [{ clause: '一', when: { circumstance: '病假' }, less: 5 }] }),
      'targets[0].relief[0].less “乙、class”是比例（atLeastShare），不能减少一个数；请写 times（乘以几分之几，0 为不作要求）',
    ],
    [
      'a share lowered to a number',
      target({ needs: shares, relief: [{ clause: '一', when: { circumstance: '病假' }, to: 5 }] }),
      'targets[0].relief[0].to “乙、class”是比例（atLeastShare），不能减为一个数；请写 times（乘以几分之几，0 为不作要求）',
    ],
    [
      'a share raised by relief',
      target({
        needs: { allOf: [{ id: '总', atLeast: 1 }, shares] },
        relief: [{ clause: '一', when: { circumstance: '病假' }, times: 2, amounts: ['总', '乙'] }],
      }),
      'targets[0].relief[0].times “乙”是比例（atLeastShare），times 应在 0 与 1 之间',
    ],
    [
      'shares lowered without being named',
      target({ needs: shares, relief: [{ clause: '一', when: { circumstance: '病假' }, times: 0.5 }] }),
      'targets[0].relief[0].times “乙、class”是比例（atLeastShare），减免比例应在 amounts 里写明',
    ],
    [
      'a rounded share',
      target({
        needs: shares,
        relief: [
          {
            clause: '一',
            when: { circumstance: '病假' },
            times: 0.5,
            amounts: '乙',
            round: { to: 1, mode: 'up' },
          },
        ],
      }),
      'targets[0].relief[0].round “乙”是比例（atLeastShare），不能取整',
    ],
    [
      'a share in proportion to time',
      target({ needs: shares, prorate: { by: 'months', amounts: '乙' } }),
      'targets[0].prorate.amounts “乙”是比例（atLeastShare），不按在岗时间折算',
    ],
    [
      'relief by unknown facts',
      target({ relief: [{ clause: '一', when: { person: { height: 2 } }, exempt: true }] }),
      'targets[0].relief[0].when.person.height 人员没有“height”这一事实',
    ],
    [
      'relief by a faulty amount',
      target({ relief: [{ clause: '一', when: { earned: {} }, exempt: true }] }),
      'targets[0].relief[0].when.earned 要求应写成其中一种：allOf、anyOf，或一个数量加 atLeast、above、atMost、below、atLeastShare',
    ],
    [
      'carry-over between moving cycles',
      {
        cycles: { r: { lastMonths: 12 } },
        carryOver: [{ clause: '一', cycle: 'r', from: {}, above: 1, to: { measure: 'hours' } }],
      },
      'carryOver[0].cycle 结转在一期接一期的周期之间进行：固定的，或从本人的事件起重复（repeats）的',
    ],
    [
      'carry-over up to a share of what a target of another cycle asks',
      {
        ...target({}),
        cycles: { year: { from: '2020-01-01', months: 12 }, five: { from: '2020-01-01', months: 60 } },
        carryOver: [
          {
            clause: '一',
            cycle: 'five',
            from: {},
            above: 1,
            atMost: { share: 0, of: { target: 't' } },
            to: { measure: 'hours' },
          },
        ],
      },
      'carryOver[0].atMost.of.target 任务“t”的周期是“year”，应与结转的周期相同',
    ],
    [
      'relief for months between bounds that exclude each other',
      target({
        relief: [
          { clause: '一', when: { circumstance: '病假', months: { atLeast: 6, atMost: 3 } }, times: '2/3' },
        ],
      }),
      'targets[0].relief[0].when.months.atLeast 下限大于上限',
    ],
    [
      'making up on no condition',
      target({ makeUp: { clause: '一', after: 'cycle', months: 6, when: {} } }),
      'targets[0].makeUp.when 应写明补足的条件',
    ],
    [
      'a consequence of an unknown target',
      { consequences: [{ id: 'c', says: 'x', clause: '一', when: { target: 'x', is: 'missed' } }] },
      'consequences[0].when.target 没有任务“x”',
    ],
    [
      'a consequence of an unknown rating',
      { consequences: [{ id: 'c', says: 'x', clause: '一', when: { rating: 'x', is: 'y' } }] },
      'consequences[0].when.rating 没有等次评定“x”',
    ],
    [
      'a consequence of an unknown band',
      {
        ratings: [
          {
            id: 'r',
            name: '等次',
            clause: '一',
            cycle: 'year',
            of: {},
            bands: [{ atLeast: 1, rating: 'a', needs: { atLeast: 1 } }],
          },
        ],
        consequences: [{ id: 'c', says: 'x', clause: '一', when: { rating: 'r', is: 'y' } }],
      },
      'consequences[0].when.is 没有等次“y”，有：a',
    ],
    [
      'how long in a group, without how long',
      {
        groups: { g: { name: '甲', where: { role: '甲' } } },
        ...target({ relief: [{ clause: '一', when: { in: 'g' }, exempt: true }] }),
      },
      'targets[0].relief[0].when.in in 是本周期内在组多久，应与 months 或 days 一起写',
    ],
    [
      'how long in a group or of a circumstance',
      {
        groups: { g: { name: '甲', where: { role: '甲' } } },
        ...target({
          relief: [{ clause: '一', when: { in: 'g', circumstance: '病假', months: 3 }, exempt: true }],
        }),
      },
      'targets[0].relief[0].when.in months、days 是 circumstance 的还是 in 的说不清，只写一个',
    ],
    [
      'a rating of what is made up, where nothing is',
      {
        ...target({}),
        ratings: [rated({ target: 't', bands: [{ is: 'made-up', rating: '补' }] })],
      },
      'ratings[0].bands[0].is 任务“t”没有写周期结束后的 makeUp（补足），没有补足这回事',
    ],
    [
      'a consequence of an unknown team',
      { consequences: [{ id: 'c', says: 'x', clause: '一', when: { team: 'x', is: 'y' } }] },
      'consequences[0].when.team 没有集体结果“x”',
    ],
    [
      'a consequence of a flag that a team does not have',
      {
        teams: [
          {
            id: 'g',
            name: '集体',
            clause: '一',
            cycle: 'year',
            take: 'sum',
            quantity: {},
            flags: [{ below: 1, flag: '差', says: '差', clause: '一' }],
          },
        ],
        consequences: [{ id: 'c', says: 'x', clause: '一', when: { team: 'g', is: ['差', '优'] } }],
      },
      'consequences[0].when.is 集体结果“g”的 flags 里没有“优”，有：差',
    ],
    [
      'several running of a result about a group in rolling months',
      {
        cycles: { year: { from: '2020-01-01', months: 12 }, rolling: { lastMonths: 12 } },
        teams: [
          {
            id: 'g',
            name: '集体',
            clause: '一',
            cycle: 'rolling',
            take: 'sum',
            quantity: {},
            flags: [{ below: 1, flag: '差', says: '差', clause: '一' }],
          },
        ],
        consequences: [{ id: 'c', says: 'x', clause: '一', when: { team: 'g', is: '差', inARow: 2 } }],
      },
      'consequences[0].when 集体结果的周期不是固定的，只算评价日所在的一期，没有连续几期',
    ],
    [
      'a result held against one that stands after it',
      {
        teams: [
          { id: 'a', name: '甲', clause: '一', cycle: 'year', take: 'sum', quantity: {} },
          { id: 'b', name: '乙', clause: '一', cycle: 'year', add: [{ team: 'a', over: 'c' }] },
        ],
      },
      'teams[1].add[0].over 前面没有集体结果“c”',
    ],
    [
      'a term held against two things',
      { totals: { x: { name: '甲', measure: 'hours', add: [{ above: 1, below: 3 }] } } },
      'totals.x.add[0] 超过的部分（above）、差的部分（below）、几分之几（over）只能写一种',
    ],
    [
      'a term divided by nothing',
      {
        totals: {
          x: { name: '甲', measure: 'hours', add: [{ over: 0 }], round: { to: 1, mode: 'down' } },
        },
      },
      'totals.x.add[0].over 除以的数应大于 0',
    ],
    [
      'a term held against an unknown target',
      { totals: { x: { name: '甲', measure: 'hours', add: [{ above: { target: 'y' } }] } } },
      'totals.x.add[0].above.target 没有任务“y”',
    ],
    [
      'a term held against what hangs on what was earned',
      {
        ...target({
          relief: [{ clause: '一', when: { earned: { atLeast: 90 } }, exempt: true }],
        }),
        totals: { x: { name: '甲', measure: 'hours', add: [{ above: { target: 't' } }] } },
      },
      'totals.x.add[0].above.target 任务“t”的减免要看学了多少（earned），合计又要看它的要求，绕成了圈',
    ],
    [
      'a rating of people with an unknown target',
      { ratings: [rated({ target: 'x' })] },
      'ratings[0].target 没有任务“x”',
    ],
    [
      'a rating of people with a target of another cycle',
      {
        cycles: { year: { from: '2020-01-01', months: 12 }, five: { from: '2020-01-01', months: 60 } },
        ...target({ cycle: 'five' }),
        ratings: [rated({ target: 't' })],
      },
      'ratings[0].target 任务“t”的周期是“five”，应与等次的周期相同',
    ],
    [
      'so many times without the cycles in which to count',
      { ...target({}), consequences: [flagged({ atLeast: 2 })] },
      'consequences[0].when atLeast（至少几次）与 inLast（最近几个周期）应一起写',
    ],
    [
      'running and scattered cycles at once',
      { ...target({}), consequences: [flagged({ inARow: 2, atLeast: 2, inLast: 5 })] },
      'consequences[0].when inARow（连续）与 atLeast、inLast（累计）只能写一种',
    ],
    [
      'more times than cycles',
      { ...target({}), consequences: [flagged({ atLeast: 6, inLast: 5 })] },
      'consequences[0].when.atLeast 不能大于 inLast',
    ],
    [
      'a sum of results that stand after it',
      {
        teams: [
          { id: 'sum', name: '合计', clause: '一', cycle: 'year', add: [{ team: 'mean' }] },
          { id: 'mean', name: '人均', clause: '一', cycle: 'year', take: 'mean', quantity: {} },
        ],
      },
      'teams[0].add[0].team 前面没有集体结果“mean”',
    ],
    [
      'what follows from a result of no such name',
      {
        teams: [
          { id: 'rate', name: '人均', clause: '一', cycle: 'year', take: 'mean', quantity: {} },
          {
            id: 'sum',
            name: '合计',
            clause: '一',
            cycle: 'year',
            add: [{ team: 'rate' }],
            flags: [
              { atLeast: 1, when: [{ team: 'rates', atLeast: 1 }], flag: 'f', says: '优秀', clause: '一' },
            ],
          },
        ],
      },
      'teams[1].flags[0].when[0].team 前面没有集体结果“rates”，是不是“rate”？',
    ],
    [
      'a result about nobody and nothing',
      { teams: [{ id: 'x', name: 'x', clause: '一', cycle: 'year' }] },
      'teams[0] 集体结果应写成其中一种：take（对每个人），或 add（把前面的集体结果加起来）',
    ],
    [
      'a limit of one cycle that has another period as well',
      cap({ atMost: 9, per: 'year', cycle: 'year' }),
      'caps[0].per cycle 就是在它的每一期里限制，与 per 只写一个',
    ],
    [
      'a limit of an unknown cycle alone',
      cap({ atMost: 9, cycle: 'years' }),
      'caps[0].cycle 周期“years”没有在 cycles 中定义，是不是“year”？',
    ],
    [
      'items told apart by a number',
      cap({ atMost: { highest: 2, items: 'score' } }),
      'caps[0].atMost.items “score”不是文字事实',
    ],
    [
      'an amount of a kind that never earns',
      target({ needs: { kind: 'talk', atLeast: 1 } }),
      'targets[0].needs.kind 没有任何 earn 计入活动种类“talk”，这里永远是 0',
    ],
    [
      'a default of another type',
      { facts: { own: { name: '重复', type: 'flag', ifMissing: '否' } } },
      'facts.own.ifMissing 这里应为 true 或 false',
    ],
    [
      'a default that is no number',
      { facts: { own: { name: '人数', type: 'number', ifMissing: '无' } } },
      'facts.own.ifMissing 这里应为数字',
    ],
    [
      'a person’s date that is no date',
      { groups: { g: { name: '新进', where: { employedOn: { atLeast: '2026-02-30' } } } } },
      'groups.g.where.employedOn.atLeast 没有这一天：2026 年 2 月只有 28 天',
    ],
    [
      'a person’s date without an edge',
      { groups: { g: { name: '新进', where: { employedOn: '2026-02-01' } } } },
      'groups.g.where.employedOn 日期应写边界，如 { "atLeast": "2026-01-01" }',
    ],
    [
      'dates that nobody can meet',
      {
        groups: { g: { name: '新进', where: { birthDate: { atLeast: '2000-01-02', below: '2000-01-01' } } } },
      },
      'groups.g.where.birthDate 下限大于上限，永远不能满足',
    ],
    [
      'ranks that nobody can meet',
      { groups: { g: { name: '甲', where: { rank: { atLeast: '县处级正职', atMost: '乡科级正职' } } } } },
      'groups.g.where.rank 下限大于上限，永远不能满足',
    ],
    [
      'points of a sum that overlap',
      {
        totals: {
          sum: {
            name: '折分',
            measure: 'hours',
            add: [{}],
            bands: [
              { atLeast: 50, flat: 10 },
              { atLeast: 40, flat: 8 },
            ],
          },
        },
      },
      'totals.sum.bands[0] 与第 2 档（≥ 40）重叠：那一档还应写上边，如 "below": 50',
    ],
    [
      'a sum that depends on a target that asks for it',
      {
        totals: {
          sum: { name: '合计', measure: 'hours', add: [{}, { when: { target: 't', is: 'met' } }] },
        },
        targets: [
          { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { total: 'sum', atLeast: 1 } },
        ],
      },
      'totals.sum 合计“sum”绕回到了自己',
    ],
    [
      'a sum by days that depends on a target of the year',
      {
        totals: {
          sum: { name: '合计', measure: 'hours', per: 'day', add: [{ when: { target: 't', is: 'met' } }] },
        },
        targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { atLeast: 1 } }],
      },
      'totals.sum.add[0].when 任务看的是整个周期，不能在按 per 分别计算的合计里看：在另一个合计里再写 when',
    ],
    [
      'a sum that depends on a target whose relief looks at what is learnt',
      {
        totals: { sum: { name: '合计', measure: 'hours', add: [{ when: { target: 't', is: 'met' } }] } },
        targets: [
          {
            id: 't',
            name: '任务',
            clause: '一',
            cycle: 'year',
            needs: { atLeast: 1 },
            relief: [{ clause: '二', when: { earned: { atLeast: 1 } }, times: 0.5 }],
          },
        ],
      },
      'totals.sum.add[0].when.target 任务“t”的减免要看学了多少（earned），合计又要看它的要求，绕成了圈',
    ],
    [
      'a cycle before an event that leave prolongs',
      {
        cycles: {
          year: { from: '2020-01-01', months: 12 },
          own: { around: 'promotion', monthsBefore: 6, prolongedBy: '病假' },
        },
      },
      'cycles.own.prolongedBy 顺延的是事件以后的 monthsAfter，应一起写',
    ],
    [
      'making up nothing of what is missing',
      {
        targets: [
          {
            id: 't',
            name: '任务',
            clause: '一',
            cycle: 'year',
            needs: { atLeast: 1 },
            makeUp: { clause: '二', after: 'cycle', months: 6, times: 0 },
          },
        ],
      },
      'targets[0].makeUp.times 倍数应大于 0',
    ],
    [
      'a sum of every period without periods',
      { totals: { sum: { name: '合计', measure: 'hours', everyPeriod: true, add: [{}] } } },
      'totals.sum.everyPeriod 没有活动的各段也算，所以要与 per 一起写',
    ],
    [
      'a sum that depends on no target',
      { totals: { sum: { name: '合计', measure: 'hours', add: [{ when: { target: 't', is: 'met' } }] } } },
      'totals.sum.add[0].when.target 没有任务“t”',
    ],
    [
      'a sum that depends on a target in no state',
      { totals: { sum: { name: '合计', measure: 'hours', add: [{ when: { target: 't' } }] } } },
      'totals.sum.add[0].when.is 缺少这一项，只能是：met（完成）、missed（没有完成）、exempt（免除）',
    ],
    [
      'a sum that depends on itself',
      {
        totals: {
          sum: { name: '合计', measure: 'hours', add: [{ when: { total: 'sum', atLeast: 1 } }] },
        },
      },
      'totals.sum 合计“sum”绕回到了自己',
    ],
    [
      'a team’s unknown target',
      { teams: [{ id: 'x', name: 'x', clause: '一', cycle: 'year', take: 'count', target: 'x', is: 'met' }] },
      'teams[0].target 没有任务“x”',
    ],
    [
      'a mean of people',
      { teams: [{ id: 'x', name: 'x', clause: '一', cycle: 'year', take: 'mean' }] },
      'teams[0] mean、sum 应写 quantity 或 asked（其一）；count、share 应写 target',
    ],
    [
      'a count of amounts',
      { teams: [{ id: 'x', name: 'x', clause: '一', cycle: 'year', take: 'count', quantity: {} }] },
      'teams[0] count、share 应写 target 与 is，其他不写 is',
    ],
    [
      'bands that overlap',
      worth({
        of: 'classHours',
        bands: [
          { atMost: 30, flat: 1 },
          { atLeast: 30, flat: 2 },
        ],
      }),
      'earn[0].earns[0].bands[1] 与第 1 档（≤ 30）重叠',
    ],
    [
      'a lower band without its upper edge, and says which',
      worth({
        of: 'score',
        bands: [
          { atLeast: 90, flat: 2 },
          { atLeast: 60, flat: 1 },
        ],
      }),
      'earn[0].earns[0].bands[0] 与第 2 档（≥ 60）重叠：那一档还应写上边，如 "below": 90',
    ],
    [
      'an upper edge that may stay in the lower band',
      worth({
        of: 'score',
        bands: [
          { atLeast: 60, flat: 1 },
          { above: 90, flat: 2 },
        ],
      }),
      'earn[0].earns[0].bands[1] 与第 1 档（≥ 60）重叠：那一档还应写上边，如 "atMost": 90',
    ],
    [
      'a gap between bands',
      worth({
        of: 'score',
        bands: [
          { atLeast: 90, flat: 2 },
          { atLeast: 60, atMost: 89, flat: 1 },
        ],
      }),
      'earn[0].earns[0].bands[0] 与第 2 档（≥ 60，≤ 89）之间有空当，其中的数量不在任何一档；不计的请写 "flat": 0',
    ],
    [
      'an edge in no band',
      worth({
        of: 'spanDays',
        bands: [
          { below: 15, flat: 1 },
          { above: 15, flat: 2 },
        ],
      }),
      'earn[0].earns[0].bands[1] 与第 1 档（< 15）之间有空当，其中的数量不在任何一档；不计的请写 "flat": 0',
    ],
    [
      'dates of a rule the wrong way round',
      rule({ inForce: { from: '2024-01-01', to: '2023-12-31' } }),
      'earn[0].inForce.to 失效日期早于生效日期',
    ],
    [
      'a misspelt fact',
      rule({ where: { classHour: 1 } }),
      'earn[0].where.classHour 活动没有“classHour”这一事实，是不是“classHours”？',
    ],
    [
      'a reading of a total that is not reported',
      {
        settings: { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } },
        totals: { t: { name: '合计', measure: 'hours', add: [{}], if: { x: 'a' } } },
      },
      'totals.t.if 只决定是否单独报告，所以要与 cycle 一起写；不同读法的数写成各项的 if',
    ],
    [
      'a fact by its Chinese name',
      rule({ where: { 半天数: 1 } }),
      'earn[0].where.半天数 活动没有“半天数”这一事实，是不是“halfDays”？',
    ],
    [
      'a fact by its Chinese name as a quantity',
      worth({ rate: 1, of: '半天数' }),
      'earn[0].earns[0].of 没有“半天数”这一事实，是不是“halfDays”？',
    ],
    [
      'a field that belongs further in',
      { caps: [{ clause: '一', counts: {}, atMost: { first: 2 }, items: 'subject' }] },
      'caps[0].items 格式中没有“items”这一项，应写在 atMost: { … } 里',
    ],
    [
      'periods that overlap',
      { cycles: { year: { from: '2020-01-01', months: 12, every: 6 } } },
      'cycles.year.every every（隔几个月开始一期）不能小于 months（一期几个月）',
    ],
    [
      'repetition before an event',
      {
        cycles: {
          year: { from: '2020-01-01', months: 12 },
          c: { around: 'employment', monthsBefore: 6, monthsAfter: 12, repeats: true },
        },
      },
      'cycles.c.repeats 重复的周期只写 monthsAfter，不写 monthsBefore、anniversaryCounts',
    ],
    [
      'a deadline after a moving cycle',
      {
        cycles: { year: { from: '2020-01-01', months: 12 }, r: { lastMonths: 12 } },
        facts: { late: { name: 'x', filedAfter: 'r' } },
      },
      'facts.late.filedAfter 这里只能用固定的周期',
    ],
    [
      'a rest without a table',
      worth({ flat: 1, otherwise: 2 }),
      'earn[0].earns[0].otherwise otherwise 只能与 values 一起写',
    ],
    [
      'relief of an amount that the target has not',
      target({ relief: [{ clause: '一', when: { circumstance: '病假' }, amounts: 'x', less: 1 }] }),
      'targets[0].relief[0].amounts 任务中没有名为“x”的数量，有：all',
    ],
    [
      'exemption of one amount',
      target({ relief: [{ clause: '一', when: { circumstance: '病假' }, amounts: 'all', exempt: true }] }),
      'targets[0].relief[0].amounts 免除是整个任务；只免一项数量请写 times: 0',
    ],
    [
      'months in an unknown group',
      target({ relief: [{ clause: '一', when: { person: { monthsIn: { x: { below: 1 } } } }, less: 1 }] }),
      'targets[0].relief[0].when.person.monthsIn.x 人员组“x”没有在 groups 中定义',
    ],
    [
      'months in no group',
      target({ relief: [{ clause: '一', when: { person: { monthsIn: 12 } }, less: 1 }] }),
      'targets[0].relief[0].when.person.monthsIn 这里应为人员组和月数的边界，如 { "组": { "below": 12 } }',
    ],
    [
      'months in a group that passing time makes',
      {
        groups: {
          old: { name: '老同志', where: { age: { atLeast: 55 } } },
          new: { name: '新人', where: { monthsIn: { old: { below: 12 } } } },
        },
      },
      'groups.new.where.monthsIn.old 人员组“old”按年龄、月数划分，不能问进入了几个月',
    ],
    [
      'months that are none',
      {
        groups: {
          staff: { name: '职工', where: { role: '职工' } },
          new: { name: '新人', where: { monthsIn: { staff: { below: '一年' } } } },
        },
      },
      'groups.new.where.monthsIn.staff.below 这里应为数字或分数',
    ],
    [
      'months in a group as a fact of an activity',
      {
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            where: { monthsIn: { staff: { below: 1 } } },
            earns: [{ measure: 'hours', flat: 1 }],
          },
        ],
      },
      'earn[0].where.monthsIn 活动没有“monthsIn”这一事实；自定义事实须在 facts 中定义',
    ],
    [
      'a lower number as often as something holds',
      target({ relief: [{ clause: '一', when: { circumstance: '产假' }, to: 6, per: 'year' }] }),
      'targets[0].relief[0].per per 是符合几期、几次就减几次，与 less 或 times 一起写；免除整个任务、减为一个数的不写',
    ],
    [
      'an exemption as often as something holds',
      target({ relief: [{ clause: '一', when: { circumstance: '产假' }, exempt: true, per: 'year' }] }),
      'targets[0].relief[0].per per 是符合几期、几次就减几次，与 less 或 times 一起写；免除整个任务、减为一个数的不写',
    ],
    [
      'a relief for each of the rolling months',
      {
        ...target({ relief: [{ clause: '一', when: { circumstance: '产假' }, less: 1, per: 'last' }] }),
        cycles: { year: { from: '2020-01-01', months: 12 }, last: { lastMonths: 12 } },
      },
      'targets[0].relief[0].per 减免不能按滚动的周期（lastMonths）计算',
    ],
    [
      'a relief for each circumstance of no kind',
      target({ relief: [{ clause: '一', when: { person: { age: 58 } }, less: 1, per: 'circumstance' }] }),
      'targets[0].relief[0].per 每有一次特殊情况就减一次，when 应写明是哪一种（circumstance）',
    ],
    [
      'an exemption for each circumstance',
      target({
        relief: [{ clause: '一', when: { circumstance: '产假' }, exempt: true, per: 'circumstance' }],
      }),
      'targets[0].relief[0].per per 是符合几期、几次就减几次，与 less 或 times 一起写；免除整个任务、减为一个数的不写',
    ],
    [
      'making up for no time',
      target({ makeUp: { clause: '一', after: 'cycle' } }),
      'targets[0].makeUp 补足的期限应写成其中一种：months（几个月内）、days（几天内）、until（到哪个周期的一期结束）',
    ],
    [
      'making up within months and until a day',
      target({ makeUp: { clause: '一', after: 'promotion', months: 6, until: 'year' } }),
      'targets[0].makeUp 补足的期限应写成其中一种：months（几个月内）、days（几天内）、until（到哪个周期的一期结束），这里写了 months、until',
    ],
    [
      'making up until the end of an unknown cycle',
      target({ makeUp: { clause: '一', after: 'cycle', until: 'years' } }),
      'targets[0].makeUp.until 周期“years”没有在 cycles 中定义，是不是“year”？',
    ],
    [
      'making up until the end of the missed cycle',
      target({ makeUp: { clause: '一', after: 'cycle', until: 'year' } }),
      'targets[0].makeUp.until 与任务的周期相同：没有完成时它正好结束，没有时间补足',
    ],
    [
      'making up until the end of the rolling months',
      {
        ...target({ makeUp: { clause: '一', after: 'cycle', until: 'last' } }),
        cycles: { year: { from: '2020-01-01', months: 12 }, last: { lastMonths: 12 } },
      },
      'targets[0].makeUp.until 滚动的周期（lastMonths）没有结束的那天',
    ],
    [
      'an anniversary of no months',
      target({ makeUp: { clause: '一', after: 'promotion', until: 'year', anniversaryCounts: true } }),
      'targets[0].makeUp.anniversaryCounts 满期当天只与 months 一起写',
    ],
    [
      'a consequence at once of rolling months in a row',
      {
        cycles: { last: { lastMonths: 12 } },
        ratings: [
          {
            id: 'r',
            name: '等次',
            clause: '一',
            cycle: 'last',
            of: {},
            bands: [{ atLeast: 3, rating: 'a' }],
          },
        ],
        consequences: [
          { id: 'c', says: 'x', clause: '一', when: { rating: 'r', is: 'a', at: 'once', inARow: 2 } },
        ],
      },
      'consequences[0].when 滚动的周期（lastMonths）没有连续几期，at: "once" 不与 inARow、atLeast、inLast 一起写',
    ],
    [
      'a relief for each of an unknown cycle',
      target({ relief: [{ clause: '一', when: { circumstance: '产假' }, less: 1, per: 'years' }] }),
      'targets[0].relief[0].per 周期“years”没有在 cycles 中定义，是不是“year”？',
    ],
    [
      'a mean that leaves out who is exempt from nothing',
      {
        teams: [
          {
            id: 'x',
            name: 'x',
            clause: '一',
            cycle: 'year',
            take: 'mean',
            quantity: {},
            withoutExempt: true,
          },
        ],
      },
      'teams[0] withoutExempt 应写明免除的是哪项任务（target）',
    ],
    [
      'a mean of a target',
      {
        ...target({}),
        teams: [{ id: 'x', name: 'x', clause: '一', cycle: 'year', take: 'mean', quantity: {}, target: 't' }],
      },
      'teams[0] target 只与 count、share 或 withoutExempt 一起写',
    ],
    [
      'a text where a number belongs',
      rule({ where: { score: '90分以上' } }),
      'earn[0].where.score 这里应为数或边界，如 { "atLeast": 90 }',
    ],
    [
      'a value that a fact never has',
      rule({ where: { mode: '在线' } }),
      'earn[0].where.mode 只能是：hall（现场）、online（线上）',
    ],
    [
      'limits of an item that exclude each other',
      worth({ rate: 1, of: 'classHours', itemAtLeast: 10, itemAtMost: 5 }),
      'earn[0].earns[0].itemAtLeast 下限大于上限',
    ],
    [
      'limits of an item in a band that exclude each other',
      worth({ of: 'days', bands: [{ atLeast: 0, rate: 1, itemAtLeast: '1/2', itemAtMost: '1/4' }] }),
      'earn[0].earns[0].bands[0].itemAtLeast 下限大于上限',
    ],
    [
      'limits of a team that exclude each other',
      {
        teams: [
          {
            id: 'x',
            name: 'x',
            clause: '一',
            cycle: 'year',
            take: 'sum',
            quantity: {},
            atLeast: 2,
            atMost: 1,
          },
        ],
      },
      'teams[0].atLeast 下限大于上限',
    ],
    [
      'a flag of a team between edges that exclude each other',
      {
        teams: [
          {
            id: 'x',
            name: 'x',
            clause: '一',
            cycle: 'year',
            take: 'sum',
            quantity: {},
            flags: [{ above: 20, atMost: 10, flag: 'f', says: 'f', clause: '一' }],
          },
        ],
      },
      'teams[0].flags[0].above 下限大于上限',
    ],
    [
      'a band of a rating between edges that exclude each other',
      {
        ratings: [
          {
            id: 'r',
            name: 'r',
            clause: '一',
            cycle: 'year',
            of: {},
            bands: [{ atLeast: 20, below: 10, rating: 'x' }],
          },
        ],
      },
      'ratings[0].bands[0].atLeast 下限大于上限',
    ],
    [
      'a band of a worth between edges that exclude each other',
      worth({ of: 'days', bands: [{ above: 20, atMost: 10, flat: 1 }] }),
      'earn[0].earns[0].bands[0] 下限大于上限',
    ],
    [
      'a share that is a percentage, of what a target asks',
      {
        ...target({}),
        ...cap({ atMost: { share: 50, of: { target: 't' } }, per: 'year' }),
      },
      'caps[0].atMost.share 这里是几分之几，不是百分数：50% 写 "1/2"',
    ],
    [
      'what belongs to the target in its relief',
      target({ relief: [{ clause: '二', when: { circumstance: '病假' }, less: 1, decidedOn: 'start' }] }),
      'targets[0].relief[0].decidedOn 格式中没有“decidedOn”这一项，应写在 targets[0] 里',
    ],
    [
      'limits of a total that exclude each other',
      { totals: { x: { name: 'x', measure: 'hours', add: [], atLeast: 10, atMost: 5 } } },
      'totals.x.atLeast 下限大于上限',
    ],
    [
      'a share of more than what is left',
      cap({ atMost: { share: '3/2', of: {} } }),
      'caps[0].atMost.share 比例应小于 1：of 包括 counts，是扣过以后的几分之几',
    ],
    [
      'a share of itself',
      cap({ atMost: { share: '1/2', of: { kind: 'class' } }, counts: {} }),
      'caps[0].atMost.of of 里除了 counts 什么也没有，上限永远是 0',
    ],
    [
      'a band behind one that holds all of it',
      {
        ratings: [
          rated({
            bands: [
              { atLeast: 60, rating: '合格' },
              { atLeast: 90, rating: '优秀' },
            ],
          }),
        ],
      },
      'ratings[0].bands[1] 轮不到这一档：第 1 档（≥ 60）已经包括它；应从高到低写',
    ],
    [
      'a band by a target that is not named',
      { ratings: [rated({ bands: [{ is: 'met', rating: 'a' }] })] },
      'ratings[0].bands[0].is is 说的是任务的情况，等次应写明是哪项任务（target）',
    ],
    [
      'groups after a promotion where there is none',
      {
        groups: { g: { name: '组', where: { leading: true } } },
        ...target({ makeUp: { clause: '一', after: 'cycle', months: 6, groups: 'g' } }),
      },
      'targets[0].makeUp.groups groups 是晋升后属于哪些组，只与 after: "promotion" 一起写；周期结束后补足的，限定写在任务上',
    ],
    [
      'an excess above a target that is not there',
      {
        ...target({}),
        carryOver: [
          { clause: '一', cycle: 'year', from: {}, above: { target: 'tt' }, to: { measure: 'hours' } },
        ],
      },
      'carryOver[0].above.target 没有任务“tt”，是不是“t”？',
    ],
    [
      'an excess above one of several amounts',
      {
        ...target({
          needs: {
            allOf: [
              { kind: 'class', atLeast: 1 },
              { id: 'x', atLeast: 2 },
            ],
          },
        }),
        carryOver: [
          { clause: '一', cycle: 'year', from: {}, above: { target: 't' }, to: { measure: 'hours' } },
        ],
      },
      'carryOver[0].above.amount 应写明任务的哪个下限，有：class、x',
    ],
    [
      'an excess above an amount in proportion that is not rounded',
      {
        ...target({ prorate: { by: 'months' } }),
        carryOver: [
          { clause: '一', cycle: 'year', from: {}, above: { target: 't' }, to: { measure: 'hours' } },
        ],
      },
      'carryOver[0] 任务“t”的减免或折算可能除不尽，这里应写 round',
    ],
    [
      'an amount carried over that is too fine to keep',
      {
        carryOver: [
          { clause: '一', cycle: 'year', from: {}, above: 0, times: '1/3', to: { measure: 'hours' } },
        ],
      },
      'carryOver[0].times 可能得出比万分之一更细的数，请写 round',
    ],
    [
      'a row of this cycle',
      target({ relief: [{ clause: '一', when: { earned: { atLeast: 1 }, inARow: 2 }, less: 1 }] }),
      'targets[0].relief[0].when.inARow inARow 应与 cycle: "previous"、earned 一起写',
    ],
  ])('refuses %s', (_what, sections, sentence) => {
    expect(faultsOf(sections)).toContain(sentence);
  });

  it.each([
    [
      'whole numbers that follow each other',
      {
        of: 'spanDays',
        bands: [
          { atMost: 15, flat: 1 },
          { atLeast: 16, flat: 2 },
        ],
      },
    ],
    [
      'edges that meet',
      {
        of: 'score',
        bands: [
          { below: 60, flat: 0 },
          { atLeast: 60, flat: 1 },
        ],
      },
    ],
    [
      'no lowest band',
      {
        of: 'score',
        bands: [
          { atLeast: 60, below: 80, flat: 1 },
          { atLeast: 80, flat: 2 },
        ],
      },
    ],
  ])('accepts bands with %s', (_what, bands) => {
    expect(faultsOf(worth(bands))).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'no way of valuing',
      {},
      'earn[0].earns[0] 价值应写成其中一种：flat；rate（加 of）；bands（加 of）；values（加 by）',
    ],
    ['a rate of nothing', { rate: 1 }, 'earn[0].earns[0] 应写明按哪个数量（of）计算'],
    [
      'a rate of something unknown',
      { rate: 1, of: 'x' },
      'earn[0].earns[0].of 没有“x”这一事实；自定义事实须在 facts 中定义',
    ],
    ['a rate of a text', { rate: 1, of: 'level' }, 'earn[0].earns[0].of “level”不是数量'],
    ['an each of nothing', { rate: 1, each: 0, of: 'days' }, 'earn[0].earns[0].each each 应大于 0'],
    ['a table by nothing', { values: { a: 1 } }, 'earn[0].earns[0] 表（values）应写明按哪个事实（by）查'],
    [
      'a table by something unknown',
      { by: 'x', values: { a: 1 } },
      'earn[0].earns[0].by 没有“x”这一事实；自定义事实须在 facts 中定义',
    ],
    [
      'a rounded slice',
      { of: 'days', sliced: true, bands: [{ atLeast: 0, rate: 1, round: { to: 1, mode: 'down' } }] },
      'earn[0].earns[0].bands[0].round 分段累计（sliced）的每段只写 flat（到了这一段就计），或 rate、each、eachRound；其余写在外层',
    ],
    [
      'rounding to nothing',
      { flat: 1, round: { to: 0, mode: 'up' } },
      'earn[0].earns[0].round.to 进位单位应大于 0',
    ],
    [
      'a rate that is too fine',
      { rate: 1, each: 45, of: 'lengthMinutes' },
      'earn[0].earns[0] 可能得出比万分之一更细的数，请写 round',
    ],
    [
      'a factor that is too fine',
      { rate: 1, of: 'classHours', times: [{ by: '1/3' }] },
      'earn[0].earns[0] 可能得出比万分之一更细的数，请写 round',
    ],
    [
      'a band that is too fine',
      { of: 'days', bands: [{ atLeast: 1, rate: '1/7' }] },
      'earn[0].earns[0] 可能得出比万分之一更细的数，请写 round',
    ],
    [
      'a flat value that is too fine',
      { flat: '1/3' },
      'earn[0].earns[0] 可能得出比万分之一更细的数，请写 round',
    ],
  ])('refuses %s in a worth', (_what, more, sentence) => {
    expect(faultsOf(worth(more))).toContain(sentence);
  });

  it.each<[string, object]>([
    [
      'an exact amount',
      {
        allOf: [
          { id: '一', atLeast: 5 },
          { id: '二', atMost: 5 },
        ],
      },
    ],
    [
      'a range',
      {
        allOf: [
          { id: '一', above: 5 },
          { id: '二', below: 6 },
        ],
      },
    ],
    ['edges of different amounts', { allOf: [{ atLeast: 5 }, { kind: 'class', atMost: 3 }] }],
    [
      'edges for different people',
      {
        allOf: [
          { id: '一', atLeast: 5, groups: 'a' },
          { allOf: [{ id: '二', atMost: 3 }], groups: 'b' },
        ],
      },
    ],
  ])('takes %s', (_, needs) => {
    const groups = {
      a: { name: '甲', where: { leading: true } },
      b: { name: '乙', where: { leading: false } },
    };
    expect(parseRegulation(sampleText({ groups, ...target({ needs }) }))).toMatchObject({ ok: true });
  });

  it('refuses facts and totals that are too fine, unless they are rounded', () => {
    const facts = {
      s: { name: '比例', share: 'presentMinutes', of: 'heldMinutes' },
      w: { name: '总评', weighted: { score: '1/3' } },
      t: { name: '字', type: 'text' },
      n: { name: '数', type: 'number', step: 0.5 },
    };
    for (const of of ['s', 'w']) {
      expect(faultsOf(worth({ rate: 1, of }, { facts }))).toEqual([
        'earn[0].earns[0] 可能得出比万分之一更细的数，请写 round',
      ]);
      expect(faultsOf(worth({ rate: 1, of, round: { to: 0.1, mode: 'down' } }, { facts }))).toEqual([]);
    }
    expect(faultsOf(worth({ rate: 1, of: 't' }, { facts }))).toEqual(['earn[0].earns[0].of “t”不是数量']);
    expect(faultsOf(worth({ rate: 0.2, of: 'n' }, { facts }))).toEqual([]);
    const totals = (more: object): object => ({
      totals: {
        a: { name: '甲', measure: 'hours', add: [{ times: '1/60' }], ...more },
        b: { name: '乙', measure: 'hours', start: 0, add: [{ total: 'a' }] },
      },
    });
    expect(faultsOf(totals({}))).toEqual([
      'totals.a 可能得出比万分之一更细的数，请写 round',
      'totals.b 可能得出比万分之一更细的数，请写 round',
    ]);
    expect(faultsOf(totals({ round: { to: 0.01, mode: 'down' } }))).toEqual([]);
    const held = (term: object): string[] =>
      faultsOf({ ...target({}), totals: { a: { name: '甲', measure: 'hours', add: [term] } } });
    expect([held({ over: 4 }), held({ above: 7 }), held({ below: { target: 't' } })]).toEqual([[], [], []]);
    for (const over of [7, { target: 't' }])
      expect(held({ over })).toEqual(['totals.a 可能得出比万分之一更细的数，请写 round']);
    expect(faultsOf({ totals: { a: { name: '甲', measure: 'hours', start: '1/3', add: [] } } })).toEqual([
      'totals.a 可能得出比万分之一更细的数，请写 round',
    ]);
    const spread = {
      ...rule({ spread: { over: 'days' } }),
      totals: { a: { name: '甲', measure: 'hours', add: [{ times: 0.5 }] } },
    };
    expect(faultsOf(spread)).toEqual(['totals.a 可能得出比万分之一更细的数，请写 round']);
  });

  it.each<[string, object, string[]]>([
    [
      'a limit of an item that is too fine',
      worth({ rate: 1, of: 'days', itemAtMost: '1/3' }),
      ['earn[0].earns[0] 可能得出比万分之一更细的数，请写 round'],
    ],
    ['a lower limit of nothing', worth({ rate: 1, of: 'days', itemAtLeast: 0 }), []],
    [
      'a limit of a total that is too fine',
      { totals: { a: { name: '甲', measure: 'hours', add: [{}], atMost: '1/3' } } },
      ['totals.a 可能得出比万分之一更细的数，请写 round'],
    ],
    [
      'days after a cycle, which are whole',
      worth(
        { rate: '1/2', of: 'late', bands: undefined },
        { facts: { late: { name: '逾期', filedAfter: 'year' } } },
      ),
      [],
    ],
    [
      'half days between bands',
      worth({
        of: 'days',
        bands: [
          { atMost: 1.25, flat: 1 },
          { above: 1.25, flat: 2 },
        ],
      }),
      [],
    ],
    [
      'a gap that a half day fits',
      worth({
        of: 'days',
        bands: [
          { below: 1.25, flat: 1 },
          { above: 1.5, flat: 2 },
        ],
      }),
      [
        'earn[0].earns[0].bands[1] 与第 1 档（< 1.25）之间有空当，其中的数量不在任何一档；不计的请写 "flat": 0',
      ],
    ],
    [
      'a gap between bands of a share, which may be anything',
      worth(
        {
          of: 's',
          bands: [
            { below: 0.5, flat: 1 },
            { atLeast: 0.50001, flat: 2 },
          ],
        },
        { facts: { s: { name: '比例', share: 'presentMinutes', of: 'heldMinutes' } } },
      ),
      [
        'earn[0].earns[0].bands[1] 与第 1 档（< 0.5）之间有空当，其中的数量不在任何一档；不计的请写 "flat": 0',
      ],
    ],
    [
      'each circle of totals once, also where another total leans on it',
      {
        totals: {
          a: { name: '甲', measure: 'hours', add: [{ total: 'b' }] },
          b: { name: '乙', measure: 'hours', add: [{}, { total: 'c' }] },
          c: { name: '丙', measure: 'hours', add: [{ total: 'b' }] },
          d: { name: '丁', measure: 'hours', add: [{ total: 'd' }] },
        },
      },
      ['totals.b 合计“b”绕回到了自己：b → c → b', 'totals.d 合计“d”绕回到了自己'],
    ],
    [
      'totals that lean on each other twice, but in no circle',
      {
        totals: {
          a: { name: '甲', measure: 'hours', add: [{ total: 'b' }, { total: 'c' }] },
          b: { name: '乙', measure: 'hours', add: [{ total: 'c' }] },
          c: { name: '丙', measure: 'hours', add: [] },
        },
      },
      [],
    ],
  ])('judges %s', (_what, sections, faults) => {
    expect(faultsOf(sections)).toEqual(faults);
  });

  it('says what else is wrong beside a word that is clearly meant for another', () => {
    const highest = '只能是：highest（只计最高的），是不是“highest”？';
    const faults = (more: object): string[] => faultsOf(cap({ atMost: '最高', each: 'days', ...more }));
    expect(faults({})).toEqual([`caps[0].atMost ${highest}`, 'caps[0].each “days”不是文字事实']);
    expect(faults({ counts: 1 })).toEqual(['caps[0].counts 这里应为对象 { }', `caps[0].atMost ${highest}`]);
  });

  it('has other readings without changing itself', () => {
    const regulation = sample({
      settings: { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } },
    });
    expect(withSettings(regulation, { x: 'b' }).settings?.['x']?.chosen).toBe('b');
    expect(regulation.settings?.['x']?.chosen).toBe('a');
    expect(() => withSettings(regulation, { x: 'c' })).toThrow(RangeError);
    expect(() => withSettings(sample(), { x: 'a' })).toThrow(RangeError);
  });

  it('says of a facts file that it is one, and nothing else', () => {
    const parsed = parseRegulation('{ "asOf": "2024-12-31", "person": { "id": "甲" }, "activities": [] }');
    expect(parsed).toEqual({
      ok: false,
      errors: [{ path: '', line: 1, sentence: '这是事实文件，这里应为办法文件' }],
    });
  });

  it('has a JSON Schema for editors', () => {
    expect(regulationJsonSchema()).toMatchObject({
      type: 'object',
      properties: { earn: { type: 'array' }, targets: { type: 'array' } },
    });
  });
});
