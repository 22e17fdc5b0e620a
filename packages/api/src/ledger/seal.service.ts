import { isDuplicateKey, type Database, type Tx } from '@cadre/db/core';
import type { CreditLedgerRepository } from '@cadre/db/credit';
import type { SealRepository } from '@cadre/db/ledger';
import type { SettingRepository } from '@cadre/db/setting';
import type { PersonActor } from '@cadre/domain/access';
import { addDays, AppError, toCivilDate, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import {
  canCountersign,
  canRotateLedgerKey,
  countersignatureMessage,
  GENESIS_HASH,
  inclusionPath,
  keyIdOf,
  merkleRoot,
  rootHashOf,
  rootMessage,
  type ChainProof,
  type CountersignInput,
  type LedgerKey,
  type LedgerRoot,
  type RootView,
  type SealedHead,
} from '@cadre/domain/ledger';
import { allow, createAuditTrail, type AuditTrailDeps } from '../core';
import { holds, type LedgerSigner } from './ledger-signer';

/** Written first by whoever makes a root or a key, so that of two at once one waits for the other. */
const TURN = 'ledger-seal';

export interface SealDeps extends AuditTrailDeps {
  database: Pick<Database, 'transaction'>;
  ledger: Pick<CreditLedgerRepository, 'listHeads' | 'clearUnsealed' | 'headsOf'>;
  seals: SealRepository;
  settings: Pick<SettingRepository, 'getOrSet' | 'set'>;
  signer: LedgerSigner;
}

export type SealService = ReturnType<typeof createSealService>;

/** Seals the ledger: a signed root over all chains each day, which others countersign and everybody can check. */
export function createSealService(deps: SealDeps) {
  const { database, ledger, seals, settings, signer, clock, newId } = deps;
  const trail = createAuditTrail(deps);

  /** What must be there before anybody can take turns. */
  const open = async (): Promise<void> => {
    await settings.getOrSet(TURN, { at: clock.now() });
    await signer.open();
  };
  // Never what stands there already: a write that changes nothing conflicts with nobody.
  const takeTurn = (tx: Tx) => settings.set(TURN, { at: clock.now(), turn: newId() }, tx);

  const viewsOf = async (roots: readonly LedgerRoot[]): Promise<RootView[]> => {
    const signatures = await seals.listCountersignatures(roots.map((root) => root.number));
    return roots.map(({ id, ...root }) => ({
      ...root,
      rootHash: rootHashOf({ id, ...root }),
      countersignatures: signatures.filter((signature) => signature.rootNumber === root.number),
    }));
  };

  const makeRoot = async (tx: Tx): Promise<{ root: LedgerRoot; moved: SealedHead[] } | null> => {
    await takeTurn(tx);
    const day = addDays(toCivilDate(clock.now()), -1);
    const [previous, heads] = [await seals.newestRoot(tx), await ledger.listHeads(tx)];
    if (heads.length === 0 || (previous !== null && previous.day >= day)) return null;
    const key = await signer.newestKey(tx);
    const content = {
      number: (previous?.number ?? 0) + 1,
      day,
      size: heads.length,
      root: merkleRoot(heads),
      previousRootHash: previous ? rootHashOf(previous) : GENESIS_HASH,
      keyId: key.keyId,
      signedAt: clock.now(),
    };
    const signature = await signer.sign(key.keyId, rootMessage(content));
    const root = { id: newId(), ...content, signature };
    const moved = heads
      .filter((head) => head.unsealed)
      .map(({ personId, seq, hash }) => ({ personId, seq, hash }));
    await seals.insertRoot(root, moved, newId, tx);
    return { root, moved };
  };

  // What the newest root covers, kept from one proof to the next: later roots only add to it.
  const covered = { root: 0, heads: new Map<Id, SealedHead>() };
  const coveredHeads = async (number: number): Promise<SealedHead[]> => {
    for (const part of await seals.listHeadsAfter(covered.root)) {
      if (part.rootNumber > number) break;
      for (const head of part.heads) covered.heads.set(head.personId, head);
    }
    covered.root = Math.max(covered.root, number);
    return [...covered.heads.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1));
  };

  return {
    /** Makes the root of the last full day unless it exists; null when there is nothing to do. */
    async seal(): Promise<LedgerRoot | null> {
      const newest = await seals.newestRoot();
      if (newest && newest.day >= addDays(toCivilDate(clock.now()), -1)) return null;
      await open();
      const made = await database.transaction(makeRoot);
      if (made) await ledger.clearUnsealed(made.moved);
      return made?.root ?? null;
    },

    async roots(page: PageRequest): Promise<Page<RootView>> {
      const found = await seals.listRoots(page);
      return { ...found, items: await viewsOf(found.items) };
    },

    async keys(): Promise<{ keys: LedgerKey[] }> {
      return { keys: await seals.listKeys() };
    },

    /** Proves one's own chain to be part of the newest root. */
    async myProof(actor: PersonActor): Promise<ChainProof> {
      const root = await seals.newestRoot();
      if (!root) return null;
      const heads = await coveredHeads(root.number);
      const index = heads.findIndex((head) => head.personId === actor.personId);
      const head = heads[index];
      if (!head) return null;
      const now = (await ledger.headsOf([actor.personId])).get(actor.personId)!;
      const [view] = await viewsOf([root]);
      return { root: view!, head, index, path: inclusionPath(heads, index), unsealed: now.seq - head.seq };
    },

    /** Takes an office's signature of a root, made with a key that never was here. */
    async countersign(actor: PersonActor, input: CountersignInput): Promise<RootView> {
      const root = await seals.findRoot(input.rootNumber);
      if (!root) throw new AppError('NOT_FOUND');
      allow(canCountersign(actor, input));
      const rootHash = rootHashOf(root);
      const { x, signature } = input;
      if (input.keyId !== keyIdOf(x) || !holds(x, countersignatureMessage({ ...input, rootHash }), signature))
        throw new AppError('COUNTERSIGNATURE_WRONG', { rootNumber: root.number });
      const value = { ...input, id: newId(), rootHash, recordedAt: clock.now(), by: actor.personId };
      try {
        await database.transaction(async (tx) => {
          await seals.insertCountersignature(value, tx);
          await trail.created(actor, 'ledger:countersigned', 'ledger-root', value, tx);
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const [view] = await viewsOf([root]);
      return view!;
    },

    /** A new key signs from the next root on; the old one announces it and keeps verifying what it has signed. */
    async rotateKey(actor: PersonActor): Promise<LedgerKey> {
      allow(canRotateLedgerKey(actor));
      await open();
      return database.transaction(async (tx) => {
        await takeTurn(tx);
        const newest = await seals.newestRoot(tx);
        const key = await signer.rotate((newest?.number ?? 0) + 1, tx);
        await trail.created(actor, 'ledger:key-rotated', 'ledger-key', key, tx);
        return key;
      });
    },
  };
}
