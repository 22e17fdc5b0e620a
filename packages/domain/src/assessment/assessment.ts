import { z } from 'zod';
import { amount, bilingual, civilDate, id, requirementLimit, type Bilingual } from '../core';
import { regulationRef } from '../ledger/ledger-entry';

/** A year of assessment (考核年度): whose figures it reads and the cut-off at which they are frozen. Freezing closes no cycle. */
export const assessmentYear = z.object({
  id,
  name: z.string().min(1),
  /** What it is called in English; the Chinese name stands in where it has none. */
  nameEn: z.string().optional(),
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

/** A year's name in both languages. */
export const yearName = ({ name, nameEn = '' }: Pick<AssessmentYear, 'name' | 'nameEn'>): Bilingual => ({
  zh: name,
  en: nameEn,
});

/** The form of a line's statement; it changes where a reader has to change. */
export const FEED_FORMAT = 2;

/** Quantities are whole ten-thousandths of the measure's unit: 140000 days are 14 days. */
export const feedMeasure = z.object({
  measure: z.string(),
  /** What is counted, by the regulation: a measure, or a part of it. */
  name: bilingual,
  /** Whether at least, more than, at most or less than what is required is asked for. */
  limit: requirementLimit,
  required: amount,
  earned: amount,
  met: z.boolean(),
});

/** Why a target stands as it does, each with the clause that says so. */
export const feedReason = z.object({
  kind: z.enum(['met-by', 'short', 'relief', 'makes-up']),
  sentence: bilingual,
  clause: z.string(),
});
export type FeedReason = z.infer<typeof feedReason>;

/** One target of a person in the feed: required, earned, by which measure it is met, what is missing, and why. */
export const feedTarget = z.object({
  target: z.string(),
  name: bilingual,
  regulation: regulationRef,
  clause: z.string(),
  cycle: z.object({ from: civilDate, to: civilDate }),
  /** Set where this is what an earlier cycle lacked, to be made up after it or after a promotion. */
  makesUp: z
    .object({
      after: z.enum(['cycle', 'promotion']),
      clause: z.string(),
      cycle: z.object({ from: civilDate, to: civilDate }),
    })
    .nullable(),
  /**
   * `met`; `open`: its cycle runs; `missed`: its cycle is over, or the year is frozen and the cycle ends in it; `exempt`.
   */
  state: z.enum(['met', 'open', 'missed', 'exempt']),
  met: z.boolean(),
  metBy: z.array(z.string()),
  /** Alternatives joined by OR; the measures of one are joined by AND. */
  alternatives: z.array(z.array(feedMeasure)),
  shortfall: z.array(z.array(z.object({ measure: z.string(), amount }))),
  reasons: z.array(feedReason),
});
export type FeedTarget = z.infer<typeof feedTarget>;

const feedFlag = z.object({ flag: z.string(), says: bilingual, clause: z.string() });

/** The unit to which a person belonged on the day of the figures. */
export const feedUnit = z.object({ code: z.string(), name: bilingual });
export type FeedUnit = z.infer<typeof feedUnit>;

/** What a line says of a person; its canonical JSON (RFC 8785) is what is signed. */
export const feedStatement = z.object({
  format: z.literal(FEED_FORMAT),
  assessmentYearId: id,
  personNo: z.string(),
  unit: feedUnit,
  version: z.number().int().min(1),
  state: z.enum(['open', 'frozen']),
  /** The snapshot a frozen line belongs to. */
  snapshotNo: z.number().int().min(1).nullable(),
  /** The day since which the person is no longer in the year's units: transferred or retired. Such a line asks for nothing. */
  left: civilDate.optional(),
  targets: z.array(feedTarget),
  /** What the regulation attaches to a target that is missed. */
  flags: z.array(feedFlag),
  /** The end of the person's ledger chain that the figures were read from. */
  ledger: z.object({ seq: z.number().int().min(0), hash: z.string() }),
  recordedAt: z.iso.datetime(),
});
export type FeedStatement = z.infer<typeof feedStatement>;

/** A person's figures for one assessment year. */
export type FeedFigures = Pick<FeedStatement, 'targets' | 'flags' | 'ledger' | 'left'>;

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
