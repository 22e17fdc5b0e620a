import type { CycleRef } from '../person/cycles';
import type { Regulation } from '../regulation/regulation-schema';
import type { Target } from '../regulation/target-schema';
import type { Units } from '../value/measure';
import { waysCounting } from './earning-ways';
import type { PersonEvaluation } from './person-evaluation';
import type { Leaf, Missing } from './requirement';
import { leastWithMore, leavesIn, type TargetResult } from './target-result';

type Least = readonly (readonly Missing[])[];

/**
 * The least that makes up a shortfall with what a running cycle can spare: what that asks of the same amounts itself, and
 * what was missing besides.
 */
export function leastToSpare(
  made: { readonly target: Target; readonly result: TargetResult; readonly leaves: readonly Leaf[] },
  running: CycleRef,
  evaluation: PersonEvaluation,
): Least {
  const { target, result, leaves } = made;
  const own = leavesIn(target, running, evaluation);
  const short = leaves.filter((leaf) => leaf.result.short > 0);
  if (own.length === 0 || result.least.flat().length === 0) return result.least;
  const wanted = new Map(short.map((leaf) => [leaf.result.leaf, leaf.result.required]));
  const inTheWay = own.filter((leaf) => short.some((one) => isImplied(leaf, one, evaluation.regulation)));
  const asked = new Set([...short, ...inTheWay].map((leaf) => leaf.result.leaf));
  const least = leastWithMore(target, running, evaluation, {
    more: (leaf) => wanted.get(leaf) ?? 0,
    isAsked: (leaf) => asked.has(leaf),
  });
  return sumOf(least) > sumOf(result.least) ? least : result.least;
}

/** Whether all that counts for one amount counts for another as well. */
function isImplied(other: Leaf, one: Leaf, regulation: Regulation): boolean {
  const counting = waysCounting(regulation);
  const ways = counting(other.requirement);
  return [...counting(one.requirement)].every((way) => ways.has(way));
}

const sumOf = (least: Least): Units => least.flat().reduce((sum, { amount }) => sum + amount, 0);
