import { Exact, greater, lesser } from '../value/exact';
import { isSameCycle, type CycleRef } from '../person/cycles';
import { constant, floorUnits, fromUnits, type Units } from '../value/measure';
import type { CycleEnd, PersonEvaluation } from './person-evaluation';
import { whyNotApplicable } from '../settlement/settle';
import { requiredIn } from './target-result';
import type { Tally } from './tally';
import type { CarryOver } from '../regulation/target-schema';
import { roundTo } from '../settlement/worth';

/** An amount that a cycle took over from an earlier one. */
export interface CarriedAmount {
  readonly clause: string;
  readonly measure: string;
  readonly part: string;
  readonly amount: Units;
  readonly from: CycleRef;
  readonly into: CycleRef;
  /** Cycles that it may still enter, this one included. */
  readonly left: number;
}

/** What one carry-over rule that applies to the person does at the end of one cycle. */
export interface CarryResult {
  readonly clause: string;
  readonly measure: string;
  readonly part: string;
  readonly cycle: CycleRef;
  /** Excess above the limit that the next cycle takes over. */
  readonly amount: Units;
  readonly lasts: number;
  /** The cycle is over, so the amount moves no more. */
  readonly final: boolean;
}

interface Lot {
  readonly amount: Units;
  readonly from: CycleRef;
  /** Cycles that it may still enter. */
  readonly left: number;
}

/**
 * The carry-over rules at the end of each cycle. What was carried in is used up before what is new, the oldest first; an
 * unused rest goes on only while its life lasts.
 */
export function carryOverEnds(evaluation: PersonEvaluation): CycleEnd[] {
  const { regulation, asOf } = evaluation;
  const lots = new Map<CarryOver, readonly Lot[]>();
  return (regulation.carryOver ?? []).flatMap((rule) =>
    evaluation.cyclesOf(rule.cycle).map((cycle, index, cycles) => ({
      to: cycle.to,
      pass: () => {
        const decidedOn = cycle.to < asOf ? cycle.to : asOf;
        const groups = evaluation.groupsOn(decidedOn);
        const above = whyNotApplicable(rule, regulation, decidedOn, () => groups)
          ? undefined
          : edgeOf(rule, cycle, evaluation);
        const leaving = above
          ? leavingLots(
              rule,
              { above, most: mostOf(rule, cycle, evaluation) },
              cycle,
              lots.get(rule) ?? lotsFromBefore(rule, cycle, evaluation),
              evaluation.tally,
              groups,
            )
          : [];
        lots.set(rule, leaving);
        if (!above) return {};
        const to = { clause: rule.clause, measure: rule.to.measure, part: rule.to.part ?? '' };
        const amount = leaving.reduce((sum, lot) => sum + lot.amount, 0);
        const into = cycles[index + 1];
        return {
          carries: [{ ...to, cycle, amount, lasts: rule.lasts ?? 1, final: cycle.to <= asOf }],
          carried: into ? leaving.map((lot) => ({ ...to, ...lot, into })) : [],
        };
      },
    })),
  );
}

/** What of a rule the first cycle under a new version took over from the last one under the version before. */
const lotsFromBefore = (
  { clause, to: { measure, part = '' } }: CarryOver,
  cycle: CycleRef,
  { carried }: PersonEvaluation,
): Lot[] =>
  carried.filter(
    (one) =>
      one.clause === clause && one.measure === measure && one.part === part && isSameCycle(one.into, cycle),
  );

/** The most that a cycle passes on; undefined where there is no limit, or the target by which it is one asks for nothing. */
function mostOf({ atMost }: CarryOver, cycle: CycleRef, evaluation: PersonEvaluation): Exact | undefined {
  if (typeof atMost !== 'object') return atMost === undefined ? undefined : constant(atMost);
  const required = evaluation.requiredOf(atMost.of, cycle);
  return required?.mul(constant(atMost.share));
}

/** Above what there is an excess; undefined where it is a target's and that asks nothing of the person. */
function edgeOf({ above }: CarryOver, cycle: CycleRef, evaluation: PersonEvaluation): Exact | undefined {
  if (typeof above !== 'object') return constant(above);
  const target = evaluation.regulation.targets?.find(({ id }) => id === above.target);
  return target && requiredIn(target, above.amount, cycle, evaluation);
}

/** What goes on, the newest first: the oldest is used up first. */
function leavingLots(
  rule: CarryOver,
  { above, most }: { readonly above: Exact; readonly most: Exact | undefined },
  cycle: CycleRef,
  entering: readonly Lot[],
  tally: Tally,
  groups: ReadonlySet<string>,
): Lot[] {
  const whole = tally.quantity(rule.from, cycle, groups);
  const excess = greater(Exact.ZERO, whole.sub(above));
  const counts = tally.carried(rule.from, cycle) > 0;
  const entered = counts ? entering.reduce((sum, lot) => sum + lot.amount, 0) : 0;
  const fresh = lesser(excess, greater(Exact.ZERO, whole.sub(fromUnits(entered))));
  const leaving: Lot[] = [];
  const newAmount = limited(rule, fresh, most);
  if (newAmount > 0) leaving.push({ amount: newAmount, from: cycle, left: rule.lasts ?? 1 });
  let rest = floorUnits(excess.sub(fresh));
  for (const lot of entering) {
    const kept = counts ? Math.min(lot.amount, rest) : 0;
    rest -= kept;
    if (kept > 0 && lot.left > 1) leaving.push({ amount: kept, from: lot.from, left: lot.left - 1 });
  }
  return leaving;
}

function limited(rule: CarryOver, excess: Exact, most: Exact | undefined): Units {
  let amount = excess.mul(constant(rule.times ?? 1));
  if (rule.round) amount = roundTo(amount, constant(rule.round.to), rule.round.mode);
  if (most) amount = lesser(amount, most);
  return floorUnits(amount);
}
