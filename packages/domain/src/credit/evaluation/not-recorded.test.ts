import { describe, expect, it } from 'vitest';
import { evaluateFacts, parseFacts } from '../reading/facts';
import { explainFacts } from '../report/explain';
import { reportOf } from '../report/report';
import type { Regulation } from '../regulation/regulation-schema';
import { sample, target } from '../testing/sample';

const exemptAt60 = { clause: '二', when: { person: { age: { atLeast: 60 } } }, exempt: true };

/** What a regulation says of one person of 2026, as JSON and in words. */
function told(rules: Regulation, person: object = {}, activities: object[] = []) {
  const parsed = parseFacts(
    JSON.stringify({
      asOf: '2026-12-31',
      person: { id: '甲', history: [{ from: '2026-01-01' }], ...person },
      activities,
    }),
    rules,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const result = evaluateFacts(parsed.facts, rules);
  const [report] = reportOf(parsed.facts, result).people as [
    { targets: { notRecorded?: unknown; state: string }[]; notCovered: { notRecorded?: unknown }[] },
  ];
  return { ...report, text: explainFacts(parsed.facts, result, rules).join('\n') };
}

describe('what a record lacks', () => {
  it('is said where relief hangs on it, and nothing else changes', () => {
    const rules = target({ relief: [exemptAt60] });
    const { targets, text } = told(rules);
    expect(targets).toMatchObject([
      {
        state: 'missed',
        notRecorded: [{ decides: 'relief', clause: '二', facts: ['birthDate'], taken: false }],
      },
    ]);
    expect(text).toContain('没有记录出生日期，不能判断是否减免，先按不减免算（二）');
    for (const birthDate of ['1960-01-01', '1990-01-01'])
      expect(told(rules, { birthDate }).targets[0]?.notRecorded).toBeUndefined();
  });

  it.each<[string, object, object, readonly string[]]>([
    [
      'both sides of an alternative',
      { anyOf: [{ sex: 'female', age: { atLeast: 55 } }, { age: { atLeast: 60 } }] },
      {},
      ['sex', 'birthDate'],
    ],
    [
      'what remains once the sex is known',
      { anyOf: [{ sex: 'female', age: { atLeast: 55 } }] },
      { sex: 'female' },
      ['birthDate'],
    ],
    ['nothing where the sex decides', { sex: 'female', age: { atLeast: 55 } }, { sex: 'male' }, []],
    [
      'nothing where another way holds',
      { anyOf: [{ role: '教师' }, { age: { atLeast: 60 } }] },
      { history: [{ from: '2026-01-01', roles: ['教师'] }] },
      [],
    ],
    ['the first day of service', { tenureMonths: { below: 12 } }, {}, ['employedOn']],
    ['the category', { category: '工勤' }, {}, ['category']],
    ['no role: who has none has none', { role: '教师' }, {}, []],
    [
      'the day of a rank that is known',
      { monthsInRank: { below: 6 } },
      { history: [{ grade: '二级科员' }] },
      ['inRankSince'],
    ],
    ['no day of a rank that nobody has', { monthsInRank: { below: 6 } }, {}, []],
  ])('names %s', (_what, person, facts, lacking) => {
    const { targets } = told(target({ relief: [{ ...exemptAt60, when: { person } }] }), facts);
    expect(targets[0]?.notRecorded ?? []).toEqual(
      lacking.length === 0 ? [] : [expect.objectContaining({ facts: lacking })],
    );
  });

  it('is said as well where its absence grants something', () => {
    const { text } = told(
      target({ relief: [{ ...exemptAt60, when: { person: { not: { age: { below: 60 } } } } }] }),
    );
    expect(text).toContain('没有记录出生日期，不能判断是否减免，先按减免算（二）');
  });

  it('is no matter where the rest of the relief does not hold, or another one exempts', () => {
    const sick = { person: { age: { atLeast: 60 } }, circumstance: '病假' };
    expect(told(target({ relief: [{ ...exemptAt60, when: sick }] })).targets[0]?.notRecorded).toBeUndefined();
    const other = { clause: '三', when: { person: { role: '教师' } }, exempt: true };
    const teacher = { history: [{ from: '2026-01-01', roles: ['教师'] }] };
    const { targets } = told(target({ relief: [exemptAt60, other] }), teacher);
    expect(targets).toMatchObject([{ state: 'exempt' }]);
    expect(targets[0]?.notRecorded).toBeUndefined();
  });

  it('is no category in a year before one was in service', () => {
    const three = { three: { from: '2024-01-01', months: 36 }, year: { from: '2020-01-01', months: 12 } };
    const isNoMember = { person: { not: { category: '会员' } } };
    const relief = [{ clause: '二', when: isNoMember, less: 4, per: 'year' }];
    const rules = target({ cycle: 'three', relief }, { cycles: three });
    const lacks = (history: object[]): unknown => told(rules, { history }).targets[0]?.notRecorded;
    expect(lacks([{ from: '2025-05-10', category: '会员' }])).toBeUndefined();
    expect(lacks([{ from: '2025-05-10' }])).toMatchObject([{ facts: ['category'] }, { facts: ['category'] }]);
  });

  it('is said of groups: of a target that may be meant, one that is taken to be, and a refusal', () => {
    const groups = {
      old: { name: '年长', where: { age: { atLeast: 50 } } },
      young: { name: '年轻', where: { not: { age: { atLeast: 50 } } } },
    };
    const old = target({ groups: 'old' }, { groups });
    expect(told(old).notCovered).toMatchObject([{ notRecorded: { facts: ['birthDate'], taken: false } }]);
    expect(told(old).text).toContain(
      '年度任务：不适用，没有记录出生日期，不能判断是否适用，先按不适用算（一）',
    );
    expect(told(target({ groups: 'young' }, { groups })).text).toContain('先按适用算（一）');
    const earn = [
      { id: 'class', clause: '一', kinds: 'class', groups: 'old', earns: [{ measure: 'hours', flat: 1 }] },
    ];
    const day = [{ id: 'a', kind: 'class', occurredOn: '2026-05-01' }];
    expect(told(sample({ groups, earn }), {}, day).text).toContain('该规定不适用于本人：缺少“出生日期”');
    expect(told(sample({ groups, earn }), { birthDate: '1999-01-01' }, day).text).not.toContain('缺少');
  });
});
