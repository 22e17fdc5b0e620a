import type { CivilDate } from '../../core';
import { isInCycle, rollingSpan } from '../person/cycles';
import type { Regulation } from '../regulation/regulation-schema';
import { distinction, isSelected, isSupposedIn, type Supposed } from '../settlement/selection';
import { activityOf, whyNotApplicable } from '../settlement/settle';
import { Exact } from '../value/exact';
import { floorUnits, type Units } from '../value/measure';
import { addMonths } from '../value/calendar';
import { isCalendarPeriod, periodKey } from './limit-periods';
import { isShareOf, numberOf, type Limit, type LimitTimes } from './limit-rules';
import type { CountedEntry } from './limits';
import { roomless } from './roomless';
import type { Stretch } from './time-left';

type Way = Supposed['way'];

/** What facts know of how an activity earns, whichever it is. Of any other fact there is always a new value. */
export const OF_WAYS: readonly string[] = ['kind', 'part', 'rule'];

/**
 * Whether every activity of some ways meets a limit, in whatever it differs from others, and finds room or none in it. For
 * the highest of a day another day will do; a share is not a matter of room.
 */
export const isUnavoidable = ({ cap, each, items }: Limit): boolean =>
  !isShareOf(cap) &&
  each.every((fact) => OF_WAYS.includes(fact)) &&
  items?.items === undefined &&
  !(items && 'highest' in items && cap.per === 'day');

/** What a limit has let count. */
export interface Use {
  readonly day: CivilDate;
  readonly amount: Units;
  /** The values of the facts that are limited each by itself. */
  readonly each: string;
}

/** A day before which nothing takes room that a limit has from another day on: not before the period that holds it. */
function sinceOf({ cap, items, rolling }: Limit, from: CivilDate, { periodOf }: LimitTimes): CivilDate {
  // Where an item begins, all of it lies.
  if (cap.per === undefined || items) return '';
  if (rolling !== undefined) return rollingSpan(rolling, from).from;
  return isCalendarPeriod(cap.per) ? addMonths(from, -6) : (periodOf(cap.per, from)?.from ?? from);
}

/**
 * What a limit has let count of what is known that may still take room from a day on, before the limits after it; of a limit by items, each activity once and on
 * the day on which it begins.
 */
export function usesOf(
  limit: Limit,
  counted: readonly CountedEntry[],
  from: CivilDate,
  regulation: Regulation,
  times: LimitTimes,
): Use[] {
  const { cap, named, items, each } = limit;
  const { groupsOf } = times;
  const since = sinceOf(limit, from, times);
  const outside = roomless(cap, times);
  const uses = new Map<string, Use>();
  for (const { entry, counted: left, cuts } of counted) {
    const day = entry.occurredOn;
    if (day < since || entry.amount <= 0 || !isSelected(entry, cap.counts)) continue;
    if (whyNotApplicable(cap, regulation, day, () => groupsOf(cap, day)) !== undefined) continue;
    const later = cuts.reduce((sum, cut) => sum + (cut.cap > named.cap ? cut.cut : 0), 0);
    const amount = left + later - floorUnits(outside?.get(entry) ?? Exact.ZERO);
    if (amount <= 0) continue;
    const key = items ? activityOf(entry) : `${uses.size}`;
    const known = uses.get(key);
    const values = each.map((fact) => distinction(entry, fact)).join(' ');
    uses.set(key, {
      day: known?.day ?? day,
      amount: amount + (known?.amount ?? 0),
      each: values,
    });
  }
  return [...uses.values()];
}

interface Here {
  readonly period: string;
  readonly capacity: number;
}

/** The room that one limit has left in each stretch of time: of an amount, or of a number of items. */
export class LimitRoom {
  readonly limit: Limit;
  readonly isOfItems: boolean;
  readonly #here: readonly (Here | undefined)[];
  readonly #uses: ReadonlyMap<string, readonly Use[]>;
  /** What is planned besides, made when something is. */
  #planned: Map<string, readonly Use[]> | undefined;

  constructor(limit: Limit, here: readonly (Here | undefined)[], uses: ReadonlyMap<string, readonly Use[]>) {
    this.limit = limit;
    this.isOfItems = limit.items !== undefined;
    this.#here = here;
    this.#uses = uses;
  }

  static of(
    limit: Limit,
    uses: readonly Use[],
    stretches: readonly Stretch[],
    regulation: Regulation,
    times: LimitTimes,
  ): LimitRoom {
    const { cap, items, rolling } = limit;
    const periodOn = (day: CivilDate): string | undefined =>
      rolling === undefined ? periodKey(cap.per, day, times.periodOf) : '';
    const isByDay = cap.per === 'day';
    const here = stretches.map(({ index, from, days }): Here | undefined => {
      if (whyNotApplicable(cap, regulation, from, () => times.groupsOf(cap, from)) !== undefined)
        return undefined;
      const period = isByDay ? String(index) : periodOn(from);
      const most = items ? ('first' in items ? items.first : items.highest) : numberOf(cap, from, times);
      return period === undefined || most === undefined
        ? undefined
        : { period, capacity: most * (isByDay ? days : 1) };
    });
    const byKey = new Map<string, Use[]>();
    for (const use of uses) {
      const stretch = isByDay ? stretches.find((one) => isInCycle(use.day, one)) : undefined;
      const period = isByDay ? stretch && String(stretch.index) : periodOn(use.day);
      if (period === undefined) continue;
      const key = keyOf(period, use.each);
      byKey.set(key, [...(byKey.get(key) ?? []), use]);
    }
    return new LimitRoom(limit, here, byKey);
  }

  /** The same before anything is planned. */
  copy(): LimitRoom {
    return new LimitRoom(this.limit, this.#here, this.#uses);
  }

  covers(supposed: Supposed): boolean {
    return isSupposedIn(supposed, this.limit.cap.counts);
  }

  /** What of an amount, or how many items, it still lets count in a stretch. */
  leftIn(stretch: Stretch, way: Way): number {
    const here = this.#here[stretch.index];
    if (!here) return Infinity;
    const key = keyOf(here.period, this.#eachOf(way));
    const known = this.#uses.get(key) ?? [];
    return here.capacity - this.#usedAround(stretch.from, known, this.#planned?.get(key) ?? []);
  }

  plan(stretch: Stretch, way: Way, amount: Units): void {
    const here = this.#here[stretch.index];
    if (!here) return;
    const each = this.#eachOf(way);
    const key = keyOf(here.period, each);
    this.#planned ??= new Map();
    this.#planned.set(key, [...(this.#planned.get(key) ?? []), { day: stretch.from, amount, each }]);
  }

  /** What is used in the period of a day; of a rolling limit the most in any of those that hold the day. */
  #usedAround(day: CivilDate, known: readonly Use[], planned: readonly Use[]): number {
    const { rolling } = this.limit;
    const sum = (uses: readonly Use[]): number =>
      this.isOfItems ? uses.length : uses.reduce((all, { amount }) => all + amount, 0);
    if (rolling === undefined) return sum(known) + sum(planned);
    const uses = [...known, ...planned];
    const ends = [day, ...uses.map((use) => use.day).filter((end) => end > day)];
    const used = ends
      .map((end) => rollingSpan(rolling, end))
      .filter((span) => isInCycle(day, span))
      .map((span) => sum(uses.filter((use) => isInCycle(use.day, span))));
    return Math.max(...used);
  }

  #eachOf(way: Way): string {
    return this.limit.each.map((fact) => way[fact as 'kind' | 'part' | 'rule']).join(' ');
  }
}

const keyOf = (period: string, each: string): string => `${period} ${each}`;
