import type { CivilDate, Id } from '@cadre/domain/core';
import { id } from '@cadre/domain/core';
import {
  chainEnd,
  chainHead,
  emptyChain,
  ledgerEntry,
  settlementRecord,
  type ChainEnd,
  type ChainHead,
  type LedgerEntry,
  type RecordedHead,
  type SealedHead,
  type SettlementRecord,
} from '@cadre/domain/ledger';
import { z } from 'zod';
import {
  bulkOf,
  fromStored,
  readBulk,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const entrySchema = schemaFromZod(ledgerEntry);
entrySchema.index({ personId: 1, seq: 1 }, { unique: true });
entrySchema.index({ occurredOn: 1 });
// What must not happen twice. `line` tells the entries of one source apart, which may earn by several activities, rules or
// days; `reverses` tells what a revision takes back from what it enters, on the same line.
entrySchema.index(
  {
    personId: 1,
    'source.kind': 1,
    'source.id': 1,
    'regulation.id': 1,
    part: 1,
    measure: 1,
    line: 1,
    revision: 1,
    reverses: 1,
  },
  { unique: true, name: 'once_per_source' },
);

const settlementSchema = schemaFromZod(settlementRecord);
settlementSchema.index({ personId: 1, seq: 1 }, { unique: true });
settlementSchema.index(
  { personId: 1, 'source.kind': 1, 'source.id': 1, 'regulation.id': 1, revision: 1 },
  { unique: true, name: 'once_per_revision' },
);
settlementSchema.index({ 'source.kind': 1, 'source.id': 1 });
settlementSchema.index({ 'source.kind': 1, recordedAt: 1 });

/** The ends of a person's chains. `statement` caches what the entries amount to; it goes with every new settlement. */
const chain = chainHead.extend({
  id,
  statement: z.record(z.string(), z.unknown()).nullable(),
  /** The assessment feed has not looked at the newest entries, or since it was last asked to, yet. */
  feedPending: z.boolean(),
  /** How often the feed was asked to look again though no entry is new; absent = never. */
  asks: z.number().int().optional(),
  /** No signed root covers the newest settlement yet. */
  unsealed: z.boolean(),
});
export type CreditChain = z.infer<typeof chain>;

/** A person the feed has to look at, with what it was seen to have. */
export interface FeedPending {
  personId: Id;
  seq: number;
  asks: number;
}

const chainSchema = schemaFromZod(chain);
chainSchema.index({ feedPending: 1 }, { partialFilterExpression: { feedPending: true } });

/** One person's after another's, each as they were written. */
const BY_PERSON = { personId: 1, seq: 1 } as const;

/** A settled source as it was recorded. */
export type SettledFacts = Pick<SettlementRecord, 'personId' | 'source' | 'title' | 'activities'>;
const FACTS = {
  _id: 0,
  personId: 1,
  source: 1,
  title: 1,
  activities: 1,
  revision: 1,
  recordedAt: 1,
} as const;

type RecordedFacts = SettledFacts & Pick<SettlementRecord, 'revision' | 'recordedAt'>;

/** Of each source what was recorded last. Several regulations may have settled it, each at its own time; one of them twice at the same. */
function newestOf(records: readonly RecordedFacts[]): SettledFacts[] {
  const newest = new Map<string, RecordedFacts>();
  for (const record of records) {
    const key = `${record.source.kind} ${record.source.id}`;
    const known = newest.get(key);
    const later = known && record.recordedAt.getTime() - known.recordedAt.getTime();
    if (!known || later! > 0 || (later === 0 && record.revision > known.revision)) newest.set(key, record);
  }
  return [...newest.values()].map(({ personId, source, title, activities }) => ({
    personId,
    source,
    title,
    activities,
  }));
}

/** Who was settled for a source, and when. */
type LateSettlement = Pick<SettlementRecord, 'personId' | 'source' | 'recordedAt'>;
const LATE = { personId: 1, source: 1, recordedAt: 1 } as const;

const sealedEnds = chainEnd.extend({ settled: chainEnd });
const HEAD = { seq: 1, hash: 1, corrections: 1, settled: 1 } as const;
/** Chains that hold a settlement, be it one that only refuses. */
const SETTLED = { 'settled.seq': { $gt: 0 } } as const;

/** Somebody else wrote to the same chain first; the transaction must be run again. */
export class ChainMovedError extends Error {}

export type CreditLedgerRepository = ReturnType<typeof createCreditLedgerRepository>;

export function createCreditLedgerRepository(database: Database) {
  const entries = database.appendOnlyModel<Stored<LedgerEntry>>('creditEntries', entrySchema);
  const settlements = database.appendOnlyModel<Stored<SettlementRecord>>(
    'creditSettlements',
    settlementSchema,
  );
  const chains = database.model<Stored<CreditChain>>('creditChains', chainSchema);

  return {
    /** The heads of several people's chains; a person without settlements begins at 0. */
    async headsOf(personIds: readonly Id[], tx?: Tx): Promise<Map<Id, ChainHead>> {
      const found = await chains
        .find({ _id: { $in: personIds } }, HEAD, sessionOf(tx))
        .lean<(Omit<Stored<CreditChain>, 'settled'> & { settled?: ChainEnd | null })[]>();
      const heads = new Map<Id, ChainHead>(personIds.map((personId) => [personId, emptyChain()]));
      // A head that was damaged around the product still lets everything be exported, and is found there.
      for (const { _id, seq, hash, corrections, settled } of found)
        heads.set(_id, { seq, hash, corrections, settled: settled ?? emptyChain().settled });
      return heads;
    },
    /**
     * Appends settlements with their entries and moves the chains from the heads that were read. Throws
     * ChainMovedError when one of them has moved, and a duplicate-key error when a source was settled meanwhile.
     */
    async append(
      work: {
        settlements: readonly SettlementRecord[];
        entries: readonly LedgerEntry[];
        moves: readonly { personId: Id; from: ChainHead; to: ChainHead }[];
      },
      tx: Tx,
    ): Promise<void> {
      const records = work.settlements.map(toStored);
      const own = work.entries.map(toStored);
      database.admit([...records, ...own]);
      await settlements.insertMany(records, bulkOf(tx));
      if (own.length > 0) await entries.insertMany(own, bulkOf(tx));
      if (work.moves.length === 0) return;
      const result = await chains.bulkWrite(
        work.moves.map(({ personId, from, to }) => ({
          updateOne: {
            filter: {
              _id: personId,
              seq: from.seq,
              hash: from.hash,
              'settled.seq': from.settled.seq,
              'settled.hash': from.settled.hash,
            },
            update: { $set: { ...to, statement: null, feedPending: true, unsealed: true } },
            // A first settlement makes the chain; where another made it meanwhile, the unique _id refuses.
            upsert: from.settled.seq === 0,
          },
        })),
        sessionOf(tx),
      );
      if (result.upsertedCount + result.modifiedCount !== work.moves.length) throw new ChainMovedError();
    },
    /** The newest settlements of people for sources of one kind under one regulation, oldest source first. */
    async latestSettlements(
      personIds: readonly Id[],
      sources: { kind: string; ids: readonly string[] },
      regulationId: string,
      tx?: Tx,
    ): Promise<SettlementRecord[]> {
      const found = await settlements
        .find(
          {
            personId: { $in: personIds },
            'source.kind': sources.kind,
            'source.id': { $in: sources.ids },
            'regulation.id': regulationId,
          },
          null,
          sessionOf(tx),
        )
        .sort({ revision: 1 })
        .lean<Stored<SettlementRecord>[]>();
      const newest = new Map(found.map((record) => [`${record.personId}/${record.source.id}`, record]));
      return [...newest.values()].map(fromStored<SettlementRecord>);
    },
    async listEntries(personId: Id): Promise<LedgerEntry[]> {
      const found = await entries.find({ personId }).sort({ seq: 1 }).lean<Stored<LedgerEntry>[]>();
      return found.map(fromStored<LedgerEntry>);
    },
    async listEntriesOf(personIds: readonly Id[]): Promise<LedgerEntry[]> {
      const found = await readBulk(entries, { personId: { $in: personIds } }, BY_PERSON);
      return Array.from(found, fromStored<LedgerEntry>);
    },
    /** Everybody who has an entry or a settlement, also where the chain's head is gone. */
    async listPeopleWithRecords(): Promise<Id[]> {
      const anybody = { personId: { $gt: '' } };
      return [
        ...new Set<Id>([
          ...(await entries.distinct('personId', anybody)),
          ...(await settlements.distinct('personId', anybody)),
        ]),
      ];
    },
    async listEntriesByIds(ids: readonly Id[], tx?: Tx): Promise<LedgerEntry[]> {
      const found = await entries
        .find({ _id: { $in: ids } }, null, sessionOf(tx))
        .sort({ seq: 1 })
        .lean<Stored<LedgerEntry>[]>();
      return found.map(fromStored<LedgerEntry>);
    },
    async listSettlementsOf(personIds: readonly Id[]): Promise<SettlementRecord[]> {
      const found = await readBulk(settlements, { personId: { $in: personIds } }, BY_PERSON);
      return Array.from(found, fromStored<SettlementRecord>);
    },
    /**
     * What was recorded of people: of each source the newest activities, without what any regulation made of them. One
     * person after another in the order of their ids, decoded as they are asked for; whoever has nothing is left out.
     */
    async factsByPerson(personIds: readonly Id[]): Promise<Iterable<readonly [Id, SettledFacts[]]>> {
      const found = await readBulk(settlements, { personId: { $in: personIds } }, BY_PERSON, FACTS);
      return {
        *[Symbol.iterator]() {
          let own: RecordedFacts[] = [];
          for (const record of found) {
            const [first] = own;
            if (first && first.personId !== record.personId) {
              yield [first.personId, newestOf(own)];
              own = [];
            }
            own.push(record);
          }
          const [first] = own;
          if (first) yield [first.personId, newestOf(own)];
        },
      };
    },
    /** How many entries lie on these days, counted no further than `atMost`. */
    countEntriesWithin: ({ from, to }: { from: CivilDate; to: CivilDate }, atMost: number): Promise<number> =>
      entries.countDocuments({ occurredOn: { $gte: from, $lte: to } }, { limit: atMost }),
    async listSettlements(personId: Id): Promise<SettlementRecord[]> {
      const found = await settlements.find({ personId }).sort({ seq: 1 }).lean<Stored<SettlementRecord>[]>();
      return found.map(fromStored<SettlementRecord>);
    },
    async findSettlement(settlementId: Id): Promise<SettlementRecord | null> {
      const found = await settlements.findById(settlementId).lean<Stored<SettlementRecord>>();
      return found && fromStored<SettlementRecord>(found);
    },
    async countSettlements(source: { kind: string; id: string }): Promise<number> {
      return settlements.countDocuments({ 'source.kind': source.kind, 'source.id': source.id });
    },
    /** Whose sources of a kind were settled after a moment, as often as they were. */
    async listSettledAfter(kind: string, after: Date): Promise<LateSettlement[]> {
      const found = await settlements
        .find({ 'source.kind': kind, recordedAt: { $gt: after } }, LATE)
        .lean<Stored<LateSettlement & { id: Id }>[]>();
      return found.map(({ personId, source, recordedAt }) => ({ personId, source, recordedAt }));
    },
    async chainsOf(personIds: readonly Id[]): Promise<Map<Id, CreditChain>> {
      const found = await chains.find({ _id: { $in: personIds } }).lean<Stored<CreditChain>[]>();
      return new Map(found.map((value) => [value._id, fromStored<CreditChain>(value)]));
    },
    /** The ends of the chains of everybody who was settled, in the order of person ids. */
    async listHeads(tx?: Tx): Promise<RecordedHead[]> {
      const found = await chains
        .find({ _id: { $gt: '' }, 'settled.seq': { $ne: 0 } }, { ...HEAD, unsealed: 1 }, sessionOf(tx))
        .sort({ _id: 1 })
        .lean<{ _id: Id; unsealed: unknown }[]>();
      return found.map(({ _id, unsealed, ...ends }) => {
        const head = sealedEnds.safeParse(ends).data;
        return { personId: _id, head: head ? { personId: _id, ...head } : null, unsealed: unsealed === true };
      });
    },
    /** How many people were settled. */
    countPeople: (): Promise<number> => chains.countDocuments({ _id: { $gt: '' }, ...SETTLED }),
    /** A signed root covers these chains up to their ends; what has moved since stays unsealed. */
    async clearUnsealed(sealed: readonly SealedHead[]): Promise<void> {
      if (sealed.length === 0) return;
      await chains.bulkWrite(
        sealed.map(({ personId, settled }) => ({
          updateOne: {
            filter: { _id: personId, 'settled.seq': settled.seq },
            update: { $set: { unsealed: false } },
          },
        })),
        { ordered: false },
      );
    },
    /** People who were settled after `personId`, in order: how an export or a recomputation goes through all of them. */
    async listChainedPeople(after: Id | null, limit: number): Promise<Id[]> {
      const found = await chains
        .find({ _id: { $gt: after ?? '' }, ...SETTLED }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<{ _id: Id }[]>();
      return found.map(({ _id }) => _id);
    },
    /** The feed has to look at people again though no entry is new: their history has changed, or another day has begun. */
    async askFeed(personIds: readonly Id[], tx?: Tx): Promise<void> {
      if (personIds.length === 0) return;
      await chains.bulkWrite(
        personIds.map((personId) => ({
          updateOne: {
            filter: { _id: personId },
            update: {
              $set: { feedPending: true },
              $inc: { asks: 1 },
              $setOnInsert: { ...emptyChain(), statement: null, unsealed: false },
            },
            upsert: true,
          },
        })),
        { ordered: false, ...sessionOf(tx) },
      );
    },
    /** People whose newest entries the assessment feed has not looked at yet, or at whom it was asked to look again. */
    async listFeedPending(limit: number): Promise<FeedPending[]> {
      const found = await chains
        .find({ feedPending: true }, { seq: 1, asks: 1 })
        .limit(limit)
        .lean<Stored<CreditChain>[]>();
      return found.map(({ _id, seq, asks = 0 }) => ({ personId: _id, seq, asks }));
    },
    /** The feed has seen these people up to `seq` and so many asks; one that has moved since stays pending. */
    async clearFeedPending(seen: readonly FeedPending[]): Promise<void> {
      if (seen.length === 0) return;
      await chains.bulkWrite(
        seen.map(({ personId, seq, asks }) => ({
          updateOne: {
            filter: { _id: personId, seq, asks: asks === 0 ? { $exists: false } : asks },
            update: { $set: { feedPending: false } },
          },
        })),
        { ordered: false },
      );
    },
    /** Keeps a computed statement, unless the chain has moved since it was read. */
    async keepStatements(
      values: readonly { personId: Id; seq: number; statement: Record<string, unknown> }[],
    ): Promise<void> {
      if (values.length === 0) return;
      await chains.bulkWrite(
        values.map(({ personId, seq, statement }) => ({
          updateOne: { filter: { _id: personId, seq }, update: { $set: { statement } } },
        })),
        { ordered: false },
      );
    },
    /** A person without entries has a chain of length 0, so that a statement can be kept for them too. */
    async openChains(personIds: readonly Id[]): Promise<void> {
      await chains.bulkWrite(
        personIds.map((personId) => ({
          updateOne: {
            filter: { _id: personId },
            update: {
              $setOnInsert: { ...emptyChain(), statement: null, feedPending: true, unsealed: false },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
  };
}
