import { describe, expect, it } from 'vitest';
import { parseRegulation } from './regulation';
import { sampleText } from '../testing/sample';

const notesOf = (rule: object): string[] => {
  const worth = { measure: 'hours', rate: 1, of: 'classHours' };
  const earn = [{ id: 'class', clause: '一', kinds: 'class', earns: [worth], ...rule }];
  const parsed = parseRegulation(sampleText({ kinds: { class: '培训' }, earn }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.notes.map(({ path, sentence }) => `${path} ${sentence}`);
};

describe('a condition that no activity meets', () => {
  it.each<[string, object, string]>([
    ['a quantity below 0', { where: { classHours: { below: 0 } } }, 'earn[0].where.classHours “学时数”'],
    ['at most less than 0', { where: { days: { atMost: -1 } } }, 'earn[0].where.days “天数”'],
    [
      'one within others',
      { gates: [{ clause: '一', must: { anyOf: [{ passed: true }, { not: { score: { below: 0 } } }] } }] },
      'earn[0].gates[0].must.anyOf[1].not.score “成绩”',
    ],
  ])('%s is noted', (_, rule, note) => {
    expect(notesOf(rule)).toEqual([`${note}不会小于 0，这个条件永远不成立`]);
  });

  it('is none that is met by 0, by nothing but what is filed early, or by a text', () => {
    const where = { classHours: { atMost: 0 }, filingDelayDays: { below: 0 }, level: '0' };
    expect(notesOf({ where })).toEqual([]);
  });
});
