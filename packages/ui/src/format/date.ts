import type { Language } from '../i18n';

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

function dayText(at: CivilMoment, language: Language): string {
  return language === 'en' ? `${at.day} ${monthsEn[at.month - 1] ?? ''}` : `${at.month}月${at.day}日`;
}

function weekdayText(at: CivilMoment, language: Language): string {
  return (language === 'en' ? weekdays[at.weekday] : weekdaysZh[at.weekday]) ?? '';
}

/** The civil date in Shanghai, `2026-11-22`: the key of a day, not for reading. */
export function civilDate(moment: Moment): string {
  const { year, month, day } = civil(moment);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `11月22日` · `22 Nov`; with the year where `relativeTo` lies in another one: `2025年11月22日` · `22 Nov 2025`. */
export function formatDay(moment: Moment, language: Language, relativeTo?: Moment): string {
  const at = civil(moment);
  const text = dayText(at, language);
  if (relativeTo === undefined || civil(relativeTo).year === at.year) return text;
  return language === 'en' ? `${text} ${at.year}` : `${at.year}年${text}`;
}

/** `周日` · `Sun` */
export const formatWeekdayName = (moment: Moment, language: Language): string =>
  weekdayText(civil(moment), language);

/** `11月22日 周日` · `Sun 22 Nov` */
export function formatWeekday(moment: Moment, language: Language): string {
  const at = civil(moment);
  return language === 'en'
    ? `${weekdayText(at, language)} ${dayText(at, language)}`
    : `${dayText(at, language)} ${weekdayText(at, language)}`;
}

/** `14:00`, or `14:00:07` with seconds. */
export function formatTime(moment: Moment, withSeconds = false): string {
  const at = civil(moment);
  return withSeconds ? at.timeWithSeconds : at.time;
}

/** `11月22日 周日 14:00` · `Sun 22 Nov 14:00` */
export function formatMoment(moment: Moment, language: Language): string {
  return `${formatWeekday(moment, language)} ${formatTime(moment)}`;
}

/** `11月22日 周日 14:00–16:30`; over midnight both ends are full: `11月22日 周日 22:00 – 11月23日 周一 01:00`. */
export function formatSpan(from: Moment, to: Moment, language: Language): string {
  return sameDay(civil(from), civil(to))
    ? `${formatMoment(from, language)}–${formatTime(to)}`
    : `${formatMoment(from, language)} – ${formatMoment(to, language)}`;
}

/** Days from first to last, both included: `12月3–5日` · `3–5 Dec`, `11月30日–12月2日` · `30 Nov – 2 Dec`. */
export function formatDays(first: Moment, last: Moment, language: Language): string {
  const [from, to] = [civil(first), civil(last)];
  if (sameDay(from, to)) return dayText(from, language);
  if (from.year === to.year && from.month === to.month) {
    return language === 'en'
      ? `${from.day}–${to.day} ${monthsEn[from.month - 1] ?? ''}`
      : `${from.month}月${from.day}–${to.day}日`;
  }
  return language === 'en'
    ? `${dayText(from, language)} – ${dayText(to, language)}`
    : `${dayText(from, language)}–${dayText(to, language)}`;
}
