import { z } from 'zod';
import { bilingual, id, pageOf, pageRequest } from '../core';
import { trainingClass } from '../training/training-class';
import { enrollment, enrollmentState, seatReason } from './enrollment';

export const enrollInput = z.object({ classId: id });

/** What became of the wish. Asking again answers with what holds now. */
export const enrollResult = z.object({
  enrollmentId: id,
  classId: id,
  state: enrollmentState,
  /** Place on the waitlist, from 1; null for somebody who does not wait. */
  position: z.number().int().min(1).nullable(),
});
export type EnrollResult = z.infer<typeof enrollResult>;

export const withdrawInput = z.object({
  enrollmentId: id,
  /** What is given back, as the asker saw it; the enrolment stands differently by now: CHANGED_MEANWHILE. */
  from: enrollmentState.optional(),
});

/** A line of the seat ledger as the person concerned reads it. */
export const seatNote = z.object({
  at: z.date(),
  kind: z.enum([
    'enrolled',
    'waitlisted',
    'promoted',
    'passed-over',
    'withdrawn',
    'left-waitlist',
    'cancelled',
  ]),
  reason: seatReason,
});

export const myEnrollment = enrollment
  .pick({
    id: true,
    classId: true,
    state: true,
    origin: true,
    requestedAt: true,
    decidedAt: true,
    demo: true,
  })
  .extend({
    position: z.number().int().min(1).nullable(),
    class: trainingClass
      .pick({
        id: true,
        classNo: true,
        title: true,
        status: true,
        baseId: true,
        startsAt: true,
        endsAt: true,
        promotionCutOff: true,
        withdrawalDeadline: true,
        capacity: true,
        seatsTaken: true,
        waiting: true,
      })
      .extend({
        baseName: bilingual,
        /** The course it teaches, as the catalogue names it; null where there are several. */
        courseTitle: bilingual.nullable(),
      }),
    /** What happened to the seat, oldest first, every passing-over with its reason. */
    notes: z.array(seatNote),
  });
export type MyEnrollment = z.infer<typeof myEnrollment>;

/** `current`: everything that still holds, waits or is about to be held. `past`: the rest. */
export const myEnrollmentsInput = pageRequest.extend({
  which: z.enum(['current', 'past', 'all']).default('all'),
  /** Only those in one class: whoever withdrew and came back has several. */
  classId: id.nullable().default(null),
});
export type MyEnrollmentsInput = z.infer<typeof myEnrollmentsInput>;
export const myEnrollments = pageOf(myEnrollment);

const personLine = z.object({
  id,
  personNo: z.string(),
  name: z.string(),
  unit: z.object({ id, name: bilingual }),
});

export const rosterInput = pageRequest.extend({
  classId: id,
  state: enrollmentState.nullable().default(null),
  /** Start of a name, its pinyin or initials, or of a person number. */
  search: z.string().trim().max(40).default(''),
});
export const rosterLine = enrollment
  .pick({ id: true, state: true, origin: true, seq: true, requestedAt: true, decidedAt: true, demo: true })
  .extend({ person: personLine, position: z.number().int().min(1).nullable() });
export type RosterLine = z.infer<typeof rosterLine>;
export const roster = pageOf(rosterLine).extend({
  class: trainingClass.pick({
    id: true,
    classNo: true,
    title: true,
    capacity: true,
    seatsTaken: true,
    waiting: true,
  }),
});

export const unitEnrollmentsInput = pageRequest.extend({
  state: enrollmentState.nullable().default(null),
  search: z.string().trim().max(40).default(''),
});
export const unitEnrollment = rosterLine.extend({
  class: trainingClass.pick({
    id: true,
    classNo: true,
    title: true,
    status: true,
    startsAt: true,
    endsAt: true,
  }),
});
export type UnitEnrollment = z.infer<typeof unitEnrollment>;
export const unitEnrollments = pageOf(unitEnrollment);

export const seatCountsInput = z.object({ classIds: z.array(id).min(1).max(50) });
export const seatCounts = z.array(
  z.object({
    classId: id,
    capacity: z.number().int(),
    seatsTaken: z.number().int(),
    waiting: z.number().int(),
  }),
);
export type SeatCounts = z.infer<typeof seatCounts>;
