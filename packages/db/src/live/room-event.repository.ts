import { AppError, id, type Id } from '@cadre/domain/core';
import {
  onceKeyOf,
  roomEvent,
  subjectOf,
  type RoomEvent,
  type RoomEventBody,
  type RoomViewer,
} from '@cadre/domain/live';
import { z } from 'zod';
import {
  bulkOf,
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Filter,
  type Stored,
  type Tx,
} from '../core';

/** The counter of a session's events; made when the room opens. Every writer changes it, so writers come one after another. */
const room = z.object({ id, lastSeq: z.number().int().min(0) });
type Room = z.infer<typeof room>;

/** `subject` is the person an event is about, `onceKey` what makes it impossible a second time; both derive from the body. */
type StoredRoomEvent = Stored<RoomEvent> & { subject: Id | null; onceKey: string | null };

const schema = schemaFromZod(roomEvent, { subject: { type: String }, onceKey: { type: String } });
schema.index({ sessionId: 1, seq: 1 }, { unique: true });
schema.index(
  { sessionId: 1, onceKey: 1 },
  { unique: true, partialFilterExpression: { onceKey: { $type: 'string' } } },
);
schema.index({ sessionId: 1, subject: 1, seq: 1 });
schema.index({ sessionId: 1, 'body.type': 1, seq: 1 });

const PUBLIC = { subject: 0, onceKey: 0 } as const;

export interface RoomEventDraft {
  id: Id;
  at: Date;
  recordedAt: Date;
  body: RoomEventBody;
}

export type RoomEventRepository = ReturnType<typeof createRoomEventRepository>;

export function createRoomEventRepository(database: Database) {
  const rooms = database.model<Stored<Room>>('rooms', schemaFromZod(room));
  const events = database.appendOnlyModel<StoredRoomEvent>('roomEvents', schema);
  const store = (event: RoomEvent): StoredRoomEvent => ({
    ...toStored(event),
    subject: subjectOf(event.body),
    onceKey: onceKeyOf(event.body),
  });
  const find = async (filter: Filter, tx?: Tx, limit = 0): Promise<RoomEvent[]> => {
    const found = await events
      .find(filter, PUBLIC, sessionOf(tx))
      .sort({ seq: 1 })
      .limit(limit)
      .lean<Stored<RoomEvent>[]>();
    return found.map(fromStored<RoomEvent>);
  };
  return {
    /** Makes the room of a session, still without events. */
    async insertRoom(sessionId: Id, tx?: Tx): Promise<void> {
      await rooms.create([{ _id: sessionId, lastSeq: 0 }], sessionOf(tx));
    },
    /**
     * Adds events with the next numbers, without a gap, in the caller's transaction. Of several transactions that add
     * to one room at the same time the database lets one through and the others run again.
     * Throws ROOM_NOT_OPEN for a session whose room was never opened.
     */
    async append(sessionId: Id, drafts: readonly RoomEventDraft[], tx: Tx): Promise<RoomEvent[]> {
      if (drafts.length === 0) return [];
      const counter = await rooms
        .findOneAndUpdate(
          { _id: sessionId },
          { $inc: { lastSeq: drafts.length } },
          { returnDocument: 'after', ...sessionOf(tx) },
        )
        .lean<Stored<Room>>();
      if (!counter) throw new AppError('ROOM_NOT_OPEN');
      const first = counter.lastSeq - drafts.length + 1;
      const added = drafts.map((draft, index): RoomEvent => ({ ...draft, sessionId, seq: first + index }));
      await events.insertMany(added.map(store), bulkOf(tx));
      return added;
    },
    /** For loading data as a whole: rooms with the events they had. */
    async insertMany(values: readonly RoomEvent[]): Promise<void> {
      const last = new Map<Id, number>();
      for (const { sessionId, seq } of values) last.set(sessionId, Math.max(seq, last.get(sessionId) ?? 0));
      await rooms.insertMany(
        [...last].map(([sessionId, lastSeq]) => ({ _id: sessionId, lastSeq })),
        bulkOf(),
      );
      await events.insertMany(values.map(store), bulkOf());
    },
    /** The number of the room's last event; 0 while there is none. */
    async lastSeq(sessionId: Id, tx?: Tx): Promise<number> {
      const found = await rooms.findById(sessionId, null, sessionOf(tx)).lean<Stored<Room>>();
      return found?.lastSeq ?? 0;
    },
    async listBySession(sessionId: Id, tx?: Tx): Promise<RoomEvent[]> {
      return find({ sessionId }, tx);
    },
    /** The events after `since` that the viewer may see, oldest first. */
    async listSince(sessionId: Id, since: number, viewer: RoomViewer, limit: number): Promise<RoomEvent[]> {
      const seq = { $gt: since };
      return find(
        viewer.kind === 'staff'
          ? { sessionId, seq }
          : { sessionId, subject: { $in: [null, viewer.personId] }, seq },
        undefined,
        limit,
      );
    },
    /** What happened about these people in one session. */
    async listBySubjects(sessionId: Id, personIds: readonly Id[], tx?: Tx): Promise<RoomEvent[]> {
      return find({ sessionId, subject: { $in: personIds } }, tx);
    },
    /** What happened to the room as a whole: opened, extended, closed, announced. */
    async listOfRoom(sessionId: Id): Promise<RoomEvent[]> {
      return find({ sessionId, subject: null });
    },
    /** How many people have objected to what is recorded of them, by session; without those where nobody has. */
    async countDisputes(sessionIds: readonly Id[]): Promise<Map<Id, number>> {
      const found = await find({ sessionId: { $in: sessionIds }, 'body.type': 'attendance-disputed' });
      const counts = new Map<Id, number>();
      for (const { sessionId } of found) counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1);
      return counts;
    },
    async countCheckedIn(sessionId: Id): Promise<number> {
      return events.countDocuments({ sessionId, 'body.type': 'checked-in' });
    },
  };
}
