import type { FactTest } from '../regulation/condition';
import type { Units } from '../value/measure';

/**
 * How an amount came about, step by step, as data: the apps word it. Numbers are exact texts ("3.5", "1/7");
 * `clause` is given where a step has a clause of its own.
 */
export type Step =
  | { readonly kind: 'gate'; readonly clause: string; readonly tests: readonly FactTest[] }
  | { readonly kind: 'flat'; readonly result: string }
  | {
      readonly kind: 'rate';
      readonly fact: string;
      readonly quantity: string;
      readonly each: string;
      /** How many times `each` was counted. */
      readonly times: string;
      readonly rate: string;
      readonly result: string;
    }
  | { readonly kind: 'band'; readonly fact: string; readonly quantity: string; readonly band: string }
  | { readonly kind: 'slice'; readonly fact: string; readonly quantity: string; readonly band: string }
  /** A band of slices that has a flat amount and is reached. */
  | { readonly kind: 'slice-flat'; readonly band: string; readonly result: string }
  /** What several slices add up to. */
  | { readonly kind: 'sum'; readonly parts: readonly string[]; readonly result: string }
  | { readonly kind: 'table'; readonly fact: string; readonly key: string }
  | { readonly kind: 'factor'; readonly by: string; readonly result: string; readonly clause?: string }
  | {
      readonly kind: 'round';
      readonly to: string;
      readonly mode: 'down' | 'up' | 'half-up';
      readonly result: string;
    }
  | { readonly kind: 'item-at-most' | 'item-at-least'; readonly limit: string; readonly cut: string }
  | { readonly kind: 'spread'; readonly over: 'days' | 'years'; readonly shares: number };

/** The reckoning behind one amount of an activity. */
export interface Explanation {
  readonly line: string;
  readonly activity: string;
  readonly rule: string;
  readonly clause: string;
  readonly measure: string;
  readonly part: string;
  readonly amount: Units;
  readonly steps: readonly Step[];
}
