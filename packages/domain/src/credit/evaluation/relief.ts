import { Exact, greater, lesser } from '../value/exact';
import { addDays, type CivilDate } from '../../core';
import { addMonths, datesBetween, daysInclusive, endOfSpan, fullMonthsBetween } from '../value/calendar';
import { holds, withinBounds } from '../regulation/condition';
import { cyclesBetween, isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import type { PersonFactKey } from '../regulation/fact-names';
import { constant, floorUnits, formatAmount, isRepresentable, sayFraction } from '../value/measure';
import { PersonFacts, type Circumstance } from '../person/person';
import type { PersonEvaluation } from './person-evaluation';
import { leavesAsked, statedOf, testRequirement, type Adjust } from './requirement';
import { isChosen } from '../settlement/settle';
import type { Regulation } from '../regulation/regulation-schema';
import {
  EACH_CIRCUMSTANCE,
  type Occasion,
  type Proration,
  type Relief,
  type Target,
} from '../regulation/target-schema';
import { roundTo } from '../settlement/worth';

/** A change of a target for this person: exempt, a factor, an amount less, a lower number, or in proportion to months. */
export interface ReliefResult {
  readonly clause: string;
  readonly effect: 'exempt' | 'times' | 'less' | 'to' | 'months' | 'days' | 'groups';
  /** The factor or amount; for months and days the share, as "8/12"; across groups the sum, as "90 × 5/12 + 110 × 7/12". */
  readonly by: string;
  /** The amounts it is for, by their names in results, where the regulation names them. */
  readonly amounts?: readonly string[];
  /** The period inside the cycle for which it is granted, where each is judged by itself. */
  readonly period?: string;
  /** The condition that is met, of a relief. */
  readonly when?: Relief['when'];
  /** The circumstances that it was granted for, as they are recorded: one where each is judged by itself. */
  readonly circumstances?: readonly Pick<Circumstance, 'kind' | 'from' | 'to'>[];
}

/**
 * A relief, or a group, that hangs on facts of the person that are not recorded. Until they are, a condition on them counts
 * as not met; `taken` is what follows from that.
 */
export interface NotRecorded {
  readonly decides: 'relief' | 'group';
  readonly clause: string;
  readonly facts: readonly PersonFactKey[];
  readonly taken: boolean;
}

export interface Adjustment {
  readonly exempt: boolean;
  /** What of it is taken to be so without a record; nothing where the person is exempt anyway. */
  readonly notRecorded: readonly NotRecorded[];
  readonly reliefs: readonly ReliefResult[];
  readonly adjust: Adjust;
}

/** What proportion does to a target in one cycle, and then reliefs in the order of the regulation. */
export function adjustmentOf(target: Target, cycle: CycleRef, evaluation: PersonEvaluation): Adjustment {
  const judged: Judged[] = [];
  for (const relief of target.relief ?? []) {
    if (!isChosen(relief.if, evaluation.regulation)) continue;
    for (const setting of settingsOf(relief, cycle, evaluation))
      judged.push({ relief, setting, ...judge(relief.when, target, setting, evaluation) });
  }
  const granted = judged.filter((one) => one.granted);
  const reliefs = granted.map(({ relief }) => relief);
  const exempting = granted.filter(({ relief }) => relief.exempt);
  const isExempt = judged.some(
    (one) => one.relief.exempt === true && one.granted && one.lacking.length === 0,
  );
  const share = target.prorate && proportionOf(target.prorate, target, cycle, evaluation);
  const asked = leavesAsked(
    target.needs,
    evaluation.regulation,
    evaluation.groupsOn(evaluation.decisionDay(cycle, target)),
  );
  const isOfPerson = ({ relief: { amounts } }: (typeof granted)[number]): boolean =>
    amounts === undefined || listOf(amounts).some((leaf) => asked.has(leaf));
  // To whom is exempt nothing else happens, nor by what lowers an amount that is not asked of the person.
  const told = exempting.length > 0 ? exempting : granted.filter(isOfPerson);
  const results = told.map(({ relief, setting: { period, circumstances } }): ReliefResult => {
    const touching = circumstances
      .filter((one) => touches(one, period))
      .map(({ kind, from, to }) => ({ kind, from, ...(to === undefined ? {} : { to }) }));
    return {
      ...resultOf(relief),
      when: relief.when,
      ...(relief.amounts === undefined ? {} : { amounts: listOf(relief.amounts) }),
      ...(touching.length === 0 ? {} : { circumstances: touching }),
      ...(period === cycle ? {} : { period: period.label }),
    };
  });
  if (share) results.unshift(...proportionResults(share, target, asked, evaluation.regulation));
  return {
    exempt: exempting.length > 0,
    notRecorded: judged
      .filter(({ lacking }) => lacking.length > 0 && !isExempt)
      .map(({ relief: { clause }, granted: taken, lacking: facts }) => ({
        decides: 'relief',
        clause,
        facts,
        taken,
      })),
    reliefs: results,
    adjust: (required, leaf, of) => {
      // What is not to be exceeded stays as it is unless it is named.
      const isMeant = ({ amounts }: Pick<Relief, 'amounts'>): boolean =>
        amounts === undefined ? of === 'amount' : listOf(amounts).includes(leaf);
      if (of === 'share')
        return reliefs.filter((relief) => changesShare(relief, leaf)).reduce(lowered, required);
      let value = required;
      if (share && isMeant(share.rule)) {
        value = share.rule.acrossGroups
          ? partsOf(share, leaf, target, evaluation.regulation).reduce(
              (sum, part) => sum.add(part.amount),
              Exact.ZERO,
            )
          : value.mul(Exact.ratio(share.covered.length, share.all));
        const { round } = share.rule;
        if (round) value = roundTo(value, constant(round.to), round.mode);
      }
      return reliefs.filter(isMeant).reduce(lowered, value);
    },
  };
}

/**
 * Whether a relief changes a required share: it takes the share of what is then required, so a factor lowers the share
 * itself only where it names it, or is 0.
 */
export const changesShare = ({ amounts, times }: Relief, leaf: string): boolean =>
  times !== undefined && (amounts === undefined ? constant(times).n === 0 : listOf(amounts).includes(leaf));

function resultOf(relief: Relief): ReliefResult {
  const { clause, exempt, times, to, less = 0 } = relief;
  if (exempt) return { clause, effect: 'exempt', by: '' };
  if (times !== undefined) return { clause, effect: 'times', by: sayFraction(constant(times)) };
  return to === undefined
    ? { clause, effect: 'less', by: sayFraction(constant(less)) }
    : { clause, effect: 'to', by: sayFraction(constant(to)) };
}

function lowered(value: Exact, relief: Relief): Exact {
  const to = relief.to === undefined ? value : lesser(value, constant(relief.to));
  let lower = to.mul(constant(relief.times ?? 1)).sub(constant(relief.less ?? 0));
  if (relief.round) lower = roundTo(lower, constant(relief.round.to), relief.round.mode);
  return greater(Exact.ZERO, lower);
}

/** What is judged in and by: a period, and the approved circumstances that are looked at together in it. */
interface Setting {
  readonly period: CycleRef;
  /** In order of time. */
  readonly circumstances: readonly Circumstance[];
}

/** The cycle, each period of another one that ends in it, or each circumstance of the cycle by itself. */
function settingsOf({ per, when }: Relief, cycle: CycleRef, evaluation: PersonEvaluation): Setting[] {
  const { regulation, person } = evaluation;
  const circumstances = circumstancesFor(when, evaluation);
  if (per === undefined) return [{ period: cycle, circumstances }];
  if (per === EACH_CIRCUMSTANCE)
    return circumstances
      .filter((one) => touches(one, cycle))
      .map((one) => ({ period: cycle, circumstances: [one] }));
  return cyclesBetween(per, regulation, person, cycle.from, cycle.to)
    .filter(({ to }) => isInCycle(to, cycle))
    .map((period) => ({ period, circumstances }));
}

const circumstancesFor = ({ circumstance }: Occasion, { person }: PersonEvaluation): Circumstance[] =>
  approved(person.circumstances, listOf(circumstance)).sort((a, b) => a.from.localeCompare(b.from));

const touches = ({ from, to }: Pick<Circumstance, 'from' | 'to'>, cycle: Span): boolean =>
  from <= cycle.to && (to === undefined || to >= cycle.from);

interface Judgement {
  readonly granted: boolean;
  /** The facts that decide and are not recorded. */
  readonly lacking: readonly PersonFactKey[];
}

interface Judged extends Judgement {
  readonly relief: Relief;
  readonly setting: Setting;
}

const NOT_GRANTED: Judgement = { granted: false, lacking: [] };

/** Whether an occasion is there in a cycle of a target; what hangs on facts that are not recorded counts as not so. */
export const isOccasion = (
  when: Occasion,
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): boolean =>
  judge(when, target, { period: cycle, circumstances: circumstancesFor(when, evaluation) }, evaluation)
    .granted;

function judge(when: Occasion, target: Target, setting: Setting, evaluation: PersonEvaluation): Judgement {
  const { person, circumstance, earned } = when;
  const { period: cycle } = setting;
  const day = evaluation.decisionDay(cycle, target);
  // While the cycle runs, as things will be at its end: who turns 60 in December is relieved in March already.
  const looksAhead = target.decidedOn !== 'start' && cycle.eventOn === undefined && day === evaluation.asOf;
  const judgedOn = looksAhead && day < cycle.to ? cycle.to : day;
  const facts = person && new PersonFacts(evaluation.person, judgedOn, evaluation.regulation);
  const granted = !person || !facts || holds(person, facts);
  const lacking = person && facts ? facts.undecidedBy(person) : [];
  if (!granted && lacking.length === 0) return NOT_GRANTED;
  if (circumstance !== undefined && !lastLongEnough(setting, when, evaluation)) return NOT_GRANTED;
  if (!earned) return { granted, lacking };
  const spans = cyclesMeant(when, cycle, evaluation);
  const isEarned = (span: CycleRef): boolean =>
    testRequirement(earned, {
      tally: evaluation.tally,
      span,
      groups: evaluation.groupsOn(day),
      regulation: evaluation.regulation,
      adjust: (required) => required,
      plan: false,
    }).met;
  return spans.length > 0 && spans.every(isEarned) ? { granted, lacking } : NOT_GRANTED;
}

/** The cycles in which something must have been earned: this one, the one before, or so many before; none if there are too few. */
function cyclesMeant(
  { cycle: when, inARow = 1 }: Occasion,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): readonly CycleRef[] {
  if (when !== 'previous') return [cycle];
  const before = evaluation.cyclesOf(cycle.id).filter((other) => other.to < cycle.from);
  return before.length < inARow ? [] : before.slice(-inARow);
}

/**
 * Whether circumstances take at least so many months or days of the period (or, `whole`, last so long and touch it): in
 * all, or without a break. Those that overlap or follow each other day by day are one spell. One without an end lasts to
 * the end of the period, or to the day of evaluation.
 */
function lastLongEnough(
  { period: cycle, circumstances }: Setting,
  { months = 0, days = 0, unbroken, whole }: Relief['when'],
  { asOf }: PersonEvaluation,
): boolean {
  if (circumstances.length === 0) return false;
  const inside = ({ from, to }: Span): Span => ({
    from: from > cycle.from ? from : cycle.from,
    to: to < cycle.to ? to : cycle.to,
  });
  const lastDay = whole && asOf > cycle.to ? asOf : cycle.to;
  const all = spellsOf(
    circumstances.map(({ from, to = from > lastDay ? from : lastDay }) => ({
      from,
      to,
    })),
  ).filter((spell) => touches(spell, cycle));
  const spells = whole ? all : all.map(inside);
  const lasts = (asked: Occasion['months'], length: (spell: Span) => number): boolean => {
    const lengths = spells.map(length);
    const reached = unbroken ? Math.max(...lengths) : lengths.reduce((sum, one) => sum + one, 0);
    return withinBounds(Exact.of(reached), typeof asked === 'object' ? asked : { atLeast: asked });
  };
  return (
    spells.length > 0 &&
    lasts(months, ({ from, to }) => fullMonthsBetween(from, addDays(to, 1))) &&
    lasts(days, ({ from, to }) => daysInclusive(from, to))
  );
}

/** Spans as spells with at least one day between them. */
function spellsOf(spans: readonly Span[]): Span[] {
  const spells: Span[] = [];
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = spells.at(-1);
    if (!last || addDays(last.to, 1) < span.from) spells.push(span);
    else if (last.to < span.to) spells[spells.length - 1] = { from: last.from, to: span.to };
  }
  return spells;
}

const approved = (
  circumstances: readonly Circumstance[] | undefined,
  kinds: readonly string[],
): Circumstance[] =>
  (circumstances ?? []).filter((value) => kinds.includes(value.kind) && value.approved !== false);

interface Proportion {
  readonly rule: Proration;
  /** The groups of the person in each month (or day) that counts. */
  readonly covered: readonly ReadonlySet<string>[];
  readonly all: number;
}

/**
 * The months (or days) of the cycle in which the target applies to the person, outside the named circumstances;
 * undefined where that is the whole cycle and all of it asks the same.
 */
function proportionOf(
  rule: Proration,
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): Proportion | undefined {
  const { by, without, present } = rule;
  const excused = approved(evaluation.person.circumstances, listOf(without));
  const isCovered = (day: CivilDate): boolean =>
    evaluation.isCovered(day, target.groups) &&
    !excused.some(({ from, to }) => from <= day && (to === undefined || day <= to));
  const spans = spansOf(rule, cycle);
  /** The day that tells the groups of a month (or day); undefined where it does not count. */
  const dayOf = ({ from, to }: Span): CivilDate | undefined => {
    if (by === 'months' && present === 'any-day') return datesBetween(from, to).findLast(isCovered);
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
  const days = calendarMonths(cycle)
    .map((first) => {
      if (present === 'last-day') return endOfSpan(first, 1);
      return present === 'first-day' ? first : addDays(first, present - 1);
    })
    .filter((day) => isInCycle(day, cycle));
  // A cycle of weeks may have no such day.
  return (days.length > 0 ? days : [present === 'first-day' ? cycle.from : cycle.to]).map(oneDay);
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

/** What proportion did: the share of the cycle, or (across groups) how each amount that is asked came about. */
function proportionResults(
  share: Proportion,
  target: Target,
  asked: ReadonlySet<string>,
  regulation: Regulation,
): ReliefResult[] {
  const { rule, covered, all } = share;
  const clause = rule.clause ?? target.clause;
  if (!rule.acrossGroups) return [{ clause, effect: rule.by, by: `${covered.length}/${all}` }];
  const meant = rule.amounts === undefined ? [...asked] : listOf(rule.amounts);
  return meant.flatMap((leaf) => {
    const parts = partsOf(share, leaf, target, regulation);
    const sum = parts.reduce((all, part) => all.add(part.amount), Exact.ZERO);
    const rounded = rule.round ? roundTo(sum, constant(rule.round.to), rule.round.mode) : sum;
    const said = parts.map((part) => `${sayFraction(part.stated)} × ${part.share}`).join(' + ');
    const by = [`${said} ${sayResult(sum)}`, ...(rounded.equals(sum) ? [] : [sayFraction(rounded)])].join(
      ' → ',
    );
    const isUnchanged = parts.length === 1 && covered.length === all;
    const isAsked = parts.some(({ stated }) => stated.n > 0);
    return isAsked && !isUnchanged ? [{ clause, effect: 'groups', by, amounts: [leaf] }] : [];
  });
}

/** What a sum comes to; where that goes on for ever, its beginning. */
const sayResult = (sum: Exact): string =>
  isRepresentable(sum) ? `= ${sayFraction(sum)}` : `≈ ${formatAmount(floorUnits(sum))}`;

type Span = Pick<CycleRef, 'from' | 'to'>;

/** The months of a cycle, counted from its first day. */
function monthsOf(cycle: CycleRef): Span[] {
  const length = fullMonthsBetween(cycle.from, addDays(cycle.to, 1)) || 1;
  return Array.from({ length }, (_, index) => ({
    from: addMonths(cycle.from, index),
    to: endOfSpan(cycle.from, index + 1),
  }));
}
