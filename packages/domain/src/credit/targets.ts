import { addDays, type CivilDate } from '../core';

import { listOf } from './earning-schema';
import { isInCycle, spanEnd, type CycleRef } from './cycles';
import type { Units } from './measure';
import { rankChanges } from './person';
import type { PersonEvaluation } from './person-evaluation';
import { adjustmentOf, type ReliefResult } from './relief';
import {
  testRequirement,
  type Leaf,
  type LeafResult,
  type Missing,
  type RequirementResult,
  type UsedUp,
} from './requirement';
import { isSelected } from './selection';
import { isChosen, isInGroups, whyNotApplicable } from './settle';
import type { MakeUp, Quantity, Target } from './target-schema';

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
  /** What of this cycle went into making up the one before, and is therefore not in `earned`. */
  readonly usedToMakeUp?: UsedToMakeUp;
  readonly state: 'met' | 'open' | 'missed' | 'exempt';
  /** The cycle was over on the day of evaluation, or is taken as decided. */
  readonly final: boolean;
  readonly met: boolean;
  /** The alternatives by which it is met, by the names of their amounts. */
  readonly metBy: readonly string[];
  /** Alternatives (any one suffices) of amounts that are needed together. */
  readonly alternatives: readonly (readonly LeafResult[])[];
  /** What is missing, per alternative; empty when met. */
  readonly shortfall: readonly (readonly Missing[])[];
  /** The least that closes each alternative of a cycle that holds the day of evaluation. */
  readonly least: readonly (readonly Missing[])[];
  /** While something is open: the limits that are used up, so that of these kinds alone no more counts for it. */
  readonly full?: readonly UsedUp[];
  readonly metWithoutCarryIn: boolean;
  readonly reliefs: readonly ReliefResult[];
  /** In a cycle of several years: the sum at the end of each year. */
  readonly running: readonly { readonly to: CivilDate; readonly leaf: string; readonly amount: Units }[];
}

/** Amounts that count for an earlier cycle instead of their own, also where they did not suffice there. */
export interface UsedToMakeUp {
  readonly clause: string;
  readonly cycle: CycleRef;
  readonly amounts: readonly Pick<LeafResult, 'leaf' | 'name' | 'measure' | 'earned'>[];
}

export interface NotCovered {
  readonly target: string;
  readonly name: string;
  readonly clause: string;
  readonly because: 'group' | 'not-in-force' | 'no-cycle';
}

export interface TargetResults {
  readonly current: readonly TargetResult[];
  readonly earlier: readonly TargetResult[];
  readonly notCovered: readonly NotCovered[];
}

/** All targets of a regulation for one person: the cycles that hold the day of evaluation, the closed ones before, and why a target does not apply. */
export function targetResults(evaluation: PersonEvaluation): TargetResults {
  const current: TargetResult[] = [];
  const earlier: TargetResult[] = [];
  const notCovered: NotCovered[] = [];
  for (const target of evaluation.regulation.targets ?? []) {
    if (!isChosen(target.if, evaluation.regulation)) continue;
    const results = resultsOf(target, evaluation);
    for (const result of results) {
      (isInCycle(evaluation.asOf, result.cycle) ? current : earlier).push(result);
    }
    if (!results.some((result) => isInCycle(evaluation.asOf, result.cycle))) {
      const { id, name, clause } = target;
      notCovered.push({ target: id, name, clause, because: whyNotCovered(target, evaluation) });
    }
  }
  earlier.sort((a, b) => a.cycle.to.localeCompare(b.cycle.to));
  return { current, earlier, notCovered };
}

function whyNotCovered(target: Target, evaluation: PersonEvaluation): NotCovered['because'] {
  const cycle = evaluation.cyclesOf(target.cycle).find((candidate) => isInCycle(evaluation.asOf, candidate));
  if (!cycle) return 'no-cycle';
  return obstacle(target, cycle, evaluation) === 'not-in-force' ? 'not-in-force' : 'group';
}

function obstacle(
  target: Target,
  cycle: CycleRef,
  evaluation: PersonEvaluation,
): ReturnType<typeof whyNotApplicable> {
  const day = evaluation.decisionDay(cycle, target);
  if (!evaluation.isCovered(day, undefined)) return 'not-in-group';
  return whyNotApplicable(target, evaluation.regulation, day, () => evaluation.groupsOn(day));
}

function resultsOf(target: Target, evaluation: PersonEvaluation): TargetResult[] {
  const results: TargetResult[] = [];
  let used: Used | undefined;
  for (const cycle of evaluation.cyclesOf(target.cycle)) {
    if (obstacle(target, cycle, evaluation) !== undefined) {
      used = undefined;
      continue;
    }
    const result = resultIn(target, cycle, evaluation, used);
    results.push(result);
    used = undefined;
    if (
      target.makeUp?.after === 'cycle' &&
      result.state === 'missed' &&
      isChosen(target.makeUp.if, evaluation.regulation)
    ) {
      const { makingUp, leaves } = madeUp(target, target.makeUp, result, addDays(cycle.to, 1), evaluation);
      if (makingUp.cycle.from <= evaluation.asOf) results.push(makingUp);
      if (!target.makeUp.countsAgain)
        used = usedFor(leaves, makingUp.cycle, target.makeUp, cycle, evaluation);
    }
  }
  return target.makeUp?.after === 'promotion' && isChosen(target.makeUp.if, evaluation.regulation)
    ? [...results, ...afterPromotions(target, target.makeUp, evaluation)]
    : results;
}

function resultIn(target: Target, cycle: CycleRef, evaluation: PersonEvaluation, made?: Used): TargetResult {
  const used = new Map(made?.usedToMakeUp.amounts.map(({ leaf, earned }) => [leaf, earned]));
  const adjustment = adjustmentOf(target, cycle, evaluation);
  const groups = evaluation.groupsOn(evaluation.decisionDay(cycle, target));
  const context = {
    tally: evaluation.tally,
    span: cycle,
    groups,
    regulation: evaluation.regulation,
    adjust: adjustment.adjust,
    used: (leaf: string) => used.get(leaf) ?? 0,
    usedOfWhole: (leaf: string) => made?.wholes.get(leaf) ?? 0,
    plan: isInCycle(evaluation.asOf, cycle),
    full: () => evaluation.full,
  };
  const tested = testRequirement(target.needs, context);
  const without =
    evaluation.carried.length === 0
      ? tested
      : testRequirement(target.needs, { ...context, tally: evaluation.tally.withoutCarried(), plan: false });
  return resultOf(target, groups, tested, {
    cycle,
    exempt: adjustment.exempt,
    decidedThrough: evaluation.decidedThrough,
    metWithoutCarryIn: without.met,
    reliefs: adjustment.reliefs,
    running: runningSums(target, cycle, evaluation),
    makesUp: undefined,
    usedToMakeUp: made?.usedToMakeUp,
  });
}

interface Circumstances extends Pick<TargetResult, 'cycle' | 'metWithoutCarryIn' | 'reliefs' | 'running'> {
  readonly exempt: boolean;
  readonly decidedThrough: CivilDate;
  readonly makesUp: TargetResult['makesUp'];
  readonly usedToMakeUp?: UsedToMakeUp | undefined;
}

/** Written out rather than spread: this is made for every target, cycle and person. */
function resultOf(
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
  }: Circumstances,
): TargetResult {
  const final = cycle.to <= decidedThrough;
  const result: TargetResult = {
    target: target.id,
    name: target.name,
    clause: target.clause,
    cycle,
    state: exempt ? 'exempt' : tested.met ? 'met' : final ? 'missed' : 'open',
    final,
    met: tested.met,
    metBy: tested.metBy,
    alternatives: tested.alternatives,
    shortfall: exempt ? [] : tested.shortfall,
    least: exempt ? [] : tested.least,
    metWithoutCarryIn,
    reliefs,
    running,
  };
  const group = listOf(target.groups).find((candidate) => groups.has(candidate));
  const full = exempt ? [] : tested.full;
  const isUnqualified = makesUp === undefined && usedToMakeUp === undefined && full.length === 0;
  if (group === undefined && isUnqualified) return result;
  return {
    ...result,
    ...(full.length === 0 ? {} : { full }),
    ...(group === undefined ? {} : { group }),
    ...(makesUp && { makesUp }),
    ...(usedToMakeUp && { usedToMakeUp }),
  };
}

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
    const { alternatives } = testRequirement(target.needs, {
      tally: evaluation.tally,
      span,
      groups,
      regulation: evaluation.regulation,
      adjust: (required) => required,
      used: () => 0,
      usedOfWhole: () => 0,
      plan: false,
    });
    const seen = new Set<string>();
    for (const { leaf, earned } of alternatives.flat()) {
      if (!seen.has(leaf)) sums.push({ to: span.to, leaf, amount: earned });
      seen.add(leaf);
    }
    if (span.to >= cycle.to || span.to >= evaluation.asOf) return sums;
  }
}

/** The result of making up: the shortfall is required, and what is earned from `from` on counts. */
function madeUp(
  target: Target,
  makeUp: MakeUp,
  missed: Pick<TargetResult, 'cycle' | 'alternatives' | 'group'>,
  from: CivilDate,
  evaluation: PersonEvaluation,
): { readonly makingUp: TargetResult; readonly leaves: readonly Leaf[] } {
  const to = spanEnd(from, makeUp.months, makeUp.anniversaryCounts);
  const cycle: CycleRef = { id: missed.cycle.id, from, to, label: `${from}–${to}` };
  const short = new Map(missed.alternatives.flat().map((leaf) => [leaf.leaf, leaf.short]));
  const groups = evaluation.groupsOn(evaluation.decisionDay(missed.cycle, target));
  const tested = testRequirement(target.needs, {
    tally: evaluation.tally.withoutCarried(),
    span: cycle,
    groups,
    regulation: evaluation.regulation,
    adjust: (required) => required,
    used: () => 0,
    usedOfWhole: () => 0,
    missed: (leaf) => short.get(leaf) ?? 0,
    plan: isInCycle(evaluation.asOf, cycle),
    full: () => evaluation.full,
  });
  const makingUp = resultOf(target, groups, tested, {
    cycle,
    exempt: false,
    decidedThrough: evaluation.decidedThrough,
    metWithoutCarryIn: tested.met,
    reliefs: [],
    running: [],
    makesUp: { clause: makeUp.clause, cycle: missed.cycle, after: makeUp.after },
  });
  return { makingUp, leaves: tested.leaves };
}

interface Used {
  readonly usedToMakeUp: UsedToMakeUp;
  /** What was used of that of which an amount is to be a share. */
  readonly wholes: ReadonlyMap<string, Units>;
}

/**
 * What making up has used, and the next cycle therefore lacks; undefined where nothing was used. An hour that is used is
 * used for every amount in which it counts, and hours that count for most of what was missing are used first. Of totals,
 * whose hours cannot be told apart, as much is used as was missing.
 */
function usedFor(
  leaves: readonly Leaf[],
  span: CycleRef,
  { clause }: MakeUp,
  cycle: CycleRef,
  { tally }: PersonEvaluation,
): Used | undefined {
  const own = [...new Map(leaves.map((leaf) => [leaf.result.leaf, leaf])).values()];
  const isPlain = ({ total, largest }: Quantity): boolean => total === undefined && largest === undefined;
  const needs = new Map(
    own
      .filter(({ requirement }) => isPlain(requirement))
      .map((leaf) => [leaf, isLower(leaf) ? leaf.result.required : 0] as const),
  );
  const used = new Map(
    own.map((leaf) => [
      leaf,
      isPlain(leaf.requirement) ? 0 : Math.min(leaf.result.required, leaf.result.earned),
    ]),
  );
  const wholes = new Map<string, Units>();
  const hours = tally.entriesIn(span).map(({ entry, counted }) => ({
    left: counted,
    counts: [...needs.keys()].filter(({ requirement }) => isSelected(entry, requirement)),
    shared: own
      .filter(({ requirement: { of } }) => of && isPlain(of) && isSelected(entry, of))
      .map(({ result }) => result.leaf),
  }));
  for (;;) {
    const open = hours
      .map((hour) => ({ hour, wanting: hour.counts.filter((leaf) => (needs.get(leaf) ?? 0) > 0) }))
      .filter(({ hour, wanting }) => hour.left > 0 && wanting.length > 0);
    const [best] = open.sort((one, other) => other.wanting.length - one.wanting.length);
    if (!best) break;
    const taken = Math.min(best.hour.left, ...best.wanting.map((leaf) => needs.get(leaf) ?? 0));
    best.hour.left -= taken;
    for (const leaf of best.wanting) needs.set(leaf, (needs.get(leaf) ?? 0) - taken);
    for (const leaf of best.hour.counts) used.set(leaf, (used.get(leaf) ?? 0) + taken);
    for (const leaf of best.hour.shared) wholes.set(leaf, (wholes.get(leaf) ?? 0) + taken);
  }
  const amounts = own.flatMap((leaf) => {
    const { leaf: id, name, measure } = leaf.result;
    const earned = used.get(leaf) ?? 0;
    return earned > 0 ? [{ leaf: id, name, measure, earned }] : [];
  });
  return amounts.length === 0 ? undefined : { usedToMakeUp: { clause, cycle, amounts }, wholes };
}

const isLower = ({ result: { limit } }: Leaf): boolean => limit === 'at-least' || limit === 'above';

/** For each promotion: what the old target lacked on the day before, to be made up from the promotion on. */
function afterPromotions(target: Target, makeUp: MakeUp, evaluation: PersonEvaluation): TargetResult[] {
  const { person, regulation, asOf } = evaluation;
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
      if (obstacle(target, cut, evaluation) !== undefined) return [];
      const result = resultIn(target, cut, evaluation);
      return result.met || result.state === 'exempt'
        ? []
        : [madeUp(target, makeUp, result, change.on, evaluation).makingUp];
    });
}
