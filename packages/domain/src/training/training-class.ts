import { z } from 'zod';
import { id } from '../core';

/** 调训: named by the organisation · 选学: own choice · both. */
export const classMode = z.enum(['nominated', 'self-selected', 'mixed']);
export type ClassMode = z.infer<typeof classMode>;

export const classKind = z.enum([
  'on-site',
  'theme-seminar',
  'appointment',
  'initial',
  'business',
  'main',
  'lecture',
  'online-theme',
]);
export type ClassKind = z.infer<typeof classKind>;

/** draft → open (enrolment possible within its window) → completed, or cancelled at any time before completion. */
export const classStatus = z.enum(['draft', 'open', 'completed', 'cancelled']);
export type ClassStatus = z.infer<typeof classStatus>;

/** When people may enrol; `closesAt` excluded. */
export const enrollmentWindow = z
  .object({ opensAt: z.date(), closesAt: z.date() })
  .refine((window) => window.opensAt < window.closesAt, { message: 'the window closes after it opens' });
export type EnrollmentWindow = z.infer<typeof enrollmentWindow>;

/** Seats reserved for a unit (and all below it) until the date on which unused ones return to the pool. */
export const quota = z.object({ unitId: id, seats: z.number().int().min(0), returnsAt: z.date() });
export type Quota = z.infer<typeof quota>;

/**
 * A training class (培训班): what people enrol in. Capacity, window, cut-off, quota, seats and waitlist live here;
 * a single event is a class with one session.
 */
export const trainingClass = z.object({
  id,
  classNo: z.string(),
  runNo: z.number().int().min(1),
  title: z.string().min(1).max(80),
  description: z.string(),
  themeId: id,
  kind: classKind,
  mode: classMode,
  status: classStatus,
  /** The base that runs the class; its admins and the alliance may change it. */
  baseId: id,
  capacity: z.number().int().min(1),
  window: enrollmentWindow,
  /** After this instant nobody is promoted from the waitlist any more. */
  promotionCutOff: z.date(),
  /** Until this instant a learner may withdraw without asking. */
  withdrawalDeadline: z.date(),
  quotas: z.array(quota),
  classTeacherIds: z.array(id),
  /** From the first session's start to the last session's end; null while there is none. */
  startsAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  /** Seats taken and people waiting: a cache of the seat ledger, changed in the ledger entry's transaction. */
  seatsTaken: z.number().int().min(0),
  waiting: z.number().int().min(0),
  /** Number of the last seat ledger entry; the next decision takes the following one. */
  ledgerSeq: z.number().int().min(0),
  /** Changes with every write; a writer states the one it has read. */
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type TrainingClass = z.infer<typeof trainingClass>;
