import { AppError } from '../core';
import type { Session } from '../training';

/** A room opens at the earliest so many minutes before the scheduled start. */
export const ROOM_OPENS_MINUTES = 60;
/** A room that nobody closes closes by itself so many minutes after its (extended) end. */
export const ROOM_CLOSES_MINUTES = 120;
/** The end can be put off by at most so many minutes from the scheduled one. */
export const EXTENSION_LIMIT_MINUTES = 180;

const MINUTE_MILLIS = 60_000;
const plusMinutes = (instant: Date, minutes: number): Date =>
  new Date(instant.getTime() + minutes * MINUTE_MILLIS);

type Times = Pick<Session, 'startsAt' | 'endsAt' | 'extendedTo'>;

export const roomOpensAt = ({ startsAt }: Pick<Times, 'startsAt'>): Date =>
  plusMinutes(startsAt, -ROOM_OPENS_MINUTES);
export const roomEndsAt = ({ endsAt, extendedTo }: Pick<Times, 'endsAt' | 'extendedTo'>): Date =>
  extendedTo ?? endsAt;
/** How many minutes of a session are still to come at a moment, a part as a whole one. */
export function roomMinutesLeft(times: Times, now: Date): number {
  const from = Math.max(now.getTime(), times.startsAt.getTime());
  return Math.max(0, Math.ceil((roomEndsAt(times).getTime() - from) / MINUTE_MILLIS));
}
export const roomClosesItselfAt = (times: Pick<Times, 'endsAt' | 'extendedTo'>): Date =>
  plusMinutes(roomEndsAt(times), ROOM_CLOSES_MINUTES);
export const latestExtension = ({ endsAt }: Pick<Times, 'endsAt'>): Date =>
  plusMinutes(endsAt, EXTENSION_LIMIT_MINUTES);

/** Refuses what a session's status does not allow; a live one passes. */
export function assertRoomOpen({ status }: Pick<Session, 'status'>): void {
  switch (status) {
    case 'live':
      return;
    case 'scheduled':
    case 'cancelled':
    case 'not-held':
      throw new AppError('ROOM_NOT_OPEN');
    case 'closed':
    case 'settled':
      throw new AppError('ROOM_CLOSED');
  }
}

/** May the room open now? A scheduled session, from an hour before its start until its end. */
export function assertCanOpen(session: Pick<Session, 'status' | 'startsAt' | 'endsAt'>, now: Date): void {
  if (session.status === 'closed' || session.status === 'settled') throw new AppError('ROOM_CLOSED');
  if (session.status !== 'scheduled' && session.status !== 'not-held')
    throw new AppError('SESSION_NOT_SCHEDULED');
  const opensAt = roomOpensAt(session);
  if (now < opensAt) throw new AppError('ROOM_TOO_EARLY', { opensAt: opensAt.toISOString() });
  if (now >= session.endsAt) throw new AppError('ROOM_TOO_LATE', { endedAt: session.endsAt.toISOString() });
}

/** May the end be put off to `until`? Later than now and than the end so far, at most three hours after the scheduled one. */
export function assertCanExtend(
  session: Pick<Session, 'status' | 'endsAt' | 'extendedTo'>,
  until: Date,
  now: Date,
): void {
  assertRoomOpen(session);
  const latest = latestExtension(session);
  if (until <= now || until <= roomEndsAt(session) || until > latest)
    throw new AppError('EXTENSION_OUT_OF_RANGE', { latest: latest.toISOString() });
}
