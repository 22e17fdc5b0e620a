import type { Id } from '@cadre/domain/core';
import { regulationDraft, type RegulationDraft } from '@cadre/domain/regulation';
import {
  fromStored,
  isDuplicateKey,
  readsById,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(regulationDraft);
schema.index({ code: 1, version: 1 }, { unique: true });

export type RegulationDraftRepository = ReturnType<typeof createRegulationDraftRepository>;

/** Versions on their way into force. Each step is one conditional write: false when the condition no longer holds. */
export function createRegulationDraftRepository(database: Database) {
  const drafts = database.model<Stored<RegulationDraft>>('regulationDrafts', schema);

  const trySet = async (filter: object, change: object, tx: Tx): Promise<boolean> => {
    const { matchedCount } = await drafts.updateOne(
      filter,
      { $set: change, $inc: { revision: 1 } },
      sessionOf(tx),
    );
    return matchedCount === 1;
  };

  return {
    ...readsById<RegulationDraft>(drafts),
    /** False when there is a draft of that version already. */
    async tryInsert(value: RegulationDraft, tx: Tx): Promise<boolean> {
      try {
        await drafts.create([toStored(value)], sessionOf(tx));
        return true;
      } catch (error) {
        if (isDuplicateKey(error, 'version')) return false;
        throw error;
      }
    },
    async findByVersion(code: string, version: number): Promise<RegulationDraft | null> {
      const found = await drafts.findOne({ code, version }).lean<Stored<RegulationDraft>>();
      return found && fromStored<RegulationDraft>(found);
    },
    /** Every version that was ever drafted: a few dozen. */
    async list(): Promise<RegulationDraft[]> {
      const found = await drafts.find().sort({ code: 1, version: 1 }).lean<Stored<RegulationDraft>[]>();
      return found.map(fromStored<RegulationDraft>);
    },
    /** The author goes on writing; only while it is a draft. */
    tryRewrite: (
      { id, revision, authorId }: Pick<RegulationDraft, 'id' | 'revision' | 'authorId'>,
      change: Pick<RegulationDraft, 'text' | 'unitId' | 'writtenAt'>,
      tx: Tx,
    ) => trySet({ _id: id, revision, authorId, state: 'draft' }, change, tx),
    trySubmit: ({ id, revision, authorId }: Pick<RegulationDraft, 'id' | 'revision' | 'authorId'>, tx: Tx) =>
      trySet(
        { _id: id, revision, authorId, state: 'draft' },
        { state: 'waiting', remark: '', decidedBy: null },
        tx,
      ),
    /** The author gives it up; only while it is a draft. Nothing of it stays but the audit trail. */
    async tryDiscard(
      { id, revision, authorId }: Pick<RegulationDraft, 'id' | 'revision' | 'authorId'>,
      tx: Tx,
    ): Promise<boolean> {
      const own = { _id: id, revision, authorId, state: 'draft' } as const;
      const { deletedCount } = await drafts.deleteOne(own, sessionOf(tx));
      return deletedCount === 1;
    },
    /** Back to its author, by somebody else or by the author. */
    tryReturn: (id: Id, revision: number, decidedBy: Id, remark: string, tx: Tx) =>
      trySet({ _id: id, revision, state: 'waiting' }, { state: 'draft', remark, decidedBy }, tx),
    /** Four eyes: the write itself demands that somebody else wrote it. */
    tryApprove: (id: Id, revision: number, decidedBy: Id, decidedAt: Date, tx: Tx) =>
      trySet(
        { _id: id, revision, state: 'waiting', authorId: { $ne: decidedBy } },
        { state: 'approved', decidedBy, decidedAt },
        tx,
      ),
  };
}
