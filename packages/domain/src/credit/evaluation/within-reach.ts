import { Exact, greater, lesser } from '../value/exact';
import type { Total } from '../regulation/target-schema';
import { roundTo } from '../settlement/worth';
import { constant } from '../value/measure';
import { totalOf } from './earning-ways';
import type { Leaf, RequirementContext } from './requirement';

/**
 * Whether an amount stays below its edge whatever is earned yet: a total that is reckoned by days, weeks, … holds what
 * those of them came to that are over, and of each that is not the most it can be. False wherever that is not certain.
 */
export function isBeyondReach({ requirement, required, result }: Leaf, context: RequirementContext): boolean {
  const total = totalOf(requirement, context.regulation);
  const most = total && new Reach(context).of(requirement.total ?? '', total);
  if (!most) return false;
  const order = most.compare(required);
  return result.limit === 'above' ? order <= 0 : order < 0;
}

class Reach {
  readonly #context: RequirementContext;

  constructor(context: RequirementContext) {
    this.#context = context;
  }

  /** The most that a total can still be; undefined where nothing bounds it. */
  of(id: string, total: Total): Exact | undefined {
    if (total.per === undefined) return this.#atOnce(total, (inner, one) => this.of(inner, one));
    const { tally, span, groups, ahead } = this.#context;
    const open = ahead?.(total.per);
    // What lies within one of the periods is not looked into.
    const each = open && this.#atOnce(total, () => undefined);
    if (!each) return undefined;
    const periods = tally.workings({ total: id }, span, groups).find((one) => one.total === id)?.periods;
    return (periods ?? [])
      .filter(({ period }) => !open.has(period))
      .reduce(
        (sum, { result }) => sum.add(Exact.of(result)),
        greater(Exact.ZERO, each).mul(Exact.of(open.size)),
      );
  }

  /** The most that its terms, bands and limits let a total be. */
  #atOnce(total: Total, inside: (id: string, total: Total) => Exact | undefined): Exact | undefined {
    const { bands, round, atLeast, atMost } = total;
    let most = bands
      ? bands.map(({ flat }) => constant(flat)).reduce(greater, Exact.ZERO)
      : this.#sumOf(total, inside);
    if (round && most) most = roundTo(most, constant(round.to), round.mode);
    if (atMost !== undefined) most = most ? lesser(most, constant(atMost)) : constant(atMost);
    return most && atLeast !== undefined ? greater(most, constant(atLeast)) : most;
  }

  #sumOf({ start, add }: Total, inside: (id: string, total: Total) => Exact | undefined): Exact | undefined {
    let sum = constant(start ?? 0);
    for (const term of add) {
      const most = this.#termOf(term, inside);
      if (!most) return undefined;
      // What hangs on something may add nothing.
      const hangs = (term.when ?? term.groups ?? term.if) !== undefined;
      sum = sum.add(hangs ? greater(Exact.ZERO, most) : most);
    }
    return sum;
  }

  #termOf(
    term: Total['add'][number],
    inside: (id: string, total: Total) => Exact | undefined,
  ): Exact | undefined {
    const { total: id = '', times, atMost, above, below, over } = term;
    const total = totalOf(term, this.#context.regulation);
    const factor = constant(times ?? 1);
    const isPlain = (above ?? below ?? over) === undefined && factor.n >= 0;
    const most = total && isPlain ? inside(id, total)?.mul(factor) : undefined;
    if (atMost === undefined) return most;
    return most ? lesser(most, constant(atMost)) : constant(atMost);
  }
}
