import type { BaseReach } from '@cadre/domain/access';
import { AppError, type Id } from '@cadre/domain/core';
import { session, type Session, type SessionStatus } from '@cadre/domain/training';
import {
  bulkOf,
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  writeRevised,
  type Database,
  type Filter,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(session);
schema.index({ classId: 1, startsAt: 1 });
schema.index({ baseId: 1, startsAt: 1 });
schema.index({ startsAt: 1 });
schema.index({ instructorIds: 1, startsAt: 1 });
schema.index({ courseId: 1, startsAt: 1 });
schema.index({ status: 1, endsAt: 1 });

const DAY_MILLIS = 86_400_000;

/** A session lasts at most a day, so whatever is still running at `from` began at most a day earlier. */
const meets = (from: Date, to: Date): Filter => ({
  startsAt: { $gt: new Date(from.getTime() - DAY_MILLIS), $lt: to },
  endsAt: { $gt: from },
});
const withinReach = (reach: BaseReach): Filter => (reach === 'all' ? {} : { baseId: { $in: reach } });

export type SessionRepository = ReturnType<typeof createSessionRepository>;

export function createSessionRepository(database: Database) {
  const sessions = database.model<Stored<Session>>('sessions', schema);
  const list = async (filter: Filter, tx?: Tx): Promise<Session[]> => {
    const found = await sessions
      .find(filter, null, sessionOf(tx))
      .sort({ startsAt: 1, _id: 1 })
      .lean<Stored<Session>[]>();
    return found.map(fromStored<Session>);
  };

  return {
    async insert(value: Session, tx?: Tx): Promise<void> {
      await sessions.create([toStored(value)], sessionOf(tx));
    },
    async insertMany(values: readonly Session[]): Promise<void> {
      await sessions.insertMany(values.map(toStored), bulkOf());
    },
    async findById(id: Id, tx?: Tx): Promise<Session | null> {
      const found = await sessions.findById(id, null, sessionOf(tx)).lean<Stored<Session>>();
      return found && fromStored<Session>(found);
    },
    async getById(id: Id, tx?: Tx): Promise<Session> {
      const found = await this.findById(id, tx);
      if (!found) throw new AppError('NOT_FOUND');
      return found;
    },
    /** The session if it is at a base of the reach; a stranger's session is not found. */
    async getInReach(id: Id, reach: BaseReach): Promise<Session> {
      const [found] = await list({ _id: id, ...withinReach(reach) });
      if (!found) throw new AppError('NOT_FOUND');
      return found;
    },
    async listByIds(ids: readonly Id[]): Promise<Session[]> {
      return list({ _id: { $in: ids } });
    },
    /** The sessions of the classes, by start; cancelled ones included. */
    async listByClasses(classIds: readonly Id[], tx?: Tx): Promise<Session[]> {
      return list({ classId: { $in: classIds } }, tx);
    },
    /** Sessions that meet [from, to) at bases of the reach; cancelled ones left out. */
    async listBetween(reach: BaseReach, from: Date, to: Date): Promise<Session[]> {
      return list({ ...withinReach(reach), ...meets(from, to), status: { $ne: 'cancelled' } });
    },
    /** Sessions at a base that meet [from, to), cancelled ones included. */
    async listAtBaseBetween(baseId: Id, from: Date, to: Date): Promise<Session[]> {
      return list({ baseId, ...meets(from, to) });
    },
    /** Sessions of the given classes that meet [from, to), cancelled ones included. */
    async listOfClassesBetween(classIds: readonly Id[], from: Date, to: Date): Promise<Session[]> {
      return list({ classId: { $in: classIds }, ...meets(from, to) });
    },
    /** Sessions that one of the instructors teaches and that meet [from, to), cancelled ones included. */
    async listByInstructors(instructorIds: readonly Id[], from: Date, to: Date): Promise<Session[]> {
      return list({ instructorIds: { $in: instructorIds }, ...meets(from, to) });
    },
    /** How many sessions at a base are not over at an instant, cancelled ones left out. */
    async countComingAtBase(baseId: Id, now: Date): Promise<number> {
      return sessions.countDocuments({ baseId, endsAt: { $gt: now }, status: { $ne: 'cancelled' } });
    },
    /** Sessions of a course that begin at or after an instant, the next ones first; cancelled ones left out. */
    async listComingOfCourse(courseId: Id, from: Date, limit: number): Promise<Session[]> {
      const found = await sessions
        .find({ courseId, startsAt: { $gte: from }, status: { $ne: 'cancelled' } })
        .sort({ startsAt: 1, _id: 1 })
        .limit(limit)
        .lean<Stored<Session>[]>();
      return found.map(fromStored<Session>);
    },
    /** Classes that teach a course, by their sessions. */
    async listClassIdsOfCourse(courseId: Id): Promise<Id[]> {
      return sessions.distinct('classId', { courseId });
    },
    /** Sessions in a status whose scheduled end lies before an instant: what a time-out closes. */
    async listEndedBefore(status: SessionStatus, before: Date): Promise<Session[]> {
      return list({ status, endsAt: { $lt: before } });
    },
    /** Sessions in a status at bases of the reach, by their scheduled end. */
    async listInStatus(reach: BaseReach, status: SessionStatus, limit: number): Promise<Session[]> {
      const found = await sessions
        .find({ status, ...withinReach(reach) })
        .sort({ endsAt: 1, _id: 1 })
        .limit(limit)
        .lean<Stored<Session>[]>();
      return found.map(fromStored<Session>);
    },
    /** Writes fields if status and revision are still those that were read; false when somebody was faster. */
    async tryChange(
      read: Pick<Session, 'id' | 'status' | 'revision'>,
      fields: Partial<Omit<Session, 'id' | 'revision'>>,
      tx?: Tx,
    ): Promise<boolean> {
      return writeRevised(sessions, read, fields, tx, { status: read.status });
    },
    /** Moves a session from one status to the next, with the fields that belong to it; false when it has another status. */
    async tryTransition(
      id: Id,
      from: SessionStatus,
      to: SessionStatus,
      fields: Partial<Pick<Session, 'openedAt' | 'closedAt' | 'extendedTo' | 'cancelledReason'>> = {},
      tx?: Tx,
    ): Promise<boolean> {
      const result = await sessions.updateOne(
        { _id: id, status: from },
        { $set: { ...fields, status: to }, $inc: { revision: 1 } },
        sessionOf(tx),
      );
      return result.modifiedCount === 1;
    },
  };
}
