import { z } from 'zod';
import { bilingual, id, pageOf } from '../core';
import { chainEnd } from './ledger-entry';
import { countersignature, ledgerKey, ledgerRoot, officeKey } from './seal';

const sealSignature = countersignature.omit({ id: true, by: true });

/** A root with its document hash and who has countersigned it. */
export const rootView = ledgerRoot
  .omit({ id: true })
  .extend({ rootHash: z.string(), countersignatures: z.array(sealSignature) });
export type RootView = z.infer<typeof rootView>;

/** A root whose record was changed past the product: what is left of it is not what a root can be. */
export const unreadableRoot = z.object({ number: z.number(), unreadable: z.literal(true) });
export type UnreadableRoot = z.infer<typeof unreadableRoot>;

export const rootPage = pageOf(z.union([rootView, unreadableRoot]));
export type RootPage = z.infer<typeof rootPage>;

export const keyView = ledgerKey.omit({ id: true });
export const ledgerKeys = z.object({ keys: z.array(keyView) });

/** What an office hands in after signing a root with its registered key. */
export const countersignInput = countersignature.omit({
  id: true,
  rootHash: true,
  x: true,
  recordedAt: true,
  by: true,
});
export type CountersignInput = z.infer<typeof countersignInput>;

/** An office as it countersigns: the alliance, or one base. */
const office = z.object({ role: officeKey.shape.role, baseId: id.nullable(), name: bilingual });
export type Office = z.infer<typeof office>;

export const registerOfficeKeyInput = officeKey.pick({ role: true, baseId: true, x: true });
export type RegisterOfficeKeyInput = z.infer<typeof registerOfficeKeyInput>;

/** An office with the key it signs with now; the reader's own offices also before they have one. */
export const officeRow = office.extend({
  /** The reader signs for it. */
  own: z.boolean(),
  /** Of the base; null of the alliance office, and of a base that is no more. */
  code: z.string().nullable(),
  key: z
    .object({
      /** The keys an office has registered count from 1. */
      number: z.number().int(),
      keyId: z.string(),
      x: z.string(),
      registeredAt: z.date(),
      registeredBy: z.string(),
    })
    .nullable(),
});
export type OfficeRow = z.infer<typeof officeRow>;

/** A root for those who look after it: what it covers, who has countersigned, and which registered offices have not. */
export const sealedRow = rootView.omit({ countersignatures: true }).extend({
  /** Entries of all chains up to where it covers them. */
  entries: z.number().int(),
  keyNumber: z.number().int(),
  signatures: z.array(
    office.extend({ keyId: z.string(), signedAt: z.date(), recordedAt: z.date(), by: z.string() }),
  ),
  missing: z.array(office),
});
export type SealedRow = z.infer<typeof sealedRow>;
export const sealedPage = pageOf(z.union([sealedRow, unreadableRoot]));
export type SealedPage = z.infer<typeof sealedPage>;

/** Where the ledger stands today. */
export const ledgerState = z.object({
  people: z.number().int(),
  entries: z.number().int(),
  unsealedEntries: z.number().int(),
  /** Settlements that no root covers yet; whatever was refused has no entry. */
  unsealedSettlements: z.number().int(),
  /** When the next root is due; null before the first entry. */
  nextAt: z.date().nullable(),
  newestRoot: z.number().int().nullable(),
  keyNumber: z.number().int().nullable(),
  /** Whose chains end otherwise than the newest root says, or cannot be read: how many, and the first of them by name. */
  astray: z.object({
    count: z.number().int(),
    people: z.array(z.object({ personId: id, personNo: z.string(), name: z.string() })),
  }),
});
export type LedgerState = z.infer<typeof ledgerState>;

/** Proof that a person's chains up to their ends belong to the newest signed root; null before the first root covers them. */
export const chainProof = z
  .object({
    root: rootView,
    head: chainEnd.extend({ personId: z.string(), settled: chainEnd }),
    index: z.number().int(),
    path: z.array(z.string()),
    /** How many entries of the chain are newer than the root. */
    unsealed: z.number().int(),
  })
  .nullable();
export type ChainProof = z.infer<typeof chainProof>;
