import { z } from 'zod';
import { pageOf } from '../core';
import { countersignature, ledgerKey, ledgerRoot } from './seal';

const sealSignature = countersignature.omit({ id: true, by: true });

/** A root with its document hash and who has countersigned it. */
export const rootView = ledgerRoot
  .omit({ id: true })
  .extend({ rootHash: z.string(), countersignatures: z.array(sealSignature) });
export type RootView = z.infer<typeof rootView>;
export const rootPage = pageOf(rootView);

export const keyView = ledgerKey.omit({ id: true });
export const ledgerKeys = z.object({ keys: z.array(keyView) });

/** What an office hands in after signing a root with its own key. */
export const countersignInput = countersignature.omit({
  id: true,
  rootHash: true,
  recordedAt: true,
  by: true,
});
export type CountersignInput = z.infer<typeof countersignInput>;

/** Proof that a person's chain up to `seq` belongs to the newest signed root; null before the first root covers it. */
export const chainProof = z
  .object({
    root: rootView,
    head: z.object({ personId: z.string(), seq: z.number().int(), hash: z.string() }),
    index: z.number().int(),
    path: z.array(z.string()),
    /** How many entries of the chain are newer than the root. */
    unsealed: z.number().int(),
  })
  .nullable();
export type ChainProof = z.infer<typeof chainProof>;
