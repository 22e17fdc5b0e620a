import { Exact } from './exact';
import { listOf } from './earning-schema';
import { ceilUnits, constant, fromUnits, type Units } from './measure';
import type { Regulation } from './regulation-schema';
import type { Leaf, Missing } from './requirement';
import type { Quantity } from './target-schema';

/** A way of earning that the regulation has: what it would count for. */
interface Way {
  readonly measure: string;
  readonly part: string;
  readonly kind: string;
  readonly rule: string;
}

/** An amount to be earned in some way, and the leaves for which it counts. */
interface Addition {
  way: Way;
  amount: Units;
  readonly needed: ReadonlySet<Leaf>;
}

/**
 * The least that closes an alternative, in amounts that count. What is earned in a way that counts for several
 * missing amounts closes them together, so the ways that count for most come first; then shares are held against
 * the whole as it will be. Nothing can close a broken upper limit.
 */
export function leastOf(leaves: readonly Leaf[], regulation: Regulation): Missing[] {
  const ways = waysOf(regulation);
  const { additions, beyond } = fillAmounts(leaves, ways, regulation);
  for (const leaf of leaves) {
    if (leaf.requirement.atLeastShare !== undefined) fillShare(leaf, additions, ways, regulation);
  }
  return merged([...additions.map((addition) => missingOf(addition, ways, regulation)), ...beyond]);
}

const known = new WeakMap<Regulation, readonly Way[]>();

function waysOf(regulation: Regulation): readonly Way[] {
  const ways = known.get(regulation) ?? allWays(regulation);
  known.set(regulation, ways);
  return ways;
}

function allWays(regulation: Regulation): Way[] {
  return regulation.earn.flatMap((rule) =>
    listOf(rule.kinds).flatMap((kind) =>
      rule.earns.map(({ measure, part = '' }) => ({ measure, part, kind, rule: rule.id })),
    ),
  );
}

/** Fills the missing amounts; `beyond` are those that no single way of earning counts for as it is, such as weighted totals. */
function fillAmounts(
  leaves: readonly Leaf[],
  ways: readonly Way[],
  regulation: Regulation,
): { additions: Addition[]; beyond: Missing[] } {
  const open = new Map(
    leaves
      .filter((leaf) => leaf.requirement.atLeastShare === undefined && leaf.result.short > 0)
      .map((leaf) => [leaf, leaf.result.short]),
  );
  const shares = leaves.filter((leaf) => leaf.requirement.atLeastShare !== undefined);
  const additions: Addition[] = [];
  while (open.size > 0) {
    const best = bestWay([...open.keys()], shares, ways, regulation);
    if (!best) break;
    const amount = Math.min(...best.needed.map((leaf) => open.get(leaf) ?? 0));
    additions.push({ way: best.way, amount, needed: new Set(best.needed) });
    for (const leaf of best.needed) {
      const rest = (open.get(leaf) ?? 0) - amount;
      if (rest > 0) open.set(leaf, rest);
      else open.delete(leaf);
    }
  }
  const beyond = [...open].map(([{ result }, amount]) => ({
    leaf: result.leaf,
    measure: result.measure,
    amount,
  }));
  return { additions, beyond };
}

interface Candidate {
  readonly way: Way;
  readonly needed: readonly Leaf[];
  /** Shares whose part it would raise as well; whoever need not raise a part is free to choose. */
  readonly shares: number;
}

/** The way that counts for most open amounts and, among those, binds least. */
function bestWay(
  open: readonly Leaf[],
  shares: readonly Leaf[],
  ways: readonly Way[],
  regulation: Regulation,
): Candidate | undefined {
  const counting = (way: Way, leaves: readonly Leaf[]): Leaf[] =>
    leaves.filter((leaf) => countsFor(way, leaf.requirement, regulation));
  return ways
    .map((way) => ({ way, needed: counting(way, open), shares: counting(way, shares).length }))
    .filter(({ needed }) => needed.length > 0)
    .sort((a, b) => b.needed.length - a.needed.length || a.shares - b.shares)[0];
}

/** Whether what is earned in a way counts for an amount. Conditions on single entries can be met by choice. */
function countsFor(way: Way, quantity: Quantity, regulation: Regulation): boolean {
  const total = quantity.total === undefined ? undefined : regulation.totals?.[quantity.total];
  if (total) {
    return (
      total.bands === undefined &&
      total.add.some(
        (term) =>
          term.when === undefined &&
          constant(term.times ?? 1).equals(Exact.ONE) &&
          countsFor(
            way,
            { ...term, measure: term.total === undefined ? (term.measure ?? total.measure) : undefined },
            regulation,
          ),
      )
    );
  }
  const { measure, part, kind, rule } = quantity;
  return (
    (measure === undefined || measure === way.measure) &&
    (part === undefined || listOf(part).includes(way.part)) &&
    (kind === undefined || listOf(kind).includes(way.kind)) &&
    (rule === undefined || listOf(rule).includes(way.rule))
  );
}

/** Moves what is to be added anyway into the part of a share, and adds to the part what is then still lacking. */
function fillShare(leaf: Leaf, additions: Addition[], ways: readonly Way[], regulation: Regulation): void {
  const { requirement } = leaf;
  const share = constant(requirement.atLeastShare ?? 0);
  const inPart = (way: Way): boolean => countsFor(way, requirement, regulation);
  const inWhole = (way: Way): boolean => countsFor(way, requirement.of ?? {}, regulation);
  const added = (isIn: (way: Way) => boolean): Exact =>
    fromUnits(additions.filter(({ way }) => isIn(way)).reduce((sum, { amount }) => sum + amount, 0));
  let lacking = share.mul(leaf.whole.add(added(inWhole))).sub(leaf.earned.add(added(inPart)));
  for (const addition of [...additions]) {
    if (lacking.n <= 0) return;
    if (inPart(addition.way) || !inWhole(addition.way)) continue;
    const way = ways.find(
      (other) =>
        inPart(other) &&
        [...addition.needed].every((needed) => countsFor(other, needed.requirement, regulation)),
    );
    if (!way) continue;
    const moved = Math.min(addition.amount, ceilUnits(lacking));
    addition.amount -= moved;
    additions.push({ way, amount: moved, needed: new Set([...addition.needed, leaf]) });
    lacking = lacking.sub(fromUnits(moved));
  }
  const way = ways.find(inPart);
  if (lacking.n <= 0 || !way) return;
  additions.push({
    way,
    amount: ceilUnits(lacking.div(Exact.ONE.sub(share))),
    needed: new Set([leaf]),
  });
}

/** Names an addition by the narrowest amount it must count for, and the others that this does not imply. */
function missingOf({ amount, needed }: Addition, ways: readonly Way[], regulation: Regulation): Missing {
  const covered = (leaf: Leaf): readonly Way[] =>
    ways.filter((way) => countsFor(way, leaf.requirement, regulation));
  const [narrowest, ...others] = [...needed].sort((a, b) => covered(a).length - covered(b).length);
  const implied = new Set(narrowest ? covered(narrowest) : []);
  const more = others.filter(
    (leaf) => ![...implied].every((way) => countsFor(way, leaf.requirement, regulation)),
  );
  return {
    leaf: narrowest?.result.leaf ?? '',
    measure: narrowest?.result.measure ?? '',
    amount,
    ...(more.length === 0 ? {} : { with: more.map((leaf) => leaf.result.leaf) }),
  };
}

function merged(list: readonly Missing[]): Missing[] {
  const sums = new Map<string, Missing>();
  for (const item of list) {
    if (item.amount === 0) continue;
    const key = JSON.stringify([item.leaf, item.with]);
    sums.set(key, { ...item, amount: item.amount + (sums.get(key)?.amount ?? 0) });
  }
  return [...sums.values()];
}
