import { civilDate } from './civil-date';

/**
 * How long a sheet's name may be, and how wide a column is, in digits; of a head no more than `head` asks for room. `text`
 * is how many signs a cell takes.
 */
const LIMITS = { name: 31, least: 8, head: 24, most: 60, text: 32_767 };
/** The arrow of the filter beside a head, and the air beside a word. */
const ROOM = { head: 4, cell: 2 };

/** A name that a spreadsheet takes for a sheet: without the signs it refuses, and no longer than it allows. */
export const sheetName = (name: string): string => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, LIMITS.name);

/** In digits: a Chinese sign is as wide as two. */
const widthOf = (cell: string | number): number =>
  Array.from(String(cell)).reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);

/**
 * How wide a column must be so that nothing in it is cut, in digits; cells longer than a screen bears `wraps`. A long head
 * goes on below in any column: numbers stand close together whatever they are called.
 */
export function columnWidth(
  head: string,
  cells: readonly (string | number)[],
): { readonly width: number; readonly wraps: boolean } {
  const needed = cells.reduce<number>(
    (most, cell) => Math.max(most, widthOf(cell) + ROOM.cell),
    Math.min(LIMITS.head, widthOf(head) + ROOM.head),
  );
  return { width: Math.min(LIMITS.most, Math.max(LIMITS.least, needed)), wraps: needed > LIMITS.most };
}

/** How a spreadsheet shows a day. */
export const DAY_FORMAT = 'yyyy-mm-dd';
/** The first day that every spreadsheet counts alike. */
const FIRST_DAY = '1900-03-01';

/** What stands in a cell: a day as a day, by which sheets sort and filter, and a text no longer than a cell takes. */
export function sheetCell(value: string | number): string | number | Date {
  if (typeof value === 'number') return value;
  const isDay = value >= FIRST_DAY && civilDate.safeParse(value).success;
  return isDay ? new Date(`${value}T00:00:00Z`) : value.slice(0, LIMITS.text);
}
