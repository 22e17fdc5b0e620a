import { z } from 'zod';
import { id, type Id } from '../core';

/** How somebody was there (`decisions.md`, mode of attendance). */
export const attendanceMode = z.enum(['hall', 'online']);
export type AttendanceMode = z.infer<typeof attendanceMode>;

/** How the check-in reached us. */
export const checkInMethod = z.enum(['qr', 'code', 'teacher', 'online']);
export type CheckInMethod = z.infer<typeof checkInMethod>;

/** Why a presence in the hall ended: by the person, by the class teacher or host, or with the room. */
export const checkOutReason = z.enum(['self', 'teacher', 'room-closed']);
export type CheckOutReason = z.infer<typeof checkOutReason>;

export const CONNECTION_ID_LIMIT = 100;
const connectionId = z.string().min(1).max(CONNECTION_ID_LIMIT);
export const roomText = z.string().trim().min(1).max(500);

const bodyWith = <Instant extends z.ZodType<Date>>(instant: Instant) =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('room-opened'), by: id }),
    z.object({ type: z.literal('room-extended'), until: instant, by: id }),
    z.object({
      type: z.literal('room-closed'),
      reason: z.enum(['host', 'time-out']),
      by: id.nullable(),
    }),
    z.object({
      type: z.literal('checked-in'),
      personId: id,
      mode: attendanceMode,
      method: checkInMethod,
      by: id.nullable(),
    }),
    z.object({
      type: z.literal('checked-out'),
      personId: id,
      reason: checkOutReason,
      by: id.nullable(),
    }),
    z.object({ type: z.literal('connected'), personId: id, connectionId }),
    z.object({ type: z.literal('disconnected'), personId: id, connectionId }),
    z.object({ type: z.literal('announced'), personId: id, text: roomText }),
    z.object({ type: z.literal('attendance-disputed'), personId: id, text: roomText }),
  ]);

/** What happened in a room, in the past tense. Presence, roster and receipt derive from these alone. */
export const roomEventBody = bodyWith(z.date());
export type RoomEventBody = z.infer<typeof roomEventBody>;

const eventWith = <Instant extends z.ZodType<Date>>(instant: Instant) =>
  z.object({
    id,
    sessionId: id,
    seq: z.number().int().min(1),
    at: instant,
    recordedAt: instant,
    body: bodyWith(instant),
  });

/**
 * A durable event of a room. `seq` runs from 1 without a gap, so that a client can ask for what it has missed.
 * `at` is when it happened and decides presence; `recordedAt` is when it was written: a scan redeemed after signing in
 * happened earlier, so `at` does not always rise with `seq`.
 */
export const roomEvent = eventWith(z.date());
export type RoomEvent = z.infer<typeof roomEvent>;

/** An instant as sockets carry it: ISO 8601 text in UTC. */
export const isoInstant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (instant) => instant.toISOString(),
});

/** The same event as sockets carry it. */
export const roomEventOnWire = eventWith(isoInstant);

/**
 * What names an event that can happen only once in a session; null for those that may repeat.
 * A unique index over it is what makes a second check-in impossible, whatever process tries.
 */
export function onceKeyOf(body: RoomEventBody): string | null {
  switch (body.type) {
    case 'room-opened':
    case 'room-closed':
      return body.type;
    case 'checked-in':
    case 'checked-out':
    case 'attendance-disputed':
      return `${body.type}:${body.personId}`;
    case 'connected':
    case 'disconnected':
      return `${body.type}:${body.connectionId}`;
    case 'room-extended':
    case 'announced':
      return null;
  }
}

/** The person an event is about; null for events of the whole room. */
export function subjectOf(body: RoomEventBody): Id | null {
  switch (body.type) {
    case 'room-opened':
    case 'room-extended':
    case 'room-closed':
    case 'announced':
      return null;
    case 'checked-in':
    case 'checked-out':
    case 'attendance-disputed':
    case 'connected':
    case 'disconnected':
      return body.personId;
  }
}

/** Who looks at a room: the people who run it see everything, a learner the room's own events and those about themselves. */
export type RoomViewer = { kind: 'staff' } | { kind: 'learner'; personId: Id };

export function canSeeRoomEvent(viewer: RoomViewer, event: Pick<RoomEvent, 'body'>): boolean {
  if (viewer.kind === 'staff') return true;
  const subject = subjectOf(event.body);
  return subject === null || subject === viewer.personId;
}
