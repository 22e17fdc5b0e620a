import { describe, expect, it } from 'vitest';
import { sample } from '../testing/sample';
import { saySelection } from './selection-words';

const regulation = sample({
  parts: { 公: '公需科目' },
  english: { 学时: 'hours', 公需科目: 'general part', 讲座: 'lecture', 培训: 'class' },
  earn: [
    {
      id: 'r',
      clause: '一',
      kinds: ['talk', 'class'],
      earns: [{ measure: 'hours', part: '公', rate: 1, of: 'classHours' }],
    },
  ],
});
const { kinds } = regulation;

describe('which activities are meant', () => {
  it.each([
    [{}, '全部', 'all activities'],
    [{ kind: 'talk' }, kinds['talk'], 'lecture'],
    [{ kind: 'talk', part: '公' }, `公需科目里的${kinds['talk']}`, 'lecture of general part'],
    [{ part: '公', where: { days: { atLeast: 3 } } }, '公需科目（天数 ≥ 3）', 'general part (days ≥ 3)'],
    [{ rule: 'r' }, `“${kinds['talk']}、${kinds['class']}”一条`, 'lecture, class'],
    [{ kind: 'talk', measure: 'hours' }, `${kinds['talk']}的学时`, 'lecture of hours'],
  ])('%j', (selection, zh, en) => {
    expect(saySelection(selection, regulation)).toEqual({ zh, en });
  });
});
