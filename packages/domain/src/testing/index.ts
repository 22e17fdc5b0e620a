import type { Bilingual } from '../core';
import type { TargetStanding } from '../ledger';

type Leaf = TargetStanding['alternatives'][number][number];

/** What a person has of a measure against what is asked, in ten-thousandths: 75_000 of 120_000 are 7.5 days of 12. */
export const sampleLeaf = (measure: string, name: Bilingual, earned: number, required: number): Leaf => ({
  leaf: measure,
  name,
  measure,
  limit: 'at-least',
  required,
  earned,
  met: earned >= required,
  short: Math.max(0, required - earned),
});

/** A target of the year 2026 with which somebody is behind. A test writes down only what it looks at. */
export const sampleTarget = (changes: Partial<TargetStanding>): TargetStanding => ({
  target: 'year',
  name: { zh: '年度集中培训', en: 'Concentrated training' },
  clause: '第九条',
  clauseText: '每年集中培训累计不少于 12 天或者 90 学时。',
  cycle: { from: '2026-01-01', to: '2026-12-31', label: '2026' },
  makesUp: null,
  judgedBy: null,
  notes: [],
  longTerm: false,
  state: 'open',
  reading: 'behind',
  met: false,
  metBy: [],
  alternatives: [],
  least: [],
  ...changes,
});
