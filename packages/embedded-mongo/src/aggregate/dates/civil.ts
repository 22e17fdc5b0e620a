import { utcMs } from './time-zone';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;

/** The fields of a local time, that is of milliseconds on a zone's own clock. */
export class CivilTime {
  readonly ms: number;
  readonly #date: Date;

  constructor(ms: number) {
    this.ms = ms;
    this.#date = new Date(ms);
  }

  get year(): number {
    return this.#date.getUTCFullYear();
  }
  /** 1 … 12. */
  get month(): number {
    return this.#date.getUTCMonth() + 1;
  }
  get day(): number {
    return this.#date.getUTCDate();
  }
  get hour(): number {
    return this.#date.getUTCHours();
  }
  get minute(): number {
    return this.#date.getUTCMinutes();
  }
  get second(): number {
    return this.#date.getUTCSeconds();
  }
  get millisecond(): number {
    return this.#date.getUTCMilliseconds();
  }
  /** 1 Sunday … 7 Saturday. */
  get dayOfWeek(): number {
    return this.#date.getUTCDay() + 1;
  }
  /** 1 Monday … 7 Sunday. */
  get isoDayOfWeek(): number {
    return this.#date.getUTCDay() || 7;
  }
  get dayOfYear(): number {
    return Math.floor((this.ms - utcMs(this.year, 1, 1)) / DAY_MS) + 1;
  }
  /** Weeks begin on Sunday; the days before the first Sunday are week 0. */
  get week(): number {
    return Math.floor((this.dayOfYear + 6 - this.#date.getUTCDay()) / 7);
  }
  /** The Thursday of an ISO week decides its year. */
  get isoWeekYear(): number {
    return this.#thursday().getUTCFullYear();
  }
  get isoWeek(): number {
    const thursday = this.#thursday();
    return Math.floor((thursday.getTime() - utcMs(thursday.getUTCFullYear(), 1, 1)) / (7 * DAY_MS)) + 1;
  }

  #thursday(): Date {
    return new Date(this.ms + (4 - this.isoDayOfWeek) * DAY_MS);
  }
}

/** Midnight UTC of the first day of an ISO week. */
export function isoWeekStart(year: number, week: number): number {
  const fourth = utcMs(year, 1, 4);
  return fourth - (new CivilTime(fourth).isoDayOfWeek - 1) * DAY_MS + (week - 1) * 7 * DAY_MS;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(utcMs(year, month + 1, 0)).getUTCDate();
}
