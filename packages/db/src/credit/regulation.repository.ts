import type { CivilDate, Id } from '@cadre/domain/core';
import { regulationRecord, type RegulationRecord } from '@cadre/domain/ledger';
import { fromStored, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

const schema = schemaFromZod(regulationRecord);
schema.index({ code: 1, version: 1 }, { unique: true });
schema.index({ state: 1, unitId: 1 });

/** Which regulation governs whom since when, without its text. */
export type RegulationHead = Omit<RegulationRecord, 'text'>;

export type RegulationRepository = ReturnType<typeof createRegulationRepository>;

export function createRegulationRepository(database: Database) {
  const regulations = database.model<Stored<RegulationRecord>>('regulations', schema);
  return {
    async insert(value: RegulationRecord, tx?: Tx): Promise<void> {
      await regulations.create([toStored(value)], sessionOf(tx));
    },
    async findByVersion(code: string, version: number): Promise<RegulationRecord | null> {
      const found = await regulations.findOne({ code, version }).lean<Stored<RegulationRecord>>();
      return found && fromStored<RegulationRecord>(found);
    },
    /** The approved regulations that govern a unit (its path given) or one below it on a day; the newest version of each. */
    async listGoverning(unitPath: readonly Id[], on: CivilDate): Promise<RegulationHead[]> {
      const found = await regulations
        .find(
          {
            state: 'approved',
            unitId: { $in: unitPath },
            effectiveFrom: { $lte: on },
            $or: [{ effectiveTo: null }, { effectiveTo: { $gte: on } }],
          },
          { text: 0 },
        )
        .sort({ code: 1, version: -1 })
        .lean<Stored<RegulationHead>[]>();
      const newest = new Map<string, RegulationHead>();
      for (const head of found.map(fromStored<RegulationHead>))
        if (!newest.has(head.code)) newest.set(head.code, head);
      return [...newest.values()];
    },
    async list(): Promise<RegulationRecord[]> {
      const found = await regulations.find().sort({ code: 1, version: 1 }).lean<Stored<RegulationRecord>[]>();
      return found.map(fromStored<RegulationRecord>);
    },
  };
}
