import { addDays, type CivilDate } from '../../core';
import { isInCycle, spanEnd, type CycleRef } from '../person/cycles';
import { Exact, greater, lesser } from '../value/exact';
import { leastBetween } from './least';
import { ceilUnits, constant, fromUnits, type Units } from '../value/measure';
import { rankChanges, type CreditPerson } from '../person/person';
import type { CycleEnd, PersonEvaluation } from './person-evaluation';
import { isOccasion } from './occasion';
import { testRequirement, type Leaf, type LeafResult, type Missed } from './requirement';
import type { Regulation } from '../regulation/regulation-schema';
import { isSelected, quantityOf } from '../settlement/selection';
import { isChosen, isInGroups, type CreditEntry } from '../settlement/settle';
import type { MakeUp, Quantity, Requirement, Target } from '../regulation/target-schema';
import { leastIn, obstacle, resultIn, resultOf, workingsOf, type TargetResult } from './target-result';

/** What of an entry makes up an earlier cycle, and therefore counts no more in cycles of that kind. */
export interface UsedAmount {
  readonly clause: string;
  /** The cycle that was made up. */
  readonly cycle: CycleRef;
  readonly entry: CreditEntry;
  readonly amount: Exact;
}

/** A missed cycle of a target, and how far it is made up. */
export interface MadeUp {
  readonly target: Target;
  readonly missed: CycleRef;
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
          madeUp: attempts.map(({ target, result }) => ({ target, missed: cycle, result })),
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
const lastDayToMakeUp = (
  { months = 0, anniversaryCounts, until }: MakeUp,
  on: CivilDate,
  from: CivilDate,
  evaluation: PersonEvaluation,
): CivilDate | undefined =>
  until === undefined ? spanEnd(from, months, anniversaryCounts) : evaluation.periodOf(until, on)?.to;

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
export function afterPromotions(target: Target, evaluation: PersonEvaluation): TargetResult[] {
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
        : [attempt(target, makeUp, result, { from: change.on, to }, evaluation).result];
    });
}

/** What was missing of each amount; of a share, what is needed of it once everything else that was missing is there. */
function shortfall(
  target: Target,
  { cycle, alternatives }: Pick<TargetResult, 'cycle' | 'alternatives'>,
  evaluation: PersonEvaluation,
): ReadonlyMap<string, Units> {
  const leaves = alternatives.flat();
  const short = new Map(leaves.map((leaf) => [leaf.leaf, leaf.short]));
  const shares = new Set(leaves.filter(({ share }) => share !== undefined).map(({ leaf }) => leaf));
  if (shares.size === 0) return short;
  for (const { leaf, amount } of leastIn(target, cycle, evaluation).flat())
    if (shares.has(leaf)) short.set(leaf, Math.max(amount, short.get(leaf) ?? 0));
  return short;
}

/** The result of making up: the shortfall is required, and of what is earned in that time no more than that counts. */
function attempt(
  target: Target,
  makeUp: MakeUp,
  missed: Pick<TargetResult, 'cycle' | 'alternatives'>,
  { from, to }: Pick<CycleRef, 'from' | 'to'>,
  evaluation: PersonEvaluation,
): Attempt {
  const cycle: CycleRef = { id: missed.cycle.id, from, to, label: `${from}–${to}` };
  const short = shortfall(target, missed, evaluation);
  const groups = evaluation.groupsOn(evaluation.decisionDay(missed.cycle, target));
  const tally = evaluation.tally.withoutCarried();
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
  const { tally } = evaluation;
  const goals = attempts.flatMap((one) => goalsOf(one, evaluation));
  const hours = new Map(
    attempts
      .flatMap(({ result }) => tally.entriesIn(result.cycle))
      .map((one) => [one.entry, tally.amountOf([one], missed.id)]),
  );
  const using = new Using(goals, hours);
  using.fill();
  using.trim();
  return [...using.taken].flatMap(([entry, amount]) => {
    const clause = goals.find((goal) => goal.counts(entry))?.clause ?? '';
    return amount.n > 0 ? [{ clause, cycle: missed, entry, amount }] : [];
  });
}

type Amounts = ReadonlyMap<CreditEntry, Exact>;

/** An amount that was missing: how much of it is made up at most, what counts for it, and what some hours alone come to. */
interface Goal {
  readonly clause: string;
  readonly most: Exact;
  readonly counts: (entry: CreditEntry) => boolean;
  readonly reach: (amounts: Amounts) => Exact;
}

function goalsOf(
  { clause, leaves, result, groups, missed }: Attempt,
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
      counts: (entry) => isInCycle(entry.occurredOn, span) && mayRaise(entry, requirement, regulation),
      reach: (amounts) => tally.only(amounts, missed.cycle).reached(requirement, context),
    }));
}

const isLower = ({ limit }: Pick<LeafResult, 'limit'>): boolean => limit === 'at-least' || limit === 'above';

/** Whether more of an entry may raise an amount: it is added up in it, or something counts only on its account. */
function mayRaise(entry: CreditEntry, quantity: Quantity, { totals }: Regulation): boolean {
  const raises = (one: Quantity, isAdded: boolean): boolean => {
    const total = one.total === undefined ? undefined : totals?.[one.total];
    if (!total) return isAdded && isSelected(entry, one);
    return total.add.some((term) => {
      const isTermAdded = constant(term.times ?? 1).n > 0 === isAdded;
      // What lacks of something gets less when more is earned.
      const isAmountAdded = isTermAdded === (term.below === undefined);
      return (
        raises(quantityOf(term, total), isAmountAdded) ||
        (isTermAdded && leavesOf(term.when).some((leaf) => raises(leaf, true)))
      );
    });
  };
  return raises(quantity, true);
}

const leavesOf = (requirement?: Requirement): readonly Requirement[] =>
  requirement && (requirement.anyOf ?? requirement.allOf)
    ? [...(requirement.anyOf ?? []), ...(requirement.allOf ?? [])].flatMap(leavesOf)
    : requirement
      ? [requirement]
      : [];

/** Chooses the hours that make up. */
class Using {
  readonly taken = new Map<CreditEntry, Exact>();
  readonly #goals: readonly Goal[];
  readonly #hours: Amounts;

  constructor(goals: readonly Goal[], hours: Amounts) {
    this.#goals = goals;
    this.#hours = hours;
  }

  /** Takes first what counts for most of what is still missing, of equals the earlier, and of it no more than is missing. */
  fill(): void {
    let open = this.#goals;
    for (;;) {
      open = open.filter((goal) => goal.reach(this.taken).compare(goal.most) < 0);
      const [best] = [...this.#hours]
        .filter(([entry, whole]) => whole.compare(this.#of(entry)) > 0)
        .map(([entry, whole]) => ({ entry, whole, wanting: open.filter((goal) => goal.counts(entry)) }))
        .filter(({ wanting }) => wanting.length > 0)
        .sort((one, other) => other.wanting.length - one.wanting.length);
      if (!best) return;
      const { entry, whole, wanting } = best;
      const enough = wanting.map((goal) => this.#least(entry, this.#of(entry), whole, goal, goal.most));
      this.taken.set(entry, enough.reduce(lesser, whole));
    }
  }

  /** Gives back what later hours have made needless, such as the smaller ones of a largest amount, or what fills no band. */
  trim(): void {
    const kept = new Map(this.#goals.map((goal) => [goal, lesser(goal.most, goal.reach(this.taken))]));
    for (const [entry, whole] of [...this.taken].reverse()) {
      const needed = [...kept]
        .filter(([goal]) => goal.counts(entry))
        .map(([goal, most]) => this.#least(entry, Exact.ZERO, whole, goal, most));
      this.taken.set(entry, needed.reduce(greater, Exact.ZERO));
    }
  }

  #of(entry: CreditEntry): Exact {
    return this.taken.get(entry) ?? Exact.ZERO;
  }

  /** The least of an entry, between two amounts, with which a goal is reached; the larger one where none does. */
  #least(entry: CreditEntry, low: Exact, high: Exact, goal: Goal, most: Exact): Exact {
    const reach = (amount: Exact): Exact => goal.reach(new Map(this.taken).set(entry, amount));
    const suffices = (amount: Exact): boolean => reach(amount).compare(most) >= 0;
    if (suffices(low)) return low;
    if (!suffices(high)) return high;
    const at = (units: number): Exact => lesser(high, low.add(fromUnits(units)));
    const missing = most.sub(reach(low)).div(reach(high).sub(reach(low)));
    const guess = ceilUnits(high.sub(low).mul(missing));
    const isLeast = suffices(at(guess)) && !suffices(at(guess - 1));
    const units = isLeast
      ? guess
      : leastBetween(0, ceilUnits(high.sub(low)), (between) => suffices(at(between)));
    // Where hours have a weight, the exact amount may lie between two ten-thousandths.
    const [under, over] = [at(units - 1), at(units)];
    const slope = reach(over).sub(reach(under)).div(over.sub(under));
    const exact = under.add(most.sub(reach(under)).div(slope));
    return suffices(exact) ? exact : over;
  }
}
