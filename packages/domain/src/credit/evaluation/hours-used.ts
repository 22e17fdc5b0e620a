import type { CivilDate } from '../../core';
import { Exact, greater, lesser } from '../value/exact';
import { ceilUnits, fromUnits } from '../value/measure';
import type { CreditEntry } from '../settlement/settle';
import { leastBetween } from '../value/bisect';

export type Amounts = ReadonlyMap<CreditEntry, Exact>;

/** An amount that was missing: how much of it is made up at most, what counts for it, and what some hours alone come to. */
export interface Goal {
  readonly clause: string;
  readonly most: Exact;
  /** It takes one activity, however much that brings: then this goes whole. */
  readonly isOne: boolean;
  readonly counts: (entry: CreditEntry) => boolean;
  readonly reach: (amounts: Amounts) => Exact;
}

/** What a cycle asks itself of the hours that lie in it, and how much more of them it has. */
export interface Need {
  readonly counts: (entry: CreditEntry) => boolean;
  readonly left: Exact;
}

/** Chooses the hours that make up: first what the cycles in which they lie can spare. */
export class Using {
  readonly #taken = new Map<CreditEntry, Exact>();
  readonly #goals: readonly Goal[];
  readonly #hours: Amounts;
  readonly #needs: readonly Need[];

  constructor(goals: readonly Goal[], hours: Amounts, needs: readonly Need[]) {
    this.#goals = goals;
    this.#hours = hours;
    this.#needs = needs;
  }

  /**
   * Takes what makes up most, and then gives back what that has made needless. It goes by the ends of cycles, so that what
   * was used of one that is over stays so, whatever a later one could spare.
   */
  choose(ends: readonly CivilDate[], surplusOnly: boolean): Amounts {
    for (const end of ends) {
      const byThen = (entry: CreditEntry, available: Exact): Exact =>
        entry.occurredOn <= end ? available : Exact.ZERO;
      this.#fill((entry, whole) => byThen(entry, this.#spared(entry, whole)));
      if (!surplusOnly) this.#fill(byThen);
    }
    this.#trim();
    return this.#taken;
  }

  /** Takes first what counts for most of what is still missing, of equals the earlier, and of it no more than is missing. */
  #fill(availableOf: (entry: CreditEntry, whole: Exact) => Exact): void {
    let open = this.#goals;
    for (;;) {
      open = open.filter((goal) => goal.reach(this.#taken).compare(goal.most) < 0);
      const [best] = [...this.#hours]
        .map(([entry, whole]) => ({ entry, available: availableOf(entry, whole) }))
        .filter(({ entry, available }) => available.compare(this.#of(entry)) > 0)
        .map((one) => ({ ...one, wanting: open.filter((goal) => goal.counts(one.entry)) }))
        .filter(({ wanting }) => wanting.length > 0)
        .sort((one, other) => other.wanting.length - one.wanting.length);
      if (!best) return;
      const { entry, available, wanting } = best;
      const enough = wanting.map((goal) => this.#least(entry, this.#of(entry), available, goal, goal.most));
      this.#taken.set(entry, enough.reduce(lesser, available));
    }
  }

  /** As much of an entry as its cycle can do without, beside what has been taken. */
  #spared(entry: CreditEntry, whole: Exact): Exact {
    const own = this.#of(entry);
    const room = ({ counts, left }: Need): Exact => {
      let rest = left;
      for (const [other, amount] of this.#taken) if (counts(other)) rest = rest.sub(amount);
      return greater(Exact.ZERO, rest);
    };
    return this.#needs
      .filter(({ counts }) => counts(entry))
      .reduce((available, need) => lesser(available, own.add(room(need))), whole);
  }

  /** Gives back what later hours have made needless, such as the smaller ones of a largest amount, or what fills no band. */
  #trim(): void {
    const kept = new Map(this.#goals.map((goal) => [goal, lesser(goal.most, goal.reach(this.#taken))]));
    for (const [entry, whole] of [...this.#taken].reverse()) {
      const needed = [...kept]
        .filter(([goal]) => goal.counts(entry))
        .map(([goal, most]) => this.#least(entry, Exact.ZERO, whole, goal, most));
      this.#taken.set(entry, needed.reduce(greater, Exact.ZERO));
    }
  }

  #of(entry: CreditEntry): Exact {
    return this.#taken.get(entry) ?? Exact.ZERO;
  }

  /** The least of an entry, between two amounts, with which a goal is reached; the larger one where none does. */
  #least(entry: CreditEntry, low: Exact, high: Exact, goal: Goal, most: Exact): Exact {
    const reach = (amount: Exact): Exact => goal.reach(new Map(this.#taken).set(entry, amount));
    const suffices = (amount: Exact): boolean => reach(amount).compare(most) >= 0;
    if (suffices(low)) return low;
    if (goal.isOne || !suffices(high)) return high;
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
