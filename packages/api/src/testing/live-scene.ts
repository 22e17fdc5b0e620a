import type { Id, IdGenerator } from '@cadre/domain/core';
import type { EnrollmentState } from '@cadre/domain/enrollment';
import type { Base, Instructor, Venue } from '@cadre/domain/network';
import type { Session, TrainingClass } from '@cadre/domain/training';
import type { Repositories } from '../container';

/** A scheduled session of a class at a base, as a room needs it. */
export interface LiveScene {
  base: Base;
  venue: Venue;
  instructor: Instructor;
  trainingClass: TrainingClass;
  session: Session;
  /** Gives people seats in the class (or another state), in order. */
  seat(personIds: readonly Id[], state?: EnrollmentState): Promise<void>;
}

const HOUR_MILLIS = 3_600_000;
let scenes = 0;

/** Stores what a room stands on: from 14:00 to 16:30 of the test day, one hour being `startsAt` + 2.5 hours at most. */
export async function addLiveScene(
  repositories: Pick<
    Repositories,
    'bases' | 'venues' | 'instructors' | 'classes' | 'sessions' | 'enrollments'
  >,
  newId: IdGenerator,
  changes: {
    session?: Partial<Session>;
    trainingClass?: Partial<TrainingClass>;
    instructorPersonId?: Id;
  } = {},
): Promise<LiveScene> {
  scenes += 1;
  const startsAt = changes.session?.startsAt ?? new Date('2026-11-18T06:00:00Z');
  const endsAt = changes.session?.endsAt ?? new Date(startsAt.getTime() + 2.5 * HOUR_MILLIS);
  const base: Base = {
    id: newId(),
    code: `T${String(scenes).padStart(3, '0')}`,
    name: { zh: `基地${scenes}`, en: `Base ${scenes}` },
    tier: 'case',
    parentId: newId(),
    status: 'applied',
    designations: [],
    location: {
      province: '浙江省',
      city: '台州市',
      county: '椒江区',
      latitude: 28.45,
      longitude: 121.9,
      datum: 'WGS-84',
      accuracyKm: 1,
    },
    theme: { zh: '垦荒精神', en: 'Reclamation spirit' },
    description: '',
    access: '',
    capacityPerHalfDay: 200,
    openingHours: [],
    blackouts: [],
    revision: 0,
    demo: false,
  };
  const venue: Venue = {
    id: newId(),
    baseId: base.id,
    code: 'V1',
    name: { zh: '垦荒馆', en: 'Reclamation hall' },
    kind: 'hall',
    capacity: 200,
    active: true,
    revision: 0,
    demo: false,
  };
  const instructor: Instructor = {
    id: newId(),
    personId: changes.instructorPersonId ?? null,
    baseId: base.id,
    name: '王老师',
    title: '讲师',
    kind: 'lecturer',
    active: true,
    revision: 0,
    demo: false,
  };
  const trainingClass: TrainingClass = {
    id: newId(),
    classNo: `2026-T${String(scenes).padStart(3, '0')}`,
    runNo: 1,
    title: '垦荒精神现场课',
    description: '',
    themeId: newId(),
    kind: 'on-site',
    mode: 'self-selected',
    status: 'open',
    baseId: base.id,
    capacity: 100,
    window: {
      opensAt: new Date(startsAt.getTime() - 240 * HOUR_MILLIS),
      closesAt: new Date(startsAt.getTime() - 48 * HOUR_MILLIS),
    },
    promotionCutOff: new Date(startsAt.getTime() - 24 * HOUR_MILLIS),
    withdrawalDeadline: new Date(startsAt.getTime() - 24 * HOUR_MILLIS),
    quotas: [],
    classTeacherIds: [],
    startsAt,
    endsAt,
    seatsTaken: 0,
    waiting: 0,
    ledgerSeq: 0,
    revision: 0,
    demo: false,
    ...changes.trainingClass,
  };
  const session: Session = {
    id: newId(),
    classId: trainingClass.id,
    courseId: newId(),
    baseId: base.id,
    venueId: venue.id,
    instructorIds: [instructor.id],
    title: '大陈岛·垦荒精神现场课',
    mode: 'both',
    worth: { halfDays: [{ date: '2026-11-18', part: 'afternoon' }], classHours: 40_000 },
    status: 'scheduled',
    expectedPeople: 100,
    openedAt: null,
    closedAt: null,
    extendedTo: null,
    cancelledReason: null,
    movedFrom: null,
    revision: 0,
    demo: false,
    ...changes.session,
    startsAt,
    endsAt,
  };
  await repositories.bases.insertMany([base]);
  await repositories.venues.insert(venue);
  await repositories.instructors.insert(instructor);
  await repositories.classes.insert(trainingClass);
  await repositories.sessions.insert(session);
  let seq = 0;
  return {
    base,
    venue,
    instructor,
    trainingClass,
    session,
    async seat(personIds, state = 'enrolled') {
      await repositories.enrollments.insertMany(
        personIds.map((personId) => ({
          id: newId(),
          classId: trainingClass.id,
          personId,
          unitPath: [newId()],
          state,
          origin: 'self-selected',
          seq: ++seq,
          requestedAt: trainingClass.window.opensAt,
          decidedAt: trainingClass.window.opensAt,
          demo: false,
        })),
      );
    },
  };
}
