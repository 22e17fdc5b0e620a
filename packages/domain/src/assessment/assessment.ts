import { z } from 'zod';
import { amount, civilDate, id } from '../core';
import { regulationRef } from '../ledger/ledger-entry';

/** A year of assessment (考核年度): whose figures it reads and the cut-off at which they are frozen. Freezing closes no cycle. */
export const assessmentYear = z.object({
  id,
  name: z.string().min(1),
  /** The unit subtree whose people are assessed. */
  unitId: id,
  /** The day that picks, per target, the cycle that holds it. */
  referenceDate: civilDate,
  cutOffAt: z.date(),
  state: z.enum(['open', 'frozen']),
  /** Number of the last snapshot; 0 while nothing is frozen. */
  snapshotNo: z.number().int().min(0),
  demo: z.boolean(),
});
export type AssessmentYear = z.infer<typeof assessmentYear>;

/** Quantities are whole ten-thousandths of the measure's unit: 140000 days are 14 days. */
export const feedMeasure = z.object({
  measure: z.string(),
  required: amount,
  earned: amount,
  met: z.boolean(),
});

/** One target of a person in the feed: required, earned, by which measure it is met, and what is missing. */
export const feedTarget = z.object({
  target: z.string(),
  name: z.string(),
  regulation: regulationRef,
  clause: z.string(),
  cycle: z.object({ from: civilDate, to: civilDate }),
  state: z.enum(['met', 'open', 'missed', 'exempt']),
  met: z.boolean(),
  metBy: z.array(z.string()),
  /** Alternatives joined by OR; the measures of one are joined by AND. */
  alternatives: z.array(z.array(feedMeasure)),
  shortfall: z.array(z.array(z.object({ measure: z.string(), amount }))),
});
export type FeedTarget = z.infer<typeof feedTarget>;

/** What a line says of a person; its canonical JSON (RFC 8785) is what is signed. */
export const feedStatement = z.object({
  assessmentYearId: id,
  personNo: z.string(),
  version: z.number().int().min(1),
  state: z.enum(['open', 'frozen']),
  /** The snapshot a frozen line belongs to. */
  snapshotNo: z.number().int().min(1).nullable(),
  /** The day since which the person is no longer in the year's units: transferred or retired. Such a line asks for nothing. */
  left: civilDate.optional(),
  targets: z.array(feedTarget),
  flags: z.array(z.object({ flag: z.string(), says: z.string(), clause: z.string() })),
  /** The end of the person's ledger chain that the figures were read from. */
  ledger: z.object({ seq: z.number().int().min(0), hash: z.string() }),
  recordedAt: z.iso.datetime(),
});
export type FeedStatement = z.infer<typeof feedStatement>;

/** One line of the credit feed: per person × year × version, append-only, signed. */
export const feedLine = z.object({
  id,
  assessmentYearId: id,
  personId: id,
  unitPath: z.array(id),
  version: z.number().int().min(1),
  state: z.enum(['open', 'frozen']),
  snapshotNo: z.number().int().nullable(),
  met: z.boolean(),
  /** Digest of the figures, without version and time: an equal one needs no new line. */
  figuresDigest: z.string(),
  statement: feedStatement,
  /** Compact JWS (Ed25519) whose payload is the canonical JSON of `statement`; `kid` names the key. */
  jws: z.string(),
});
export type FeedLine = z.infer<typeof feedLine>;

/** A line's place in the feed, given in commit order by one sequencer after the line was committed. */
export const feedPosition = z.object({ id: z.string(), seq: z.number().int().min(1), assessmentYearId: id });
export type FeedPosition = z.infer<typeof feedPosition>;
