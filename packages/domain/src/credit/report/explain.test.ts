import { describe, expect, it } from 'vitest';
import { explainFacts } from './explain';
import { evaluateFacts, parseFacts } from '../reading/facts';
import type { Regulation } from '../regulation/regulation-schema';
import { sample, target } from '../testing/sample';
import { targetNotes } from '../words/target-notes';

const activity = { id: 'a', kind: 'class', occurredOn: '2023-05-01', classHours: 12 };
const explained = (rules: Regulation, facts: object, language?: 'en'): string[] => {
  const file = { asOf: '2024-06-30', person: { id: '甲', history: [] }, activities: [activity], ...facts };
  const parsed = parseFacts(JSON.stringify(file), rules);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return explainFacts(parsed.facts, evaluateFacts(parsed.facts, rules), rules, language);
};

describe('the explanation of a result', () => {
  it('names the reading in use of every open point', () => {
    const settings = { x: { question: '算不算？', options: { a: '算', b: '不算' }, chosen: 'a' } };
    const earn = [
      { id: 'class', clause: '一', if: { x: 'a' }, kinds: 'class', earns: [{ measure: 'hours', flat: 1 }] },
    ];
    const rules = sample({ settings, earn });
    expect(explained(rules, {})).toContain('待定：算不算？按“算”');
    expect(explained({ ...rules, settings: { x: { ...settings.x, chosen: 'b' } } }, {})).toContain(
      '待定：算不算？按“不算”',
    );
  });

  it('takes as many steps as there are activities, not as many for each of them', () => {
    const rules = sample();
    const activities = Array.from({ length: 40 }, (_, index) => ({
      ...activity,
      id: `a${index}`,
      title: '班',
    }));
    const parsed = parseFacts(
      JSON.stringify({ asOf: '2024-06-30', person: { id: '甲', history: [] }, activities }),
      rules,
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    let reads = 0;
    const result = evaluateFacts(parsed.facts, rules);
    const settlements = result.settlements.map(({ explanations, ...rest }) => ({
      ...rest,
      get explanations(): typeof explanations {
        reads += 1;
        return explanations;
      },
    }));
    const lines = explainFacts(parsed.facts, { ...result, settlements }, rules);
    expect(lines.filter((line) => line.includes('《班》'))).toHaveLength(40);
    expect(reads).toBe(40);
  });

  it('goes through the periods in order of time', () => {
    const lines = explained(target(), { asOf: '2025-06-30' });
    expect(lines.flatMap((line) => /^年度任务 (\d+)/.exec(line)?.[1] ?? [])).toEqual([
      '2023',
      '2024',
      '2025',
    ]);
  });

  it('says of a missed period that nothing was recorded in it', () => {
    const lines = explained(target({ needs: { atLeast: 20 } }), { asOf: '2025-06-30' });
    expect(lines).toContain('年度任务 2023（2023-01-01 至 2023-12-31）：没有完成（一）');
    expect(lines).toContain('年度任务 2024（2024-01-01 至 2024-12-31）：没有完成，这一期没有录入活动（一）');
    expect(lines).toContain('年度任务 2025（2025-01-01 至 2025-12-31）：未完成，周期未结束（一）');
  });

  it('says of a missed period whose activities do not count that they were recorded, and why they do not', () => {
    const from = '2024-07-01';
    const rules = target({ needs: { atLeast: 20 } }, { effective: { from } });
    const person = { id: '甲', history: [{ from: '2024-01-01', roles: ['教师'] }] };
    const early = { id: 'early', kind: 'class', occurredOn: '2024-03-05', classHours: 8 };
    const saidOf2024 = (...activities: object[]): string | undefined =>
      explained(rules, { asOf: '2025-06-30', person, activities }).find((line) =>
        line.startsWith('年度任务 2024'),
      );
    expect(saidOf2024(early)).toBe(
      '年度任务 2024（2024-01-01 至 2024-12-31）：没有完成，这一期录入的活动都不计入：不在办法的有效期内（自 2024-07-01 起）（一）',
    );
    expect(saidOf2024(early, { id: 'late', kind: 'class', occurredOn: '2024-09-05' })).toContain(
      '没有完成，这一期录入的活动都不计入：原因见“不计入”（一）',
    );
  });

  it('names the reason of a refusal only for a target that the activity might have counted for', () => {
    const rules = sample({
      measures: { hours: '学时', online: '网络学时' },
      kinds: { class: '培训', lesson: '网课' },
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          gates: [{ clause: '一', must: { days: { atLeast: 2 } } }],
          earns: [{ measure: 'hours', flat: 1 }],
        },
        { id: 'lesson', clause: '一', kinds: 'lesson', earns: [{ measure: 'online', flat: 1 }] },
      ],
      totals: { all: { name: '合计', clause: '一', measure: 'hours', add: [{ kind: 'class' }] } },
      targets: [
        ['hall', { measure: 'hours', atLeast: 10 }],
        ['sum', { total: 'all', atLeast: 10 }],
        ['net', { measure: 'online', atLeast: 10 }],
      ].map(([id, needs]) => ({ id, name: id, clause: '一', cycle: 'year', needs })),
    });
    const person = { id: '甲', history: [{ from: '2023-01-01', roles: ['教师'] }] };
    const short = { id: 'short', kind: 'class', occurredOn: '2023-05-01', days: 1 };
    const lines = explained(rules, { person, activities: [short] });
    const [hall, sum, net] = ['hall', 'sum', 'net'].map((name) =>
      lines.find((line) => line.startsWith(`${name} 2023`)),
    );
    expect(hall).toContain('没有完成，这一期录入的活动都不计入：没有达到条件：天数 1，要求 ≥ 2');
    expect(sum).toContain('没有完成，这一期录入的活动都不计入：没有达到条件：天数 1，要求 ≥ 2');
    expect(net).toBe('net 2023（2023-01-01 至 2023-12-31）：没有完成（一）');
  });

  it('asks for one activity, by what it must meet, where anything above nothing will do', () => {
    const once = (more: object): Regulation => target({ needs: { ...more, above: 0 } });
    const long = once({ name: '长期培训', where: { days: { atLeast: 10 } } });
    expect(explained(long, {})).toContain('  至少还需 一次活动（天数 ≥ 10）（长期培训）');
    expect(explained(once({ kind: 'class' }), {})).toContain('  至少还需 一次活动（培训）');
    expect(explained(long, {}).join()).not.toContain('0.01');
    expect(explained(long, {}, 'en')).toContain('  at least one activity (days ≥ 10) (长期培训) to go');
    const named = once({ kind: 'class', where: { days: { atLeast: 10 } } });
    expect(explained(named, {})).toContain('  至少还需 一次活动（天数 ≥ 10）（培训）');
    expect(explained(named, {}, 'en')).toEqual(
      expect.arrayContaining([
        '  培训 (days ≥ 10) 0, required > 0 学时 ✗',
        '  at least one activity (days ≥ 10) (培训) to go',
      ]),
    );
  });

  it('tells amounts of one activity apart by their rules where nothing else does', () => {
    const worth = { measure: 'hours', flat: 1 };
    const earn = [
      { id: 'basic', clause: '一', kinds: 'class', earns: [worth] },
      { id: 'extra', name: '加计', clause: '一', kinds: 'class', earns: [{ ...worth, flat: 2 }] },
      { id: 'other', clause: '二', kinds: 'class', earns: [worth] },
    ];
    const headings = (language?: 'en'): string[] =>
      explained(sample({ earn }), {}, language).filter((line) => line.startsWith('  2023-05-01'));
    expect(headings()).toEqual([
      '  2023-05-01 培训 a：1 学时，按“basic”（一）',
      '  2023-05-01 培训 a：2 学时，按“加计”（一）',
      '  2023-05-01 培训 a：1 学时（二）',
    ]);
    expect(headings('en')[1]).toBe('  2023-05-01 培训 a: 2 学时, by “加计” (一)');
  });

  it('does not say of what is over and had its periods that it does not apply', () => {
    const rules = target(
      { cycle: 'plan' },
      { cycles: { plan: { windows: [{ from: '2023-01-01', to: '2023-12-31' }] } } },
    );
    expect(explained(rules, {}).filter((line) => line.includes('不适用'))).toEqual([]);
    expect(explained(rules, { activities: [], asOf: '2024-06-30' })).toContain(
      '年度任务：不适用，评价日不在任何一期之内（一）',
    );
  });

  it('says that what does not apply any more had its periods', () => {
    const person = { id: '甲', history: [{ from: '2023-01-01', to: '2023-12-31' }] };
    expect(explained(target(), { person })).toContain(
      '年度任务：以前各期见上，现在不适用，评定那天不在岗（履历没有包括那天）（一）',
    );
  });

  it('says from and until when a target is in force', () => {
    const why = (inForce: object): unknown =>
      explained(target({ inForce }), { activities: [] }).find((line) => line.includes('不适用'));
    expect(why({ from: '2030-01-01' })).toBe('年度任务：不适用，这条规定自 2030-01-01 起有效（一）');
    expect(why({ from: '2020-01-01', to: '2020-12-31' })).toBe(
      '年度任务：不适用，这条规定自 2020-01-01 起、到 2020-12-31 为止有效（一）',
    );
  });

  it('says of a relief which circumstances it is for, with their days', () => {
    const relief = [
      { clause: '二', when: { circumstance: ['病假', '挂职'], months: 6 }, times: '1/2' },
      { clause: '三', when: { circumstance: '病假' }, less: 1 },
    ];
    const circumstances = [
      { kind: '病假', from: '2023-11-01', to: '2024-02-29' },
      { kind: '挂职', from: '2024-03-01' },
      { kind: '病假', from: '2024-04-01', to: '2024-04-30', approved: false },
      { kind: '病假', from: '2022-01-01', to: '2022-12-31' },
    ];
    const person = { id: '甲', history: [{ from: '2024-01-01' }], circumstances };
    const lines = explained(target({ relief }), { person, asOf: '2024-12-31' });
    expect(lines.filter((line) => line.includes('减免'))).toEqual([
      '  减免：乘以 0.5，因为病假、挂职累计满 6 个月：病假 2023-11-01 至 2024-02-29，挂职 2024-03-01 起（二）',
      '  减免：减少 1，因为病假：2023-11-01 至 2024-02-29（三）',
    ]);
  });

  it('says of proportion and reliefs what rounding made of an amount, by its name where of several', () => {
    const round = { to: 1, mode: 'up' };
    const person = {
      id: '甲',
      history: [{ from: '2024-06-01' }],
      circumstances: [{ kind: '病假', from: '2024-08-01', to: '2024-09-30' }],
    };
    const notes = (needs: object, relief: object, language?: 'en'): string[] => {
      const reliefs = [{ clause: '二', when: { circumstance: '病假' }, ...relief }];
      const rules = target({ needs, prorate: { by: 'months', round }, relief: reliefs });
      return explained(rules, { person, asOf: '2024-12-31' }, language).filter((line) =>
        /减免|relief/.test(line),
      );
    };
    const one = { atLeast: 32 };
    const per = { less: 1.2, per: 'circumstance', round };
    expect(notes(one, per)).toEqual([
      '  减免：按 12 个月中的 7 个月折算（≈ 18.6667 → 19）（一）',
      '  减免：减少 1.2（17.8 → 18），因为病假：2024-08-01 至 2024-09-30（二）',
    ]);
    expect(notes(one, { times: 0 }, 'en').at(-1)).toContain('relief: not asked for, for 病假');
    const two = {
      allOf: [
        { id: 'a', name: '总学时', atLeast: 32 },
        { kind: 'class', atLeast: 12 },
        { id: 'b', kind: 'class', atLeast: 13 },
      ],
    };
    expect(notes(two, { times: 0 })).toEqual([
      '  减免：按 12 个月中的 7 个月折算（“总学时” ≈ 18.6667 → 19，“培训” ≈ 7.5834 → 8）（一）',
      '  减免：不作要求，因为病假：2024-08-01 至 2024-09-30（二）',
    ]);
  });

  it('says once what cannot be decided, however often it is looked at', () => {
    const relief = [55, 60].map((age) => ({
      clause: '二',
      when: { person: { age: { atLeast: age } } },
      less: 1,
    }));
    const lines = explained(target({ relief }), { person: { id: '甲', history: [{ from: '2024-01-01' }] } });
    expect(lines.filter((line) => line.includes('没有记录'))).toEqual([
      '  没有记录出生日期，不能判断是否减免，先按不减免算（二）',
    ]);
  });

  it('tells one effect of reliefs: the exemption alone, and of lower amounts only those asked of the person', () => {
    const groups = {
      full: { name: '专职', where: { role: '专职' } },
      part: { name: '兼职', where: { role: '兼职' } },
    };
    const allOf = [
      { id: 'f', name: '专职学时', groups: 'full', atLeast: 40 },
      { id: 'p', name: '兼职学时', groups: 'part', atLeast: 24 },
    ];
    const lowered = [
      { clause: '二', when: { circumstance: '病假' }, to: 20, amounts: 'f' },
      { clause: '二', when: { circumstance: '病假' }, to: 10, amounts: 'p' },
    ];
    const person = {
      id: '甲',
      history: [{ from: '2024-01-01', roles: ['专职'] }],
      circumstances: [{ kind: '病假', from: '2024-03-01', to: '2024-03-31' }],
    };
    const said = (relief: readonly object[]): string[] =>
      explained(target({ needs: { allOf }, relief }, { groups }), { person, asOf: '2024-12-31' }).filter(
        (line) => line.includes('减免'),
      );
    const because = '因为病假：2024-03-01 至 2024-03-31';
    expect(said(lowered)).toEqual([`  减免：“专职学时”减为 20，${because}（二）`]);
    expect(said([...lowered, { clause: '三', when: { circumstance: '病假' }, exempt: true }])).toEqual([
      `  减免：免除，${because}（三）`,
    ]);
  });

  it('says once that a kind is full, whatever number of limits of the clause are', () => {
    const caps = [6, 5].map((atMost) => ({
      clause: '二',
      name: `每年 ${atMost}`,
      counts: {},
      atMost,
      per: 'year',
    }));
    const activities = [{ id: 'a', kind: 'class', occurredOn: '2024-05-20', classHours: 9 }];
    const lines = explained(target({}, { caps }), { activities });
    expect(lines.filter((line) => line.includes('已到上限'))).toEqual([
      '  培训已到上限，单靠它再学不会增加（二）',
    ]);
  });

  it('says of an entry that it lies in no cycle of a target that applies', () => {
    const groups = { heads: { name: '校长', where: { role: '校长' } } };
    const person = { id: '甲', history: [{ from: '2020-01-01' }, { from: '2024-01-01', roles: ['校长'] }] };
    const activities = ['2023-05-06', '2024-05-06'].map((occurredOn) => ({
      ...activity,
      id: occurredOn,
      occurredOn,
    }));
    const told = (rules: Regulation): string[] =>
      explained(rules, { person, activities }).filter((line) => line.includes('不在任何'));
    expect(told(target({ groups: 'heads' }, { groups }))).toEqual([
      '    2023-05-06 不在任何适用的任务的周期内',
    ]);
    expect(told(target())).toEqual([]);
    expect(told(sample())).toEqual([]);
    const hours = [{ measure: 'hours', rate: 1, of: 'classHours' }];
    const earn = [{ id: 'c', clause: '一', kinds: 'class', earns: hours, spread: { over: 'days' } }];
    const days = [{ ...activity, occurredOn: undefined, from: '2023-05-06', to: '2023-05-08' }];
    const lines = explained(target({ groups: 'heads' }, { groups, earn }), { person, activities: days });
    expect(lines.filter((line) => line.includes('不在任何'))).toEqual([
      '    2023-05-06、2023-05-07、2023-05-08 不在任何适用的任务的周期内',
    ]);
  });

  it('tells what one limit took from days that follow each other once, with the sum', () => {
    const hours = [{ measure: 'hours', rate: 1, of: 'classHours' }];
    const earn = [{ id: 'c', clause: '一', kinds: 'class', earns: hours, spread: { over: 'days' } }];
    const caps = [
      { clause: '一', counts: {}, atMost: 9, per: 'day' },
      { clause: '二', name: '每月', counts: {}, atMost: 12, per: 'month' },
    ];
    const days = [
      { ...activity, classHours: 50, occurredOn: undefined, from: '2023-04-27', to: '2023-05-01' },
    ];
    const cuts = explained(sample({ earn, caps }), { activities: days }).filter((line) =>
      line.includes('少计'),
    );
    expect(cuts.filter((line) => !line.includes('上限 9'))).toEqual([
      '    2023-04-28 至 2023-04-30 每月：最多 12 学时，此前已计 9 学时，本次少计 24 学时（二）',
    ]);
    expect(cuts.filter((line) => line.includes('上限 9'))).toHaveLength(5);
  });

  it('says of an activity once that a gate is passed, and once in all where nothing is recorded', () => {
    const earn = [
      {
        id: 'c',
        clause: '一',
        kinds: 'class',
        gates: [
          { clause: '一', must: { classHours: { atLeast: 4 } } },
          { clause: '一', must: { not: { 逾期: { above: 15 } } } },
        ],
        earns: [
          { measure: 'hours', rate: 1, of: 'classHours' },
          { measure: 'days', flat: 1 },
        ],
      },
    ];
    const rules = sample({
      earn,
      measures: { hours: '学时', days: '天' },
      facts: { 逾期: { name: '逾期天数', filedAfter: 'year' } },
    });
    const filed = { ...activity, id: 'c', filedOn: '2024-01-03' };
    const lines = explained(rules, { activities: [activity, { ...activity, id: 'b' }, filed] });
    expect(lines.filter((line) => line.endsWith('✓'))).toEqual([
      '    学时数 12，要求 ≥ 4 ✓',
      '    逾期天数 没有记录，要求不是“> 15” ✓',
      '    学时数 12，要求 ≥ 4 ✓',
      '    学时数 12，要求 ≥ 4 ✓',
      '    逾期天数 3，要求不是“> 15” ✓',
    ]);
  });

  it('leaves one empty line between its parts, also where nothing was done', () => {
    const text = explained(target(), { activities: [], asOf: '2023-12-31' }).join('\n');
    expect(text).toContain('学时\n\n条文：');
  });

  it('says of a making-up how much was made up, not what else was done in its time', () => {
    const rules = target({ makeUp: { clause: '二', after: 'cycle', months: 12 } });
    const activities = [
      { ...activity, classHours: 2 },
      { ...activity, id: 'b', occurredOn: '2024-05-01', classHours: 30 },
    ];
    const lines = explained(rules, { activities });
    expect(lines).toContain('年度任务（补 2023）（2024-01-01 至 2024-12-31）：已完成（一）');
    expect(lines).toContain('  学时 补足 10，要求 ≥ 10 学时 ✓');
    const few = explained(rules, { activities: [activities[0], { ...activities[1], classHours: 4 }] });
    expect(few).toContain('  学时 补足 4，要求 ≥ 10 学时 ✗');
  });

  it('says of a making-up which activities alone count for it, until it is done', () => {
    const earns = [{ measure: 'hours', rate: 1, of: 'classHours' }];
    const earn = [{ id: 'all', clause: '一', kinds: ['class', 'talk'], earns }];
    const counts = { kind: 'talk', where: { days: { atLeast: 3 } } };
    const rules = target({ makeUp: { clause: '二', after: 'cycle', months: 12, counts } }, { earn });
    const file = { activities: [{ ...activity, classHours: 2 }], asOf: '2024-03-31' };
    expect(explained(rules, file)).toContain('  补学只计：讲座（天数 ≥ 3）（二）');
    expect(explained(rules, file, 'en')).toContain(
      '  only this counts for making it up: 讲座 (days ≥ 3) (二)',
    );
    expect(explained(rules, file, 'en')).toContain('  at least 10 学时 to go');
    const talk = { ...activity, id: 'b', kind: 'talk', occurredOn: undefined, classHours: 10 };
    const dates = ['2024-03-01', '2024-03-02', '2024-03-03'];
    const done = explained(rules, { ...file, activities: [...file.activities, { ...talk, dates, days: 3 }] });
    expect(done).toContain('年度任务（补 2023）（2024-01-01 至 2024-12-31）：已完成（一）');
    expect(done.join()).not.toContain('补学只计');
    const any = target({ makeUp: { clause: '二', after: 'cycle', months: 12 } }, { earn });
    expect(explained(any, file).join()).not.toContain('补学只计');
  });

  it('says of a share what counts for it, and of the whole that anything else may add to it', () => {
    const needs = {
      allOf: [
        { id: '总', name: '总学时', atLeast: 90 },
        { id: '占比', name: '讲座占比', kind: 'talk', atLeastShare: '2/3', of: {} },
      ],
    };
    const hours = [{ measure: 'hours', rate: 1, of: 'classHours' }];
    const earn = [{ id: 'all', clause: '一', kinds: ['class', 'talk'], earns: hours }];
    const makeUp = { clause: '二', after: 'cycle', months: 12 };
    const rules = target({ needs, makeUp }, { earn });
    const lines = explained(rules, { activities: [activity] });
    expect(lines).toEqual(
      expect.arrayContaining([
        '  总学时 补足 0，要求 ≥ 78 学时 ✗；讲座 补足 0，要求 ≥ 60 学时 ✗',
        '  至少还需 60 学时（讲座），此外任何 30 学时',
      ]),
    );
    const later = { ...activity, id: 'b', kind: 'talk', occurredOn: '2024-03-01', classHours: 78 };
    expect(explained(rules, { activities: [activity, later] }).join('\n')).toContain(
      '另有 总学时 78 学时、讲座 78 学时用于补足 2023 年度',
    );
    expect(explained(rules, { activities: [] }, 'en')).toContain(
      '  at least 60 学时 (讲座), and any other 30 学时 to go',
    );
  });

  it('shows of an entry what the requirement tests', () => {
    const rules = target({ needs: { where: { mode: 'hall', subject: '公需' }, atLeast: 12 } });
    const lines = explained(rules, {
      activities: [{ ...activity, mode: 'online', subject: '公需' }],
    });
    expect(lines).toContain('    参加方式 线上，成果或课目 公需');
  });

  it('shows what of a spread amount lies in which year', () => {
    const rules = sample({
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
          spread: { over: 'years', years: 2 },
        },
      ],
    });
    expect(explained(rules, {})).toContain('    其中 2023 年 6、2024 年 6');
  });

  it('asks of what is made up only for what was missing', () => {
    const needs = {
      allOf: [
        { id: 'all', name: '总数', atLeast: 20 },
        { id: 'class', kind: 'class', atLeast: 12 },
      ],
    };
    const rules = target({ needs, makeUp: { clause: '二', after: 'cycle', months: 3 } });
    const lines = explained(rules, { asOf: '2024-02-01' });
    expect(lines).toContain('  总数 补足 0，要求 ≥ 8 学时 ✗');
    expect(lines.join()).not.toContain('≥ 0 学时');
  });

  it('says of a relief for each circumstance for which one it is', () => {
    const when = { circumstance: '产假', months: 2 };
    const circumstances = [
      { kind: '产假', from: '2024-01-01', to: '2024-03-31' },
      { kind: '产假', from: '2024-10-01', to: '2024-12-31' },
    ];
    const person = { id: '甲', history: [], circumstances };
    const relief = [{ clause: '二', when, less: 2, per: 'circumstance' }];
    const lines = explained(target({ relief }), { person, asOf: '2024-12-31' });
    expect(lines.filter((line) => line.includes('减免'))).toEqual([
      '  减免：减少 2，因为产假满 2 个月：2024-01-01 至 2024-03-31（二）',
      '  减免：减少 2，因为产假满 2 个月：2024-10-01 至 2024-12-31（二）',
    ]);
  });

  it('says where no time is left to make up', () => {
    const makeUp = { clause: '三', after: 'cycle', until: 'two' };
    const cycles = { year: { from: '2020-01-01', months: 12 }, two: { from: '2020-01-01', months: 24 } };
    const file = { person: { id: '甲', history: [] }, activities: [activity], asOf: '2025-12-31' };
    expect(explained(target({ makeUp }, { cycles }), file)).toContain('  这一期结束后没有补足的时间（三）');
    expect(explained(target({ makeUp }, { cycles }), file, 'en')).toContain(
      '  no time is left to make it up after this cycle (三)',
    );
  });

  it('says how long a consequence lasts, and that it is over', () => {
    const lasting = {
      english: { 取消评优资格: 'No awards' },
      consequences: [
        {
          id: 'c',
          says: '取消评优资格',
          clause: '三',
          lasts: { months: 12 },
          when: { target: 't', is: 'missed' },
        },
      ],
    };
    const file = {
      person: { id: '甲', history: [{ from: '2023-01-01' }] },
      activities: [],
      asOf: '2025-06-30',
    };
    expect(explained(target({}, lasting), file)).toEqual(
      expect.arrayContaining([
        '提示（2023，年度任务）：取消评优资格，自 2024-01-01 起，到 2024-12-31 已满（三）',
        '提示（2024，年度任务）：取消评优资格，自 2025-01-01 起，到 2025-12-31 为止（三）',
      ]),
    );
    expect(explained(target({}, lasting), file, 'en')).toEqual(
      expect.arrayContaining([
        'Note (2023, 年度任务): No awards, from 2024-01-01 until 2024-12-31, now over (三)',
        'Note (2024, 年度任务): No awards, from 2025-01-01 until 2025-12-31 (三)',
      ]),
    );
    expect(explained(target({}, lasting), { ...file, asOf: '2024-12-31' })).toContain(
      '提示（2023，年度任务）：取消评优资格，自 2024-01-01 起，到 2024-12-31 为止（三）',
    );
  });

  it('says once what follows from several targets, and from which', () => {
    const rules = sample({
      targets: ['甲任务', '乙任务'].map((name) => ({
        id: name,
        name,
        clause: '一',
        cycle: 'year',
        needs: { measure: 'hours', atLeast: 12 },
      })),
      english: { 甲任务: 'Target A' },
      consequences: ['甲任务', '乙任务'].map((name) => ({
        id: 'c',
        says: '不评优',
        clause: '三',
        when: { target: name, is: 'missed' },
      })),
    });
    const file = { person: { id: '甲', history: [{ from: '2023-01-01' }] }, activities: [] };
    const notes = (language?: 'en') =>
      explained(rules, file, language).filter((line) => line.includes('不评优'));
    expect(notes()).toEqual(['提示（2023，甲任务、乙任务）：不评优（三）']);
    expect(notes('en')).toEqual(['Note (2023, Target A, 乙任务): 不评优 (三)']);
  });

  it('dates a consequence of rolling months by the day on which it was drawn', () => {
    const rolling = {
      cycles: { year: { from: '2020-01-01', months: 12 }, any: { lastMonths: 12 } },
      ratings: [
        { id: 'r', name: '多', clause: '二', cycle: 'any', of: {}, bands: [{ above: 0, rating: '有' }] },
      ],
      consequences: [{ id: 'c', says: '通报', clause: '三', when: { rating: 'r', is: '有', at: 'once' } }],
    };
    const file = { person: { id: '甲', history: [] }, activities: [activity], asOf: '2026-06-30' };
    expect(explained(target({}, rolling), file)).toContain(`提示（${activity.occurredOn}，多）：通报（三）`);
  });

  it('names the condition of a relief that was met', () => {
    const reliefs = [
      { when: { circumstance: ['病假', '产假'], months: 3, unbroken: true }, times: '1/2' },
      { when: { person: { not: { age: { below: 58 } } } }, less: 1 },
      { when: { earned: { atLeast: 12 }, cycle: 'previous' }, less: 1 },
      { when: { earned: { atLeast: 0, id: 'n' }, cycle: 'previous', inARow: 2 }, less: 1 },
      { when: { earned: { atLeast: 0, id: 'o' } }, less: 1 },
    ];
    const rules = target({ relief: reliefs.map((relief) => ({ clause: '二', ...relief })) });
    const person = {
      id: '甲',
      history: [],
      birthDate: '1960-01-01',
      employedOn: '2020-01-01',
      circumstances: [{ kind: '产假', from: '2024-01-01', to: '2024-05-31' }],
    };
    const file = { asOf: '2024-12-31', person, activities: [activity] };
    const lines = explained(rules, file);
    expect(lines).toEqual(
      expect.arrayContaining([
        '  减免：乘以 0.5，因为病假、产假连续满 3 个月：产假 2024-01-01 至 2024-05-31（二）',
        '  减免：减少 1，因为不是（年龄（周岁） < 58）（二）',
        '  减免：减少 1，因为上一周期全部 ≥ 12 学时（二）',
        '  减免：减少 1，因为此前连续 2 个周期全部 ≥ 0 学时（二）',
        '  减免：减少 1，因为本周期全部 ≥ 0 学时（二）',
      ]),
    );
    const parsed = parseFacts(JSON.stringify(file), rules);
    if (!parsed.ok) throw new Error('facts');
    const [result] = evaluateFacts(parsed.facts, rules).evaluation?.targets ?? [];
    if (!result) throw new Error('target');
    expect(targetNotes(result, rules).map(({ sentence }) => sentence.en)).toEqual([
      'relief: times 0.5, for 病假 or 产假 in one spell of at least 3 months: 产假 2024-01-01 to 2024-05-31',
      'relief: 1 less, for not (age in years < 58)',
      'relief: 1 less, for what was earned of “学时” in the cycle before',
      'relief: 1 less, for what was earned of “学时” in 2 cycles before',
      'relief: 1 less, for what was earned of “学时” in this cycle',
    ]);
  });

  it('in English has no Chinese but what the author wrote', () => {
    const rules = target(
      {
        name: 'Year',
        needs: {
          allOf: [
            { id: 'all', name: 'All', atLeast: 20 },
            { id: 'half', name: 'Talks', kind: 'talk', atLeastShare: '1/2', of: {} },
          ],
        },
        makeUp: { clause: 'C', after: 'cycle', months: 12 },
        clause: 'A',
      },
      {
        title: 'Rules',
        clauses: { A: 'Twenty hours.', B: 'Classes, at least four hours.', C: 'One year to make up.' },
        measures: { hours: 'hours' },
        kinds: { class: 'Class', talk: 'Talk' },
        settings: { x: { question: 'Which?', options: { a: 'This one', b: 'The other' }, chosen: 'a' } },
        earn: [
          {
            id: 'class',
            clause: 'B',
            kinds: ['class', 'talk'],
            if: { x: 'a' },
            gates: [{ clause: 'B', must: { classHours: { atLeast: 4 } } }],
            earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
            spread: { over: 'days' },
          },
        ],
        caps: [{ clause: 'B', counts: { kind: 'class' }, atMost: 10, per: 'year' }],
      },
    );
    const activities = [
      { ...activity, title: 'Law' },
      { ...activity, id: 'b', classHours: 2 },
      { ...activity, id: 'c', occurredOn: undefined, from: '2024-05-01', to: '2024-05-03', mode: 'hall' },
      { ...activity, id: 'd', occurredOn: '2025-05-01' },
    ];
    const lines = explained(rules, { person: { id: 'P', history: [] }, activities }, 'en');
    expect(lines.filter((line) => /[\p{Script=Han}：，（）]/u.test(line))).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Rules (version 1), as of 2024-06-30',
        'Open point: Which? Read as “This one”',
        'Year 2023 (2023-01-01 to 2023-12-31): missed (A)',
        'Year 2024 (2024-01-01 to 2024-12-31): not met, the cycle still runs (A)',
        '  2023-05-01 Class a “Law”: 10 hours (B)',
        'Does not count:',
        'Recorded after the day of evaluation, not looked at:',
        '  B: Classes, at least four hours.',
      ]),
    );
  });
});
