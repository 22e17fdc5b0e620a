import { describe, expect, it } from 'vitest';
import { describeRegulation } from '../words/describe';
import { inBoth, nameIn, namesOf, namesWithoutEnglish } from './english';
import { parseRegulation } from '../reading/regulation';
import { sample, sampleText } from '../testing/sample';
import { factName } from './condition-words';
import { sayAmount } from '../words/words';

const english = { 样本办法: 'Sample rules', 学时: 'class hours', 培训: 'course', 讲座: 'talk' };

describe('English names of a regulation', () => {
  const rules = sample({ english, facts: { presence: { name: '在场', type: 'number' } } });

  it('are looked up by the Chinese name, and part by part where a name is put together', () => {
    expect(inBoth('学时', rules)).toEqual({ zh: '学时', en: 'class hours' });
    expect(inBoth('培训、讲座', rules)).toEqual({ zh: '培训、讲座', en: 'course, talk' });
    expect(inBoth('培训、别的', rules)).toEqual({ zh: '培训、别的', en: '' });
  });

  it('are used where sentences are English, and the Chinese name stands in for one that is not given', () => {
    expect(sayAmount(40_000, 'hours', rules, 'en')).toBe('4 class hours');
    expect(sayAmount(40_000, 'hours', rules)).toBe('4 学时');
    expect(factName('presence', rules, 'en')).toBe('在场');
    expect(nameIn('培训', rules, 'en')).toBe('course');
    expect(nameIn('培训', sample(), 'en')).toBe('培训');
  });

  it('are asked for by name when a regulation gives some, and not at all when it gives none', () => {
    expect(namesWithoutEnglish(rules)).toEqual(['样本', '在场']);
    expect(describeRegulation(rules).slice(-3)).toEqual(['没有英文名称：', '  样本', '  在场']);
    expect(namesWithoutEnglish(sample())).toEqual([]);
    expect(describeRegulation(sample()).join()).not.toContain('英文');
  });

  it('of what nothing is called so is a fault, with the name that was meant', () => {
    const parsed = parseRegulation(sampleText({ english: { 样本办発: 'Sample rules' } }));
    expect(parsed.ok || parsed.errors.map(({ path, sentence }) => [path, sentence])).toEqual([
      ['english.样本办発', '办法里没有“样本办発”这个名称，是不是“样本办法”？'],
    ]);
  });

  it('may be given for texts that facts use, which nobody misses', () => {
    const texts = {
      ...sample(),
      caps: [{ clause: '二', counts: { where: { level: ['省级', '市级'] } }, atMost: 3, per: 'year' }],
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { atLeast: 1 },
          relief: [{ clause: '二', when: { circumstance: '病假', person: { role: '书记' } }, less: 1 }],
        },
      ],
    };
    const given = { ...english, 省级: 'province', 病假: 'sick leave', 书记: 'secretary' };
    expect(namesWithoutEnglish(sample({ ...texts, english: given }))).toEqual(['样本', '任务']);
  });

  it('can be given for everything that people are shown', () => {
    const full = sample({
      parts: { must: '必修' },
      earn: [
        {
          id: 'class',
          clause: '一',
          kinds: 'class',
          gates: [{ clause: '二', must: { completed: true }, outcome: '退学' }],
          earns: [{ measure: 'hours', part: 'must', flat: 1 }],
        },
      ],
      groups: { all: { name: '全体', where: {} } },
      totals: { sum: { name: '合计学时', measure: 'hours', add: [{}] } },
      caps: [{ clause: '二', name: '每日上限', counts: {}, atMost: 4, per: 'day' }],
      targets: [
        {
          id: 'year',
          name: '年度任务',
          clause: '一',
          cycle: 'year',
          needs: { anyOf: [{ id: 'a', name: '总量', atLeast: 12 }, { atLeast: 90 }] },
        },
      ],
      ratings: [
        {
          id: 'r',
          name: '等次',
          clause: '一',
          cycle: 'year',
          of: {},
          bands: [{ atLeast: 0, rating: '合格' }],
        },
      ],
      consequences: [{ id: 'c', says: '提醒', clause: '三', when: { target: 'year', is: 'missed' } }],
      teams: [
        {
          id: 't',
          name: '单位完成率',
          clause: '三',
          cycle: 'year',
          take: 'share',
          target: 'year',
          is: 'met',
          flags: [{ below: 1, flag: 'f', says: '通报', clause: '三' }],
        },
      ],
    });
    expect(namesOf(full)).toEqual([
      ...[
        '样本办法',
        '样本',
        '学时',
        '必修',
        '培训',
        '讲座',
        '全体',
        '合计学时',
        '退学',
        '每日上限',
        '年度任务',
      ],
      ...['总量', '等次', '合格', '提醒', '单位完成率', '通报'],
    ]);
  });
});
