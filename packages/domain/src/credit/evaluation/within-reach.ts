import { Exact } from '../value/exact';
import { constant, fromUnits, type ExactNumber } from '../value/measure';
import { isChosen } from '../settlement/settle';
import type { Quantity, Requirement, TargetState } from '../regulation/target-schema';
import type { Regulation } from '../regulation/regulation-schema';
import { isEarnedBy } from '../settlement/selection';
import { totalOf, waysFor, waysOf } from './earning-ways';
import { BEYOND_ALL } from './least-parts';
import { itemLimitOf } from './limit-rules';
import type { Leaf, RequirementContext } from './requirement';
import type { Tally } from './tally';
import { addRanges, movedFrom, rangeOf, timesRange, UNBOUNDED, type Known, type Range } from './total-range';

/**
 * Whether a total stays below its edge whatever is earned yet: by its bands and limits, by what is deducted from it, by
 * conditions of its terms that hold for good or never will, and, where it is reckoned by days, weeks, …, by those of them
 * that are over. False wherever that is not certain.
 */
export function isBeyondReach({ requirement, required, result }: Leaf, context: RequirementContext): boolean {
  // What makes up a shortfall is reckoned together with the cycle that lacked it.
  if (context.missed || !totalOf(requirement, context.regulation)) return false;
  const { high } = rangeOf(requirement, knownIn(context));
  if (!high) return false;
  const order = high.compare(required);
  return result.limit === 'above' ? order <= 0 : order < 0;
}

/** What a person has in a cycle, and may have yet. */
function knownIn(context: RequirementContext): Known {
  const { tally, span, groups, regulation, ahead } = context;
  const quantity = (one: Quantity): Range => {
    const now = tally.quantity(one, span, groups);
    if (one.largest !== undefined) return { low: now, high: undefined };
    const { low, high } = movedFrom(now, one, regulation);
    return { low: mayGiveWay(one, regulation) ? undefined : low, high: high ?? mostOf(one, context) };
  };
  const known: Known = {
    regulation,
    quantity,
    holds: (when) => holdsForGood(when, known),
    periods: (id, { per }, each) => {
      const open = ahead?.(per);
      if (!open) return UNBOUNDED;
      const periods = tally.workings({ total: id }, span, groups).find((one) => one.total === id)?.periods;
      const over = (periods ?? [])
        .filter(({ period }) => !open.has(period))
        .reduce((sum, { result }) => sum.add(Exact.of(result)), Exact.ZERO);
      return addRanges({ low: over, high: over }, timesRange(each, open.size));
    },
  };
  return known;
}

/** The most that limits let an amount come to; undefined where it may be any. */
function mostOf(
  quantity: Quantity,
  { tally, span, groups, regulation }: RequirementContext,
): Exact | undefined {
  const meets = new Set(quantity.where === undefined ? [] : [quantity.where]);
  const supposed = waysFor(regulation)(groups)
    .filter((way) => isEarnedBy(way, quantity))
    .map((way) => ({ way, amount: BEYOND_ALL, meets }));
  const all = fromUnits(BEYOND_ALL);
  const amountIn = (one: Tally): Exact => one.quantity(quantity, span, groups);
  const most = amountIn(tally.supposing(supposed, span, (one) => all.sub(amountIn(one))));
  return most.compare(all) < 0 ? most : undefined;
}

/** Whether something better may take the place of a part of an amount, without being of it itself. */
function mayGiveWay(quantity: Quantity, regulation: Regulation): boolean {
  const own = waysOf(quantity, regulation);
  return (regulation.caps ?? []).some((cap) => {
    const items = itemLimitOf(cap);
    return (
      items !== undefined &&
      'highest' in items &&
      own.some((way) => isEarnedBy(way, cap.counts)) &&
      (quantity.where !== undefined ||
        !waysOf(cap.counts, regulation).every((way) => isEarnedBy(way, quantity)))
    );
  });
}

/** Whether a condition of a term holds whatever is earned yet, or fails whatever is; undefined while either may be. */
function holdsForGood(when: Requirement | TargetState, known: Known): boolean | undefined {
  if ('target' in when) return undefined;
  const { allOf, anyOf, groups, of } = when;
  if (groups !== undefined || of !== undefined || !isChosen(when.if, known.regulation)) return undefined;
  const inner = (allOf ?? anyOf)?.map((one) => holdsForGood(one, known));
  if (inner) {
    const decides = allOf === undefined;
    if (inner.includes(decides)) return decides;
    return inner.includes(undefined) ? undefined : !decides;
  }
  const bounds = boundsOf(when, rangeOf(when, known));
  if (bounds.includes(false)) return false;
  return bounds.includes(undefined) ? undefined : true;
}

/** Of each bound of an amount whether it holds for everything in a range, or for nothing in it. */
function boundsOf(
  { atLeast, above, atMost, below }: Requirement,
  { low, high }: Range,
): (boolean | undefined)[] {
  const judge = (
    bound: ExactNumber | undefined,
    isStrict: boolean,
    [near, far, sign]: readonly [Exact | undefined, Exact | undefined, 1 | -1],
  ): (boolean | undefined)[] => {
    if (bound === undefined) return [];
    const inside = (end: Exact): number => sign * end.compare(constant(bound));
    if (near && (inside(near) > 0 || (inside(near) === 0 && !isStrict))) return [true];
    return [far && (inside(far) < 0 || (inside(far) === 0 && isStrict)) ? false : undefined];
  };
  const [from, to] = [[low, high, 1] as const, [high, low, -1] as const];
  return [
    ...judge(atLeast, false, from),
    ...judge(above, true, from),
    ...judge(atMost, false, to),
    ...judge(below, true, to),
  ];
}
