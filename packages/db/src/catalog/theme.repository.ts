import { theme, type Theme } from '@cadre/domain/catalog';
import { AppError, type Id } from '@cadre/domain/core';
import {
  bulkOf,
  fromStored,
  isDuplicateKey,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(theme);
schema.index({ code: 1 }, { unique: true });
schema.index({ order: 1, code: 1 });

export type ThemeRepository = ReturnType<typeof createThemeRepository>;

export function createThemeRepository(database: Database) {
  const themes = database.model<Stored<Theme>>('themes', schema);
  return {
    async insert(value: Theme, tx?: Tx): Promise<void> {
      try {
        await themes.create([toStored(value)], sessionOf(tx));
      } catch (error) {
        if (isDuplicateKey(error, 'code')) throw new AppError('THEME_CODE_TAKEN', { code: value.code });
        throw error;
      }
    },
    async insertMany(values: readonly Theme[]): Promise<void> {
      await themes.insertMany(values.map(toStored), bulkOf());
    },
    async findById(id: Id, tx?: Tx): Promise<Theme | null> {
      const found = await themes.findById(id, {}, sessionOf(tx)).lean<Stored<Theme>>();
      return found && fromStored<Theme>(found);
    },
    async getById(id: Id, tx?: Tx): Promise<Theme> {
      const found = await this.findById(id, tx);
      if (!found) throw new AppError('NOT_FOUND');
      return found;
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
