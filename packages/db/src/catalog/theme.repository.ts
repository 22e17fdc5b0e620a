import { theme, type Theme } from '@cadre/domain/catalog';
import {
  bulkOf,
  fromStored,
  insertCoded,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
  readsById,
} from '../core';

const schema = schemaFromZod(theme);
schema.index({ code: 1 }, { unique: true });
schema.index({ order: 1, code: 1 });

export type ThemeRepository = ReturnType<typeof createThemeRepository>;

export function createThemeRepository(database: Database) {
  const themes = database.model<Stored<Theme>>('themes', schema);
  return {
    ...readsById<Theme>(themes),
    async insert(value: Theme, tx?: Tx): Promise<void> {
      await insertCoded(themes, toStored(value), 'THEME_CODE_TAKEN', tx);
    },
    async insertMany(values: readonly Theme[]): Promise<void> {
      await themes.insertMany(values.map(toStored), bulkOf());
    },
    /** All themes in their order; an alliance has ten or so. */
    async list(): Promise<Theme[]> {
      const found = await themes.find({}).sort({ order: 1, code: 1 }).lean<Stored<Theme>[]>();
      return found.map(fromStored<Theme>);
    },
    async update({ id, name, forms, order }: Theme, tx: Tx): Promise<void> {
      await themes.updateOne({ _id: id }, { $set: { name, forms, order } }, sessionOf(tx));
    },
  };
}
