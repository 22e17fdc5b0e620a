import { Exact } from '../value/exact';
import { addDays } from '../../core';
import { datesBetween, daysInclusive, fullMonthsBetween } from '../value/calendar';
import { holds, withinBounds } from '../regulation/condition';
import type { CycleRef } from '../person/cycles';
import { listOf, type Names } from '../regulation/earning-schema';
import type { PersonFactKey } from '../regulation/fact-names';
import { approved, spellsOf } from '../person/circumstances';
import { PersonFacts, type Circumstance } from '../person/person';
import type { PersonEvaluation } from './person-evaluation';
import { testRequirement } from './requirement';
import type { Occasion, Target } from '../regulation/target-schema';

type Span = Pick<CycleRef, 'from' | 'to'>;

/** What is judged in and by: a period, and the approved circumstances that are looked at together in it. */
export interface Setting {
  readonly period: CycleRef;
  /** In order of time. */
  readonly circumstances: readonly Circumstance[];
}

/** The approved circumstances that an occasion asks for, in order of time. */
export const circumstancesFor = ({ circumstance }: Occasion, { person }: PersonEvaluation): Circumstance[] =>
  approved(person.circumstances, listOf(circumstance)).sort((a, b) => a.from.localeCompare(b.from));

export const touches = ({ from, to }: Pick<Circumstance, 'from' | 'to'>, cycle: Span): boolean =>
  from <= cycle.to && (to === undefined || to >= cycle.from);

export interface Judgement {
  readonly granted: boolean;
  /** The facts that decide and are not recorded. */
  readonly lacking: readonly PersonFactKey[];
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

/** Whether an occasion is there in a setting, for the groups and facts of the day that decides about the target. */
export function judge(
  when: Occasion,
  target: Target,
  setting: Setting,
  evaluation: PersonEvaluation,
): Judgement {
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
  if (when.in !== undefined && !areLongEnough(spellsIn(when.in, cycle, evaluation), when)) return NOT_GRANTED;
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
  when: Occasion,
  { asOf }: PersonEvaluation,
): boolean {
  if (circumstances.length === 0) return false;
  const inside = ({ from, to }: Span): Span => ({
    from: from > cycle.from ? from : cycle.from,
    to: to < cycle.to ? to : cycle.to,
  });
  const lastDay = when.whole && asOf > cycle.to ? asOf : cycle.to;
  const all = spellsOf(
    circumstances.map(({ from, to = from > lastDay ? from : lastDay }) => ({
      from,
      to,
    })),
  ).filter((spell) => touches(spell, cycle));
  const spells = when.whole ? all : all.map(inside);
  return spells.length > 0 && areLongEnough(spells, when);
}

/** Whether spells take so many months and days: in all, or the longest of them. */
function areLongEnough(spells: readonly Span[], { months = 0, days = 0, unbroken }: Occasion): boolean {
  const lasts = (asked: Occasion['months'], length: (spell: Span) => number): boolean => {
    const lengths = spells.map(length);
    const reached = unbroken ? Math.max(0, ...lengths) : lengths.reduce((sum, one) => sum + one, 0);
    return withinBounds(Exact.of(reached), typeof asked === 'object' ? asked : { atLeast: asked });
  };
  return (
    lasts(months, ({ from, to }) => fullMonthsBetween(from, addDays(to, 1))) &&
    lasts(days, ({ from, to }) => daysInclusive(from, to))
  );
}

/** When the person serves in one of these groups within a cycle, to its end as far as the record goes. */
function spellsIn(groups: Names, { from, to }: CycleRef, evaluation: PersonEvaluation): Span[] {
  const days = datesBetween(from, to).filter((day) => evaluation.isCovered(day, groups));
  return spellsOf(days.map((day) => ({ from: day, to: day })));
}
