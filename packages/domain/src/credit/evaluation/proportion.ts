import { Exact } from '../value/exact';
import { addDays, type CivilDate } from '../../core';
import { addMonths, datesBetween, endOfSpan, fullMonthsBetween } from '../value/calendar';
import { isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import { ceilUnits, constant, formatAmount, isRepresentable, sayFraction } from '../value/measure';
import { approved } from '../person/circumstances';
import type { PersonEvaluation } from './person-evaluation';
import { statedOf } from './requirement';
import type { Regulation } from '../regulation/regulation-schema';
import type { Proration, Target } from '../regulation/target-schema';
import { roundTo } from '../settlement/worth';

type Span = Pick<CycleRef, 'from' | 'to'>;

/** In how much of a cycle a target applies to a person. */
export interface Proportion {
  readonly rule: Proration;
  /** The groups of the person in each month (or day) that counts. */
  readonly covered: readonly ReadonlySet<string>[];
  readonly all: number;
}

/**
 * The months (or days) of the cycle in which the target applies to the person, outside the named circumstances;
 * undefined where that is the whole cycle and all of it asks the same.
 */
export function proportionOf(
  rule: Proration,
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): Proportion | undefined {
  const { by, without, present } = rule;
  const excused = approved(evaluation.person.circumstances, listOf(without));
  const isMember = (day: CivilDate): boolean => evaluation.isCovered(day, target.groups);
  const isCovered = (day: CivilDate): boolean =>
    isMember(day) && !excused.some(({ from, to }) => from <= day && (to === undefined || day <= to));
  const spans = spansOf(rule, cycle);
  /** The day that tells the groups of a month (or day); undefined where it does not count. */
  const dayOf = ({ from, to }: Span): CivilDate | undefined => {
    if (by === 'months' && present === 'any-day') return datesBetween(from, to).findLast(isCovered);
    // Whoever left on the last day of the month before is not there any more.
    if (by === 'months' && present === 'day-before')
      return isMember(from) && isCovered(to) ? from : undefined;
    return datesBetween(from, to).every(isCovered) ? to : undefined;
  };
  const covered = spans
    .map(dayOf)
    .filter((day) => day !== undefined)
    .map((day) => evaluation.groupsOn(day));
  return covered.length === spans.length && !rule.acrossGroups
    ? undefined
    : { rule, covered, all: spans.length };
}

/** What counts one by one: each day, each month by the one day that decides, or each month from the first day of the cycle on. */
function spansOf({ by, present = 'last-day' }: Proration, cycle: CycleRef): Span[] {
  const oneDay = (day: CivilDate): Span => ({ from: day, to: day });
  if (by === 'days') return datesBetween(cycle.from, cycle.to).map(oneDay);
  if (present === 'any-day' || present === 'every-day') return monthsOf(cycle);
  const isFirst = present === 'first-day' || present === 'day-before';
  const days = calendarMonths(cycle)
    .map((first) => {
      if (present === 'last-day') return endOfSpan(first, 1);
      return isFirst ? first : addDays(first, present - 1);
    })
    .filter((day) => isInCycle(day, cycle));
  // A cycle of weeks may have no such day.
  const deciding = days.length > 0 ? days : [isFirst ? cycle.from : cycle.to];
  return deciding.map((day) =>
    present === 'day-before' ? { from: addDays(day, -1), to: day } : oneDay(day),
  );
}

/** The first days of the calendar months that a cycle touches. */
function calendarMonths({ from, to }: Span): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = `${from.slice(0, 7)}-01`; day <= to; day = addMonths(day, 1)) days.push(day);
  return days;
}

/** What an amount of a target comes to from the months (or days) in which the same is asked, in order of time. */
function partsOf(
  { covered, all }: Proportion,
  leaf: string,
  { needs }: Target,
  regulation: Regulation,
): { readonly stated: Exact; readonly share: string; readonly amount: Exact }[] {
  const months = new Map<string, { stated: Exact; count: number }>();
  for (const groups of covered) {
    const stated = statedOf(needs, leaf, { groups, regulation })?.stated ?? Exact.ZERO;
    const known = months.get(stated.toString()) ?? { stated, count: 0 };
    months.set(stated.toString(), { stated, count: known.count + 1 });
  }
  return [...months.values()].map(({ stated, count }) => ({
    stated,
    share: `${count}/${all}`,
    amount: stated.mul(Exact.ratio(count, all)),
  }));
}

/** What is asked of an amount in proportion: its share of the cycle, or the sum of what each group is asked for its time. */
export function inProportion(
  stated: Exact,
  leaf: string,
  share: Proportion,
  target: Target,
  regulation: Regulation,
): Exact {
  const { rule, covered, all } = share;
  return roundedBy(
    rule,
    rule.acrossGroups
      ? sumOf(partsOf(share, leaf, target, regulation))
      : stated.mul(Exact.ratio(covered.length, all)),
  );
}

const sumOf = (parts: readonly { readonly amount: Exact }[]): Exact =>
  parts.reduce((sum, { amount }) => sum.add(amount), Exact.ZERO);

const roundedBy = ({ round }: Proration, amount: Exact): Exact =>
  round ? roundTo(amount, constant(round.to), round.mode) : amount;

/** What proportion did, for people. */
export interface ProportionResult {
  readonly clause: string;
  readonly effect: 'months' | 'days' | 'groups';
  /** The share, as "8/12"; across groups the sum, as "90 × 5/12 + 110 × 7/12 ≈ 101.6667 → 102". */
  readonly by: string;
  readonly amounts?: readonly string[];
}

/** What proportion did: the share of the cycle, or (across groups) how each amount that is asked came about. */
export function proportionResults(
  share: Proportion,
  target: Target,
  asked: ReadonlySet<string>,
  regulation: Regulation,
): ProportionResult[] {
  const { rule, covered, all } = share;
  const clause = rule.clause ?? target.clause;
  if (!rule.acrossGroups) return [{ clause, effect: rule.by, by: `${covered.length}/${all}` }];
  const meant = rule.amounts === undefined ? [...asked] : listOf(rule.amounts);
  return meant.flatMap((leaf) => {
    const parts = partsOf(share, leaf, target, regulation);
    const sum = sumOf(parts);
    const rounded = roundedBy(rule, sum);
    const said = parts.map((part) => `${sayFraction(part.stated)} × ${part.share}`).join(' + ');
    const by = [`${said} ${sayResult(sum)}`, ...(rounded.equals(sum) ? [] : [sayFraction(rounded)])].join(
      ' → ',
    );
    const isUnchanged = parts.length === 1 && covered.length === all;
    const isAsked = parts.some(({ stated }) => stated.n > 0);
    return isAsked && !isUnchanged ? [{ clause, effect: 'groups', by, amounts: [leaf] }] : [];
  });
}

/** What a sum comes to; one that goes on for ever rounded up, as what is required is. */
const sayResult = (sum: Exact): string =>
  isRepresentable(sum) ? `= ${sayFraction(sum)}` : `≈ ${formatAmount(ceilUnits(sum))}`;

/** The months of a cycle, counted from its first day. */
function monthsOf(cycle: CycleRef): Span[] {
  const length = fullMonthsBetween(cycle.from, addDays(cycle.to, 1)) || 1;
  return Array.from({ length }, (_, index) => ({
    from: addMonths(cycle.from, index),
    to: endOfSpan(cycle.from, index + 1),
  }));
}
