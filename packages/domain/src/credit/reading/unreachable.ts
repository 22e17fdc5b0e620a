import { listOf } from '../regulation/earning-schema';
import { waysOf, type Way } from '../evaluation/earning-ways';
import { OF_WAYS } from '../evaluation/limit-room';
import { mostTimesIn } from './most-in-cycle';
import { movedFrom, rangeOf, timesRange, UNBOUNDED, type Known } from '../evaluation/total-range';
import { leafId, measureLabel, measureOf } from '../evaluation/requirement';
import { leavesOf } from '../regulation/leaves';
import { Exact, lesser } from '../value/exact';
import type { Path } from '../source/json-source';
import { constant, sayFraction } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import type { Fault } from '../source/schema-errors';
import { isEarnedBy } from '../settlement/selection';
import { isChosen } from '../settlement/settle';
import type {
  Cap,
  CarryOver,
  Requirement,
  Selection,
  Target,
  TargetAmount,
} from '../regulation/target-schema';

/** What targets ask for although nothing earns it, or limits keep everybody below it: a contradiction that a text seldom means. */
export function unreachableAmounts(regulation: Regulation): Fault[] {
  return (regulation.targets ?? []).flatMap((target, index) =>
    isChosen(target.if, regulation)
      ? amountsOf(target.needs, ['targets', index, 'needs']).flatMap(({ amount, path }) =>
          unreachable(amount, path, target, regulation),
        )
      : [],
  );
}

interface Amount {
  readonly amount: Requirement;
  readonly path: Path;
}

function amountsOf(needs: Requirement, path: Path): Amount[] {
  const inner = (list: 'allOf' | 'anyOf'): Amount[] =>
    (needs[list] ?? []).flatMap((one, index) => amountsOf(one, [...path, list, index]));
  return needs.allOf || needs.anyOf ? [...inner('allOf'), ...inner('anyOf')] : [{ amount: needs, path }];
}

function unreachable(amount: Requirement, path: Path, target: Target, regulation: Regulation): Fault[] {
  const edge = amount.atLeast === undefined ? 'above' : 'atLeast';
  const asked = amount[edge];
  if (asked === undefined || !isChosen(amount.if, regulation)) return [];
  const isBelow = (most: Exact): boolean => {
    const order = most.compare(constant(asked));
    return order < 0 || (order === 0 && edge === 'above');
  };
  if (amount.total !== undefined) {
    const most = rangeOf(amount, mostlyKnown(target, regulation)).high;
    const name = regulation.totals?.[amount.total]?.name ?? amount.total;
    return most && isBelow(most)
      ? [
          {
            path: [...path, edge],
            sentence: `合计“${name}”一期最多只能是 ${sayFraction(most)}，达不到这里要求的 ${sayFraction(constant(asked))}`,
          },
        ]
      : [];
  }
  if ((amount.kind ?? amount.rule) !== undefined && waysOf(amount, regulation).length === 0)
    return [{ path: [...path, edge], sentence: nothingEarned(amount, regulation) }];
  const earned = mostOf(amount, target, regulation);
  const carried = earned && mostCarried(amount, target, regulation);
  if (!carried) return [];
  const most = earned.add(carried);
  if (!isBelow(most)) return [];
  const sentence = `上限（caps）使一期最多只能计 ${sayFraction(most)}，达不到这里要求的 ${sayFraction(constant(asked))}`;
  return [{ path: [...path, edge], sentence }];
}

/** What totals are made of before anybody has anything: from nothing to what limits let count and what may be carried in. */
function mostlyKnown(target: Target, regulation: Regulation): Known {
  return {
    regulation,
    quantity: (quantity) => {
      if (quantity.largest !== undefined) return UNBOUNDED;
      const { low, high } = movedFrom(Exact.ZERO, quantity, regulation);
      const carried = mostCarried(quantity, target, regulation);
      const most = high ?? mostOf(quantity, target, regulation);
      return { low, high: carried && most?.add(carried) };
    },
    holds: () => undefined,
    periods: (_id, { per }, each) => {
      const times = mostTimesIn({ per }, target.cycle, regulation);
      return times === undefined ? UNBOUNDED : timesRange(each, times);
    },
  };
}

/** That activities of these kinds, or by these rules, are not counted in this measure or part. */
function nothingEarned({ measure, part, kind, rule }: Requirement, regulation: Regulation): string {
  const { kinds, parts = {} } = regulation;
  const earning = [...listOf(kind).map((id) => kinds[id] ?? id), ...listOf(rule)].join('、');
  const counted = [
    ...listOf(part).map((id) => parts[id] ?? id),
    measureLabel(measureOf({ measure }, regulation), regulation),
  ].join('的');
  return `没有任何 earn 给“${earning}”计${counted}，这里永远是 0`;
}

/** The most that can count in one cycle of a target, by limits that are numbers; undefined where something is unlimited. */
function mostOf(amount: Selection, target: Target, regulation: Regulation): Exact | undefined {
  const bounds = (regulation.caps ?? []).flatMap((cap) => boundOf(cap, target, regulation) ?? []);
  const ways = waysOf(amount, regulation);
  const bounded = (bound: Bound): Way[] => ways.filter((way) => isEarnedBy(way, bound.cap.counts));
  const lowestOf = (way: Way): Bound | undefined =>
    bounds
      .filter(({ cap }) => isEarnedBy(way, cap.counts))
      .sort((one, other) => one.most.compare(other.most))[0];
  /** Of some ways each by the lowest bound on it, and a bound once for each of what it limits by itself. */
  const sumBy = (some: readonly Way[], boundFor: (way: Way) => Bound | undefined): Exact | undefined => {
    const chosen = new Map<string, Exact>();
    for (const way of some) {
      const bound = boundFor(way);
      if (!bound) return undefined;
      const each = listOf(bound.cap.each).map((fact) => way[fact as keyof typeof way]);
      chosen.set(JSON.stringify([bounds.indexOf(bound), ...each]), bound.most);
    }
    return [...chosen.values()].reduce((sum, most) => sum.add(most), Exact.ZERO);
  };
  if (ways.length === 0) return undefined;
  // Or all that one limit counts by that one, although parts of it are limited lower: 16 of talks, and 50 of everything.
  const wider = bounds.map((bound) => {
    const inside = new Set(bounded(bound));
    return sumBy(ways, (way) => (inside.has(way) ? bound : lowestOf(way)));
  });
  return [sumBy(ways, lowestOf), ...wider].reduce((one, other) =>
    one && other ? lesser(one, other) : (one ?? other),
  );
}

/** The most that may be carried into an amount; undefined where that is not certain. */
function mostCarried(amount: Selection, target: Target, regulation: Regulation): Exact | undefined {
  let most = Exact.ZERO;
  for (const rule of regulation.carryOver ?? []) {
    const { measure, part = '' } = rule.to;
    if (!isEarnedBy({ measure, part, kind: '', rule: '' }, amount)) continue;
    if (!isChosen(rule.if, regulation) || isNeverAbove(rule, target, regulation)) continue;
    if (rule.atMost === undefined || typeof rule.atMost === 'object') return undefined;
    most = most.add(constant(rule.atMost).mul(Exact.of(rule.lasts ?? 1)));
  }
  return most;
}

/** Whether limits keep everybody below the edge above which something is carried over, so that nothing ever is. */
function isNeverAbove({ from, above, cycle }: CarryOver, target: Target, regulation: Regulation): boolean {
  const most =
    from.total === undefined && cycle === target.cycle ? mostOf(from, target, regulation) : undefined;
  const edge = typeof above === 'object' ? leastAsked(above, regulation) : constant(above);
  return most !== undefined && edge !== undefined && most.compare(edge) <= 0;
}

/** The least that a target asks of anybody of an amount; undefined where something lowers it. */
function leastAsked({ target: id, amount }: TargetAmount, { targets = [] }: Regulation): Exact | undefined {
  const target = targets.find((one) => one.id === id);
  if (!target || target.prorate || target.relief) return undefined;
  const edges = leavesOf(target.needs)
    .filter((leaf) => amount === undefined || leafId(leaf) === amount)
    .flatMap(({ atLeast, above }) => atLeast ?? above ?? []);
  return edges.length === 0 ? undefined : edges.map(constant).reduce(lesser);
}

interface Bound {
  readonly cap: Cap;
  readonly most: Exact;
}

/**
 * What a cap lets count, by a number, in each cycle of the target and for everybody in it, of all that it counts (or of each
 * kind, part or rule by itself); undefined where it leaves a way out.
 */
function boundOf(cap: Cap, target: Target, regulation: Regulation): Bound | undefined {
  const { atMost, counts, each, groups, inForce, if: readings } = cap;
  if (typeof atMost === 'object' || atMost === 'highest') return undefined;
  const isForAll = groups === undefined || JSON.stringify(groups) === JSON.stringify(target.groups);
  const isAlways = inForce === undefined && counts.where === undefined && isChosen(readings, regulation);
  if (!isForAll || !isAlways || !listOf(each).every((fact) => OF_WAYS.includes(fact))) return undefined;
  const isOfOtherCycle = cap.cycle !== undefined && cap.cycle !== target.cycle;
  const times = isOfOtherCycle ? undefined : mostTimesIn(cap, target.cycle, regulation);
  return times === undefined ? undefined : { cap, most: constant(atMost).mul(Exact.of(times)) };
}
