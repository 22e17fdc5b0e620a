import { addDays, type CivilDate } from '../../core';
import { isInCycle, lastDayWith, type CycleRef } from '../person/cycles';
import { addMonths, daysInclusive, endOfCalendarPeriod } from '../value/calendar';
import { isCalendarPeriod, periodKey } from './limit-periods';
import type { Limit, LimitTimes } from './limit-rules';

/** Days on end that are all in the same period of every limit, those by the day aside. */
export interface Stretch {
  /** Its place among all of them, from 0. */
  readonly index: number;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly days: number;
}

/** Nobody plans farther ahead, whatever a window says. */
const FARTHEST_MONTHS = 600;

/**
 * What is left of a span in stretches, in order of time: where a period of a limit begins or ends, a limit comes into force
 * or ceases, or something leaves the months that a rolling limit looks back on (of what is `known`, or may be earned at the
 * beginning of an earlier stretch), another one begins.
 */
export function stretchesOf(
  limits: readonly Limit[],
  { from, to: last }: Pick<CycleRef, 'from' | 'to'>,
  known: readonly CivilDate[],
  times: Pick<LimitTimes, 'periodOf'>,
): Stretch[] {
  const farthest = addMonths(from, FARTHEST_MONTHS);
  const to = last < farthest ? last : farthest;
  const starts = new Set([from]);
  const add = (day: CivilDate): void => {
    if (isInCycle(day, { from, to })) starts.add(day);
  };
  for (const { cap, rolling } of limits) {
    if (cap.inForce?.from !== undefined) add(cap.inForce.from);
    if (cap.inForce?.to !== undefined) add(addDays(cap.inForce.to, 1));
    if (rolling !== undefined || cap.per === undefined || cap.per === 'day') continue;
    for (let day = from; day <= to; day = nextPeriod(cap.per, day, to, times)) add(day);
  }
  const months = new Set(limits.flatMap(({ rolling }) => rolling ?? []));
  // What is added on the way is gone through as well.
  for (const days of [new Set(known), starts])
    for (const day of days) for (const length of months) add(addDays(lastDayWith(day, length), 1));
  const sorted = [...starts].sort();
  return sorted.map((start, index) => {
    const next = sorted[index + 1];
    const end = next === undefined ? to : addDays(next, -1);
    return { index, from: start, to: end, days: daysInclusive(start, end) };
  });
}

/** The first day after a day that lies in another period of a limit, or in none, or after `to` where there is no such. */
function nextPeriod(
  per: string,
  day: CivilDate,
  to: CivilDate,
  { periodOf }: Pick<LimitTimes, 'periodOf'>,
): CivilDate {
  if (isCalendarPeriod(per)) return addDays(endOfCalendarPeriod(day, per), 1);
  const here = periodKey(per, day, periodOf);
  const end = periodOf(per, day)?.to;
  // Of periods of a person's own one may begin before the other is over.
  const isSame = (other: CivilDate): boolean => periodKey(per, other, periodOf) === here;
  if (end !== undefined && end < to && isSame(end)) return addDays(end, 1);
  let next = addDays(day, 1);
  while (next <= to && isSame(next)) next = addDays(next, 1);
  return next;
}
