/** A day of the calendar, as `2026-11-30`. */
function readDay(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const day = new Date(value);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? value : undefined;
}

/** The day in the address of a page that shows what was on record at the end of it; today where none is asked for. */
export interface AsOfSearch {
  readonly asOf?: string;
}

/** Longer than any day: what is no day is quoted to this length. */
const QUOTED = 20;

/** For `validateSearch`. What is no day stays as it was written, so that the page can say that it is none. */
export function asOfSearch({ asOf }: Record<string, unknown>): AsOfSearch {
  const text = typeof asOf === 'number' ? String(asOf) : asOf;
  return typeof text === 'string' && text !== '' ? { asOf: text.slice(0, QUOTED) } : {};
}

/** Which day that is, and what was asked for in its place where it is no day. */
export function askedDay({ asOf }: AsOfSearch): {
  readonly day: string | undefined;
  readonly noDay: string | undefined;
} {
  const day = readDay(asOf);
  return { day, noDay: day === undefined ? asOf : undefined };
}
