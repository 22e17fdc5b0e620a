import { z } from 'zod';
import { sessionOf, schemaFromZod, type Database, type Stored, type Tx } from '../core';

/** A named value that the installation keeps for itself: keys it has made, the demonstration's time. */
const setting = z.object({ id: z.string(), value: z.record(z.string(), z.unknown()) });
type Setting = z.infer<typeof setting>;

const schema = schemaFromZod(setting);

export type SettingRepository = ReturnType<typeof createSettingRepository>;

export function createSettingRepository(database: Database) {
  const settings = database.model<Stored<Setting>>('settings', schema);
  return {
    async find(name: string, tx?: Tx): Promise<Record<string, unknown> | null> {
      const found = await settings.findById(name, null, sessionOf(tx)).lean<Stored<Setting>>();
      return found?.value ?? null;
    },
    async set(name: string, value: Record<string, unknown>, tx?: Tx): Promise<void> {
      await settings.updateOne({ _id: name }, { $set: { value } }, { upsert: true, ...sessionOf(tx) });
    },
    /** Forgets the values of these names; those that have none stay without. */
    async remove(names: readonly string[], tx?: Tx): Promise<void> {
      await settings.deleteMany({ _id: { $in: names } }, sessionOf(tx));
    },
    /** The value of `name`, which `fallback` becomes when there is none yet; of several callers at once, one wins and all read the same. */
    async getOrSet(name: string, fallback: Record<string, unknown>): Promise<Record<string, unknown>> {
      await settings.updateOne({ _id: name }, { $setOnInsert: { value: fallback } }, { upsert: true });
      return (await this.find(name))!;
    },
  };
}
