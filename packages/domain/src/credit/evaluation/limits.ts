import type { CivilDate } from '../../core';
import type { Regulation } from '../regulation/regulation-schema';
import type { Cap } from '../regulation/target-schema';
import { distinction, type Supposed } from '../settlement/selection';
import { activityOf, whyNotApplicable, type CreditEntry } from '../settlement/settle';
import type { Units } from '../value/measure';
import { isAmong, type Cut, type Draft } from './draft';
import { keepFirst } from './keep-first';
import { Highest } from './keep-highest';
import { periodKey } from './limit-periods';
import { isShareLimit, numberOf, runsOf, type AtOnce, type Limit, type LimitTimes } from './limit-rules';
import { limitToNumber } from './limit-to-number';
import { limitToShare, limitToSharesOf, type Shared } from './limit-to-share';
import { draftsOf, roomless, setAside } from './roomless';
import { compareText } from '../value/compare';

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

/** What counts already, and what is supposed beside it, none of which changes the other. */
export function beside({ counted, own }: AfterLimits, supposed: readonly Supposed[]): AfterLimits {
  return {
    counted,
    supposed,
    own: new Map([...own].map(([cycle, one]) => [cycle, { counted: one.counted, supposed }])),
  };
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

/** The same with drafts of what is only supposed, of which limits take what it does not avoid. */
export function limited(
  known: Draft[],
  more: Draft[],
  regulation: Regulation,
  times: LimitTimes,
): AfterLimits {
  const { everywhere, inCycles } = runsOf(regulation);
  limit(inOrder(known, more), everywhere, regulation, times);
  const own = new Map<string, InCycle>();
  for (const [cycle, limits] of inCycles) {
    const copies = [known, more].map((drafts) => drafts.map((draft): Draft => ({ ...draft, cuts: [] })));
    const [counted = [], also = []] = copies;
    limit(inOrder(counted, also), limits, regulation, times);
    counted.forEach(({ cuts }, index) => {
      const draft = known[index];
      if (draft && cuts.length > 0)
        draft.cutsInCycle = [...(draft.cutsInCycle ?? []), ...cuts.map((cut) => ({ ...cut, cycle }))];
    });
    own.set(cycle, { counted, supposed: amountsOf(also) });
  }
  return { counted: known, supposed: amountsOf(more), own };
}

/** In order of date; of a day what is known first. */
const inOrder = (known: readonly Draft[], more: readonly Draft[]): readonly Draft[] =>
  more.length === 0
    ? known
    : [...known, ...more].sort((a, b) => compareText(a.entry.occurredOn, b.entry.occurredOn));

const amountsOf = (drafts: readonly Draft[]): Supposed[] =>
  drafts.flatMap(({ supposed, counted }) => (supposed ? [{ ...supposed, amount: counted }] : []));

function limit(
  drafts: readonly Draft[],
  limits: readonly AtOnce[],
  regulation: Regulation,
  times: LimitTimes,
): void {
  for (const together of limits) {
    const [first, ...others] = together;
    const isJoint = isShareLimit(first.cap.atMost) && (others.length > 0 || first.each.length > 0);
    if (isJoint) limitToShares(drafts, together, regulation, times);
    else limitAlone(drafts, first, regulation, times);
  }
}

function limitAlone(drafts: readonly Draft[], one: Limit, regulation: Regulation, times: LimitTimes): void {
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
  { groupsOf }: LimitTimes,
): Draft[] =>
  drafts.filter(
    (draft) =>
      draft.entry.amount > 0 &&
      draft.avoids?.(cap) !== true &&
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
  times: LimitTimes,
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
