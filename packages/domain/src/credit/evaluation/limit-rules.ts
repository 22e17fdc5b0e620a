import type { CivilDate } from '../../core';
import type { CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import type { Cap, Selection, TargetAmount } from '../regulation/target-schema';
import type { Exact } from '../value/exact';
import { constant, floorUnits, toUnits, type Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import type { Cut } from './draft';
import type { Used } from './used';

/** What limits ask about a person's time. */
export interface LimitTimes {
  /** The groups by which a limit is or is not the person's in its period that holds a date. */
  readonly groupsOf: (cap: Pick<Cap, 'per' | 'cycle'>, date: CivilDate) => ReadonlySet<string>;
  /** The period of a cycle that holds a date; undefined where none does. */
  readonly periodOf: (cycle: string, date: CivilDate) => Pick<CycleRef, 'from' | 'to'> | undefined;
  /** What a target asks of the person in its cycle that holds a date; undefined where it asks for nothing. */
  readonly requiredOf: (amount: TargetAmount, date: CivilDate) => Exact | undefined;
  /** The last day on which everything about a date is open: the soonest end of a cycle that holds it. */
  readonly openUntil: (date: CivilDate) => CivilDate | undefined;
  /** What made up earlier cycles: of limits by the periods of these cycles it takes no room. */
  readonly used: () => Used;
}

export type NamedLimit = Pick<Cut, 'cap' | 'clause' | 'name'>;
export type ShareLimit = Extract<Cap['atMost'], { share: unknown }> & { readonly of: Selection };
export type ItemLimit = Exclude<Cap['atMost'], string | number | { share: unknown }>;

/** A limit as it is applied. */
export interface Limit {
  /** As it stands in the regulation, save that one of a cycle alone is one in each period of it. */
  readonly cap: Cap;
  readonly named: NamedLimit;
  readonly items: ItemLimit | undefined;
  /** The months of a limit that holds in any so many that end with a day; undefined where it holds in periods. */
  readonly rolling: number | undefined;
  /** The facts whose values are limited each by itself. */
  readonly each: readonly string[];
}

/** Limits that hold at once: one, or several shares of the same amount that stand one after another. */
export type AtOnce = readonly [Limit, ...Limit[]];

/** The limits that hold everywhere, and those that hold in one cycle alone, each in the order of the regulation. */
export const limitsOf = oncePer((regulation: Regulation) => {
  const { caps = [] } = regulation;
  const everywhere: Limit[] = [];
  const inCycles = new Map<string, Limit[]>();
  for (const [index, rule] of caps.entries()) {
    const cap = perCycle(rule);
    const { clause, name = '', each } = cap;
    const one = {
      cap,
      named: { cap: index, clause, name },
      items: itemLimitOf(cap),
      rolling: rollingMonths(rule, regulation),
      each: listOf(each),
    };
    if (cap.cycle === undefined) everywhere.push(one);
    else inCycles.set(cap.cycle, [...(inCycles.get(cap.cycle) ?? []), one]);
  }
  return { everywhere, inCycles };
});

/** The same in runs of those that hold at once. */
export const runsOf = oncePer((regulation: Regulation) => {
  const { everywhere, inCycles } = limitsOf(regulation);
  return {
    everywhere: atOnce(everywhere),
    inCycles: [...inCycles].map(([cycle, limits]) => [cycle, atOnce(limits)] as const),
  };
});

const atOnce = (limits: readonly Limit[]): AtOnce[] =>
  limits.reduce<AtOnce[]>((runs, one) => {
    const run = runs.at(-1);
    return run && holdAtOnce(run[0].cap, one.cap) ? [...runs.slice(0, -1), [...run, one]] : [...runs, [one]];
  }, []);

/** Whether two limits that stand one after another are shares of the same amount in the same period. */
export const holdAtOnce = (one: Cap, other: Cap): boolean =>
  isShareLimit(one.atMost) &&
  isShareLimit(other.atMost) &&
  one.per === other.per &&
  one.cycle === other.cycle &&
  JSON.stringify(one.atMost.of) === JSON.stringify(other.atMost.of);

/** A limit of one cycle alone is one in each period of it. */
export const perCycle = (cap: Cap): Cap => (cap.cycle === undefined ? cap : { ...cap, per: cap.cycle });

/** The months of a limit that holds in any so many that end with a day; undefined where it holds in periods. */
export function rollingMonths(
  { per }: Pick<Cap, 'per'>,
  { cycles = {} }: Pick<Regulation, 'cycles'>,
): number | undefined {
  const cycle = per === undefined ? undefined : cycles[per];
  return cycle && 'lastMonths' in cycle ? cycle.lastMonths : undefined;
}

/** The number of items that a limit is, if it is one: `highest` alone is the highest one. */
export function itemLimitOf({ atMost }: Pick<Cap, 'atMost'>): ItemLimit | undefined {
  if (atMost === 'highest') return { highest: 1 };
  return typeof atMost === 'object' && !('share' in atMost) ? atMost : undefined;
}

/** Whether what a limit takes depends on how much is earned otherwise. */
export const isShareOf = ({ atMost }: Pick<Cap, 'atMost'>): boolean =>
  typeof atMost === 'object' && 'share' in atMost && !('target' in atMost.of);

export const isShareLimit = (atMost: Cap['atMost']): atMost is ShareLimit => isShareOf({ atMost });

/** Whether any limit of a regulation takes less, or more, when more is earned. */
export const hasShares = oncePer(({ caps = [] }: Regulation): boolean => caps.some(isShareOf));

/** The number that a limit is on a day: its own, or a share of what a target asks of the person; undefined where it is none. */
export function numberOf(
  { atMost }: Pick<Cap, 'atMost'>,
  day: CivilDate,
  { requiredOf }: Pick<LimitTimes, 'requiredOf'>,
): Units | undefined {
  if (atMost === 'highest') return undefined;
  if (typeof atMost !== 'object') return toUnits(constant(atMost));
  if (!('share' in atMost) || !('target' in atMost.of)) return undefined;
  const required = requiredOf(atMost.of, day);
  return required && floorUnits(required.mul(constant(atMost.share)));
}

/** After every day of any facts. */
export const NEVER: CivilDate = '9999-12-31';
export const EVER = { from: '', to: NEVER };
