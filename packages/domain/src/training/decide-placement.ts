import {
  AppError,
  clip,
  instantOf,
  isWithin,
  minuteOfDay,
  toCivilDate,
  weekdayOf,
  type ErrorCode,
  type ErrorDetails,
  type Interval,
} from '../core';
import type { Course } from '../catalog';
import { isOperating, type Base, type Instructor, type Venue } from '../network';
import { datesOf } from './booking';
import type { SessionMode, Worth } from './session';
import { isWorthValid } from './worth';

/** Everything but the bookings that decides whether a session may stand where it is put. */
export interface PlacementFacts {
  base: Pick<Base, 'id' | 'status' | 'openingHours' | 'blackouts'>;
  venue: Pick<Venue, 'id' | 'capacity' | 'active'>;
  instructors: readonly Pick<Instructor, 'id' | 'active'>[];
  course: Pick<Course, 'id' | 'status' | 'reviewBy' | 'baseIds'>;
  span: Interval;
  mode: SessionMode;
  /** Capacity of the class. */
  people: number;
  worth: Worth;
}

export interface PlacementRefusal {
  code: ErrorCode;
  details: ErrorDetails;
}

/** Things a scheduler should know of that do not stand in the way. */
export type PlacementWarning = 'course-elsewhere' | 'weekend' | 'evening';

/** People the session brings to the base: the class, or nobody when it is online only. */
export const expectedPeopleOf = (mode: SessionMode, capacity: number): number =>
  mode === 'online' ? 0 : capacity;

/** Is the whole span inside opening hours? Each date's part must lie within one opening of its weekday. */
export function isWithinOpeningHours(span: Interval, hours: Base['openingHours']): boolean {
  return datesOf(span).every((date) => {
    const part = clip(span, { startsAt: instantOf(date), endsAt: instantOf(date, 1440) });
    if (part === null) return true;
    const from = minuteOfDay(part.startsAt);
    const to = minuteOfDay(part.endsAt) || 1440;
    return hours.some(
      (opening) => opening.weekday === weekdayOf(date) && opening.from <= from && to <= opening.to,
    );
  });
}

/** The closed period that the span meets, if any. */
export const blackoutOf = (
  span: Interval,
  blackouts: Base['blackouts'],
): Base['blackouts'][number] | undefined =>
  blackouts.find((closed) => datesOf(span).some((date) => isWithin(date, closed)));

/** Every reason against the placement, the deepest first; empty when it may stand. */
export function refusalsOf(facts: PlacementFacts, now: Date): PlacementRefusal[] {
  const { base, venue, instructors, course, span, mode, people, worth } = facts;
  const refusals: PlacementRefusal[] = [];
  const refuse = (code: ErrorCode, details: ErrorDetails = {}) => refusals.push({ code, details });
  if (!isOperating(base.status)) refuse('BASE_NOT_OPERATING', { baseId: base.id, status: base.status });
  if (!venue.active) refuse('RESOURCE_NOT_IN_USE', { kind: 'venue', id: venue.id });
  for (const { id, active } of instructors)
    if (!active) refuse('RESOURCE_NOT_IN_USE', { kind: 'instructor', id });
  if (course.status !== 'published' || course.reviewBy < toCivilDate(span.startsAt))
    refuse('COURSE_NOT_OFFERED', { courseId: course.id, status: course.status, reviewBy: course.reviewBy });
  if (span.startsAt <= now) refuse('SESSION_IN_PAST', { startsAt: span.startsAt.toISOString() });
  const closed = blackoutOf(span, base.blackouts);
  if (closed) refuse('BASE_BLACKOUT', { from: closed.from, to: closed.to, reason: closed.reason });
  if (!isWithinOpeningHours(span, base.openingHours)) refuse('OUTSIDE_OPENING_HOURS', { baseId: base.id });
  if (expectedPeopleOf(mode, people) > venue.capacity)
    refuse('VENUE_TOO_SMALL', { venueId: venue.id, seats: venue.capacity, people });
  if (!isWorthValid(worth, span)) refuse('WORTH_INVALID');
  return refusals;
}

export function warningsOf({ base, course, span }: PlacementFacts): PlacementWarning[] {
  const warnings: PlacementWarning[] = [];
  if (!course.baseIds.includes(base.id)) warnings.push('course-elsewhere');
  if (datesOf(span).some((date) => weekdayOf(date) > 5)) warnings.push('weekend');
  if (minuteOfDay(span.startsAt) >= 1080) warnings.push('evening');
  return warnings;
}

/** Throws the first refusal. */
export function assertPlacement(facts: PlacementFacts, now: Date): void {
  const [first] = refusalsOf(facts, now);
  if (first) throw new AppError(first.code, first.details);
}
