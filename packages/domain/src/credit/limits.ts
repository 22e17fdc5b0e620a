import { Exact } from './exact';
import type { CivilDate } from '../core';
import { calendarPeriod, type CalendarPeriod } from './calendar';
import { listOf } from './earning-schema';
import { constant, floorUnits, fromUnits, toUnits, type Units } from './measure';
import type { Regulation } from './regulation-schema';
import { distinction, isEarnedBy, isSelected, isSupposedIn, type Supposed } from './selection';
import { wholeLine, whyNotApplicable, type CreditEntry } from './settle';
import type { Cap, Selection } from './target-schema';

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
}

/** An entry and how much of it counts after all limits. */
export interface CountedEntry {
  readonly entry: CreditEntry;
  readonly counted: Units;
  readonly cuts: readonly Cut[];
}

interface Draft {
  readonly entry: CreditEntry;
  counted: Units;
  readonly cuts: Cut[];
  /** Set where nothing was earned yet. */
  readonly supposed?: Supposed;
}

/**
 * Applies the limits in the order of the regulation to entries in order of date: each takes from what the limits
 * before it have left. Deductions (negative amounts) are never limited here, and give no room back.
 */
export function applyLimits(
  entries: readonly CreditEntry[],
  regulation: Regulation,
  groupsOf: LimitGroupsOf,
  periodOf: PeriodOf,
): CountedEntry[] {
  const drafts = entries.map(draftOf);
  limit(drafts, regulation, groupsOf, periodOf);
  return drafts;
}

/**
 * The same as if more were earned on a day. Of that, only limits that are a share of something take: how it meets the
 * others is a choice. Whatever it adds to that something gives room to what was cut.
 */
export function applyLimitsSupposing(
  supposed: readonly Supposed[],
  day: CivilDate,
  [entries, regulation, groupsOf, periodOf]: Parameters<typeof applyLimits>,
): { readonly counted: readonly CountedEntry[]; readonly supposed: readonly Supposed[] } {
  const known = entries.map(draftOf);
  const more = supposed.map((one): Draft => ({ ...draftOf(entryOf(one, day, regulation)), supposed: one }));
  limit([...known, ...more], regulation, groupsOf, periodOf);
  return {
    counted: known,
    supposed: supposed.map((one, index) => ({ ...one, amount: more[index]?.counted ?? 0 })),
  };
}

/** Whether what a limit takes depends on how much is earned otherwise. */
export const isShareOf = ({ atMost }: Pick<Cap, 'atMost'>): boolean =>
  typeof atMost === 'object' && 'share' in atMost;

/** A limit that is used up: of these kinds of activities alone, no more counts in its period. */
export interface FullLimit {
  readonly clause: string;
  readonly name: string;
  readonly ways: readonly Supposed['way'][];
}

/**
 * The limits of a cycle (or for ever) that are used up in the period of a day: those that have cut something in it, and
 * those whose number is reached. Limits by day, week or month, for each of something, or for entries that meet a condition
 * leave other ways open.
 */
export function fullLimits(
  counted: readonly CountedEntry[],
  day: CivilDate,
  [regulation, groupsOf, periodOf]: readonly [Regulation, LimitGroupsOf, PeriodOf],
): FullLimit[] {
  return (regulation.caps ?? []).flatMap((cap, index) => {
    const { atMost, counts, each, per, clause, name = '' } = cap;
    if (atMost === 'highest' || (typeof atMost === 'object' && !('share' in atMost))) return [];
    if (each !== undefined || counts.where !== undefined || (per !== undefined && isCalendarPeriod(per)))
      return [];
    if (whyNotApplicable(cap, regulation, day, () => groupsOf(cap, day)) !== undefined) return [];
    const period = periodKey(per, day, periodOf);
    const bucket = counted.filter(
      ({ entry }) => isSelected(entry, counts) && periodKey(per, entry.occurredOn, periodOf) === period,
    );
    const isCut = bucket.some(({ cuts }) => cuts.some((cut) => cut.cap === index));
    const used = bucket.reduce((sum, one) => sum + Math.max(0, one.counted), 0);
    const isReached = typeof atMost !== 'object' && used >= toUnits(constant(atMost));
    return period !== undefined && (isCut || isReached)
      ? [{ clause, name, ways: waysOf(counts, regulation) }]
      : [];
  });
}

/** The ways in which a regulation lets earn what a selection means. */
const waysOf = (selection: Selection, { earn }: Regulation): Supposed['way'][] =>
  earn
    .flatMap((rule) =>
      listOf(rule.kinds).flatMap((kind) =>
        rule.earns.map(({ measure, part = '' }) => ({ measure, part, kind, rule: rule.id })),
      ),
    )
    .filter((way) => isEarnedBy(way, selection));

const draftOf = (entry: CreditEntry): Draft => ({ entry, counted: entry.amount, cuts: [] });

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

function limit(
  drafts: readonly Draft[],
  regulation: Regulation,
  groupsOf: LimitGroupsOf,
  periodOf: PeriodOf,
): void {
  regulation.caps?.forEach((cap, index) => {
    const limited = drafts.filter(
      (draft) =>
        draft.counted > 0 &&
        (draft.supposed === undefined || isShareOf(cap)) &&
        isAmong(draft, cap.counts) &&
        whyNotApplicable(cap, regulation, draft.entry.occurredOn, () =>
          groupsOf(cap, draft.entry.occurredOn),
        ) === undefined,
    );
    for (const { period, bucket } of bucketsOf(limited, cap, periodOf).values()) {
      const isInPeriod = ({ entry }: Draft): boolean =>
        periodKey(cap.per, entry.occurredOn, periodOf) === period;
      limitBucket(bucket, cap, index, () => drafts.filter(isInPeriod));
    }
  });
}

interface Bucket {
  readonly period: string;
  readonly bucket: Draft[];
}

function bucketsOf(drafts: readonly Draft[], cap: Cap, periodOf: PeriodOf): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>();
  for (const draft of drafts) {
    const period = periodKey(cap.per, draft.entry.occurredOn, periodOf);
    if (period === undefined) continue;
    const key =
      cap.each === undefined
        ? period
        : JSON.stringify([period, ...listOf(cap.each).map((fact) => distinction(draft.entry, fact))]);
    const known = buckets.get(key);
    if (known) known.bucket.push(draft);
    else buckets.set(key, { period, bucket: [draft] });
  }
  return buckets;
}

/** The period of a limit that holds a date; undefined where the cycle has none. */
function periodKey(per: string | undefined, date: CivilDate, periodOf: PeriodOf): string | undefined {
  if (per === undefined) return '';
  return isCalendarPeriod(per) ? calendarPeriod(date, per) : periodOf(per, date);
}

/** The groups by which a limit is or is not the person's in its period that holds a date. */
export type LimitGroupsOf = (cap: Pick<Cap, 'per'>, date: CivilDate) => ReadonlySet<string>;

/** The first day of the period of a cycle that holds a date; undefined where none does. */
export type PeriodOf = (cycle: string, date: CivilDate) => CivilDate | undefined;

export const CALENDAR_PERIODS: readonly CalendarPeriod[] = ['day', 'week', 'month', 'quarter', 'half-year'];
export const isCalendarPeriod = (per: string): per is CalendarPeriod =>
  (CALENDAR_PERIODS as readonly string[]).includes(per);

type ShareLimit = Extract<Cap['atMost'], { share: unknown }>;

function limitBucket(
  bucket: readonly Draft[],
  cap: Cap,
  index: number,
  ofPeriod: () => readonly Draft[],
): void {
  const named = { cap: index, clause: cap.clause, name: cap.name ?? '' };
  if (cap.atMost === 'highest') {
    limitToHighest(bucket, named);
    return;
  }
  if (typeof cap.atMost === 'object' && !('share' in cap.atMost)) {
    limitItems(bucket, cap.atMost, named);
    return;
  }
  if (typeof cap.atMost === 'object') {
    limitToShare(bucket, cap.atMost, ofPeriod(), named);
    return;
  }
  const limit = toUnits(constant(cap.atMost));
  let used = 0;
  for (const draft of bucket) {
    const counted = Math.min(draft.counted, limit - used);
    const cut = draft.counted - counted;
    if (cut > 0) draft.cuts.push({ ...named, limit, used, cut });
    draft.counted = counted;
    used += counted;
  }
}

/** Lets an amount add only what it has above those before it; what is spread over days or years is one amount. */
function limitToHighest(bucket: readonly Draft[], named: Pick<Cut, 'cap' | 'clause' | 'name'>): void {
  if (bucket.length === 1) return;
  const amounts = new Map<string, Draft[]>();
  for (const draft of bucket) {
    const { source, line } = draft.entry;
    const key = JSON.stringify([source.kind, source.id, wholeLine(line)]);
    const pieces = amounts.get(key);
    if (pieces) pieces.push(draft);
    else amounts.set(key, [draft]);
  }
  let highest = 0;
  for (const pieces of amounts.values()) {
    const whole = pieces.reduce((sum, { counted }) => sum + counted, 0);
    let above = Math.min(whole, highest);
    for (const draft of pieces) {
      const cut = Math.min(draft.counted, above);
      if (cut > 0) draft.cuts.push({ ...named, limit: highest, used: highest, cut });
      draft.counted -= cut;
      above -= cut;
    }
    highest = Math.max(highest, whole);
  }
}

/** Keeps whole items: the first so many by date, or those with the highest amounts (of equals the earlier). */
function limitItems(
  bucket: readonly Draft[],
  atMost: Exclude<Cap['atMost'], string | number | { share: unknown }>,
  named: Pick<Cut, 'cap' | 'clause' | 'name'>,
): void {
  const items = 'first' in atMost ? atMost.first : atMost.highest;
  const itemOf = (entry: CreditEntry): string => distinction(entry, atMost.items ?? 'source');
  const sums = new Map<string, Units>();
  for (const { entry, counted } of bucket) {
    const item = itemOf(entry);
    sums.set(item, (sums.get(item) ?? 0) + counted);
  }
  const ranked = [...sums];
  if ('highest' in atMost) ranked.sort(([, a], [, b]) => b - a);
  const kept = new Map(ranked.slice(0, items));
  const used = [...kept.values()].reduce((sum, amount) => sum + amount, 0);
  for (const draft of bucket) {
    if (kept.has(itemOf(draft.entry))) continue;
    draft.cuts.push({ ...named, limit: used, used, cut: draft.counted, items });
    draft.counted = 0;
  }
}

/**
 * Limits entries to a share of another amount in the same period, in order of date. Those that are themselves part of
 * that amount make it larger, so that of the share they take only the rest: x ≤ s · (others + what of x is part of it).
 */
function limitToShare(
  bucket: readonly Draft[],
  { share, of }: ShareLimit,
  ofPeriod: readonly Draft[],
  named: Pick<Cut, 'cap' | 'clause' | 'name'>,
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
    const counted = Math.min(draft.counted, left);
    const cut = draft.counted - counted;
    if (cut > 0) draft.cuts.push({ ...named, limit: used + left, used, cut });
    draft.counted = counted;
    used += counted;
    room = room.sub(fromUnits(counted).mul(takes));
  }
}
