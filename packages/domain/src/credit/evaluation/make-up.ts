import { addDays, type CivilDate } from '../../core';
import { isInCycle, type CycleRef } from '../person/cycles';
import { spanEnd } from '../value/calendar';
import { Exact, greater, lesser } from '../value/exact';
import { Using, type Amounts, type Goal, type Need } from './hours-used';
import { ceilUnits, constant, fromUnits, type Units } from '../value/measure';
import { rankChanges, type CreditPerson } from '../person/person';
import type { CycleEnd, PersonEvaluation } from './person-evaluation';
import { isOccasion } from './occasion';
import { leastToSpare } from './least-to-spare';
import { leavesOf } from '../regulation/leaves';
import { isLower } from './least-parts';
import { testRequirement, type Leaf, type LeafResult, type Missed } from './requirement';
import type { Tally } from './tally';
import type { Regulation } from '../regulation/regulation-schema';
import { isSelected, quantityOf } from '../settlement/selection';
import { isChosen, isInGroups, type CreditEntry } from '../settlement/settle';
import type { MakeUp, Quantity, Requirement, Target, Total } from '../regulation/target-schema';
import {
  leastIn,
  leavesIn,
  obstacle,
  resultIn,
  resultOf,
  workingsOf,
  type TargetResult,
} from './target-result';

/** What of an entry makes up an earlier cycle, and therefore counts no more in cycles of that kind. */
export interface UsedAmount {
  readonly clause: string;
  /** The cycle that was made up. */
  readonly cycle: CycleRef;
  readonly entry: CreditEntry;
  readonly amount: Exact;
}

/** A missed cycle of a target, how far it is made up, and by what was added up for it. */
export interface MadeUp {
  readonly target: Target;
  readonly missed: CycleRef;
  readonly tally: Tally;
  readonly result: TargetResult;
}

/** The makings-up that end of cycles begin, each with what it uses of the time after. */
export function makeUpEnds(evaluation: PersonEvaluation): CycleEnd[] {
  const { regulation } = evaluation;
  const targets = (regulation.targets ?? []).filter(
    (target) => target.makeUp?.after === 'cycle' && isMadeUp(target, regulation),
  );
  return [...new Set(targets.map(({ cycle }) => cycle))].flatMap((id) =>
    evaluation.cyclesOf(id).map((cycle) => ({
      to: cycle.to,
      pass: () => {
        const attempts = targets
          .filter((target) => target.cycle === id)
          .flatMap((target) => attemptAfter(target, cycle, evaluation) ?? []);
        return {
          madeUp: attempts.map(({ target, result, missed: { tally } }) => ({
            target,
            missed: cycle,
            tally,
            result,
          })),
          used: usedBy(
            attempts.filter(({ target }) => !target.makeUp?.countsAgain),
            cycle,
            evaluation,
          ),
        };
      },
    })),
  );
}

const isMadeUp = ({ if: chosen, makeUp }: Target, regulation: Regulation): boolean =>
  isChosen(chosen, regulation) && isChosen(makeUp?.if, regulation);

/** Whether anything of a person's cycles may pass to the version after this one: an amount, or something to make up. */
export const passesOn = (regulation: Regulation, person: CreditPerson): boolean =>
  (regulation.carryOver ?? []).length > 0 ||
  (regulation.targets ?? []).some(
    (target) =>
      target.makeUp !== undefined &&
      isMadeUp(target, regulation) &&
      (target.makeUp.after === 'cycle' ||
        rankChanges(person, regulation).some(({ kind }) => kind === 'promotion')),
  );

/** Whether a missed cycle that nothing began to make up could have been, had there been time. */
export const isOutOfTime = (
  target: Target,
  { state, cycle }: TargetResult,
  evaluation: PersonEvaluation,
): boolean =>
  state === 'missed' &&
  target.makeUp?.after === 'cycle' &&
  target.makeUp.until !== undefined &&
  isMadeUp(target, evaluation.regulation) &&
  mayMakeUp(target, cycle, evaluation);

/** Whether the person may make up what was missing in a cycle. */
const mayMakeUp = (target: Target, cycle: CycleRef, evaluation: PersonEvaluation): boolean =>
  target.makeUp?.when === undefined || isOccasion(target.makeUp.when, target, cycle, evaluation);

/** The last day of the time that begins on `from` because of `on`; undefined where no period of its cycle holds that. */
function lastDayToMakeUp(
  { months = 0, days, anniversaryCounts, until }: MakeUp,
  on: CivilDate,
  from: CivilDate,
  evaluation: PersonEvaluation,
): CivilDate | undefined {
  if (until !== undefined) return evaluation.periodOf(until, on)?.to;
  return days === undefined ? spanEnd(from, months, anniversaryCounts) : addDays(from, days - 1);
}

/** Making up one target, with the amounts that were missing. */
interface Attempt {
  readonly target: Target;
  readonly clause: string;
  readonly result: TargetResult;
  readonly leaves: readonly Leaf[];
  readonly groups: ReadonlySet<string>;
  readonly missed: Missed;
}

function attemptAfter(target: Target, cycle: CycleRef, evaluation: PersonEvaluation): Attempt | undefined {
  if (!target.makeUp || obstacle(target, cycle, evaluation) !== undefined) return undefined;
  if (!mayMakeUp(target, cycle, evaluation)) return undefined;
  const result = resultIn(target, cycle, evaluation);
  const from = addDays(cycle.to, 1);
  const to = lastDayToMakeUp(target.makeUp, cycle.to, from, evaluation);
  return result.state === 'missed' && to !== undefined && from <= to
    ? attempt(target, target.makeUp, result, { from, to }, evaluation)
    : undefined;
}

/** For each promotion: what the old target lacked on the day before, to be made up from the promotion on. */
export const afterPromotions = (target: Target, evaluation: PersonEvaluation): TargetResult[] =>
  attemptsAfterPromotions(target, evaluation).map(({ result }) => result);

export function attemptsAfterPromotions(target: Target, evaluation: PersonEvaluation): Attempt[] {
  const { person, regulation, asOf } = evaluation;
  const { makeUp } = target;
  if (makeUp?.after !== 'promotion' || !isMadeUp(target, regulation)) return [];
  return rankChanges(person, regulation)
    .filter(
      (change) => change.kind === 'promotion' && change.on <= asOf && change.on >= regulation.effective.from,
    )
    .filter((change) => isInGroups(makeUp.groups, () => evaluation.groupsOn(change.on)))
    .flatMap((change) => {
      const before = addDays(change.on, -1);
      const cycle = evaluation.cyclesOf(target.cycle).find((candidate) => isInCycle(before, candidate));
      if (!cycle) return [];
      const cut: CycleRef = { ...cycle, to: before };
      if (obstacle(target, cut, evaluation) !== undefined || !mayMakeUp(target, cut, evaluation)) return [];
      const result = resultIn(target, cut, evaluation);
      const to = lastDayToMakeUp(makeUp, change.on, change.on, evaluation);
      return result.met || result.state === 'exempt' || to === undefined
        ? []
        : [attempt(target, makeUp, result, { from: change.on, to }, evaluation)];
    });
}

/** What was missing of each amount; of a share, what is needed of it once everything else that was missing is there. */
function shortfall(
  target: Target,
  { cycle, alternatives }: Pick<TargetResult, 'cycle' | 'alternatives'>,
  evaluation: PersonEvaluation,
): Map<string, Units> {
  const leaves = alternatives.flat();
  const short = new Map(leaves.map((leaf) => [leaf.leaf, leaf.short]));
  const shares = new Set(leaves.filter(({ share }) => share !== undefined).map(({ leaf }) => leaf));
  if (shares.size === 0) return short;
  for (const { leaf, amount } of leastIn(target, cycle, evaluation).flat())
    if (shares.has(leaf)) short.set(leaf, Math.max(amount, short.get(leaf) ?? 0));
  return short;
}

/** The result of making up with what may be used for it. */
function attempt(
  target: Target,
  makeUp: MakeUp,
  missed: Pick<TargetResult, 'cycle' | 'alternatives'>,
  span: Pick<CycleRef, 'from' | 'to'>,
  evaluation: PersonEvaluation,
): Attempt {
  const tally = evaluation.tally.withoutCarried();
  const about = [target, makeUp, missed, span] as const;
  if (!makeUp.counts && !makeUp.surplusOnly) return attemptWith(tally, ...about, evaluation);
  const whole = attemptWith(tally, ...about, evaluation);
  const goals = goalsOf(whole, evaluation);
  const chosen = chosenFor([whole], goals, makeUp.surplusOnly === true, evaluation);
  const made = attemptWith(tally.only(chosen, missed.cycle), ...about, evaluation);
  const running = cyclesAfter(made, evaluation).find((cycle) => isInCycle(evaluation.asOf, cycle));
  if (!makeUp.surplusOnly || !running) return made;
  return { ...made, result: { ...made.result, least: leastToSpare(made, running, evaluation) } };
}

/** The same with a tally: the shortfall is required, and of what is earned in that time no more than that counts. */
function attemptWith(
  tally: Tally,
  target: Target,
  makeUp: MakeUp,
  missed: Pick<TargetResult, 'cycle' | 'alternatives'>,
  { from, to }: Pick<CycleRef, 'from' | 'to'>,
  evaluation: PersonEvaluation,
): Attempt {
  const cycle: CycleRef = { id: missed.cycle.id, from, to, label: `${from}–${to}` };
  const short = shortfall(target, missed, evaluation);
  const times = makeUp.times === undefined ? undefined : constant(makeUp.times);
  if (times) for (const [leaf, amount] of short) short.set(leaf, ceilUnits(fromUnits(amount).mul(times)));
  const groups = evaluation.groupsOn(evaluation.decisionDay(missed.cycle, target));
  const before: Missed = {
    short: (leaf) => short.get(leaf) ?? 0,
    cycle: missed.cycle,
    joined: { ...cycle, from: missed.cycle.from },
    tally,
  };
  const tested = testRequirement(target.needs, {
    tally,
    span: cycle,
    groups,
    regulation: evaluation.regulation,
    adjust: (required) => required,
    missed: before,
    plan: isInCycle(evaluation.asOf, cycle),
    full: () => evaluation.fullIn(cycle),
  });
  const alternatives = tested.alternatives.map((leaves) => leaves.map(madeUpOf));
  const result = resultOf(
    target,
    groups,
    { ...tested, alternatives },
    {
      cycle,
      exempt: false,
      decidedThrough: evaluation.decidedThrough,
      metWithoutCarryIn: tested.met,
      reliefs: [],
      running: [],
      makesUp: { clause: makeUp.clause, cycle: missed.cycle, after: makeUp.after },
      workings: workingsOf(tested, { tally, span: before.joined, groups }),
    },
  );
  return { target, clause: makeUp.clause, result, leaves: tested.leaves, groups, missed: before };
}

/** Of an amount what is made up: whatever else was earned in the time makes up nothing. */
const madeUpOf = (leaf: LeafResult): LeafResult =>
  isLower(leaf) ? { ...leaf, earned: Math.min(leaf.earned, leaf.required) } : leaf;

/** What of each entry is used: the least that makes up as much of what was missing as all of the time does. */
function usedBy(attempts: readonly Attempt[], missed: CycleRef, evaluation: PersonEvaluation): UsedAmount[] {
  const goals = attempts.flatMap((one) => goalsOf(one, evaluation));
  const surplusOnly = attempts.every(({ target }) => target.makeUp?.surplusOnly);
  return [...chosenFor(attempts, goals, surplusOnly, evaluation)].flatMap(([entry, amount]) => {
    const clause = goals.find((goal) => goal.counts(entry))?.clause ?? '';
    return amount.n > 0 ? [{ clause, cycle: missed, entry, amount }] : [];
  });
}

/** The hours with which goals are reached as far as can be. */
function chosenFor(
  attempts: readonly Attempt[],
  goals: readonly Goal[],
  surplusOnly: boolean,
  evaluation: PersonEvaluation,
): Amounts {
  const { tally } = evaluation;
  const hours = new Map(
    attempts.flatMap(({ target, result }) =>
      tally
        .entriesIn(result.cycle)
        .filter(({ entry }) => isMeant(target.makeUp, entry))
        .map((one) => [one.entry, tally.amountOf([one], result.cycle.id)] as const),
    ),
  );
  const needs = attempts.flatMap((one) => needsOf(one, evaluation));
  const ends = attempts.flatMap((one) =>
    [...cyclesAfter(one, evaluation), one.result.cycle].map(({ to }) => to),
  );
  return new Using(goals, hours, needs).choose([...new Set(ends)].sort(), surplusOnly);
}

/** The cycles in which hours that make up may lie. */
const cyclesAfter = (
  { target, result: { cycle: span } }: Attempt,
  evaluation: PersonEvaluation,
): readonly CycleRef[] =>
  evaluation.cyclesOf(target.cycle).filter(({ from, to }) => from <= span.to && to >= span.from);

/** Whether something may make up what was missing, as far as the text says with what. */
const isMeant = (makeUp: MakeUp | undefined, entry: CreditEntry): boolean =>
  makeUp?.counts === undefined || isSelected(entry, makeUp.counts);

/** What the cycles in which the hours lie ask themselves. */
function needsOf(attempt: Attempt, evaluation: PersonEvaluation): Need[] {
  return cyclesAfter(attempt, evaluation).flatMap((cycle) =>
    leavesIn(attempt.target, cycle, evaluation)
      .filter((leaf) => isLower(leaf.result) && leaf.needed === undefined)
      .map(({ requirement, required, earned }) => ({
        counts: (entry) =>
          isInCycle(entry.occurredOn, cycle) && mayRaise(entry, requirement, evaluation.regulation),
        left: greater(Exact.ZERO, earned.sub(required)),
      })),
  );
}

function goalsOf(
  { target, clause, leaves, result, groups, missed }: Attempt,
  { tally, regulation }: PersonEvaluation,
): Goal[] {
  const span = result.cycle;
  const context = { span, groups, missed };
  const own = new Map(leaves.map((leaf) => [leaf.result.leaf, leaf]));
  return [...own.values()]
    .filter((leaf) => isLower(leaf.result))
    .map(({ requirement, required, earned }) => ({
      clause,
      most: lesser(required, earned),
      isOne: constant(requirement.above ?? 1).n === 0,
      counts: (entry) =>
        isInCycle(entry.occurredOn, span) &&
        isMeant(target.makeUp, entry) &&
        mayRaise(entry, requirement, regulation),
      reach: (amounts) => tally.only(amounts, missed.cycle).reached(requirement, context),
    }));
}

/** Whether more of an entry may raise an amount: it is added up in it, or something counts only on its account. */
function mayRaise(entry: CreditEntry, quantity: Quantity, regulation: Regulation): boolean {
  const { totals } = regulation;
  const raises = (one: Quantity, isAdded: boolean): boolean => {
    const total = one.total === undefined ? undefined : totals?.[one.total];
    if (!total) return isAdded && isSelected(entry, one);
    return total.add.some((term) => {
      const isTermAdded = constant(term.times ?? 1).n > 0 === isAdded;
      // What lacks of something gets less when more is earned.
      const isAmountAdded = isTermAdded === (term.below === undefined);
      return (
        raises(quantityOf(term, total), isAmountAdded) ||
        (isTermAdded && conditionsOf(term, regulation).some((leaf) => raises(leaf, true)))
      );
    });
  };
  return raises(quantity, true);
}

/** The amounts on which it hangs whether a term counts. */
const conditionsOf = (
  { when }: Total['add'][number],
  { targets = [] }: Regulation,
): readonly Requirement[] => {
  const needs = when && 'target' in when ? targets.find(({ id }) => id === when.target)?.needs : when;
  return needs ? leavesOf(needs) : [];
};
