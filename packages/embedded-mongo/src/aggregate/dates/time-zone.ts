import { fail } from '../../errors';

/** A time zone: gives the offset from UTC, in milliseconds, at an instant. */
export type TimeZone = (ms: number) => number;

export const UTC: TimeZone = () => 0;

const zones = new Map<string, TimeZone>([
  ['UTC', UTC],
  ['GMT', UTC],
  ['Z', UTC],
]);

const QUARTER_HOUR = 900_000;
const CACHE_LIMIT = 20_000;

/** An Olson name, `UTC`, or an offset such as `+08:00`, `-0330`, `+14`; unknown names throw 40485. */
export function timeZone(name: string): TimeZone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = fixedOffset(name) ?? namedZone(name);
  zones.set(name, zone);
  return zone;
}

function fixedOffset(name: string): TimeZone | undefined {
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(name);
  if (match === null) return undefined;
  const offset = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000 * (match[1] === '-' ? -1 : 1);
  return () => offset;
}

function namedZone(name: string): TimeZone {
  const format = formatter(name);
  const cache = new Map<number, number>();
  return (ms) => {
    const slot = Math.floor(ms / QUARTER_HOUR);
    const known = cache.get(slot);
    if (known !== undefined) return known;
    const offset = offsetAt(format, ms);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(slot, offset);
    return offset;
  };
}

function formatter(name: string): Intl.DateTimeFormat {
  if (!/^[A-Za-z]/.test(name)) return unknownZone(name);
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  } catch {
    return unknownZone(name);
  }
}

function unknownZone(name: string): never {
  return fail(40485, `unrecognized time zone identifier: "${name}"`);
}

/** The difference between the zone's clock and UTC's. */
function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(ms)) fields[type] = value;
  const year = Number(fields.year);
  const local =
    utcMs(fields.era === 'BC' ? 1 - year : year, Number(fields.month), Number(fields.day)) +
    ((Number(fields.hour) * 60 + Number(fields.minute)) * 60 + Number(fields.second)) * 1000;
  return local - Math.floor(ms / 1000) * 1000;
}

/** Midnight UTC of a civil date; `Date.UTC` would read years below 100 as 1900 + year. */
export function utcMs(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** The instant at which the zone's clock shows the given local time; a time that is skipped moves on with the clock. */
export function instantOf(local: number, zone: TimeZone): number {
  const guess = local - zone(local);
  const offset = zone(guess);
  const instant = local - offset;
  // Before a change of the offset the guess may lie on its other side.
  return zone(instant) === offset || guess === instant ? instant : Math.max(guess, instant);
}
