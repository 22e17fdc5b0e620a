import { z } from 'zod';
import { clip, durationMillis, id, interval, unionOf, type Id, type Interval } from '../core';
import type { Attendance, RoomLog } from './attendance';
import { attendanceMode } from './room-event';

/**
 * How long one person was in one session: union of intervals, clipped to the held interval, floored to whole
 * minutes once at the end (`decisions.md`, presence). Kept for ever beside the events it was derived from.
 */
export const presence = z.object({
  id,
  sessionId: id,
  personId: id,
  /** 1 when the room closes; a later correction adds the next one and leaves this one standing. */
  revision: z.number().int().min(1),
  mode: attendanceMode,
  intervals: z.array(interval),
  minutes: z.number().int().min(0),
  heldMinutes: z.number().int().min(0),
  /** True when nobody checked the person out of the hall and the session's close ended the presence. */
  closedOpen: z.boolean(),
});
export type Presence = z.infer<typeof presence>;

/** The revision of the presences that a room's close writes. */
export const FIRST_REVISION = 1;

const MINUTE_MILLIS = 60_000;
const wholeMinutes = (spans: readonly Interval[]): number =>
  Math.floor(spans.reduce((sum, span) => sum + durationMillis(span), 0) / MINUTE_MILLIS);

const later = (a: Date, b: Date): Date => (a > b ? a : b);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

type Timetable = Readonly<{ startsAt: Date; endsAt: Date }>;
type RoomTimes = Pick<RoomLog, 'openedAt' | 'extendedTo' | 'closedAt'>;

/**
 * When the session was really held: from the later of opening and scheduled start to the earlier of closing and
 * scheduled (or extended) end. While the room is open, `now` stands for the closing. Null when no time was held.
 */
export function heldInterval(timetable: Timetable, room: RoomTimes, now: Date): Interval | null {
  if (room.openedAt === null) return null;
  const startsAt = later(room.openedAt, timetable.startsAt);
  const endsAt = earlier(room.closedAt ?? now, room.extendedTo ?? timetable.endsAt);
  return startsAt < endsAt ? { startsAt, endsAt } : null;
}

const nonEmpty = (from: Date, to: Date): Interval[] => (from < to ? [{ startsAt: from, endsAt: to }] : []);

/** In the hall from check-in to check-out; online as long as a connection lasted, after the check-in and before the check-out. */
function presentSpans(attended: Attendance, frame: Interval): Interval[] {
  const last = attended.checkedOutAt ?? frame.endsAt;
  if (attended.mode === 'hall') return nonEmpty(attended.checkedInAt, last);
  return attended.connections.flatMap(({ from, to }) =>
    nonEmpty(later(from, attended.checkedInAt), earlier(to ?? last, last)),
  );
}

export type PresenceFigures = Pick<Presence, 'intervals' | 'minutes' | 'heldMinutes' | 'closedOpen'>;

/** One person's presence as it stands `now`; final once the room has closed. */
export function assessPresence(
  attended: Attendance,
  timetable: Timetable,
  room: RoomTimes,
  now: Date,
): PresenceFigures {
  const closedOpen = attended.checkOutReason === 'room-closed';
  const frame = heldInterval(timetable, room, now);
  if (frame === null) return { intervals: [], minutes: 0, heldMinutes: 0, closedOpen };
  const intervals = unionOf(presentSpans(attended, frame)).flatMap((span) => clip(span, frame) ?? []);
  return { intervals, minutes: wholeMinutes(intervals), heldMinutes: wholeMinutes([frame]), closedOpen };
}

/** Everybody's presence in one session, in the order of check-in. */
export function assessPresences(
  log: RoomLog,
  timetable: Timetable & { id: Id },
  now: Date,
): Omit<Presence, 'id' | 'revision'>[] {
  return [...log.attendances.values()].map((attended) => ({
    sessionId: timetable.id,
    personId: attended.personId,
    mode: attended.mode,
    ...assessPresence(attended, timetable, log, now),
  }));
}
