import { assessmentYear, type AssessmentYear } from '@cadre/domain/assessment';
import type { Id } from '@cadre/domain/core';
import {
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Filter,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(assessmentYear);
schema.index({ state: 1 });

export type AssessmentYearRepository = ReturnType<typeof createAssessmentYearRepository>;

export function createAssessmentYearRepository(database: Database) {
  const years = database.model<Stored<AssessmentYear>>('assessmentYears', schema);
  const list = async (filter: Filter): Promise<AssessmentYear[]> => {
    const found = await years.find(filter).sort({ _id: -1 }).lean<Stored<AssessmentYear>[]>();
    return found.map(fromStored<AssessmentYear>);
  };
  return {
    async insert(value: AssessmentYear, tx?: Tx): Promise<void> {
      await years.create([toStored(value)], sessionOf(tx));
    },
    async findById(id: Id): Promise<AssessmentYear | null> {
      const found = await years.findById(id).lean<Stored<AssessmentYear>>();
      return found && fromStored<AssessmentYear>(found);
    },
    /** All years, or those of the given ids; newest first. */
    list: (ids: 'all' | readonly Id[]) => list(ids === 'all' ? {} : { _id: { $in: ids } }),
    listOpen: () => list({ state: 'open' }),
    /** Closes the year under a snapshot number; false when it had been frozen before. */
    async tryFreeze(id: Id, snapshotNo: number, tx?: Tx): Promise<boolean> {
      const result = await years.updateOne(
        { _id: id, state: 'open', snapshotNo: snapshotNo - 1 },
        { $set: { state: 'frozen', snapshotNo } },
        sessionOf(tx),
      );
      return result.modifiedCount === 1;
    },
  };
}
