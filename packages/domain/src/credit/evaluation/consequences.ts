import { addDays, type CivilDate } from '../../core';
import { byEnd, isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import { oncePer } from '../value/once-per';
import type { PersonEvaluation } from './person-evaluation';
import { ratingNow, type RatingResult } from './ratings';
import type { Regulation } from '../regulation/regulation-schema';
import { isChosen } from '../settlement/settle';
import type { TargetResult } from './target-result';
import type { Consequence, Rating } from '../regulation/target-schema';

/** A consequence that the text attaches to a result. It informs; people decide. */
export interface FlagResult {
  readonly flag: string;
  readonly says: string;
  readonly clause: string;
  readonly cycle: CycleRef;
  readonly because: { readonly target?: string; readonly rating?: string };
  /** The day on which it was drawn, where that is one of rolling months and not the end of a cycle. */
  readonly from?: CivilDate;
}

/** Whether a consequence is to be told on a day on which these cycles run: it is of that day, or was drawn in one of them. */
export const concernsDay = (
  { cycle, from }: FlagResult,
  day: CivilDate,
  running: readonly Pick<CycleRef, 'from' | 'to'>[],
): boolean =>
  from === undefined ? isInCycle(day, cycle) : from <= day && running.some((one) => isInCycle(from, one));

/** In order of time; those of one cycle in the order of the regulation. */
export function flagResults(
  evaluation: PersonEvaluation,
  targets: readonly TargetResult[],
  ratings: readonly RatingResult[],
): FlagResult[] {
  const flags: FlagResult[] = [];
  for (const consequence of chosenConsequences(evaluation.regulation))
    flags.push(...flagsOf(consequence, targets, ratings, evaluation));
  return flags.sort(byEnd);
}

const chosenConsequences = oncePer((regulation: Regulation): readonly Consequence[] =>
  (regulation.consequences ?? []).filter((consequence) => isChosen(consequence.if, regulation)),
);

function flagsOf(
  { id: flag, says, clause, when }: Consequence,
  targets: readonly TargetResult[],
  ratings: readonly RatingResult[],
  evaluation: PersonEvaluation,
): FlagResult[] {
  if ('target' in when) {
    const flags: FlagResult[] = [];
    const isSo = ({ states }: Standing): boolean => states.includes(when.is);
    for (const target of listOf(when.target))
      for (const { cycle } of repeated(standings(target, targets), isSo, when))
        flags.push({ flag, says, clause, cycle, because: { target } });
    return flags;
  }
  const isNamed = ({ is }: RatingResult): boolean => is !== undefined && listOf(when.is).includes(is);
  const rolling = when.at === 'once' ? rollingRating(when.rating, evaluation.regulation) : undefined;
  const because = { rating: when.rating };
  if (rolling)
    return becomings(rolling, isNamed, evaluation).map(({ cycle }) => ({
      flag,
      says,
      clause,
      cycle,
      because,
      from: cycle.to,
    }));
  const isSo = (result: RatingResult): boolean => (result.final || when.at === 'once') && isNamed(result);
  return repeated(
    ratings.filter(({ rating }) => rating === when.rating),
    isSo,
    when,
  ).map(({ cycle }) => ({ flag, says, clause, cycle, because }));
}

/** The rating of this name where its cycle is one of rolling months. */
const rollingRating = (id: string, { ratings = [], cycles = {} }: Regulation): Rating | undefined =>
  ratings.find((rating) => rating.id === id && 'lastMonths' in (cycles[rating.cycle] ?? {}));

/**
 * How a rating of rolling months stood on the days on which it became so, oldest first: of all on which something was
 * earned or deducted, those with which it began to be so, the last such day or the day before being otherwise.
 */
function becomings(
  rating: Rating,
  isSo: (result: RatingResult) => boolean,
  evaluation: PersonEvaluation,
): RatingResult[] {
  const soOn = (day: CivilDate): RatingResult | undefined => {
    const result = ratingNow(rating, evaluation.on(day));
    return result && isSo(result) ? result : undefined;
  };
  const found: RatingResult[] = [];
  let wasSo = false;
  for (const day of evaluation.daysEarned()) {
    const result = soOn(day);
    if (result && !(wasSo && soOn(addDays(day, -1)))) found.push(result);
    wasSo = result !== undefined;
  }
  return found;
}

interface Standing {
  readonly cycle: CycleRef;
  readonly states: readonly string[];
}

/** How a target stands in each of its cycles, and what of those that were missed was made up, in order of time. */
function standings(target: string, targets: readonly TargetResult[]): Standing[] {
  const results = targets.filter((result) => result.target === target);
  const makingUp: (NonNullable<TargetResult['makesUp']> & Pick<TargetResult, 'state'>)[] = [];
  for (const { makesUp, state } of results) if (makesUp) makingUp.push({ ...makesUp, state });
  const unmade = (state: TargetResult['state'] | undefined): readonly string[] =>
    state === 'met' ? [] : state === 'missed' ? ['not-made-up', 'make-up-missed'] : ['not-made-up'];
  const ofCycles = results
    .filter(({ makesUp }) => !makesUp)
    .map(({ cycle, state, noTimeToMakeUp }) => {
      const after = makingUp.find((other) => other.after === 'cycle' && other.cycle.from === cycle.from);
      const made = noTimeToMakeUp ? 'missed' : after?.state;
      return { cycle, states: state === 'missed' ? [state, ...unmade(made)] : [state] };
    });
  const ofPromotions = makingUp
    .filter(({ after }) => after === 'promotion')
    .map(({ cycle, state }) => ({ cycle, states: unmade(state) }));
  return [...ofCycles, ...ofPromotions].sort(byEnd);
}

/** The results that are so for the so-manieth time running, or among the last ones. */
function repeated<Result>(
  results: readonly Result[],
  isSo: (result: Result) => boolean,
  { inARow = 1, atLeast, inLast = inARow }: Pick<Consequence['when'], 'inARow' | 'atLeast' | 'inLast'>,
): Result[] {
  const isEnough = (index: number): boolean => {
    const last = results.slice(Math.max(0, index + 1 - inLast), index + 1);
    return last.filter(isSo).length >= (atLeast ?? inARow);
  };
  return results.filter((result, index) => isSo(result) && isEnough(index));
}
