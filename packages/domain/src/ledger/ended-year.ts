import type { CivilDate } from '../core';
import type { TargetReading } from './read-target';
import type { Standing } from './statement.io';

/** So long into a year people still look for how the one before ended. */
const MONTHS = 3;

/** In the first months of a year the last day of the one before; null later. */
export const yearEndBefore = (day: CivilDate): CivilDate | null =>
  Number(day.slice(5, 7)) <= MONTHS ? `${Number(day.slice(0, 4)) - 1}-12-31` : null;

/** How the yearly targets of a regulation ended, and what followed. */
export interface EndedYear<Own extends Standing> {
  readonly standing: Own;
  readonly targets: readonly {
    readonly target: Own['targets'][number];
    /** What was open at the end of the last day was missed. */
    readonly reading: TargetReading;
  }[];
}

/**
 * How a year ended, by the statement as of its last day: the targets of that year, regulation by regulation. Empty where
 * none was asked by the year, and of whoever was out of service, of whom nothing was asked any more.
 */
export function endedYear<Own extends Standing>({
  asOf,
  servedUntil,
  standings,
}: {
  readonly asOf: CivilDate;
  readonly servedUntil: CivilDate | null;
  readonly standings: readonly Own[];
}): EndedYear<Own>[] {
  if (servedUntil !== null) return [];
  const ended = standings.map((standing) => ({
    standing,
    targets: standing.targets
      .filter(
        ({ cycle, makesUp }) =>
          cycle.from === `${asOf.slice(0, 4)}-01-01` && cycle.to === asOf && makesUp === null,
      )
      .map((target) => ({
        target,
        reading: target.state === 'open' ? ('missed' as const) : target.state,
      })),
  }));
  return ended.some(({ targets }) => targets.length > 0) ? ended : [];
}
