import { describe, expect, it } from 'vitest';
import { ActivityFacts } from '../person/activity';
import { holds, sayMatcher, testCondition, type Condition } from './condition';
import { sayCondition } from './condition-words';
import { Exact } from '../value/exact';
import { PersonFacts } from '../person/person';
import { activity, sample } from '../testing/sample';

const regulation = sample();
const facts = new ActivityFacts(activity({ days: 2, level: 'city', approved: false, place: 1 }), regulation);

describe('conditions', () => {
  it.each<[Condition, boolean]>([
    [{ days: 2 }, true],
    [{ days: '2' }, true],
    [{ days: 3 }, false],
    [{ days: 'two' }, false],
    [{ days: { atLeast: 2, atMost: 2 } }, true],
    [{ days: { above: 2 } }, false],
    [{ days: { below: 2 } }, false],
    [{ level: 'city' }, true],
    [{ level: ['province', 'city'] }, true],
    [{ level: ['province'] }, false],
    [{ level: { atLeast: '乡科级正职' } }, false],
    [{ approved: false }, true],
    [{ approved: true }, false],
    [{ passed: false }, false],
    [{ anyOf: [{ days: 9 }, { level: 'city' }] }, true],
    [{ anyOf: [{ days: 9 }, { level: 'town' }] }, false],
    [{ not: { level: 'town' } }, true],
    [{ not: { level: 'city' } }, false],
    [{ level: 'city', not: { days: 9 }, anyOf: [{ place: 1 }] }, true],
  ])('%j is %s, with and without its record', (condition, met) => {
    expect([holds(condition, facts), testCondition(condition, facts).met]).toEqual([met, met]);
  });

  it('record the comparisons that decided', () => {
    expect(testCondition({ anyOf: [{ days: 9 }, { level: 'city' }] }, facts).tests).toEqual([
      { fact: 'level', actual: 'city', wanted: 'city', met: true },
    ]);
    expect(testCondition({ anyOf: [{ days: 9 }, { level: 'town' }] }, facts).tests).toHaveLength(2);
    expect(testCondition({ not: { level: 'city' } }, facts).tests).toEqual([
      { fact: 'level', actual: 'city', wanted: '≠ city', met: false },
    ]);
    expect(testCondition({ not: { not: { level: 'city' } } }, facts).tests).toEqual([
      { fact: 'level', actual: 'city', wanted: 'city', met: true },
    ]);
    expect(testCondition({ passed: true }, facts).tests).toEqual([
      { fact: 'passed', wanted: 'true', met: false },
    ]);
  });

  it('compare ranks by the table, whatever they are called', () => {
    const person = new PersonFacts(
      { id: 'p', history: [{ postLevel: 'section-head', roles: ['书记', '校长'] }] },
      '2024-01-01',
      regulation,
    );
    const is = (condition: Condition): boolean => testCondition(condition, person).met;
    expect(is({ rank: '乡科级正职' })).toBe(true);
    expect(is({ rank: { atLeast: '乡科级副职', atMost: '乡科级正职' } })).toBe(true);
    expect([
      is({ rank: { above: '乡科级正职' } }),
      is({ rank: { below: '乡科级正职' } }),
      is({ rank: { atLeast: 'nobody' } }),
    ]).toEqual([false, false, false]);
    expect(testCondition({ role: '书记' }, person).tests).toEqual([
      { fact: 'role', actual: '书记 / 校长', wanted: '书记', met: true },
    ]);
    const strange = new PersonFacts({ id: 'p', history: [{ grade: 'nobody' }] }, '2024-01-01', regulation);
    expect(testCondition({ rank: { atLeast: '乡科级副职' } }, strange).met).toBe(false);
  });

  it('compare dates of the person', () => {
    const person = new PersonFacts(
      {
        id: 'p',
        birthDate: '1980-05-10',
        employedOn: '2018-07-01',
        history: [
          { from: '2018-07-01', grade: '二级科员' },
          { from: '2020-03-15', grade: '一级科员' },
        ],
      },
      '2024-01-01',
      regulation,
    );
    const is = (condition: Condition): boolean => holds(condition, person);
    expect([
      is({ birthDate: { below: '1980-05-11' } }),
      is({ birthDate: { below: '1980-05-10' } }),
      is({ employedOn: { atLeast: '2018-07-01' } }),
      is({ employedOn: { above: '2018-07-01' } }),
      is({ inRankSince: { atLeast: '2020-03-15', atMost: '2020-03-15' } }),
    ]).toEqual([true, false, true, false, true]);
    const unknown = new PersonFacts({ id: 'p', history: [] }, '2024-01-01', regulation);
    expect(holds({ inRankSince: { atLeast: '2020-01-01' } }, unknown)).toBe(false);
  });

  it('are said in signs', () => {
    expect([
      sayMatcher({ above: 15, below: 30 }),
      sayMatcher(['a', 'b']),
      sayMatcher(true),
      sayMatcher(3),
    ]).toEqual(['> 15 , < 30', 'a | b', 'true', '3']);
    expect(facts.value('days')).toEqual(Exact.of(2));
  });
});

describe('a condition in words', () => {
  const rules = sample({
    groups: { 执业: { name: '执业', where: { role: '执业' } } },
    caps: [{ clause: '二', counts: { where: { level: '市级' } }, atMost: 3 }],
    english: { 执业: 'licensed', 市级: 'city' },
  });

  it.each<[Condition, string, string]>([
    [
      { level: ['市级', '县级'], days: { atLeast: 3, below: 5 } },
      '级别为市级、县级之一，且天数 ≥ 3，< 5',
      'level city or 县级 and days ≥ 3, < 5',
    ],
    [{ mode: 'hall', completed: true }, '参加方式为“现场”，且完成', 'mode in the hall and completed: yes'],
    [
      { anyOf: [{ sex: 'male' }, { not: { completed: false } }] },
      '（性别为“男” 或者 “完成”没有记为“否”）',
      '(sex male or completed not recorded as “no”)',
    ],
    [{ monthsIn: { 执业: { below: 12 } } }, '进入“执业”的月数 < 12', 'months in “licensed” < 12'],
  ])('%j', (condition, zh, en) => {
    expect(sayCondition(condition, rules)).toBe(zh);
    expect(sayCondition(condition, rules, 'en')).toBe(en);
  });
});
