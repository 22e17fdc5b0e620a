import type { CivilDate } from '../../core';
import type { Cut } from '../evaluation/draft';
import type { CountedEntry } from '../evaluation/limits';
import type { Regulation } from '../regulation/regulation-schema';

/** What a limit took on one day, or in all on the days from one to another. */
interface CutOfDays {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly cut: Cut;
}

/**
 * What limits took from the pieces of an amount that is spread: of one piece after another the same limit of a longer
 * period is one cut, so that a yearly limit is not told day by day. A limit of each day is, and so is that of a new period.
 */
export function cutsTogether(pieces: readonly CountedEntry[], { caps = [] }: Regulation): CutOfDays[] {
  const found: CutOfDays[] = [];
  const last = new Map<string, { readonly at: number; readonly piece: number; readonly used: number }>();
  pieces.forEach(({ entry: { occurredOn }, cuts, cutsInCycle = [] }, piece) => {
    for (const cut of [...cuts, ...cutsInCycle]) {
      const { cap, cycle, limit, used } = cut;
      const key = JSON.stringify([cap, cycle, limit]);
      const before = last.get(key);
      const open =
        before?.piece === piece - 1 && before.used <= used && caps[cap]?.per !== 'day'
          ? found[before.at]
          : undefined;
      if (before && open) {
        found[before.at] = { ...open, to: occurredOn, cut: { ...open.cut, cut: open.cut.cut + cut.cut } };
        last.set(key, { at: before.at, piece, used });
      } else last.set(key, { at: found.push({ from: occurredOn, to: occurredOn, cut }) - 1, piece, used });
    }
  });
  return found;
}
