import type { Language } from '../i18n';
import { currentYear } from './current-year';

/** Everything is shown in the business zone, wherever the phone is. */
const businessZone = 'Asia/Shanghai';

/** A moment: a `Date`, an ISO 8601 text with zone, or epoch milliseconds. */
export type Moment = Date | string | number;

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: businessZone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const weekdaysZh = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const monthsEn = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** A moment as it reads on a wall clock and calendar in Shanghai. */
interface CivilMoment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  /** `HH:mm` */
  readonly time: string;
  /** `HH:mm:ss` */
  readonly timeWithSeconds: string;
}

function civil(moment: Moment): CivilMoment {
  const found = new Map(parts.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  const text = (type: Intl.DateTimeFormatPartTypes): string => found.get(type) ?? '';
  const time = `${text('hour')}:${text('minute')}`;
  return {
    year: Number(text('year')),
    month: Number(text('month')),
    day: Number(text('day')),
    weekday: weekdays.indexOf(text('weekday') as (typeof weekdays)[number]),
    time,
    timeWithSeconds: `${time}:${text('second')}`,
  };
}

function sameDay(one: CivilMoment, other: CivilMoment): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day;
}

/** The one rule for years: a date has its own where it lies in another one than the reader does. */
const isOfAnotherYear = (at: CivilMoment, readIn = currentYear()): boolean => at.year !== readIn;

function dayText(at: CivilMoment, language: Language, withYear = isOfAnotherYear(at)): string {
  const text = language === 'en' ? `${at.day} ${monthsEn[at.month - 1] ?? ''}` : `${at.month}月${at.day}日`;
  if (!withYear) return text;
  return language === 'en' ? `${text} ${at.year}` : `${at.year}年${text}`;
}

function weekdayText(at: CivilMoment, language: Language): string {
  return (language === 'en' ? weekdays[at.weekday] : weekdaysZh[at.weekday]) ?? '';
}

/** The civil date in Shanghai, `2026-11-22`: the key of a day, not for reading. */
export function civilDate(moment: Moment): string {
  const { year, month, day } = civil(moment);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * `11月22日` · `22 Nov`; of another year than `relativeTo` (today, without one) with its own: `2025年11月22日` ·
 * `22 Nov 2025`.
 */
export function formatDay(moment: Moment, language: Language, relativeTo?: Moment): string {
  const at = civil(moment);
  return dayText(
    at,
    language,
    isOfAnotherYear(at, relativeTo === undefined ? currentYear() : civil(relativeTo).year),
  );
}

/**
 * `11月22日 周日` · `Sun 22 Nov`; of another year than `relativeTo` (today, without one) with its own:
 * `2025年11月22日 周六` · `Sat 22 Nov 2025`.
 */
export function formatWeekday(moment: Moment, language: Language, relativeTo?: Moment): string {
  const day = formatDay(moment, language, relativeTo);
  const weekday = weekdayText(civil(moment), language);
  return language === 'en' ? `${weekday} ${day}` : `${day} ${weekday}`;
}

/** `14:00`, or `14:00:07` with seconds. */
export function formatTime(moment: Moment, withSeconds = false): string {
  const at = civil(moment);
  return withSeconds ? at.timeWithSeconds : at.time;
}

/** `11月22日 周日 14:00` · `Sun 22 Nov 14:00`; of another year with its own. */
export function formatMoment(moment: Moment, language: Language): string {
  return `${formatWeekday(moment, language)} ${formatTime(moment)}`;
}

/** `11月22日 周日 14:00–16:30`; over midnight both ends are full: `11月22日 周日 22:00 – 11月23日 周一 01:00`. */
export function formatSpan(from: Moment, to: Moment, language: Language): string {
  return sameDay(civil(from), civil(to))
    ? `${formatMoment(from, language)}–${formatTime(to)}`
    : `${formatMoment(from, language)} – ${formatMoment(to, language)}`;
}

/**
 * Days from first to last, both included: `12月3–5日` · `3–5 Dec`, `11月30日–12月2日` · `30 Nov – 2 Dec`; of another year
 * with its own, once where it is the same: `2025年12月3–5日` · `3–5 Dec 2025`.
 */
export function formatDays(begins: Moment, ends: Moment, language: Language): string {
  const [from, to] = [civil(begins), civil(ends)];
  if (sameDay(from, to)) return dayText(from, language);
  const sameYear = from.year === to.year;
  const first = dayText(from, language, sameYear ? language === 'zh' && isOfAnotherYear(from) : true);
  if (sameYear && from.month === to.month)
    return language === 'en' ? `${from.day}–${dayText(to, language)}` : `${first.slice(0, -1)}–${to.day}日`;
  const last = dayText(to, language, sameYear ? language === 'en' && isOfAnotherYear(to) : true);
  return language === 'en' ? `${first} – ${last}` : `${first}–${last}`;
}
