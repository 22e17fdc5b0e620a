import type { CivilDate } from '../../core';
import { worthNaming } from './alternatives';
import { isInCycle, type CycleRef } from '../person/cycles';
import { spanEnd } from '../value/calendar';
import { listOf } from '../regulation/earning-schema';
import { Exact } from '../value/exact';
import { floorUnits, fromUnits, type Units } from '../value/measure';
import { groupsUndecidedBy } from '../person/person';
import type { PersonEvaluation } from './person-evaluation';
import { adjustmentOf, type Adjustment, type NotRecorded, type ReliefResult } from './relief';
import {
  type Adjust,
  countedBy,
  earnedOf,
  isAsked,
  leafName,
  statedOf,
  testRequirement,
  type LeafResult,
  type Missing,
  type RequirementContext,
  type RequirementResult,
  type UsedUp,
} from './requirement';
import { whyNotApplicable } from '../settlement/settle';
import type { Target } from '../regulation/target-schema';
import type { Tally } from './tally';
import type { TotalWorking } from './total-working';

/** How a person stands against one target in one cycle. */
export interface TargetResult {
  readonly target: string;
  readonly name: string;
  readonly clause: string;
  /** The first of the target's groups to which the person belongs. */
  readonly group?: string;
  readonly cycle: CycleRef;
  /** Set when this is a shortfall of an earlier cycle to be made up. */
  readonly makesUp?: {
    readonly clause: string;
    readonly cycle: CycleRef;
    readonly after: 'cycle' | 'promotion';
  };
  /** Set when it may be made up until the end of another cycle's period, which does not go on after this one. */
  readonly noTimeToMakeUp?: { readonly clause: string };
  /** What of this cycle went into making up the one before, and is therefore not in `earned`. */
  readonly usedToMakeUp?: UsedToMakeUp;
  readonly state: 'met' | 'open' | 'missed' | 'exempt';
  /** The cycle was over on the day of evaluation, or is taken as decided. */
  readonly final: boolean;
  /** Of somebody exempt always: nothing is asked, nothing is short, and nothing had to be there. */
  readonly met: boolean;
  /** The alternatives by which it is met, by the names of their amounts. */
  readonly metBy: readonly string[];
  /** Alternatives (any one suffices) of amounts that are needed together. */
  readonly alternatives: readonly (readonly LeafResult[])[];
  /** What is missing, per alternative; empty when met. */
  readonly shortfall: readonly (readonly Missing[])[];
  /** The least that closes each alternative of a cycle that holds the day of evaluation; not of one that asks for all that another does, and more. */
  readonly least: readonly (readonly Missing[])[];
  /** While something is open: the limits that are used up, so that of these kinds alone no more counts for it. */
  readonly full?: readonly UsedUp[];
  readonly metWithoutCarryIn: boolean;
  readonly reliefs: readonly ReliefResult[];
  /** How the totals that it asks for came about; absent where it asks for none. */
  readonly workings?: readonly TotalWorking[];
  /** What could not be decided for want of a record, and how it was taken. */
  readonly notRecorded?: readonly NotRecorded[];
  /** In a cycle of several years: the sum at the end of each year. */
  readonly running: readonly { readonly to: CivilDate; readonly leaf: string; readonly amount: Units }[];
}

/** What counts for an earlier cycle instead of its own, also where it did not suffice there. */
export interface UsedToMakeUp {
  readonly clause: string;
  /** The cycles that were made up, oldest first. */
  readonly cycles: readonly CycleRef[];
  /** By how much each amount of the target is less for it. */
  readonly amounts: readonly Pick<LeafResult, 'leaf' | 'name' | 'measure' | 'earned'>[];
}

/** Whether a missed cycle has been made up since, by one of these results. */
export const isMadeUpSince = (
  { target, cycle, state }: TargetResult,
  results: readonly TargetResult[],
): boolean =>
  state === 'missed' &&
  results.some(
    (one) =>
      one.target === target &&
      one.state === 'met' &&
      one.makesUp?.after === 'cycle' &&
      one.makesUp.cycle.from === cycle.from,
  );

/** Why a target does not apply to a person in a cycle; undefined where it does. */
export function obstacle(
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): ReturnType<typeof whyNotApplicable> {
  const day = evaluation.decisionDay(cycle, target);
  if (!evaluation.isCovered(day, undefined)) return 'not-in-group';
  const { regulation } = evaluation;
  return (
    whyNotApplicable(target, regulation, day, () => evaluation.groupsOn(day)) ??
    (isAsked(target.needs, regulation, evaluation.groupsOn(day)) ? undefined : 'not-in-group')
  );
}

/**
 * How much a target asks of a person in a cycle, after relief and proportion, of the amount with this name or of its
 * only one; 0 for whom it exempts, undefined where it, or that amount, does not apply.
 */
export function requiredIn(
  target: Target,
  amount: string | undefined,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): Exact | undefined {
  if (obstacle(target, cycle, evaluation) !== undefined) return undefined;
  const adjustment = adjustmentOf(target, cycle, evaluation);
  if (adjustment.exempt) return Exact.ZERO;
  const { regulation } = evaluation;
  const groups = evaluation.groupsOn(evaluation.decisionDay(cycle, target));
  const asked = statedOf(target.needs, amount, { groups, regulation });
  return asked && adjustment.adjust(asked.stated, asked.leaf, 'amount');
}

/** How the person stands against a target in a cycle by what a tally adds up; undefined where it does not apply. */
export function stateIn(
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
  tally: Tally,
): TargetResult['state'] | undefined {
  if (obstacle(target, cycle, evaluation) !== undefined) return undefined;
  const adjustment = adjustmentOf(target, cycle, evaluation);
  if (adjustment.exempt) return 'exempt';
  const context = contextIn(target, cycle, evaluation, adjustment);
  const tested = testRequirement(target.needs, { ...context, tally, plan: false });
  return stateOf(tested, isWaived(adjustment, tested), cycle.to <= evaluation.decidedThrough);
}

const isWaived = ({ exempt, reliefs }: Adjustment, tested: RequirementResult): boolean =>
  exempt || (reliefs.length > 0 && isNothingLeft(tested));

const stateOf = (
  { met }: Pick<RequirementResult, 'met'>,
  exempt: boolean,
  final: boolean,
): TargetResult['state'] => (exempt ? 'exempt' : met ? 'met' : final ? 'missed' : 'open');

/** The least that would have closed each alternative of a cycle that is over; limits then take of it when it is earned. */
export const leastIn = (
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): RequirementResult['least'] =>
  testRequirement(target.needs, {
    ...contextIn(target, cycle, evaluation, adjustmentOf(target, cycle, evaluation)),
    ahead: undefined,
    tally: evaluation.tally.unlimited,
    plan: true,
  }).least;

/** The least that closes a cycle that runs, of which more of some amounts is asked and of the others only where it says so. */
export const leastWithMore = (
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
  { more, isAsked }: { readonly more: (leaf: string) => Units; readonly isAsked: (leaf: string) => boolean },
): RequirementResult['least'] => {
  const { adjust } = adjustmentOf(target, cycle, evaluation);
  const adjusted: Adjust = (required, leaf, of) => {
    if (of !== 'amount') return adjust(required, leaf, of);
    return isAsked(leaf) ? adjust(required, leaf, of).add(fromUnits(more(leaf))) : Exact.ZERO;
  };
  return testRequirement(target.needs, contextIn(target, cycle, evaluation, { adjust: adjusted })).least;
};

/** What is asked of the person in a cycle, and how much of each amount there is. */
export const leavesIn = (
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): RequirementResult['leaves'] => {
  if (obstacle(target, cycle, evaluation) !== undefined) return [];
  const adjustment = adjustmentOf(target, cycle, evaluation);
  if (adjustment.exempt) return [];
  const context = contextIn(target, cycle, evaluation, adjustment);
  return testRequirement(target.needs, { ...context, plan: false }).leaves;
};

const contextIn = (
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
  { adjust }: Pick<Adjustment, 'adjust'>,
): RequirementContext => ({
  tally: evaluation.tally,
  span: cycle,
  groups: evaluation.groupsOn(evaluation.decisionDay(cycle, target)),
  regulation: evaluation.regulation,
  adjust,
  plan: isInCycle(evaluation.asOf, cycle),
  full: () => evaluation.fullIn(cycle),
  ahead: (per) => evaluation.ahead(per, cycle),
});

/** How a person stands against a target in one of its cycles; `plans` with the least that closes it while it runs. */
export function resultIn(
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
  plans = true,
): TargetResult {
  const adjustment = adjustmentOf(target, cycle, evaluation);
  const usual = contextIn(target, cycle, evaluation, adjustment);
  const context = plans ? usual : { ...usual, plan: false };
  const all = testRequirement(target.needs, context);
  const isOneOfSeveral = all.least.length > 1;
  const tested = isOneOfSeveral ? { ...all, least: worthNaming(all, evaluation.regulation) } : all;
  const without =
    evaluation.carried.length === 0
      ? tested
      : testRequirement(target.needs, { ...context, tally: evaluation.tally.withoutCarried(), plan: false });
  return resultOf(target, context.groups, tested, {
    cycle,
    exempt: isWaived(adjustment, tested),
    decidedThrough: evaluation.decidedThrough,
    metWithoutCarryIn: without.met,
    reliefs: adjustment.reliefs,
    notRecorded: [
      ...groupNotRecorded(target, evaluation.decisionDay(cycle, target), evaluation),
      ...adjustment.notRecorded,
    ],
    running: runningSums(target, cycle, evaluation),
    makesUp: undefined,
    usedToMakeUp: usedToMakeUp(target, tested, context, evaluation),
    workings: plans ? workingsOf(tested, context) : [],
  });
}

/** How the totals behind the amounts of a requirement came about, each once. */
export function workingsOf(
  { leaves }: Pick<RequirementResult, 'leaves'>,
  { tally, span, groups }: Pick<RequirementContext, 'tally' | 'span' | 'groups'>,
): TotalWorking[] {
  const found = new Map<string, TotalWorking>();
  for (const { requirement } of leaves)
    for (const quantity of [requirement, requirement.of])
      if (quantity?.total !== undefined)
        for (const working of tally.workings(quantity, span, groups))
          found.set(`${working.total} ${working.period ?? ''}`, working);
  return [...found.values()];
}

/** That it hangs on facts that are not recorded whether a target is for the person on the day that decides. */
export function groupNotRecorded(
  target: Target,
  day: CivilDate,
  evaluation: PersonEvaluation,
): NotRecorded[] {
  const facts = groupsUndecidedBy(target.groups, evaluation.person, day, evaluation.regulation);
  if (facts.length === 0) return [];
  const taken = evaluation.isCovered(day, target.groups);
  return [{ decides: 'group', clause: target.clause, facts, taken }];
}

/** Whether an alternative asks for nothing: relief has brought each of its amounts to 0. */
const isNothingLeft = ({ leaves, alternatives }: RequirementResult): boolean => {
  const asks = new Map(leaves.map(({ result, required, needed }) => [result, (needed ?? required).n > 0]));
  return alternatives.some((results) =>
    results.every((result) => result.limit === 'at-least' && asks.get(result) === false),
  );
};

/** By how much the amounts of a target are less because something of the cycle made up an earlier one. */
function usedToMakeUp(
  { needs, makeUp }: Target,
  { leaves }: RequirementResult,
  context: RequirementContext,
  evaluation: PersonEvaluation,
): UsedToMakeUp | undefined {
  const { span } = context;
  const used = evaluation.used.filter(
    ({ cycle, entry }) => cycle.id === span.id && isInCycle(entry.occurredOn, span),
  );
  const [first] = used;
  if (!first) return undefined;
  const tally = evaluation.tally.moving({ used: new Map() });
  const whole = testRequirement(needs, { ...context, tally, plan: false }).leaves;
  const amounts = new Map(
    leaves.flatMap(({ requirement, result: { leaf, measure }, earned }, index) => {
      const name = leafName(countedBy(requirement), evaluation.regulation);
      const less = floorUnits((whole[index]?.earned ?? earned).sub(earned));
      return less > 0 ? [[leaf, { leaf, name, measure, earned: less }] as const] : [];
    }),
  );
  if (amounts.size === 0) return undefined;
  const clause = makeUp?.after === 'cycle' ? makeUp.clause : first.clause;
  return { clause, cycles: [...new Set(used.map(({ cycle }) => cycle))], amounts: [...amounts.values()] };
}

interface Circumstances extends Pick<TargetResult, 'cycle' | 'metWithoutCarryIn' | 'reliefs' | 'running'> {
  readonly exempt: boolean;
  readonly decidedThrough: CivilDate;
  readonly makesUp: TargetResult['makesUp'];
  readonly usedToMakeUp?: UsedToMakeUp | undefined;
  readonly workings: readonly TotalWorking[];
  readonly notRecorded?: readonly NotRecorded[];
}

/** The result of a test. Written out rather than spread: this is made for every target, cycle and person. */
export function resultOf(
  target: Target,
  groups: ReadonlySet<string>,
  tested: RequirementResult,
  {
    cycle,
    exempt,
    decidedThrough,
    metWithoutCarryIn,
    reliefs,
    running,
    makesUp,
    usedToMakeUp,
    workings,
    notRecorded = [],
  }: Circumstances,
): TargetResult {
  const final = cycle.to <= decidedThrough;
  const result: { -readonly [Field in keyof TargetResult]: TargetResult[Field] } = {
    target: target.id,
    name: target.name,
    clause: target.clause,
    cycle,
    state: stateOf(tested, exempt, final),
    final,
    met: exempt || tested.met,
    metBy: exempt ? [] : tested.metBy,
    alternatives: exempt ? tested.alternatives.map((leaves) => leaves.map(waived)) : tested.alternatives,
    shortfall: exempt ? [] : tested.shortfall,
    least: exempt ? [] : tested.least,
    metWithoutCarryIn: exempt || metWithoutCarryIn,
    reliefs,
    running,
  };
  const group = listOf(target.groups).find((candidate) => groups.has(candidate));
  if (!exempt && tested.full.length > 0) result.full = tested.full;
  if (workings.length > 0) result.workings = workings;
  if (group !== undefined) result.group = group;
  if (notRecorded.length > 0) result.notRecorded = notRecorded;
  if (makesUp) result.makesUp = makesUp;
  if (usedToMakeUp) result.usedToMakeUp = usedToMakeUp;
  return result;
}

/** An amount of which nothing is asked: what there is of it suffices. */
const waived = (leaf: LeafResult): LeafResult => ({
  ...leaf,
  ...(leaf.limit === 'at-least' || leaf.limit === 'above' ? { required: 0, short: 0 } : {}),
  ...(leaf.share && { share: { ...leaf.share, needed: '0' } }),
  met: true,
});

/** Whether a cycle is one of several years: longer than thirteen months. */
export const isLongTerm = ({ from, to }: Pick<CycleRef, 'from' | 'to'>): boolean => to >= spanEnd(from, 13);

/** Cumulative sums at each anniversary inside a cycle longer than a year, as far as the day of evaluation. */
function runningSums(target: Target, cycle: CycleRef, evaluation: PersonEvaluation): TargetResult['running'] {
  if (!isLongTerm(cycle)) return [];
  const groups = evaluation.groupsOn(evaluation.decisionDay(cycle, target));
  const sums: { to: CivilDate; leaf: string; amount: Units }[] = [];
  for (let year = 1; ; year += 1) {
    const to = spanEnd(cycle.from, 12 * year);
    const span = { ...cycle, to: to < cycle.to ? to : cycle.to };
    const { tally, regulation } = evaluation;
    for (const [leaf, amount] of earnedOf(target.needs, { tally, span, groups, regulation }))
      sums.push({ to: span.to, leaf, amount });
    if (span.to >= cycle.to || span.to >= evaluation.asOf) return sums;
  }
}
