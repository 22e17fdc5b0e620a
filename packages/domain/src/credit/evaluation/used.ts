import { Exact } from '../value/exact';
import { ceilUnits, type Units } from '../value/measure';
import type { CreditEntry } from '../settlement/settle';

/** What of which entry counts for an earlier cycle instead of its own, by the id of the cycles. */
export type Used = ReadonlyMap<string, ReadonlyMap<CreditEntry, Exact>>;

interface Use {
  readonly cycle: { readonly id: string };
  readonly entry: CreditEntry;
  readonly amount: Exact;
}

export function usedByCycle(uses: readonly Use[]): Used {
  const cycles = new Map<string, Map<CreditEntry, Exact>>();
  for (const { cycle, entry, amount } of uses) {
    const amounts = cycles.get(cycle.id) ?? new Map<CreditEntry, Exact>();
    cycles.set(cycle.id, amounts.set(entry, amount.add(amounts.get(entry) ?? Exact.ZERO)));
  }
  return cycles;
}

/** The most that any cycle has used of an entry: that has counted, and no limit takes it again. */
export function keptOf(entry: CreditEntry, used: Used): Units {
  let kept = 0;
  for (const amounts of used.values()) kept = Math.max(kept, ceilUnits(amounts.get(entry) ?? Exact.ZERO));
  return kept;
}
