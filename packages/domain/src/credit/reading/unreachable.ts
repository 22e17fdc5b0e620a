import { listOf } from '../regulation/earning-schema';
import { waysOf } from '../evaluation/earning-ways';
import { OF_WAYS } from '../evaluation/limit-room';
import { mostTimesIn } from './most-in-cycle';
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
  if (asked === undefined || amount.total !== undefined || !isChosen(amount.if, regulation)) return [];
  if ((amount.kind ?? amount.rule) !== undefined && waysOf(amount, regulation).length === 0)
    return [{ path: [...path, edge], sentence: nothingEarned(amount, regulation) }];
  const earned = mostOf(amount, target, regulation);
  const carried = earned && mostCarried(amount, target, regulation);
  if (!carried) return [];
  const most = earned.add(carried);
  const order = most.compare(constant(asked));
  if (order > 0 || (order === 0 && edge === 'atLeast')) return [];
  const sentence = `上限（caps）使一期最多只能计 ${sayFraction(most)}，达不到这里要求的 ${sayFraction(constant(asked))}`;
  return [{ path: [...path, edge], sentence }];
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
  /** Each bound once for each of what it limits by itself. */
  const chosen = new Map<string, Exact>();
  for (const way of ways) {
    const [lowest] = bounds
      .filter(({ cap }) => isEarnedBy(way, cap.counts))
      .sort((one, other) => one.most.compare(other.most));
    if (!lowest) return undefined;
    const each = listOf(lowest.cap.each).map((fact) => way[fact as keyof typeof way]);
    chosen.set(JSON.stringify([bounds.indexOf(lowest), ...each]), lowest.most);
  }
  return ways.length === 0 ? undefined : [...chosen.values()].reduce((sum, most) => sum.add(most));
}

/** The most that may be carried into an amount; undefined where that is not certain. */
function mostCarried(amount: Requirement, target: Target, regulation: Regulation): Exact | undefined {
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
