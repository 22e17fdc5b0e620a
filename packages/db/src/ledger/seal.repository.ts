import {
  GENESIS_HASH,
  countersignature,
  ledgerKey,
  ledgerRoot,
  officeKey,
  sealedHeads,
  type Countersignature,
  type LedgerKey,
  type LedgerRoot,
  type OfficeKey,
  type SealedHead,
  type SealedHeads,
} from '@cadre/domain/ledger';
import type { Id, Page, PageRequest } from '@cadre/domain/core';
import {
  bulkOf,
  fromStored,
  isDuplicateKey,
  readPage,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const rootSchema = schemaFromZod(ledgerRoot);
rootSchema.index({ number: 1 }, { unique: true });
rootSchema.index({ day: 1 }, { unique: true });

const keySchema = schemaFromZod(ledgerKey);
keySchema.index({ number: 1 }, { unique: true });

const countersignatureSchema = schemaFromZod(countersignature);
countersignatureSchema.index({ rootNumber: 1, role: 1, baseId: 1, keyId: 1 }, { unique: true });

const officeKeySchema = schemaFromZod(officeKey);
officeKeySchema.index({ keyId: 1, role: 1, baseId: 1 }, { unique: true });

const headsSchema = schemaFromZod(sealedHeads);
headsSchema.index({ rootNumber: 1 });

/** People per document: far below what one document may hold. */
const HEADS_PER_DOCUMENT = 2_000;

/** A part that was damaged around the product still lets everything be exported, and is found there. */
function legible(part: SealedHeads): SealedHeads {
  const rows: readonly (Partial<SealedHead> | null)[] = Array.isArray(part.heads) ? part.heads : [];
  const isWhole = rows.every((row) => typeof row?.personId === 'string' && typeof row.settled === 'object');
  if (rows === part.heads && isWhole) return part;
  const none = { seq: 0, hash: GENESIS_HASH };
  return {
    ...part,
    heads: rows
      .filter((row) => typeof row?.personId === 'string')
      .map((row) => ({ ...row, settled: row?.settled ?? none }) as SealedHead),
  };
}

export type SealRepository = ReturnType<typeof createSealRepository>;

/** Signed roots, the heads they cover, the keys that sign them, who countersigns and has done so: all append-only. */
export function createSealRepository(database: Database) {
  const roots = database.appendOnlyModel<Stored<LedgerRoot>>('ledgerRoots', rootSchema);
  const keys = database.appendOnlyModel<Stored<LedgerKey>>('ledgerKeys', keySchema);
  const signatures = database.appendOnlyModel<Stored<Countersignature>>(
    'ledgerCountersignatures',
    countersignatureSchema,
  );
  const officeKeys = database.appendOnlyModel<Stored<OfficeKey>>('ledgerOfficeKeys', officeKeySchema);
  const heads = database.appendOnlyModel<Stored<SealedHeads>>('ledgerSealedHeads', headsSchema);

  return {
    /** Writes a root with the heads that it covers and the root before it did not. */
    async insertRoot(root: LedgerRoot, moved: readonly SealedHead[], newId: () => Id, tx: Tx): Promise<void> {
      await roots.create([toStored(root)], sessionOf(tx));
      const documents: Stored<SealedHeads>[] = [];
      for (let start = 0; start < moved.length; start += HEADS_PER_DOCUMENT) {
        const part = moved.slice(start, start + HEADS_PER_DOCUMENT);
        documents.push(toStored({ id: newId(), rootNumber: root.number, heads: [...part] }));
      }
      if (documents.length > 0) await heads.insertMany(documents, bulkOf(tx));
    },
    async newestRoot(tx?: Tx): Promise<LedgerRoot | null> {
      const found = await roots
        .findOne({ number: { $gte: 1 } }, null, sessionOf(tx))
        .sort({ number: -1 })
        .lean<Stored<LedgerRoot>>();
      return found && fromStored<LedgerRoot>(found);
    },
    async findRoot(number: number): Promise<LedgerRoot | null> {
      const found = await roots.findOne({ number }).lean<Stored<LedgerRoot>>();
      return found && fromStored<LedgerRoot>(found);
    },
    async listRoots(page: PageRequest): Promise<Page<LedgerRoot>> {
      return readPage<LedgerRoot>(roots, { number: { $gte: 1 } }, { number: -1 }, page);
    },
    async listAllRoots(tx?: Tx): Promise<LedgerRoot[]> {
      const found = await roots
        .find({ number: { $gte: 1 } }, null, sessionOf(tx))
        .sort({ number: 1 })
        .lean<Stored<LedgerRoot>[]>();
      return found.map(fromStored<LedgerRoot>);
    },
    /** Per root after `number`, oldest first, which chains it covers how far beyond the one before. */
    async listHeadsAfter(number: number): Promise<SealedHeads[]> {
      const found = await heads
        .find({ rootNumber: { $gt: number } })
        .sort({ rootNumber: 1, _id: 1 })
        .lean<Stored<SealedHeads>[]>();
      return found.map((part) => legible(fromStored<SealedHeads>(part)));
    },
    async tryInsertKey(key: LedgerKey, tx?: Tx): Promise<boolean> {
      try {
        await keys.create([toStored(key)], sessionOf(tx));
        return true;
      } catch (error) {
        if (tx === undefined && isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async listKeys(tx?: Tx): Promise<LedgerKey[]> {
      const found = await keys
        .find({ number: { $gte: 1 } }, null, sessionOf(tx))
        .sort({ number: 1 })
        .lean<Stored<LedgerKey>[]>();
      return found.map(fromStored<LedgerKey>);
    },
    /** A duplicate-key error when the office has registered this key before. */
    async insertOfficeKey(key: OfficeKey, tx: Tx): Promise<void> {
      await officeKeys.create([toStored(key)], sessionOf(tx));
    },
    /** The keys of all offices, oldest first: a few for each. */
    async listOfficeKeys(): Promise<OfficeKey[]> {
      const found = await officeKeys
        .find({ _id: { $gt: '' } })
        .sort({ _id: 1 })
        .lean<Stored<OfficeKey>[]>();
      return found.map(fromStored<OfficeKey>);
    },
    /** A duplicate-key error when this key of this office has signed the root before. */
    async insertCountersignature(value: Countersignature, tx: Tx): Promise<void> {
      await signatures.create([toStored(value)], sessionOf(tx));
    },
    async listCountersignatures(rootNumbers: readonly number[], tx?: Tx): Promise<Countersignature[]> {
      const found = await signatures
        .find({ rootNumber: { $in: rootNumbers } }, null, sessionOf(tx))
        .sort({ rootNumber: 1, _id: 1 })
        .lean<Stored<Countersignature>[]>();
      return found.map(fromStored<Countersignature>);
    },
  };
}
