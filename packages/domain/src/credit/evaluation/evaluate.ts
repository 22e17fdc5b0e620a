import type { CivilDate } from '../../core';
import type { CarryResult } from './carry-over';
import { flagResults, type FlagResult } from './consequences';
import { isInCycle, isSameCycle, type CycleRef } from '../person/cycles';
import type { CountedEntry } from './limits';
import { floorUnits, type Units } from '../value/measure';
import type { CreditPerson } from '../person/person';
import { PersonEvaluation } from './person-evaluation';
import type { Regulation } from '../regulation/regulation-schema';
import { isChosen } from '../settlement/settle';
import { ratingResults, type RatingResult } from './ratings';
import type { LedgerView } from './standing';
import type { TargetResult } from './target-result';
import { targetResults, type NotCovered } from './targets';
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

export interface Evaluation {
  readonly asOf: CivilDate;
  readonly regulation: { readonly id: string; readonly version: number };
  readonly targets: readonly TargetResult[];
  /** What is made up on the day of cycles that ended under versions before, each by the rules of its own. */
  readonly owed: readonly { readonly rules: Regulation; readonly result: TargetResult }[];
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
 * `asOf`: so a year is frozen shortly before its last day. With the versions `before`, the newest first, what their cycles
 * carry over, what of them is to be made up, and how often in a row something was so, passes to the version in force.
 */
export function evaluate(
  entries: readonly LedgerView[],
  regulation: Regulation,
  person: CreditPerson,
  asOf: CivilDate,
  decidedThrough = asOf,
  before: readonly Regulation[] = [],
): Evaluation {
  return resultsOf(PersonEvaluation.of(entries, regulation, person, asOf, decidedThrough, before));
}

export function resultsOf(evaluation: PersonEvaluation): Evaluation {
  const { regulation, asOf, counted, carries } = evaluation;
  const { current, earlier, notCovered } = targetResults(evaluation);
  const ratings = ratingResults(evaluation, [...earlier, ...current]);
  const before = resultsBefore(evaluation);
  return {
    asOf,
    regulation: { id: regulation.id, version: regulation.version },
    targets: current,
    owed: before.targets.filter(({ result: { makesUp, cycle } }) => makesUp && isInCycle(asOf, cycle)),
    earlier,
    notCovered,
    counted,
    sums: sumRows(evaluation),
    totals: totalResults(evaluation),
    ratings,
    carries,
    flags: flagResults(
      evaluation,
      [...before.targets.map(({ result }) => result), ...earlier, ...current],
      [...before.ratings, ...ratings],
    ).filter(({ cycle }) => !evaluation.endedBefore(cycle)),
  };
}

/** What cycles that ended under the versions before came to, and how far they are made up. */
function resultsBefore(evaluation: PersonEvaluation): {
  readonly targets: Evaluation['owed'];
  readonly ratings: Evaluation['ratings'];
} {
  const { versionBefore } = evaluation;
  if (!versionBefore) return { targets: [], ratings: [] };
  const { current, earlier } = targetResults(versionBefore);
  const older = resultsBefore(versionBefore);
  const own = [...earlier, ...current];
  return {
    targets: [
      ...older.targets,
      ...own
        .filter((result) => isLeftBy(versionBefore, result, evaluation))
        .map((result) => ({ rules: versionBefore.regulation, result })),
    ],
    ratings: [
      ...older.ratings,
      ...ratingResults(versionBefore, own).filter(({ cycle }) => evaluation.endedBefore(cycle)),
    ],
  };
}

/**
 * Whether a result stays with the version before: its cycle ended under it, or what it makes up was missed under it. Of
 * a promotion since the version in force came that one decides, unless the cycle had ended.
 */
export function isLeftBy(
  versionBefore: PersonEvaluation,
  { makesUp, cycle }: TargetResult,
  evaluation: PersonEvaluation,
): boolean {
  const missed = makesUp?.cycle ?? cycle;
  const isLater = makesUp?.after === 'promotion' && cycle.from >= evaluation.regulation.effective.from;
  const whole = isLater && versionBefore.cyclesOf(missed.id).find((one) => isSameCycle(one, missed));
  return evaluation.endedBefore(whole || missed);
}

/**
 * Whether an entry lies in no cycle that has begun, nor in the time to make one up, and so counts for nothing; of one that
 * lies ahead nobody knows. What wholly went into making up an earlier cycle is in no sum of its own.
 */
export const isOutsideCycles = (
  { occurredOn }: Pick<CountedEntry['entry'], 'occurredOn'>,
  { asOf, sums, earlier, targets }: Evaluation,
): boolean =>
  occurredOn <= asOf &&
  !sums.some(({ cycle, carried }) => !carried && isInCycle(occurredOn, cycle)) &&
  ![...earlier, ...targets].some(({ cycle }) => isInCycle(occurredOn, cycle));

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
