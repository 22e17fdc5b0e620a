import { isDuplicateKey, type Database, type Tx } from '@cadre/db/core';
import type { CreditLedgerRepository, RegulationRepository } from '@cadre/db/credit';
import type { PersonRepository } from '@cadre/db/identity';
import type { SealRepository } from '@cadre/db/ledger';
import type { BaseRepository } from '@cadre/db/network';
import type { SettingRepository } from '@cadre/db/setting';
import type { PersonActor } from '@cadre/domain/access';
import {
  addDays,
  AppError,
  civilDate,
  instantOf,
  toCivilDate,
  type Bilingual,
  type CivilDate,
  type Id,
  type PageRequest,
} from '@cadre/domain/core';
import {
  canCountersign,
  canReadLedger,
  canRotateLedgerKey,
  countersignatureMessage,
  GENESIS_HASH,
  hasHistory,
  headsWithAstray,
  historiesRoot,
  historyDigest,
  inclusionPath,
  keyIdOf,
  merkleRoot,
  ownBasesOf,
  rootHashOf,
  rootMessage,
  rootView,
  sealedCountersignaturesOf,
  sealedHead,
  sealedRegulationsOf,
  sealedRow,
  type ChainProof,
  type Countersignature,
  type CountersignInput,
  type LedgerKey,
  type LedgerRoot,
  type LedgerState,
  type Office,
  type OfficeKey,
  type OfficeRow,
  type RegisterOfficeKeyInput,
  type RootPage,
  type RootView,
  type SealedHead,
  type SealedPage,
  type SealedRow,
  type UnreadableRoot,
} from '@cadre/domain/ledger';
import { allow, createAuditTrail, type AuditTrailDeps } from '../core';
import type { z } from 'zod';
import { holds, type LedgerSigner } from './ledger-signer';

/** Written first by whoever makes a root or a key, so that of two at once one waits for the other. */
const TURN = 'ledger-seal';

export interface SealDeps extends AuditTrailDeps {
  bases: Pick<BaseRepository, 'listByIds'>;
  database: Pick<Database, 'transaction'>;
  ledger: Pick<CreditLedgerRepository, 'listHeads' | 'clearUnsealed' | 'headsOf'>;
  people: Pick<PersonRepository, 'listByIds' | 'listHistoryRecorded'>;
  regulations: Pick<RegulationRepository, 'list'>;
  seals: SealRepository;
  settings: Pick<SettingRepository, 'getOrSet' | 'set'>;
  signer: LedgerSigner;
}

/** People read at once. */
const BATCH = 1_000;
/** Of whoever's chains are astray, how many are named. */
const NAMED = 20;
/** Whose record is gone. */
const NOBODY = { affiliations: [], posts: [], grades: [] };

/** The alliance office has no row of its own. */
const ALLIANCE: Bilingual = { zh: '联盟办公室', en: 'Alliance office' };

/**
 * What a root is for those who read it. Its record, or that of a signature of it, may have been changed past the
 * product: that is evidence, not a defect, and hides none of the others.
 */
function asWritten<View>(root: LedgerRoot, shape: z.ZodType<View>, view: () => View): View | UnreadableRoot {
  try {
    return shape.parse(view());
  } catch {
    return { number: root.number, unreadable: true };
  }
}

export type SealService = ReturnType<typeof createSealService>;

/** Seals the ledger: a signed root over all chains, histories, regulations and countersignatures each day, which others countersign and everybody can check. */
export function createSealService(deps: SealDeps) {
  const { bases, database, ledger, people, regulations, seals, settings, signer, clock, newId } = deps;
  const trail = createAuditTrail(deps);

  /** What must be there before anybody can take turns. */
  const open = async (): Promise<void> => {
    await settings.getOrSet(TURN, { at: clock.now() });
    await signer.open();
  };
  // Never what stands there already: a write that changes nothing conflicts with nobody.
  const takeTurn = (tx: Tx) => settings.set(TURN, { at: clock.now(), turn: newId() }, tx);

  const viewOf = ({ id, ...root }: LedgerRoot, signatures: readonly Countersignature[]): RootView => ({
    ...root,
    rootHash: rootHashOf({ id, ...root }),
    countersignatures: signatures.filter((signature) => signature.rootNumber === root.number),
  });
  const countersigned = async (root: LedgerRoot): Promise<RootView> =>
    viewOf(root, await seals.listCountersignatures([root.number]));

  const makeRoot = async (tx: Tx): Promise<{ root: LedgerRoot; moved: SealedHead[] } | null> => {
    await takeTurn(tx);
    const day = addDays(toCivilDate(clock.now()), -1);
    const roots = await seals.listAllRoots(tx);
    const previous = roots.at(-1) ?? null;
    if (previous !== null && previous.day >= day) return null;
    const { heads } = await headsNow(previous?.number ?? 0, tx);
    if (heads.length === 0) return null;
    const histories = await historiesOf(heads, previous, addDays(day, -1));
    const signatures = await seals.listCountersignatures(
      roots.map((root) => root.number),
      tx,
    );
    const key = await signer.newestKey(tx);
    const content = {
      number: (previous?.number ?? 0) + 1,
      day,
      size: heads.length,
      root: merkleRoot(heads),
      histories: { day: histories.day, root: historiesRoot(histories.people) },
      regulations: sealedRegulationsOf(await regulations.list(tx)),
      countersigned: sealedCountersignaturesOf(signatures, roots),
      previousRootHash: previous ? rootHashOf(previous) : GENESIS_HASH,
      keyId: key.keyId,
      signedAt: clock.now(),
    };
    const signature = await signer.sign(key.keyId, rootMessage(content), tx);
    const root = { id: newId(), ...content, signature };
    const moved = heads
      .map(({ unsealed, ...head }, index) => ({ unsealed, ...head, ...histories.people[index]! }))
      .filter(({ unsealed, moved: isMoved }) => unsealed || isMoved)
      .map(({ unsealed: _unsealed, moved: _moved, ...head }) => head);
    await seals.insertRoot(root, moved, newId, tx);
    return { root, moved };
  };

  /**
   * The histories of everybody in the tree as recorded by the end of a day. That is the day before the last full one, so
   * that nothing which is being recorded just now can fall before it.
   */
  const historiesOf = async (heads: readonly SealedHead[], previous: LedgerRoot | null, day: CivilDate) => {
    const after = previous?.histories?.day;
    const recorded = new Set(after === undefined ? [] : await people.listHistoryRecorded(after, day));
    const known = (personId: Id): string | undefined => covered.heads.get(personId)?.history;
    const stale = heads
      .map(({ personId }) => personId)
      .filter((personId) => known(personId) === undefined || recorded.has(personId));
    const digests = new Map<Id, string>();
    for (let start = 0; start < stale.length; start += BATCH) {
      const batch = stale.slice(start, start + BATCH);
      const found = new Map((await people.listByIds(batch)).map((person) => [person.id, person]));
      for (const id of batch) {
        const own = found.get(id) ?? NOBODY;
        // A history that was damaged past the product stays as the roots have it.
        digests.set(
          id,
          hasHistory(own) ? historyDigest(own, day) : (known(id) ?? historyDigest(NOBODY, day)),
        );
      }
    }
    const own = heads.map(({ personId }) => {
      const history = digests.get(personId) ?? known(personId)!;
      return { personId, history, moved: history !== known(personId) };
    });
    return { day, people: own };
  };

  // What the newest root covers, kept from one proof to the next: later roots only add to it.
  const covered = { root: 0, entries: 0, heads: new Map<Id, SealedHead>(), totals: [] as [number, number][] };
  const cover = async (number: number): Promise<void> => {
    const parts = await seals.listHeadsAfter(covered.root);
    // Somebody else may have gone on while the parts were read.
    const from = covered.root;
    for (const part of parts) {
      if (part.rootNumber <= from) continue;
      if (part.rootNumber > number) break;
      for (const head of part.heads) {
        covered.entries += head.seq - (covered.heads.get(head.personId)?.seq ?? 0);
        covered.heads.set(head.personId, head);
      }
      covered.totals.push([part.rootNumber, covered.entries]);
    }
    covered.root = Math.max(covered.root, number);
  };
  /** The ends of everybody's chains beside the newest root; what it covers counts where it can be read. */
  const headsNow = async (number: number, tx?: Tx) => {
    await cover(number);
    const sealed = new Map([...covered.heads].filter(([, head]) => sealedHead.safeParse(head).success));
    return { ...headsWithAstray(await ledger.listHeads(tx), sealed), sealed: [...sealed.values()] };
  };
  const coveredHeads = async (number: number): Promise<SealedHead[]> => {
    await cover(number);
    return [...covered.heads.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1));
  };
  const entriesAt = (number: number): number => covered.totals.findLast(([root]) => root <= number)?.[1] ?? 0;

  const sameOffice = (a: Pick<Office, 'role' | 'baseId'>, b: Pick<Office, 'role' | 'baseId'>): boolean =>
    a.role === b.role && a.baseId === b.baseId;
  /** The key in use of each office that has one, in the order in which offices first registered. */
  const keysInUse = (keys: readonly OfficeKey[]): OfficeKey[] => [
    ...new Map(keys.map((key) => [`${key.role} ${key.baseId ?? ''}`, key])).values(),
  ];
  const officeNames = async (offices: readonly Pick<Office, 'role' | 'baseId'>[]) => {
    const found = await bases.listByIds(offices.flatMap(({ baseId }) => baseId ?? []));
    const known = new Map(found.map((base) => [base.id, base]));
    return ({ role, baseId }: Pick<Office, 'role' | 'baseId'>): Office & Pick<OfficeRow, 'code'> => {
      const base = baseId === null ? undefined : known.get(baseId);
      const name = baseId === null ? ALLIANCE : (base?.name ?? { zh: baseId, en: baseId });
      return { role, baseId, name, code: base?.code ?? null };
    };
  };
  const personNames = async (ids: readonly Id[]) => {
    const names = new Map((await people.listByIds([...new Set(ids)])).map(({ id, name }) => [id, name]));
    return (id: Id): string => names.get(id) ?? '';
  };

  /** People by number and name; whose record is gone by what is left. */
  const named = async (ids: readonly Id[]): Promise<LedgerState['astray']['people']> => {
    const known = new Map((await people.listByIds(ids)).map((person) => [person.id, person]));
    return ids.map((personId) => ({
      personId,
      personNo: known.get(personId)?.personNo ?? personId,
      name: known.get(personId)?.name ?? '',
    }));
  };

  return {
    /** At the start of a server: no private key is kept that signs nothing any more. */
    forgetRetiredKeys: (): Promise<void> => signer.forgetRetired(),

    /** Makes the root of the last full day unless it exists; null when there is nothing to do. */
    async seal(): Promise<LedgerRoot | null> {
      const newest = await seals.newestRoot();
      if (newest && newest.day >= addDays(toCivilDate(clock.now()), -1)) return null;
      await open();
      const made = await database.transaction(makeRoot);
      if (made) await ledger.clearUnsealed(made.moved);
      return made?.root ?? null;
    },

    async roots(page: PageRequest): Promise<RootPage> {
      const found = await seals.listRoots(page);
      const signatures = await seals.listCountersignatures(found.items.map((root) => root.number));
      return {
        ...found,
        items: found.items.map((root) => asWritten(root, rootView, () => viewOf(root, signatures))),
      };
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
      return {
        root: await countersigned(root),
        head,
        index,
        path: inclusionPath(heads, index),
        unsealed: now.seq - head.seq,
      };
    },

    /** Where the ledger stands: what it holds, what no root covers yet, and when the next root is due. */
    async state(actor: PersonActor): Promise<LedgerState> {
      allow(canReadLedger(actor));
      const [newest, keys] = [await seals.newestRoot(), await seals.listKeys()];
      const { heads, astray, sealed } = await headsNow(newest?.number ?? 0);
      // A root that was made meanwhile has taken the marks of what is new off.
      if ((await seals.newestRoot())?.number !== newest?.number) return this.state(actor);
      const sum = (of: readonly SealedHead[], amount: (head: SealedHead) => number): number =>
        of.reduce((total, head) => total + amount(head), 0);
      const [entries, settlements] = [
        (of: readonly SealedHead[]) => sum(of, ({ seq }) => seq),
        (of: readonly SealedHead[]) => sum(of, ({ settled }) => settled.seq),
      ];
      // A day that cannot be read says nothing of the next; whatever is due is due at once.
      const day = civilDate.safeParse(newest?.day).data;
      const due = day === undefined ? null : instantOf(addDays(day, 2));
      return {
        people: heads.length,
        entries: entries(heads),
        unsealedEntries: entries(heads) - entries(sealed),
        unsealedSettlements: settlements(heads) - settlements(sealed),
        nextAt: entries(heads) === 0 ? null : (due ?? clock.now()),
        newestRoot: newest?.number ?? null,
        keyNumber: keys.at(-1)?.number ?? null,
        astray: { count: astray.length, people: await named(astray.slice(0, NAMED)) },
      };
    },

    /** The roots, newest first, with what each covers, who has countersigned it, and who has not. */
    async sealed(actor: PersonActor, page: PageRequest): Promise<SealedPage> {
      allow(canReadLedger(actor));
      const found = await seals.listRoots(page);
      const [signatures, officeKeys, keys] = await Promise.all([
        seals.listCountersignatures(found.items.map((root) => root.number)),
        seals.listOfficeKeys(),
        seals.listKeys(),
        cover(found.items[0]?.number ?? 0),
      ]);
      const inUse = keysInUse(officeKeys);
      const [nameOffice, nameOf] = await Promise.all([
        officeNames([...signatures, ...inUse]),
        personNames(signatures.map(({ by }) => by)),
      ]);
      const rowOf = ({ id, ...root }: LedgerRoot): SealedRow => {
        const own = signatures.filter((signature) => signature.rootNumber === root.number);
        return {
          ...root,
          rootHash: rootHashOf({ id, ...root }),
          entries: entriesAt(root.number),
          keyNumber: keys.find((key) => key.keyId === root.keyId)?.number ?? 0,
          signatures: own.map((signature) => ({
            ...nameOffice(signature),
            keyId: signature.keyId,
            signedAt: signature.signedAt,
            recordedAt: signature.recordedAt,
            by: nameOf(signature.by),
          })),
          missing: inUse.filter((key) => !own.some((one) => sameOffice(one, key))).map(nameOffice),
        };
      };
      return {
        ...found,
        items: found.items.map((root) => asWritten(root, sealedRow, () => rowOf(root))),
      };
    },

    /** The offices that countersign, each with the key in use; the reader's own also while they have none. */
    async offices(actor: PersonActor): Promise<OfficeRow[]> {
      allow(canReadLedger(actor));
      const keys = await seals.listOfficeKeys();
      const inUse = keysInUse(keys);
      const alliance = { role: 'alliance', baseId: null } as const;
      const own: Pick<Office, 'role' | 'baseId'>[] = [
        ...(canCountersign(actor, alliance) ? [alliance] : []),
        ...ownBasesOf(actor).map((baseId) => ({ role: 'base' as const, baseId })),
      ];
      const all = [...own, ...inUse.filter((key) => !own.some((one) => sameOffice(one, key)))];
      const [nameOffice, nameOf] = await Promise.all([
        officeNames(all),
        personNames(inUse.map(({ by }) => by)),
      ]);
      return all.map((one) => {
        const key = inUse.find((candidate) => sameOffice(candidate, one));
        return {
          ...nameOffice(one),
          own: canCountersign(actor, one),
          key: key
            ? {
                number: keys.filter((candidate) => sameOffice(candidate, one)).length,
                keyId: key.keyId,
                x: key.x,
                registeredAt: key.registeredAt,
                registeredBy: nameOf(key.by),
              }
            : null,
        };
      });
    },

    /** Takes the public key an office countersigns with from now on; its private half never comes here. */
    async registerOfficeKey(actor: PersonActor, input: RegisterOfficeKeyInput): Promise<OfficeRow[]> {
      allow(canCountersign(actor, input));
      const key = {
        ...input,
        id: newId(),
        keyId: keyIdOf(input.x),
        registeredAt: clock.now(),
        by: actor.personId,
      };
      try {
        await database.transaction(async (tx) => {
          await seals.insertOfficeKey(key, tx);
          await trail.created(actor, 'ledger:office-key-registered', 'ledger-office-key', key, tx);
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new AppError('OFFICE_KEY_USED');
      }
      return this.offices(actor);
    },

    /** Takes an office's signature of a root, made with the key it has registered and that never was here. */
    async countersign(actor: PersonActor, input: CountersignInput): Promise<RootView> {
      const root = await seals.findRoot(input.rootNumber);
      if (!root) throw new AppError('NOT_FOUND');
      allow(canCountersign(actor, input));
      const rootHash = rootHashOf(root);
      const inUse = keysInUse(await seals.listOfficeKeys()).find((key) => sameOffice(key, input));
      if (!inUse) throw new AppError('OFFICE_KEY_MISSING');
      const { keyId, x } = inUse;
      const isRight = holds(x, countersignatureMessage({ ...input, rootHash }), input.signature);
      if (input.keyId !== keyId || !isRight)
        throw new AppError('COUNTERSIGNATURE_WRONG', { rootNumber: root.number });
      const value = { ...input, x, id: newId(), rootHash, recordedAt: clock.now(), by: actor.personId };
      try {
        await database.transaction(async (tx) => {
          await seals.insertCountersignature(value, tx);
          await trail.created(actor, 'ledger:countersigned', 'ledger-root', value, tx);
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return countersigned(root);
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
