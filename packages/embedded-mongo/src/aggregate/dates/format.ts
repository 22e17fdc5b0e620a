import { fail } from '../../errors';
import { MINUTE_MS, CivilTime } from './civil';
import type { TimeZone } from './time-zone';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** `+0800`. */
function offsetText(minutes: number): string {
  const magnitude = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${padded(Math.trunc(magnitude / 60), 2)}${padded(Math.trunc(magnitude % 60), 2)}`;
}

function year(value: number): string {
  if (value < 0 || value > 9999)
    fail(18537, 'Could not convert date to string: date component was outside the supported range of 0-9999');
  return padded(value, 4);
}

type Directive = (time: CivilTime, offsetMinutes: number) => string;

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map<string, Directive>([
  ['Y', (time) => year(time.year)],
  ['m', (time) => padded(time.month, 2)],
  ['d', (time) => padded(time.day, 2)],
  ['H', (time) => padded(time.hour, 2)],
  ['M', (time) => padded(time.minute, 2)],
  ['S', (time) => padded(time.second, 2)],
  ['L', (time) => padded(time.millisecond, 3)],
  ['j', (time) => padded(time.dayOfYear, 3)],
  ['w', (time) => String(time.dayOfWeek)],
  ['u', (time) => String(time.isoDayOfWeek)],
  ['U', (time) => padded(time.week, 2)],
  ['V', (time) => padded(time.isoWeek, 2)],
  ['G', (time) => year(time.isoWeekYear)],
  ['B', (time) => MONTHS[time.month - 1]!],
  ['b', (time) => MONTHS[time.month - 1]!.slice(0, 3)],
  ['z', (_time, offset) => offsetText(offset)],
  ['Z', (_time, offset) => String(Math.trunc(offset))],
  ['%', () => '%'],
]);

export function checkFormat(format: string): void {
  for (const [, directive] of format.matchAll(/%([^]?)/g)) {
    if (directive === '') fail(18535, "Unmatched '%' at end of format string");
    if (!DIRECTIVES.has(directive!)) fail(18536, `Invalid format character '%${directive}' in format string`);
  }
}

export function formatDate(ms: number, zone: TimeZone, format: string): string {
  const offset = zone(ms);
  const time = new CivilTime(ms + offset);
  return format.replace(/%([^])/g, (_match, directive: string) =>
    DIRECTIVES.get(directive)!(time, offset / MINUTE_MS),
  );
}

export { MONTHS };
