import type { UnitReach } from '@cadre/domain/access';
import { type Id, type Page, type PageRequest } from '@cadre/domain/core';
import { ACTIVE_STATES, enrollment, type Enrollment, type EnrollmentState } from '@cadre/domain/enrollment';
import {
  bulkOf,
  fromStored,
  readPage,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Filter,
  type Stored,
  type Tx,
  readsById,
} from '../core';

/** `active` repeats what `state` says in the form a partial index can hold to; it never leaves the database. */
type StoredEnrollment = Stored<Enrollment> & { active: boolean };

const schema = schemaFromZod(enrollment, { active: { type: Boolean } });
schema.index({ classId: 1, personId: 1 }, { unique: true, partialFilterExpression: { active: true } });
schema.index({ classId: 1, seq: 1 }, { unique: true });
schema.index({ classId: 1, state: 1, seq: 1 });
schema.index({ personId: 1, requestedAt: -1 });
schema.index({ unitPath: 1, requestedAt: -1 });
schema.index({ requestedAt: -1, _id: -1 });

const PRIVATE = { active: 0 } as const;
const isActive = (state: EnrollmentState): boolean => (ACTIVE_STATES as readonly string[]).includes(state);
const store = (value: Enrollment): StoredEnrollment => ({
  ...toStored(value),
  active: isActive(value.state),
});

export interface EnrollmentFilter {
  classId?: Id;
  state?: EnrollmentState;
  states?: readonly EnrollmentState[];
  personIds?: readonly Id[];
}
const filterOf = ({ classId, state, states, personIds }: EnrollmentFilter): Filter => ({
  ...(classId === undefined ? {} : { classId }),
  ...(state === undefined ? {} : { state }),
  ...(states === undefined ? {} : { state: { $in: states } }),
  ...(personIds === undefined ? {} : { personId: { $in: personIds } }),
});

export type EnrollmentRepository = ReturnType<typeof createEnrollmentRepository>;

export function createEnrollmentRepository(database: Database) {
  const enrollments = database.model<StoredEnrollment>('enrollments', schema);
  const list = async (filter: Filter, order: Record<string, 1 | -1>, tx?: Tx): Promise<Enrollment[]> => {
    const found = await enrollments
      .find(filter, PRIVATE, sessionOf(tx))
      .sort(order)
      .lean<Stored<Enrollment>[]>();
    return found.map(fromStored<Enrollment>);
  };
  const page = (
    filter: Filter,
    order: Record<string, 1 | -1>,
    request: PageRequest,
  ): Promise<Page<Enrollment>> => readPage<Enrollment>(enrollments as never, filter, order, request, PRIVATE);

  return {
    ...readsById<Enrollment>(enrollments as never, PRIVATE),
    async insertMany(values: readonly Enrollment[], tx?: Tx): Promise<void> {
      if (values.length > 0) await enrollments.insertMany(values.map(store), bulkOf(tx));
    },
    /** The enrolments of these people in a class that hold or ask for a seat; at most one each. */
    async listActive(classId: Id, personIds: readonly Id[], tx?: Tx): Promise<Enrollment[]> {
      return list({ classId, active: true, personId: { $in: personIds } }, { seq: 1 }, tx);
    },
    /** A class's enrolments in some states, in order of the queue. */
    async listByClass(classId: Id, states: readonly EnrollmentState[], tx?: Tx): Promise<Enrollment[]> {
      return list({ classId, state: { $in: states } }, { seq: 1 }, tx);
    },
    /** What a person holds or asks for, newest first. */
    async listActiveByPerson(personId: Id): Promise<Enrollment[]> {
      return list({ personId, active: true }, { requestedAt: -1, _id: -1 });
    },
    /** What a person held or asked for in classes that were cancelled, newest first. */
    async listCancelledByPerson(personId: Id): Promise<Enrollment[]> {
      return list({ personId, state: 'cancelled' }, { requestedAt: -1, _id: -1 });
    },
    /** Who holds a seat in which of the classes. */
    async listSeatHolders(classIds: readonly Id[]): Promise<Pick<Enrollment, 'classId' | 'personId'>[]> {
      return enrollments
        .find(
          { classId: { $in: classIds }, state: { $in: ['enrolled', 'completed'] } },
          { _id: 0, classId: 1, personId: 1 },
        )
        .lean<Pick<Enrollment, 'classId' | 'personId'>[]>();
    },
    /** A page of a class's enrolments in order of the queue. */
    async pageByClass(
      classId: Id,
      filter: EnrollmentFilter,
      request: PageRequest,
    ): Promise<Page<Enrollment>> {
      return page({ classId, ...filterOf(filter) }, { seq: 1, _id: 1 }, request);
    },
    /** A page of a person's own enrolments, newest first. */
    async pageByPerson(
      personId: Id,
      filter: EnrollmentFilter,
      request: PageRequest,
    ): Promise<Page<Enrollment>> {
      return page({ ...filterOf(filter), personId }, { requestedAt: -1, _id: -1 }, request);
    },
    /** A page of the enrolments of people who belonged to units of the reach when they enrolled, newest first. */
    async pageByUnits(
      reach: UnitReach,
      filter: EnrollmentFilter,
      request: PageRequest,
    ): Promise<Page<Enrollment>> {
      const reached: Filter = reach === 'all' ? {} : { unitPath: { $in: reach } };
      return page({ ...reached, ...filterOf(filter) }, { requestedAt: -1, _id: -1 }, request);
    },
    /** How many people of each unit (and below) hold a seat of the class. */
    async countSeatsByUnits(classId: Id, unitIds: readonly Id[], tx?: Tx): Promise<Map<Id, number>> {
      const counts = new Map<Id, number>();
      for (const unitId of unitIds)
        counts.set(
          unitId,
          await enrollments.countDocuments(
            { classId, state: { $in: ['enrolled', 'completed'] }, unitPath: unitId },
            sessionOf(tx),
          ),
        );
      return counts;
    },
    /** How many people wait in a class up to and with a place in its queue: that person's position. */
    async countWaitingUpTo(classId: Id, seq: number): Promise<number> {
      return enrollments.countDocuments({ classId, state: 'waiting', seq: { $lte: seq } });
    },
    /** Moves an enrolment from the state that was read to the next; false when it has another state. */
    async tryTransition(
      id: Id,
      from: EnrollmentState,
      to: EnrollmentState,
      decidedAt: Date,
      tx?: Tx,
    ): Promise<boolean> {
      const result = await enrollments.updateOne(
        { _id: id, state: from },
        { $set: { state: to, active: isActive(to), decidedAt } },
        sessionOf(tx),
      );
      return result.modifiedCount === 1;
    },
    /** Moves all enrolments of a class that are in one state to another; answers how many. */
    async transitionAll(
      classId: Id,
      from: EnrollmentState,
      to: EnrollmentState,
      decidedAt: Date,
      tx: Tx,
    ): Promise<number> {
      const result = await enrollments.updateMany(
        { classId, state: from },
        { $set: { state: to, active: isActive(to), decidedAt } },
        sessionOf(tx),
      );
      return result.modifiedCount;
    },
  };
}
