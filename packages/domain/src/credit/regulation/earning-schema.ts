import { z } from 'zod';
import { bounds, condition, type Bounds, type Condition } from './condition';
import { exactNumber, type ExactNumber } from '../value/measure';

/** A text of an author, without blanks around it. */
export const textUpTo = (length: number): z.ZodString => z.string().trim().min(1).max(length);

/** Names that an author chooses: any text, Chinese included. */
export const name = textUpTo(60);
export const names = z.union([name, z.array(name).min(1)]);
export type Names = z.infer<typeof names>;

/** One or several names as a list. */
export const listOf = (value: Names | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const optionalDate = z.iso.date().optional();

/** What any rule may say about itself: its clause, for whom, when, and under which reading of an open point. */
export const qualifiers = {
  clause: name,
  groups: names.optional(),
  inForce: z.strictObject({ from: optionalDate, to: optionalDate }).optional(),
  /** Setting → option under which the rule applies. */
  if: z.record(name, name).optional(),
};
export interface Qualified {
  readonly clause: string;
  readonly groups?: Names | undefined;
  readonly inForce?: { from?: string | undefined; to?: string | undefined } | undefined;
  readonly if?: Readonly<Record<string, string>> | undefined;
}

/** A rounding step: to a multiple of `to`, down, up, or halves up. */
export const rounding = z.strictObject({ to: exactNumber, mode: z.enum(['down', 'up', 'half-up']) });
export type Rounding = z.infer<typeof rounding>;

/**
 * The worth of one activity, in exactly one of four ways: `flat`; `rate` for `each` so many `of` a fact; `bands` over
 * a fact; or a table of `values` by a text fact. Then `times` (factors), `round`, and the limits of one item.
 */
export interface Worth {
  readonly flat?: ExactNumber | undefined;
  readonly rate?: ExactNumber | undefined;
  readonly each?: ExactNumber | undefined;
  readonly of?: string | undefined;
  readonly eachRound?: 'down' | 'up' | 'half-up' | undefined;
  readonly bands?: readonly (Worth & Bounds)[] | undefined;
  readonly sliced?: boolean | undefined;
  readonly by?: string | undefined;
  readonly values?: Readonly<Record<string, ExactNumber | Worth>> | undefined;
  readonly otherwise?: ExactNumber | Worth | undefined;
  readonly times?:
    readonly { where?: Condition | undefined; by: ExactNumber; clause?: string | undefined }[] | undefined;
  readonly round?: Rounding | undefined;
  readonly itemAtMost?: ExactNumber | undefined;
  readonly itemAtLeast?: ExactNumber | undefined;
}

const factor = z.strictObject({ where: condition.optional(), by: exactNumber, clause: name.optional() });
const nestedWorth: z.ZodType<Worth> = z.lazy(() => z.strictObject(worthFields));
const bandWorth: z.ZodType<Worth & Bounds> = z.lazy(() =>
  z.strictObject({ ...worthFields, ...bounds.shape }),
);

const worthFields = {
  flat: exactNumber.optional(),
  rate: exactNumber.optional(),
  each: exactNumber.optional(),
  of: name.optional(),
  /** How a part of an `each` counts; without it, in proportion. */
  eachRound: z.enum(['down', 'up', 'half-up']).optional(),
  bands: z.array(bandWorth).min(1).optional(),
  /** Each band values only the part of the quantity inside it, as a tax scale does (or once, if `flat`). */
  sliced: z.boolean().optional(),
  by: name.optional(),
  values: z.record(name, z.union([exactNumber, nestedWorth])).optional(),
  /** What the table gives for any other value; without it, such an activity is refused. */
  otherwise: z.union([exactNumber, nestedWorth]).optional(),
  times: z.array(factor).optional(),
  round: rounding.optional(),
  itemAtMost: exactNumber.optional(),
  itemAtLeast: exactNumber.optional(),
};

/** An amount of one measure, in one part, that an activity earns. */
const earning = z.strictObject({ measure: name, part: name.optional(), ...worthFields });
export interface Earning extends Worth {
  readonly measure: string;
  readonly part?: string | undefined;
}

/** A condition without which the activity is refused, with the clause that says so and the author's name for the outcome. */
const gate = z.strictObject({
  clause: name,
  /** The gate is asked only where this holds. */
  where: condition.optional(),
  must: condition,
  outcome: name.optional(),
  if: qualifiers.if,
});
export type Gate = z.infer<typeof gate>;

/** How an amount lies in time: on the last day (default), in equal shares on each day of training, or in equal shares over years. */
const spread = z.union([
  z.strictObject({ over: z.literal('days') }),
  z.strictObject({ over: z.literal('years'), years: z.int().min(2).max(10) }),
]);

/** What one kind of activity earns. Every rule that fits an activity earns. */
export const earnRule = z.strictObject({
  id: name,
  name: name.optional(),
  ...qualifiers,
  kinds: names,
  where: condition.optional(),
  gates: z.array(gate).optional(),
  earns: z.array(earning).min(1),
  spread: spread.optional(),
});
export type EarnRule = z.infer<typeof earnRule>;
