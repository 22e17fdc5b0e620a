import { z } from 'zod';
import { amount, civilDate, id } from '../core';

/** A year of assessment: the cycles it reads and the cut-off at which its figures are frozen. Freezing closes no cycle. */
export const assessmentYear = z.object({
  id,
  name: z.string().min(1),
  /** The unit subtree whose people are assessed. */
  unitId: id,
  /** The day that picks, per target, the cycle which holds it. */
  referenceDate: civilDate,
  cutOffAt: z.date(),
  state: z.enum(['open', 'frozen']),
  snapshotNo: z.number().int().min(0),
  demo: z.boolean(),
});
export type AssessmentYear = z.infer<typeof assessmentYear>;

export const feedMeasure = z.object({ measure: z.string(), required: amount, earned: amount });

/** One target of a person in the feed: required, earned, met by which measure, and why. */
export const feedTarget = z.object({
  target: z.string(),
  cycle: z.object({ from: civilDate, to: civilDate }),
  measures: z.array(feedMeasure),
  met: z.boolean(),
  metBy: z.array(z.string()),
  shortfall: z.array(z.object({ measure: z.string(), amount })),
  flags: z.array(z.string()),
  clause: z.string(),
});
export type FeedTarget = z.infer<typeof feedTarget>;

/** One line of the credit feed: per person × cycle × version, append-only, numbered in commit order by one sequencer. */
export const feedLine = z.object({
  id,
  /** Position in the feed; null until the sequencer has numbered the committed line. */
  seq: z.number().int().min(1).nullable(),
  assessmentYearId: id,
  personId: id,
  personNo: z.string(),
  version: z.number().int().min(1),
  state: z.enum(['open', 'frozen']),
  snapshotNo: z.number().int().nullable(),
  regulation: z.object({ code: z.string(), version: z.number().int() }),
  targets: z.array(feedTarget),
  ledgerHead: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
  recordedAt: z.date(),
  /** Detached-free compact JWS (Ed25519) over the canonical JSON (RFC 8785) of the line. */
  jws: z.string(),
});
export type FeedLine = z.infer<typeof feedLine>;
