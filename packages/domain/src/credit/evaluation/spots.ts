import { isInCycle, type CycleRef } from '../person/cycles';
import type { Regulation } from '../regulation/regulation-schema';
import { isSelected, isSupposedIn, type Supposed } from '../settlement/selection';
import { whyNotApplicable, type CreditEntry } from '../settlement/settle';
import { datesBetween } from '../value/calendar';
import type { Units } from '../value/measure';
import { periodKey } from './limit-periods';
import { numberOf, type Limit, type LimitTimes } from './limit-rules';
import { OF_WAYS } from './limit-room';
import type { Stretch } from './time-left';
import type { Spot } from './trials';

/** Of a stretch so many days are looked at. */
const DAYS = 31;

/** Of what something may be about again, so much, */
const VALUES = 6;
/** and of what several to come may be about together; its name is no value of any fact. */
const COMMON = 3;
const NEW = '\u0000new';

/** Where, and about what, something may be laid that limits by items may hold. */
export function spotsOf(
  supposed: Supposed,
  stretches: readonly Stretch[],
  limits: readonly Limit[],
  entries: readonly CreditEntry[],
  regulation: Regulation,
  times: LimitTimes,
): Spot[] {
  const holding = limits.filter(({ cap }) => isSupposedIn(supposed, cap.counts));
  const abouts = aboutsOf(holding, stretches, entries, times);
  const days = stretches.map((stretch) => datesBetween(stretch.from, stretch.to).slice(0, DAYS));
  return stretches.flatMap((stretch, index) => {
    const likeness = likenessOf(stretch, stretches, holding, entries, regulation, times);
    return abouts.map((about) => ({
      days: days[index] ?? [],
      about,
      likeness: JSON.stringify([likeness, about]),
    }));
  });
}

/** What an activity may be about: something of its own, the same as others to come, or again what others are about. */
function aboutsOf(
  limits: readonly Limit[],
  stretches: readonly Stretch[],
  entries: readonly CreditEntry[],
  { periodOf }: Pick<LimitTimes, 'periodOf'>,
): Spot['about'][] {
  const places = new Map<string, number>();
  const near = new Set<CreditEntry>();
  for (const { cap, items } of limits) {
    const fact = items?.items;
    if (!items || fact === undefined || OF_WAYS.includes(fact)) continue;
    places.set(fact, Math.max(places.get(fact) ?? 0, 'first' in items ? items.first : items.highest));
    const periods = new Set(stretches.map(({ from }) => periodKey(cap.per, from, periodOf)));
    for (const entry of entries)
      if (isSelected(entry, cap.counts) && periods.has(periodKey(cap.per, entry.occurredOn, periodOf)))
        near.add(entry);
  }
  let all: Spot['about'][] = [{}];
  for (const [fact, number] of places) {
    const again = mostOf(fact, [...near]).slice(0, VALUES);
    const common = Array.from({ length: Math.min(number, COMMON) }, (_, index) => `${NEW} ${index + 1}`);
    const values = [...again, ...common];
    all = all.flatMap((about) => [about, ...values.map((value) => ({ ...about, [fact]: value }))]);
  }
  return all;
}

/** The values of a fact, those that brought most first. */
function mostOf(fact: string, entries: readonly CreditEntry[]): string[] {
  const sums = new Map<string, Units>();
  for (const entry of entries) {
    const value = entry.about[fact];
    if (value !== undefined) sums.set(value, (sums.get(value) ?? 0) + entry.amount);
  }
  return [...sums].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

/** Equal for stretches in which limits have the same to say as long as nothing is laid there. */
function likenessOf(
  stretch: Stretch,
  stretches: readonly Stretch[],
  limits: readonly Limit[],
  entries: readonly CreditEntry[],
  regulation: Regulation,
  times: LimitTimes,
): unknown {
  const { from } = stretch;
  return limits.map(({ cap, rolling }) => {
    if (whyNotApplicable(cap, regulation, from, () => times.groupsOf(cap, from)) !== undefined) return 'none';
    if (cap.per === 'day' || cap.per === undefined) return 'any';
    if (rolling !== undefined) return stretch.index;
    const period = (day: string): string | undefined => periodKey(cap.per, day, times.periodOf);
    const here = period(from);
    const isShared =
      stretches.some((other) => other !== stretch && period(other.from) === here) ||
      entries.some(({ occurredOn }) => period(occurredOn) === here);
    return isShared ? [here] : numberOf(cap, from, times);
  });
}

/** The days of a span on which something is known. */
export const busyIn = (
  entries: readonly CreditEntry[],
  span: Pick<CycleRef, 'from' | 'to'>,
): ReadonlySet<string> =>
  new Set(entries.map(({ occurredOn }) => occurredOn).filter((day) => isInCycle(day, span)));
