import type { Id } from '../core';
import type { TrainingClass } from './training-class';

/** The times of a class that its first session limits: nobody joins, is promoted or withdraws freely after it has begun. */
export type ClassTimes = Pick<TrainingClass, 'window' | 'promotionCutOff' | 'withdrawalDeadline'>;

const HOUR = 3_600_000;
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** So many hours before the start enrolment closes, nobody is promoted any more, and nobody withdraws freely. */
export interface ClassDeadlines {
  enroll: number;
  promote: number;
  withdraw: number;
}
export const USUAL_DEADLINES: ClassDeadlines = { enroll: 24, promote: 12, withdraw: 24 };

/**
 * The times of a class that opens now, by hours before its start. Where the start is nearer than twice that, half of the
 * time that is left has to do: in whole hours, quarters of an hour below four hours, minutes below half an hour.
 */
export function suggestClassTimes(
  now: Date,
  startsAt: Date,
  hours: ClassDeadlines = USUAL_DEADLINES,
): ClassTimes {
  const ahead = Math.max(startsAt.getTime() - now.getTime(), 0);
  const half = ahead / 2;
  const step = half >= 4 * HOUR ? HOUR : half >= HOUR / 2 ? HOUR / 4 : HOUR / 60;
  const most = Math.floor(half / step) * step;
  const before = (count: number) =>
    new Date(startsAt.getTime() - (count * HOUR <= half ? count * HOUR : most));
  return {
    window: { opensAt: now, closesAt: before(hours.enroll) },
    promotionCutOff: before(hours.promote),
    withdrawalDeadline: before(hours.withdraw),
  };
}

/** Opens, closes, last promotion, start: in this order; and withdrawal ends no later than the start. */
export const areClassTimesValid = (times: ClassTimes, startsAt: Date): boolean =>
  times.window.opensAt < times.window.closesAt &&
  times.window.closesAt <= times.promotionCutOff &&
  times.promotionCutOff <= startsAt &&
  times.withdrawalDeadline <= startsAt;

/** The same times pulled forward as far as an earlier start demands. */
export function fitClassTimes(times: ClassTimes, startsAt: Date): ClassTimes {
  const promotionCutOff = earlier(times.promotionCutOff, startsAt);
  const closesAt = earlier(times.window.closesAt, promotionCutOff);
  return {
    window: { opensAt: earlier(times.window.opensAt, new Date(closesAt.getTime() - 1)), closesAt },
    promotionCutOff,
    withdrawalDeadline: earlier(times.withdrawalDeadline, startsAt),
  };
}

/**
 * The times of a class whose first session moves from one start to another: each keeps its distance to the start. Where
 * the new start is too near for that, half of the time that is left has to do, as when it is scheduled; so nothing that
 * lay ahead of the old start falls into the past. Enrolment opens when it did.
 */
export function moveClassTimes(times: ClassTimes, from: Date, to: Date, now: Date): ClassTimes {
  const hoursBefore = (at: Date): number => Math.max(0, from.getTime() - at.getTime()) / HOUR;
  const moved = suggestClassTimes(now, to, {
    enroll: hoursBefore(times.window.closesAt),
    promote: hoursBefore(times.promotionCutOff),
    withdraw: hoursBefore(times.withdrawalDeadline),
  });
  return fitClassTimes(
    { ...moved, window: { opensAt: times.window.opensAt, closesAt: moved.window.closesAt } },
    to,
  );
}

/** What becomes of a class's times when one of its sessions moves; null where its first start stays. */
export function classTimesAfterMove(
  value: ClassTimes & Pick<TrainingClass, 'startsAt'>,
  sessions: readonly { id: Id; startsAt: Date; endsAt: Date; status: string }[],
  moved: { id: Id; startsAt: Date; endsAt: Date },
  now: Date,
): ClassTimes | null {
  const { startsAt } = spanOfClass(
    sessions.map((session) => (session.id === moved.id ? { ...session, ...moved } : session)),
  );
  return value.startsAt === null || startsAt === null || startsAt.getTime() === value.startsAt.getTime()
    ? null
    : moveClassTimes(value, value.startsAt, startsAt, now);
}

/** From the first start to the last end of the sessions that are still to be held or were held. */
export function spanOfClass(sessions: readonly { startsAt: Date; endsAt: Date; status: string }[]): {
  startsAt: Date | null;
  endsAt: Date | null;
} {
  const held = sessions.filter(({ status }) => status !== 'cancelled');
  if (held.length === 0) return { startsAt: null, endsAt: null };
  return {
    startsAt: new Date(Math.min(...held.map(({ startsAt }) => startsAt.getTime()))),
    endsAt: new Date(Math.max(...held.map(({ endsAt }) => endsAt.getTime()))),
  };
}
