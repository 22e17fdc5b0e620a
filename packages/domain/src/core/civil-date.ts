import { z } from 'zod';

/** The business zone is Asia/Shanghai: UTC+8, without summer time since 1991. */
export const SHANGHAI_OFFSET_MINUTES = 480;
const OFFSET_MILLIS = SHANGHAI_OFFSET_MINUTES * 60_000;
const DAY_MILLIS = 86_400_000;

const isRealDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/** A calendar day in Asia/Shanghai as `YYYY-MM-DD`; compares as text. */
export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDate, { message: 'not a calendar day' });
export type CivilDate = z.infer<typeof civilDate>;

/** A span of days, both ends included; `to` null means open-ended. */
export const dateRange = z.object({ from: civilDate, to: civilDate.nullable() });
export type DateRange = z.infer<typeof dateRange>;

export const toCivilDate = (instant: Date): CivilDate =>
  new Date(instant.getTime() + OFFSET_MILLIS).toISOString().slice(0, 10);

/** Minutes since midnight in Asia/Shanghai, 0 … 1439. */
export const minuteOfDay = (instant: Date): number => {
  const local = new Date(instant.getTime() + OFFSET_MILLIS);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
};

/** `08:00` of minutes since midnight; midnight at the end of a day is `24:00`. */
export const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The instant at which `date` begins in Asia/Shanghai, plus `minutes`. */
export const instantOf = (date: CivilDate, minutes = 0): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) - OFFSET_MILLIS + minutes * 60_000);

export const addDays = (date: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MILLIS).toISOString().slice(0, 10);

export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLIS);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (date: CivilDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

export const isWithin = (date: CivilDate, range: DateRange): boolean =>
  range.from <= date && (range.to === null || date <= range.to);

/** Whether the label of a cycle is that of a calendar year, `2026`: the other ones name their first and last day or year. */
export const isYearLabel = (label: string): boolean => /^\d{4}$/.test(label);
