import { type Id } from '@cadre/domain/core';
import { unit, type Unit } from '@cadre/domain/identity';
import {
  bulkOf,
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
  readsById,
} from '../core';

const schema = schemaFromZod(unit);
schema.index({ code: 1 }, { unique: true });
schema.index({ path: 1 });

export type UnitRepository = ReturnType<typeof createUnitRepository>;

export function createUnitRepository(database: Database) {
  const units = database.model<Stored<Unit>>('units', schema);
  return {
    ...readsById<Unit>(units),
    async insert(value: Unit, tx?: Tx): Promise<void> {
      await units.create([toStored(value)], sessionOf(tx));
    },
    async insertMany(values: readonly Unit[]): Promise<void> {
      await units.insertMany(values.map(toStored), bulkOf());
    },
    /** The units below (and with) the given tops, or all; ordered by code. */
    async list(reach: 'all' | readonly Id[]): Promise<Unit[]> {
      const filter = reach === 'all' ? {} : { path: { $in: reach } };
      const found = await units.find(filter).sort({ code: 1 }).lean<Stored<Unit>[]>();
      return found.map(fromStored<Unit>);
    },
  };
}
