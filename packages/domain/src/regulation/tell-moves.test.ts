import { expect, it } from 'vitest';
import type { TargetComparison } from './preview-flips';
import { tellMoves } from './tell-moves';

const comparison = (name: string, change: TargetComparison['change'], says: readonly string[]) =>
  ({
    target: name,
    name,
    change,
    before: null,
    after: null,
    reasons: says.map((zh) => ({
      kind: 'requirement',
      clause: '第九条',
      of: 'after',
      says: { zh, en: `en ${zh}` },
    })),
  }) satisfies TargetComparison;

it('says of each target what is asked otherwise, by which clause, and with the Chinese name where it has no other', () => {
  const comparisons = [
    comparison('年度任务', 'amount', ['要求由 12 天 改为 14 天', '要求由 90 学时 改为 104 学时']),
    comparison('网络学习', 'starts', ['原来没有']),
    comparison('五年任务', 'ends', ['新办法没有']),
  ];
  expect(tellMoves(comparisons, { 年度任务: 'Yearly' })).toEqual([
    {
      zh: '“年度任务”要求由 12 天 改为 14 天（第九条），要求由 90 学时 改为 104 学时（第九条）',
      en: '“Yearly”: en 要求由 12 天 改为 14 天 (第九条), en 要求由 90 学时 改为 104 学时 (第九条)',
    },
    { zh: '新增任务“网络学习”（第九条）', en: '“网络学习” is a new target (第九条)' },
    { zh: '不再要求“五年任务”', en: '“五年任务” is no longer asked for' },
  ]);
});
