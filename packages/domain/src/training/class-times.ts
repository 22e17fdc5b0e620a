import type { TrainingClass } from './training-class';

/** The times of a class that its first session limits: nobody joins, is promoted or withdraws freely after it has begun. */
export type ClassTimes = Pick<TrainingClass, 'window' | 'promotionCutOff' | 'withdrawalDeadline'>;

const HOUR = 3_600_000;
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/**
 * What the form proposes: enrolment from now until a day before, promotion from the waitlist until twelve hours
 * before, withdrawal until a day before; squeezed when the session is nearer than that.
 */
export function suggestClassTimes(now: Date, startsAt: Date): ClassTimes {
  const ahead = Math.max(startsAt.getTime() - now.getTime(), 0);
  const before = (hours: number) => new Date(startsAt.getTime() - Math.min(hours * HOUR, ahead / 2));
  return {
    window: { opensAt: now, closesAt: before(24) },
    promotionCutOff: before(12),
    withdrawalDeadline: before(24),
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
