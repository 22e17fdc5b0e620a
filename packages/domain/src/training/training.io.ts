import { z } from 'zod';
import {
  amount,
  bilingual,
  civilDate,
  daysBetween,
  dayPart,
  errorCodes,
  id,
  pageOf,
  pageRequest,
  type ErrorCode,
} from '../core';
import { enrollmentState } from '../enrollment/enrollment';
import { base, instructor, venue } from '../network';
import { resourceKind } from './booking';
import { session, sessionMode, sessionStatus, worth } from './session';
import { classKind, classMode, classStatus, enrollmentWindow, trainingClass } from './training-class';

const DAY_MILLIS = 86_400_000;
const reason = z.string().trim().min(2).max(200);

/** Where and when a session stands. It lasts at most a day. */
const placement = z.object({
  baseId: id,
  venueId: id,
  instructorIds: z.array(id).max(8),
  startsAt: z.date(),
  endsAt: z.date(),
});
const lastsAtMostADay = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): boolean =>
  startsAt < endsAt && endsAt.getTime() - startsAt.getTime() <= DAY_MILLIS;
const MUST_LAST = { message: 'a session ends after it starts and lasts at most a day', path: ['endsAt'] };

/** The class that comes into being with a single session. */
const newClass = z.object({
  title: z.string().trim().min(1).max(80),
  description: z.string().trim().max(2000),
  kind: classKind,
  mode: classMode,
  capacity: z.number().int().min(1).max(5000),
  window: enrollmentWindow,
  promotionCutOff: z.date(),
  withdrawalDeadline: z.date(),
});

/** The one form: a course, a place, people and a time, in a new class or in one that exists. */
export const scheduleSessionInput = placement
  .extend({
    courseId: id,
    title: z.string().trim().min(1).max(80),
    mode: sessionMode,
    /** What the session declares to be worth; left out, it is what the form would propose. */
    worth: worth.optional(),
    in: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('new-class'), class: newClass }),
      z.object({ kind: z.literal('class'), classId: id }),
    ]),
  })
  .refine(lastsAtMostADay, MUST_LAST);
export type ScheduleSessionInput = z.infer<typeof scheduleSessionInput>;

export const moveSessionInput = placement
  .extend({
    sessionId: id,
    /** The revision that was looked at; another one means the session has changed since. */
    revision: z.number().int().min(0),
    /** Left out, the half-days move along and the class hours stay. */
    worth: worth.optional(),
  })
  .refine(lastsAtMostADay, MUST_LAST);
export type MoveSessionInput = z.infer<typeof moveSessionInput>;

export const cancelSessionInput = z.object({ sessionId: id, revision: z.number().int().min(0), reason });
export const cancelClassInput = z.object({ classId: id, reason });
export const changeCapacityInput = z.object({
  classId: id,
  revision: z.number().int().min(0),
  capacity: z.number().int().min(1).max(5000),
});

/** What the grid asks while something is dragged: may it stand there, and where else? */
export const assessPlacementInput = placement
  .extend({
    courseId: id,
    mode: sessionMode,
    people: z.number().int().min(1),
    /** The session being moved, which does not clash with itself. */
    sessionId: id.nullable(),
    classId: id.nullable(),
    worth: worth.optional(),
  })
  .refine(lastsAtMostADay, MUST_LAST);
export type AssessPlacementInput = z.infer<typeof assessPlacementInput>;

/** A rival as the actor may see it: sessions beyond the actor's bases show their time alone. */
export const clashView = z.object({
  kind: resourceKind,
  resourceId: id,
  rival: z
    .object({ sessionId: id.nullable(), title: z.string().nullable(), startsAt: z.date(), endsAt: z.date() })
    .nullable(),
  /** For a base: the half-day that would be over capacity. */
  halfDay: z
    .object({ date: civilDate, part: dayPart, people: z.number().int(), capacity: z.number().int() })
    .nullable(),
});
export type ClashView = z.infer<typeof clashView>;

const errorCode = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);
const errorDetails = z
  .record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
  )
  .readonly();

export const placementVerdict = z.object({
  verdict: z.enum(['free', 'tight', 'blocked']),
  refusals: z.array(z.object({ code: errorCode, details: errorDetails })),
  clashes: z.array(clashView),
  warnings: z.array(z.enum(['course-elsewhere', 'weekend', 'evening'])),
  /** Verified free when asked: other times with the same venue and people, and other venues at the same time. */
  alternatives: z.object({
    times: z.array(z.object({ startsAt: z.date(), endsAt: z.date() })),
    venues: z.array(venue.pick({ id: true, name: true, capacity: true })),
  }),
  suggestedWorth: worth,
});
export type PlacementVerdict = z.infer<typeof placementVerdict>;

/** A session with the names that a timetable shows. */
export const sessionView = session
  .pick({
    id: true,
    classId: true,
    courseId: true,
    baseId: true,
    venueId: true,
    instructorIds: true,
    title: true,
    startsAt: true,
    endsAt: true,
    mode: true,
    worth: true,
    status: true,
    expectedPeople: true,
    cancelledReason: true,
    revision: true,
    demo: true,
  })
  .extend({
    baseName: bilingual,
    venueName: bilingual,
    /** The class's own title, as it was written. */
    classTitle: z.string(),
    courseTitle: bilingual,
    /** Where the session stood when people first could note it; null while it stands there. */
    movedFrom: z
      .object({ startsAt: z.date(), endsAt: z.date(), baseName: bilingual, venueName: bilingual })
      .nullable(),
    instructors: z.array(instructor.pick({ id: true, name: true, title: true, kind: true })),
  });
export type SessionView = z.infer<typeof sessionView>;

/** So many sessions that were not held are named at once; the oldest come first. */
export const NOT_HELD_LIMIT = 50;
export const notHeldSessions = z.array(sessionView).max(NOT_HELD_LIMIT);

export const earnings = z.object({ days: amount, classHours: amount });

/** Where the person who asks stands with a class; null without an enrolment. */
export const ownStanding = z
  .object({ enrollmentId: id, state: enrollmentState, position: z.number().int().min(1).nullable() })
  .nullable();

/** A session of the asker's own that meets a session of the class. */
export const ownClash = z.object({ sessionId: id, title: z.string(), startsAt: z.date(), endsAt: z.date() });

export const classCard = trainingClass
  .pick({
    id: true,
    classNo: true,
    runNo: true,
    title: true,
    themeId: true,
    kind: true,
    mode: true,
    status: true,
    baseId: true,
    capacity: true,
    window: true,
    promotionCutOff: true,
    withdrawalDeadline: true,
    startsAt: true,
    endsAt: true,
    seatsTaken: true,
    waiting: true,
    revision: true,
    demo: true,
  })
  .extend({
    baseName: bilingual,
    /** The course that its sessions teach; null where they teach several. */
    courseTitle: bilingual.nullable(),
    sessionCount: z.number().int(),
    earns: earnings,
    mine: ownStanding,
    clashes: z.array(ownClash),
  });
export type ClassCard = z.infer<typeof classCard>;

export const classDetail = classCard.extend({
  description: z.string(),
  base: base.pick({ id: true, code: true, name: true, location: true, access: true }),
  sessions: z.array(sessionView),
});
export type ClassDetail = z.infer<typeof classDetail>;

export const openClassesInput = pageRequest.extend({
  search: z.string().trim().max(40).default(''),
  themeId: id.nullable().default(null),
  baseId: id.nullable().default(null),
  courseId: id.nullable().default(null),
});
export const openClasses = pageOf(classCard);

export const listClassesInput = pageRequest.extend({
  search: z.string().trim().max(40).default(''),
  status: classStatus.nullable().default(null),
  baseId: id.nullable().default(null),
  /** Classes that touch these dates, both included. */
  from: civilDate.nullable().default(null),
  to: civilDate.nullable().default(null),
});
export const classRow = classCard.omit({ mine: true, clashes: true });
export type ClassRow = z.infer<typeof classRow>;
export const classList = pageOf(classRow);

export const weekGridInput = z.object({
  /** Any day of the week that is asked for; weeks begin on Monday. */
  date: civilDate,
  by: z.enum(['venue', 'instructor']),
  baseId: id,
});

export const weekGrid = z.object({
  from: civilDate,
  to: civilDate,
  rows: z.array(
    z.object({
      id,
      name: bilingual,
      /** Of a venue: people it takes; of an instructor: null. */
      capacity: z.number().int().nullable(),
    }),
  ),
  sessions: z.array(sessionView),
  /** Times at which a row is taken by something the asker may not see. */
  busy: z.array(z.object({ rowId: id, startsAt: z.date(), endsAt: z.date() })),
  /** Opening hours and closed days, to shade the grid. */
  base: base.pick({
    id: true,
    code: true,
    name: true,
    openingHours: true,
    blackouts: true,
    capacityPerHalfDay: true,
  }),
});
export type WeekGrid = z.infer<typeof weekGrid>;

/** The bases whose timetable the asker may see, and whether the asker may schedule there. */
export const timetableBases = z.array(
  base.pick({ id: true, code: true, name: true }).extend({ canSchedule: z.boolean() }),
);
export type TimetableBases = z.infer<typeof timetableBases>;

export const baseIdInput = z.object({ baseId: id });
/** What the form can choose from at a base: venues in use, its own instructors and those of no base in particular. */
export const baseResources = z.object({
  venues: z.array(venue.pick({ id: true, name: true, kind: true, capacity: true })),
  instructors: z.array(instructor.pick({ id: true, name: true, title: true, kind: true })),
});
export type BaseResources = z.infer<typeof baseResources>;

/** So many days of a person's schedule can be asked for at once. */
const SCHEDULE_DAYS = 400;
/** Both days included; left out, the days from today on. */
export const myScheduleInput = z
  .object({ from: civilDate, to: civilDate })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) <= SCHEDULE_DAYS, {
    message: 'a range ends after it starts and spans 400 days at most',
    path: ['to'],
  })
  .optional();

export const scheduleItem = sessionView
  .pick({
    id: true,
    classId: true,
    courseId: true,
    baseId: true,
    baseName: true,
    venueName: true,
    title: true,
    classTitle: true,
    courseTitle: true,
    startsAt: true,
    endsAt: true,
    movedFrom: true,
    mode: true,
    status: true,
    worth: true,
    cancelledReason: true,
    demo: true,
  })
  .extend({
    /** As what the asker has to do with it. */
    as: z.enum(['learner', 'instructor']),
    standing: enrollmentState.nullable(),
    /** How the place is reached. */
    access: z.string(),
  });
export type ScheduleItem = z.infer<typeof scheduleItem>;
export const mySchedule = z.array(scheduleItem);

export const classIdInput = z.object({ classId: id });
export const sessionIdInput = z.object({ sessionId: id });
export const calendarFile = z.object({ fileName: z.string(), content: z.string() });

/** What a scheduling act answers with. */
export const scheduled = z.object({ classId: id, classNo: z.string(), session: sessionView });
export type Scheduled = z.infer<typeof scheduled>;
export const sessionStatusView = z.object({
  sessionId: id,
  status: sessionStatus,
  revision: z.number().int(),
});
