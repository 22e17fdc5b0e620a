import type { Id } from '@cadre/domain/core';
import { seatLedgerEntry, type SeatLedgerEntry } from '@cadre/domain/enrollment';
import {
  bulkOf,
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(seatLedgerEntry);
schema.index({ classId: 1, seq: 1 }, { unique: true });
schema.index({ enrollmentId: 1, seq: 1 });

/** What a class's ledger adds up to; it must equal the counters kept with the class. */
export interface SeatSums {
  classId: Id;
  seatsTaken: number;
  waiting: number;
  ledgerSeq: number;
  entries: number;
}

export type SeatLedgerRepository = ReturnType<typeof createSeatLedgerRepository>;

export function createSeatLedgerRepository(database: Database) {
  const entries = database.appendOnlyModel<Stored<SeatLedgerEntry>>('seatLedgerEntries', schema);
  return {
    async insertMany(values: readonly SeatLedgerEntry[], tx?: Tx): Promise<void> {
      if (values.length > 0) await entries.insertMany(values.map(toStored), bulkOf(tx));
    },
    async listByClass(classId: Id, tx?: Tx): Promise<SeatLedgerEntry[]> {
      const found = await entries
        .find({ classId }, null, sessionOf(tx))
        .sort({ seq: 1 })
        .lean<Stored<SeatLedgerEntry>[]>();
      return found.map(fromStored<SeatLedgerEntry>);
    },
    /** The entries of these enrolments, oldest first. */
    async listByEnrollments(enrollmentIds: readonly Id[], tx?: Tx): Promise<SeatLedgerEntry[]> {
      const found = await entries
        .find({ enrollmentId: { $in: enrollmentIds } }, null, sessionOf(tx))
        .sort({ seq: 1 })
        .lean<Stored<SeatLedgerEntry>[]>();
      return found.map(fromStored<SeatLedgerEntry>);
    },
    /** Adds up the ledgers of the classes; a class without an entry is left out. */
    async sumsOf(classIds: readonly Id[]): Promise<SeatSums[]> {
      const sums = await entries.aggregate<Omit<SeatSums, 'classId'> & { _id: Id }>([
        { $match: { classId: { $in: classIds } } },
        {
          $group: {
            _id: '$classId',
            seatsTaken: { $sum: '$seats' },
            waiting: { $sum: '$waiting' },
            ledgerSeq: { $max: '$seq' },
            entries: { $sum: 1 },
          },
        },
        { $sort: { _id: 1 } },
      ]);
      return sums.map(({ _id, ...sum }) => ({ classId: _id, ...sum }));
    },
  };
}
