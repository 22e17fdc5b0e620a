import { Exact } from '../value/exact';
import type { CivilDate } from '../../core';
import { calendarPeriod, endOfCalendarPeriod, type CalendarPeriod } from '../value/calendar';
import { isInCycle, lastDayWith, rollingSpan, type CycleRef } from '../person/cycles';
import { leastBetween } from './least';
import { listOf } from '../regulation/earning-schema';
import { constant, floorUnits, fromUnits, toUnits, type Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import type { Regulation } from '../regulation/regulation-schema';
import { distinction, isEarnedBy, isSelected, isSupposedIn, type Supposed } from '../settlement/selection';
import { activityOf, whyNotApplicable, type CreditEntry } from '../settlement/settle';
import type { Cap, Selection, TargetAmount } from '../regulation/target-schema';
import { keptOf, type Used } from './used';

/** What a limit took from an entry. */
export interface Cut {
  /** Position of the limit in the regulation, from 0. */
  readonly cap: number;
  readonly clause: string;
  readonly name: string;
  readonly limit: Units;
  /** Already used of the limit by earlier entries. */
  readonly used: Units;
  readonly cut: Units;
  /** Set where the limit is a number of items: how many count. */
  readonly items?: number;
  /** The cycle in which alone it counts less. */
  readonly cycle?: string;
}

/** An entry and how much of it counts after all limits. */
export interface CountedEntry {
  readonly entry: CreditEntry;
  readonly counted: Units;
  readonly cuts: readonly Cut[];
  /** What limits of single cycles take from it there; `counted` is before these. */
  readonly cutsInCycle?: readonly Cut[];
}

/** What counts in a cycle, and what of it was only supposed. */
export interface InCycle {
  readonly counted: readonly CountedEntry[];
  readonly supposed?: readonly Supposed[];
}

/** What counts after the limits that hold everywhere, and where a cycle has limits of its own after those. */
export interface AfterLimits extends InCycle {
  readonly own: ReadonlyMap<string, InCycle>;
}

interface Draft {
  readonly entry: CreditEntry;
  counted: Units;
  readonly cuts: Cut[];
  cutsInCycle?: readonly Cut[];
  /** Set where nothing was earned yet. */
  readonly supposed?: Supposed;
  /** What made up an earlier cycle, and so is not cut. */
  kept: Units;
}

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

interface LimitTask extends LimitTimes {
  /** Whether a limit takes of what is only supposed. */
  readonly isUnavoidable?: (cap: Cap) => boolean;
}

/**
 * Applies the limits in the order of the regulation to entries in order of date: each takes from what the limits
 * before it have left. Deductions (negative amounts) are never limited here, and give no room back.
 */
export function applyLimits(
  entries: readonly CreditEntry[],
  regulation: Regulation,
  times: LimitTimes,
): AfterLimits {
  return limited(draftsOf(entries, times), [], regulation, times);
}

/**
 * The same as if more were earned from a day to the end of a cycle. Of that, only limits take that no choice of when and
 * what avoids: those that are a share of something, where whatever adds to that something gives room to what was cut, and
 * those by a number, or by the first so many activities, whose period lasts as long as the cycle.
 */
export function applyLimitsSupposing(
  supposed: readonly Supposed[],
  day: CivilDate,
  span: Pick<CycleRef, 'id' | 'from' | 'to'>,
  [entries, regulation, times]: Parameters<typeof applyLimits>,
): AfterLimits {
  const more = supposed.map((one): Draft => ({ ...draftOf(entryOf(one, day, regulation)), supposed: one }));
  return limited(draftsOf(entries, times), more, regulation, {
    ...times,
    isUnavoidable: (cap) => isShareOf(cap) || isUnavoidableIn(span, cap, day, regulation, times),
  });
}

/** Limits by day or week, for each of something, for entries that meet a condition, or by the highest leave other ways open. */
const leavesWays = (cap: Cap): boolean => {
  const items = itemLimitOf(cap);
  const isOfOthers = items !== undefined && (!('first' in items) || items.items !== undefined);
  // What a day or a week has had its share of, the next one has not.
  const isBrief = cap.per === 'day' || cap.per === 'week';
  return isBrief || cap.each !== undefined || cap.counts.where !== undefined || isOfOthers;
};

/** Whether a limit is by a number, or by the first so many activities, of all there is of something in a period. */
const isPlain = (cap: Cap): boolean => !leavesWays(cap) && !isShareOf(cap);

/** Whether a regulation has limits that what is earned yet may not be able to avoid. */
export const hasPlainLimits = oncePer(({ caps = [] }: Regulation): boolean => caps.some(isPlain));

/** Whether everything that is earned from a day to the end of a cycle meets a limit in one period of it. */
function isUnavoidableIn(
  { id, from, to }: Pick<CycleRef, 'id' | 'from' | 'to'>,
  cap: Cap,
  day: CivilDate,
  { cycles = {} }: Regulation,
  { periodOf }: LimitTimes,
): boolean {
  const { per, inForce } = cap;
  const cycle = cycles[id];
  if (!isPlain(cap) || day < from || to < day || (inForce?.to ?? to) < to) return false;
  if (per === undefined) return true;
  if (isCalendarPeriod(per)) return endOfCalendarPeriod(day, per) >= to;
  // A window that moves on with every day has no end.
  const isRolling = cycle !== undefined && 'lastMonths' in cycle;
  return !isRolling && (periodOf(per, day)?.to ?? '') >= to;
}

function limited(known: Draft[], more: Draft[], regulation: Regulation, times: LimitTask): AfterLimits {
  const { everywhere, inCycles } = limitsOf(regulation);
  limit([...known, ...more], everywhere, regulation, times);
  const own = new Map<string, InCycle>();
  for (const [cycle, limits] of inCycles) {
    const copies = [known, more].map((drafts) => drafts.map((draft): Draft => ({ ...draft, cuts: [] })));
    const [counted = [], also = []] = copies;
    limit([...counted, ...also], limits, regulation, times);
    counted.forEach(({ cuts }, index) => {
      const draft = known[index];
      if (draft && cuts.length > 0)
        draft.cutsInCycle = [...(draft.cutsInCycle ?? []), ...cuts.map((cut) => ({ ...cut, cycle }))];
    });
    own.set(cycle, { counted, supposed: amountsOf(also) });
  }
  return { counted: known, supposed: amountsOf(more), own };
}

const amountsOf = (drafts: readonly Draft[]): Supposed[] =>
  drafts.flatMap(({ supposed, counted }) => (supposed ? [{ ...supposed, amount: counted }] : []));

/** Whether what a limit takes depends on how much is earned otherwise. */
export const isShareOf = ({ atMost }: Pick<Cap, 'atMost'>): boolean =>
  typeof atMost === 'object' && 'share' in atMost && !('target' in atMost.of);

/** Whether any limit of a regulation takes less, or more, when more is earned. */
export const hasShares = oncePer(({ caps = [] }: Regulation): boolean => caps.some(isShareOf));

/** A limit that is used up: of these kinds of activities alone, no more counts in its period. */
export interface FullLimit {
  readonly clause: string;
  readonly name: string;
  readonly ways: readonly Supposed['way'][];
  /** The last day for which it is used up: that of its period, or on which it is in force; absent where there is none. */
  readonly until?: CivilDate;
  /** The cycle in which alone it holds. */
  readonly cycle?: string;
}

/**
 * The limits of a cycle (or for ever) that are used up in the period of a day: those that have cut something in it, and
 * those whose number is reached.
 */
export function fullLimits(
  after: AfterLimits,
  day: CivilDate,
  regulation: Regulation,
  times: LimitTimes,
): FullLimit[] {
  const { groupsOf, periodOf } = times;
  return (regulation.caps ?? []).flatMap((rule, index) => {
    const cap = perCycle(rule);
    const { counts, per, cycle, clause, name = '', inForce } = cap;
    const { counted } = (cycle === undefined ? undefined : after.own.get(cycle)) ?? after;
    if (leavesWays(cap)) return [];
    if (whyNotApplicable(cap, regulation, day, () => groupsOf(cap, day)) !== undefined) return [];
    const rolling = rollingMonths(rule, regulation);
    const period = rolling === undefined ? periodKey(per, day, periodOf) : '';
    const isInPeriod = (on: CivilDate): boolean =>
      rolling === undefined
        ? periodKey(per, on, periodOf) === period
        : isInCycle(on, rollingSpan(rolling, day));
    const outside = roomless(cap, times);
    const bucket = counted
      .filter(({ entry }) => isSelected(entry, counts) && isInPeriod(entry.occurredOn))
      .map((one) => {
        const aside = outside?.get(one.entry);
        return aside ? { ...one, counted: one.counted - floorUnits(aside) } : one;
      });
    // Of what has rolled out since it was cut, the room is there again.
    const isCut = rolling === undefined && bucket.some(({ cuts }) => cuts.some((cut) => cut.cap === index));
    const counting = bucket.filter((one) => one.counted > 0);
    const items = itemLimitOf(cap);
    const isReached =
      items && 'first' in items
        ? new Set(counting.map(({ entry }) => activityOf(entry))).size >= items.first
        : counting.reduce((sum, one) => sum + one.counted, 0) >= (numberOf(cap, day, times) ?? Infinity);
    if (period === undefined || !(isCut || isReached)) return [];
    const oldest = counting[0]?.entry.occurredOn;
    const lastDay =
      rolling !== undefined
        ? oldest && lastDayWith(oldest, rolling)
        : per === undefined
          ? undefined
          : isCalendarPeriod(per)
            ? endOfCalendarPeriod(day, per)
            : periodOf(per, day)?.to;
    const [until] = [lastDay, inForce?.to].filter((end) => end !== undefined).sort();
    const ways = waysOf(counts, regulation);
    return [{ clause, name, ways, ...(until && { until }), ...(cycle === undefined ? {} : { cycle }) }];
  });
}

/** The ways in which a regulation lets earn what a selection means. */
export const waysOf = (selection: Selection, { earn }: Regulation): Supposed['way'][] =>
  earn
    .flatMap((rule) =>
      listOf(rule.kinds).flatMap((kind) =>
        rule.earns.map(({ measure, part = '' }) => ({ measure, part, kind, rule: rule.id })),
      ),
    )
    .filter((way) => isEarnedBy(way, selection));

const draftOf = (entry: CreditEntry): Draft => ({ entry, counted: entry.amount, cuts: [], kept: 0 });

function draftsOf(entries: readonly CreditEntry[], times: LimitTimes): Draft[] {
  const used = times.used();
  return used.size === 0
    ? entries.map(draftOf)
    : entries.map((entry) => ({ ...draftOf(entry), kept: keptOf(entry, used) }));
}

/**
 * What takes no room of a limit: what was used in cycles by whose periods it limits. Not of a share, nor of a limit that
 * lets the same thing count once: for these it goes by when it was learnt.
 */
function roomless(cap: Cap, times: LimitTimes): ReadonlyMap<CreditEntry, Exact> | undefined {
  const items = itemLimitOf(cap);
  const isOnce = items !== undefined && (cap.each ?? items.items) !== undefined;
  return cap.per === undefined || isShareOf(cap) || isOnce ? undefined : times.used().get(cap.per);
}

/** Sets aside what takes no room of a limit, and returns what puts it back. */
function setAside(drafts: readonly Draft[], amounts: ReadonlyMap<CreditEntry, Exact>): () => void {
  const aside = drafts.flatMap((draft) => {
    const amount = Math.min(draft.counted, floorUnits(amounts.get(draft.entry) ?? Exact.ZERO));
    return amount > 0 ? [{ draft, amount }] : [];
  });
  const move = (sign: 1 | -1): void => {
    for (const { draft, amount } of aside) {
      draft.counted += sign * amount;
      draft.kept += sign * amount;
    }
  };
  move(-1);
  return () => move(1);
}

/** What counts of a draft where there is so much room: never less than what has made up an earlier cycle. */
const fitting = ({ counted, kept }: Draft, room: Units): Units =>
  Math.max(Math.min(counted, kept), Math.min(counted, room));

const entryOf = (
  { way, amount }: Supposed,
  occurredOn: CivilDate,
  { id, version }: Regulation,
): CreditEntry => ({
  ...way,
  amount,
  occurredOn,
  regulation: { id, version },
  source: { kind: 'supposed', id: '' },
  line: '',
  clause: '',
  about: {},
});

const isAmong = ({ entry, supposed }: Draft, selection: Selection): boolean =>
  supposed ? isSupposedIn(supposed, selection) : isSelected(entry, selection);

/** A limit of one cycle alone is one in each period of it. */
const perCycle = (cap: Cap): Cap => (cap.cycle === undefined ? cap : { ...cap, per: cap.cycle });

/** The months of a limit that holds in any so many that end with a day; undefined where it holds in periods. */
function rollingMonths({ per }: Pick<Cap, 'per'>, { cycles = {} }: Regulation): number | undefined {
  const cycle = per === undefined ? undefined : cycles[per];
  return cycle && 'lastMonths' in cycle ? cycle.lastMonths : undefined;
}

/** A limit as it is applied. */
interface Limit {
  readonly cap: Cap;
  readonly named: NamedLimit;
  readonly items: ItemLimit | undefined;
  readonly rolling: number | undefined;
  /** The facts whose values are limited each by itself. */
  readonly each: readonly string[];
}

/** Limits that hold at once: one, or several shares of the same amount that stand one after another. */
type AtOnce = readonly [Limit, ...Limit[]];

/** The limits that hold everywhere, and those that hold in one cycle alone, each in the order of the regulation. */
const limitsOf = oncePer((regulation: Regulation) => {
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

function limit(
  drafts: readonly Draft[],
  limits: readonly AtOnce[],
  regulation: Regulation,
  times: LimitTask,
): void {
  for (const together of limits) {
    const [first, ...others] = together;
    const isJoint = isShareLimit(first.cap.atMost) && (others.length > 0 || first.each.length > 0);
    if (isJoint) limitToShares(drafts, together, regulation, times);
    else limitAlone(drafts, first, regulation, times);
  }
}

function limitAlone(drafts: readonly Draft[], one: Limit, regulation: Regulation, times: LimitTask): void {
  const { cap } = one;
  const meant = meantBy(one, drafts, regulation, times);
  const outside = roomless(cap, times);
  const putBack = outside && setAside(meant, outside);
  for (const { period, bucket } of bucketsOf(meant, one, times.periodOf).values())
    limitBucket(bucket, one, () => drafts.filter(isIn(period, cap, times)), times);
  putBack?.();
}

/** What a limit is about of what earlier ones have left. */
const meantBy = (
  { cap }: Limit,
  drafts: readonly Draft[],
  regulation: Regulation,
  { groupsOf, isUnavoidable }: LimitTask,
): Draft[] =>
  drafts.filter(
    (draft) =>
      draft.entry.amount > 0 &&
      (draft.supposed === undefined || isUnavoidable?.(cap) === true) &&
      isAmong(draft, cap.counts) &&
      whyNotApplicable(cap, regulation, draft.entry.occurredOn, () =>
        groupsOf(cap, draft.entry.occurredOn),
      ) === undefined,
  );

const isIn =
  (period: string, { per }: Cap, { periodOf }: LimitTimes) =>
  ({ entry }: Draft): boolean =>
    periodKey(per, entry.occurredOn, periodOf) === period;

/** Shares of the same amount that hold at once, period by period. */
function limitToShares(
  drafts: readonly Draft[],
  together: AtOnce,
  regulation: Regulation,
  times: LimitTask,
): void {
  const periods = new Map<string, Shared[]>();
  for (const one of together) {
    const meant = meantBy(one, drafts, regulation, times);
    for (const { period, bucket } of bucketsOf(meant, one, times.periodOf).values())
      periods.set(period, [...(periods.get(period) ?? []), { bucket, one }]);
  }
  for (const [period, shared] of periods) {
    const ofPeriod = drafts.filter(isIn(period, together[0].cap, times));
    const [first, ...others] = shared;
    if (first && others.length === 0) limitBucket(first.bucket, first.one, () => ofPeriod, times);
    else limitToSharesOf(ofPeriod, shared);
  }
}

interface Shared {
  readonly bucket: readonly Draft[];
  readonly one: Limit;
}

/**
 * Lets count as much as it can where each bucket is at most its share of what then counts: the greatest whole that is
 * reached when each is limited to its share of it.
 */
function limitToSharesOf(ofPeriod: readonly Draft[], shared: readonly Shared[]): void {
  const limitTo = (whole: Units, draftOf: (draft: Draft) => Draft): void => {
    for (const { bucket, one } of shared) {
      const { atMost } = one.cap;
      if (!isShareLimit(atMost)) continue;
      const limit = floorUnits(fromUnits(whole).mul(constant(atMost.share)));
      limitToNumber(bucket.map(draftOf), limit, one.named, undefined);
    }
  };
  const reached = (whole: Units): Units => {
    const copies = new Map(ofPeriod.map((draft) => [draft, { ...draft, cuts: [] }]));
    limitTo(whole, (draft) => copies.get(draft) ?? draft);
    return wholeOf([...copies.values()]);
  };
  const of = shared[0]?.one.cap.atMost;
  const wholeOf = (all: readonly Draft[]): Units =>
    all.reduce(
      (sum, draft) => (of && isShareLimit(of) && isAmong(draft, of.of) ? sum + draft.counted : sum),
      0,
    );
  const most = Math.max(0, wholeOf(ofPeriod));
  // Each share is in whole ten-thousandths, downwards; what that takes of the whole is taken off in the end.
  const isReached = (less: number): boolean => reached(most - less) >= most - less - shared.length;
  let whole = most - (isReached(0) ? 0 : leastBetween(0, most, isReached));
  for (let rest = reached(whole); rest < whole; rest = reached(whole)) whole = rest;
  limitTo(whole, (draft) => draft);
}

interface Bucket {
  readonly period: string;
  readonly bucket: Draft[];
}

/** What is limited together, of what earlier limits have left. An item lies in the period in which it begins. */
function bucketsOf(
  meant: readonly Draft[],
  { cap, items, rolling, each }: Limit,
  periodOf: LimitTimes['periodOf'],
): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>();
  const beginnings = new Map<string, CivilDate>();
  const per = rolling === undefined ? cap.per : undefined;
  const isByItem = per !== undefined && items !== undefined;
  for (const draft of meant) {
    let { occurredOn: day } = draft.entry;
    if (isByItem) {
      const activity = activityOf(draft.entry);
      day = beginnings.get(activity) ?? day;
      beginnings.set(activity, day);
    }
    const period = draft.counted > 0 ? periodKey(per, day, periodOf) : undefined;
    if (period === undefined) continue;
    let key = period;
    for (const fact of each) {
      const value = distinction(draft.entry, fact);
      // With its length, so that different values never read the same together.
      key += ` ${value.length} ${value}`;
    }
    const known = buckets.get(key);
    if (known) known.bucket.push(draft);
    else buckets.set(key, { period, bucket: [draft] });
  }
  return buckets;
}

/** The period of a limit that holds a date; undefined where the cycle has none. */
function periodKey(
  per: string | undefined,
  date: CivilDate,
  periodOf: LimitTimes['periodOf'],
): string | undefined {
  if (per === undefined) return '';
  return isCalendarPeriod(per) ? calendarPeriod(date, per) : periodOf(per, date)?.from;
}

/** The same for people: a day, month, … or the first and the last day of a period of a cycle. */
export function periodLabel(
  per: string,
  date: CivilDate,
  periodOf: LimitTimes['periodOf'],
): string | undefined {
  if (isCalendarPeriod(per)) return calendarPeriod(date, per);
  const period = periodOf(per, date);
  return period && `${period.from}–${period.to}`;
}

export const CALENDAR_PERIODS: readonly CalendarPeriod[] = ['day', 'week', 'month', 'quarter', 'half-year'];
export const isCalendarPeriod = (per: string): per is CalendarPeriod =>
  (CALENDAR_PERIODS as readonly string[]).includes(per);

type ShareLimit = Extract<Cap['atMost'], { share: unknown }> & { readonly of: Selection };
type ItemLimit = Exclude<Cap['atMost'], string | number | { share: unknown }>;

/** The number of items that a limit is, if it is one: `highest` alone is the highest one. */
export function itemLimitOf({ atMost }: Pick<Cap, 'atMost'>): ItemLimit | undefined {
  if (atMost === 'highest') return { highest: 1 };
  return typeof atMost === 'object' && !('share' in atMost) ? atMost : undefined;
}

function limitBucket(
  bucket: readonly Draft[],
  { cap, named, items, rolling }: Limit,
  ofPeriod: () => readonly Draft[],
  times: LimitTimes,
): void {
  if (items) {
    if (bucket.length === 1) return;
    const itemOf = (draft: Draft): string =>
      items.items === undefined ? activityOf(draft.entry) : distinction(draft.entry, items.items);
    if ('first' in items) keepFirst(bucket, items.first, itemOf, named, rolling);
    else new Highest(items.highest, itemOf, named).keepOf(bucket, times);
    return;
  }
  if (isShareLimit(cap.atMost)) {
    limitToShare(bucket, cap.atMost, ofPeriod(), named);
    return;
  }
  const [first] = bucket;
  const limit = first && numberOf(cap, first.entry.occurredOn, times);
  if (limit !== undefined) limitToNumber(bucket, limit, named, rolling);
}

const isShareLimit = (atMost: Cap['atMost']): atMost is ShareLimit => isShareOf({ atMost });

/** The number that a limit is on a day: its own, or a share of what a target asks of the person; undefined where it is none. */
function numberOf({ atMost }: Cap, day: CivilDate, { requiredOf }: LimitTimes): Units | undefined {
  if (atMost === 'highest') return undefined;
  if (typeof atMost !== 'object') return toUnits(constant(atMost));
  if (!('share' in atMost) || !('target' in atMost.of)) return undefined;
  const required = requiredOf(atMost.of, day);
  return required && floorUnits(required.mul(constant(atMost.share)));
}

type NamedLimit = Pick<Cut, 'cap' | 'clause' | 'name'>;

/** Lets count up to a number, by date: of all, or (rolling) of the months that end with each day. */
function limitToNumber(
  bucket: readonly Draft[],
  limit: Units,
  named: NamedLimit,
  rolling: number | undefined,
): void {
  // What has made up earlier cycles comes first.
  let used = rolling === undefined ? bucket.reduce((sum, { kept }) => sum + kept, 0) : 0;
  let oldest = 0;
  for (const draft of bucket) {
    if (rolling === undefined) used -= draft.kept;
    else {
      const { from } = rollingSpan(rolling, draft.entry.occurredOn);
      for (let out = bucket[oldest]; out && out.entry.occurredOn < from; out = bucket[oldest]) {
        used -= out.counted;
        oldest += 1;
      }
    }
    const counted = fitting(draft, limit - used);
    const cut = draft.counted - counted;
    if (cut > 0) draft.cuts.push({ ...named, limit, used, cut });
    draft.counted = counted;
    used += counted;
  }
}

/** Keeps the first so many items by date, whole: of all, or (rolling) of the months that end with each item's first day. */
function keepFirst(
  bucket: readonly Draft[],
  items: number,
  itemOf: (draft: Draft) => string,
  named: NamedLimit,
  rolling: number | undefined,
): void {
  const kept: Draft[] = [];
  const others: { readonly draft: Draft; readonly from: CivilDate; readonly to: CivilDate }[] = [];
  for (const pieces of piecesOf(bucket)) {
    const on = pieces[0]?.entry.occurredOn ?? '';
    const span = rolling === undefined ? EVER : rollingSpan(rolling, on);
    const known = new Set(kept.filter(({ entry }) => isInCycle(entry.occurredOn, span)).map(itemOf));
    for (const draft of pieces) {
      if (known.size < items) known.add(itemOf(draft));
      if (known.has(itemOf(draft))) kept.push(draft);
      else others.push({ draft, ...span });
    }
  }
  for (const { draft, ...span } of others) {
    const used = kept
      .filter(({ entry }) => isInCycle(entry.occurredOn, span))
      .reduce((sum, { counted }) => sum + counted, 0);
    const counted = fitting(draft, 0);
    draft.cuts.push({ ...named, limit: used, used, cut: draft.counted - counted, items });
    draft.counted = counted;
  }
}

/**
 * Keeps the items with the highest amounts (of equals the earlier), whole. What lies in a cycle that ended before a higher
 * one came has counted and stays: then only the difference is added. What is spread over days or years comes as one.
 */
class Highest {
  readonly #items: number;
  readonly #itemOf: (draft: Draft) => string;
  readonly #named: NamedLimit;
  readonly #amounts = new Map<string, Units>();
  readonly #cuts = new Map<Draft, Cut>();
  readonly #wholes = new Map<Draft, Units>();
  readonly #closed: Draft[] = [];
  #open: Draft[] = [];

  constructor(items: number, itemOf: (draft: Draft) => string, named: NamedLimit) {
    this.#items = items;
    this.#itemOf = itemOf;
    this.#named = named;
  }

  keepOf(bucket: readonly Draft[], { openUntil }: LimitTimes): void {
    const ends = new Map<Draft, CivilDate>();
    let soonest: CivilDate = NEVER;
    for (const pieces of piecesOf(bucket)) {
      const on = pieces[0]?.entry.occurredOn ?? '';
      if (soonest < on) {
        this.#rank();
        const isOpen = (draft: Draft): boolean => (ends.get(draft) ?? NEVER) >= on;
        this.#closed.push(...this.#open.filter((draft) => !isOpen(draft)));
        this.#open = this.#open.filter(isOpen);
        soonest = this.#open.reduce((end, draft) => earlier(end, ends.get(draft) ?? NEVER), NEVER);
      }
      for (const draft of pieces) {
        const item = this.#itemOf(draft);
        this.#amounts.set(item, (this.#amounts.get(item) ?? 0) + draft.counted);
        this.#wholes.set(draft, draft.counted);
        this.#open.push(draft);
        const end = openUntil(draft.entry.occurredOn) ?? NEVER;
        ends.set(draft, end);
        soonest = earlier(soonest, end);
      }
    }
    this.#rank();
    for (const [draft, cut] of this.#cuts) draft.cuts.push(cut);
  }

  /** Lets count, of what is open, the highest without what closed cycles have counted of others. */
  #rank(): void {
    const ranked = [...this.#amounts].sort(([, a], [, b]) => b - a).slice(0, this.#items);
    const kept = new Set(ranked.map(([item]) => item));
    const highest = ranked.reduce((sum, [, amount]) => sum + amount, 0);
    const before = this.#closed.reduce((sum, { counted }) => sum + counted, 0);
    const isKept = (draft: Draft): boolean => kept.has(this.#itemOf(draft));
    const whole = (draft: Draft): Units => this.#wholes.get(draft) ?? 0;
    const open = this.#open.filter(isKept).reduce((sum, draft) => sum + whole(draft), 0);
    let above = Math.max(0, before + open - highest);
    const lowestFirst = ranked.map(([item]) => item).reverse();
    const place = (draft: Draft): number => lowestFirst.indexOf(this.#itemOf(draft));
    for (const draft of [...this.#open].sort((a, b) => place(a) - place(b))) {
      const room = isKept(draft) ? whole(draft) - Math.min(whole(draft), above) : 0;
      const cut = whole(draft) - Math.max(room, Math.min(draft.kept, whole(draft)));
      if (isKept(draft)) above -= cut;
      draft.counted = whole(draft) - cut;
      const taken = isKept(draft)
        ? { limit: highest, used: before, cut }
        : { limit: highest, used: highest, cut, items: this.#items };
      if (cut > 0) this.#cuts.set(draft, { ...this.#named, ...taken });
      else this.#cuts.delete(draft);
    }
  }
}

const NEVER: CivilDate = '9999-12-31';
const EVER = { from: '', to: NEVER };
const earlier = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);

/** What each activity brings, in the order in which these begin. */
function piecesOf(bucket: readonly Draft[]): Iterable<readonly Draft[]> {
  const activities = new Map<string, Draft[]>();
  for (const draft of bucket) {
    const activity = activityOf(draft.entry);
    const pieces = activities.get(activity);
    if (pieces) pieces.push(draft);
    else activities.set(activity, [draft]);
  }
  return activities.values();
}

/**
 * Limits entries to a share of another amount in the same period, in order of date. Those that are themselves part of
 * that amount make it larger, so that of the share they take only the rest: x ≤ s · (others + what of x is part of it).
 */
function limitToShare(
  bucket: readonly Draft[],
  { share, of }: ShareLimit,
  ofPeriod: readonly Draft[],
  named: NamedLimit,
): void {
  const own = new Set(bucket);
  const others = ofPeriod
    .filter((draft) => !own.has(draft) && isAmong(draft, of))
    .reduce((sum, draft) => sum + draft.counted, 0);
  const ratio = constant(share);
  let room = fromUnits(Math.max(0, others)).mul(ratio);
  let used = 0;
  for (const draft of bucket) {
    const takes = isAmong(draft, of) ? Exact.ONE.sub(ratio) : Exact.ONE;
    // A share of all or more of an amount does not limit that amount itself.
    const left = takes.n > 0 ? floorUnits(room.div(takes)) : draft.counted;
    const counted = fitting(draft, left);
    const cut = draft.counted - counted;
    if (cut > 0) draft.cuts.push({ ...named, limit: used + left, used, cut });
    draft.counted = counted;
    used += counted;
    room = room.sub(fromUnits(counted).mul(takes));
  }
}
