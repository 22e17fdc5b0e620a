import { isInCycle, type CycleRef } from '../person/cycles';
import type { Regulation } from '../regulation/regulation-schema';
import { distinction, isSelected, isSupposedIn, type Supposed } from '../settlement/selection';
import { whyNotApplicable, type CreditEntry } from '../settlement/settle';
import { datesBetween } from '../value/calendar';
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
  const abouts = aboutsOf(holding, entries);
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
function aboutsOf(limits: readonly Limit[], entries: readonly CreditEntry[]): Spot['about'][] {
  const places = new Map<string, number>();
  for (const { items } of limits) {
    const fact = items?.items;
    if (!items || fact === undefined || OF_WAYS.includes(fact)) continue;
    places.set(fact, Math.max(places.get(fact) ?? 0, 'first' in items ? items.first : items.highest));
  }
  let all: Spot['about'][] = [{}];
  for (const [fact, number] of places) {
    const known = entries
      .filter(
        (entry) => entry.about[fact] !== undefined && limits.some(({ cap }) => isSelected(entry, cap.counts)),
      )
      .map((entry) => distinction(entry, fact));
    const again = [...new Set(known.reverse())].slice(0, VALUES);
    const common = Array.from({ length: Math.min(number, COMMON) }, (_, index) => `${NEW} ${index + 1}`);
    const values = [...again, ...common];
    all = all.flatMap((about) => [about, ...values.map((value) => ({ ...about, [fact]: value }))]);
  }
  return all;
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
