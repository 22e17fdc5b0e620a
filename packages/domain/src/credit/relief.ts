import { Exact } from './exact';
import { endOfSpan, fullMonthsBetween, monthEnds } from './calendar';
import { addDays } from '../core';
import { holds } from './condition';
import type { CycleRef } from './cycles';
import { listOf } from './earning-schema';
import { constant, sayFraction } from './measure';
import { PersonFacts, type Circumstance } from './person';
import type { PersonEvaluation } from './person-evaluation';
import { testRequirement } from './requirement';
import { isChosen, isInGroups } from './settle';
import { ZERO, greater } from './tally';
import type { Proration, Relief, Target } from './target-schema';
import { roundTo } from './worth';

/** A change of a target for this person: exempt, a factor, an amount less, or in proportion to months. */
export interface ReliefResult {
  readonly clause: string;
  readonly effect: 'exempt' | 'times' | 'less' | 'months';
  /** The factor or amount; for months the share, as "8/12". */
  readonly by: string;
}

export interface Adjustment {
  readonly exempt: boolean;
  readonly reliefs: readonly ReliefResult[];
  readonly adjust: (required: Exact) => Exact;
}

/** What reliefs and proportion do to a target in one cycle, in the order of the regulation. */
export function adjustmentOf(target: Target, cycle: CycleRef, evaluation: PersonEvaluation): Adjustment {
  const reliefs = (target.relief ?? []).filter((relief) => isGranted(relief, target, cycle, evaluation));
  const months = target.prorate && coveredMonths(target.prorate, target, cycle, evaluation);
  const results: ReliefResult[] = reliefs.map(resultOf);
  if (months && months.covered < months.all) {
    results.push({ clause: target.clause, effect: 'months', by: `${months.covered}/${months.all}` });
  }
  return {
    exempt: reliefs.some((relief) => relief.exempt === true),
    reliefs: results,
    adjust: (required) => {
      let value = required;
      if (months && target.prorate && months.covered < months.all) {
        const { to, mode } = target.prorate.round;
        value = roundTo(value.mul(Exact.ratio(months.covered, months.all)), constant(to), mode);
      }
      return reliefs.reduce(lowered, value);
    },
  };
}

function resultOf(relief: Relief): ReliefResult {
  const { clause, exempt, times, less } = relief;
  if (exempt) return { clause, effect: 'exempt', by: '' };
  return times === undefined
    ? { clause, effect: 'less', by: sayFraction(constant(less ?? 0)) }
    : { clause, effect: 'times', by: sayFraction(constant(times)) };
}

function lowered(value: Exact, relief: Relief): Exact {
  let lower = value.mul(constant(relief.times ?? 1)).sub(constant(relief.less ?? 0));
  if (relief.round) lower = roundTo(lower, constant(relief.round.to), relief.round.mode);
  return greater(ZERO, lower);
}

function isGranted(relief: Relief, target: Target, cycle: CycleRef, evaluation: PersonEvaluation): boolean {
  const { person, circumstance, months, earned, cycle: when } = relief.when;
  const day = evaluation.decisionDay(cycle, target.decidedOn);
  if (!isChosen(relief.if, evaluation.regulation)) return false;
  if (person && !holds(person, new PersonFacts(evaluation.person, day, evaluation.regulation))) return false;
  if (circumstance !== undefined && !overlapping(listOf(circumstance), months, cycle, evaluation))
    return false;
  if (!earned) return true;
  const span = when === 'previous' ? previousOf(cycle, evaluation) : cycle;
  if (!span) return false;
  return testRequirement(earned, {
    tally: evaluation.tally,
    span,
    groups: evaluation.groupsOn(day),
    regulation: evaluation.regulation,
    adjust: (required) => required,
    used: () => 0,
    plan: false,
  }).met;
}

const previousOf = (cycle: CycleRef, evaluation: PersonEvaluation): CycleRef | undefined =>
  evaluation.cyclesOf(cycle.id).findLast((other) => other.to < cycle.from);

/** Whether approved circumstances of these kinds overlap the cycle, in all for at least so many months. */
function overlapping(
  kinds: readonly string[],
  months: Relief['when']['months'],
  cycle: CycleRef,
  { person }: PersonEvaluation,
): boolean {
  const spans = approved(person.circumstances, kinds)
    .map(({ from, to }) => ({
      from: from > cycle.from ? from : cycle.from,
      to: to !== undefined && to < cycle.to ? to : cycle.to,
    }))
    .filter(({ from, to }) => from <= to);
  const total = spans.reduce((sum, { from, to }) => sum + fullMonthsBetween(from, addDays(to, 1)), 0);
  return spans.length > 0 && Exact.of(total).compare(constant(months ?? 0)) >= 0;
}

const approved = (
  circumstances: readonly Circumstance[] | undefined,
  kinds: readonly string[],
): Circumstance[] =>
  (circumstances ?? []).filter((value) => kinds.includes(value.kind) && value.approved !== false);

/** Calendar months of the cycle on whose last day the target applies to the person, outside the named circumstances. */
function coveredMonths(
  { without }: Proration,
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): { covered: number; all: number } {
  const ends = monthEnds(
    cycle.from,
    endOfSpan(cycle.from, fullMonthsBetween(cycle.from, addDays(cycle.to, 1)) || 1),
  );
  const excused = approved(evaluation.person.circumstances, listOf(without));
  const covered = ends.filter(
    (day) =>
      new PersonFacts(evaluation.person, day, evaluation.regulation).inService &&
      isInGroups(target.groups, () => evaluation.groupsOn(day)) &&
      !excused.some(({ from, to }) => from <= day && (to === undefined || day <= to)),
  );
  return { covered: covered.length, all: ends.length };
}
