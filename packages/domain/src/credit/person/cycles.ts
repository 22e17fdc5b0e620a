import { addDays, type CivilDate } from '../../core';
import { addMonths, endOfSpan, fullMonthsBetween } from '../value/calendar';
import { compareText } from '../value/compare';
import { oncePer } from '../value/once-per';
import { eventSpans } from './event-cycles';
import type { CreditPerson } from './person';
import type { Regulation } from '../regulation/regulation-schema';
import type { CycleRule } from '../regulation/target-schema';

/** A cycle of a person: civil dates, both included, and how people call it ("2026", "2023–2027"). */
export interface CycleRef {
  readonly id: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly label: string;
  /** The event around which the cycle lies; it decides the group. */
  readonly eventOn?: CivilDate;
}

export const isInCycle = (date: CivilDate, cycle: Pick<CycleRef, 'from' | 'to'>): boolean =>
  cycle.from <= date && date <= cycle.to;

/** Whether it is the same cycle, though another version of the regulation names it. */
export const isSameCycle = (one: CycleRef, other: Pick<CycleRef, 'id' | 'from'>): boolean =>
  one.id === other.id && one.from === other.from;

type Dated = { readonly cycle: Pick<CycleRef, 'to'> };

/** The order of what lies in cycles by the days on which these end. */
export const byEnd = ({ cycle: a }: Dated, { cycle: b }: Dated): number => compareText(a.to, b.to);

/** The cycles of one rule that touch the span from `since` to `asOf`, oldest first. */
export function cyclesBetween(
  id: string,
  regulation: Regulation,
  person: CreditPerson,
  since: CivilDate,
  asOf: CivilDate,
): CycleRef[] {
  const rule = regulation.cycles?.[id];
  if (!rule) return [];
  return spansOf(rule, regulation, person, since, asOf)
    .filter((span) => span.to >= since && span.from <= asOf)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map((span) => ({ id, ...span }));
}

/** The cycle of a rule that holds a date, for limits per cycle. Cycles around events and rolling ones hold none. */
export function periodHolding(
  rule: CycleRule,
  date: CivilDate,
): { from: CivilDate; to: CivilDate } | undefined {
  if ('windows' in rule) return rule.windows.find((window) => isInCycle(date, window));
  if ('months' in rule && date >= rule.from) {
    const { from, to } = periodsOf(rule)(indexOn(rule, date));
    return date <= to ? { from, to } : undefined;
  }
  return undefined;
}

type Span = Omit<CycleRef, 'id'>;

type PeriodRule = Extract<CycleRule, { months: unknown }>;

/** The equal periods of a rule by their number, from 0: the same for everybody, and each reckoned once. */
const periodsOf = oncePer(({ from: first, months, every = months }: PeriodRule) => {
  const known: Span[] = [];
  const periodFrom = (from: CivilDate): Span => labelled({ from, to: endOfSpan(from, months) });
  return (index: number): Span => (known[index] ??= periodFrom(addMonths(first, index * every)));
});

/** The number of the last period that began by a date, which is not before the first day. */
const indexOn = ({ from, months, every = months }: PeriodRule, date: CivilDate): number =>
  Math.floor(fullMonthsBetween(from, date) / every);

function spansOf(
  rule: CycleRule,
  regulation: Regulation,
  person: CreditPerson,
  since: CivilDate,
  asOf: CivilDate,
): readonly Span[] {
  if ('windows' in rule) return windowsOf(rule);
  if ('lastMonths' in rule) return [ownSpan(rollingSpan(rule.lastMonths, asOf))];
  if ('around' in rule) return eventSpans(rule, regulation, person, asOf).map(ownSpan);
  const periodAt = periodsOf(rule);
  const spans: Span[] = [];
  for (let index = since > rule.from ? indexOn(rule, since) : 0; ; index += 1) {
    const period = periodAt(index);
    if (period.from > asOf) return spans;
    spans.push(period);
  }
}

/** So many months that end with a day. */
export const rollingSpan = (months: number, to: CivilDate): Pick<CycleRef, 'from' | 'to'> => ({
  from: addDays(addMonths(to, -months), 1),
  to,
});

/** The last day with which so many months end that still hold a date. */
export function lastDayWith(date: CivilDate, months: number): CivilDate {
  let day = addMonths(date, months);
  while (rollingSpan(months, day).from > date) day = addDays(day, -1);
  return day;
}

const windowsOf = oncePer(({ windows }: Extract<CycleRule, { windows: unknown }>): readonly Span[] =>
  windows.map(labelled),
);

/** A span that is the same for everybody: a year, whenever it begins, goes by the year in which it ends. */
const labelled = (dates: Omit<Span, 'label'>): Span => {
  const isYear = dates.to === endOfSpan(dates.from, 12);
  return isYear ? { ...dates, label: dates.to.slice(0, 4) } : ownSpan(dates);
};

/** A span of a person's own, which nobody knows by its year: by its dates, unless it is of calendar years. */
function ownSpan(dates: Omit<Span, 'label'>): Span {
  const { from, to } = dates;
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  if (!from.endsWith('-01-01') || !to.endsWith('-12-31')) return { ...dates, label: `${from}–${to}` };
  return { ...dates, label: first === last ? first : `${first}–${last}` };
}
