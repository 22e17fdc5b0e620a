import { expect, it } from 'vitest';
import { sayVersionMove } from './version-move';

it('names both versions, and the title as it is written where it has no English', () => {
  const { sentence } = sayVersionMove('2027-01-01', { zh: '办法', en: '' }, 3, 1);
  expect(sentence.zh).toBe('《办法》第 3 版代替第 1 版，从这天起按第 3 版计算任务。');
  expect(sentence.en).toContain('version 3 of “办法” takes the place of version 1');
  expect(sayVersionMove('2027-01-01', { zh: '办法', en: 'Rules' }, 3, 1).sentence.en).toContain('“Rules”');
});
