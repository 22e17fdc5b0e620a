import { addDays, type CivilDate } from '../core';
import { periodHolding, type CycleRule, type Regulation } from '../credit';

/** On which facts a preview rests: the last cycle that is over, or the one that is running, as of today. */
export type PreviewBasis = 'last' | 'current';

/** The cycle a preview looks at; `to` is the day as of which everything is evaluated. */
export interface PreviewCycle {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/**
 * The cycle to look at. `last`: of the cycles in which the regulation sets targets, the one that ended last (of several
 * the shortest). `current`: the shortest that holds today, cut at today. Rules whose cycles are of no fixed dates
 * (rolling months, events of a person) look at the calendar year.
 */
export function previewCycleOf(rules: Regulation, basis: PreviewBasis, today: CivilDate): PreviewCycle {
  const ids = new Set((rules.targets ?? []).map(({ cycle }) => cycle));
  const cycles = [...ids].flatMap((id) => rules.cycles?.[id] ?? []);
  const spans = cycles.flatMap(
    (cycle) => (basis === 'last' ? lastEnded(cycle, today) : periodHolding(cycle, today)) ?? [],
  );
  const [first = calendarYear(basis, today), ...others] = spans;
  const chosen = others.reduce((best, span) => (isBetter(span, best, basis) ? span : best), first);
  return basis === 'last' ? chosen : { from: chosen.from, to: today };
}

function isBetter(span: PreviewCycle, than: PreviewCycle, basis: PreviewBasis): boolean {
  if (basis === 'last' && span.to !== than.to) return span.to > than.to;
  return span.from > than.from;
}

/** The last period of a cycle that was over before a day. */
function lastEnded(cycle: CycleRule, today: CivilDate): PreviewCycle | undefined {
  if ('windows' in cycle)
    return cycle.windows
      .filter(({ to }) => to < today)
      .reduce<PreviewCycle | undefined>(
        (last, window) => (last === undefined || window.to > last.to ? window : last),
        undefined,
      );
  const current = periodHolding(cycle, today);
  return current && periodHolding(cycle, addDays(current.from, -1));
}

function calendarYear(basis: PreviewBasis, today: CivilDate): PreviewCycle {
  const year = Number(today.slice(0, 4)) - (basis === 'last' ? 1 : 0);
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/**
 * A regulation as if it had been in force since a day and still were. The dates of single rules stay: they are part of
 * what the text says.
 */
export const asIfInForce = (rules: Regulation, since: CivilDate): Regulation => ({
  ...rules,
  effective: { from: since },
});
