import { z } from 'zod';
import { amount, civilDate, id } from '../core';

/** Where a credited fact comes from: a session, a lesson, an exam, a claim, an opening balance. */
export const factSource = z.object({ kind: z.string().min(1), id: z.string().min(1) });
export type FactSource = z.infer<typeof factSource>;

export const regulationRef = z.object({ id: z.string(), version: z.number().int().min(1) });
export type RegulationRef = z.infer<typeof regulationRef>;

/**
 * One line of a person's credit ledger (学时/学分流水): append-only, one chain per person. Corrections are reversing
 * entries. The same source is credited at most once per (regulation, part, measure, line, revision, entry taken back).
 */
export const ledgerEntry = z.object({
  id,
  personId: id,
  /** Position in the person's chain, from 1 without a gap. */
  seq: z.number().int().min(1),
  source: factSource,
  /** SHA-256 of the canonical JSON of the activity that was settled. */
  factsDigest: z.string(),
  regulation: regulationRef,
  rule: z.string(),
  clause: z.string(),
  kind: z.string(),
  part: z.string(),
  measure: z.string(),
  /** Tells several entries of one source apart (a date, an item). */
  line: z.string(),
  /** Ten-thousandths of the measure; negative for deductions and reversals. */
  amount,
  occurredOn: civilDate,
  about: z.record(z.string(), z.string()),
  /** How often the source has been settled anew; the first time is 1. */
  revision: z.number().int().min(1),
  /** The entry this one takes back. */
  reverses: id.nullable(),
  /**
   * The person's how-manieth correction of a closed cycle this entry belongs to, from 1 without a gap; null for an
   * entry whose cycles were all open when it was recorded.
   */
  correction: z.number().int().min(1).nullable(),
  recordedAt: z.date(),
  /** Who caused it: a person, or null for settlement by the system. */
  by: id.nullable(),
  previousHash: z.string(),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** Where a chain ends: its length, and the hash of its last link. */
export const chainEnd = z.object({ seq: z.number().int().min(0), hash: z.string() });
export type ChainEnd = z.infer<typeof chainEnd>;

/** Where a person's two chains end: that of the entries, and that of the settlements they come from. */
export const chainHead = chainEnd.extend({
  /** How many corrections of closed cycles the entries hold. */
  corrections: z.number().int().min(0),
  settled: chainEnd,
});
export type ChainHead = z.infer<typeof chainHead>;

/** The first link of every chain. */
export const GENESIS_HASH = '0'.repeat(64);

export const emptyChain = (): ChainHead => ({
  seq: 0,
  hash: GENESIS_HASH,
  corrections: 0,
  settled: { seq: 0, hash: GENESIS_HASH },
});

/** An entry's number as the ledger prints it: `000031`. */
export const entryNumber = (seq: number): string => String(seq).padStart(6, '0');
