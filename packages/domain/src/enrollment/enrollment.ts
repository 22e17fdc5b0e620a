import { z } from 'zod';
import { id } from '../core';

/**
 * waiting → offered → enrolled / declined / expired; enrolled → withdrawn / dismissed / completed.
 * The first version accepts an offer by itself until the class's promotion cut-off.
 */
export const enrollmentState = z.enum([
  'enrolled',
  'waiting',
  'offered',
  'withdrawn',
  'declined',
  'expired',
  'dismissed',
  'completed',
  'cancelled',
]);
export type EnrollmentState = z.infer<typeof enrollmentState>;

/** States that hold or ask for a seat: a person has at most one such enrolment per class. */
export const ACTIVE_STATES = [
  'enrolled',
  'waiting',
  'offered',
  'completed',
] as const satisfies readonly EnrollmentState[];

/** Who the wish came from: own choice (选学), called up (调训) or added at the door (现场补录). */
export const enrollmentOrigin = z.enum(['self-selected', 'nominated', 'walk-in']);
export type EnrollmentOrigin = z.infer<typeof enrollmentOrigin>;

export const enrollment = z.object({
  id,
  classId: id,
  personId: id,
  /** The person's unit path when enrolling, for unit scopes and quotas. */
  unitPath: z.array(id),
  state: enrollmentState,
  origin: enrollmentOrigin,
  /** Place in the class's queue of decisions; the order of the waitlist. */
  seq: z.number().int().min(1),
  requestedAt: z.date(),
  decidedAt: z.date(),
  demo: z.boolean(),
});
export type Enrollment = z.infer<typeof enrollment>;

/** Why a seat moved, or why a waiting person was passed over; always visible to that person. */
export const seatReason = z.enum([
  'seat-free',
  'class-full',
  'seat-reserved',
  'seat-returned',
  'withdrawn-by-learner',
  'withdrawn-by-officer',
  'capacity-raised',
  'after-cut-off',
  'person-no-longer-active',
  'class-cancelled',
  'walk-in',
]);
export type SeatReason = z.infer<typeof seatReason>;

/** One line of the seat ledger: append-only, numbered per class. Seats taken = sum of `seats`, people waiting = sum of `waiting`. */
export const seatLedgerEntry = z.object({
  id,
  classId: id,
  seq: z.number().int().min(1),
  enrollmentId: id,
  personId: id,
  kind: z.enum([
    'enrolled',
    'waitlisted',
    'promoted',
    'passed-over',
    'withdrawn',
    'left-waitlist',
    'cancelled',
  ]),
  seats: z.number().int().min(-1).max(1),
  waiting: z.number().int().min(-1).max(1),
  reason: seatReason,
  at: z.date(),
  by: id.nullable(),
});
export type SeatLedgerEntry = z.infer<typeof seatLedgerEntry>;
