import { describe, expect, it } from 'vitest';
import { regulationSchema, sectionName, type Regulation } from '../credit';
import {
  clauseData,
  compareRegulations,
  firstFacts,
  isSecondPerson,
  runFacts,
  stateOn,
  sharedDifferences,
  tellDifferences,
  type ToldDifference,
} from './index';

const rules = (change: object = {}): Regulation =>
  regulationSchema.parse({
    format: 1,
    id: 'x',
    version: 1,
    title: '办法',
    source: { issuer: '某市', title: '办法', grade: 'M' },
    effective: { from: '2026-01-01' },
    clauses: { 第一条: '每天计 1 天。', 第十一条: '每天最多 1 天。', 第三条: '应当认真学习。' },
    measures: { days: '天' },
    kinds: { session: '课' },
    earn: [
      { id: 'a', clause: '第一条', kinds: 'session', earns: [{ measure: 'days', rate: 1, of: 'days' }] },
    ],
    caps: [{ clause: '第十一条', counts: { measure: 'days' }, per: 'day', atMost: 1 }],
    ...change,
  });

describe('clauses beside their data', () => {
  it('gives each line to the clause it names and to no other', () => {
    const { clauses } = clauseData(rules());
    expect(clauses.map(({ number, lines }) => [number, lines.map(({ section }) => section)])).toEqual([
      ['第一条', ['计入']],
      ['第十一条', ['上限']],
      ['第三条', []],
    ]);
  });

  it('keeps what stands under no clause', () => {
    expect(clauseData(rules({ english: { 天: 'days' } })).rest.slice(0, 2)).toEqual([
      { section: '计量', line: '天', english: 'days' },
      { section: '活动种类', line: '课', english: '' },
    ]);
    expect(clauseData(rules()).rest.map(({ section }) => sectionName(section).en)).toEqual([
      'Measures',
      'Kinds of activities',
    ]);
  });

  it('shows a condition under each rule that has it, and once where the rules stand elsewhere', () => {
    const gates = [
      { clause: '第一条', must: { approved: true } },
      { clause: '第三条', must: { passed: true } },
    ];
    const earn = ['a', 'b'].map((id, index) => ({
      id,
      clause: '第一条',
      kinds: 'session',
      where: { mode: index === 0 ? 'hall' : 'online' },
      gates,
      earns: [{ measure: 'days', rate: 1, of: 'days' }],
    }));
    const [first, , third] = clauseData(rules({ earn })).clauses;
    const approved = '须 审核通过，否则不计入（第一条）';
    expect(first?.lines.map(({ line }) => line)).toEqual([
      '课，参加方式为“现场”（第一条）：天数 × 1 天',
      approved,
      '课，参加方式为“线上”（第一条）：天数 × 1 天',
      approved,
    ]);
    expect(third?.lines.map(({ line }) => line)).toEqual(['须 考试合格，否则不计入（第三条）']);
  });

  it('compares clause by clause, in words and in data', () => {
    const left = rules();
    const right = rules({
      version: 2,
      clauses: { 第一条: '每天计 1 天。', 第十一条: '每天最多 1 天。', 第四条: '新的一条。' },
      caps: [{ clause: '第十一条', counts: { measure: 'days' }, per: 'day', atMost: 2 }],
    });
    const { clauses } = compareRegulations(left, right);
    expect(clauses.map(({ number, change }) => [number, change])).toEqual([
      ['第一条', 'same'],
      ['第十一条', 'changed'],
      ['第四条', 'added'],
      ['第三条', 'removed'],
    ]);
    expect(compareRegulations(left, left).clauses.every(({ change }) => change === 'same')).toBe(true);
  });
});

describe('facts that are tried', () => {
  const facts = (days: number) =>
    JSON.stringify({
      asOf: '2026-12-31',
      person: { id: '甲', history: [] },
      activities: [{ id: '1', kind: 'session', occurredOn: '2026-03-02', days }],
    });

  it('give sentences, and a report that does not name the version', () => {
    const [one, two] = [runFacts(rules(), facts(1)), runFacts(rules({ version: 2 }), facts(1))];
    expect(one.ok && one.told.zh).toContain('截至 2026-12-31');
    expect(one.ok && one.told.en).toContain('as of 2026-12-31');
    expect(one.ok && two.ok && one.report === two.report).toBe(true);
  });

  it('begin with an activity of the regulation, on a day on which it is in force', () => {
    const renamed = rules({
      kinds: { 讲座: '讲座' },
      earn: [{ ...rules().earn[0]!, kinds: '讲座' }],
      effective: { from: '2027-03-01', to: '2029-06-30' },
    });
    for (const [today, day] of [
      ['2026-11-18', '2027-03-01'],
      ['2028-02-03', '2028-02-03'],
      ['2031-01-01', '2029-06-30'],
    ] as const) {
      const run = runFacts(renamed, firstFacts(renamed, today));
      expect(run.ok && run.told.zh).toContain(`${day} 讲座 课1：0.5 天（第一条）`);
    }
    expect(firstFacts(rules(), '2026-11-18')).toContain('"kind": "session"');
  });

  it('are refused line by line', () => {
    const run = runFacts(rules(), '{\n"asOf": "2026-12-31"\n}');
    expect(!run.ok && run.errors.length).toBeGreaterThan(0);
  });
});

describe('what two results of an example differ in', () => {
  const facts = JSON.stringify({
    asOf: '2026-06-30',
    person: { id: '甲', history: [{ from: '2022-01-01', roles: ['教师'] }] },
    activities: [
      { id: '课1', kind: 'session', occurredOn: '2025-03-02', days: 0.5 },
      { id: '课2', kind: 'session', occurredOn: '2026-03-02', days: 1 },
    ],
  });
  const yearly = (atLeast: number, change: object = {}): Regulation =>
    rules({
      effective: { from: '2022-01-01' },
      english: { 年度任务: 'Yearly target', 天: 'days' },
      cycles: { year: { from: '2020-01-01', months: 12 } },
      targets: [{ id: 'y', name: '年度任务', clause: '第三条', cycle: 'year', needs: { atLeast } }],
      consequences: [{ id: 'talk', says: '约谈', clause: '第三条', when: { target: 'y', is: 'missed' } }],
      ...change,
    });
  const reportOfRun = (regulation: Regulation): unknown => {
    const run = runFacts(regulation, facts);
    if (!run.ok) throw new Error(run.errors.map(({ sentence }) => sentence).join());
    return JSON.parse(run.report);
  };
  const told = (was: Regulation, is: Regulation): string[] =>
    tellDifferences(reportOfRun(was), reportOfRun(is), is).map(
      ({ about, cycles, was: before, is: after }) =>
        `${about.map(({ zh }) => zh).join(' › ')} [${cycles.join('、')}] ${before.zh} → ${after.zh}`,
    );

  it('is nothing where only the version is another', () => {
    expect(told(yearly(2), yearly(2, { version: 2 }))).toEqual([]);
  });

  it('is said once for all years, by the names of the regulation, without what follows from it', () => {
    expect(told(yearly(2), yearly(3))).toEqual(['年度任务 › 天 › 要求 [2022–2026] 2 天 → 3 天']);
    const [line] = tellDifferences(reportOfRun(yearly(2)), reportOfRun(yearly(3)), yearly(3));
    expect(line).toMatchObject({
      about: [{ en: 'Yearly target' }, { en: 'days' }, { en: 'required' }],
      is: { en: '3 days' },
    });
  });

  it('names results, consequences, and what an activity counts for', () => {
    const half = { earn: [{ ...yearly(1).earn[0]!, earns: [{ measure: 'days', rate: 2, of: 'days' }] }] };
    expect(told(yearly(1), yearly(1, half))).toEqual([
      '年度任务 › 结果 [2025] 未达标 → 达标',
      '年度任务 › 天 › 已有 [2025] 0.5 天 → 1 天',
      '约谈 [2025] 有 → 没有',
      '课 课1 › 天 › 计入 [] 0.5 天 → 1 天',
    ]);
  });

  it('says until when a consequence lasts', () => {
    const lasting = (months: number): Regulation =>
      yearly(1, {
        consequences: [{ ...yearly(1).consequences![0]!, lasts: { months } }],
      });
    expect(told(lasting(6), lasting(12)).at(-1)).toBe('约谈 [2025] 到 2026-06-30 为止 → 到 2026-12-31 为止');
  });

  it('says of what is no longer asked that it does not apply, and of what is refused why', () => {
    expect(told(yearly(2), yearly(2, { targets: [], consequences: [] }))).toContain(
      '年度任务 › 结果 [2022–2025] 未达标 → 不适用',
    );
    const gates = [{ clause: '第三条', must: { days: { atLeast: 1 } } }];
    const lines = told(yearly(2), yearly(2, { earn: [{ ...yearly(2).earn[0]!, gates }] }));
    expect(lines).toContain('课 课1 › 天 › 计入 [] 0.5 天 → 不计入');
    expect(lines.at(-1)).toMatch(/^课 课1 › 没有计入的原因 \[\] 没有 → .*1/);
  });

  it('is the reasoning alone where all figures are the same', () => {
    const renamed = yearly(2, { earn: [{ ...yearly(2).earn[0]!, clause: '第三条' }] });
    expect(told(yearly(2), renamed)).toEqual(['怎么算的、依据哪一条 [] 数字相同 → 数字相同，说明不同']);
  });
});

it('knows an approved version by its dates and the versions after it', () => {
  const head = (version: number, effectiveFrom: string, effectiveTo: string | null = null) => ({
    code: 'x',
    version,
    unitId: 'u',
    effectiveFrom,
    effectiveTo,
  });
  const heads = [head(1, '2025-01-01'), head(2, '2026-01-01'), head(3, '2027-01-01', '2027-12-31')] as const;
  const states = (on: string) => heads.map((one) => stateOn(one, heads, on));
  expect(states('2025-06-01')).toEqual(['in-force', 'upcoming', 'upcoming']);
  expect(states('2026-06-01')).toEqual(['replaced', 'in-force', 'upcoming']);
  expect(states('2027-06-01')).toEqual(['replaced', 'replaced', 'in-force']);
  expect(states('2028-01-01')).toEqual(['replaced', 'in-force', 'ended']);
});

it('asks for four eyes', () => {
  expect(isSecondPerson({ authorId: 'a' }, 'a')).toBe(false);
  expect(isSecondPerson({ authorId: 'a' }, 'b')).toBe(true);
});

describe('what examples differ in alike', () => {
  const one = (name: string, was: string, is: string, cycles: string[] = []): ToldDifference => ({
    about: [{ zh: name, en: '' }],
    cycles,
    was: { zh: was, en: '' },
    is: { zh: is, en: '' },
  });
  const asked = one('要求', '50', '44', ['2026']);
  const earned = one('已有', '0', '4');

  it('is said once for all that differ, whatever their cycles, beside what each has of its own', () => {
    const elsewhere = one('要求', '50', '44', ['2025']);
    expect(sharedDifferences([[asked], [], [earned, elsewhere]])).toEqual({
      shared: [asked],
      own: [[], [], [earned]],
    });
  });

  it('is nothing for a single example, and nothing that moved otherwise in another', () => {
    expect(sharedDifferences([[asked], []])).toEqual({ shared: [], own: [[asked], []] });
    const other = one('要求', '50', '40');
    expect(sharedDifferences([[asked], [other]])).toEqual({ shared: [], own: [[asked], [other]] });
  });
});
