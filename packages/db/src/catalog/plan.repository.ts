import { plan, type Plan } from '@cadre/domain/catalog';
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

const schema = schemaFromZod(plan);
schema.index({ code: 1, version: -1 }, { unique: true });
schema.index({ from: -1, code: 1, version: -1 });

export type PlanRepository = ReturnType<typeof createPlanRepository>;

export function createPlanRepository(database: Database) {
  const plans = database.model<Stored<Plan>>('plans', schema);
  return {
    /** Stores a version; false when there is one of that number already. */
    async tryInsert(value: Plan, tx?: Tx): Promise<boolean> {
      try {
        await plans.create([toStored(value)], sessionOf(tx));
        return true;
      } catch (error) {
        if (isDuplicateKey(error, 'version')) return false;
        throw error;
      }
    },
    async findLatest(code: string): Promise<Plan | null> {
      const found = await plans.findOne({ code }).sort({ version: -1 }).lean<Stored<Plan>>();
      return found && fromStored<Plan>(found);
    },
    /** Every version of every plan, newest first. */
    async list(): Promise<Plan[]> {
      const found = await plans.find({}).sort({ from: -1, code: 1, version: -1 }).lean<Stored<Plan>[]>();
      return found.map(fromStored<Plan>);
    },
  };
}
