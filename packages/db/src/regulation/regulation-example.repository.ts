import { regulationExample, type RegulationExample } from '@cadre/domain/regulation';
import {
  fromStored,
  isDuplicateKey,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(regulationExample);
schema.index({ code: 1, title: 1 }, { unique: true });

export type RegulationExampleRepository = ReturnType<typeof createRegulationExampleRepository>;

/** Confirmed examples are never changed: a later version answers to what was expected before. */
export function createRegulationExampleRepository(database: Database) {
  const examples = database.appendOnlyModel<Stored<RegulationExample>>('regulationExamples', schema);
  return {
    /** False when the regulation has an example of that title. */
    async tryInsert(value: RegulationExample, tx?: Tx): Promise<boolean> {
      try {
        await examples.create([toStored(value)], sessionOf(tx));
        return true;
      } catch (error) {
        if (isDuplicateKey(error, 'title')) return false;
        throw error;
      }
    },
    async listByCode(code: string): Promise<RegulationExample[]> {
      const found = await examples.find({ code }).sort({ _id: 1 }).lean<Stored<RegulationExample>[]>();
      return found.map(fromStored<RegulationExample>);
    },
  };
}
