import { expect, it } from 'vitest';
import { sayVersionMove } from './version-move';

it('names both versions, and the title as it is written where it has no English', () => {
  const moved = [
    {
      zh: '“年度任务”要求由 12 天改为 14 天（第九条）',
      en: '“Yearly”: 14 days asked for instead of 12 (第九条)',
    },
    { zh: '不再要求“五年任务”', en: '“Five years” is no longer asked for' },
  ];
  const { sentence } = sayVersionMove('2027-01-01', { zh: '办法', en: '' }, 3, 1, moved);
  expect(sentence.zh).toBe(
    '《办法》第 3 版代替第 1 版，从这天起按第 3 版计算任务。“年度任务”要求由 12 天改为 14 天（第九条）；不再要求“五年任务”。',
  );
  expect(sentence.en).toContain('version 3 of “办法” takes the place of version 1');
  expect(sayVersionMove('2027-01-01', { zh: '办法', en: 'Rules' }, 3, 1, moved).sentence.en).toContain(
    '“Rules”',
  );
});
