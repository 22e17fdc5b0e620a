import { addDays, weekdayOf, type CivilDate, type DateRange } from '@cadre/domain/core';

/** The public holidays of 2026, from the first to the last free day. */
const HOLIDAYS: readonly (DateRange & { to: CivilDate })[] = [
  { from: '2026-01-01', to: '2026-01-03' },
  { from: '2026-02-15', to: '2026-02-23' },
  { from: '2026-04-04', to: '2026-04-06' },
  { from: '2026-05-01', to: '2026-05-05' },
  { from: '2026-06-19', to: '2026-06-21' },
  { from: '2026-09-25', to: '2026-09-27' },
  { from: '2026-10-01', to: '2026-10-07' },
];
/** Days of a weekend on which everybody works instead of a holiday. */
const MADE_UP: ReadonlySet<CivilDate> = new Set([
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
]);
const FRIDAY = 5;

/** Do offices work on this day? The holidays are those of 2026; in other years only weekends are known. */
export const isWorkingDay = (date: CivilDate): boolean =>
  MADE_UP.has(date) ||
  (weekdayOf(date) <= FRIDAY && !HOLIDAYS.some(({ from, to }) => from <= date && date <= to));

/** The nearest first of `days` working days in a row: `date` itself, or one after it (`1`) or before it (`-1`). */
export function workingRun(date: CivilDate, days: number, direction: 1 | -1): CivilDate {
  const fits = Array.from({ length: days }, (_, day) => addDays(date, day)).every(isWorkingDay);
  return fits ? date : workingRun(addDays(date, direction), days, direction);
}

/** The first of so many working days of which `last` is the last. */
export function firstOfWorkingDays(last: CivilDate, days: number): CivilDate {
  const before = isWorkingDay(last) ? days - 1 : days;
  return before === 0 ? last : firstOfWorkingDays(addDays(last, -1), before);
}
