import { leastBetween } from '../value/bisect';
import { Exact } from '../value/exact';
import { constant, floorUnits, fromUnits, type Units } from '../value/measure';
import { fitting, isAmong, type Draft } from './draft';
import { isShareLimit, type Limit, type NamedLimit, type ShareLimit } from './limit-rules';
import { limitToNumber } from './limit-to-number';

/**
 * Limits entries to a share of another amount in the same period, in order of date. Those that are themselves part of
 * that amount make it larger, so that of the share they take only the rest: x ≤ s · (others + what of x is part of it).
 */
export function limitToShare(
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

/** What one of several shares limits. */
export interface Shared {
  readonly bucket: readonly Draft[];
  readonly one: Limit;
}

/**
 * Lets count as much as it can where each bucket is at most its share of what then counts: the greatest whole that is
 * reached when each is limited to its share of it.
 */
export function limitToSharesOf(ofPeriod: readonly Draft[], shared: readonly Shared[]): void {
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
