import { byEnd, isInCycle, type CycleRef } from '../person/cycles';
import { afterPromotions, isOutOfTime } from './make-up';
import type { PersonEvaluation } from './person-evaluation';
import { isChosen, whyNotApplicable } from '../settlement/settle';
import type { Target } from '../regulation/target-schema';
import type { NotRecorded } from './relief';
import { groupNotRecorded, obstacle, resultIn, type TargetResult } from './target-result';

export interface NotCovered {
  readonly target: string;
  readonly name: string;
  readonly clause: string;
  /** Somebody who was not in service on the day that decides is in no group either. */
  readonly because: 'not-in-service' | 'group' | 'not-in-force' | 'no-cycle';
  /** The facts of the person that it takes to know the group, and that are not recorded. */
  readonly notRecorded?: NotRecorded;
}

export interface TargetResults {
  readonly current: readonly TargetResult[];
  readonly earlier: readonly TargetResult[];
  readonly notCovered: readonly NotCovered[];
}

/**
 * All targets of a regulation for one person: the cycles that hold the day of evaluation, the closed ones before, and why
 * a target does not apply; what is over and has results is not said not to apply. With `within` only cycles that share a day with it, and without the least that would close them.
 */
export function targetResults(
  evaluation: PersonEvaluation,
  within?: Pick<CycleRef, 'from' | 'to'>,
): TargetResults {
  const current: TargetResult[] = [];
  const earlier: TargetResult[] = [];
  const notCovered: NotCovered[] = [];
  for (const target of evaluation.regulation.targets ?? []) {
    if (!isChosen(target.if, evaluation.regulation)) continue;
    const results = resultsOf(target, evaluation, within);
    for (const result of results) {
      (isInCycle(evaluation.asOf, result.cycle) ? current : earlier).push(result);
    }
    if (results.some((result) => isInCycle(evaluation.asOf, result.cycle))) continue;
    if (within === undefined && results.length > 0 && isOver(target, evaluation)) continue;
    const { id, name, clause } = target;
    notCovered.push({ target: id, name, clause, ...whyNotCovered(target, evaluation) });
  }
  earlier.sort(byEnd);
  return { current, earlier, notCovered };
}

/** Whether a target has no more cycles, or is no more in force. */
function isOver({ cycle: id, inForce }: Target, evaluation: PersonEvaluation): boolean {
  const { asOf } = evaluation;
  const hasEnded = inForce?.to !== undefined && inForce.to < asOf;
  return hasEnded || !evaluation.cyclesOf(id).some((cycle) => isInCycle(asOf, cycle));
}

/** Without a cycle on the day of evaluation what holds on that day decides: it says more that a target is for others. */
function whyNotCovered(
  target: Target,
  evaluation: PersonEvaluation,
): Pick<NotCovered, 'because' | 'notRecorded'> {
  const { asOf } = evaluation;
  const cycle = evaluation.cyclesOf(target.cycle).find((candidate) => isInCycle(asOf, candidate));
  const day = cycle ? evaluation.decisionDay(cycle, target) : asOf;
  if (!evaluation.isCovered(day, undefined)) return { because: 'not-in-service' };
  const why = whyNotApplicable(target, evaluation.regulation, day, () => evaluation.groupsOn(day));
  if (why === 'not-in-force') return { because: why };
  if (!cycle && why === undefined) return { because: 'no-cycle' };
  const [notRecorded] = groupNotRecorded(target, day, evaluation);
  return { because: 'group', ...(notRecorded && { notRecorded }) };
}

function resultsOf(
  target: Target,
  evaluation: PersonEvaluation,
  within: Pick<CycleRef, 'from' | 'to'> | undefined,
): TargetResult[] {
  const made = evaluation.madeUp.filter((one) => one.target === target);
  const results: TargetResult[] = [];
  for (const cycle of evaluation.cyclesOf(target.cycle)) {
    if (obstacle(target, cycle, evaluation) !== undefined) continue;
    const after = made.find(({ missed }) => missed === cycle)?.result;
    if (!within || (cycle.to >= within.from && cycle.from <= within.to)) {
      const result = resultIn(target, cycle, evaluation, within === undefined);
      const isLost = !after && isOutOfTime(target, result, evaluation);
      const clause = target.makeUp?.clause ?? target.clause;
      results.push(isLost ? { ...result, noTimeToMakeUp: { clause } } : result);
    }
    if (after && after.cycle.from <= evaluation.asOf) results.push(after);
  }
  return [...results, ...afterPromotions(target, evaluation)];
}
