import { z } from 'zod';
import { bilingual, civilDate, id, pageOf, pageRequest } from '../core';
import { personReading, readingCounts, targetReading } from '../ledger';
import { assessmentYear, feedStatement, feedTarget } from './assessment';

/** Position after which to go on: the `nextCursor` of the page before, '0' for the beginning. */
export const feedCursor = z.string().regex(/^\d{1,15}$/);
export const FEED_PAGE_LIMIT = 500;

/** A year as the reader of its feed sees it. */
export const feedYear = assessmentYear.pick({
  id: true,
  name: true,
  nameEn: true,
  referenceDate: true,
  cutOffAt: true,
  state: true,
  snapshotNo: true,
});
export type FeedYear = z.infer<typeof feedYear>;

/** The descriptions stand in the OpenAPI document and on the page of the interface. */
export const feedInput = z.object({
  assessmentYearId: id.describe(
    '考核年度的 id，由 GET /assessment-years 列出 / id of the year, as GET /assessment-years lists it',
  ),
  cursor: feedCursor
    .describe('上一页的 nextCursor，第一次为 0 / nextCursor of the page before, 0 at first')
    .default('0'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(FEED_PAGE_LIMIT)
    .describe(
      `一页最多几条，1–${FEED_PAGE_LIMIT}，默认 100 / most lines in a page, 1 to ${FEED_PAGE_LIMIT}, 100 unless told`,
    )
    .default(100),
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

/** What an assessment year holds of the person who asks: its cut-off, and once it is frozen the result, signed as the feed has it. */
export const myAssessment = z.object({
  year: assessmentYear.pick({ id: true, name: true, nameEn: true, cutOffAt: true }),
  /** Null until the figures are frozen: what is settled before the cut-off still counts. */
  frozen: z
    .object({
      snapshotNo: z.number().int().min(1),
      /** The worst of the targets; null where nothing was asked. */
      reading: personReading.nullable(),
      targets: z.array(
        feedTarget.pick({ target: true, name: true, cycle: true, makesUp: true, reasons: true }).extend({
          reading: targetReading,
        }),
      ),
    })
    .nullable(),
});
export type MyAssessment = z.infer<typeof myAssessment>;

export const yearView = assessmentYear.extend({ people: z.number().int(), cutOffReached: z.boolean() });
export type YearView = z.infer<typeof yearView>;

/** A session that was settled after the cut-off, and of how many of the year's people. */
export const lateSession = z.object({
  sessionId: id,
  title: z.string(),
  startsAt: z.date(),
  settledAt: z.date(),
  people: z.number().int(),
});
export type LateSession = z.infer<typeof lateSession>;

/** How far a freeze has come: of the snapshot's people those whose line is written. */
export const freezeProgress = z.object({ written: z.number().int(), people: z.number().int() });
export type FreezeProgress = z.infer<typeof freezeProgress>;

/** What a snapshot of a year holds, or would hold if it were made now. */
export const freezeView = z.object({
  /** The day of the cut-off: whoever served on it is in the snapshot. */
  day: civilDate,
  /** The number of the snapshot, or of the next one. */
  snapshotNo: z.number().int(),
  people: z.number().int(),
  met: z.number().int(),
  missed: z.number().int(),
  /** People who have missed nothing, and of whom a cycle that is longer goes on. */
  running: z.number().int(),
  /** People to whom no target applies. */
  nothingAsked: z.number().int(),
  /** Sessions that ended before the cut-off and have no credits yet. */
  unsettled: z.number().int(),
  /** Sessions that nobody opened and of which nobody has said what they were. */
  notHeld: z.number().int(),
  /** Sessions whose credits were recorded after the cut-off and so are not in the snapshot, newest first. */
  late: z.array(lateSession),
  /** Who froze it, and when; null while it is open. */
  done: z.object({ by: z.string(), at: z.date() }).nullable(),
});
export type FreezeView = z.infer<typeof freezeView>;

export const assessmentTableInput = pageRequest.extend({
  assessmentYearId: id,
  search: z.string().max(40),
  /** Nothing is everybody. */
  show: z.array(personReading),
});
export type AssessmentTableInput = z.infer<typeof assessmentTableInput>;

export const assessmentRow = z.object({
  personId: id,
  personNo: z.string(),
  name: z.string(),
  unit: bilingual,
  /** Null until a first line was made for the person. */
  statement: feedStatement.nullable(),
  /** The line's targets with how each reads: at the cut-off in a frozen line, today in an open one. */
  targets: z.array(
    feedTarget.extend({ reading: targetReading, clauseText: z.string(), regulationTitle: bilingual }),
  ),
  /** The worst of them; null without a line and where nothing is asked. */
  reading: personReading.nullable(),
});
export type AssessmentRow = z.infer<typeof assessmentRow>;

export const assessmentTable = pageOf(assessmentRow).extend({
  year: yearView,
  counts: readingCounts,
});
export type AssessmentTable = z.infer<typeof assessmentTable>;
