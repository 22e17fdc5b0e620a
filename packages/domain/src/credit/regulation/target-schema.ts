import { z } from 'zod';
import { bounds, condition, type Condition } from './condition';
import { name, names, qualifiers, rounding, textUpTo, type Names } from './earning-schema';
import { exactNumber, type ExactNumber } from '../value/measure';

const monthsLong = z.int().min(1).max(600);
const itemsAtMost = z.int().min(1).max(1000);

/**
 * Events of a person's history around which a cycle may lie: a higher rank, any new rank, the first day of service,
 * or the day on which the person enters the group that the cycle names.
 */
export const personEvent = z.enum(['promotion', 'appointment', 'employment', 'joining']);
export type PersonEvent = z.infer<typeof personEvent>;

/**
 * A cycle: equal periods from a first day (`months` long, one `every` so many months), windows by date, the months up
 * to the day of evaluation, or a span around an event of the person (which `repeats` until the next such event). Both
 * ends are included; `anniversaryCounts` adds the anniversary itself.
 */
export const cycle = z.union([
  z.strictObject({ from: z.iso.date(), months: monthsLong, every: monthsLong.optional() }),
  z.strictObject({ windows: z.array(z.strictObject({ from: z.iso.date(), to: z.iso.date() })).min(1) }),
  z.strictObject({ lastMonths: monthsLong }),
  z.strictObject({
    around: personEvent,
    group: name.optional(),
    monthsBefore: z.int().min(0).max(600).optional(),
    monthsAfter: z.int().min(0).max(600).optional(),
    anniversaryCounts: z.boolean().optional(),
    repeats: z.boolean().optional(),
    /** Each is longer by the time that these circumstances take of it. */
    prolongedBy: names.optional(),
    /** Only the last months of each. */
    finalMonths: monthsLong.optional(),
  }),
]);
export type CycleRule = z.infer<typeof cycle>;

/** Which entries are meant: all given properties must fit; nothing given means all. */
const selectionFields = {
  measure: name.optional(),
  part: names.optional(),
  kind: names.optional(),
  rule: names.optional(),
  where: condition.optional(),
};
export const selection = z.strictObject(selectionFields);
export interface Selection {
  readonly measure?: string | undefined;
  readonly part?: Names | undefined;
  readonly kind?: Names | undefined;
  readonly rule?: Names | undefined;
  readonly where?: Condition | undefined;
}

/** An amount inside a cycle: a named total, or the sum of a selection; `largest` takes its largest single value of a fact. */
const quantityFields = { ...selectionFields, total: name.optional(), largest: name.optional() };
export const quantity = z.strictObject(quantityFields);
export interface Quantity extends Selection {
  readonly total?: string | undefined;
  readonly largest?: string | undefined;
}

/** An amount of a target as it asks it of the person in a cycle, after relief and proportion: the named one, or its only one. */
const targetAmount = z.strictObject({ target: name, amount: name.optional() });
export type TargetAmount = z.infer<typeof targetAmount>;

/**
 * A limit on what counts, in order of date: a number, a share of another amount or of what a target asks of the person,
 * or so many items (whole activities, or all with the same value of the fact `items`): the `first` by date or the
 * `highest`. "highest" alone is the highest one.
 */
export const cap = z.strictObject({
  ...qualifiers,
  name: name.optional(),
  counts: selection,
  atMost: z.union([
    exactNumber,
    z.literal('highest'),
    z.strictObject({ share: exactNumber, of: z.union([selection, targetAmount]) }),
    z.strictObject({ first: itemsAtMost, items: name.optional() }),
    z.strictObject({ highest: itemsAtMost, items: name.optional() }),
  ]),
  /**
   * day, week, month, quarter, half-year or the name of a cycle (of a rolling one: in any so many months; then a number or
   * the first items); without it, for ever.
   */
  per: name.optional(),
  /** Instead of `per`: once in each period of this cycle, and only for what is asked and reckoned in it. */
  cycle: name.optional(),
  /** A separate limit for each value of these facts. */
  each: names.optional(),
});
export type Cap = z.infer<typeof cap>;
/** Whether a limit is an amount by itself. */
export const isAmount = (atMost: Cap['atMost']): atMost is ExactNumber =>
  typeof atMost !== 'object' && atMost !== 'highest';

/** What a term is held against: a number, or what a target asks of the person. */
const heldAgainst = z.union([exactNumber, targetAmount]);
export type HeldAgainst = z.infer<typeof heldAgainst>;

/** How the person stands against a target, in its cycle that holds the last day of what is reckoned or in the one before. */
const targetState = z.strictObject({
  target: name,
  is: z.enum(['met', 'missed', 'exempt']),
  cycle: z.enum(['this', 'previous']).optional(),
});
export type TargetState = z.infer<typeof targetState>;

/**
 * A named sum inside a cycle: a start, plus terms (each with a factor), turned into points by bands, rounded, within
 * limits. With `per` it is reckoned for each day, week, … or period of a cycle (not a rolling one) that has entries, by
 * these alone, and the results are summed.
 */
export const total = z.strictObject({
  name,
  clause: name.optional(),
  measure: name,
  per: name.optional(),
  /** With `per`: also of those in which nothing lies, from the beginning of each, where the person was in service throughout. */
  everyPeriod: z.literal(true).optional(),
  start: exactNumber.optional(),
  add: z.array(
    z.strictObject({
      ...quantityFields,
      /** Instead of the amount: what of it lies above this, */
      above: heldAgainst.optional(),
      /** what it lacks of it, */
      below: heldAgainst.optional(),
      /** or how often it holds it (1 where a target asks for nothing). */
      over: heldAgainst.optional(),
      times: exactNumber.optional(),
      atMost: exactNumber.optional(),
      /** The term counts only where this is met in the same cycle, or where a target stands so. */
      when: z.union([z.lazy(() => amountsReached), targetState]).optional(),
      groups: names.optional(),
      if: qualifiers.if,
    }),
  ),
  /** What the sum is worth, by bands; outside all of them 0. */
  bands: z
    .array(z.strictObject({ ...bounds.shape, flat: exactNumber }))
    .min(1)
    .optional(),
  atLeast: exactNumber.optional(),
  atMost: exactNumber.optional(),
  round: rounding.optional(),
  /** The cycle in which the total is reported by itself, */
  cycle: name.optional(),
  /** and the reading under which it is. */
  if: qualifiers.if,
});
export type Total = z.infer<typeof total>;

/** What must be reached: an amount, a share of another amount, all of several things or any one of them. */
export interface Requirement extends Quantity {
  /** How results name it, where the names of what it counts would not do. */
  readonly id?: string | undefined;
  readonly allOf?: readonly Requirement[] | undefined;
  readonly anyOf?: readonly Requirement[] | undefined;
  readonly name?: string | undefined;
  readonly clause?: string | undefined;
  readonly groups?: Names | undefined;
  readonly if?: Readonly<Record<string, string>> | undefined;
  readonly atLeast?: ExactNumber | undefined;
  readonly above?: ExactNumber | undefined;
  readonly atMost?: ExactNumber | undefined;
  readonly below?: ExactNumber | undefined;
  readonly atLeastShare?: ExactNumber | undefined;
  readonly of?: Quantity | undefined;
}
export const requirement: z.ZodType<Requirement> = z.lazy(() => z.strictObject(requirementFields));

const requirementFields = {
  allOf: z.array(requirement).min(1).optional(),
  anyOf: z.array(requirement).min(1).optional(),
  id: name.optional(),
  name: name.optional(),
  clause: name.optional(),
  groups: names.optional(),
  if: qualifiers.if,
  ...quantityFields,
  ...bounds.shape,
  atLeastShare: exactNumber.optional(),
  of: quantity.optional(),
};

/** The same where a target may be named instead, so that what names one is never read as an amount. */
const amountsReached: z.ZodType<Requirement> = z.lazy(() =>
  z.strictObject({ ...requirementFields, target: z.never().optional() }),
);

/** What `per` of a relief says instead of the name of a cycle. */
export const EACH_CIRCUMSTANCE = 'circumstance';

/** For whom, in a cycle, something is done about a target: all that is given must hold. */
const occasion = z.strictObject({
  person: condition.optional(),
  /** An approved circumstance of the person that overlaps the cycle, at least so many months long, or within bounds. */
  circumstance: names.optional(),
  /** Instead of a circumstance: service in one of these groups, as far as it lies in the cycle. */
  in: names.optional(),
  months: z.union([exactNumber, bounds]).optional(),
  /** The same in days. */
  days: z.union([z.int().min(1), bounds]).optional(),
  /** Of spells that reach beyond the cycle, the whole length and not what lies in it. */
  whole: z.literal(true).optional(),
  /** Without a break: not in all, but in one spell of such circumstances. */
  unbroken: z.literal(true).optional(),
  /** Something earned in this cycle or the one before. */
  earned: requirement.optional(),
  cycle: z.enum(['this', 'previous']).optional(),
  /** In each of so many cycles before this one. */
  inARow: z.int().min(2).max(10).optional(),
});
export type Occasion = z.infer<typeof occasion>;

/** Relief from a target (减免): who or what gives it, and whether it exempts or lowers the amount. */
export const relief = z.strictObject({
  clause: name,
  if: qualifiers.if,
  when: occasion,
  /**
   * Judged in each period of this cycle that ends in the target's, or (`circumstance`) for each circumstance that touches
   * it by itself, and granted as often as it holds.
   */
  per: name.optional(),
  /** The amounts it lowers, by their names in results; without it, all. */
  amounts: names.optional(),
  exempt: z.literal(true).optional(),
  times: exactNumber.optional(),
  less: exactNumber.optional(),
  /** To this number, whatever more is asked: of two that hold, the lower one decides. */
  to: exactNumber.optional(),
  round: rounding.optional(),
});
export type Relief = z.infer<typeof relief>;

/**
 * The amount in proportion to the months (or days) of the cycle in which the person is in the group and in none of the
 * circumstances. A month counts by its last day, unless `present` says by which: a day number is that day of the month,
 * `day-before` the last day of the month before (自次月起).
 * Of each of these there is one in each month of a cycle, on whatever day that begins; for any day and every day its months
 * begin on that day.
 */
export const proration = z.strictObject({
  /** That of the target, unless another one says so. */
  clause: name.optional(),
  by: z.enum(['months', 'days']),
  present: z
    .union([z.enum(['first-day', 'last-day', 'any-day', 'every-day', 'day-before']), z.int().min(1).max(28)])
    .optional(),
  without: names.optional(),
  amounts: names.optional(),
  /** Each month (or day) by what is asked of the groups to which the person belongs then, and not by those that decide. */
  acrossGroups: z.literal(true).optional(),
  round: rounding.optional(),
});
export type Proration = z.infer<typeof proration>;

/** A shortfall at the end of the cycle, or at a promotion inside it, may be made up within months or until a day. */
export const makeUp = z.strictObject({
  clause: name,
  after: z.enum(['cycle', 'promotion']),
  months: monthsLong.optional(),
  /** Instead of `months`: so many days. */
  days: z.int().min(1).max(3660).optional(),
  /** Instead of `months`: to the end of the period of this cycle that holds the last day of the missed one, or the promotion. */
  until: name.optional(),
  anniversaryCounts: z.boolean().optional(),
  /** So many times what is missing. */
  times: exactNumber.optional(),
  /** Only with these; without it, with whatever the missing amounts count. */
  counts: selection.optional(),
  /** Only with what lies above what the cycle of the making up asks itself. */
  surplusOnly: z.literal(true).optional(),
  /** What is made up counts in its own cycle as well. */
  countsAgain: z.boolean().optional(),
  /** The groups after the promotion to which it applies. */
  groups: names.optional(),
  /** Only where this held in the missed cycle, as for a relief. */
  when: occasion.optional(),
  if: qualifiers.if,
});
export type MakeUp = z.infer<typeof makeUp>;

/**
 * The day of the cycle whose group decides: its last (or the day of evaluation, if earlier), its first, or the last on
 * which the person was in one of the groups (so that it holds for whoever was in one at any time).
 */
const decisionDay = z.enum(['end', 'start', 'any']);

export const target = z.strictObject({
  id: name,
  name,
  ...qualifiers,
  cycle: name,
  decidedOn: decisionDay.optional(),
  needs: requirement,
  relief: z.array(relief).optional(),
  prorate: proration.optional(),
  makeUp: makeUp.optional(),
});
export type Target = z.infer<typeof target>;

/** An excess at the end of a cycle that counts in the following ones. */
export const carryOver = z.strictObject({
  ...qualifiers,
  cycle: name,
  from: quantity,
  /** A number, or what a target asks of the person in that cycle, after relief and proportion. */
  above: z.union([exactNumber, targetAmount]),
  times: exactNumber.optional(),
  /** A number, or a share of what a target asks of the person in that cycle. */
  atMost: z.union([exactNumber, z.strictObject({ share: exactNumber, of: targetAmount })]).optional(),
  round: rounding.optional(),
  to: z.strictObject({ measure: name, part: name.optional() }),
  /** For how many cycles it lives; 1 = the next one only. */
  lasts: z.int().min(1).max(20).optional(),
});
export type CarryOver = z.infer<typeof carryOver>;

const banded = z.strictObject({
  ...bounds.shape,
  rating: name,
  /** Only where the targets of the rating stand so: all are met, all are met or made up, or any is missed (made up or not). */
  is: z.enum(['met', 'made-up', 'missed']).optional(),
  needs: requirement.optional(),
});
export const rating = z.strictObject({
  id: name,
  name,
  ...qualifiers,
  cycle: name,
  /** As for a target: the day whose group decides. */
  decidedOn: decisionDay.optional(),
  /** Only people who have one of these targets in the same cycle, and are not exempt from it, are rated. */
  target: names.optional(),
  of: quantity,
  /** The first band that fits decides. */
  bands: z.array(banded).min(1),
});
export type Rating = z.infer<typeof rating>;

/** How often it must be so: in so many cycles running, or in at least so many of the last ones. */
const recurrence = {
  inARow: z.int().min(2).max(10).optional(),
  atLeast: z.int().min(2).max(10).optional(),
  inLast: z.int().min(2).max(20).optional(),
};

/** A consequence as a flag; people decide. */
export const consequence = z.strictObject({
  id: name,
  says: textUpTo(200),
  clause: name,
  if: qualifiers.if,
  /** How long it holds: from the day after what it follows from, or (`once`) from the day on which that became so. */
  lasts: z.strictObject({ months: monthsLong }).optional(),
  when: z.union([
    z.strictObject({
      target: names,
      /** `not-made-up`: missed, and not made up as yet. `make-up-missed`: the time for that is over as well. */
      is: z.enum(['missed', 'met', 'exempt', 'not-made-up', 'make-up-missed']),
      ...recurrence,
    }),
    /**
     * `once`: as soon as it is rated so, though its cycle is not over and the rating may still change. In rolling months
     * on each day on which it became so, and then whatever comes later.
     */
    z.strictObject({ rating: name, is: names, at: z.literal('once').optional(), ...recurrence }),
    /** A result about a group's people that has one of these flags. */
    z.strictObject({ team: name, is: names, ...recurrence }),
  ]),
});
export type Consequence = z.infer<typeof consequence>;

const teamState = z.enum(['met', 'missed', 'exempt', 'made-up']);
const teamStates = z.union([teamState, z.array(teamState).min(1)]);

/**
 * A result about a group's people in each cycle: a mean or sum of an amount, the number or share of people in a state, or
 * (`add`) a sum of results that stand before it, each with a factor, or (`over`) held against another one.
 */
export const team = z.strictObject({
  id: name,
  name,
  clause: name,
  if: qualifiers.if,
  cycle: name,
  groups: names.optional(),
  take: z.enum(['mean', 'sum', 'count', 'share']).optional(),
  add: z
    .array(z.strictObject({ team: name, over: name.optional(), times: exactNumber.optional() }))
    .min(1)
    .optional(),
  quantity: quantity.optional(),
  /** Instead of an amount, what a target asks of each person; 0 of whom it asks nothing. */
  asked: targetAmount.optional(),
  target: names.optional(),
  /** What of a person's target counts, any of several: `made-up` is missed, and made up since. */
  is: teamStates.optional(),
  /** Leave out people who are exempt from the target. */
  withoutExempt: z.boolean().optional(),
  start: exactNumber.optional(),
  times: exactNumber.optional(),
  atLeast: exactNumber.optional(),
  atMost: exactNumber.optional(),
  round: rounding.optional(),
  flags: z
    .array(
      z.strictObject({
        ...bounds.shape,
        /** Only where these results, which stand before, lie within these bounds as well. */
        when: z
          .array(z.strictObject({ ...bounds.shape, team: name }))
          .min(1)
          .optional(),
        flag: name,
        says: textUpTo(200),
        clause: name,
      }),
    )
    .optional(),
});
export type TeamRule = z.infer<typeof team>;
