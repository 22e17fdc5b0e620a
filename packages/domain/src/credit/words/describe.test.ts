import { describe, expect, it } from 'vitest';
import { describeRegulation } from './describe';
import { sample } from '../testing/sample';
import { sayReliefs } from './relief-words';
import { sayCut } from './words';

const said = (sections: object): string[] => describeRegulation(sample(sections)).map((line) => line.trim());
const withShare = { allOf: [{ atLeast: 9 }, { id: '占比', kind: 'class', atLeastShare: 0.5, of: {} }] };
const target = (more: object): object => ({
  targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: { atLeast: 9 }, ...more }],
});
const counting = (measure: string, part?: string): object => ({
  earn: [{ id: 'class', clause: '一', kinds: 'class', earns: [{ measure, ...(part && { part }), flat: 1 }] }],
});
const year = { from: '2020-01-01', months: 12 };

describe('a regulation in words', () => {
  it.each<[string, object, string]>([
    [
      'how one attends, in a word',
      {
        caps: [
          { clause: '二', counts: { where: { mode: 'hall' } }, atMost: 5 },
          { clause: '二', counts: { where: { mode: ['hall', 'online'] } }, atMost: 6 },
        ],
      },
      '全部（参加方式为“现场”）（二）：最多 5',
    ],
    [
      'a rule by what it is for',
      { caps: [{ clause: '二', counts: { rule: 'class' }, atMost: 5 }] },
      '“培训”一条（二）：最多 5',
    ],
    [
      'the ranks of a group between bounds, those that the regulation adds among them',
      {
        ranks: { 二级警督: '三级调研员' },
        groups: { g: { name: '县处级', where: { rank: { atLeast: '四级调研员', atMost: '县处级副职' } } } },
      },
      '≥ 四级调研员，≤ 县处级副职 的有：县处级副职、三级调研员、四级调研员、二级警督',
    ],
    [
      'the ranks of a group below one, whatever else is asked of its members',
      {
        groups: {
          g: {
            name: '其他',
            where: { leading: false, anyOf: [{ rank: { below: '一级科员' } }, { role: '员' }] },
          },
        },
      },
      '< 一级科员 的有：二级科员',
    ],
    [
      'what follows at once from a rating',
      {
        ratings: [
          {
            id: 'r',
            name: '一次扣分',
            clause: '二',
            cycle: 'year',
            of: {},
            bands: [{ below: 0, rating: '有' }],
          },
        ],
        consequences: [{ id: 'c', says: '通报', clause: '二', when: { rating: 'r', is: '有', at: 'once' } }],
      },
      '通报（二）：“一次扣分”为有，不等周期结束',
    ],
    [
      'a cycle by the author’s name for it',
      { cycles: { year, 五年: { ...year, months: 60 } }, ...target({ cycle: '五年' }) },
      '任务（一）：每个周期（五年）全部 ≥ 9 学时',
    ],
    [
      'what a cycle spans that has a name',
      { cycles: { year, 五年: { ...year, months: 60 } } },
      '五年：自 2020-01-01 起，每 60 个月一期',
    ],
    [
      'measures of one unit by the author’s signs',
      {
        measures: { hours: '学时', 基础: '学分', 发展: '学分' },
        caps: [
          {
            clause: '二',
            name: '每年',
            counts: { kind: 'class', rule: 'class', measure: '基础' },
            atMost: 5,
          },
        ],
      },
      '每年，培训里的“培训”一条的基础（二）：最多 5',
    ],
    [
      'lists within lists, in brackets',
      target({
        needs: {
          allOf: [
            { kind: 'class', atLeast: 1 },
            {
              anyOf: [
                { id: 'a', atLeast: 2 },
                { id: 'b', kind: 'class', above: 5 },
              ],
            },
          ],
        },
      }),
      '任务（一）：每个周期（自然年）培训 ≥ 1 学时，并且（全部 ≥ 2 学时 或者 培训 > 5 学时）',
    ],
    [
      'periods with gaps',
      { cycles: { year, 上半年: { from: '2020-01-01', months: 6, every: 12 } } },
      '上半年：自 2020-01-01 起，每 12 个月开始一期，每期 6 个月',
    ],
    [
      'periods that repeat from an event',
      { cycles: { year, own: { around: 'employment', monthsAfter: 60, repeats: true } } },
      '参加工作起，每 60 个月一期',
    ],
    [
      'a rate of whole ones',
      {
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            earns: [{ measure: 'hours', rate: 10, of: 'days', eachRound: 'down' }],
          },
        ],
      },
      '培训（一）：天数（舍去尾数） × 10 学时',
    ],
    [
      'what must not be denied, without denying twice',
      {
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            gates: [{ clause: '二', must: { not: { approved: false } } }],
            earns: [{ measure: 'hours', flat: 1 }],
          },
        ],
      },
      '须 “审核通过”没有记为“否”，否则不计入（二）',
    ],
    [
      'the number of what is counted in a unit',
      { measures: { 天: '天' }, ...counting('天'), ...target({ needs: { measure: '天', atLeast: 12 } }) },
      '任务（一）：每个周期（自然年）全部的天数 ≥ 12 天',
    ],
    [
      'a measure once, where the part is called so too',
      {
        measures: { 学分: '学分' },
        parts: { a: 'Ⅰ类学分' },
        ...counting('学分', 'a'),
        ...target({ needs: { measure: '学分', part: 'a', atLeast: 12 } }),
      },
      '任务（一）：每个周期（自然年）Ⅰ类学分 ≥ 12 学分',
    ],
    [
      'in reliefs the amounts by the names that needs give them',
      target({
        needs: { id: '总数', name: '总学时', atLeast: 12 },
        relief: [{ clause: '二', when: { circumstance: '病假' }, less: 3, amounts: '总数' }],
      }),
      '病假的，“总学时”减少 3（二）',
    ],
    [
      'months before an event',
      { cycles: { year, own: { around: 'promotion', monthsBefore: 6 } } },
      '晋升前 6 个月',
    ],
    [
      'a filing deadline',
      { facts: { late: { name: '逾期天数', filedAfter: 'year' } } },
      '逾期天数 = 申报日期晚于所在周期（自然年）最后一天的天数',
    ],
    [
      'a limit per week',
      { caps: [{ clause: '二', counts: {}, atMost: 5, per: 'week' }] },
      '全部（二）：每周最多 5',
    ],
    [
      'so many items, the first',
      { caps: [{ clause: '二', counts: { kind: 'class' }, atMost: { first: 2 }, per: 'year' }] },
      '培训（二）：每个周期（自然年）最多计 2 项，按先后',
    ],
    [
      'so many items, the highest',
      { caps: [{ clause: '二', counts: {}, atMost: { highest: 3 } }] },
      '全部（二）：最多计 3 项，取最高的',
    ],
    [
      'an amount that must be passed',
      target({ needs: { above: 30 } }),
      '任务（一）：每个周期（自然年）全部 > 30 学时',
    ],
    [
      'an amount that must not be reached',
      {
        earn: [{ id: 'talk', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', flat: 1 }] }],
        ...target({ needs: { kind: 'talk', below: 3 } }),
      },
      '任务（一）：每个周期（自然年）讲座 < 3 学时',
    ],
    [
      'a total by the day',
      {
        totals: {
          days: { name: '天数', measure: 'hours', per: 'day', add: [{}], bands: [{ atLeast: 6, flat: 1 }] },
        },
      },
      '天数 = 每天分别计算后相加：全部（折为：≥ 6 计 1）',
    ],
    [
      'a total by the periods of a cycle',
      {
        cycles: { 半学年: { from: '2023-09-01', months: 6 } },
        totals: { met: { name: '达标次数', measure: 'hours', per: '半学年', add: [{}] } },
      },
      '达标次数 = 每个周期（半学年）分别计算后相加：全部',
    ],
    [
      'an excess that goes on in part',
      {
        parts: { required: '必修', elective: '选修' },
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            earns: [{ measure: 'hours', part: 'required', rate: 1, each: 2, eachRound: 'down', of: 'days' }],
          },
        ],
        carryOver: [
          {
            clause: '三',
            cycle: 'year',
            from: {},
            above: 10,
            times: '1/2',
            round: { to: 1, mode: 'down' },
            atMost: 5,
            to: { measure: 'hours', part: 'elective' },
            lasts: 2,
          },
        ],
      },
      '每个周期（自然年）结束时，全部超过 10 的部分（三）乘以 1/2，按 1 的倍数舍去尾数，最多 5，转入此后 2 个周期的“选修”',
    ],
    [
      'an excess that goes on as it is',
      { carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 10, to: { measure: 'hours' } }] },
      '每个周期（自然年）结束时，全部超过 10 的部分（三）转入下一周期',
    ],
    [
      'a table with a rest',
      {
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            earns: [{ measure: 'hours', by: 'level', values: { city: 1 }, otherwise: { flat: 2 } }],
          },
        ],
      },
      '培训（一）：按级别（city：1；其他：〔2〕） 学时',
    ],
    [
      'proportion by a day of the month',
      target({ prorate: { by: 'months', present: 15, amounts: 'all', round: { to: 0.5, mode: 'up' } } }),
      '按在岗月数的比例折算（每月 15 日在岗的计一个月，只折算“all”，按 0.5 的倍数进上）',
    ],
    [
      'proportion by days',
      target({ prorate: { by: 'days', without: ['病假', '产假'], round: { to: 1, mode: 'half-up' } } }),
      '按在岗天数的比例折算（扣除病假、产假，按 1 的倍数四舍五入）',
    ],
    [
      'relief by days, of one amount',
      target({
        relief: [{ clause: '二', when: { circumstance: '病假', days: 90 }, amounts: 'all', less: 3 }],
      }),
      '病假累计满 90 天的，“all”减少 3（二）',
    ],
    [
      'relief for one activity',
      target({
        relief: [
          {
            clause: '二',
            when: { earned: { kind: 'class', where: { days: { atLeast: 3 } }, above: 0 } },
            exempt: true,
          },
        ],
      }),
      '本周期有培训（天数 ≥ 3）的，免除（二）',
    ],
    [
      'relief to a number',
      target({ relief: [{ clause: '二', when: { circumstance: '病假' }, to: 3 }] }),
      '病假的，减为 3（二）',
    ],
    [
      'relief by months on end',
      target({
        relief: [{ clause: '二', when: { circumstance: '病假', months: 6, unbroken: true }, exempt: true }],
      }),
      '病假连续满 6 个月的，免除（二）',
    ],
    [
      'relief that is rounded',
      target({
        relief: [
          { clause: '二', when: { circumstance: '病假' }, times: '1/2', round: { to: 0.5, mode: 'up' } },
        ],
      }),
      '病假的，乘以 1/2，按 0.5 的倍数进上（二）',
    ],
    [
      'a target for some people only',
      {
        groups: { g: { name: '干部', where: { role: '干部' } } },
        ...target({
          groups: 'g',
          decidedOn: 'any',
          needs: { allOf: [{ atLeast: 5 }, { id: 'x', atMost: 9 }] },
        }),
      },
      '任务（一）【限干部】（周期内当过的都算）：每个周期（自然年）全部 ≥ 5 学时，并且 全部 ≤ 9 学时',
    ],
    [
      'amounts of measures that share a unit, and of one with a name of its own',
      {
        measures: { 积分: '分', 考勤: '分', 形式: '种' },
        parts: { a: '甲' },
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            earns: [
              { measure: '考勤', part: 'a', flat: 2 },
              { measure: '形式', part: 'a', flat: 1 },
            ],
          },
        ],
        targets: [],
      },
      '培训（一）：2 分（考勤，甲），1 种（甲）',
    ],
    [
      'a limit of a measure with a name of its own',
      {
        measures: { hours: '学时', 形式: '种' },
        caps: [{ clause: '二', counts: { measure: '形式' }, atMost: 1 }],
      },
      '全部的形式（二）：最多 1',
    ],
    [
      'the months before a day',
      { cycles: { year: { from: '2020-01-01', months: 12 }, 近三年: { lastMonths: 36 } } },
      '近三年：截至评价日的最近 36 个月',
    ],
    [
      'relief that leaves a share as it is',
      target({ needs: withShare, relief: [{ clause: '二', when: { circumstance: '病假' }, times: 0.5 }] }),
      '病假的，乘以 0.5，占比不变（二）',
    ],
    [
      'proportion that leaves a share as it is',
      target({ needs: withShare, prorate: { by: 'days' } }),
      '按在岗天数的比例折算（占比不变）',
    ],
    [
      'relief of a share',
      target({
        needs: withShare,
        relief: [{ clause: '二', when: { circumstance: '病假' }, times: 0, amounts: '占比' }],
      }),
      '病假的，“占比”不作要求（二）',
    ],
    [
      'relief after several cycles',
      target({
        relief: [
          { clause: '二', when: { earned: { atLeast: 20 }, cycle: 'previous', inARow: 2 }, times: 0.5 },
        ],
      }),
      '此前连续 2 个周期全部 ≥ 20 学时的，乘以 0.5（二）',
    ],
    [
      'flat slices, and how they add up',
      {
        earn: [
          {
            id: 'class',
            clause: '一',
            kinds: 'class',
            earns: [
              {
                measure: 'hours',
                of: 'classHours',
                sliced: true,
                bands: [
                  { atMost: 5, flat: 3 },
                  { above: 5, rate: 0.5 },
                ],
              },
            ],
          },
        ],
      },
      '培训（一）：学时数分段累计，到了的各段相加（≤ 5：到了这一段计 3；> 5：落在这一段的学时数 × 0.5） 学时',
    ],
    [
      'making up after a promotion',
      target({ makeUp: { clause: '三', after: 'promotion', months: 6 } }),
      '没有完成的，晋升后 6 个月内补足（三）',
    ],
    [
      'making up that counts in both cycles',
      target({ makeUp: { clause: '三', after: 'cycle', months: 6, countsAgain: true } }),
      '没有完成的，周期结束后 6 个月内补足（三），补学的在新周期里照计',
    ],
    [
      'a consequence of several targets',
      {
        targets: ['a', 'b'].map((id) => ({
          id,
          name: `任务${id}`,
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 9 },
        })),
        consequences: [
          { id: 'f', says: '不评优', clause: '二', when: { target: ['a', 'b'], is: 'missed', inARow: 2 } },
        ],
      },
      '不评优（二）：连续 2 个周期没有完成“任务a”或“任务b”',
    ],
    [
      'people who are exempt',
      {
        ...target({}),
        teams: [
          {
            id: 'x',
            name: '免除人数',
            clause: '二',
            cycle: 'year',
            take: 'count',
            target: 't',
            is: 'exempt',
          },
          {
            id: 'y',
            name: '合计',
            clause: '二',
            cycle: 'year',
            take: 'sum',
            quantity: {},
            start: 10,
            times: 2,
          },
        ],
      },
      '免除人数（二）：每个周期（自然年）免除“任务”的人数',
    ],
    [
      'how a group’s result is limited',
      {
        ...target({}),
        teams: [
          {
            id: 'x',
            name: '得分',
            clause: '二',
            cycle: 'year',
            take: 'share',
            target: 't',
            is: 'met',
            withoutExempt: true,
            round: { to: 0.1, mode: 'down' },
            atLeast: 0,
            atMost: 1,
          },
        ],
      },
      '得分（二）：每个周期（自然年）完成“任务”的人数比例（不算免除的人，按 0.1 的倍数舍去尾数，最低 0，最高 1）',
    ],
    [
      'a team’s sum of results',
      {
        teams: [
          { id: 'mean', name: '人均', clause: '二', cycle: 'year', take: 'mean', quantity: {} },
          {
            id: 'score',
            name: '得分',
            clause: '二',
            cycle: 'year',
            add: [{ team: 'mean', times: 0.4 }, { team: 'mean' }],
          },
        ],
      },
      '得分（二）：每个周期（自然年）“人均” × 0.4 + “人均”',
    ],
    [
      'what follows from several results of a team',
      {
        teams: [
          { id: 'mean', name: '人均', clause: '二', cycle: 'year', take: 'mean', quantity: {} },
          {
            id: 'score',
            name: '得分',
            clause: '二',
            cycle: 'year',
            add: [{ team: 'mean' }],
            flags: [
              { atLeast: 90, when: [{ team: 'mean', atLeast: 50 }], flag: 'f', says: '优秀', clause: '二' },
            ],
          },
        ],
      },
      '得分（二）：每个周期（自然年）“人均”；≥ 90，且“人均”≥ 50 时优秀',
    ],
    [
      'a relief for each year of a cycle',
      target({
        relief: [{ clause: '二', when: { circumstance: '病假', months: 6 }, less: 40, per: 'year' }],
      }),
      '本周期内每一期（自然年）病假累计满 6 个月的，减少 40（二）',
    ],
    [
      'a relief for each circumstance',
      target({ relief: [{ clause: '二', when: { circumstance: '产假' }, less: 12, per: 'circumstance' }] }),
      '每有一次产假的，减少 12（二）',
    ],
    [
      'a relief for each circumstance that lasts',
      target({
        relief: [
          {
            clause: '二',
            when: { person: { age: { below: 58 } }, circumstance: ['产假', '病假'], months: 2, whole: true },
            less: 12,
            per: 'circumstance',
          },
        ],
      }),
      '年龄（周岁） < 58，且每有一次产假、病假（跨周期的算整段）满 2 个月的，减少 12（二）',
    ],
    [
      'making up until a cycle ends',
      {
        ...target({ makeUp: { clause: '三', after: 'cycle', until: 'five' } }),
        cycles: { year: { from: '2020-01-01', months: 12 }, five: { from: '2021-01-01', months: 60 } },
      },
      '没有完成的，在周期结束那天所在的一期（自 2021-01-01 起，每 60 个月一期）结束前补足（三），补学用去的不再计入新周期',
    ],
    [
      'making up after a promotion until a cycle ends',
      target({ makeUp: { clause: '三', after: 'promotion', until: 'year' } }),
      '没有完成的，在晋升那天所在的一期（自然年）结束前补足（三）',
    ],
    [
      'what follows in any months at once',
      {
        cycles: { year: { from: '2020-01-01', months: 12 }, any: { lastMonths: 12 } },
        ratings: [
          {
            id: 'r',
            name: '缺课',
            clause: '二',
            cycle: 'any',
            of: {},
            bands: [{ atLeast: 3, rating: '三次以上' }],
          },
        ],
        consequences: [
          { id: 'c', says: '通报', clause: '三', when: { rating: 'r', is: '三次以上', at: 'once' } },
        ],
      },
      '通报（三）：任意 12 个月内“缺课”为三次以上，当时就作，过后仍在',
    ],
    [
      'what lasts',
      {
        ...target({}),
        consequences: [
          {
            id: 'c',
            says: '取消评优资格',
            clause: '三',
            lasts: { months: 24 },
            when: { target: 't', is: 'missed' },
          },
        ],
      },
      '取消评优资格（三）：没有完成“任务”，自周期结束的次日起 24 个月',
    ],
    [
      'what lasts once the time to make up is over',
      {
        ...target({ makeUp: { clause: '三', after: 'cycle', months: 6 } }),
        consequences: [
          {
            id: 'c',
            says: '限制报名',
            clause: '三',
            lasts: { months: 6 },
            when: { target: 't', is: 'make-up-missed' },
          },
        ],
      },
      '限制报名（三）：没有完成“任务”，补足期满仍没有补足，自补足期满的次日起 6 个月',
    ],
    [
      'what lasts from the day of a rating on',
      {
        ratings: [
          {
            id: 'r',
            name: '缺课',
            clause: '二',
            cycle: 'year',
            of: {},
            bands: [{ atLeast: 3, rating: '三次以上' }],
          },
        ],
        consequences: [
          {
            id: 'c',
            says: '限制报名',
            clause: '三',
            lasts: { months: 6 },
            when: { rating: 'r', is: '三次以上', at: 'once' },
          },
        ],
      },
      '限制报名（三）：“缺课”为三次以上，不等周期结束，自当天起 6 个月',
    ],
    [
      'the end of cycles that leave prolongs',
      {
        cycles: {
          year: { from: '2020-01-01', months: 12 },
          聘期: {
            around: 'employment',
            monthsAfter: 36,
            repeats: true,
            prolongedBy: ['病假', '产假'],
            finalMonths: 12,
          },
        },
      },
      '聘期：参加工作起，每 36 个月一期，病假、产假期间顺延，每期的最后 12 个月',
    ],
    [
      'making up more than is missing',
      target({ makeUp: { clause: '三', after: 'cycle', months: 6, times: 1.5 } }),
      '没有完成的，周期结束后 6 个月内按所差的 1.5 倍补足（三），补学用去的不再计入新周期',
    ],
    [
      'a total of every quarter',
      {
        totals: {
          lack: {
            name: '扣分',
            measure: 'hours',
            per: 'quarter',
            everyPeriod: true,
            add: [{}],
            bands: [{ below: 8, flat: -5 }],
          },
        },
      },
      '扣分 = 每季度分别计算后相加（没有活动的也算）：全部（折为：< 8 计 -5）',
    ],
    [
      'a term that counts where a target was met',
      {
        ...target({}),
        totals: {
          sum: {
            name: '得分',
            measure: 'hours',
            add: [{ times: 2, when: { target: 't', is: 'met', cycle: 'previous' } }],
          },
        },
      },
      '得分 = 全部 × 2【上一周期完成“任务”时】',
    ],
    [
      'shares of the same amount that hold at once',
      {
        earn: ['class', 'talk'].map((kind) => ({
          id: kind,
          clause: '一',
          kinds: kind,
          earns: [{ measure: 'hours', flat: 1 }],
        })),
        caps: ['class', 'talk'].map((kind) => ({
          clause: '二',
          counts: { kind },
          atMost: { share: '1/4', of: { kind: ['class', 'talk'] } },
          per: 'year',
        })),
      },
      '讲座（二）：每个周期（自然年）不超过培训、讲座的 1/4，与上一条同时成立',
    ],
    [
      'a limit of one cycle alone',
      { caps: [{ clause: '二', counts: {}, atMost: 9, cycle: 'year' }] },
      '全部（二）：每个周期（自然年）最多 9，只在这个周期的任务和结果里限制',
    ],
    [
      'relief for months within bounds',
      target({
        relief: [
          { clause: '二', when: { circumstance: '病假', months: { atLeast: 3, below: 6 } }, times: '2/3' },
        ],
      }),
      '病假累计 ≥ 3，< 6 个月的，乘以 2/3（二）',
    ],
    [
      'making up on a condition',
      target({ makeUp: { clause: '二', after: 'cycle', months: 6, when: { circumstance: '病假' } } }),
      '病假的，没有完成的，周期结束后 6 个月内补足（二），补学用去的不再计入新周期',
    ],
    [
      'carry-over up to a share of what is asked',
      {
        ...target({}),
        carryOver: [
          {
            clause: '二',
            cycle: 'year',
            from: {},
            above: 9,
            atMost: { share: '1/3', of: { target: 't' } },
            to: { measure: 'hours' },
          },
        ],
      },
      '每个周期（自然年）结束时，全部超过 9 的部分（二）最多为本人的“任务”要求的 1/3，转入下一周期',
    ],
    [
      'a limit in any twelve months',
      { cycles: { last: { lastMonths: 12 } }, caps: [{ clause: '二', counts: {}, atMost: 9, per: 'last' }] },
      '全部（二）：任意一年里最多 9',
    ],
    [
      'a limit in any three years',
      {
        cycles: { last: { lastMonths: 36 } },
        caps: [{ clause: '二', counts: {}, atMost: { first: 2 }, per: 'last' }],
      },
      '全部（二）：任意连续 36 个月里最多计 2 项，按先后',
    ],
    [
      'a limit of the last years alone',
      {
        cycles: { 近三年: { lastMonths: 36 } },
        caps: [
          { clause: '二', counts: { kind: 'class' }, atMost: { share: '1/3', of: {} }, cycle: '近三年' },
        ],
      },
      '培训（二）：近三年不超过全部的 1/3，只在这个周期的任务和结果里限制',
    ],
    [
      'a limit by what a target asks',
      {
        ...target({}),
        caps: [{ clause: '二', counts: {}, atMost: { share: '1/2', of: { target: 't' } }, per: 'year' }],
      },
      '全部（二）：每个周期（自然年）不超过本人的“任务”要求的 1/2',
    ],
    [
      'proportion across groups',
      {
        groups: { g: { name: '甲', where: { role: '甲' } } },
        ...target({
          needs: { allOf: [{ id: 'all', groups: 'g', atLeast: 5 }] },
          prorate: { by: 'months', acrossGroups: true },
        }),
      },
      '按在各组的月数分段折算后相加（月末在岗的计一个月）',
    ],
    [
      'how long somebody has been in a group',
      {
        groups: { licensed: { name: '执业', where: { role: '执业' } } },
        ...target({
          relief: [
            {
              clause: '二',
              when: { person: { monthsIn: { licensed: { atLeast: 6, below: 12 } } } },
              exempt: true,
            },
          ],
        }),
      },
      '进入“执业”的月数 ≥ 6，< 12 的，免除（二）',
    ],
    [
      'items about the same work',
      { caps: [{ clause: '二', counts: {}, atMost: { highest: 3, items: 'subject' } }] },
      '全部（二）：最多计 3 项（同一成果或课目算一项），取最高的',
    ],
    [
      'a total in points, with a term under a condition',
      {
        totals: {
          points: {
            name: '折分',
            measure: 'hours',
            add: [{ times: 2, atMost: 9, when: { kind: 'class', atLeast: 3 } }],
            bands: [
              { atLeast: 5, flat: 2 },
              { below: 5, flat: 0 },
            ],
          },
        },
      },
      '折分 = 全部 × 2（最多 9）【培训 ≥ 3 学时 时】（折为：≥ 5 计 2；< 5 计 0）',
    ],
    [
      'a rating of those who have a target',
      {
        ...target({ decidedOn: 'any' }),
        ratings: [
          {
            id: 'r',
            name: '等次',
            clause: '二',
            cycle: 'year',
            decidedOn: 'start',
            target: 't',
            of: {},
            bands: [
              { atLeast: 5, rating: '优', needs: { atLeast: 1 } },
              { needs: { atLeast: 2 }, rating: '良' },
            ],
          },
        ],
      },
      '等次（二）：每个周期（自然年）按全部，≥ 5，且全部 ≥ 1 学时 为“优”；全部 ≥ 2 学时 为“良”，只评有“任务”任务、没有免除的人（看周期第一天）',
    ],
    [
      'what follows from scattered cycles',
      {
        ...target({}),
        consequences: [
          { id: 'c', says: '提醒', clause: '二', when: { target: 't', is: 'missed', atLeast: 2, inLast: 5 } },
        ],
      },
      '提醒（二）：最近 5 个周期里至少 2 个没有完成“任务”',
    ],
    [
      'an own fact and what stands for it',
      { facts: { own: { name: '报告', type: 'flag', ifMissing: false } } },
      '报告（是或否，写在 details.own，没有记录的按 false）',
    ],
    [
      'how long somebody was in a group within the cycle',
      {
        groups: { licensed: { name: '执业', where: { role: '执业' } } },
        ...target({
          relief: [{ clause: '二', when: { in: 'licensed', months: { below: 6 } }, exempt: true }],
        }),
      },
      '本周期内在执业累计 < 6 个月的，免除（二）',
    ],
    [
      'what follows from results about a group',
      {
        ...target({}),
        teams: [
          {
            id: 'rate',
            name: '完成率',
            clause: '二',
            cycle: 'year',
            take: 'share',
            target: 't',
            is: 'met',
            flags: [{ below: 0.5, flag: '差', says: '通报', clause: '二' }],
          },
        ],
        consequences: [
          {
            id: 'c',
            says: '约谈',
            clause: '三',
            when: { team: 'rate', is: '差', inARow: 2 },
            lasts: { months: 12 },
          },
        ],
      },
      '约谈（三）：连续 2 个周期“完成率”是“差”，自周期结束的次日起 12 个月',
    ],
    [
      'what of an amount lies above or below something, or how often it holds it',
      {
        ...target({}),
        totals: {
          points: {
            name: '得分',
            measure: 'hours',
            add: [{ above: 30 }, { below: { target: 't' }, times: -1 }, { over: { target: 't' }, times: 60 }],
            round: { to: 1, mode: 'down' },
          },
        },
      },
      '得分 = 全部超过 30 的部分 + 全部不到 本人的“任务”要求 差的部分 × -1 + 全部 ÷ 本人的“任务”要求 × 60（按 1 的倍数舍去尾数）',
    ],
    [
      'a rating of several targets',
      {
        targets: ['a', 'b'].map((id) => ({
          id,
          name: id,
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 1 },
        })),
        ratings: [
          {
            id: 'r',
            name: '等次',
            clause: '二',
            cycle: 'year',
            target: ['a', 'b'],
            of: {},
            bands: [
              { is: 'met', rating: '合格' },
              { is: 'missed', rating: '不合格' },
            ],
          },
        ],
      },
      '等次（二）：每个周期（自然年）各项任务都完成 为“合格”；有任务没有完成 为“不合格”，只评有“a”或“b”任务、没有免除的人',
    ],
    [
      'a proportion from the month after',
      target({ prorate: { by: 'months', present: 'day-before' } }),
      '按在岗月数的比例折算（上月末在岗的计一个月，即自次月起）',
    ],
    [
      'a result about a group held against another',
      {
        ...target({}),
        teams: [
          { id: 'a', name: '甲', clause: '二', cycle: 'year', take: 'sum', quantity: {} },
          { id: 'b', name: '乙', clause: '二', cycle: 'year', take: 'sum', asked: { target: 't' } },
          { id: 'c', name: '丙', clause: '二', cycle: 'year', add: [{ team: 'a', over: 'b', times: 100 }] },
        ],
      },
      '丙（二）：每个周期（自然年）“甲” ÷ “乙” × 100',
    ],
    [
      'a result about what is asked of a group',
      {
        ...target({}),
        teams: [{ id: 'b', name: '乙', clause: '二', cycle: 'year', take: 'mean', asked: { target: 't' } }],
      },
      '乙（二）：每个周期（自然年）本人的“任务”要求平均',
    ],
    ['a proportion that is not rounded', target({ prorate: { by: 'days' } }), '按在岗天数的比例折算'],
  ])('names %s', (_what, sections, line) => {
    expect(said(sections)).toContain(line);
  });

  it('names the ranks of each pair of bounds once, and none where they are listed anyway', () => {
    const where = {
      anyOf: [{ rank: { atLeast: '厅局级正职' } }, { not: { rank: { atLeast: '厅局级正职' } } }],
    };
    const groups = { g: { name: '甲', where }, h: { name: '乙', where: { rank: ['二级科员', '一级科员'] } } };
    expect(said({ groups }).filter((line) => /的有：|不含：/.test(line))).toEqual([
      '≥ 厅局级正职 的有：厅局级正职',
      '不含：厅局级正职',
    ]);
  });

  it.each(['first-day', 'any-day', 'every-day', undefined])('tells months by %s', (present) => {
    const words = { 'first-day': '月初', 'any-day': '不足一个月', 'every-day': '整月', 'last-day': '月末' };
    const prorate = {
      by: 'months',
      ...(present === undefined ? {} : { present }),
      round: { to: 1, mode: 'up' },
    };
    const lines = said(target({ prorate })).join('\n');
    expect(lines).toContain(words[(present ?? 'last-day') as keyof typeof words]);
  });

  it('says what a limit to the highest took, in both languages', () => {
    const cut = { cap: 0, clause: '二', name: '同一论文', limit: 50_000, used: 50_000, cut: 20_000 };
    const highest = sample({ caps: [{ clause: '二', counts: {}, atMost: 'highest', each: 'subject' }] });
    expect((['zh', 'en'] as const).map((language) => sayCut(cut, 'hours', highest, language))).toEqual([
      '同一论文：只计最高的，已结束的周期里已计 5 学时，本次少计 2 学时',
      '同一论文: only the highest counts; 5 学时 had counted in cycles that are over: 2 学时 less',
    ]);
  });

  it('says for which period a relief is granted, in both languages', () => {
    const reliefs = ['2024', '2025'].map((period) => ({
      clause: '二',
      effect: 'less' as const,
      by: '40',
      period,
    }));
    expect(sayReliefs(reliefs)).toEqual({
      zh: '2024 减少 40，2025 减少 40',
      en: '2024: 40 less, 2025: 40 less',
    });
  });

  it('says what a limit of items took, in both languages', () => {
    const cut = {
      cap: 0,
      clause: '二',
      name: '每年两篇',
      limit: 50_000,
      used: 50_000,
      cut: 20_000,
      items: 2,
    };
    const both = (['zh', 'en'] as const).map((language) => sayCut(cut, 'hours', sample(), language));
    expect(both).toEqual([
      '每年两篇：最多计 2 项，本项不计 2 学时',
      '每年两篇: 2 items count, this one’s 2 学时 does not',
    ]);
    const highest = sample({ caps: [{ clause: '二', counts: {}, atMost: { highest: 2 } }] });
    expect((['zh', 'en'] as const).map((language) => sayCut(cut, 'hours', highest, language))).toEqual([
      '每年两篇：只计最高的 2 项（5 学时），本项不计 2 学时',
      '每年两篇: the highest 2 (5 学时) count, this one’s 2 学时 does not',
    ]);
  });
});
