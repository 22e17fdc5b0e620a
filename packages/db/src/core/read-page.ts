import type { Page, PageRequest } from '@cadre/domain/core';
import type { Model } from 'mongoose';
import { fromStored, type Stored } from './document';

/** One page of a collection in a stated order, with the total number of matches. The order must end in a unique field. */
export async function readPage<Entity extends { id: string }>(
  model: Model<Stored<Entity>>,
  filter: Record<string, unknown>,
  order: Record<string, 1 | -1>,
  { page, pageSize }: PageRequest,
  projection: Record<string, 0 | 1> = {},
): Promise<Page<Entity>> {
  const [documents, total] = await Promise.all([
    model
      .find(filter, projection)
      .sort(order)
      .skip((page - 1) * pageSize)
      .limit(pageSize)
      .lean<Stored<Entity>[]>(),
    model.countDocuments(filter),
  ]);
  return { items: documents.map(fromStored), total, page, pageSize };
}
