import { z } from 'zod';
import { amount, id } from '../core';
import { factSource, regulationRef } from './ledger-entry';

/** One going-over of the whole ledger: every source is valued anew from today's facts and compared with what stands. */
export const recomputeRun = z.object({
  id,
  startedAt: z.date(),
  by: id,
  state: z.enum(['running', 'done']),
  /** People after this one are still to do; null before the first. */
  cursor: id.nullable(),
  people: z.number().int(),
  peopleDone: z.number().int(),
  sourcesDone: z.number().int(),
  differences: z.number().int(),
  finishedAt: z.date().nullable(),
});
export type RecomputeRun = z.infer<typeof recomputeRun>;

const sum = z.object({ measure: z.string(), part: z.string(), amount });

/** Why a source is worth something else today: other facts, another version in force, or another post or grade. */
export const recomputeReason = z.enum(['facts', 'regulation', 'person']);
export type RecomputeReason = z.infer<typeof recomputeReason>;

/** A source whose facts would earn something else today than what stands in the ledger. Nothing was written for it. */
export const recomputeDifference = z.object({
  id,
  runId: id,
  personId: id,
  source: factSource,
  title: z.string(),
  regulation: regulationRef,
  stands: z.array(sum),
  would: z.array(sum),
  reason: recomputeReason,
  /** Somebody has had the source settled again. */
  takenBy: id.nullable(),
  takenAt: z.date().nullable(),
});
export type RecomputeDifference = z.infer<typeof recomputeDifference>;

type Earned = z.infer<typeof sum>;

/** Amounts per measure and part, without zeros, in a stable order: what two ways of getting there can be compared by. */
export function sumsByMeasure(entries: readonly Earned[]): Earned[] {
  const sums = new Map<string, Earned>();
  for (const { measure, part, amount: value } of entries) {
    const key = `${measure} ${part}`;
    sums.set(key, { measure, part, amount: (sums.get(key)?.amount ?? 0) + value });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, one]) => (one.amount === 0 ? [] : [one]));
}
