import { addDays, daysBetween, weekdayOf, type CivilDate } from '../../core';

/** Calendar arithmetic on civil dates. A month later is the same day number, or the last day of a shorter month. */
export const addMonths = (date: CivilDate, months: number): CivilDate => text(...shifted(date, months));

function shifted(date: CivilDate, months: number): [number, number, number] {
  const [year, month, day] = split(date);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  return [targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth))];
}

/** The last day of a span of `months` that begins on `from`: a year from 2024-03-15 ends on 2025-03-14. */
export function endOfSpan(from: CivilDate, months: number): CivilDate {
  const [year, month, day] = shifted(from, months);
  if (day > 1) return text(year, month, day - 1);
  return month > 1 ? text(year, month - 1, daysInMonth(year, month - 1)) : text(year - 1, 12, 31);
}

/** The same, or with the anniversary itself. */
export const spanEnd = (from: CivilDate, months: number, anniversaryCounts = false): CivilDate =>
  anniversaryCounts ? addMonths(from, months) : endOfSpan(from, months);

/**
 * Completed months between two dates, as ages and tenures are counted: the most months that lead from the one to no day
 * after the other. Where a month has no such day they are complete on its last (《民法典》第二百零二条).
 */
export function fullMonthsBetween(from: CivilDate, to: CivilDate): number {
  const [fromYear, fromMonth] = split(from);
  const [toYear, toMonth] = split(to);
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth;
  return addMonths(from, months) <= to ? months : months - 1;
}

export const daysInclusive = (from: CivilDate, to: CivilDate): number => daysBetween(from, to) + 1;

export type CalendarPeriod = 'day' | 'week' | 'month' | 'quarter' | 'half-year';

/** The calendar week (by its Monday), month, quarter or half-year of a date as a key that sorts by time. */
export function calendarPeriod(date: CivilDate, period: CalendarPeriod): string {
  if (period === 'day') return date;
  if (period === 'week') return addDays(date, 1 - weekdayOf(date));
  if (period === 'month') return date.slice(0, 7);
  const [year, month] = split(date);
  return period === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : `${year}-H${month <= 6 ? 1 : 2}`;
}

/** The last day of the calendar period that holds a date. */
export function endOfCalendarPeriod(date: CivilDate, period: CalendarPeriod): CivilDate {
  if (period === 'day') return date;
  if (period === 'week') return addDays(date, 7 - weekdayOf(date));
  const [year, month] = split(date);
  const months = { month: 1, quarter: 3, 'half-year': 6 }[period];
  const last = Math.ceil(month / months) * months;
  return text(year, last, daysInMonth(year, last));
}

const split = (date: CivilDate): [number, number, number] => [
  Number(date.slice(0, 4)),
  Number(date.slice(5, 7)),
  Number(date.slice(8, 10)),
];

const text = (year: number, month: number, day: number): CivilDate =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const daysInMonth = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

/** Every day of a span, both ends included. */
export function datesBetween(from: CivilDate, to: CivilDate): CivilDate[] {
  const dates: CivilDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}
