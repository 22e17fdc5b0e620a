import { regulationRecord, type RegulationRecord } from '@cadre/domain/ledger';
import { fromStored, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

const schema = schemaFromZod(regulationRecord);
schema.index({ code: 1, version: 1 }, { unique: true });
schema.index({ state: 1, code: 1, version: -1 });

/** Which regulation governs whom since when, without its text. */
export type RegulationHead = Omit<RegulationRecord, 'text'>;

export type RegulationRepository = ReturnType<typeof createRegulationRepository>;

export function createRegulationRepository(database: Database) {
  const regulations = database.appendOnlyModel<Stored<RegulationRecord>>('regulations', schema);
  return {
    async insert(value: RegulationRecord, tx?: Tx): Promise<void> {
      await regulations.create([toStored(value)], sessionOf(tx));
    },
    async findByVersion(code: string, version: number): Promise<RegulationRecord | null> {
      const found = await regulations.findOne({ code, version }).lean<Stored<RegulationRecord>>();
      return found && fromStored<RegulationRecord>(found);
    },
    /** The approved regulations of all units and times, without their texts: a few dozen rows. */
    async listApproved(): Promise<RegulationHead[]> {
      const found = await regulations
        .find({ state: 'approved' }, { text: 0 })
        .sort({ code: 1, version: -1 })
        .lean<Stored<RegulationHead>[]>();
      return found.map(fromStored<RegulationHead>);
    },
    async list(tx?: Tx): Promise<RegulationRecord[]> {
      const found = await regulations
        .find({}, null, sessionOf(tx))
        .sort({ code: 1, version: 1 })
        .lean<Stored<RegulationRecord>[]>();
      return found.map(fromStored<RegulationRecord>);
    },
  };
}
