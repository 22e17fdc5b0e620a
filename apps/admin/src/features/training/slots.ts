import {
  addDays,
  DAY_PARTS,
  dayPart,
  durationMillis,
  instantOf,
  minuteOfDay,
  toCivilDate,
  weekdayOf,
  type CivilDate,
  type DayPart,
  type Interval,
} from '@cadre/domain/core';
import type { Base } from '@cadre/domain/network';
import { blackoutOf } from '@cadre/domain/training';

/** A cell of the week: one row, one date, one part of the day. */
export interface Slot {
  readonly rowId: string;
  readonly date: CivilDate;
  readonly part: DayPart;
}

/** When teaching usually begins and ends in each part, in minutes of the day: what the form starts from. */
const USUAL: Readonly<Record<DayPart, { from: number; to: number }>> = {
  morning: { from: 510, to: 690 },
  afternoon: { from: 840, to: 1020 },
  evening: { from: 1110, to: 1230 },
};

export const partOf = (instant: Date): DayPart => {
  const minute = minuteOfDay(instant);
  return dayPart.options.find((part) => minute < DAY_PARTS[part].to) ?? 'evening';
};

/** From the usual start of one part of a day to the usual end of another, in whichever order they were touched. */
export function usualSpan(date: CivilDate, one: DayPart, other: DayPart): Interval {
  const [first, last] =
    dayPart.options.indexOf(one) <= dayPart.options.indexOf(other) ? [one, other] : [other, one];
  return {
    startsAt: instantOf(date, USUAL[first].from),
    endsAt: instantOf(date, USUAL[last].to),
  };
}

/** A session dropped on a cell: the same time of day within its part, otherwise the usual start; always as long as before. */
export function spanOnSlot(span: Interval, { date, part }: Pick<Slot, 'date' | 'part'>): Interval {
  const minutes = partOf(span.startsAt) === part ? minuteOfDay(span.startsAt) : USUAL[part].from;
  const startsAt = instantOf(date, minutes);
  return { startsAt, endsAt: new Date(startsAt.getTime() + durationMillis(span)) };
}

/** The seven days of the week that begins on a Monday. */
export const weekFrom = (monday: CivilDate): CivilDate[] =>
  Array.from({ length: 7 }, (_, index) => addDays(monday, index));

/** Why nobody is received in a cell: a closed period with its reason, or no opening in that part of the weekday. */
export function closureOf(
  base: Pick<Base, 'openingHours' | 'blackouts'>,
  date: CivilDate,
  part: DayPart,
): { reason: string | null } | null {
  const day = { startsAt: instantOf(date), endsAt: instantOf(date, 1440) };
  const blackout = blackoutOf(day, base.blackouts);
  if (blackout) return { reason: blackout.reason };
  const { from, to } = DAY_PARTS[part];
  const isOpen = base.openingHours.some(
    (opening) => opening.weekday === weekdayOf(date) && opening.from < to && from < opening.to,
  );
  return isOpen ? null : { reason: null };
}

/** The cell in which a session stands for a row. */
export const slotOf = (rowId: string, startsAt: Date): Slot => ({
  rowId,
  date: toCivilDate(startsAt),
  part: partOf(startsAt),
});

export const sameSlot = (a: Slot | null, b: Slot | null): boolean =>
  a !== null && b !== null && a.rowId === b.rowId && a.date === b.date && a.part === b.part;
