import { AppError, type ErrorCode, type Id } from '@cadre/domain/core';
import { isDuplicateKey, sessionOf, type Tx } from './database';
import type { Filter } from './document';

/** The part of a model that these writes need. */
interface Insertable<Document> {
  create(documents: Document[], options: ReturnType<typeof sessionOf>): Promise<unknown>;
}
interface Updatable {
  updateOne(
    filter: Filter,
    update: Filter,
    options: ReturnType<typeof sessionOf>,
  ): PromiseLike<{ matchedCount: number }>;
}

/** Stores an entity that is known by its code; refuses with `taken` when another one has the code already. */
export async function insertCoded<Document extends { code: string }>(
  model: Insertable<Document>,
  document: Document,
  taken: ErrorCode,
  tx?: Tx,
): Promise<void> {
  try {
    await model.create([document], sessionOf(tx));
  } catch (error) {
    if (isDuplicateKey(error, 'code')) throw new AppError(taken, { code: document.code });
    throw error;
  }
}

/**
 * Writes fields if nobody has written the entity since it was read; false when somebody has.
 * @param also what else must still be so
 */
export async function writeRevised(
  model: Updatable,
  read: { id: Id; revision: number },
  fields: Filter,
  tx?: Tx,
  also: Filter = {},
): Promise<boolean> {
  const written = await model.updateOne(
    { _id: read.id, revision: read.revision, ...also },
    { $set: { ...fields, revision: read.revision + 1 } },
    sessionOf(tx),
  );
  return written.matchedCount === 1;
}
