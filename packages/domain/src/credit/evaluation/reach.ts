import { Exact, greater } from '../value/exact';
import { ceilUnits, fromUnits, stepsOver, stepsTo, type Units } from '../value/measure';
import type { Supposed } from '../settlement/selection';
import { countedStep } from '../settlement/worth-check';
import type { Quantity } from '../regulation/target-schema';
import { isLower, type Share } from './least-parts';
import type { Leaf, RequirementContext } from './requirement';
import type { Tally } from './tally';

/** How the amounts of an alternative stand when more is earned. */
export class Reach {
  readonly shares: ReadonlyMap<Leaf, Share>;
  readonly #context: RequirementContext;
  /** Those of which more helps. */
  readonly #wanted: readonly Leaf[];
  /** What was supposed already, by its text, where limits make that dear. */
  readonly #supposed = new Map<string, Tally>();

  constructor(leaves: readonly Leaf[], context: RequirementContext) {
    this.#context = context;
    this.#wanted = leaves.filter(({ result }) => isLower(result));
    this.shares = new Map(
      leaves.flatMap((leaf) => {
        const { of } = leaf.requirement;
        return leaf.needed !== undefined && of ? [[leaf, { needed: leaf.needed, of }] as const] : [];
      }),
    );
  }

  /** What there is with more, so laid that everything together lacks as little as can be. */
  supposing(more: readonly Supposed[], tally = this.#context.tally): Tally {
    const suppose = (): Tally => tally.supposing(more, this.#context.span, (one) => this.#allLacking(one));
    if (!tally.limitsMove) return suppose();
    const texts = more.map(({ way, amount, meets }) => JSON.stringify([way, amount, [...meets]]));
    const text = texts.join(' ');
    const known = this.#supposed.get(text) ?? suppose();
    this.#supposed.set(text, known);
    return known;
  }

  reached(quantity: Quantity, more: readonly Supposed[], tally?: Tally): Exact {
    return this.supposing(more, tally).reached(quantity, this.#context);
  }

  /** What an amount lacks of its edge. */
  lacking({ requirement, required, earned }: Leaf, more: readonly Supposed[], tally?: Tally): Exact {
    return required.sub(more.length === 0 ? earned : this.reached(requirement, more, tally));
  }

  /** The same in the steps in which the amount moves, and so much that it is enough. */
  lackingUnits(leaf: Leaf, more: readonly Supposed[]): Units {
    const lacking = this.lacking(leaf, more);
    const step = countedStep(leaf.requirement, leaf.result.measure, this.#context.regulation);
    return ceilUnits(leaf.result.limit === 'above' ? stepsOver(lacking, step) : stepsTo(lacking, step));
  }

  /** What the part lacks of its share of the whole as that is then. */
  lackingShare(
    { requirement }: Leaf,
    { needed, of }: Share,
    more: readonly Supposed[],
    tally?: Tally,
  ): Exact {
    return this.reached(of, more, tally)
      .mul(needed)
      .sub(this.reached(requirement, more, tally));
  }

  isClosed(leaf: Leaf, more: readonly Supposed[], tally?: Tally): boolean {
    const share = this.shares.get(leaf);
    if (share) return this.lackingShare(leaf, share, more, tally).n <= 0;
    const lacking = this.lacking(leaf, more, tally).n;
    return leaf.result.limit === 'above' ? lacking < 0 : lacking <= 0;
  }

  /** What everything together lacks. */
  #allLacking(tally: Tally): Exact {
    const context = this.#context;
    return this.#wanted.reduce((sum, leaf) => {
      const share = this.shares.get(leaf);
      const reached = tally.reached(leaf.requirement, context);
      const wanted = share ? tally.reached(share.of, context).mul(share.needed) : leaf.required;
      // On an edge that is to be passed something is wanted yet.
      const edge = leaf.result.limit === 'above' ? wanted.add(fromUnits(1)) : wanted;
      return sum.add(greater(Exact.ZERO, edge.sub(reached)));
    }, Exact.ZERO);
  }
}
