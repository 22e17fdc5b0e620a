import {
  acceptedResult,
  regulationExample,
  type AcceptedResult,
  type RegulationExample,
} from '@cadre/domain/regulation';
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

const acceptedSchema = schemaFromZod(acceptedResult);
acceptedSchema.index({ code: 1 });

export type RegulationExampleRepository = ReturnType<typeof createRegulationExampleRepository>;

/** Confirmed examples are never changed: what a later version is to answer instead stands beside them. */
export function createRegulationExampleRepository(database: Database) {
  const examples = database.appendOnlyModel<Stored<RegulationExample>>('regulationExamples', schema);
  const accepted = database.appendOnlyModel<Stored<AcceptedResult>>('acceptedResults', acceptedSchema);
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
    async accept(value: AcceptedResult, tx?: Tx): Promise<void> {
      await accepted.create([toStored(value)], sessionOf(tx));
    },
    /** In the order in which they were accepted. */
    async listAccepted(code: string): Promise<AcceptedResult[]> {
      const found = await accepted.find({ code }).sort({ _id: 1 }).lean<Stored<AcceptedResult>[]>();
      return found.map(fromStored<AcceptedResult>);
    },
    async listByCode(code: string): Promise<RegulationExample[]> {
      const found = await examples.find({ code }).sort({ _id: 1 }).lean<Stored<RegulationExample>[]>();
      return found.map(fromStored<RegulationExample>);
    },
  };
}
