import type { CivilDate } from '../../core';
import { calendarPeriod, type CalendarPeriod } from '../value/calendar';
import type { LimitTimes } from './limit-rules';

/** The period of a limit that holds a date; undefined where the cycle has none. */
export function periodKey(
  per: string | undefined,
  date: CivilDate,
  periodOf: LimitTimes['periodOf'],
): string | undefined {
  if (per === undefined) return '';
  return isCalendarPeriod(per) ? calendarPeriod(date, per) : periodOf(per, date)?.from;
}

/** The same for people: a day, month, … or the first and the last day of a period of a cycle. */
export function periodLabel(
  per: string,
  date: CivilDate,
  periodOf: LimitTimes['periodOf'],
): string | undefined {
  if (isCalendarPeriod(per)) return calendarPeriod(date, per);
  const period = periodOf(per, date);
  return period && `${period.from}–${period.to}`;
}

export const CALENDAR_PERIODS: readonly CalendarPeriod[] = ['day', 'week', 'month', 'quarter', 'half-year'];
export const isCalendarPeriod = (per: string): per is CalendarPeriod =>
  (CALENDAR_PERIODS as readonly string[]).includes(per);
