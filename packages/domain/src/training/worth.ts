import { AMOUNT_UNIT, halfDayKey, halfDaysOf, type Amount, type HalfDay, type Interval } from '../core';
import type { Session, Worth } from './session';

/** A date is worth at most one day, that is two half-days (`rules.md` Appendix B, 1). */
export const HALF_DAYS_PER_DATE = 2;
const HALF_DAY: Amount = AMOUNT_UNIT / 2;

/** The first two of each date, in order of time. */
function atMostOneDay(halfDays: readonly HalfDay[]): HalfDay[] {
  const perDate = new Map<string, number>();
  return halfDays.filter(({ date }) => {
    const count = (perDate.get(date) ?? 0) + 1;
    perDate.set(date, count);
    return count <= HALF_DAYS_PER_DATE;
  });
}

/** What the form proposes: the half-days the time touches and the class hours of the course. The scheduler may declare less. */
export const suggestWorth = (span: Interval, classHours: Amount): Worth => ({
  halfDays: atMostOneDay(halfDaysOf(span)),
  classHours,
});

/** The worth of a moved session: as many half-days as before, on the new dates; the class hours stay. */
export const moveWorth = (worth: Worth, span: Interval): Worth => ({
  halfDays: atMostOneDay(halfDaysOf(span)).slice(0, worth.halfDays.length),
  classHours: worth.classHours,
});

/** Each half-day once, on a half-day the session touches, at most one day per date. */
export function isWorthValid(worth: Worth, span: Interval): boolean {
  const touched = new Set(halfDaysOf(span).map(halfDayKey));
  const declared = worth.halfDays.map(halfDayKey);
  return (
    new Set(declared).size === declared.length &&
    declared.every((key) => touched.has(key)) &&
    atMostOneDay(worth.halfDays).length === declared.length
  );
}

/** What a whole class declares to be worth: days (0.5 per half-day, one per date at most) and class hours, in ten-thousandths. */
export function earningsOf(sessions: readonly Pick<Session, 'worth' | 'status'>[]): {
  days: Amount;
  classHours: Amount;
} {
  const held = sessions.filter(({ status }) => status !== 'cancelled');
  const halfDays = new Map(
    held.flatMap(({ worth }) => worth.halfDays).map((half) => [halfDayKey(half), half]),
  );
  return {
    days: atMostOneDay([...halfDays.values()]).length * HALF_DAY,
    classHours: held.reduce((sum, { worth }) => sum + worth.classHours, 0),
  };
}
