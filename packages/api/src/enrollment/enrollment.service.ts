import type { CourseRepository } from '@cadre/db/catalog';
import type { EnrollmentRepository, SeatLedgerRepository } from '@cadre/db/enrollment';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { BaseRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import {
  canViewRoster,
  canViewUnitEnrollments,
  unitEnrollmentReach,
  withdrawalRole,
  type Enrollment,
  type EnrollmentState,
  type EnrollResult,
  type MyEnrollment,
  type MyEnrollmentsInput,
  type RosterLine,
  type SeatCounts,
  type UnitEnrollment,
} from '@cadre/domain/enrollment';
import type { Person, Unit } from '@cadre/domain/identity';
import type { TrainingClass } from '@cadre/domain/training';
import type { Ports } from '../core';
import { courseTitlesOf, onlyCourseOf } from '../training/course-titles';
import type { SeatService } from './seat.service';

export interface EnrollmentDeps extends Pick<Ports, 'clock'> {
  classes: Pick<TrainingClassRepository, 'findById' | 'listByIds'>;
  enrollments: Pick<
    EnrollmentRepository,
    'findById' | 'listByClass' | 'pageByClass' | 'pageByPerson' | 'pageByUnits'
  >;
  seatLedger: Pick<SeatLedgerRepository, 'listByEnrollments'>;
  people: Pick<PersonRepository, 'list' | 'listByIds' | 'listIdsMatching'>;
  units: Pick<UnitRepository, 'listByIds'>;
  bases: Pick<BaseRepository, 'listByIds'>;
  courses: Pick<CourseRepository, 'listByIds'>;
  sessions: Pick<SessionRepository, 'listByClasses'>;
  seats: Pick<SeatService, 'claim' | 'positionOf' | 'withdraw'>;
}

const CURRENT: readonly EnrollmentState[] = ['enrolled', 'waiting', 'offered'];
const PAST: readonly EnrollmentState[] = [
  'withdrawn',
  'declined',
  'expired',
  'dismissed',
  'completed',
  'cancelled',
];
const WITHIN = { current: { states: CURRENT }, past: { states: PAST }, all: {} } as const;
/** So many people a search by name may find before it has to be narrowed. */
const SEARCH_LIMIT = 200;

export type EnrollmentService = ReturnType<typeof createEnrollmentService>;

export function createEnrollmentService(deps: EnrollmentDeps) {
  const { clock, classes, enrollments, seatLedger, people, units, bases, courses, sessions, seats } = deps;

  const resultOf = async (enrollment: Enrollment, position: number | null): Promise<EnrollResult> => ({
    enrollmentId: enrollment.id,
    classId: enrollment.classId,
    state: enrollment.state,
    position,
  });

  const byId = <Entity extends { id: Id }>(values: readonly Entity[]): Map<Id, Entity> =>
    new Map(values.map((value) => [value.id, value]));

  const linesOf = async (items: readonly Enrollment[]): Promise<RosterLine[]> => {
    const found: Map<Id, Person> = byId(await people.listByIds(items.map(({ personId }) => personId)));
    const unitsById: Map<Id, Unit> = byId(
      await units.listByIds([...new Set([...found.values()].map(({ unitId }) => unitId))]),
    );
    return Promise.all(
      items.flatMap((enrollment) => {
        const person = found.get(enrollment.personId);
        const unit = person && unitsById.get(person.unitId);
        if (!person || !unit) return [];
        return [
          seats.positionOf(enrollment).then((position) => ({
            ...enrollment,
            position,
            person: {
              id: person.id,
              personNo: person.personNo,
              name: person.name,
              unit: { id: unit.id, name: unit.name },
            },
          })),
        ];
      }),
    );
  };

  return {
    /** Enrols the actor, or puts the actor on the waitlist; asking again answers with what holds now. */
    async enroll(actor: PersonActor, classId: Id): Promise<EnrollResult> {
      const { enrollment, position } = await seats.claim(classId, {
        personId: actor.personId,
        origin: 'self-selected',
        requestedAt: clock.now(),
        by: actor.personId,
      });
      return resultOf(enrollment, position);
    },

    /** Own enrolments, and those of own people; anybody else's is not found. `from`: the state that was seen. */
    async withdraw(actor: PersonActor, enrollmentId: Id, from?: EnrollmentState): Promise<EnrollResult> {
      const enrollment = await enrollments.findById(enrollmentId);
      const as = enrollment && withdrawalRole(actor, enrollment);
      if (!as) throw new AppError('NOT_FOUND');
      return resultOf(await seats.withdraw(enrollmentId, as, actor.personId, from), null);
    },

    async mine(
      actor: PersonActor,
      { which, classId, ...request }: MyEnrollmentsInput,
    ): Promise<Page<MyEnrollment>> {
      const filter = { ...WITHIN[which], ...(classId === null ? {} : { classId }) };
      const page = await enrollments.pageByPerson(actor.personId, filter, request);
      const [values, entries] = await Promise.all([
        classes.listByIds(page.items.map(({ classId }) => classId)),
        seatLedger.listByEnrollments(page.items.map(({ id }) => id)),
      ]);
      const classesById = byId<TrainingClass>(values);
      const held = await sessions.listByClasses(values.map(({ id }) => id));
      const courseTitles = await courseTitlesOf(held, courses);
      const courseOf = (classId: Id) =>
        onlyCourseOf(
          held.filter((session) => session.classId === classId),
          courseTitles,
        );
      const basesById = byId(await bases.listByIds(values.map(({ baseId }) => baseId)));
      const items = await Promise.all(
        page.items.flatMap((enrollment) => {
          const value = classesById.get(enrollment.classId);
          const base = value && basesById.get(value.baseId);
          if (!value || !base) return [];
          return [
            seats.positionOf(enrollment).then((position) => ({
              ...enrollment,
              position,
              class: { ...value, baseName: base.name, courseTitle: courseOf(value.id) },
              notes: entries.filter(({ enrollmentId }) => enrollmentId === enrollment.id),
            })),
          ];
        }),
      );
      return { ...page, items };
    },

    /** Who is in a class and who waits, in order of the queue. */
    async roster(
      actor: PersonActor,
      {
        classId,
        state,
        search,
        ...request
      }: PageRequest & { classId: Id; state: EnrollmentState | null; search: string },
    ): Promise<Page<RosterLine> & { class: TrainingClass }> {
      const value = await classes.findById(classId);
      if (!value || !canViewRoster(actor, value)) throw new AppError('NOT_FOUND');
      const filter = state === null ? {} : { state };
      const everybody = search === '' ? [] : await enrollments.listByClass(classId, [...CURRENT, ...PAST]);
      const page = await enrollments.pageByClass(
        classId,
        search === ''
          ? filter
          : {
              ...filter,
              personIds: await people.listIdsMatching(
                everybody.map(({ personId }) => personId),
                search,
              ),
            },
        request,
      );
      return { ...page, items: await linesOf(page.items), class: value };
    },

    /** What the people of the actor's units are enrolled in, newest first. */
    async ofUnit(
      actor: PersonActor,
      { state, search, ...request }: PageRequest & { state: EnrollmentState | null; search: string },
    ): Promise<Page<UnitEnrollment>> {
      if (!canViewUnitEnrollments(actor)) throw new AppError('NOT_ALLOWED');
      const reach = unitEnrollmentReach(actor);
      const matching =
        search === '' ? null : await people.list(reach, search, { page: 1, pageSize: SEARCH_LIMIT });
      const page = await enrollments.pageByUnits(
        reach,
        {
          ...(state === null ? {} : { state }),
          ...(matching === null ? {} : { personIds: matching.items.map(({ id }) => id) }),
        },
        request,
      );
      const [lines, values] = await Promise.all([
        linesOf(page.items),
        classes.listByIds(page.items.map(({ classId }) => classId)),
      ]);
      const classesById = byId<TrainingClass>(values);
      const classOf = new Map(page.items.map(({ id, classId }) => [id, classesById.get(classId)]));
      return {
        ...page,
        items: lines.flatMap((line) => {
          const value = classOf.get(line.id);
          return value ? [{ ...line, class: value }] : [];
        }),
      };
    },

    /** Seats of classes on open screens; drafts and unknown ids are left out. */
    async seatCounts(classIds: readonly Id[]): Promise<SeatCounts> {
      const values = await classes.listByIds(classIds);
      return values
        .filter(({ status }) => status !== 'draft')
        .map(({ id, capacity, seatsTaken, waiting }) => ({ classId: id, capacity, seatsTaken, waiting }));
    },
  };
}
