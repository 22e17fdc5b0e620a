import { z } from 'zod';
import { id, toCivilDate, type CivilDate, type Id } from '../core';
import { factSource, regulationRef } from './ledger-entry';

/**
 * How one source was settled for one person (结算): the facts as they were read, the entries made of them, and why
 * nothing was made of the rest. Unique by (person, source, regulation, revision), so that a source counts once.
 * A person's settlements are a chain like their entries, so that one that only refuses is proven as well.
 */
export const settlementRecord = z.object({
  id,
  personId: id,
  /** Position among the person's settlements, from 1 without a gap. */
  seq: z.number().int().min(1),
  source: factSource,
  regulation: regulationRef,
  revision: z.number().int().min(1),
  title: z.string(),
  /** The activities as the regulation read them. */
  activities: z.array(z.record(z.string(), z.unknown())),
  factsDigest: z.string(),
  entryIds: z.array(id),
  /** The number its entries carry when they move a closed cycle (更正). */
  correction: z.number().int().min(1).nullable(),
  refusals: z.array(z.record(z.string(), z.unknown())),
  explanations: z.array(z.record(z.string(), z.unknown())),
  recordedAt: z.date(),
  previousHash: z.string(),
  hash: z.string(),
});
export type SettlementRecord = z.infer<typeof settlementRecord>;

/** A regulation as an installation keeps it: the author's text, the units it governs, and its state. */
export const regulationRecord = z.object({
  id,
  code: z.string(),
  version: z.number().int().min(1),
  /** The unit subtree it governs. */
  unitId: id,
  state: z.enum(['draft', 'approved']),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().nullable(),
  text: z.string(),
  recordedAt: z.date(),
});
export type RegulationRecord = z.infer<typeof regulationRecord>;

/**
 * The regulations that govern a unit (its path given) on a day: of each, the newest version then in force. With
 * `recordedBy` only those that had been taken in by the end of that day.
 */
export function governingOn<
  Head extends Pick<
    RegulationRecord,
    'code' | 'version' | 'unitId' | 'effectiveFrom' | 'effectiveTo' | 'recordedAt'
  >,
>(heads: readonly Head[], unitPath: readonly Id[], on: CivilDate, recordedBy?: CivilDate): Head[] {
  const newest = new Map<string, Head>();
  for (const head of heads) {
    const inForce = head.effectiveFrom <= on && (head.effectiveTo === null || on <= head.effectiveTo);
    const taken = recordedBy === undefined || toCivilDate(head.recordedAt) <= recordedBy;
    if (!inForce || !taken || !unitPath.includes(head.unitId)) continue;
    const known = newest.get(head.code);
    if (!known || known.version < head.version) newest.set(head.code, head);
  }
  return [...newest.values()];
}
