import { compareText } from '../value/compare';
import { Exact } from '../value/exact';
import type { CivilDate } from '../../core';
import { toUnits } from '../value/measure';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import type { CreditEntry } from '../settlement/settle';

/** An entry as the ledger shows it: when it was recorded, and for a reversal the id of what it takes back. */
export type LedgerView = CreditEntry & {
  readonly id?: string;
  readonly recordedOn: CivilDate;
  readonly reverses?: string;
};

/**
 * The entries that stood at the end of a day, starting balances included, in the order in which limits look at them:
 * date, then source, then line. An entry and its reversal vanish together.
 */
export function standingEntries(
  entries: readonly LedgerView[],
  regulation: Regulation,
  person: CreditPerson,
  asOf: CivilDate,
): CreditEntry[] {
  const recorded = entries.filter(
    (entry) => entry.recordedOn <= asOf && entry.regulation.id === regulation.id,
  );
  const reversed = new Set<string>();
  for (const { reverses } of recorded) if (reverses !== undefined) reversed.add(reverses);
  const standing =
    reversed.size === 0
      ? recorded
      : recorded.filter(
          ({ id, reverses }) => reverses === undefined && (id === undefined || !reversed.has(id)),
        );
  return [...standing, ...openingEntries(regulation, person)].sort(inOrder);
}

function inOrder(a: CreditEntry, b: CreditEntry): number {
  return (
    compareText(a.occurredOn, b.occurredOn) ||
    compareText(a.source.id, b.source.id) ||
    compareText(a.source.kind, b.source.kind) ||
    compareText(a.line, b.line)
  );
}

function openingEntries(regulation: Regulation, person: CreditPerson): LedgerView[] {
  return (person.openings ?? [])
    .filter((opening) => opening.measure in regulation.measures)
    .map((opening) => ({
      source: { kind: 'opening', id: opening.id },
      line: opening.id,
      regulation: { id: regulation.id, version: regulation.version },
      rule: '',
      clause: '',
      kind: '',
      part: opening.part ?? '',
      measure: opening.measure,
      amount: toUnits(Exact.of(opening.amount)),
      occurredOn: opening.on,
      recordedOn: opening.recordedOn ?? opening.on,
      about: {},
    }));
}
