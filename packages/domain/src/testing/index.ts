import type { Bilingual } from '../core';
import type { StatementLine, StatementTarget, TargetStanding } from '../ledger';

type Leaf = TargetStanding['alternatives'][number][number];

/** What a person has of a measure against what is asked, in ten-thousandths: 75_000 of 120_000 are 7.5 days of 12. */
export const sampleLeaf = (measure: string, name: Bilingual, earned: number, required: number): Leaf => ({
  leaf: measure,
  name,
  measure,
  unit: name,
  limit: 'at-least',
  required,
  earned,
  met: earned >= required,
  short: Math.max(0, required - earned),
});

/** A target of the year 2026 with which somebody is behind. A test writes down only what it looks at. */
export const sampleTarget = (changes: Partial<StatementTarget>): StatementTarget => ({
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
  opened: [],
  ...changes,
});

/** Half a day in a session, counted in full, as a line of a statement. */
export const sampleLine = (changes: Partial<StatementLine> = {}): StatementLine => ({
  settlementId: '00000000-0000-7000-8000-000000000001',
  source: { kind: 'session', id: '00000000-0000-7000-8000-000000000002' },
  title: '垦荒精神现场课',
  courseTitle: null,
  occurredOn: '2026-11-20',
  recordedAt: new Date('2026-11-20T10:00:00Z'),
  regulation: { id: 'demo', version: 1 },
  earned: [
    { measure: 'days', name: { zh: '天', en: '' }, amount: 5_000, counted: 5_000, limited: false },
    { measure: 'hours', name: { zh: '学时', en: '' }, amount: 40_000, counted: 40_000, limited: false },
  ],
  refusals: [],
  items: 1,
  refusedItems: 0,
  settlement: { seq: 1, hash: 'c'.repeat(64) },
  correction: null,
  replaced: false,
  governs: true,
  clauses: ['第一条'],
  entries: [1, 2],
  settledBy: null,
  ...changes,
});
