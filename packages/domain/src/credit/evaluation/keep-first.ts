import type { CivilDate } from '../../core';
import { isInCycle, rollingSpan } from '../person/cycles';
import { fitting, piecesOf, type Draft } from './draft';
import { EVER, type NamedLimit } from './limit-rules';

/** Keeps the first so many items by date, whole: of all, or (rolling) of the months that end with each item's first day. */
export function keepFirst(
  bucket: readonly Draft[],
  items: number,
  itemOf: (draft: Draft) => string,
  named: NamedLimit,
  rolling: number | undefined,
): void {
  const kept: Draft[] = [];
  const others: { readonly draft: Draft; readonly from: CivilDate; readonly to: CivilDate }[] = [];
  for (const pieces of piecesOf(bucket)) {
    const on = pieces[0]?.entry.occurredOn ?? '';
    const span = rolling === undefined ? EVER : rollingSpan(rolling, on);
    const known = new Set(kept.filter(({ entry }) => isInCycle(entry.occurredOn, span)).map(itemOf));
    for (const draft of pieces) {
      if (known.size < items) known.add(itemOf(draft));
      if (known.has(itemOf(draft))) kept.push(draft);
      else others.push({ draft, ...span });
    }
  }
  for (const { draft, ...span } of others) {
    const used = kept
      .filter(({ entry }) => isInCycle(entry.occurredOn, span))
      .reduce((sum, { counted }) => sum + counted, 0);
    const counted = fitting(draft, 0);
    draft.cuts.push({ ...named, limit: used, used, cut: draft.counted - counted, items });
    draft.counted = counted;
  }
}
