import { Exact } from '../value/exact';
import { z } from 'zod';
import { civilDate, daysBetween, weekdayOf, type CivilDate } from '../../core';
import type { FactSource, FactValue } from '../regulation/condition';
import { FACT_NAMES, type FactName, type FactNameKey } from '../regulation/fact-names';
import { constant, exactNumber, isExactNumber, type ExactNumber } from '../value/measure';
import type { OwnFact, Regulation } from '../regulation/regulation-schema';
import { datesBetween } from '../value/calendar';
import { periodHolding } from './cycles';

/** Where a fact comes from: a session, a lesson, an exam, an approved claim … */
export const source = z.strictObject({ kind: z.string().min(1), id: z.string().min(1) });
export type Source = z.infer<typeof source>;

/** Beyond seven digits a quantity is a slip of the pen, and no sum of such could be held exactly. */
const LARGEST = 9_999_999;

const stepped = (step: string, message: string): z.ZodType<number | string> =>
  z
    .union([z.number(), z.string()])
    .refine((value) => isStepOf(value, step), { message, abort: true })
    .refine((value) => Number(value) >= 0, { message: 'negative', abort: true })
    .refine((value) => Number(value) <= LARGEST, { message: 'too large' });
const halves = stepped('0.5', 'half days only');
const hundredths = stepped('0.01', 'at most two decimals');
const whole = z.int().min(0).max(LARGEST);
const words = z.string().min(1);

const isStepOf = (value: string | number, step: string): boolean => {
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) && Exact.of(text).div(Exact.of(step)).isWhole;
};

/**
 * A dated fact of a person that may earn (活动). It lies on one date, on listed dates, or in a span (both ends
 * included). Quantities are decimals with at most two places, minutes are whole; what is not known is left out.
 */
export const activity = z
  .strictObject({
    id: words,
    source,
    kind: words,
    occurredOn: civilDate.optional(),
    from: civilDate.optional(),
    to: civilDate.optional(),
    dates: z.array(civilDate).min(1).optional(),
    /** The day on which the system learnt of it; the last day of the activity unless stated. */
    recordedOn: civilDate.optional(),
    filedOn: civilDate.optional(),
    title: z.string().optional(),
    mode: z.enum(['hall', 'online']).optional(),
    organiser: words.optional(),
    classId: words.optional(),
    subject: words.optional(),
    level: words.optional(),
    role: words.optional(),
    rating: words.optional(),
    days: halves.optional(),
    halfDays: whole.optional(),
    attendedDays: halves.optional(),
    classHours: hundredths.optional(),
    attendedHours: hundredths.optional(),
    heldMinutes: whole.optional(),
    presentMinutes: whole.optional(),
    lengthMinutes: whole.optional(),
    playedMinutes: whole.optional(),
    totalHours: hundredths.optional(),
    leaveHours: hundredths.optional(),
    leaveDays: halves.optional(),
    absentHours: hundredths.optional(),
    absentDays: halves.optional(),
    lateTimes: whole.optional(),
    count: whole.optional(),
    score: hundredths.optional(),
    scores: z.array(hundredths).min(1).optional(),
    place: whole.optional(),
    attempt: whole.optional(),
    points: hundredths.optional(),
    credits: hundredths.optional(),
    words: whole.optional(),
    completed: z.boolean().optional(),
    certificate: z.boolean().optional(),
    passed: z.boolean().optional(),
    approved: z.boolean().optional(),
    details: z.record(z.string(), z.union([exactNumber, z.string(), z.boolean()])).optional(),
  })
  .refine(
    (value) =>
      [value.occurredOn, value.dates, value.from ?? value.to].filter((given) => given !== undefined)
        .length === 1,
    {
      message: 'one of occurredOn, dates, or from and to',
    },
  )
  .refine((value) => value.from === undefined || (value.to !== undefined && value.from <= value.to), {
    message: 'from without to, or to before from',
    path: ['to'],
  })
  .refine((value) => value.to === undefined || value.from !== undefined, {
    message: 'to without from',
    path: ['to'],
  })
  .refine(
    (value) =>
      value.days === undefined ||
      value.halfDays === undefined ||
      Exact.of(value.days).add(Exact.of(value.days)).equals(Exact.of(value.halfDays)),
    { message: 'days and halfDays contradict each other', path: ['halfDays'] },
  );
export type Activity = z.infer<typeof activity>;

/** The days an activity lies on, in order. A long span is walked day by day. */
export const datesOf = (value: Activity): CivilDate[] =>
  value.dates ? [...new Set(value.dates)].sort() : datesBetween(firstDayOf(value), lastDayOf(value));

/**
 * The days on which an activity is held: those listed; of a span as many as it has days (half ones whole), from its
 * beginning, Mondays to Fridays before weekends; all of it where their number is not known.
 */
export function trainingDaysOf(value: Activity): CivilDate[] {
  const dates = datesOf(value);
  const { days, halfDays } = value;
  const held = days === undefined ? halfDays && Math.ceil(halfDays / 2) : Math.ceil(Number(days));
  if (value.dates || !held || held >= dates.length) return dates;
  const weekend = dates.filter((date) => weekdayOf(date) > 5);
  const weekdays = dates.filter((date) => weekdayOf(date) <= 5);
  return [...weekdays, ...weekend].slice(0, held).sort();
}

const datesGiven = ({ occurredOn, from, to, dates = [] }: Activity): CivilDate[] =>
  [occurredOn, from, to, ...dates].filter((date) => date !== undefined);

export const firstDayOf = (value: Activity): CivilDate =>
  datesGiven(value).reduce((first, date) => (date < first ? date : first));

/** The day on which an activity is complete, and on which it counts unless a rule spreads it. */
export const lastDayOf = (value: Activity): CivilDate =>
  datesGiven(value).reduce((last, date) => (date > last ? date : last));

/** The facts of one activity as conditions and rates read them: given, derived, or computed by the author's definition. */
export class ActivityFacts implements FactSource {
  readonly #activity: Activity;
  readonly #own: Readonly<Record<string, OwnFact>>;
  readonly #cycles: Regulation['cycles'];

  constructor(value: Activity, regulation: Pick<Regulation, 'facts' | 'cycles'>) {
    this.#activity = value;
    this.#own = regulation.facts ?? {};
    this.#cycles = regulation.cycles;
  }

  value(fact: string): FactValue | undefined {
    const own = this.#own[fact];
    return own ? this.#ownValue(fact, own) : this.#known(fact as FactNameKey);
  }

  /** A number, or undefined when it is not known. */
  number(fact: string): Exact | undefined {
    const value = this.value(fact);
    return value instanceof Exact ? value : undefined;
  }

  rankOrder(): undefined {
    return undefined;
  }

  /** What is not recorded of all that a fact is reckoned from; where nothing of that is missing, the fact itself. */
  lacking(fact: string): readonly string[] {
    const own = this.#own[fact];
    const parts =
      own === undefined
        ? []
        : 'share' in own
          ? [own.share, own.of]
          : 'sum' in own
            ? own.sum
            : 'weighted' in own
              ? Object.keys(own.weighted)
              : [];
    const missing = parts.filter((part) => this.value(part) === undefined);
    return missing.length === 0 ? [fact] : [...new Set(missing.flatMap((part) => this.lacking(part)))];
  }

  #known(fact: FactNameKey): FactValue | undefined {
    const given = this.#given(fact);
    if (given !== undefined) return typeof given === 'boolean' ? given : this.#typed(fact, given);
    const about: FactName = FACT_NAMES[fact];
    return about.ifMissing === undefined ? undefined : Exact.of(about.ifMissing);
  }

  #typed(fact: FactNameKey, given: string | number): FactValue {
    return FACT_NAMES[fact].type === 'number' ? Exact.of(given) : String(given);
  }

  #given(fact: FactNameKey): string | number | boolean | undefined {
    const facts = this.#activity;
    if (fact === 'spanDays') return datesOf(facts).length;
    if (fact === 'filingDelayDays') return facts.filedOn && daysBetween(lastDayOf(facts), facts.filedOn);
    if (fact === 'days') return facts.days ?? (facts.halfDays === undefined ? undefined : facts.halfDays / 2);
    if (fact === 'halfDays')
      return facts.halfDays ?? (facts.days === undefined ? undefined : Number(facts.days) * 2);
    return facts[fact];
  }

  #ownValue(fact: string, own: OwnFact): FactValue | undefined {
    if ('share' in own) return this.#share(own.share, own.of);
    if ('sum' in own) return this.#sum(own.sum.map((part) => [part, 1]));
    if ('weighted' in own) return this.#sum(Object.entries(own.weighted));
    if ('best' in own || 'mean' in own) return this.#ofScores(own);
    if ('filedAfter' in own) return this.#filedAfter(own.filedAfter);
    const given = this.#activity.details?.[fact] ?? own.ifMissing;
    if (given === undefined) return undefined;
    if (own.type === 'flag') return typeof given === 'boolean' ? given : undefined;
    if (own.type === 'text') return String(given);
    return isExactNumber(given) ? Exact.of(given) : undefined;
  }

  #share(part: string, whole: string): Exact | undefined {
    const [numerator, denominator] = [this.number(part), this.number(whole)];
    if (!numerator || !denominator || denominator.n === 0) return undefined;
    return numerator.div(denominator);
  }

  #filedAfter(cycle: string): Exact | undefined {
    const rule = this.#cycles?.[cycle];
    const period = rule && periodHolding(rule, lastDayOf(this.#activity));
    const { filedOn } = this.#activity;
    return period && filedOn !== undefined ? Exact.of(daysBetween(period.to, filedOn)) : undefined;
  }

  #sum(parts: readonly (readonly [string, ExactNumber])[]): Exact | undefined {
    let sum = Exact.ZERO;
    for (const [fact, weight] of parts) {
      const value = this.number(fact);
      if (!value) return undefined;
      sum = sum.add(value.mul(constant(weight)));
    }
    return sum;
  }

  #ofScores(own: { best: 'scores'; first?: number | undefined } | { mean: 'scores' }): Exact | undefined {
    const scores = this.#activity.scores?.map((score) => Exact.of(score));
    if (!scores) return undefined;
    if ('mean' in own) return scores.reduce((sum, score) => sum.add(score)).div(Exact.of(scores.length));
    return scores.slice(0, own.first).reduce((best, score) => (score.compare(best) > 0 ? score : best));
  }
}
