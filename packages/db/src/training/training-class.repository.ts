import type { BaseReach } from '@cadre/domain/access';
import { searchTermsOf, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import { trainingClass, type ClassStatus, type TrainingClass } from '@cadre/domain/training';
import { Schema } from 'mongoose';
import {
  bulkOf,
  fromStored,
  isDuplicateKey,
  matchesTerms,
  readPage,
  schemaFromZod,
  searchHeadsOf,
  searchKeysOf,
  sessionOf,
  SEARCH_FIELDS,
  toStored,
  writeRevised,
  type Database,
  type Filter,
  type Searchable,
  type Stored,
  type Tx,
  readsById,
} from '../core';

type StoredClass = Stored<TrainingClass> & Searchable;

const schema = schemaFromZod(trainingClass, SEARCH_FIELDS);
schema.index({ classNo: 1 }, { unique: true });
schema.index({ status: 1, startsAt: 1 });
schema.index({ baseId: 1, startsAt: 1 });
schema.index({ startsAt: 1 });
schema.index({ endsAt: 1 });
schema.index({ classTeacherIds: 1 });
schema.index({ promotionCutOff: 1 }, { partialFilterExpression: { waiting: { $gt: 0 } } });
schema.index({ searchKeys: 1 });

const PRIVATE = { searchKeys: 0, searchHeads: 0 } as const;
const store = (value: TrainingClass): StoredClass => ({ ...toStored(value), ...searchable(value) });
const searchable = ({ title, classNo }: Pick<TrainingClass, 'title' | 'classNo'>): Searchable => ({
  searchKeys: searchKeysOf(title, classNo),
  searchHeads: searchHeadsOf(title),
});

/** Numbers given out so far, one document per year. */
const counterSchema = new Schema(
  { _id: { type: String, required: true }, value: { type: Number } },
  { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false },
);

/** Seats change by `tryMoveSeats` alone; the rest of a class is what it was made with. */
type ChangeableField =
  'capacity' | 'endsAt' | 'promotionCutOff' | 'startsAt' | 'status' | 'window' | 'withdrawalDeadline';

export interface ClassFilter {
  status?: ClassStatus;
  themeId?: Id;
  baseId?: Id;
  ids?: readonly Id[];
  /** Words of the title or class number: Chinese, pinyin or initials. */
  search?: string;
  /** Classes that meet [from, to). */
  from?: Date;
  to?: Date;
}

function filterOf({ status, themeId, baseId, ids, search = '', from, to }: ClassFilter): Filter {
  const terms = searchTermsOf(search);
  return {
    ...(status === undefined ? {} : { status }),
    ...(themeId === undefined ? {} : { themeId }),
    ...(baseId === undefined ? {} : { baseId }),
    ...(ids === undefined ? {} : { _id: { $in: ids } }),
    ...(from === undefined ? {} : { endsAt: { $gt: from } }),
    ...(to === undefined ? {} : { startsAt: { $lt: to } }),
    ...(terms.length === 0 ? {} : { $and: matchesTerms(terms) }),
  };
}

export type TrainingClassRepository = ReturnType<typeof createTrainingClassRepository>;

export function createTrainingClassRepository(database: Database) {
  const classes = database.model<StoredClass>('trainingClasses', schema);
  const counters = database.model<{ _id: string; value: number }>('classNumbers', counterSchema);
  const page = (filter: Filter, request: PageRequest): Promise<Page<TrainingClass>> =>
    readPage<TrainingClass>(classes as never, filter, { startsAt: 1, _id: 1 }, request, PRIVATE);

  return {
    ...readsById<TrainingClass>(classes as never, PRIVATE),
    async insert(value: TrainingClass, tx?: Tx): Promise<void> {
      await classes.create([store(value)], sessionOf(tx));
    },
    async insertMany(values: readonly TrainingClass[]): Promise<void> {
      await classes.insertMany(values.map(store), bulkOf());
    },
    /** The classes of a class teacher. */
    async listIdsByTeacher(personId: Id): Promise<Id[]> {
      return classes.distinct('_id', { classTeacherIds: personId });
    },
    /** Classes run by bases of the reach, by start. */
    async list(reach: BaseReach, filter: ClassFilter, request: PageRequest): Promise<Page<TrainingClass>> {
      const reached: Filter = reach === 'all' ? {} : { baseId: { $in: reach } };
      return page({ $and: [reached, filterOf(filter)] }, request);
    },
    /**
     * Classes that a person may still enrol in, now or once their window opens: open, not over, before the end of
     * enrolment; by start. They belong to everybody, so there is no reach.
     */
    async listOpen(
      now: Date,
      filter: Omit<ClassFilter, 'status' | 'from' | 'to'>,
      request: PageRequest,
    ): Promise<Page<TrainingClass>> {
      return page(
        { ...filterOf(filter), status: 'open', endsAt: { $gt: now }, 'window.closesAt': { $gt: now } },
        request,
      );
    },
    /** Classes in which people still wait although the cut-off has passed. */
    async listIdsPastCutOff(now: Date): Promise<Id[]> {
      const found = await classes
        .find({ promotionCutOff: { $lt: now }, waiting: { $gt: 0 } }, { _id: 1 })
        .lean<{ _id: Id }[]>();
      return found.map(({ _id }) => _id);
    },
    /** Every class that ends within [from, to), cancelled ones left out: what a period's plan counts. */
    async listEndingBetween(from: Date, to: Date): Promise<TrainingClass[]> {
      const found = await classes
        .find({ endsAt: { $gte: from, $lt: to }, status: { $ne: 'cancelled' } }, PRIVATE)
        .sort({ endsAt: 1, _id: 1 })
        .lean<Stored<TrainingClass>[]>();
      return found.map(fromStored<TrainingClass>);
    },
    /** The next class number of a year, `2026-031`. A number may stay unused when the class is refused after all. */
    async nextClassNo(year: number): Promise<string> {
      const take = () =>
        counters
          .findOneAndUpdate(
            { _id: String(year) },
            { $inc: { value: 1 } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean<{ value: number }>();
      // Two first takers of a year may both try to insert the counter; the second one then finds it.
      const counter = await take().catch((error: unknown) => {
        if (isDuplicateKey(error)) return take();
        throw error;
      });
      return `${year}-${String(counter.value).padStart(3, '0')}`;
    },
    /** Lifts a year's counter above numbers that were written down from elsewhere. */
    async reserveClassNos(year: number, highest: number): Promise<void> {
      await counters.updateOne({ _id: String(year) }, { $max: { value: highest } }, { upsert: true });
    },
    /** Writes fields if the revision is still the one that was read; false when somebody was faster. */
    async tryChange(
      read: Pick<TrainingClass, 'id' | 'revision'>,
      fields: Partial<Pick<TrainingClass, ChangeableField>>,
      tx?: Tx,
    ): Promise<boolean> {
      return writeRevised(classes, read, fields, tx);
    },
    /**
     * Moves the seat counters to what was decided, if no other ledger entry has been written since they were read and
     * the seats still fit the capacity; false otherwise. Always in the transaction of the ledger entries.
     */
    async tryMoveSeats(
      id: Id,
      readLedgerSeq: number,
      after: Pick<TrainingClass, 'seatsTaken' | 'waiting' | 'ledgerSeq'>,
      tx: Tx,
    ): Promise<boolean> {
      const { seatsTaken, waiting, ledgerSeq } = after;
      const result = await classes.updateOne(
        { _id: id, ledgerSeq: readLedgerSeq, capacity: { $gte: seatsTaken } },
        { $set: { seatsTaken, waiting, ledgerSeq } },
        sessionOf(tx),
      );
      return result.modifiedCount === 1;
    },
  };
}
