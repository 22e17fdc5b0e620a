import type { Bounds } from '../regulation/condition';

/** What one term adds to a total, or why it adds nothing. Numbers are exact texts ("3.5", "1/7"). */
export interface TermWorking {
  /** Its place in the `add` of the total. */
  readonly term: number;
  /** What it counts: per kind of activity, per value of the fact whose largest is meant, or what was carried over. */
  readonly parts: readonly PartWorking[];
  /** What it counts in all, before factor and limit. */
  readonly amount: string;
  /** Against what it is held, and what of it lies above that, what it lacks, or how often it holds it. */
  readonly against?: {
    readonly how: 'above' | 'below' | 'over';
    readonly edge: string;
    readonly result: string;
  };
  readonly times?: string;
  /** The limit of the term, where it takes something. */
  readonly atMost?: string;
  /** The condition of the term is not met, so that it adds nothing. */
  readonly unmet?: true;
  /** What it adds. */
  readonly result: string;
}

export interface PartWorking {
  /** '' for an opening balance. */
  readonly kind?: string;
  readonly value?: string;
  readonly carried?: true;
  readonly amount: string;
}

/** What was done to the sum of a total, in this order; rounding and limits only where they change it. */
export type TotalStep =
  /** `band` is absent where the sum lies outside all of them. */
  | { readonly kind: 'band'; readonly band?: Bounds; readonly result: string }
  | {
      readonly kind: 'round';
      readonly to: string;
      readonly mode: 'down' | 'up' | 'half-up';
      readonly result: string;
    }
  | { readonly kind: 'at-most' | 'at-least'; readonly limit: string; readonly result: string };

/** How a total came about in one cycle from what it counts, or within it in one day, week, … . */
export interface TotalWorking {
  readonly total: string;
  /** The day, week, … by whose entries alone it was reckoned. */
  readonly period?: string;
  readonly start?: string;
  readonly terms: readonly TermWorking[];
  /** Start and terms together. */
  readonly sum: string;
  readonly steps: readonly TotalStep[];
  /** Of a total reckoned by days, weeks, …: what each came to. */
  readonly periods?: readonly { readonly period: string; readonly result: string }[];
  readonly result: string;
}
