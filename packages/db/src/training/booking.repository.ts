import type { IdGenerator } from '@cadre/domain/core';
import { bookingDay, type BookingDay, type DayKey } from '@cadre/domain/training';
import {
  bulkOf,
  fromStored,
  isDuplicateKey,
  schemaFromZod,
  sessionOf,
  toStored,
  writeRevised,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(bookingDay);
schema.index({ resourceId: 1, resourceKind: 1, date: 1 }, { unique: true });

export type BookingRepository = ReturnType<typeof createBookingRepository>;

/** Bookings: one document per resource and Shanghai date. Days come and go in the order of their keys, so that writers never wait in a circle. */
export function createBookingRepository(database: Database) {
  const days = database.model<Stored<BookingDay>>('bookingDays', schema);

  const read = async (keys: readonly DayKey[], tx?: Tx): Promise<BookingDay[]> => {
    if (keys.length === 0) return [];
    const dates = [...new Set(keys.map(({ date }) => date))];
    const ids = [...new Set(keys.map(({ resourceId }) => resourceId))];
    const found = await days
      .find({ resourceId: { $in: ids }, date: { $in: dates } }, null, sessionOf(tx))
      .lean<Stored<BookingDay>[]>();
    const place = (key: DayKey) => `${key.resourceKind}/${key.resourceId}/${key.date}`;
    const byKey = new Map(found.map((day) => [place(day), fromStored<BookingDay>(day)]));
    return keys.flatMap((key) => byKey.get(place(key)) ?? []);
  };

  return {
    /** The days that exist among the keys, in the order of the keys. */
    list: read,

    /**
     * Creates the days that are missing, empty. Before and outside of the transaction that books, so that two writers
     * meet at a document and not at an index.
     */
    async ensure(keys: readonly DayKey[], newId: IdGenerator): Promise<void> {
      const existing = await read(keys);
      const missing = keys.filter(
        (key) =>
          !existing.some(
            (day) =>
              day.resourceKind === key.resourceKind &&
              day.resourceId === key.resourceId &&
              day.date === key.date,
          ),
      );
      if (missing.length === 0) return;
      const fresh = missing.map((key) =>
        toStored<BookingDay>({ id: newId(), ...key, slots: [], revision: 0 }),
      );
      try {
        await days.insertMany(fresh, { ordered: false });
      } catch (error) {
        // Somebody else has created some of them meanwhile; the others were inserted all the same.
        if (!isDuplicateKey(error)) throw error;
      }
    },

    /** Writes a day's slots if nobody has since the revision that was read; false when somebody has. */
    async tryWrite(day: BookingDay, tx: Tx): Promise<boolean> {
      return writeRevised(days, day, { slots: day.slots }, tx);
    },

    async insertMany(values: readonly BookingDay[]): Promise<void> {
      await days.insertMany(values.map(toStored), bulkOf());
    },
  };
}
