import { AppError, type Id } from '@cadre/domain/core';
import type { Model } from 'mongoose';
import { sessionOf, type Tx } from './database';
import { fromStored, type Filter, type Stored } from './document';

/**
 * Reading entities by their id, as every repository of entities offers it.
 * @param hidden fields that lie beside the entity and are not part of it
 */
export function readsById<Entity extends { id: string }>(
  model: Model<Stored<Entity>>,
  hidden: Readonly<Record<string, 0 | 1>> = {},
) {
  const findById = async (id: Id, tx?: Tx): Promise<Entity | null> => {
    const found = await model.findById(id, hidden, sessionOf(tx)).lean<Stored<Entity>>();
    return found && fromStored<Entity>(found);
  };
  return {
    findById,
    /** The entity; somebody who asks for one that is not there is told so (`NOT_FOUND`). */
    async getById(id: Id, tx?: Tx): Promise<Entity> {
      const found = await findById(id, tx);
      if (!found) throw new AppError('NOT_FOUND');
      return found;
    },
    /** In no particular order; ids that are not there are left out. */
    async listByIds(ids: readonly Id[]): Promise<Entity[]> {
      const found = await model.find({ _id: { $in: ids } } as Filter, hidden).lean<Stored<Entity>[]>();
      return found.map(fromStored<Entity>);
    },
  };
}
