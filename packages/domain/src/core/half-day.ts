import { z } from 'zod';
import { addDays, civilDate, instantOf, toCivilDate } from './civil-date';
import { overlaps, type Interval } from './interval';

/** The parts into which a training day is counted (`rules.md` Appendix B: morning, afternoon, evening). */
export const dayPart = z.enum(['morning', 'afternoon', 'evening']);
export type DayPart = z.infer<typeof dayPart>;

/** Limits of the day parts in minutes of the Shanghai day; `from` included, `to` excluded. */
export const DAY_PARTS: Record<DayPart, { from: number; to: number }> = {
  morning: { from: 0, to: 720 },
  afternoon: { from: 720, to: 1080 },
  evening: { from: 1080, to: 1440 },
};

export const halfDay = z.object({ date: civilDate, part: dayPart });
export type HalfDay = z.infer<typeof halfDay>;

export const halfDayKey = (value: HalfDay): string => `${value.date}/${value.part}`;

/** Every half-day that the interval touches, in order of time. */
export function halfDaysOf(span: Interval): HalfDay[] {
  const touched: HalfDay[] = [];
  const last = toCivilDate(new Date(span.endsAt.getTime() - 1));
  for (let date = toCivilDate(span.startsAt); date <= last; date = addDays(date, 1)) {
    for (const part of dayPart.options) {
      const { from, to } = DAY_PARTS[part];
      if (overlaps(span, { startsAt: instantOf(date, from), endsAt: instantOf(date, to) }))
        touched.push({ date, part });
    }
  }
  return touched;
}
