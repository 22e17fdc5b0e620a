import {
  addDays,
  durationMillis,
  halfDaysOf,
  instantOf,
  overlaps,
  toCivilDate,
  type CivilDate,
  type ErrorCode,
  type Interval,
} from '../core';

/** Refusals that hold at any time: only another place, or fewer people, gets around them. */
const AT_ANY_TIME: readonly ErrorCode[] = ['BASE_NOT_OPERATING', 'RESOURCE_NOT_IN_USE', 'VENUE_TOO_SMALL'];

/** Whether there is any sense in looking for another time. */
export const wouldTimeHelp = (refusals: readonly { readonly code: ErrorCode }[]): boolean =>
  !refusals.some(({ code }) => AT_ANY_TIME.includes(code));

/** How far ahead another time is looked for, in steps of how many minutes, and how many are offered. */
export const ALTERNATIVES = { days: 14, stepMinutes: 30, count: 3 } as const;

/** The dates on which alternatives are looked for, from the wanted one on. */
export const alternativeDates = (wanted: Interval): CivilDate[] =>
  Array.from({ length: ALTERNATIVES.days }, (_, index) => addDays(toCivilDate(wanted.startsAt), index));

/**
 * Other times of the same length for which `isFree` holds, nearest to the wanted start first; none overlaps another
 * one, and none reaches into more half-days than the wanted one, as through a meal. On each date every half hour is
 * tried, and the wanted time of day itself.
 */
export function findAlternatives(wanted: Interval, isFree: (span: Interval) => boolean): Interval[] {
  const length = durationMillis(wanted);
  const halfDays = halfDaysOf(wanted).length;
  const start = wanted.startsAt.getTime();
  const sameTime = start - instantOf(toCivilDate(wanted.startsAt)).getTime();
  const found: Interval[] = [];
  for (const date of alternativeDates(wanted)) {
    const midnight = instantOf(date).getTime();
    const starts = Array.from(
      { length: (24 * 60) / ALTERNATIVES.stepMinutes },
      (_, index) => midnight + index * ALTERNATIVES.stepMinutes * 60_000,
    );
    starts.push(midnight + sameTime);
    starts.sort((a, b) => Math.abs(a - midnight - sameTime) - Math.abs(b - midnight - sameTime) || a - b);
    for (const at of starts) {
      if (found.length === ALTERNATIVES.count) return found;
      const span = { startsAt: new Date(at), endsAt: new Date(at + length) };
      if (at === start || halfDaysOf(span).length > halfDays) continue;
      if (found.some((taken) => overlaps(taken, span)) || !isFree(span)) continue;
      found.push(span);
    }
  }
  return found;
}
