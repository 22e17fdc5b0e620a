import type { CivilDate } from '../../core';
import { mostWorthOf } from '../settlement/most-worth';
import type { Supposed } from '../settlement/selection';
import { amountsOf, stepOf } from '../settlement/worth-amounts';
import type { Regulation } from '../regulation/regulation-schema';
import type { Exact } from '../value/exact';
import { leastBetween } from '../value/bisect';
import type { Units } from '../value/measure';
import type { AfterLimits } from './limits';
import type { Piece } from './placement';

/** So many ways of laying are gone on with at a time: those that lack least, and those of which least is lost. */
const KEPT = 3;

/** After so many tries only the best is gone on with, */
const TRIES = 300;
/** and after so many pieces not even that. */
const MOST_PIECES = 120;

/** When, and about what, an activity may be held; other times and subjects are like these or worse. */
export interface Spot {
  readonly days: readonly CivilDate[];
  readonly about: Readonly<Record<string, string>>;
  /** Equal for spots that are alike as long as nothing is laid in either. */
  readonly likeness: string;
}

interface Laid {
  readonly pieces: readonly Piece[];
  readonly spots: readonly Spot[];
  /** Where nothing more serves, by what is supposed. */
  readonly closed: ReadonlySet<string>;
  /** What is left of each that is supposed. */
  readonly left: readonly Units[];
  readonly taken: Units;
  readonly after: AfterLimits;
  readonly lacking: Exact;
  readonly counted: Units;
}

interface Basis {
  readonly regulation: Regulation;
  /** Where what is supposed may be laid. */
  readonly spotsOf: (supposed: Supposed) => readonly Spot[];
  /** The days on which something is known already. */
  readonly busy: ReadonlySet<CivilDate>;
  readonly apply: (pieces: readonly Piece[]) => AfterLimits;
  /** What counts after limits in the cycle that is looked at. */
  readonly countedIn: (after: AfterLimits) => Units;
  /** What counts of the last piece. */
  readonly lastOf: (after: AfterLimits) => Units;
  /** What is to become as little as possible; nothing is wanted beyond 0. */
  readonly lacking: (after: AfterLimits) => Exact;
}

/**
 * Lays what is supposed to be earned where an activity may take the place of another: by trying when, about what, and how
 * large each is best. Not all ways are tried, only those that go on from the best.
 */
export class Trials {
  readonly #basis: Basis;
  readonly #supposed: readonly Supposed[];
  #tries = 0;

  constructor(supposed: readonly Supposed[], basis: Basis) {
    this.#supposed = supposed;
    this.#basis = basis;
  }

  /** What counts when all is laid best, or so much of it as leaves nothing lacking. */
  best(): AfterLimits {
    const left = this.#supposed.map(({ amount }) => amount);
    const start = this.#laid({ pieces: [], spots: [], closed: new Set(), left, taken: 0 });
    const straight = this.#goOn(start, 1);
    const best = isLost(straight, start) ? this.#goOn(start, KEPT) : straight;
    return (isBetter(straight, best) ? straight : best).after;
  }

  /** Goes on from the start with so many of the best at a time. */
  #goOn(start: Laid, most: number): Laid {
    let best = start;
    let kept = [start];
    for (let pieces = 0; pieces < MOST_PIECES && kept.length > 0; pieces += 1) {
      const next = distinct(kept.flatMap((one) => this.#further(one)));
      for (const one of next) if (isBetter(one, best)) best = one;
      if (best.lacking.n <= 0) break;
      kept = keptOf(next, start, this.#tries < TRIES ? most : 1);
    }
    return best;
  }

  /** With one piece more, for each of what is left and each spot. */
  #further(laid: Laid): Laid[] {
    const closed = new Set(laid.closed);
    const further = this.#supposed.flatMap((one, index) => {
      const left = laid.left[index] ?? 0;
      if (left <= 0) return [];
      const amount = Math.min(left, mostWorthOf(this.#basis.regulation)(one.way) ?? Infinity);
      return this.#openSpots(one, index, laid).flatMap((spot) => {
        const found = this.#daysIn(spot, laid).flatMap(
          (day) => this.#withPiece(laid, index, { amount, day, spot }) ?? [],
        );
        if (found.length === 0) closed.add(keyOf(index, spot));
        return found;
      });
    });
    return further.map((one) => ({ ...one, closed }));
  }

  /** Those where more may serve; of such as are alike, and in which nothing is laid, the first. */
  #openSpots(one: Supposed, index: number, { spots, closed }: Laid): Spot[] {
    const seen = new Set<string>();
    return this.#basis.spotsOf(one).filter((spot) => {
      if (closed.has(keyOf(index, spot))) return false;
      if (spots.some(({ days: [day] }) => day === spot.days[0])) return true;
      const isNew = !seen.has(spot.likeness);
      seen.add(spot.likeness);
      return isNew;
    });
  }

  /** The first day on which nothing is yet; where there is none, each. */
  #daysIn({ days }: Spot, { pieces }: Laid): readonly CivilDate[] {
    const { busy } = this.#basis;
    const free = days.find((day) => !busy.has(day) && !pieces.some((piece) => piece.day === day));
    return free === undefined ? days : [free];
  }

  #withPiece(
    laid: Laid,
    index: number,
    { amount, day, spot }: { readonly amount: Units; readonly day: CivilDate; readonly spot: Spot },
  ): Laid | undefined {
    const supposed = this.#supposed[index];
    if (!supposed) return undefined;
    const withAmount = (some: Units): Laid => {
      const piece = { supposed: { ...supposed, amount: some }, day, about: spot.about };
      const left = laid.left.map((all, place) => (place === index ? all - some : all));
      return this.#laid({
        pieces: [...laid.pieces, piece],
        spots: [...laid.spots, spot],
        closed: laid.closed,
        left,
        taken: laid.taken + some,
      });
    };
    const { number, sizeOf } = sizesUpTo(amount, supposed.way, this.#basis.regulation);
    if (number === 0) return undefined;
    const whole = withAmount(sizeOf(number));
    if (!isBetter(whole, laid)) return undefined;
    if (whole.lacking.n <= 0) {
      const closes = (size: number): boolean => withAmount(sizeOf(size)).lacking.n <= 0;
      return withAmount(sizeOf(leastBetween(0, number, closes)));
    }
    const counted = this.#basis.lastOf(whole.after);
    if (counted >= sizeOf(number)) return whole;
    // What does not count of it may be left, unless it has to be so much to take the place of another.
    const isEnough = (size: number): boolean =>
      sizeOf(size) >= counted && !isBetter(whole, withAmount(sizeOf(size)));
    return withAmount(sizeOf(leastBetween(0, number, isEnough)));
  }

  #laid(laid: Omit<Laid, 'after' | 'counted' | 'lacking'>): Laid {
    this.#tries += 1;
    const after = this.#basis.apply(laid.pieces);
    return {
      ...laid,
      after,
      counted: this.#basis.countedIn(after),
      lacking: this.#basis.lacking(after),
    };
  }
}

/** How large one activity may be, by the number of the size from 1 on: of a few amounts, or in steps. */
function sizesUpTo(
  amount: Units,
  way: Supposed['way'],
  regulation: Regulation,
): { readonly number: number; readonly sizeOf: (size: number) => Units } {
  const amounts = amountsOf(regulation)(way)?.filter((one) => one <= amount);
  if (amounts) return { number: amounts.length, sizeOf: (size) => amounts[size - 1] ?? 0 };
  const step = stepOf(way, regulation);
  return { number: Math.floor(amount / step), sizeOf: (size) => size * step };
}

const keyOf = (index: number, { days: [day], about }: Spot): string => JSON.stringify([index, day, about]);

const isBetter = (one: Laid, other: Laid): boolean => {
  const order = one.lacking.compare(other.lacking);
  if (order !== 0) return order < 0;
  return one.lacking.n <= 0 ? one.taken < other.taken : one.counted > other.counted;
};

const lostOf = ({ taken, counted }: Laid, start: Laid): Units => taken - (counted - start.counted);

/** Whether something lacks although not all is laid, or something was lost for what is. */
const isLost = (laid: Laid, start: Laid): boolean =>
  lostOf(laid, start) > 0 || (laid.lacking.n > 0 && laid.left.some((left) => left > 0));

function keptOf(all: readonly Laid[], start: Laid, most: number): Laid[] {
  const byLack = [...all].sort(
    (a, b) => a.lacking.compare(b.lacking) || a.taken - b.taken || b.counted - a.counted,
  );
  const byLoss = [...all].sort((a, b) => lostOf(a, start) - lostOf(b, start) || a.lacking.compare(b.lacking));
  return [...new Set([...byLack.slice(0, most), ...byLoss.slice(0, most - 1)])];
}

/** Each way of laying once, in whatever order its pieces came. */
function distinct(all: readonly Laid[]): Laid[] {
  const textOf = ({ pieces }: Laid): string =>
    pieces
      .map(({ supposed: { way, amount }, day, about }) => JSON.stringify([way, amount, day, about]))
      .sort()
      .join(' ');
  return [...new Map(all.map((one) => [textOf(one), one])).values()];
}
