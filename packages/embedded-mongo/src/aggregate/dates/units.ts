import { fail } from '../../errors';
import { CivilTime, DAY_MS, daysInMonth, HOUR_MS, MINUTE_MS, SECOND_MS } from './civil';
import { instantOf, utcMs, type TimeZone } from './time-zone';

export type TimeUnit =
  'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

/** Units of fixed length on the local clock. */
const FIXED: Readonly<Partial<Record<TimeUnit, number>>> = {
  week: 7 * DAY_MS,
  day: DAY_MS,
  hour: HOUR_MS,
  minute: MINUTE_MS,
  second: SECOND_MS,
  millisecond: 1,
};
const MONTHS_PER: Readonly<Partial<Record<TimeUnit, number>>> = { year: 12, quarter: 3, month: 1 };
const REFERENCE_YEAR = 2000;
const WEEK_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export function timeUnit(name: string): TimeUnit {
  if (!Object.hasOwn(FIXED, name) && !Object.hasOwn(MONTHS_PER, name))
    fail(9, `unknown time unit value: ${name}`);
  return name as TimeUnit;
}

/** 1 Monday … 7 Sunday, from a full name or its first three letters. */
export function weekDay(name: string): number {
  const lower = name.toLowerCase();
  const at = WEEK_DAYS.findIndex((day) => day === lower || day.slice(0, 3) === lower);
  return at < 0 ? fail(9, `unknown day of week value: ${name}`) : at + 1;
}

/** Days and longer units move the local clock, shorter ones the instant; a day that a month lacks becomes its last one. */
export function addUnits(ms: number, unit: TimeUnit, amount: number, zone: TimeZone): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined && fixed < DAY_MS) return ms + amount * fixed;
  const local = new CivilTime(ms + zone(ms));
  if (fixed !== undefined) return instantOf(local.ms + amount * fixed, zone);
  const months = local.year * 12 + (local.month - 1) + amount * MONTHS_PER[unit]!;
  const year = Math.floor(months / 12);
  const month = (((months % 12) + 12) % 12) + 1;
  const day = Math.min(local.day, daysInMonth(year, month));
  return instantOf(utcMs(year, month, day) + (((local.ms % DAY_MS) + DAY_MS) % DAY_MS), zone);
}

/** How many boundaries of the unit lie between two instants. */
export function unitsBetween(
  start: number,
  end: number,
  unit: TimeUnit,
  zone: TimeZone,
  firstDay: number,
): bigint {
  const fixed = FIXED[unit];
  const [from, to] =
    fixed !== undefined && fixed < HOUR_MS ? [start, end] : [start + zone(start), end + zone(end)];
  if (fixed !== undefined) {
    const origin = unit === 'week' ? weekOrigin(firstDay) : 0;
    return BigInt(Math.floor((to - origin) / fixed) - Math.floor((from - origin) / fixed));
  }
  const [a, b] = [new CivilTime(from), new CivilTime(to)];
  const per = MONTHS_PER[unit]!;
  const index = (time: CivilTime): number => Math.floor((time.year * 12 + time.month - 1) / per);
  return BigInt(index(b) - index(a));
}

/** Some midnight that begins a week. */
function weekOrigin(firstDay: number): number {
  const reference = utcMs(REFERENCE_YEAR, 1, 1);
  return reference + ((firstDay - new CivilTime(reference).isoDayOfWeek + 7) % 7) * DAY_MS;
}

/** The beginning of the bin of `size` units that holds the instant; bins are counted from 2000-01-01. */
export function truncateTo(
  ms: number,
  unit: TimeUnit,
  size: number,
  zone: TimeZone,
  firstDay: number,
): number {
  const fixed = FIXED[unit];
  const local = ms + zone(ms);
  if (fixed !== undefined) {
    const origin = unit === 'week' ? weekOrigin(firstDay) : utcMs(REFERENCE_YEAR, 1, 1);
    const bin = fixed * size;
    const start = origin + Math.floor((local - origin) / bin) * bin;
    // Bins shorter than a day follow the instants, so that an hour repeated by a clock change stays two.
    return fixed < DAY_MS ? ms - (local - start) : instantOf(start, zone);
  }
  const time = new CivilTime(local);
  const bin = MONTHS_PER[unit]! * size;
  const months = Math.floor(((time.year - REFERENCE_YEAR) * 12 + time.month - 1) / bin) * bin;
  return instantOf(utcMs(REFERENCE_YEAR + Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1), zone);
}
