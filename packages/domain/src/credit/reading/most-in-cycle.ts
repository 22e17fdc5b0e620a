import { addDays, type CivilDate } from '../../core';
import { periodKey } from '../evaluation/limit-periods';
import { periodHolding } from '../person/cycles';
import type { Regulation } from '../regulation/regulation-schema';
import type { Cap, CycleRule } from '../regulation/target-schema';
import { addMonths, datesBetween, endOfSpan, fullMonthsBetween } from '../value/calendar';

/** So many months are looked at: after 28 years every date falls on the same day of the week again. */
const MONTHS = 28 * 12;

/**
 * How often a limit may be used up in one period of a target, whichever that is; undefined where some day of one lies in no
 * period of the limit, or nobody knows how these lie for a person.
 */
export function mostTimesIn(
  { per, cycle: own }: Pick<Cap, 'per' | 'cycle'>,
  target: string,
  { cycles = {}, effective }: Pick<Regulation, 'cycles' | 'effective'>,
): number | undefined {
  const name = per ?? own;
  if (name === undefined || name === target) return 1;
  const asked = cycles[target];
  const spans = asked && spansOf(asked, effective.from);
  const limit = cycles[name];
  if (!spans || (limit && 'around' in limit)) return undefined;
  if (limit && 'lastMonths' in limit) {
    if (own !== undefined) return undefined;
    // Each so many months hold the limit once.
    const lengths = spans.map(
      ({ from, to }) => fullMonthsBetween(from, addDays(to, 1)) + (isWhole(from, to) ? 0 : 1),
    );
    return Math.max(...lengths.map((months) => Math.ceil(months / limit.lastMonths)));
  }
  const periodOf = (id: string, day: CivilDate): ReturnType<typeof periodHolding> => {
    const rule = cycles[id];
    return rule && periodHolding(rule, day);
  };
  const counts = spans.map(({ from, to }) => {
    const keys = datesBetween(from, to).map((day) => periodKey(name, day, periodOf));
    return keys.includes(undefined) ? undefined : new Set(keys).size;
  });
  const known = counts.filter((count) => count !== undefined);
  return known.length < counts.length ? undefined : Math.max(...known);
}

const isWhole = (from: CivilDate, to: CivilDate): boolean =>
  endOfSpan(from, fullMonthsBetween(from, addDays(to, 1))) === to;

/** The periods of a cycle from the one on that holds a day; undefined where they lie otherwise for everybody. */
function spansOf(rule: CycleRule, since: CivilDate): { from: CivilDate; to: CivilDate }[] | undefined {
  if ('windows' in rule) return rule.windows.filter(({ to }) => to >= since);
  if (!('months' in rule)) return undefined;
  const { from: first, months, every = months } = rule;
  const passed = first < since ? Math.floor(fullMonthsBetween(first, since) / every) : 0;
  return Array.from({ length: Math.ceil(MONTHS / every) }, (_, index) => {
    const from = addMonths(first, (passed + index) * every);
    return { from, to: endOfSpan(from, months) };
  });
}
