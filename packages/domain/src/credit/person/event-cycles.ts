import { addDays, type CivilDate } from '../../core';
import { addMonths, daysInclusive, endOfSpan, fullMonthsBetween, spanEnd } from '../value/calendar';
import { listOf } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import type { CycleRule } from '../regulation/target-schema';
import { approved, spellsOf } from './circumstances';
import type { CycleRef } from './cycles';
import { groupsOn, joiningsOf, rankChanges, type CreditPerson } from './person';

type EventRule = Extract<CycleRule, { around: unknown }>;

type Dates = Pick<CycleRef, 'from' | 'to'>;
type EventSpan = Dates & Pick<CycleRef, 'eventOn'>;

/** The cycles around events of a person, as far as they have begun. */
export function eventSpans(
  rule: EventRule,
  regulation: Regulation,
  person: CreditPerson,
  asOf: CivilDate,
): EventSpan[] {
  const { monthsBefore = 0, monthsAfter = 0, finalMonths } = rule;
  const days = eventDays(rule, regulation, person);
  const pauses = pausesOf(rule, person, asOf);
  const spans: EventSpan[] = rule.repeats
    ? days.flatMap((on, index) => repeated(on, monthsAfter, pauses, asOf, days[index + 1]))
    : days.map((on) => ({
        from: addMonths(on, -monthsBefore),
        to:
          monthsAfter === 0
            ? addDays(on, -1)
            : prolonged(on, spanEnd(on, monthsAfter, rule.anniversaryCounts), pauses),
        eventOn: on,
      }));
  return finalMonths === undefined ? spans : spans.map((span) => lastOf(span, finalMonths));
}

/** One span after another from an event on, until the next such event. The group of each is decided as in any cycle. */
function repeated(
  on: CivilDate,
  months: number,
  pauses: readonly Dates[],
  asOf: CivilDate,
  next: CivilDate | undefined,
): Dates[] {
  const spans: Dates[] = [];
  let start = on;
  for (let index = 0; ; index += 1) {
    const from = addMonths(start, index * months);
    if (from > asOf || (next !== undefined && from >= next)) return spans;
    const end = endOfSpan(start, (index + 1) * months);
    const to = prolonged(from, end, pauses);
    if (to !== end) [start, index] = [addDays(to, 1), -1];
    spans.push({ from, to: next !== undefined && to >= next ? addDays(next, -1) : to });
  }
}

/** The last months of a span, or all of one that is shorter. */
function lastOf<Dated extends Dates>(span: Dated, months: number): Dated {
  const from = addMonths(addDays(span.to, 1), -months);
  return from > span.from ? { ...span, from } : span;
}

/** The times that prolong cycles, in order and without overlap; one without an end has lasted until the day of evaluation. */
function pausesOf({ prolongedBy }: EventRule, person: CreditPerson, asOf: CivilDate): Dates[] {
  if (prolongedBy === undefined) return [];
  const times = approved(person.circumstances, listOf(prolongedBy)).map(({ from, to = asOf }) => ({
    from,
    to,
  }));
  return spellsOf(times.filter(({ from, to }) => from <= to));
}

/** The last day of a span whose time stands still in pauses: for each it is later by as many months and days as that takes. */
function prolonged(from: CivilDate, to: CivilDate, pauses: readonly Dates[]): CivilDate {
  let end = to;
  for (const pause of pauses) {
    if (pause.to < from || pause.from > end) continue;
    const begins = pause.from < from ? from : pause.from;
    const after = addDays(pause.to, 1);
    const months = fullMonthsBetween(begins, after);
    const rest = daysInclusive(addMonths(begins, months), pause.to);
    end = addDays(addMonths(addDays(end, 1), months), rest - 1);
  }
  return end;
}

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
