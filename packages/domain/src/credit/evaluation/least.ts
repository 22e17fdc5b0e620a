import { leastBetween } from '../value/bisect';
import { Exact } from '../value/exact';
import type { Condition } from '../regulation/condition';
import { totalOf, waysCounting, waysFor, type Way } from './earning-ways';
import { ceilUnits, fromUnits, stepsTo, type Units } from '../value/measure';
import type { Leaf, Missing, RequirementContext } from './requirement';
import type { Supposed } from '../settlement/selection';
import { Reach } from './reach';
import type { Quantity, Total } from '../regulation/target-schema';
import {
  BEYOND_ALL,
  conditionOf,
  FARTHEST,
  greatestCommon,
  isConditional,
  isLess,
  merged,
  oneActivity,
  type Addition,
  type Candidate,
  type Plan,
  type Share,
} from './least-parts';
import { mixesOf } from './mixes';
import { isBeyondReach } from './within-reach';
import { attainable, stepOf } from '../settlement/worth-amounts';
import { amountStep, wayStep } from '../settlement/worth-check';

/** Where ways close different amounts together, so many orders of them are tried; mostly there is one. */
const ATTEMPTS = 24;

/** So many mixes of ways are tried to close an amount with less to spare. */
const MIXES = 24;

/** Shares that are still open after so many rounds are taken to exclude each other, such as three halves. */
const ROUNDS = 1000;

/**
 * The least that closes an alternative, in amounts that count and in the steps in which they are earned: what is named
 * closes it, and nothing less of it would. What is earned in a way that counts for several missing amounts closes them
 * together, so the ways that count for most come first; then shares are held against the whole as it will be. Nothing
 * can close a broken upper limit, what limits keep from counting, nor what days, weeks, … lacked that are over: then nothing
 * is named.
 */
export function leastOf(leaves: readonly Leaf[], context: RequirementContext): Missing[] {
  let best: Missing[] = [];
  const reach = new Reach(leaves, context);
  const paths: (readonly number[])[] = [[]];
  for (let tried = 0; tried < ATTEMPTS; tried += 1) {
    const path = paths.shift();
    if (!path) break;
    const search = new Search(leaves, reach, context, path);
    const found = search.run();
    if (best.length === 0 || isLess(found, best)) best = found;
    for (let step = path.length; step < search.rivals.length; step += 1)
      for (let rival = 1; rival < (search.rivals[step] ?? 0); rival += 1)
        paths.push([...path, ...Array.from({ length: step - path.length }, () => 0), rival]);
  }
  return best;
}

class Search {
  readonly #leaves: readonly Leaf[];
  readonly #shares: ReadonlyMap<Leaf, Share>;
  readonly #reach: Reach;
  readonly #context: RequirementContext;
  readonly #ways: readonly Way[];
  readonly #additions: Addition[] = [];
  readonly #path: readonly number[];
  /** Of each step of filling the amounts, how many ways were worth taking. */
  readonly rivals: number[] = [];

  /** @param path which of the ways worth taking is taken at each step; the first where it says nothing. */
  constructor(leaves: readonly Leaf[], reach: Reach, context: RequirementContext, path: readonly number[]) {
    this.#path = path;
    this.#leaves = leaves;
    this.#reach = reach;
    this.#shares = reach.shares;
    this.#context = context;
    this.#ways = waysFor(context.regulation)(context.groups);
  }

  run(): Missing[] {
    const beyond = this.#fillAmounts();
    if (
      beyond.some((leaf) => this.#isCutOff(leaf) || isBeyondReach(leaf, this.#context)) ||
      !this.#fillShares()
    )
      return [];
    this.#trim();
    this.#mix();
    this.#combine();
    this.#cutBack();
    return merged([
      ...this.#additions.map((addition) => this.#named(addition)),
      ...beyond.map((leaf) => {
        const { leaf: id, measure } = leaf.result;
        return { leaf: id, measure, amount: this.#lackingIn(leaf), ...oneActivity(leaf) };
      }),
    ]);
  }

  /** Fills the missing amounts; the result are those that no single way of earning counts for as it is, such as weighted totals. */
  #fillAmounts(): readonly Leaf[] {
    const open = new Set(this.#leaves.filter((leaf) => !this.#shares.has(leaf) && leaf.result.short > 0));
    while (open.size > 0) {
      const worth = this.#waysWorth([...open]);
      const best = worth[this.#path[this.rivals.length] ?? 0] ?? worth[0];
      if (!best && [...open].some((leaf) => this.#fillInPart(leaf))) continue;
      if (!best) break;
      this.rivals.push(worth.length);
      const { way, plans } = best;
      const amount = Math.min(...plans.map((plan) => plan.amount));
      this.#additions.push({
        way,
        amount,
        meets: new Set(plans.flatMap((plan) => [...plan.meets])),
        needed: plans.map((plan) => plan.leaf),
      });
      for (const plan of plans)
        if (plan.amount === amount || this.#isClosed(plan.leaf)) open.delete(plan.leaf);
    }
    return [...open];
  }

  /** Fills an amount as far as limits let one way, where none may close it alone; false where none adds anything. */
  #fillInPart(leaf: Leaf): boolean {
    if (!this.#context.tally.isLimited) return false;
    const lacking = this.#lackingIn(leaf);
    const before = this.#reach.reached(leaf.requirement, this.#additions);
    for (const way of this.#ways.filter((one) => this.#countsFor(one, leaf.requirement))) {
      const addition = {
        way,
        amount: this.#lifted(way, lacking),
        meets: conditionOf(leaf),
        needed: [leaf],
      };
      if (this.#reach.reached(leaf.requirement, [...this.#additions, addition]).compare(before) <= 0)
        continue;
      this.#additions.push(addition);
      return true;
    }
    return false;
  }

  /** Whether it is for limits alone that nothing closes a leaf any more. */
  #isCutOff(leaf: Leaf): boolean {
    const { tally } = this.#context;
    if (!tally.isLimited) return false;
    // What does not count for an amount may still give it room; for a share it only makes the whole larger.
    const helps = (way: Way): boolean => !this.#shares.has(leaf) || this.#countsFor(way, leaf.requirement);
    const supposed = (way: Way, amount: Units): Supposed => ({ way, amount, meets: conditionOf(leaf) });
    const helping = this.#ways.filter(helps);
    const all = helping.map((way) => supposed(way, BEYOND_ALL));
    if (this.#isClosed(leaf, all)) return false;
    // Limits that several ways share are full of the first of them: then what is missing comes first, and the rest beside it.
    const missing = this.#lackingIn(leaf);
    const isEnough = (way: Way): boolean =>
      this.#countsFor(way, leaf.requirement) &&
      this.#isClosed(leaf, [supposed(way, missing), ...all.filter((one) => one.way !== way)]);
    return !helping.some(isEnough) && this.#reach.isClosed(leaf, all, tally.unlimited);
  }

  /**
   * First the way that closes most open amounts and, among those, takes least and raises the fewest parts of shares, so
   * that whoever need not raise a part is free to choose; then those that close together what no way before them does.
   */
  #waysWorth(open: readonly Leaf[]): Candidate[] {
    const lacking = open.map((leaf) => [leaf, this.#lackingIn(leaf)] as const);
    const shared = [...this.#shares.keys()];
    const candidates: Candidate[] = [];
    for (const way of this.#ways) {
      const plans: Plan[] = [];
      for (const [leaf, lacks] of lacking) {
        const plan = this.#planFor(leaf, way, lacks);
        if (plan) plans.push(plan);
      }
      if (plans.length === 0) continue;
      const takes = plans.reduce((sum, plan) => sum + plan.amount, 0);
      const shares = shared.filter((leaf) => this.#countsFor(way, leaf.requirement)).length;
      candidates.push({ way, plans, takes, shares });
    }
    candidates.sort((a, b) => b.plans.length - a.plans.length || a.takes - b.takes || a.shares - b.shares);
    return candidates.filter(({ plans }, index) => {
      const among = (other: Candidate): boolean =>
        plans.every(({ leaf }) => other.plans.some((plan) => plan.leaf === leaf));
      return index === 0 || (plans.length > 1 && !candidates.slice(0, index).some(among));
    });
  }

  #countsFor(way: Way, quantity: Quantity): boolean {
    return waysCounting(this.#context.regulation)(quantity).has(way);
  }

  /** What closes a leaf in a way after all that is added so far; undefined where no amount does, such as above a limit. */
  #planFor(leaf: Leaf, way: Way, lacks: Units): Plan | undefined {
    const { tally } = this.#context;
    if (!this.#countsFor(way, leaf.requirement)) return undefined;
    if (leaf.requirement.total === undefined && !tally.limitsMove) {
      const plan = { leaf, amount: this.#lifted(way, lacks), meets: conditionOf(leaf) };
      const supposed = [...this.#additions, { way, ...plan }];
      return tally.allows(supposed, this.#context.span) || this.#isClosed(leaf, supposed) ? plan : undefined;
    }
    const conditions = isConditional(leaf)
      ? [conditionOf(leaf)]
      : [conditionOf(leaf), ...this.#conditionsIn(leaf.requirement)];
    return conditions
      .flatMap((meets) => this.#leastIn(leaf, way, meets, lacks) ?? [])
      .sort((a, b) => a.amount - b.amount)[0];
  }

  /** The conditions on entries in a total: of different ones an entry is taken to meet one at a time. */
  #conditionsIn(quantity: Quantity): Set<Condition>[] {
    const { regulation } = this.#context;
    const all = new Map<string, Set<Condition>>();
    const collect = (total: Total | undefined): void => {
      for (const term of total?.add ?? []) {
        if (term.where !== undefined) {
          const key = JSON.stringify(term.where);
          all.set(key, (all.get(key) ?? new Set<Condition>()).add(term.where));
        }
        collect(totalOf(term, regulation));
      }
    };
    collect(totalOf(quantity, regulation));
    return [...all.values()];
  }

  /** The least multiple of the step in which a way earns that lifts a total as far as is wanted, whatever it rounds or limits. */
  #leastIn(leaf: Leaf, way: Way, meets: ReadonlySet<Condition>, lacks: Units): Plan | undefined {
    const step = wayStep(way, this.#context.regulation);
    const amountOf = (steps: number): Units => ceilUnits(step.mul(Exact.of(steps)));
    const isEnough = (amount: Units): boolean =>
      this.#isClosed(leaf, [...this.#additions, { way, amount, meets }]);
    const closes = (steps: number): boolean => isEnough(amountOf(steps));
    // What a limit leaves of an activity is no multiple of the step.
    const planOf = (steps: number): Plan => {
      const [some, all] = [this.#lifted(way, lacks), this.#lifted(way, amountOf(steps))];
      return { leaf, amount: some < all && isEnough(some) ? some : all, meets };
    };
    let low = 0;
    let high = Math.max(1, fromUnits(lacks).div(step).ceil().n);
    if (this.#context.tally.limitsMove) {
      if (!closes(FARTHEST)) return undefined;
      const enough = this.#enoughOf(way, meets, amountOf(FARTHEST));
      high = Math.max(1, fromUnits(enough).div(step).ceil().n);
      if (closes(high) && !closes(high - 1)) return planOf(high);
    }
    while (!closes(high)) {
      low = high;
      high *= 2;
      if (high > FARTHEST) return undefined;
    }
    return planOf(leastBetween(low, high, closes));
  }

  /** How much counts of so much in a way, where no more is laid than is needed. */
  #enoughOf(way: Way, meets: ReadonlySet<Condition>, amount: Units): Units {
    const others = this.#additions.reduce((sum, one) => sum + one.amount, 0);
    const all = this.#reach.supposing([...this.#additions, { way, amount, meets }]);
    return all.supposedIn(this.#context.span) - others;
  }

  #lackingIn(leaf: Leaf): Units {
    return this.#reach.lackingUnits(leaf, this.#additions);
  }

  #isClosed(leaf: Leaf, additions: readonly Supposed[] = this.#additions): boolean {
    return this.#reach.isClosed(leaf, additions);
  }

  /**
   * Fills the shares until none is open: what fills one makes the whole larger, of which another is a share. As no more
   * is added at a time than any way of closing them needs, this ends at the least. The result is whether it ends.
   */
  #fillShares(): boolean {
    for (let round = 0; round < ROUNDS; round += 1) {
      const open = [...this.#shares].filter(([leaf]) => !this.#isClosed(leaf));
      const isMoved = open.map(([leaf, share]) => this.#fillShare(leaf, share));
      if (!isMoved.includes(true)) return !open.some(([leaf]) => this.#isCutOff(leaf));
      if (this.#additions.some(({ amount }) => amount > BEYOND_ALL)) return false;
    }
    return false;
  }

  /**
   * Moves what is to be added anyway into the part of a share, and adds to the part what is then still lacking; false
   * where nothing can be added to it.
   */
  #fillShare(leaf: Leaf, share: Share): boolean {
    const { requirement } = leaf;
    const { where } = requirement;
    const step = amountStep(requirement, leaf.result.measure, this.#context.regulation);
    const inPart = (way: Way): boolean => this.#countsFor(way, requirement);
    const inWhole = (way: Way): boolean => this.#countsFor(way, share.of);
    const meeting = (meets: ReadonlySet<Condition>): ReadonlySet<Condition> =>
      where === undefined ? meets : new Set([...meets, where]);
    for (const addition of [...this.#additions]) {
      const lacking = this.#reach.lackingShare(leaf, share, this.#additions);
      if (lacking.n <= 0) return true;
      if (addition.amount === 0) continue;
      const isPart = inPart(addition.way) && (where === undefined || addition.meets.has(where));
      if (isPart || !inWhole(addition.way)) continue;
      const way = this.#ways.find(
        (other) =>
          inPart(other) && addition.needed.every((needed) => this.#countsFor(other, needed.requirement)),
      );
      if (!way) continue;
      const moved = Math.min(addition.amount, ceilUnits(stepsTo(lacking, step)));
      addition.amount -= moved;
      const needed = [...addition.needed, leaf];
      this.#additions.push({ way, amount: moved, meets: meeting(addition.meets), needed });
      if (addition.needed.every((other) => this.#isClosed(other))) continue;
      // A total counts the other way for less.
      this.#additions.pop();
      addition.amount += moved;
    }
    const lacking = this.#reach.lackingShare(leaf, share, this.#additions);
    if (lacking.n <= 0) return true;
    const amount = ceilUnits(stepsTo(lacking.div(Exact.ONE.sub(share.needed)), step));
    const found = this.#addedTo(leaf, share, { amount, meets: meeting(new Set()) });
    if (!found) return false;
    const { way, amount: added } = found;
    const known = this.#additions.find(({ needed }) => needed.length === 1 && needed[0] === leaf);
    if (known?.way === way) known.amount += added;
    else this.#additions.push({ way, amount: added, meets: meeting(new Set()), needed: [leaf] });
    return true;
  }

  /** How more is added to the part of a share: so much that it would do, or where limits move, what of a way does. */
  #addedTo(
    leaf: Leaf,
    share: Share,
    { amount, meets }: Pick<Addition, 'amount' | 'meets'>,
  ): Pick<Addition, 'way' | 'amount'> | undefined {
    const { tally } = this.#context;
    const lacking = this.#reach.lackingShare(leaf, share, this.#additions);
    const helps = (way: Way): boolean =>
      !tally.isLimited ||
      this.#reach.lackingShare(leaf, share, [...this.#additions, { way, amount, meets }]).compare(lacking) <
        0;
    const ways = this.#ways.filter((way) => this.#countsFor(way, leaf.requirement));
    const way = ways.find(helps);
    if (way) return { way, amount };
    if (!tally.limitsMove) return undefined;
    // What is added to the part may let more of the whole count at first, and only then raise the share.
    return ways
      .flatMap((one) => {
        const plan = this.#leastIn(leaf, one, meets, amount);
        return plan ? [{ way: one, amount: plan.amount }] : [];
      })
      .sort((a, b) => a.amount - b.amount)[0];
  }

  /** Takes back what later additions have made needless. */
  #trim(): void {
    const closed = this.#leaves.filter((leaf) => this.#isClosed(leaf));
    for (const addition of this.#additions) {
      const step = this.#stepOf(addition.way);
      const suffices = (steps: number): boolean => {
        const whole = addition.amount;
        addition.amount = steps * step;
        const isEnough = closed.every((leaf) => this.#isClosed(leaf));
        addition.amount = whole;
        return isEnough;
      };
      const steps = Math.floor(addition.amount / step);
      if (steps > 0 && suffices(steps - 1))
        addition.amount = suffices(0)
          ? 0
          : this.#lifted(addition.way, step * leastBetween(0, steps - 1, suffices));
    }
  }

  /**
   * Closes with two ways what one in coarser steps closes with something to spare: 29.5 in steps of 0.0015 takes 29.5005,
   * and with steps of 0.001 beside it 29.499 and 0.001.
   */
  #mix(): void {
    const isWhole = this.#leaves.filter((leaf) => this.#isClosed(leaf));
    for (const addition of [...this.#additions]) {
      const [leaf] = addition.needed;
      if (!leaf || addition.needed.length > 1 || this.#shares.has(leaf)) continue;
      const others = this.#additions.filter((one) => one !== addition);
      const lacks = this.#reach.lackingUnits(leaf, others);
      if (lacks <= 0 || addition.amount <= lacks) continue;
      const step = this.#stepOf(addition.way);
      const isEarned = (way: Way, some: Units): boolean => this.#lifted(way, some) === some;
      const mixes = this.#ways.flatMap((way) => {
        const other = this.#stepOf(way);
        const common = greatestCommon(step, other);
        const amount = Math.ceil(lacks / common) * common;
        if (amount >= addition.amount || !this.#countsFor(way, leaf.requirement)) return [];
        for (let more = other; more <= amount && more <= step * other; more += other)
          if ((amount - more) % step === 0 && isEarned(way, more) && isEarned(addition.way, amount - more))
            return [
              [
                { ...addition, amount: amount - more },
                { way, amount: more, meets: conditionOf(leaf), needed: addition.needed },
              ],
            ];
        return [];
      });
      const closing = mixes.find((mix) => isWhole.every((one) => this.#isClosed(one, [...others, ...mix])));
      if (closing) this.#additions.splice(this.#additions.indexOf(addition), 1, ...closing);
    }
  }

  /** Closes with amounts of several ways what those of one close with something to spare: 22 takes 15 and 8, not 8 three times. */
  #combine(): void {
    const isWhole = this.#leaves.filter((leaf) => this.#isClosed(leaf));
    for (const leaf of isWhole) {
      const isOwn = ({ needed }: Addition): boolean => needed.length === 1 && needed[0] === leaf;
      const own = this.#additions.filter(isOwn);
      if (own.length === 0 || this.#shares.has(leaf)) continue;
      const others = this.#additions.filter((one) => !isOwn(one));
      const from = this.#reach.lackingUnits(leaf, others);
      const to = own.reduce((sum, { amount }) => sum + amount, 0);
      if (from <= 0 || from >= to) continue;
      const ways = this.#ways.filter((way) => this.#countsFor(way, leaf.requirement));
      const closing = mixesOf(ways, { from, to }, this.#context.regulation)
        .slice(0, MIXES)
        .map((mix) => mix.map((one) => ({ ...one, meets: conditionOf(leaf), needed: [leaf] })))
        .find((mix) => isWhole.every((one) => this.#isClosed(one, [...others, ...mix])));
      if (closing) this.#additions.splice(0, Infinity, ...others, ...closing);
    }
  }

  /** The steps in which a way earns. */
  #stepOf(way: Way): Units {
    return stepOf(way, this.#context.regulation);
  }

  /** The least that can be earned so and is enough. */
  #lifted(way: Way, amount: Units): Units {
    return attainable(amount, way, this.#context.regulation);
  }

  /** The shares for whose part an addition counts and must, since no other way of earning it leaves them closed. */
  #sharesHolding(addition: Addition): Leaf[] {
    const { way, needed, meets } = addition;
    const counts = (one: Way, { requirement }: Leaf): boolean => this.#countsFor(one, requirement);
    return [...this.#shares.keys()].filter((leaf) => {
      const { where } = leaf.requirement;
      const isPart = counts(way, leaf) && (where === undefined || meets.has(where));
      if (!isPart || needed.includes(leaf)) return false;
      const others = this.#ways.filter(
        (other) => !counts(other, leaf) && needed.every((one) => counts(other, one)),
      );
      const isFree = (other: Way): boolean =>
        this.#leaves.every((one) =>
          this.#isClosed(
            one,
            this.#additions.map((each) => (each === addition ? { ...each, way: other } : each)),
          ),
        );
      return !others.some(isFree);
    });
  }

  /** Takes back what does not count: of the last activity a limit may leave a part. */
  #cutBack(): void {
    const { span, tally } = this.#context;
    if (!tally.isLimited) return;
    const isWhole = this.#leaves.filter((leaf) => this.#isClosed(leaf));
    const countedOf = (more: readonly Addition[]): Units => this.#reach.supposing(more).supposedIn(span);
    this.#additions.forEach((addition, index) => {
      const others = this.#additions.filter((one) => one !== addition);
      const amount = countedOf(this.#additions) - countedOf(others);
      const less = { ...addition, amount };
      if (amount < addition.amount && isWhole.every((leaf) => this.#isClosed(leaf, [...others, less])))
        this.#additions[index] = less;
    });
  }

  /** Names an addition by the narrowest amount it must count for, and the others that this does not imply. */
  #named(addition: Addition): Missing {
    const { amount } = addition;
    const needed = [...addition.needed, ...this.#sharesHolding(addition)];
    const covered = (leaf: Leaf): readonly Way[] =>
      this.#ways.filter((way) => this.#countsFor(way, leaf.requirement));
    const isNarrower = (a: Leaf, b: Leaf): boolean =>
      covered(a).length < covered(b).length ||
      (covered(a).length === covered(b).length && isConditional(a) && !isConditional(b));
    const narrowest = needed.reduce((found, leaf) => (isNarrower(leaf, found) ? leaf : found));
    const implied = covered(narrowest);
    const more = needed.filter(
      (leaf) =>
        leaf !== narrowest &&
        (isConditional(leaf) || !implied.every((way) => this.#countsFor(way, leaf.requirement))),
    );
    return {
      leaf: narrowest.result.leaf,
      measure: narrowest.result.measure,
      amount,
      ...(more.length === 0 ? oneActivity(narrowest) : { with: more.map((leaf) => leaf.result.leaf) }),
    };
  }
}
