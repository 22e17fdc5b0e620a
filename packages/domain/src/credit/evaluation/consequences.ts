import { addDays, type CivilDate } from '../../core';
import { byEnd, isInCycle, type CycleRef } from '../person/cycles';
import { endOfSpan } from '../value/calendar';
import { listOf } from '../regulation/earning-schema';
import { oncePer } from '../value/once-per';
import type { PersonEvaluation } from './person-evaluation';
import { ratingNow, type RatingResult } from './ratings';
import type { Regulation } from '../regulation/regulation-schema';
import { isChosen } from '../settlement/settle';
import type { TargetResult } from './target-result';
import type { Consequence, Rating } from '../regulation/target-schema';
import type { TeamResult } from './teams';

/** A consequence that the text attaches to a result. It informs; people decide. */
export interface FlagResult {
  readonly flag: string;
  readonly says: string;
  readonly clause: string;
  readonly cycle: CycleRef;
  readonly because: { readonly target?: string; readonly rating?: string; readonly team?: string };
  /** The day since which it holds, where it was drawn on a day of rolling months or lasts. */
  readonly from?: CivilDate;
  /** The last day on which it holds, where it lasts. */
  readonly until?: CivilDate;
}

/**
 * Whether a consequence is to be told on a day on which these cycles run: it is of a cycle that holds the day, still lasts,
 * or was drawn in one of these cycles.
 */
export function concernsDay(
  { cycle, from, until }: FlagResult,
  day: CivilDate,
  running: readonly Pick<CycleRef, 'from' | 'to'>[],
): boolean {
  if (from === undefined) return isInCycle(day, cycle);
  if (day < from) return cycle.to < from && isInCycle(day, cycle);
  return until === undefined ? running.some((one) => isInCycle(from, one)) : day <= until;
}

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

/** What follows from results about a group, in order of time. */
export const teamFlags = (regulation: Regulation, teams: readonly TeamResult[]): FlagResult[] =>
  chosenConsequences(regulation)
    .flatMap((consequence) => {
      const { when } = consequence;
      if (!('team' in when)) return [];
      const results = teams.filter(({ team }) => team === when.team);
      const isSo = ({ flags }: TeamResult): boolean =>
        flags.some(({ flag }) => listOf(when.is).includes(flag));
      return repeated(results, isSo, when).map(({ cycle }) =>
        flagOf(consequence, cycle, { team: when.team }, () => dayAfter(cycle)),
      );
    })
    .sort(byEnd);

const chosenConsequences = oncePer((regulation: Regulation): readonly Consequence[] =>
  (regulation.consequences ?? []).filter((consequence) => isChosen(consequence.if, regulation)),
);

function flagOf(
  { id: flag, says, clause, lasts }: Consequence,
  cycle: CycleRef,
  because: FlagResult['because'],
  from: () => CivilDate,
): FlagResult {
  const drawn = { flag, says, clause, cycle, because };
  if (!lasts) return drawn;
  const since = from();
  return { ...drawn, from: since, until: endOfSpan(since, lasts.months) };
}

function flagsOf(
  consequence: Consequence,
  targets: readonly TargetResult[],
  ratings: readonly RatingResult[],
  evaluation: PersonEvaluation,
): FlagResult[] {
  const { when } = consequence;
  // Those of a group are drawn from results about it.
  if ('team' in when) return [];
  if ('target' in when)
    return listOf(when.target).flatMap((target) => {
      const isSo = ({ since }: Standing): boolean => since.has(when.is);
      return repeated(standings(target, targets), isSo, when).map(({ cycle, since }) =>
        flagOf(consequence, cycle, { target }, () => since.get(when.is) ?? dayAfter(cycle)),
      );
    });
  const rating = evaluation.regulation.ratings?.find(({ id }) => id === when.rating);
  if (!rating) return [];
  const because = { rating: rating.id };
  const isNamed = ({ is }: RatingResult): boolean => is !== undefined && listOf(when.is).includes(is);
  if (when.at === 'once' && isRolling(rating, evaluation.regulation))
    return becomings(rating, isNamed, evaluation).map(({ cycle }) => ({
      ...flagOf(consequence, cycle, because, () => cycle.to),
      from: cycle.to,
    }));
  const isSo = (result: RatingResult): boolean => (result.final || when.at === 'once') && isNamed(result);
  const results = ratings.filter((result) => result.rating === rating.id);
  return repeated(results, isSo, when).map(({ cycle }) =>
    flagOf(consequence, cycle, because, () =>
      when.at === 'once' ? sinceIn(rating, cycle, isNamed, evaluation) : dayAfter(cycle),
    ),
  );
}

const dayAfter = ({ to }: Pick<CycleRef, 'to'>): CivilDate => addDays(to, 1);

const isRolling = ({ cycle }: Rating, { cycles = {} }: Regulation): boolean =>
  'lastMonths' in (cycles[cycle] ?? {});

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

/** The day in a cycle since which a rating is what it is at the end: the first, or one with something earned or deducted. */
function sinceIn(
  rating: Rating,
  cycle: CycleRef,
  isSo: (result: RatingResult) => boolean,
  evaluation: PersonEvaluation,
): CivilDate {
  const { asOf } = evaluation;
  let since = cycle.to < asOf ? cycle.to : asOf;
  const days = evaluation.daysEarned().filter((day) => cycle.from < day && day <= cycle.to);
  for (const day of [cycle.from, ...days].reverse()) {
    const result = ratingNow(rating, evaluation.on(day));
    if (!result || !isSo(result)) break;
    since = day;
  }
  return since;
}

interface Standing {
  readonly cycle: CycleRef;
  /** What is so, and the day since which a consequence of it holds. */
  readonly since: ReadonlyMap<string, CivilDate>;
}

/** How a target stands in each of its cycles, and what of those that were missed was made up, in order of time. */
function standings(target: string, targets: readonly TargetResult[]): Standing[] {
  const results = targets.filter((result) => result.target === target);
  const ofCycles = results
    .filter(({ makesUp }) => !makesUp)
    .map(({ cycle, state, noTimeToMakeUp }): Standing => {
      const since = dayAfter(cycle);
      const after = results.find(
        ({ makesUp }) => makesUp?.after === 'cycle' && makesUp.cycle.from === cycle.from,
      );
      const unmade = noTimeToMakeUp ? unmadeOf('missed', since, since) : unmadeAfter(after, since);
      return { cycle, since: new Map([[state, since], ...(state === 'missed' ? unmade : [])]) };
    });
  const ofPromotions = results
    .filter(({ makesUp }) => makesUp?.after === 'promotion')
    .map((after): Standing => ({
      cycle: after.cycle,
      since: new Map(unmadeAfter(after, after.cycle.from)),
    }));
  return [...ofCycles, ...ofPromotions].sort(byEnd);
}

type Since = readonly [state: string, since: CivilDate];

/** What was not made up: since the time for it began, and since that is over. */
const unmadeOf = (state: TargetResult['state'] | undefined, began: CivilDate, over: CivilDate): Since[] =>
  state === 'met'
    ? []
    : [['not-made-up', began], ...(state === 'missed' ? [['make-up-missed', over] as const] : [])];

const unmadeAfter = (after: TargetResult | undefined, began: CivilDate): Since[] =>
  unmadeOf(after?.state, began, after ? dayAfter(after.cycle) : began);

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
