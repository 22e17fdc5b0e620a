import type { Regulation } from '../regulation/regulation-schema';
import type { HeldAgainst, Quantity, Total } from '../regulation/target-schema';
import { quantityOf } from '../settlement/selection';
import { isChosen } from '../settlement/settle';
import { roundTo } from '../settlement/worth';
import { worthSignsOf } from '../settlement/worth-signs';
import { Exact, greater, lesser } from '../value/exact';
import { constant } from '../value/measure';
import { totalOf, waysOf } from './earning-ways';

type Term = Total['add'][number];

/** Between which amounts something may still come to lie; undefined where nothing bounds it on that side. */
export interface Range {
  readonly low: Exact | undefined;
  readonly high: Exact | undefined;
}

/** What is known of the amounts that totals are made of. */
export interface Known {
  readonly regulation: Regulation;
  /** Of an amount that is no total. */
  readonly quantity: (quantity: Quantity) => Range;
  /** Whether a term's condition holds for good, or never will any more; undefined while either may be. */
  readonly holds: (when: NonNullable<Term['when']>) => boolean | undefined;
  /** Of a total by days, weeks, …, each of which comes to lie in a range. */
  readonly periods: (id: string, total: Total & { readonly per: string }, each: Range) => Range;
}

export const UNBOUNDED: Range = { low: undefined, high: undefined };

/** Between what a quantity may still be, as far as that is certain. */
export function rangeOf(quantity: Quantity, known: Known): Range {
  const total = totalOf(quantity, known.regulation);
  if (!total) return known.quantity(quantity);
  const { per } = total;
  return per === undefined
    ? rangeAtOnce(total, known)
    : known.periods(quantity.total ?? '', { ...total, per }, rangeAtOnce(total, insideOf(known)));
}

/** How a quantity moves on from what it is: what may only add to it leaves it there at least, and the other way round. */
export function movedFrom(now: Exact, quantity: Quantity, regulation: Regulation): Range {
  const signs = waysOf(quantity, regulation).map(worthSignsOf(regulation));
  return {
    low: signs.some(({ deducts }) => deducts) ? undefined : now,
    high: signs.some(({ adds }) => adds) ? undefined : now,
  };
}

/** The same of so many periods, each of which may also be none. */
export const timesRange = ({ low, high }: Range, times: number): Range => ({
  low: low && lesser(Exact.ZERO, low).mul(Exact.of(times)),
  high: high && greater(Exact.ZERO, high).mul(Exact.of(times)),
});

export const addRanges = (one: Range, other: Range): Range => ({
  low: one.low && other.low && one.low.add(other.low),
  high: one.high && other.high && one.high.add(other.high),
});

/** One period by itself, of which nothing is known yet. What lies within it by periods again is not looked into. */
const insideOf = ({ regulation }: Known): Known => ({
  regulation,
  quantity: (quantity) =>
    quantity.largest === undefined ? movedFrom(Exact.ZERO, quantity, regulation) : UNBOUNDED,
  holds: () => undefined,
  periods: () => UNBOUNDED,
});

/** The range that terms, bands, rounding and limits leave a total. */
function rangeAtOnce(total: Total, known: Known): Range {
  const { bands, round, atLeast, atMost } = total;
  const sum = sumRange(total, known);
  let { low, high } = bands ? bandRange(bands, sum) : sum;
  if (round) {
    const rounded = (value: Exact): Exact => roundTo(value, constant(round.to), round.mode);
    [low, high] = [low && rounded(low), high && rounded(high)];
  }
  if (atMost !== undefined) {
    const most = constant(atMost);
    [low, high] = [low && lesser(low, most), high ? lesser(high, most) : most];
  }
  if (atLeast !== undefined) {
    const least = constant(atLeast);
    [low, high] = [low ? greater(low, least) : least, high && greater(high, least)];
  }
  return { low, high };
}

/** The least and the most of the bands that the sum may come to lie in, and of nothing where there is a gap. */
function bandRange(bands: NonNullable<Total['bands']>, { low, high }: Range): Range {
  const values = bands
    .filter((band) => {
      const [from, to] = [band.atLeast ?? band.above, band.atMost ?? band.below];
      const isBelow = from !== undefined && high !== undefined && high.compare(constant(from)) < 0;
      const isAbove = to !== undefined && low !== undefined && low.compare(constant(to)) > 0;
      return !isBelow && !isAbove;
    })
    .map(({ flat }) => constant(flat));
  return { low: values.reduce(lesser, Exact.ZERO), high: values.reduce(greater, Exact.ZERO) };
}

/** The same amount added and taken away again is nothing, whatever it comes to. */
function sumRange(total: Total, known: Known): Range {
  const { regulation } = known;
  let range: Range = { low: constant(total.start ?? 0), high: constant(total.start ?? 0) };
  const plain = new Map<string, { readonly term: Term; factor: Exact }>();
  for (const term of total.add) {
    if (!isChosen(term.if, regulation)) continue;
    const holds = term.groups ? undefined : term.when === undefined || known.holds(term.when);
    if (holds === false) continue;
    const factor = constant(term.times ?? 1);
    const isPlain = (term.atMost ?? term.above ?? term.below ?? term.over) === undefined;
    if (holds && isPlain) {
      const { measure, part, kind, rule, where, largest, total: inner } = quantityOf(term, total);
      const key = JSON.stringify([measure, part, kind, rule, where, largest, inner]);
      const same = plain.get(key);
      plain.set(key, { term, factor: same ? same.factor.add(factor) : factor });
    } else {
      const own = termRange(term, total, known);
      range = addRanges(range, holds ? own : timesRange(own, 1));
    }
  }
  for (const { term, factor } of plain.values())
    range = addRanges(range, scaled(rangeOf(quantityOf(term, total), known), factor));
  return range;
}

function termRange(term: Term, total: Total, known: Known): Range {
  const { times, atMost } = term;
  const own = scaled(heldRange(term, rangeOf(quantityOf(term, total), known)), constant(times ?? 1));
  if (atMost === undefined) return own;
  const most = constant(atMost);
  return { low: own.low && lesser(own.low, most), high: own.high ? lesser(own.high, most) : most };
}

function scaled({ low, high }: Range, factor: Exact): Range {
  if (factor.n === 0) return { low: Exact.ZERO, high: Exact.ZERO };
  const [least, most] = [low?.mul(factor), high?.mul(factor)];
  return factor.n > 0 ? { low: least, high: most } : { low: most, high: least };
}

/** What lies above a number or below it, or how often it holds it; what a target asks may still change. */
function heldRange({ above, below, over }: Term, { low, high }: Range): Range {
  const edgeOf = (against: HeldAgainst): Exact | undefined =>
    typeof against === 'object' ? undefined : constant(against);
  const positive = (value: Exact | undefined): Exact | undefined => value && greater(Exact.ZERO, value);
  if (above !== undefined) {
    const edge = edgeOf(above);
    return {
      low: (edge && positive(low?.sub(edge))) ?? Exact.ZERO,
      high: edge && positive(high?.sub(edge)),
    };
  }
  if (below !== undefined) {
    const edge = edgeOf(below);
    return {
      low: (edge && high && positive(edge.sub(high))) ?? Exact.ZERO,
      high: edge && low && positive(edge.sub(low)),
    };
  }
  if (over === undefined) return { low, high };
  const edge = edgeOf(over);
  return edge && edge.n > 0 ? scaled({ low, high }, Exact.ONE.div(edge)) : UNBOUNDED;
}
