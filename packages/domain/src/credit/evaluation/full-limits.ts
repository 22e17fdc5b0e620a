import type { CivilDate } from '../../core';
import { isInCycle, lastDayWith, rollingSpan } from '../person/cycles';
import type { Regulation } from '../regulation/regulation-schema';
import type { Cap } from '../regulation/target-schema';
import { isSelected, type Supposed } from '../settlement/selection';
import { activityOf, whyNotApplicable } from '../settlement/settle';
import { endOfCalendarPeriod } from '../value/calendar';
import { floorUnits } from '../value/measure';
import { waysOf } from './earning-ways';
import { isCalendarPeriod, periodKey } from './limit-periods';
import { itemLimitOf, numberOf, perCycle, rollingMonths, type LimitTimes } from './limit-rules';
import type { AfterLimits } from './limits';
import { roomless } from './roomless';

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

/** Limits by day or week, for each of something, for entries that meet a condition, or by the highest leave other ways open. */
const leavesWays = (cap: Cap): boolean => {
  const items = itemLimitOf(cap);
  const isOfOthers = items !== undefined && (!('first' in items) || items.items !== undefined);
  // What a day or a week has had its share of, the next one has not.
  const isBrief = cap.per === 'day' || cap.per === 'week';
  return isBrief || cap.each !== undefined || cap.counts.where !== undefined || isOfOthers;
};
