import type { Cap } from '../regulation/target-schema';
import type { Regulation } from '../regulation/regulation-schema';
import { isSelected, isSupposedIn, type Supposed } from '../settlement/selection';
import { Exact } from '../value/exact';
import { ceilUnits, constant, fromUnits, type Units } from '../value/measure';
import { periodKey } from './limit-periods';
import type { CountedEntry } from './limits';
import { isShareLimit, perCycle, type LimitTimes } from './limit-rules';
import type { Stretch } from './time-left';

/** How much of something must be earned in a stretch so that all counts there which shares have cut, by the largest of them. */
export type Freeing = (supposed: Supposed, stretch: Stretch) => Units;

export function freeingOf(
  counted: readonly CountedEntry[],
  { caps = [] }: Regulation,
  { periodOf }: Pick<LimitTimes, 'periodOf'>,
): Freeing {
  const wanted = new Map<Cap, Map<string | undefined, Exact>>();
  for (const { entry, cuts, cutsInCycle = [] } of counted)
    for (const { cap: index, cut } of [...cuts, ...cutsInCycle]) {
      const cap = caps[index];
      if (!cap || !isShareLimit(cap.atMost)) continue;
      const ratio = constant(cap.atMost.share);
      // What is itself part of the whole takes of the share only the rest.
      const takes = isSelected(entry, cap.atMost.of) ? Exact.ONE.sub(ratio) : Exact.ONE;
      const inPeriods = wanted.get(cap) ?? new Map<string | undefined, Exact>();
      const period = periodKey(perCycle(cap).per, entry.occurredOn, periodOf);
      const more = fromUnits(cut).mul(takes).div(ratio);
      wanted.set(cap, inPeriods.set(period, (inPeriods.get(period) ?? Exact.ZERO).add(more)));
    }
  const frees = (supposed: Supposed, { atMost, counts }: Cap): boolean =>
    isShareLimit(atMost) && isSupposedIn(supposed, atMost.of) && !isSupposedIn(supposed, counts);
  return (supposed, { from }) =>
    Math.max(
      0,
      ...[...wanted]
        .filter(([cap]) => frees(supposed, cap))
        .map(([cap, inPeriods]) =>
          ceilUnits(inPeriods.get(periodKey(perCycle(cap).per, from, periodOf)) ?? Exact.ZERO),
        ),
    );
}
