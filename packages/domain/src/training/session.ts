import { z } from 'zod';
import { amount, halfDay, id } from '../core';

export const sessionMode = z.enum(['on-site', 'online', 'both']);
export type SessionMode = z.infer<typeof sessionMode>;

/**
 * scheduled → live (room open) → closed → settled; or cancelled before it is live. A session whose room nobody opened
 * becomes not-held by itself and waits for somebody to say what it was: nobody is credited for it, and nobody blamed.
 */
export const sessionStatus = z.enum(['scheduled', 'live', 'closed', 'settled', 'cancelled', 'not-held']);
export type SessionStatus = z.infer<typeof sessionStatus>;

/** What a session declares to be worth, frozen when the room opens; never derived from minutes. At most one day per date. */
export const worth = z.object({
  halfDays: z.array(halfDay),
  /** Class hours (学时) as the timetable says, in ten-thousandths. */
  classHours: amount.min(0),
});
export type Worth = z.infer<typeof worth>;

/** Where and when a session stands, as people note it. */
export const sessionPlace = z.object({ baseId: id, venueId: id, startsAt: z.date(), endsAt: z.date() });
export type SessionPlace = z.infer<typeof sessionPlace>;

/** One teaching session (一次课 / 现场教学) of a class: course, place, people and time. */
export const session = z.object({
  id,
  classId: id,
  courseId: id,
  baseId: id,
  venueId: id,
  instructorIds: z.array(id),
  title: z.string().min(1).max(80),
  startsAt: z.date(),
  endsAt: z.date(),
  mode: sessionMode,
  worth,
  status: sessionStatus,
  /** Seats the session needs in the base's half-day capacity: the class capacity, 0 for online only. */
  expectedPeople: z.number().int().min(0),
  /** The room: when it was really opened and closed, and the end as the host has extended it. */
  openedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  extendedTo: z.date().nullable(),
  cancelledReason: z.string().nullable(),
  /** Where it stood when people first could note it; null while it stands there. */
  movedFrom: sessionPlace.nullable().default(null),
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type Session = z.infer<typeof session>;
