import { AMOUNT_UNIT } from '../../core';
import type { Condition } from '../regulation/condition';
import type { Quantity } from '../regulation/target-schema';
import type { Exact } from '../value/exact';
import type { Units } from '../value/measure';
import type { Way } from './earning-ways';
import type { Leaf, LeafResult, Missing } from './requirement';

/** An amount of more steps than this is taken to be out of reach, */
export const FARTHEST = 2 ** 24;
/** and so is one of more units. */
export const BEYOND_ALL: Units = FARTHEST * AMOUNT_UNIT;

/** An amount to be earned in some way, and the leaves for which it is meant to count. */
export interface Addition {
  readonly way: Way;
  amount: Units;
  readonly meets: ReadonlySet<Condition>;
  readonly needed: readonly Leaf[];
}

/** What of a way closes one leaf, and which conditions on entries it has to meet for that. */
export interface Plan extends Pick<Addition, 'amount' | 'meets'> {
  readonly leaf: Leaf;
}

/** What part of which whole a leaf requires. */
export interface Share {
  readonly needed: Exact;
  readonly of: Quantity;
}

export interface Candidate {
  readonly way: Way;
  readonly plans: readonly Plan[];
  readonly takes: Units;
  readonly shares: number;
}

/** Whether an answer asks for no more of any measure than another, and for less of one. */
export function isLess(one: readonly Missing[], other: readonly Missing[]): boolean {
  if (one.length === 0) return false;
  const measures = new Set([...one, ...other].map(({ measure }) => measure));
  const sum = (list: readonly Missing[], measure: string): Units =>
    list.reduce((all, item) => all + (item.measure === measure ? item.amount : 0), 0);
  const differences = [...measures].map((measure) => sum(one, measure) - sum(other, measure));
  return differences.every((more) => more <= 0) && differences.some((more) => more < 0);
}

/** Whether more of an amount helps: it is no upper limit. */
export const isLower = ({ limit }: Pick<LeafResult, 'limit'>): boolean =>
  limit === 'at-least' || limit === 'above';

/** What an entry must meet to count for a leaf. */
export const conditionOf = ({ requirement: { where } }: Leaf): Set<Condition> =>
  new Set(where === undefined ? [] : [where]);

/** What one activity must meet that closes a leaf by counting for it at all; nothing where it takes a certain amount. */
export const oneActivity = ({ requirement, required, result }: Leaf): Pick<Missing, 'one'> =>
  result.limit === 'above' && required.n === 0 && requirement.total === undefined
    ? { one: requirement.where ?? {} }
    : {};

/** Whether a leaf counts only entries that meet a condition, which no way of earning implies. */
export const isConditional = ({ requirement }: Leaf): boolean => requirement.where !== undefined;

export const greatestCommon = (a: Units, b: Units): Units => (b === 0 ? a : greatestCommon(b, a % b));

export function merged(list: readonly Missing[]): Missing[] {
  const sums = new Map<string, Missing>();
  for (const item of list) {
    if (item.amount <= 0) continue;
    const key = JSON.stringify([item.leaf, item.with]);
    sums.set(key, { ...item, amount: item.amount + (sums.get(key)?.amount ?? 0) });
  }
  return [...sums.values()];
}
