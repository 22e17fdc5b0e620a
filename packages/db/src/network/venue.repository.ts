import { type Id } from '@cadre/domain/core';
import { venue, type Venue } from '@cadre/domain/network';
import {
  bulkOf,
  fromStored,
  insertCoded,
  schemaFromZod,
  toStored,
  writeRevised,
  type Database,
  type Stored,
  type Tx,
  readsById,
} from '../core';

const schema = schemaFromZod(venue);
schema.index({ baseId: 1, code: 1 }, { unique: true });

export type VenueRepository = ReturnType<typeof createVenueRepository>;

export function createVenueRepository(database: Database) {
  const venues = database.model<Stored<Venue>>('venues', schema);
  return {
    ...readsById<Venue>(venues),
    async insert(value: Venue, tx?: Tx): Promise<void> {
      await insertCoded(venues, toStored(value), 'VENUE_CODE_TAKEN', tx);
    },
    async insertMany(values: readonly Venue[]): Promise<void> {
      await venues.insertMany(values.map(toStored), bulkOf());
    },
    async listByBase(baseId: Id): Promise<Venue[]> {
      const found = await venues.find({ baseId }).sort({ code: 1 }).lean<Stored<Venue>[]>();
      return found.map(fromStored<Venue>);
    },
    /** Writes name, kind, capacity and use; false when somebody has changed the venue since it was read. */
    async tryUpdate({ id, revision, name, kind, capacity, active }: Venue, tx: Tx): Promise<boolean> {
      return writeRevised(venues, { id, revision }, { name, kind, capacity, active }, tx);
    },
  };
}
