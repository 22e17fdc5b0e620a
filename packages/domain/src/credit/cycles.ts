import { addDays, type CivilDate } from '../core';
import { addMonths, endOfSpan, fullMonthsBetween } from './calendar';
import { groupsOn, joiningsOf, rankChanges, type CreditPerson } from './person';
import type { Regulation } from './regulation-schema';
import type { CycleRule } from './target-schema';

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
    .map((span) => ({ id, ...span, label: labelOf(span) }));
}

/** The cycle of a rule that holds a date, for limits per cycle. Cycles around events and rolling ones hold none. */
export function periodHolding(
  rule: CycleRule,
  date: CivilDate,
): { from: CivilDate; to: CivilDate } | undefined {
  if ('windows' in rule) return rule.windows.find((window) => isInCycle(date, window));
  if ('months' in rule && date >= rule.from) {
    const every = rule.every ?? rule.months;
    const index = Math.floor(fullMonthsBetween(rule.from, date) / every);
    const from = addMonths(rule.from, index * every);
    const to = endOfSpan(from, rule.months);
    return date <= to ? { from, to } : undefined;
  }
  return undefined;
}

type Span = Omit<CycleRef, 'id' | 'label'>;

function spansOf(
  rule: CycleRule,
  regulation: Regulation,
  person: CreditPerson,
  since: CivilDate,
  asOf: CivilDate,
): Span[] {
  if ('windows' in rule) return rule.windows.map(({ from, to }) => ({ from, to }));
  if ('lastMonths' in rule) return [{ from: addDays(addMonths(asOf, -rule.lastMonths), 1), to: asOf }];
  if ('around' in rule) return eventSpans(rule, regulation, person, asOf);
  const every = rule.every ?? rule.months;
  const first = Math.floor(Math.max(0, fullMonthsBetween(rule.from, since)) / every);
  const spans: Span[] = [];
  for (let index = first; ; index += 1) {
    const from = addMonths(rule.from, index * every);
    if (from > asOf) return spans;
    spans.push({ from, to: endOfSpan(from, rule.months) });
  }
}

type EventRule = Extract<CycleRule, { around: unknown }>;

function eventSpans(rule: EventRule, regulation: Regulation, person: CreditPerson, asOf: CivilDate): Span[] {
  const { monthsBefore = 0, monthsAfter = 0 } = rule;
  const days = eventDays(rule, regulation, person);
  if (rule.repeats) return days.flatMap((on, index) => repeated(on, monthsAfter, asOf, days[index + 1]));
  return days.map((on) => ({
    from: addMonths(on, -monthsBefore),
    to: monthsAfter === 0 ? addDays(on, -1) : spanEnd(on, monthsAfter, rule.anniversaryCounts),
    eventOn: on,
  }));
}

/** One span after another from an event on, until the next such event. The group of each is decided as in any cycle. */
function repeated(on: CivilDate, months: number, asOf: CivilDate, next: CivilDate | undefined): Span[] {
  const spans: Span[] = [];
  for (let index = 0; ; index += 1) {
    const from = addMonths(on, index * months);
    if (from > asOf || (next !== undefined && from >= next)) return spans;
    const to = endOfSpan(on, (index + 1) * months);
    spans.push({ from, to: next !== undefined && to >= next ? addDays(next, -1) : to });
  }
}

export const spanEnd = (from: CivilDate, months: number, anniversaryCounts = false): CivilDate =>
  anniversaryCounts ? addMonths(from, months) : endOfSpan(from, months);

function eventDays({ around, group }: EventRule, regulation: Regulation, person: CreditPerson): CivilDate[] {
  const belongsOn = (day: CivilDate): boolean =>
    group === undefined || groupsOn(person, day, regulation).has(group);
  if (around === 'employment')
    return person.employedOn === undefined ? [] : [person.employedOn].filter(belongsOn);
  if (around === 'joining') return group === undefined ? [] : joiningsOf(person, group, regulation);
  return rankChanges(person, regulation)
    .filter((change) => change.on !== '' && (around === 'appointment' || change.kind === 'promotion'))
    .map((change) => change.on)
    .filter(belongsOn);
}

function labelOf({ from, to }: Span): string {
  const isYear = to === endOfSpan(from, 12);
  if (isYear) return to.slice(0, 4);
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) return `${from.slice(0, 4)}–${to.slice(0, 4)}`;
  return `${from}–${to}`;
}
