import { describe, expect, it } from 'vitest';
import { explainFacts } from '../report/explain';
import { evaluateFacts, parseFacts } from '../reading/facts';
import { reportOf } from '../report/report';
import type { Regulation } from '../regulation/regulation-schema';
import { evaluated, activity, sample } from '../testing/sample';
import { sayWorkings, workingNotes } from './working-words';

const earn = ['class', 'talk', 'absence'].map((kind) => ({
  id: kind,
  clause: '一',
  kinds: kind,
  earns: [{ measure: 'hours', rate: kind === 'absence' ? -1 : 1, of: 'classHours' }],
}));
const rules = (totals: object, more: object = {}): Regulation =>
  sample({
    kinds: { class: '培训', talk: '讲座', absence: '缺课' },
    earn,
    totals,
    ...more,
  });

/** How the total `net` of 2024 came about, of hours by kind and month. */
const said = (regulation: Regulation, ...hours: readonly [string, string, number][]): string[] =>
  sayWorkings(workings(regulation, hours), regulation, 'zh');
const workings = (regulation: Regulation, hours: readonly (readonly [string, string, number])[]) =>
  evaluated(
    hours.map(([kind, occurredOn, classHours]) => activity({ kind, occurredOn, classHours })),
    regulation,
  ).totals.find(({ total }) => total === 'net')?.workings ?? [];

const net = { name: '净学时', measure: 'hours', cycle: 'year' };
const english = {
  ...{ 培训: 'class', 讲座: 'talk', 缺课: 'absence', 学时: 'hours' },
  ...{ 净学时: 'net hours', 扣: 'deducted' },
};
const netted = rules(
  {
    扣: { name: '扣', measure: 'hours', add: [{ kind: 'absence' }], atLeast: -10 },
    net: { ...net, add: [{ kind: ['class', 'talk'] }, { total: '扣' }], atLeast: 0 },
  },
  { english },
);

describe('a total in words', () => {
  it('names all of a measure by its own word rather than its unit', () => {
    const late = { measure: '迟到', rate: 1, of: 'lateTimes' };
    const regulation = rules(
      { net: { name: '满三次的', measure: '迟到', cycle: 'year', add: [{ measure: '迟到', times: 2 }] } },
      {
        measures: { 迟到: '次' },
        earn: [{ id: 'class', clause: '一', kinds: ['class', 'talk'], earns: [late] }],
      },
    );
    const { totals } = evaluated([activity({ kind: 'class', lateTimes: 7 })], regulation);
    expect(sayWorkings(totals[0]?.workings ?? [], regulation, 'zh')).toEqual(['满三次的：迟到 7 × 2 = 14']);
  });

  it('names what it adds, kind by kind, and the totals inside it with the floor that held', () => {
    const hours = [
      ['class', '2024-03-01', 24],
      ['talk', '2024-04-01', 15],
      ['absence', '2024-05-01', 15],
    ] as const;
    expect(sayWorkings(workings(netted, hours), netted, 'zh')).toEqual([
      '净学时：培训 24 + 讲座 15 + 扣 (-10) = 29',
      '扣：缺课 (-15)，不低于 -10，计 -10',
    ]);
    expect(sayWorkings(workings(netted, hours), netted, 'en')).toEqual([
      'net hours: class 24 + talk 15 + deducted (-10) = 29',
      'deducted: absence (-15), at least -10: -10',
    ]);
  });

  it('leaves out what is nothing, and says so where there is nothing else', () => {
    expect(said(netted, ['class', '2024-03-01', 24])).toEqual(['净学时：培训 24']);
    expect(said(netted)).toEqual(['净学时：没有计入的，0']);
    expect(said(netted, ['absence', '2024-03-01', 4])).toEqual([
      '净学时：扣 (-4)，不低于 0，计 0',
      '扣：缺课 (-4)',
    ]);
  });

  it('says start, factors, limits of terms, conditions, rounding and limits', () => {
    const regulation = rules({
      net: {
        ...net,
        start: 60,
        add: [
          { times: '1/8' },
          { kind: 'talk', atMost: 3 },
          { kind: 'talk', times: 2, when: { kind: 'class', atLeast: 100 } },
        ],
        round: { to: 1, mode: 'down' },
        atMost: 64,
      },
    });
    expect(said(regulation, ['class', '2024-03-01', 20], ['talk', '2024-04-01', 5])).toEqual([
      '净学时：起点 60 + （培训 20 + 讲座 5）学时 × 0.125 + 讲座 5（最多 3，计 3） + 讲座 5 × 2（没有达到条件，计 0） = 66.125，按 1 的倍数舍去，得 66，最多计 64',
    ]);
  });

  it('gives a quotient of several kinds no unit', () => {
    const regulation = rules({ net: { ...net, add: [{ over: 10, times: 40 }] } });
    expect(said(regulation, ['class', '2024-03-01', 6], ['talk', '2024-04-01', 5])).toEqual([
      '净学时：（培训 6 + 讲座 5） ÷ 10 = 1.1 × 40 = 44',
    ]);
  });

  it('holds together what one limit takes from', () => {
    const regulation = rules({
      net: { ...net, add: [{ kind: ['class', 'talk'], atMost: 10 }, { kind: 'class' }] },
    });
    expect(said(regulation, ['class', '2024-03-01', 6], ['talk', '2024-04-01', 6])).toEqual([
      '净学时：（培训 6 + 讲座 6）（最多 10，计 10） + 培训 6 = 16',
    ]);
  });

  it('says the band, and that there is none', () => {
    const regulation = rules({
      net: { ...net, add: [{ kind: 'talk' }], bands: [{ atLeast: 2, below: 6, flat: 1 }] },
    });
    expect(said(regulation, ['talk', '2024-04-01', 5])).toEqual(['净学时：讲座 5，适用“≥ 2，< 6”一档，计 1']);
    expect(said(regulation, ['talk', '2024-04-01', 1])).toEqual(['净学时：讲座 1，不在任何一档内，计 0']);
  });

  it('says each day of what is reckoned by days', () => {
    const daily = { add: [{}], bands: [{ atLeast: 6, flat: 1 }] };
    const regulation = rules({ net: { ...net, ...daily, per: 'day' } });
    expect(
      said(regulation, ['class', '2024-03-01', 4], ['talk', '2024-03-01', 2], ['talk', '2024-04-01', 5]),
    ).toEqual([
      '净学时：2024-03-01 培训 4 + 讲座 2 = 6，适用“≥ 6”一档，计 1；2024-04-01 学时 5，不在任何一档内，计 0；合计 1',
    ]);
  });

  it('leaves out the days on which nothing of it is', () => {
    const regulation = rules({
      net: { ...net, per: 'day', add: [{ kind: 'class' }], bands: [{ atLeast: 6, flat: 1 }] },
    });
    expect(said(regulation, ['class', '2024-03-01', 6], ['talk', '2024-04-01', 5])).toEqual([
      '净学时：2024-03-01 培训 6，适用“≥ 6”一档，计 1；合计 1',
    ]);
    const banded = rules({ net: { ...net, add: [{ kind: 'class' }], bands: [{ atLeast: 6, flat: 1 }] } });
    expect(said(banded)).toEqual(['净学时：没有计入的，0']);
  });

  it('says whose largest amount it is, and what was carried over', () => {
    const regulation = rules(
      { net: { ...net, add: [{ largest: 'organiser' }, {}] } },
      { carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 1, to: { measure: 'hours' } }] },
    );
    const of = (occurredOn: string, organiser: string, classHours: number) =>
      activity({ occurredOn, organiser, classHours });
    const result = evaluated(
      [of('2023-05-01', '甲', 3), of('2024-05-01', '乙', 4), of('2024-05-02', '丙', 5)],
      regulation,
    );
    expect(
      sayWorkings(
        result.totals.find(({ cycle }) => cycle.label === '2024')?.workings ?? [],
        regulation,
        'zh',
      ),
    ).toEqual(['净学时：同一举办单位最多的学时（丙） 5 + 培训 9 + 结转 2 = 16']);
  });
});

describe('the explanation of a result', () => {
  const facts = {
    asOf: '2024-12-31',
    person: { id: '甲', history: [] },
    activities: [
      { id: '1', kind: 'class', occurredOn: '2024-03-01', classHours: 50 },
      { id: '2', kind: 'absence', occurredOn: '2024-05-01', classHours: 60 },
    ],
  };
  const explained = (regulation: Regulation): string[] => {
    const parsed = parseFacts(JSON.stringify(facts), regulation);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return explainFacts(parsed.facts, evaluateFacts(parsed.facts, regulation), regulation);
  };
  const needs = (requirement: object): Regulation => ({
    ...netted,
    targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: requirement }],
    ratings: [{ id: 'r', name: '等次', clause: '一', cycle: 'year', of: { total: 'net' }, bands: [] }],
  });

  it('shows how a total came about where it is asked for, once', () => {
    const lines = explained(needs({ total: 'net', atLeast: 72 }));
    const at = lines.indexOf('  净学时 40，要求 ≥ 72 学时 ✗');
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '    净学时：培训 50 + 扣 (-10) = 40',
      '    扣：缺课 (-60)，不低于 -10，计 -10',
    ]);
    expect(lines.filter((line) => line.includes('培训 50 +'))).toHaveLength(1);
  });

  it('shows it where the total is only reported or rated', () => {
    const lines = explained(needs({ kind: 'class', atLeast: 1 }));
    const at = lines.indexOf('净学时（2024）：40 学时');
    expect(lines[at + 1]).toBe('    净学时：培训 50 + 扣 (-10) = 40');
  });

  it('shows of what a share is a share, and how that came about', () => {
    const lines = explained(needs({ kind: 'class', atLeastShare: '1/2', of: { total: 'net' } }));
    expect(lines).toContain('  培训 占 50/40 = 5/4，要求 ≥ 1/2 ✓');
    expect(lines).toContain('    净学时：培训 50 + 扣 (-10) = 40');
  });

  it('is a note to the target on screens and papers, by the clause of the total or of the target', () => {
    const regulation = needs({ total: 'net', atLeast: 72 });
    const { totals = {}, ...rest } = regulation;
    const [net, 扣] = [totals['net'], totals['扣']];
    if (!net || !扣) throw new Error('totals');
    const parsed = parseFacts(JSON.stringify(facts), regulation);
    if (!parsed.ok) throw new Error('facts');
    const [result] = evaluateFacts(parsed.facts, regulation).evaluation?.targets ?? [];
    if (!result) throw new Error('target');
    expect(workingNotes(result, { ...rest, totals: { net, 扣: { ...扣, clause: '二' } } })).toEqual([
      {
        sentence: {
          zh: '净学时：培训 50 + 扣 (-10) = 40',
          en: 'net hours: class 50 + deducted (-10) = 40',
        },
        clause: '一',
      },
      {
        sentence: {
          zh: '扣：缺课 (-60)，不低于 -10，计 -10',
          en: 'deducted: absence (-60), at least -10: -10',
        },
        clause: '二',
      },
    ]);
  });

  it('is in the result as data', () => {
    const regulation = needs({ total: 'net', atLeast: 72 });
    const parsed = parseFacts(JSON.stringify(facts), regulation);
    if (!parsed.ok) throw new Error('facts');
    const report = reportOf(parsed.facts, evaluateFacts(parsed.facts, regulation));
    expect(report.people).toMatchObject([
      {
        targets: [
          {
            workings: [
              {
                total: 'net',
                terms: [
                  { term: 0, parts: [{ kind: 'class', amount: '50' }], amount: '50', result: '50' },
                  { term: 1, amount: '-10', result: '-10' },
                ],
                sum: '40',
                steps: [],
                result: '40',
              },
              {
                total: '扣',
                sum: '-60',
                steps: [{ kind: 'at-least', limit: '-10', result: '-10' }],
                result: '-10',
              },
            ],
          },
        ],
      },
    ]);
  });
});
