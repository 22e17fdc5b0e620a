import { isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import { withinBounds } from '../regulation/condition';
import { floorUnits, type Units } from '../value/measure';
import type { PersonEvaluation } from './person-evaluation';
import { testRequirement } from './requirement';
import { whyNotApplicable } from '../settlement/settle';
import { isMadeUpSince, type TargetResult } from './target-result';
import { targetResults } from './targets';
import type { Rating } from '../regulation/target-schema';
import type { TotalWorking } from './total-working';

export interface RatingResult {
  readonly rating: string;
  readonly name: string;
  readonly clause: string;
  readonly cycle: CycleRef;
  readonly amount: Units;
  /** How the total that is rated came about; absent where it is none. */
  readonly workings?: readonly TotalWorking[];
  /** The author's name of the band; absent when none fits. */
  readonly is?: string;
  /** The cycle was over on the day of evaluation, or is taken as decided. */
  readonly final: boolean;
}

/** The ratings of a regulation in all cycles of a person, in its order. */
export const ratingResults = (
  evaluation: PersonEvaluation,
  targets: readonly TargetResult[],
): RatingResult[] =>
  (evaluation.regulation.ratings ?? []).flatMap((rating) =>
    evaluation.cyclesOf(rating.cycle).flatMap((cycle) => ratingIn(rating, cycle, evaluation, targets) ?? []),
  );

/** A rating in the cycle that holds the day of evaluation; undefined where there is none, or the person is not rated. */
export function ratingNow(rating: Rating, evaluation: PersonEvaluation): RatingResult | undefined {
  const cycle = evaluation.cyclesOf(rating.cycle).findLast((one) => isInCycle(evaluation.asOf, one));
  if (!cycle) return undefined;
  const { current } = rating.target === undefined ? NO_TARGETS : targetResults(evaluation, cycle);
  return ratingIn(rating, cycle, evaluation, current);
}

const NO_TARGETS = { current: [] };

function ratingIn(
  rating: Rating,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
  targets: readonly TargetResult[],
): RatingResult | undefined {
  const rated = targets.filter(
    ({ target: id, state, makesUp, cycle: { from } }) =>
      listOf(rating.target).includes(id) && from === cycle.from && !makesUp && state !== 'exempt',
  );
  if (rating.target !== undefined && rated.length === 0) return undefined;
  const isSo = (is: 'met' | 'made-up' | 'missed'): boolean =>
    is === 'missed'
      ? rated.some(({ state }) => state === is)
      : rated.every((one) => one.state === 'met' || (is === 'made-up' && isMadeUpSince(one, targets)));
  const { regulation, tally } = evaluation;
  const day = evaluation.decisionDay(cycle, rating);
  if (!evaluation.isCovered(day, undefined)) return undefined;
  const groups = evaluation.groupsOn(day);
  if (whyNotApplicable(rating, regulation, day, () => groups) !== undefined) return undefined;
  const amount = tally.quantity(rating.of, cycle, groups);
  const context = {
    tally,
    span: cycle,
    groups,
    regulation,
    adjust: identity,
    plan: false,
  };
  const band = rating.bands.find(
    (candidate) =>
      withinBounds(amount, candidate) &&
      (candidate.is === undefined || isSo(candidate.is)) &&
      (!candidate.needs || testRequirement(candidate.needs, context).met),
  );
  const { id, name, clause } = rating;
  const workings = tally.workings(rating.of, cycle, groups);
  const final = cycle.to <= evaluation.decidedThrough;
  return {
    rating: id,
    name,
    clause,
    cycle,
    amount: floorUnits(amount),
    ...(workings.length === 0 ? {} : { workings }),
    ...(band ? { is: band.rating } : {}),
    final,
  };
}

const identity = <Value>(value: Value): Value => value;
