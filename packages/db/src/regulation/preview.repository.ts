import type { Id, Page, PageRequest } from '@cadre/domain/core';
import {
  previewFlip,
  previewRun,
  type FlipFilter,
  type PreviewFlip,
  type PreviewRun,
} from '@cadre/domain/regulation';
import {
  fromStored,
  isDuplicateKey,
  readPage,
  schemaFromZod,
  sessionOf,
  type Database,
  type Filter,
  type Stored,
  type Tx,
} from '../core';
import { createRunStore } from '../job';

const runSchema = schemaFromZod(previewRun);
runSchema.index({ draftId: 1 }, { unique: true, partialFilterExpression: { state: 'running' } });
runSchema.index({ draftId: 1, state: 1, _id: -1 });

const flipSchema = schemaFromZod(previewFlip);
flipSchema.index({ runId: 1, rank: 1, _id: 1 });
flipSchema.index({ runId: 1, unitId: 1, rank: 1, _id: 1 });

/** The graver changes first, then by person number. */
const ORDER = { rank: 1, _id: 1 } as const;

export type PreviewRepository = ReturnType<typeof createPreviewRepository>;

/** Previews of drafts and what they found. Of one draft at most one runs: a unique index says so. */
export function createPreviewRepository(database: Database) {
  const runs = database.model<Stored<PreviewRun>>('regulationPreviews', runSchema);
  const flips = database.model<Stored<PreviewFlip>>('regulationPreviewFlips', flipSchema);
  const filterOf = (runId: Id, { change, unitId }: FlipFilter): Filter => ({
    runId,
    ...(change === null ? {} : { change }),
    ...(unitId === null ? {} : { unitId }),
  });
  /** The runs first, so that none of them goes on finding what is being removed. */
  const remove = async (ids: readonly Id[]): Promise<void> => {
    if (ids.length === 0) return;
    await runs.deleteMany({ _id: { $in: ids } });
    await flips.deleteMany({ runId: { $in: ids } });
  };
  return {
    ...createRunStore<PreviewRun, PreviewFlip>(runs, flips),
    /** Whether an insert was refused because the draft has a preview that runs. */
    isAlreadyRunning: (error: unknown): boolean => isDuplicateKey(error, 'draftId'),
    /** The newest preview of a draft in a state. */
    async findNewest(draftId: Id, state: PreviewRun['state']): Promise<PreviewRun | null> {
      const found = await runs.findOne({ draftId, state }).sort({ _id: -1 }).lean<Stored<PreviewRun>>();
      return found && fromStored<PreviewRun>(found);
    },
    /** Ends a run that is running; false when it is no more. */
    async tryCancel(runId: Id, at: Date, tx: Tx): Promise<boolean> {
      const ended = await runs.updateOne(
        { _id: runId, state: 'running' },
        { $set: { state: 'cancelled', finishedAt: at } },
        sessionOf(tx),
      );
      return ended.modifiedCount === 1;
    },
    async listFlips(runId: Id, filter: FlipFilter, page: PageRequest): Promise<Page<PreviewFlip>> {
      return readPage<PreviewFlip>(flips, filterOf(runId, filter), ORDER, page);
    },
    /** All of them, for a file. */
    async listAllFlips(runId: Id, filter: FlipFilter): Promise<PreviewFlip[]> {
      const found = await flips.find(filterOf(runId, filter)).sort(ORDER).lean<Stored<PreviewFlip>[]>();
      return found.map(fromStored<PreviewFlip>);
    },
    /** Removes what a newer result of the draft has replaced, and what was cancelled. */
    async removeReplaced(draftId: Id, kept: Id | null): Promise<void> {
      const old = await runs
        .find({ draftId, state: { $in: kept === null ? ['cancelled'] : ['done', 'cancelled'] } }, { _id: 1 })
        .lean<{ _id: Id }[]>();
      await remove(old.flatMap(({ _id }) => (_id === kept ? [] : [_id])));
    },
    /** Removes all of a draft that is no more, also what runs: it finds itself gone and stops. */
    async removeOf(draftId: Id): Promise<void> {
      const all = await runs
        .find({ draftId, state: { $in: ['running', 'done', 'cancelled'] } }, { _id: 1 })
        .lean<{ _id: Id }[]>();
      await remove(all.map(({ _id }) => _id));
    },
  };
}
