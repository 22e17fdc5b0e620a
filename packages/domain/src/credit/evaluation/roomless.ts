import type { Cap } from '../regulation/target-schema';
import type { CreditEntry } from '../settlement/settle';
import { Exact } from '../value/exact';
import { floorUnits } from '../value/measure';
import { draftOf, type Draft } from './draft';
import { isShareOf, itemLimitOf, type LimitTimes } from './limit-rules';
import { keptOf } from './used';

/** Entries before any limit, with what of them has made up earlier cycles. */
export function draftsOf(entries: readonly CreditEntry[], times: Pick<LimitTimes, 'used'>): Draft[] {
  const used = times.used();
  return used.size === 0
    ? entries.map(draftOf)
    : entries.map((entry) => ({ ...draftOf(entry), kept: keptOf(entry, used) }));
}

/**
 * What takes no room of a limit: what was used in cycles by whose periods it limits. Not of a share, nor of a limit that
 * lets the same thing count once: for these it goes by when it was learnt.
 */
export function roomless(
  cap: Cap,
  times: Pick<LimitTimes, 'used'>,
): ReadonlyMap<CreditEntry, Exact> | undefined {
  const items = itemLimitOf(cap);
  const isOnce = items !== undefined && (cap.each ?? items.items) !== undefined;
  return cap.per === undefined || isShareOf(cap) || isOnce ? undefined : times.used().get(cap.per);
}

/** Sets aside what takes no room of a limit, and returns what puts it back. */
export function setAside(drafts: readonly Draft[], amounts: ReadonlyMap<CreditEntry, Exact>): () => void {
  const aside = drafts.flatMap((draft) => {
    const amount = Math.min(draft.counted, floorUnits(amounts.get(draft.entry) ?? Exact.ZERO));
    return amount > 0 ? [{ draft, amount }] : [];
  });
  const move = (sign: 1 | -1): void => {
    for (const { draft, amount } of aside) {
      draft.counted += sign * amount;
      draft.kept += sign * amount;
    }
  };
  move(-1);
  return () => move(1);
}
