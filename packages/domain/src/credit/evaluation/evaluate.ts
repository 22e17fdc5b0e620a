import type { CivilDate } from '../../core';
import type { CarryResult } from './carry-over';
import { byEnd, isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import type { CountedEntry } from './limits';
import { withinBounds } from '../regulation/condition';
import { floorUnits, type Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import type { CreditPerson } from '../person/person';
import { PersonEvaluation } from './person-evaluation';
import type { Regulation } from '../regulation/regulation-schema';
import { testRequirement } from './requirement';
import { isChosen, whyNotApplicable } from '../settlement/settle';
import type { LedgerView } from './standing';
import type { TargetResult } from './target-result';
import { targetResults, type NotCovered } from './targets';
import type { Consequence, Rating } from '../regulation/target-schema';
import type { TotalWorking } from './total-working';

/** A sum of what counts in one cycle, at its finest: by measure, part and kind. */
export interface SumRow {
  readonly cycle: CycleRef;
  readonly measure: string;
  readonly part: string;
  readonly kind: string;
  readonly amount: Units;
  /** Taken over from an earlier cycle. */
  readonly carried: boolean;
}

/** A named total that the regulation reports by itself. */
export interface TotalResult {
  readonly total: string;
  readonly name: string;
  readonly measure: string;
  readonly cycle: CycleRef;
  readonly amount: Units;
  /** How it came about: itself first, then the totals inside it. */
  readonly workings: readonly TotalWorking[];
}

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

/** A consequence that the text attaches to a result. It informs; people decide. */
export interface FlagResult {
  readonly flag: string;
  readonly says: string;
  readonly clause: string;
  readonly cycle: CycleRef;
  readonly because: { readonly target?: string; readonly rating?: string };
}

export interface Evaluation {
  readonly asOf: CivilDate;
  readonly regulation: { readonly id: string; readonly version: number };
  readonly targets: readonly TargetResult[];
  readonly earlier: readonly TargetResult[];
  readonly notCovered: readonly NotCovered[];
  readonly counted: readonly CountedEntry[];
  readonly sums: readonly SumRow[];
  readonly totals: readonly TotalResult[];
  readonly ratings: readonly RatingResult[];
  readonly carries: readonly CarryResult[];
  readonly flags: readonly FlagResult[];
}

/**
 * How a person stands on a day, from the entries recorded by the end of that day. Deterministic: neither the order of
 * the entries nor the wall clock matters. Cycles that end by `decidedThrough` are taken as over, with the entries of
 * `asOf`: so a year is frozen shortly before its last day.
 */
export function evaluate(
  entries: readonly LedgerView[],
  regulation: Regulation,
  person: CreditPerson,
  asOf: CivilDate,
  decidedThrough = asOf,
): Evaluation {
  return resultsOf(new PersonEvaluation(entries, regulation, person, asOf, decidedThrough));
}

export function resultsOf(evaluation: PersonEvaluation): Evaluation {
  const { regulation, asOf, counted, carries } = evaluation;
  const { current, earlier, notCovered } = targetResults(evaluation);
  const ratings = ratingResults(evaluation, [...earlier, ...current]);
  return {
    asOf,
    regulation: { id: regulation.id, version: regulation.version },
    targets: current,
    earlier,
    notCovered,
    counted,
    sums: sumRows(evaluation),
    totals: totalResults(evaluation),
    ratings,
    carries,
    flags: flagResults(regulation, [...earlier, ...current], ratings),
  };
}

/** Whether an entry lies in no cycle that has begun, and so counts for nothing; of one that lies ahead nobody knows. */
export const isOutsideCycles = (
  { occurredOn }: Pick<CountedEntry['entry'], 'occurredOn'>,
  { asOf, sums }: Evaluation,
): boolean =>
  occurredOn <= asOf && !sums.some(({ cycle, carried }) => !carried && isInCycle(occurredOn, cycle));

/** Whether an entry lies in no cycle in which a target applies to the person; of a regulation without targets never. */
export const isOutsideTargets = (
  { occurredOn }: Pick<CountedEntry['entry'], 'occurredOn'>,
  { asOf, earlier, targets, notCovered }: Evaluation,
): boolean => {
  const results = [...earlier, ...targets];
  const hasTargets = results.length + notCovered.length > 0;
  return hasTargets && occurredOn <= asOf && !results.some(({ cycle }) => isInCycle(occurredOn, cycle));
};

function sumRows(evaluation: PersonEvaluation): SumRow[] {
  const { tally } = evaluation;
  const earned: Row[] = [];
  for (const id of Object.keys(evaluation.regulation.cycles ?? {}))
    for (const cycle of evaluation.cyclesOf(id)) {
      const rows: Row[] = [];
      for (const row of tally.rowsIn(cycle)) addTo(rows, cycle, row.way, tally.unitsOf(row, id), false);
      earned.push(...rows);
    }
  const byCycle = new Map<CycleRef, Row[]>();
  for (const { into, measure, part, amount } of evaluation.carried) {
    const rows = byCycle.get(into) ?? [];
    addTo(rows, into, { measure, part, kind: '' }, amount, true);
    byCycle.set(into, rows);
  }
  return [...earned, ...[...byCycle.values()].flat()];
}

type Row = Omit<SumRow, 'amount'> & { amount: Units };

/** Adds to the row of a measure, part and kind, of which a cycle has few; a new one goes to the end. */
function addTo(
  rows: Row[],
  cycle: CycleRef,
  { measure, part, kind }: Pick<SumRow, 'measure' | 'part' | 'kind'>,
  amount: Units,
  carried: boolean,
): void {
  for (const row of rows)
    if (row.kind === kind && row.part === part && row.measure === measure) {
      row.amount += amount;
      return;
    }
  rows.push({ cycle, measure, part, kind, amount, carried });
}

function totalResults(evaluation: PersonEvaluation): TotalResult[] {
  return Object.entries(evaluation.regulation.totals ?? {}).flatMap(([id, total]) =>
    total.cycle === undefined || !isChosen(total.if, evaluation.regulation)
      ? []
      : evaluation.cyclesOf(total.cycle).map((cycle) => ({
          total: id,
          name: total.name,
          measure: total.measure,
          cycle,
          amount: floorUnits(evaluation.quantity({ total: id }, cycle)),
          workings: evaluation.workings({ total: id }, cycle),
        })),
  );
}

function ratingResults(evaluation: PersonEvaluation, targets: readonly TargetResult[]): RatingResult[] {
  return (evaluation.regulation.ratings ?? []).flatMap((rating) => {
    const ratedTarget = (cycle: CycleRef): TargetResult | undefined =>
      targets.find(
        ({ target, state, makesUp, cycle: { from } }) =>
          target === rating.target && from === cycle.from && !makesUp && state !== 'exempt',
      );
    return evaluation.cyclesOf(rating.cycle).flatMap((cycle) => {
      const target = ratedTarget(cycle);
      return rating.target === undefined || target ? ratingIn(rating, cycle, evaluation, target) : [];
    });
  });
}

function ratingIn(
  rating: Rating,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
  target: TargetResult | undefined,
): RatingResult[] {
  const { regulation, tally } = evaluation;
  const day = evaluation.decisionDay(cycle, rating);
  if (!evaluation.isCovered(day, undefined)) return [];
  const groups = evaluation.groupsOn(day);
  if (whyNotApplicable(rating, regulation, day, () => groups) !== undefined) return [];
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
      (candidate.is === undefined || candidate.is === target?.state) &&
      (!candidate.needs || testRequirement(candidate.needs, context).met),
  );
  const { id, name, clause } = rating;
  const workings = tally.workings(rating.of, cycle, groups);
  const final = cycle.to <= evaluation.decidedThrough;
  return [
    {
      rating: id,
      name,
      clause,
      cycle,
      amount: floorUnits(amount),
      ...(workings.length === 0 ? {} : { workings }),
      ...(band ? { is: band.rating } : {}),
      final,
    },
  ];
}

const identity = <Value>(value: Value): Value => value;

/** In order of time; those of one cycle in the order of the regulation. */
function flagResults(
  regulation: Regulation,
  targets: readonly TargetResult[],
  ratings: readonly RatingResult[],
): FlagResult[] {
  const flags: FlagResult[] = [];
  for (const consequence of chosenConsequences(regulation))
    flags.push(...flagsOf(consequence, targets, ratings));
  return flags.sort(byEnd);
}

const chosenConsequences = oncePer((regulation: Regulation): readonly Consequence[] =>
  (regulation.consequences ?? []).filter((consequence) => isChosen(consequence.if, regulation)),
);

function flagsOf(
  consequence: Consequence,
  targets: readonly TargetResult[],
  ratings: readonly RatingResult[],
): FlagResult[] {
  const { id: flag, says, clause, when } = consequence;
  if ('target' in when) {
    const flags: FlagResult[] = [];
    const isSo = ({ states }: Standing): boolean => states.includes(when.is);
    for (const target of listOf(when.target))
      for (const { cycle } of repeated(standings(target, targets), isSo, when))
        flags.push({ flag, says, clause, cycle, because: { target } });
    return flags;
  }
  const cycles = ratings.filter((result) => result.rating === when.rating);
  const isOne = (result: RatingResult): boolean =>
    (result.final || when.at === 'once') && result.is !== undefined && listOf(when.is).includes(result.is);
  return repeated(cycles, isOne, when).map(({ cycle }) => ({
    flag,
    says,
    clause,
    cycle,
    because: { rating: when.rating },
  }));
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
