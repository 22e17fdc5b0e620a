import type { CivilDate, Language, RequirementLimit } from '../../core';
import { Exact, greater } from '../value/exact';
import type { CycleRef } from '../person/cycles';
import type { Condition } from '../regulation/condition';
import { listOf } from '../regulation/earning-schema';
import { nameIn } from '../regulation/english';
import {
  ceilUnits,
  constant,
  floorUnits,
  fromUnits,
  sayFraction,
  stepsOver,
  stepsTo,
  type Units,
} from '../value/measure';
import { leastOf } from './least';
import { waysOf } from './earning-ways';
import type { FullLimit } from './full-limits';
import { oncePer } from '../value/once-per';
import { isEarnedBy, quantityOf } from '../settlement/selection';
import type { Regulation } from '../regulation/regulation-schema';
import { isChosen, isInGroups } from '../settlement/settle';
import type { Tally } from './tally';
import type { Quantity, Requirement } from '../regulation/target-schema';
import { sayCondition } from '../regulation/condition-words';
import { amountStep } from '../settlement/worth-check';

/** One amount that is required, and how it stands. */
export interface LeafResult {
  /** What is counted, by the author's names: a total, parts, kinds or the measure. */
  readonly leaf: string;
  readonly name: string;
  readonly measure: string;
  readonly clause?: string;
  readonly limit: RequirementLimit;
  readonly required: Units;
  readonly earned: Units;
  /** Of `earned`, taken over from earlier cycles. */
  readonly carried: Units;
  readonly met: boolean;
  /** What is missing, in amounts that count; 0 when met, and where an upper limit is broken. */
  readonly short: Units;
  /** For a required share: the share reached, of how much, and the share needed, as exact numbers. */
  readonly share?: { readonly of: string; readonly whole: string; readonly needed: string };
}

export interface Missing {
  readonly leaf: string;
  readonly measure: string;
  readonly amount: Units;
  /** Other amounts for which the same must count as well. */
  readonly with?: readonly string[];
  /** Set where anything above nothing will do: it takes one activity, which meets this; `amount` is the least it may be. */
  readonly one?: Condition;
}

/** A limit that is used up: of these kinds of activities alone, no more counts. */
export interface UsedUp {
  readonly clause: string;
  /** The author's name for the limit, or ''. */
  readonly name: string;
  readonly kinds: readonly string[];
  /** The last day for which it is used up, where the cycle goes on after it. */
  readonly until?: CivilDate;
}

/** How amounts of a target are changed for this person: proportion, relief, or a shortfall to make up. */
export type Adjust = (required: Exact, leaf: string, of: 'amount' | 'share' | 'limit') => Exact;

export interface RequirementContext {
  readonly tally: Tally;
  readonly span: Span;
  readonly groups: ReadonlySet<string>;
  readonly regulation: Regulation;
  readonly adjust: Adjust;
  /** Whether the least that closes it is wanted. */
  readonly plan: boolean;
  /** The days, weeks, … or periods of a cycle that lie in the span and are not over; undefined where nobody knows them. */
  readonly ahead?: ((per: string) => ReadonlySet<string> | undefined) | undefined;
  /** The limits that are used up. */
  readonly full?: () => readonly FullLimit[];
  readonly missed?: Missed;
}

/** While a shortfall is made up: what was missing, which is required in place of what is stated, and of which cycle. */
export interface Missed {
  readonly short: (leaf: string) => Units;
  readonly cycle: Span;
  /** The missed cycle and the time for making up, which follows it. */
  readonly joined: Span;
  /** What counted in the missed cycle, whatever is earned yet. */
  readonly tally: Tally;
}

type Span = Pick<CycleRef, 'id' | 'from' | 'to'>;

/** A leaf with what the search for the least amount needs. */
export interface Leaf {
  readonly requirement: Requirement;
  readonly result: LeafResult;
  readonly earned: Exact;
  readonly whole: Exact;
  readonly required: Exact;
  /** For a required share: what part of the whole it is after relief. */
  readonly needed: Exact | undefined;
}

export interface RequirementResult {
  /** The amounts of all alternatives with what they count. */
  readonly leaves: readonly Leaf[];
  /** The limits that are used up and in the way of what is to be earned yet. */
  readonly full: readonly UsedUp[];
  readonly met: boolean;
  readonly metBy: readonly string[];
  readonly alternatives: readonly (readonly LeafResult[])[];
  readonly shortfall: readonly (readonly Missing[])[];
  readonly least: readonly (readonly Missing[])[];
}

/**
 * Tests a requirement, read as alternatives of amounts that are needed together. What is limited to other groups or
 * another reading is not there; where nothing is left, nothing is met.
 */
export function testRequirement(requirement: Requirement, context: RequirementContext): RequirementResult {
  const alternatives = alternativesFor(requirement, context).map((leaves) =>
    leaves.map((leaf) => testLeaf(leaf, context)),
  );
  const [first = [], ...others] = alternatives;
  const leaves = first.concat(...others);
  const isMet = (all: readonly Leaf[]): boolean => all.every((leaf) => leaf.result.met);
  const met = alternatives.some(isMet);
  return {
    leaves,
    met,
    metBy: met ? metBy(alternatives.filter(isMet), alternatives) : [],
    alternatives: alternatives.map((leaves) => leaves.map((leaf) => leaf.result)),
    shortfall: met
      ? []
      : alternatives.map((leaves) => leaves.filter((leaf) => leaf.result.short > 0).map(missingOf)),
    least: met || !context.plan ? [] : alternatives.map((leaves) => leastOf(leaves, context)),
    full: met || !context.plan ? [] : usedUp(leaves, context),
  };
}

/** The limits that are used up and in the way of an amount that is short; not of kinds that add to one in another way. */
function usedUp(leaves: readonly Leaf[], { full, regulation, span }: RequirementContext): UsedUp[] {
  const wanted = leaves.filter(({ result }) => result.short > 0).map(({ requirement }) => requirement);
  const isWanted = (way: Way): boolean => wanted.some((quantity) => mayCountFor(way, quantity, regulation));
  const limits = wanted.length === 0 ? [] : (full?.() ?? []);
  if (limits.length === 0) return [];
  const open = new Set(
    waysOf({}, regulation)
      .filter(
        (way) => isWanted(way) && !limits.some(({ ways }) => ways.some((other) => isSameWay(way, other))),
      )
      .map(({ kind }) => kind),
  );
  return limits.flatMap(({ clause, name, ways, until = span.to }) => {
    const kinds = new Set(ways.filter((way) => isWanted(way) && !open.has(way.kind)).map(({ kind }) => kind));
    return kinds.size === 0 ? [] : [{ clause, name, kinds: [...kinds], ...(until < span.to && { until }) }];
  });
}

/** Whether what is earned so may add to an amount, on its own or within a total. */
export function mayCountFor(way: Way, quantity: Quantity, regulation: Regulation): boolean {
  const total = quantity.total === undefined ? undefined : regulation.totals?.[quantity.total];
  return total
    ? total.add.some((term) => mayCountFor(way, quantityOf(term, total), regulation))
    : isEarnedBy(way, quantity);
}

type Way = FullLimit['ways'][number];

const isSameWay = (a: Way, b: Way): boolean =>
  a.rule === b.rule && a.kind === b.kind && a.measure === b.measure && a.part === b.part;

const missingOf = ({ result: { leaf, measure, short } }: Leaf): Missing => ({ leaf, measure, amount: short });

/** The leaves that tell the met alternatives from the others; with a single alternative, all of its leaves. */
function metBy(met: readonly (readonly Leaf[])[], all: readonly (readonly Leaf[])[]): string[] {
  const common = (leaf: Leaf): boolean =>
    all.length > 1 && all.every((leaves) => leaves.some((other) => other.requirement === leaf.requirement));
  const names = new Set<string>();
  for (const leaves of met) for (const leaf of leaves) if (!common(leaf)) names.add(leaf.result.leaf);
  return [...names];
}

/** Whether a requirement asks anything of members of these groups, as the regulation is read. */
export const isAsked = (
  requirement: Requirement,
  regulation: Regulation,
  groups: ReadonlySet<string>,
): boolean => alternativesIn(regulation)(groups)(requirement) !== undefined;

type Alternatives = readonly (readonly Requirement[])[];

/** What is kept by groups suffices for everybody: people in the same ones share their set. */
const alternativesIn = oncePer((regulation: Regulation) =>
  oncePer((groups: ReadonlySet<string>) =>
    oncePer((requirement: Requirement) => alternativesOf(requirement, regulation, groups)),
  ),
);

const alternativesFor = (
  requirement: Requirement,
  { regulation, groups }: Pick<RequirementContext, 'regulation' | 'groups'>,
): Alternatives => alternativesIn(regulation)(groups)(requirement) ?? [];

/** The amounts that a requirement asks of members of these groups, over all alternatives. */
export const requirementsFor = (
  requirement: Requirement,
  context: Pick<RequirementContext, 'regulation' | 'groups'>,
): Requirement[] => alternativesFor(requirement, context).flat();

/** What is earned of each amount of a requirement, once by its name. */
export function earnedOf(
  requirement: Requirement,
  context: Pick<RequirementContext, 'tally' | 'span' | 'groups' | 'regulation'>,
): Map<string, Units> {
  const earned = new Map<string, Units>();
  for (const leaf of alternativesFor(requirement, context).flat()) {
    const id = leafId(leaf);
    if (!earned.has(id)) earned.set(id, floorUnits(context.tally.reached(leaf, context)));
  }
  return earned;
}

/** The lower edge of the amount with this name, or of the only one, as it is stated for members of these groups. */
export function statedOf(
  requirement: Requirement,
  amount: string | undefined,
  context: Pick<RequirementContext, 'groups' | 'regulation'>,
): { readonly leaf: string; readonly stated: Exact } | undefined {
  for (const one of alternativesFor(requirement, context).flat()) {
    const [leaf, edge] = [leafId(one), one.atLeast ?? one.above];
    if (edge !== undefined && (amount === undefined || leaf === amount))
      return { leaf, stated: constant(edge) };
  }
  return undefined;
}

/** The names of the amounts that a requirement asks of members of these groups. */
export const leavesAsked = (
  requirement: Requirement,
  regulation: Regulation,
  groups: ReadonlySet<string>,
): ReadonlySet<string> =>
  new Set(alternativesFor(requirement, { regulation, groups }).flatMap((leaves) => leaves.map(leafId)));

/** The amounts of each alternative; undefined where the requirement is not there. */
function alternativesOf(
  requirement: Requirement,
  regulation: Regulation,
  groups: ReadonlySet<string>,
): Alternatives | undefined {
  if (!isChosen(requirement.if, regulation) || !isInGroups(requirement.groups, () => groups))
    return undefined;
  const inner = requirement.anyOf ?? requirement.allOf;
  if (!inner) return [[requirement]];
  const there = inner.flatMap((one) => {
    const alternatives = alternativesOf(one, regulation, groups);
    return alternatives ? [alternatives] : [];
  });
  if (there.length === 0) return undefined;
  if (requirement.anyOf) return there.flat();
  return there.reduce((all, options) => all.flatMap((left) => options.map((right) => [...left, ...right])));
}

/** What a measure is called: by its unit, or by the author's sign where several have that unit. */
export function measureLabel(measure: string, { measures }: Pick<Regulation, 'measures'>): string {
  const unit = measures[measure];
  const isShared = Object.entries(measures).some(([other, name]) => other !== measure && name === unit);
  return unit === undefined || isShared ? measure : unit;
}

/** The measure in which a quantity counts: its own, its total's, or the only one of the regulation. */
export function measureOf(quantity: Quantity, regulation: Regulation): string {
  const total = quantity.total === undefined ? undefined : regulation.totals?.[quantity.total];
  return total?.measure ?? quantity.measure ?? Object.keys(regulation.measures)[0] ?? '';
}

/** The author's name for what a quantity counts. */
export function leafId(requirement: Requirement): string {
  const { id, total, part, kind, rule, measure, largest } = requirement;
  return id ?? total ?? largest ?? (listOf(rule ?? kind ?? part).join('+') || (measure ?? 'all'));
}

/** What people call a quantity: the author's name for it, or what it counts. */
export function leafName(
  requirement: Requirement,
  regulation: Regulation,
  language: Language = 'zh',
): string {
  const { name, total, part, kind, rule, where } = requirement;
  const said = (zh: string): string => nameIn(zh, regulation, language);
  if (name !== undefined) return said(name);
  if (total !== undefined) return said(regulation.totals?.[total]?.name ?? total);
  const labels = part !== undefined ? regulation.parts : regulation.kinds;
  const kinds =
    kind ?? regulation.earn.filter(({ id }) => listOf(rule).includes(id)).flatMap((one) => one.kinds);
  const chosen = [...new Set(listOf(part ?? kinds))].map((id) => labels?.[id] ?? id);
  const what = said(
    chosen.length > 0 ? chosen.join('、') : measureLabel(measureOf(requirement, regulation), regulation),
  );
  if (where === undefined) return what;
  const condition = sayCondition(where, regulation, language);
  return language === 'zh' ? `${what}（${condition}）` : `${what} (${condition})`;
}

/** A share goes by what is counted, where an amount of it is said: 专业科目, not 专业占比. */
export const countedBy = (requirement: Requirement): Requirement =>
  requirement.atLeastShare === undefined ? requirement : { ...requirement, name: undefined };

/** Whether all of a measure is meant. */
export const isWholeMeasure = ({ total, part, kind, rule, where }: Quantity): boolean =>
  [total, part, kind, rule, where].every((one) => one === undefined);

type NamedLeaf = Pick<LeafResult, 'leaf' | 'name' | 'measure'>;

/** What results call an amount and what it is measured in, the same for everybody. */
const namedIn = oncePer((regulation: Regulation) =>
  oncePer((requirement: Requirement): NamedLeaf => ({
    leaf: leafId(requirement),
    name: leafName(requirement, regulation),
    measure: measureOf(requirement, regulation),
  })),
);

function testLeaf(requirement: Requirement, context: RequirementContext): Leaf {
  const { tally, regulation } = context;
  const { leaf, name, measure } = namedIn(regulation)(requirement);
  const earned = tally.reached(requirement, context);
  const carried = carriedIn(requirement, context);
  const whole = requirement.of ? tally.reached(requirement.of, context) : Exact.ZERO;
  const needed =
    requirement.atLeastShare === undefined || context.missed
      ? undefined
      : context.adjust(constant(requirement.atLeastShare), leaf, 'share');
  const { limit, required, met, short, share } = needed
    ? shareTest(needed, earned, whole, amountStep(requirement, measure, regulation))
    : amountTest(requirement, earned, context, leaf);
  const { clause } = requirement;
  const result: LeafResult = {
    leaf,
    name,
    measure,
    limit,
    required: limit === 'above' ? floorUnits(required) : ceilUnits(required),
    earned: floorUnits(earned),
    carried,
    met,
    short: ceilUnits(short),
  };
  const more =
    clause === undefined && share === undefined
      ? undefined
      : { ...(clause === undefined ? {} : { clause }), ...(share && { share }) };
  return { requirement, result: more ? { ...result, ...more } : result, earned, whole, required, needed };
}

interface LeafTest {
  readonly limit: LeafResult['limit'];
  readonly required: Exact;
  readonly met: boolean;
  readonly short: Exact;
  readonly share?: LeafResult['share'];
}

function amountTest(
  requirement: Requirement,
  earned: Exact,
  { adjust, missed, regulation }: RequirementContext,
  leaf: string,
): LeafTest {
  const { atLeast, above, atMost, below } = requirement;
  const upper = atMost ?? below;
  if (upper !== undefined) {
    const required = adjust(constant(upper), leaf, 'limit');
    const order = earned.compare(required);
    return atMost === undefined
      ? { limit: 'below', required, met: order < 0, short: Exact.ZERO }
      : { limit: 'at-most', required, met: order <= 0, short: Exact.ZERO };
  }
  const required = missed
    ? fromUnits(missed.short(leaf))
    : adjust(constant(atLeast ?? above ?? 0), leaf, 'amount');
  const lacking = required.sub(earned);
  if (above === undefined || missed)
    return { limit: 'at-least', required, met: lacking.n <= 0, short: greater(Exact.ZERO, lacking) };
  const step = amountStep(requirement, measureOf(requirement, regulation), regulation);
  const met = lacking.n < 0;
  return { limit: 'above', required, met, short: met ? Exact.ZERO : stepsOver(lacking, step) };
}

/**
 * A share p / t ≥ s; what is missing is the least x with (p + x) / (t + x) ≥ s, in the steps in which it is earned. Nothing of nothing reaches no share but
 * one of 0, to which relief may bring it.
 */
function shareTest(share: Exact, earned: Exact, whole: Exact, step: Exact): LeafTest {
  const required = whole.mul(share);
  const met = share.n === 0 || (whole.n > 0 && earned.compare(required) >= 0);
  const lacking = greater(Exact.ZERO, required.sub(earned)).div(Exact.ONE.sub(share));
  const short = met ? Exact.ZERO : stepsTo(lacking, step);
  const reached = whole.n > 0 ? earned.div(whole).toString() : '0';
  return {
    limit: 'at-least',
    required,
    met,
    short,
    share: { of: reached, whole: sayFraction(whole), needed: share.toString() },
  };
}

/** What of an amount was taken over; the largest value of a fact is of this cycle's entries alone. */
function carriedIn(requirement: Requirement, { tally, span, groups }: RequirementContext): Units {
  if (requirement.largest !== undefined || !tally.hasCarried) return 0;
  if (requirement.total === undefined) return tally.carried(requirement, span);
  const without = tally.withoutCarried().quantity(requirement, span, groups);
  return floorUnits(tally.quantity(requirement, span, groups).sub(without));
}
