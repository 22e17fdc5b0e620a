import { describe, expect, it } from 'vitest';
import { describeRegulation } from './describe';
import { parseFacts } from '../reading/facts';
import { sample } from '../testing/sample';

const rules = sample({
  kinds: { class: '培训' },
  facts: { 方式: { name: '授课方式', type: 'text' } },
  groups: {
    heads: { name: '校长', where: { anyOf: [{ role: ['校长', '园长'] }, { not: { category: '工勤' } }] } },
  },
  earn: [
    {
      id: 'class',
      clause: '一',
      kinds: 'class',
      groups: 'heads',
      where: { 方式: '面授' },
      gates: [{ clause: '一', must: { mode: 'hall' } }],
      earns: [{ measure: 'hours', by: 'level', values: { 市级: 1, 省级: 2 }, otherwise: 0 }],
    },
  ],
  targets: [
    {
      id: 't',
      name: '任务',
      clause: '一',
      cycle: 'year',
      needs: { atLeast: 1 },
      relief: [{ clause: '二', when: { circumstance: '产假', person: { unit: '一中' } }, exempt: true }],
      prorate: { by: 'months', without: '病假', round: { to: 1, mode: 'up' } },
      makeUp: {
        clause: '二',
        after: 'cycle',
        months: 6,
        when: { circumstance: '援外', person: { category: '聘用' } },
      },
    },
  ],
});

describe('texts that facts must use', () => {
  it('are listed for whoever records the facts', () => {
    const lines = describeRegulation(rules);
    const begin = lines.indexOf('事实里要照写的文字：');
    expect(lines.slice(begin + 1, begin + 7)).toEqual([
      '  人员的角色：校长、园长',
      '  人员的人员类别：工勤、聘用',
      '  人员的单位：一中',
      '  特殊情况：产假、援外、病假',
      '  活动的授课方式：面授',
      '  活动的级别：市级、省级',
    ]);
  });

  it('are noted where a facts file has one that is nearly alike', () => {
    const file = {
      asOf: '2026-12-31',
      person: {
        id: '甲',
        history: [{ roles: ['校张', '书记', '园长'], units: ['二中', '一中学'], category: '工勒' }],
        circumstances: [{ kind: '产休假', from: '2026-01-01' }],
      },
      activities: [
        { id: 'a', kind: 'class', occurredOn: '2026-05-01', level: '市及', details: { 方式: '面受' } },
      ],
    };
    const parsed = parseFacts(JSON.stringify(file), rules);
    expect(parsed.ok && parsed.notes.map(({ path, sentence }) => `${path} ${sentence}`)).toEqual([
      'person.history[0].roles[0] 没有任何规则提到角色“校张”，是不是“校长”？',
      'person.history[0].units[1] 没有任何规则提到单位“一中学”，是不是“一中”？',
      'person.history[0].category 没有任何规则提到人员类别“工勒”，是不是“工勤”？',
      'person.circumstances[0].kind 办法没有提到特殊情况“产休假”，不影响任何任务，是不是“产假”？',
      'activities[0].details.方式 没有任何规则提到授课方式“面受”，是不是“面授”？',
      'activities[0].level 没有任何规则提到级别“市及”，是不是“市级”？',
    ]);
    const group = parseFacts(
      JSON.stringify({ asOf: file.asOf, people: [{ person: file.person, activities: [] }] }),
      rules,
    );
    expect(group.ok && group.notes[0]?.path).toBe('people[0].person.history[0].roles[0]');
  });
});
