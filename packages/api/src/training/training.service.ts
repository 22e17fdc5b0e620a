import type { CourseRepository } from '@cadre/db/catalog';
import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import {
  addDays,
  AppError,
  instantOf,
  overlaps,
  toCivilDate,
  type CivilDate,
  type Id,
  type Page,
  type PageRequest,
} from '@cadre/domain/core';
import type { Enrollment } from '@cadre/domain/enrollment';
import {
  canViewTimetable,
  earningsOf,
  isWithinReach,
  timetableReach,
  type ClassCard,
  type ClassDetail,
  type ClassRow,
  type ClassStatus,
  type ScheduleItem,
  type Session,
  type TrainingClass,
} from '@cadre/domain/training';
import type { Ports } from '../core';
import type { SeatService } from '../enrollment';
import { sessionCalendarFile } from './session-calendar';
import { courseTitlesOf, onlyCourseOf } from './course-titles';
import { byId, viewSessions } from './timetable-names';

/** How far one's own schedule looks ahead unless asked otherwise, in days. */
const COMING_DAYS = 180;

export interface TrainingDeps extends Pick<Ports, 'clock' | 'publicUrl'> {
  bases: Pick<BaseRepository, 'findById' | 'listByIds'>;
  classes: Pick<TrainingClassRepository, 'findById' | 'list' | 'listByIds' | 'listOpen'>;
  courses: Pick<CourseRepository, 'listByIds'>;
  enrollments: Pick<EnrollmentRepository, 'listActiveByPerson' | 'listCancelledByPerson'>;
  instructors: Pick<InstructorRepository, 'listByIds' | 'listByPerson'>;
  seats: Pick<SeatService, 'positionOf'>;
  sessions: Pick<
    SessionRepository,
    'findById' | 'listByClasses' | 'listByInstructors' | 'listClassIdsOfCourse' | 'listOfClassesBetween'
  >;
  venues: Pick<VenueRepository, 'findById' | 'listByIds'>;
}

const DAY_MINUTES = 1440;

export type TrainingService = ReturnType<typeof createTrainingService>;

/** What people find, read and keep of classes and sessions. */
export function createTrainingService(deps: TrainingDeps) {
  const { clock, publicUrl, bases, classes, courses, enrollments, instructors, seats, sessions, venues } =
    deps;

  /** Drafts are for those who plan at the base; everything else is for everybody who is signed in. */
  const isVisible = (actor: PersonActor, value: TrainingClass): boolean =>
    value.status !== 'draft' || isWithinReach(timetableReach(actor), value.baseId);

  const loadClass = async (actor: PersonActor, classId: Id): Promise<TrainingClass> => {
    const value = await classes.findById(classId);
    if (!value || !isVisible(actor, value)) throw new AppError('NOT_FOUND');
    return value;
  };

  const idsTaughtBy = async (actor: PersonActor): Promise<Id[]> =>
    (await instructors.listByPerson(actor.personId)).map(({ id }) => id);

  /** The actor's own sessions that meet a span of time: seats held, and lessons taught. */
  const ownSessions = async (actor: PersonActor, own: readonly Enrollment[], from: Date, to: Date) => {
    const held = own.filter(({ state }) => state === 'enrolled');
    const taughtAs = await idsTaughtBy(actor);
    const found = await Promise.all([
      sessions.listOfClassesBetween(
        held.map(({ classId }) => classId),
        from,
        to,
      ),
      sessions.listByInstructors(taughtAs, from, to),
    ]);
    return [...byId(found.flat()).values()].filter(({ status }) => status !== 'cancelled');
  };

  const summarize = async (
    values: readonly TrainingClass[],
  ): Promise<{ summaries: ClassRow[]; sessionsOf: Map<Id, Session[]> }> => {
    const [allSessions, allBases] = await Promise.all([
      sessions.listByClasses(values.map(({ id }) => id)),
      bases.listByIds([...new Set(values.map(({ baseId }) => baseId))]),
    ]);
    const basesById = byId(allBases);
    const courseTitles = await courseTitlesOf(allSessions, courses);
    const sessionsOf = new Map<Id, Session[]>(values.map(({ id }) => [id, []]));
    for (const session of allSessions) sessionsOf.get(session.classId)?.push(session);
    const summaries = values.flatMap((value) => {
      const base = basesById.get(value.baseId);
      const own = sessionsOf.get(value.id) ?? [];
      if (!base) return [];
      return [
        {
          ...value,
          baseName: base.name,
          courseTitle: onlyCourseOf(own, courseTitles),
          sessionCount: own.filter(({ status }) => status !== 'cancelled').length,
          earns: earningsOf(own),
        },
      ];
    });
    return { summaries, sessionsOf };
  };

  /** Classes as the actor sees them: with own enrolment and what of the own calendar they meet. */
  const cardsOf = async (actor: PersonActor, values: readonly TrainingClass[]): Promise<ClassCard[]> => {
    const { summaries, sessionsOf } = await summarize(values);
    const coming = [...sessionsOf.values()].flat().filter(({ status }) => status !== 'cancelled');
    const active = await enrollments.listActiveByPerson(actor.personId);
    const own =
      coming.length === 0
        ? []
        : await ownSessions(
            actor,
            active,
            new Date(Math.min(...coming.map(({ startsAt }) => startsAt.getTime()))),
            new Date(Math.max(...coming.map(({ endsAt }) => endsAt.getTime()))),
          );
    return Promise.all(
      summaries.map(async (summary): Promise<ClassCard> => {
        const enrollment = active.find(({ classId }) => classId === summary.id);
        const held = (sessionsOf.get(summary.id) ?? []).filter(({ status }) => status !== 'cancelled');
        return {
          ...summary,
          mine: enrollment
            ? {
                enrollmentId: enrollment.id,
                state: enrollment.state,
                position: await seats.positionOf(enrollment),
              }
            : null,
          clashes: own
            .filter(
              (other) => other.classId !== summary.id && held.some((session) => overlaps(session, other)),
            )
            .map(({ id, title, startsAt, endsAt }) => ({ sessionId: id, title, startsAt, endsAt })),
        };
      }),
    );
  };

  return {
    /** Classes that can still be enrolled in, the next ones first. */
    async openClasses(
      actor: PersonActor,
      {
        search,
        themeId,
        baseId,
        courseId,
        ...request
      }: PageRequest & { search: string; themeId: Id | null; baseId: Id | null; courseId: Id | null },
    ): Promise<Page<ClassCard>> {
      const page = await classes.listOpen(
        clock.now(),
        {
          search,
          ...(themeId === null ? {} : { themeId }),
          ...(baseId === null ? {} : { baseId }),
          ...(courseId === null ? {} : { ids: await sessions.listClassIdsOfCourse(courseId) }),
        },
        request,
      );
      return { ...page, items: await cardsOf(actor, page.items) };
    },

    /** Everything that decides whether to go: dates, place, way, worth, seats, own clashes. */
    async classDetail(actor: PersonActor, classId: Id): Promise<ClassDetail> {
      const value = await loadClass(actor, classId);
      const [base, own, cards] = await Promise.all([
        bases.findById(value.baseId),
        sessions.listByClasses([classId]),
        cardsOf(actor, [value]),
      ]);
      const [card] = cards;
      if (!base || !card) throw new AppError('NOT_FOUND');
      return { ...card, description: value.description, base, sessions: await viewSessions(deps, own) };
    },

    /** Classes of the bases whose timetable the actor may see. */
    async listClasses(
      actor: PersonActor,
      {
        search,
        status,
        baseId,
        from,
        to,
        ...request
      }: PageRequest & {
        search: string;
        status: ClassStatus | null;
        baseId: Id | null;
        from: CivilDate | null;
        to: CivilDate | null;
      },
    ): Promise<Page<ClassRow>> {
      if (!canViewTimetable(actor)) throw new AppError('NOT_ALLOWED');
      const page = await classes.list(
        timetableReach(actor),
        {
          search,
          ...(status === null ? {} : { status }),
          ...(baseId === null ? {} : { baseId }),
          ...(from === null ? {} : { from: instantOf(from) }),
          ...(to === null ? {} : { to: instantOf(to, DAY_MINUTES) }),
        },
        request,
      );
      return { ...page, items: (await summarize(page.items)).summaries };
    },

    /**
     * The actor's own days, from today on unless told otherwise: sessions of classes enrolled in or waited for, and
     * sessions taught; cancelled ones say so.
     */
    async mySchedule(
      actor: PersonActor,
      range?: { from: CivilDate; to: CivilDate },
    ): Promise<ScheduleItem[]> {
      const today = toCivilDate(clock.now());
      const { from, to } = range ?? { from: today, to: addDays(today, COMING_DAYS) };
      const [start, end] = [instantOf(from), instantOf(to, DAY_MINUTES)];
      // A class that was cancelled stays in sight with its reason: whoever had a seat would otherwise set out for it.
      const [active, cancelled] = await Promise.all([
        enrollments.listActiveByPerson(actor.personId),
        enrollments.listCancelledByPerson(actor.personId),
      ]);
      const own = [...cancelled, ...active];
      const [learning, teaching] = await Promise.all([
        sessions.listOfClassesBetween([...new Set(own.map(({ classId }) => classId))], start, end),
        sessions.listByInstructors(await idsTaughtBy(actor), start, end),
      ]);
      const taught = new Set(teaching.map(({ id }) => id));
      const all = [...byId([...learning, ...teaching]).values()].sort(
        (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1),
      );
      const [views, places] = await Promise.all([
        viewSessions(deps, all),
        bases.listByIds([...new Set(all.map(({ baseId }) => baseId))]),
      ]);
      const basesById = byId(places);
      const standings = new Map(own.map(({ classId, state }) => [classId, state]));
      return views.map((view) => ({
        ...view,
        as: taught.has(view.id) ? 'instructor' : 'learner',
        standing: standings.get(view.classId) ?? null,
        access: basesById.get(view.baseId)?.access ?? '',
      }));
    },

    /** A session as a calendar file. */
    async sessionCalendar(actor: PersonActor, sessionId: Id): Promise<{ fileName: string; content: string }> {
      const session = await sessions.findById(sessionId);
      if (!session) throw new AppError('NOT_FOUND');
      const [value, base, venue, [view]] = await Promise.all([
        loadClass(actor, session.classId),
        bases.findById(session.baseId),
        venues.findById(session.venueId),
        viewSessions(deps, [session]),
      ]);
      if (!base || !venue || !view) throw new AppError('NOT_FOUND');
      const { movedFrom } = view;
      return sessionCalendarFile({
        session,
        class: value,
        base,
        venue,
        movedFrom,
        publicUrl,
        now: clock.now(),
      });
    },
  };
}
