import { describe, expect, it } from 'vitest';
import { explainFacts } from './explain';
import { evaluateFacts } from '../reading/facts';
import { reportOf } from './report';
import type { Regulation } from '../regulation/regulation-schema';
import { activity, anyone, classes, sample } from '../testing/sample';

const regulation = sample({
  caps: [
    { clause: '二', name: '每年', counts: { where: { level: '1' } }, atMost: 3, per: 'year', each: 'rule' },
  ],
  totals: { all: { name: '合计', measure: 'hours', add: [{}], cycle: 'year' } },
  ratings: [
    { id: 'r', name: '等次', clause: '一', cycle: 'year', of: {}, bands: [{ atLeast: 1, rating: '合格' }] },
  ],
  carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 1, to: { measure: 'hours' } }],
  targets: [
    {
      id: 't',
      name: '任务',
      clause: '一',
      cycle: 'five',
      needs: { anyOf: [{ atLeast: 9 }, { id: 'more', atLeast: 12 }] },
    },
  ],
  cycles: { year: { from: '2020-01-01', months: 12 }, five: { from: '2024-01-01', months: 60 } },
});

describe('a report', () => {
  it('writes every amount as decimal text, cuts and running sums included', () => {
    const activities = classes('2024-05', 2.25, 2.5).map((value) => ({ ...value, level: '1' }));
    const facts = { asOf: '2024-12-31', person: anyone, activities };
    const report = reportOf(facts, evaluateFacts(facts, regulation));
    expect(report).toMatchObject({
      regulation: { id: 'sample', version: 1 },
      people: [
        {
          targets: [
            {
              amounts: [
                { required: '9', earned: '3', short: '6' },
                { leaf: 'more', short: '9' },
              ],
              alternatives: [['all'], ['more']],
              shortfall: [[{ amount: '6' }], [{ amount: '9' }]],
              least: [[{ amount: '6' }]],
              running: [
                { amount: '3', leaf: 'all' },
                { amount: '3', leaf: 'more' },
              ],
            },
          ],
          totals: [{ amount: '3' }],
          ratings: [{ amount: '3', is: '合格' }],
          carryOver: [{ amount: '2' }],
          sums: [{ amount: '3' }, { amount: '3' }],
          entries: [
            { counted: '2.25', cuts: [] },
            { amount: '2.5', counted: '0.75', cuts: [{ limit: '3', used: '2.25', cut: '1.75' }] },
          ],
          explanations: [{ amount: '2.25' }, { amount: '2.5' }],
        },
      ],
    });
    expect(JSON.stringify(report)).not.toMatch(/"(amount|counted|earned|short|required)":\d/);
  });

  it('keeps with an entry the facts by which the regulation tells entries apart', () => {
    const needs = {
      where: { approved: true, level: '3', classHours: { above: 0.5 } },
      atLeast: 1,
    };
    const telling = sample({ targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs }] });
    const activities = [
      activity({ classHours: 1, approved: true, level: '3' }),
      activity({ classHours: 5, approved: false, level: '3' }),
      activity({ classHours: 0.5, approved: true, level: '3' }),
    ];
    const facts = { asOf: '2024-12-31', person: anyone, activities };
    expect(reportOf(facts, evaluateFacts(facts, telling))).toMatchObject({
      people: [
        {
          targets: [{ amounts: [{ earned: '1' }] }],
          entries: [
            { about: { approved: 'true', level: '3', classHours: '1' } },
            { about: { approved: 'false' } },
            { about: { classHours: '1/2' } },
          ],
        },
      ],
    });
  });

  it('of a group has its teams, and each person by name', () => {
    const teams = sample({
      teams: [{ id: 'mean', name: '人均', clause: '一', cycle: 'year', take: 'mean', quantity: {} }],
    });
    const people = ['b', 'a'].map((id) => ({
      person: { id, history: [] },
      activities: classes('2024-05', 3),
    }));
    const facts = { asOf: '2024-12-31', people };
    expect(reportOf(facts, evaluateFacts(facts, teams))).toMatchObject({
      teams: [{ team: 'mean', amount: '3', members: 2 }],
      people: [{ person: 'a', explanations: [{ amount: '3' }] }, { person: 'b' }],
    });
  });

  const makingUp = (months: number): Regulation =>
    sample({
      cycles: { year: { from: '2020-01-01', months, every: 12 } },
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 9 },
          makeUp: { clause: '三', after: 'cycle', months: 3 },
        },
      ],
    });
  it.each([
    ['in the next cycle', 12, '2024-02'],
    ['between two cycles', 6, '2023-08'],
  ])('does not say of what wholly made up a cycle that it lies in none, %s', (_, months, month) => {
    const regulation = makingUp(months);
    const activities = [...classes('2023-05', 5), ...classes(month, 4)];
    const facts = { asOf: '2024-06-30', person: anyone, activities };
    const result = evaluateFacts(facts, regulation);
    const [person] = reportOf(facts, result).people;
    expect(person).toMatchObject({ earlier: [{}, { makesUp: {}, state: 'met' }] });
    expect(JSON.stringify(person)).not.toContain('outsideCycles');
    expect(explainFacts(facts, result, regulation).join()).not.toContain('不在任何一期');
  });

  it('says which amounts of a cycle made up the one before, by which clause', () => {
    const facts = {
      asOf: '2024-12-31',
      person: anyone,
      activities: [...classes('2023-05', 5), ...classes('2024-02', 6)],
    };
    const regulation = makingUp(12);
    const result = evaluateFacts(facts, regulation);
    expect(reportOf(facts, result)).toMatchObject({
      people: [
        {
          targets: [
            {
              amounts: [{ earned: '2' }],
              usedToMakeUp: {
                clause: '三',
                cycles: [{ label: '2023' }],
                amounts: [{ leaf: 'all', amount: '4' }],
              },
            },
          ],
        },
      ],
    });
    expect(explainFacts(facts, result, regulation)).toContain(
      '  另有 4 学时用于补足 2023 年度，不再计入本年度（三）',
    );
  });
});
