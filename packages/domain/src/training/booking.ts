import { z } from 'zod';
import {
  addDays,
  civilDate,
  DAY_PARTS,
  dayPart,
  id,
  instantOf,
  overlaps,
  toCivilDate,
  type CivilDate,
  type DayPart,
  type ErrorCode,
  type Id,
  type Interval,
} from '../core';
import type { Session } from './session';

/** What a session occupies. Venue, instructor and class are in one place at a time; a base takes a number of people per half-day. */
export const resourceKind = z.enum(['base', 'class', 'instructor', 'venue']);
export type ResourceKind = z.infer<typeof resourceKind>;

export const bookingSlot = z.object({
  sessionId: id,
  classId: id,
  startsAt: z.date(),
  endsAt: z.date(),
  /** People the session brings to the base; 0 for an online session. */
  people: z.number().int().min(0),
});
export type BookingSlot = z.infer<typeof bookingSlot>;

/** Everything booked on one resource on one Shanghai date; unique by resource and date, changed against its revision. */
export const bookingDay = z.object({
  id,
  resourceKind,
  resourceId: id,
  date: civilDate,
  slots: z.array(bookingSlot),
  revision: z.number().int().min(0),
});
export type BookingDay = z.infer<typeof bookingDay>;

export interface Resource {
  kind: ResourceKind;
  id: Id;
}
export interface DayKey {
  resourceKind: ResourceKind;
  resourceId: Id;
  date: CivilDate;
}

/** What a session wants to book. `capacity` counts for a base only: people per half-day. */
export interface BookingRequest {
  resource: Resource;
  slot: BookingSlot;
  capacity: number | null;
}

/** Why a request does not fit: a rival at the same time, or a half-day of the base that is full. */
export type BookingClash =
  | { kind: Exclude<ResourceKind, 'base'>; resourceId: Id; rival: BookingSlot }
  | { kind: 'base'; resourceId: Id; date: CivilDate; part: DayPart; people: number; capacity: number };

/** What a booking is refused with where a resource of that kind stands in the way. */
export const CLASH_CODES: Readonly<Record<ResourceKind, ErrorCode>> = {
  base: 'BASE_CAPACITY_EXCEEDED',
  class: 'CLASS_CLASH',
  instructor: 'INSTRUCTOR_CLASH',
  venue: 'VENUE_CLASH',
};

/** Everything a session occupies. `baseCapacity` is the people the base takes per half-day. */
export function bookingRequestsOf(
  value: Pick<
    Session,
    'id' | 'classId' | 'baseId' | 'venueId' | 'instructorIds' | 'startsAt' | 'endsAt' | 'expectedPeople'
  >,
  baseCapacity: number | null,
): BookingRequest[] {
  const slot: BookingSlot = {
    sessionId: value.id,
    classId: value.classId,
    startsAt: value.startsAt,
    endsAt: value.endsAt,
    people: value.expectedPeople,
  };
  const exclusive: Resource[] = [
    { kind: 'class', id: value.classId },
    ...value.instructorIds.map((instructorId): Resource => ({ kind: 'instructor', id: instructorId })),
    { kind: 'venue', id: value.venueId },
  ];
  return [
    ...(value.expectedPeople > 0
      ? [{ resource: { kind: 'base' as const, id: value.baseId }, slot, capacity: baseCapacity }]
      : []),
    ...exclusive.map((resource) => ({ resource, slot, capacity: null })),
  ];
}

/** The booking days of sessions that are already known to fit; cancelled ones book nothing. */
export function bookingDaysOf(sessions: readonly Session[], newId: () => Id): BookingDay[] {
  const requests = sessions
    .filter(({ status }) => status !== 'cancelled')
    .flatMap((value) => bookingRequestsOf(value, null));
  return dayKeysOf(requests.map(({ resource, slot }) => ({ resource, span: slot }))).map((key) => ({
    id: newId(),
    ...key,
    slots: requests
      .filter(
        ({ resource, slot }) =>
          resource.kind === key.resourceKind &&
          resource.id === key.resourceId &&
          datesOf(slot).includes(key.date),
      )
      .map(({ slot }) => slot),
    revision: 0,
  }));
}

/** The Shanghai dates that a span touches, in order. */
export function datesOf(span: Interval): CivilDate[] {
  const last = toCivilDate(new Date(span.endsAt.getTime() - 1));
  const dates: CivilDate[] = [];
  for (let date = toCivilDate(span.startsAt); date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}

const dayKeyText = (key: DayKey): string => `${key.resourceKind}/${key.resourceId}/${key.date}`;

/** The days that the spans of these resources touch, each once, in the one order in which every writer locks them. */
export function dayKeysOf(wants: readonly { resource: Resource; span: Interval }[]): DayKey[] {
  const keys = new Map<string, DayKey>();
  for (const { resource, span } of wants)
    for (const date of datesOf(span)) {
      const key: DayKey = { resourceKind: resource.kind, resourceId: resource.id, date };
      keys.set(dayKeyText(key), key);
    }
  return [...keys.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

/** People a base has in one half-day: sessions of one class are the same people and count once, by the largest. */
export function peopleIn(slots: readonly BookingSlot[], date: CivilDate, part: DayPart): number {
  const { from, to } = DAY_PARTS[part];
  const frame = { startsAt: instantOf(date, from), endsAt: instantOf(date, to) };
  const byClass = new Map<Id, number>();
  for (const slot of slots)
    if (overlaps(slot, frame))
      byClass.set(slot.classId, Math.max(slot.people, byClass.get(slot.classId) ?? 0));
  return [...byClass.values()].reduce((sum, people) => sum + people, 0);
}

/** What stands in the way of one more slot on a day of a resource; empty when it fits. */
export function clashesOn(day: DaySlots, slot: BookingSlot, capacity: number | null): BookingClash[] {
  const { resourceKind: kind, resourceId, date } = day;
  if (kind !== 'base')
    return day.slots
      .filter((rival) => rival.sessionId !== slot.sessionId && overlaps(rival, slot))
      .map((rival) => ({ kind, resourceId, rival }));
  if (capacity === null) return [];
  const after = [...day.slots.filter((taken) => taken.sessionId !== slot.sessionId), slot];
  return dayPart.options
    .filter((part) => {
      const { from, to } = DAY_PARTS[part];
      return overlaps(slot, { startsAt: instantOf(date, from), endsAt: instantOf(date, to) });
    })
    .map((part) => ({ kind, resourceId, date, part, people: peopleIn(after, date, part), capacity }))
    .filter(({ people }) => people > capacity);
}

export type DaySlots = DayKey & Pick<BookingDay, 'slots'>;
export type BookingPlan<Day extends DaySlots> =
  { ok: true; changed: Day[] } | { ok: false; clashes: BookingClash[] };

/** The days of the keys as far as they exist, and empty ones for the others: for looking, not for writing. */
export function completeDays(keys: readonly DayKey[], days: readonly DaySlots[]): DaySlots[] {
  const byKey = new Map(days.map((day) => [dayKeyText(day), day]));
  return keys.map((key) => byKey.get(dayKeyText(key)) ?? { ...key, slots: [] });
}

/**
 * Releases every slot of a session and books anew, over days already read: either all requests fit, or nothing changes
 * and every clash is told. `changed` comes in the order of the days given, and holds only days whose slots differ.
 */
export function planBookings<Day extends DaySlots>(
  days: readonly Day[],
  sessionId: Id,
  requests: readonly BookingRequest[],
): BookingPlan<Day> {
  const clashes: BookingClash[] = [];
  const changed: Day[] = [];
  for (const day of days) {
    const kept = day.slots.filter((slot) => slot.sessionId !== sessionId);
    const added = requests.filter(
      ({ resource, slot }) =>
        resource.kind === day.resourceKind &&
        resource.id === day.resourceId &&
        datesOf(slot).includes(day.date),
    );
    for (const { slot, capacity } of added)
      clashes.push(...clashesOn({ ...day, slots: kept }, slot, capacity));
    if (added.length > 0 || kept.length !== day.slots.length)
      changed.push({ ...day, slots: [...kept, ...added.map(({ slot }) => slot)] });
  }
  return clashes.length > 0 ? { ok: false, clashes: uniqueClashes(clashes) } : { ok: true, changed };
}

/** A rival that lasts over midnight is met on both days; it is told once. */
function uniqueClashes(clashes: readonly BookingClash[]): BookingClash[] {
  const seen = new Map<string, BookingClash>();
  for (const clash of clashes) {
    const key =
      clash.kind === 'base'
        ? `base/${clash.resourceId}/${clash.date}/${clash.part}`
        : `${clash.kind}/${clash.resourceId}/${clash.rival.sessionId}`;
    if (!seen.has(key)) seen.set(key, clash);
  }
  return [...seen.values()];
}
