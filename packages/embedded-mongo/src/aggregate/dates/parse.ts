import { ErrorCode, fail } from '../../errors';
import { daysInMonth, HOUR_MS, isoWeekStart, MINUTE_MS, SECOND_MS, DAY_MS } from './civil';
import { MONTHS } from './format';
import { instantOf, timeZone, UTC, utcMs, type TimeZone } from './time-zone';

/** What a text says; missing fields are undefined. */
interface Fields {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  isoYear?: number;
  isoWeek?: number;
  isoDay?: number;
  dayOfYear?: number;
  /** Milliseconds east of UTC that the text itself names. */
  offset?: number;
}

const broken = (text: string, reason: string): never =>
  fail(ErrorCode.ConversionFailure, `Error parsing date string '${text}'; ${reason}`);

const MONTH_NAMES = MONTHS.map((month) => month.slice(0, 3).toLowerCase());
const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,:](?<fraction>\d{1,9}))?)?`;
const ZONE = String.raw`(?:\s*(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?`;
/** The free forms that are understood: ISO 8601 with days or weeks, with slashes, compact, and with the month's name. */
const FREE_FORMS = [
  String.raw`(?<isoYear>\d{4})-?W(?<isoWeek>0[1-9]|[1-4]\d|5[0-3])(?:-?(?<isoDay>[0-7]))?`,
  String.raw`(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})`,
  String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<monthName>[A-Za-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})`,
  String.raw`(?<day>\d{1,2}) (?<monthName>[A-Za-z]{3,9}) (?<year>\d{4})`,
].map((date) => new RegExp(`^\\s*${date}(?:(?:[T ]|\\s+)${TIME})?${ZONE}\\s*$`, 'i'));

/** Reads a date without a given format. Without an offset of its own the text is local time of the zone. */
export function parseDateText(text: string, zone?: TimeZone): number {
  for (const form of FREE_FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    return instant(text, freeFields(text, groups), zone);
  }
  return broken(text, 'no known form of a date');
}

function freeFields(text: string, groups: Partial<Record<string, string>>): Fields {
  const number = (name: string): number => Number(groups[name] ?? 0);
  const fields: Fields = {
    ...(groups.isoYear === undefined ? dayOfMonth(text, groups) : dayOfWeek(groups)),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
  };
  fields.millisecond = Number((groups.fraction ?? '').padEnd(3, '0').slice(0, 3));
  if (groups.zone !== undefined) fields.offset = timeZone(groups.zone.toUpperCase())(0);
  return fields;
}

function dayOfMonth(text: string, { year, month, monthName, day }: Partial<Record<string, string>>): Fields {
  const ordinal =
    monthName === undefined ? Number(month) : MONTH_NAMES.indexOf(monthName.slice(0, 3).toLowerCase()) + 1;
  if (ordinal < 1 || ordinal > 12) broken(text, 'unexpected month');
  return { year: Number(year), month: ordinal, day: Number(day) };
}

/** A week without a day begins on its Monday. */
function dayOfWeek({ isoYear, isoWeek, isoDay = '1' }: Partial<Record<string, string>>): Fields {
  return { isoYear: Number(isoYear), isoWeek: Number(isoWeek), isoDay: Number(isoDay) };
}

/** Pattern and meaning of each directive of a format. */
const DIRECTIVES: ReadonlyMap<
  string,
  readonly [pattern: string, read: (fields: Fields, text: string) => void]
> = new Map<string, readonly [string, (fields: Fields, text: string) => void]>([
  ['Y', [String.raw`\d{4}`, (fields, text) => (fields.year = Number(text))]],
  ['m', [String.raw`\d{1,2}`, (fields, text) => (fields.month = Number(text))]],
  ['d', [String.raw`\d{1,2}`, (fields, text) => (fields.day = Number(text))]],
  ['H', [String.raw`\d{1,2}`, (fields, text) => (fields.hour = Number(text))]],
  ['M', [String.raw`\d{1,2}`, (fields, text) => (fields.minute = Number(text))]],
  ['S', [String.raw`\d{1,2}`, (fields, text) => (fields.second = Number(text))]],
  ['L', [String.raw`\d{1,3}`, (fields, text) => (fields.millisecond = Number(text.padEnd(3, '0')))]],
  ['j', [String.raw`\d{1,3}`, (fields, text) => (fields.dayOfYear = Number(text))]],
  ['G', [String.raw`\d{4}`, (fields, text) => (fields.isoYear = Number(text))]],
  ['V', [String.raw`\d{1,2}`, (fields, text) => (fields.isoWeek = Number(text))]],
  ['u', [String.raw`\d`, (fields, text) => (fields.isoDay = Number(text))]],
  [
    'B',
    [
      '[A-Za-z]+',
      (fields, text) =>
        (fields.month = MONTHS.findIndex((month) => month.toLowerCase() === text.toLowerCase()) + 1),
    ],
  ],
  ['b', ['[A-Za-z]{3}', (fields, text) => (fields.month = MONTH_NAMES.indexOf(text.toLowerCase()) + 1)]],
  ['z', [String.raw`[+-]\d{2}:?\d{2}|Z`, (fields, text) => (fields.offset = timeZone(text)(0))]],
  ['Z', [String.raw`[+-]?\d+`, (fields, text) => (fields.offset = Number(text) * MINUTE_MS)]],
]);

/** Reads a date in the format of `$dateFromString`. */
export function parseFormattedDate(text: string, format: string, zone?: TimeZone): number {
  const reads: ((fields: Fields, text: string) => void)[] = [];
  const pattern = format.replace(/%([^]?)|[^]/g, (char, directive: string | undefined) => {
    if (directive === undefined) return char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    if (directive === '%') return '%';
    const known =
      DIRECTIVES.get(directive) ?? fail(18536, `Invalid format character '%${directive}' in format string`);
    reads.push(known[1]);
    return `(${known[0]})`;
  });
  const match =
    new RegExp(`^${pattern}$`).exec(text) ?? broken(text, `the text is not in the format '${format}'`);
  const fields: Fields = {};
  reads.forEach((read, i) => read(fields, match[i + 1]!));
  return instant(text, fields, zone);
}

function instant(text: string, fields: Fields, zone: TimeZone | undefined): number {
  const local = localDate(text, fields) + localTime(text, fields);
  if (fields.offset === undefined) return instantOf(local, zone ?? UTC);
  if (zone !== undefined) {
    fail(
      ErrorCode.ConversionFailure,
      `you cannot pass in a date/time string with GMT offset together with a timezone argument: '${text}'`,
    );
  }
  return local - fields.offset;
}

function localDate(text: string, fields: Fields): number {
  const { year, month, day, dayOfYear, isoYear, isoWeek, isoDay } = fields;
  if (isoYear !== undefined || isoWeek !== undefined || isoDay !== undefined) {
    if (year !== undefined || month !== undefined || day !== undefined)
      broken(text, 'Mixing of ISO dates with natural dates is not allowed');
    if (isoYear === undefined) return incomplete(text);
    return isoWeekStart(isoYear, isoWeek ?? 1) + ((isoDay ?? 1) - 1) * DAY_MS;
  }
  if (year !== undefined && dayOfYear !== undefined) return utcMs(year, 1, 1) + (dayOfYear - 1) * DAY_MS;
  if (year === undefined || month === undefined || day === undefined) return incomplete(text);
  if (month < 1 || month > 12 || day < 1 || day > 31) broken(text, 'The parsed date was invalid');
  if (day > daysInMonth(year, month)) broken(text, 'The parsed date was invalid');
  return utcMs(year, month, day);
}

function incomplete(text: string): never {
  return fail(
    ErrorCode.ConversionFailure,
    `an incomplete date/time string has been found, with elements missing: "${text}"`,
  );
}

function localTime(text: string, { hour = 0, minute = 0, second = 0, millisecond = 0 }: Fields): number {
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second + millisecond > 0))
    broken(text, 'Unexpected time');
  return hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + millisecond;
}
