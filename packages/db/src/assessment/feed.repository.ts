import { feedLine, feedPosition, type FeedLine, type FeedPosition } from '@cadre/domain/assessment';
import { id, type Id } from '@cadre/domain/core';
import { z } from 'zod';
import {
  bulkOf,
  fromStored,
  isDuplicateKey,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
} from '../core';

const lineSchema = schemaFromZod(feedLine);
lineSchema.index({ assessmentYearId: 1, personId: 1, version: 1 }, { unique: true });
lineSchema.index(
  { assessmentYearId: 1, snapshotNo: 1, personId: 1 },
  { unique: true, partialFilterExpression: { state: 'frozen' } },
);

const positionSchema = schemaFromZod(feedPosition);
positionSchema.index({ seq: 1 }, { unique: true });
positionSchema.index({ assessmentYearId: 1, seq: 1 });

/** A line that still waits for its number. */
const queued = z.object({ id, assessmentYearId: id });
type Queued = Stored<z.infer<typeof queued>>;

export type FeedRepository = ReturnType<typeof createFeedRepository>;

/**
 * Lines and their places in the feed, both append-only. A line is numbered after it was committed, by whoever holds
 * the sequencer's lease, so that a reader who has passed a number never misses a smaller one.
 */
export function createFeedRepository(database: Database) {
  const lines = database.appendOnlyModel<Stored<FeedLine>>('feedLines', lineSchema);
  const queue = database.model<Queued>('feedQueue', schemaFromZod(queued));
  const positions = database.appendOnlyModel<Stored<FeedPosition>>('feedPositions', positionSchema);

  return {
    /** Adds a line and queues it for its number; false when the same version, or the person's line of the same snapshot, exists. */
    async tryInsert(value: FeedLine): Promise<boolean> {
      try {
        await database.transaction(async (tx) => {
          await lines.create([toStored(value)], sessionOf(tx));
          await queue.create([{ _id: value.id, assessmentYearId: value.assessmentYearId }], sessionOf(tx));
        });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** The newest line of each person of a year. */
    async latestLines(assessmentYearId: Id, personIds: readonly Id[]): Promise<Map<Id, FeedLine>> {
      const found = await lines
        .find({ assessmentYearId, personId: { $in: personIds } })
        .sort({ personId: 1, version: 1 })
        .lean<Stored<FeedLine>[]>();
      return new Map(found.map((line) => [line.personId, fromStored<FeedLine>(line)]));
    },
    /** How many people have their line of a snapshot. */
    countFrozen: (assessmentYearId: Id, snapshotNo: number): Promise<number> =>
      lines.countDocuments({ assessmentYearId, snapshotNo, state: 'frozen' }),
    /**
     * Gives the next numbers to lines that were committed without one, oldest first, up to `limit`; returns how many.
     * Of two sequencers at once the unique number lets one through, and the other numbers nothing.
     */
    async numberLines(limit: number): Promise<number> {
      try {
        return await database.transaction(async (tx) => {
          const waiting = await queue
            .find({}, null, sessionOf(tx))
            .sort({ _id: 1 })
            .limit(limit)
            .lean<Queued[]>();
          if (waiting.length === 0) return 0;
          const [last] = await positions
            .find({}, null, sessionOf(tx))
            .sort({ seq: -1 })
            .limit(1)
            .lean<Stored<FeedPosition>[]>();
          const next = (last?.seq ?? 0) + 1;
          await positions.insertMany(
            waiting.map((place, index) => ({ ...place, seq: next + index })),
            bulkOf(tx),
          );
          await queue.deleteMany({ _id: { $in: waiting.map((place) => place._id) } }, sessionOf(tx));
          return waiting.length;
        });
      } catch (error) {
        if (isDuplicateKey(error)) return 0;
        throw error;
      }
    },
    /** Numbered lines of a year after a position, oldest first. */
    async listAfter(
      assessmentYearId: Id,
      seq: number,
      limit: number,
    ): Promise<(FeedLine & { seq: number })[]> {
      const places = await positions
        .find({ assessmentYearId, seq: { $gt: seq } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean<Stored<FeedPosition>[]>();
      const found = await lines
        .find({ _id: { $in: places.map((place) => place._id) } })
        .lean<Stored<FeedLine>[]>();
      const byId = new Map(found.map((line) => [line._id, fromStored<FeedLine>(line)]));
      return places.map((place) => ({ ...byId.get(place._id)!, seq: place.seq }));
    },
  };
}
