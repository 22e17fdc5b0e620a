import { z } from 'zod';
import { bilingual, id, pageOf, pageRequest } from '../core';
import { assessmentYear, feedStatement } from './assessment';

/** Position after which to go on: the `nextCursor` of the page before, '0' for the beginning. */
export const feedCursor = z.string().regex(/^\d{1,15}$/);
export const FEED_PAGE_LIMIT = 500;

/** A year as the reader of its feed sees it. */
export const feedYear = assessmentYear.pick({
  id: true,
  name: true,
  referenceDate: true,
  cutOffAt: true,
  state: true,
  snapshotNo: true,
});
export type FeedYear = z.infer<typeof feedYear>;

export const feedInput = z.object({
  assessmentYearId: id,
  cursor: feedCursor.default('0'),
  limit: z.coerce.number().int().min(1).max(FEED_PAGE_LIMIT).default(100),
});

export const feedItem = z.object({ seq: z.number().int(), statement: feedStatement, jws: z.string() });
export const feedPage = z.object({ items: z.array(feedItem), nextCursor: feedCursor, more: z.boolean() });
export type FeedPage = z.infer<typeof feedPage>;

/** The public keys by which lines are verified (RFC 7517). */
export const jsonWebKeySet = z.object({
  keys: z.array(
    z.object({
      kty: z.string(),
      crv: z.string(),
      x: z.string(),
      kid: z.string(),
      alg: z.string(),
      use: z.string(),
    }),
  ),
});

export const yearView = assessmentYear.extend({ people: z.number().int(), cutOffReached: z.boolean() });
export type YearView = z.infer<typeof yearView>;

export const assessmentTableInput = pageRequest.extend({
  assessmentYearId: id,
  search: z.string().max(40),
  show: z.enum(['all', 'met', 'unmet']),
});
export type AssessmentTableInput = z.infer<typeof assessmentTableInput>;

export const assessmentRow = z.object({
  personId: id,
  personNo: z.string(),
  name: z.string(),
  unit: bilingual,
  /** Null until a first line was made for the person. */
  statement: feedStatement.nullable(),
  met: z.boolean(),
});
export type AssessmentRow = z.infer<typeof assessmentRow>;

export const assessmentTable = pageOf(assessmentRow).extend({
  year: yearView,
  counts: z.object({ all: z.number().int(), met: z.number().int(), unmet: z.number().int() }),
});
export type AssessmentTable = z.infer<typeof assessmentTable>;
