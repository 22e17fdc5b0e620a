import { z } from 'zod';
import { id } from '../core';

/** How somebody was there (`decisions.md`, mode of attendance). */
export const attendanceMode = z.enum(['hall', 'online']);
export type AttendanceMode = z.infer<typeof attendanceMode>;

/** How the check-in reached us. */
export const checkInMethod = z.enum(['qr', 'code', 'teacher', 'online']);
export type CheckInMethod = z.infer<typeof checkInMethod>;

/** What happened in a room, in the past tense. Presence, roster and receipt derive from these alone. */
export const roomEventBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room-opened') }),
  z.object({ type: z.literal('room-extended'), until: z.date() }),
  z.object({ type: z.literal('room-closed'), reason: z.enum(['host', 'time-out']) }),
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
    reason: z.enum(['self', 'teacher', 'room-closed']),
  }),
  z.object({ type: z.literal('connected'), personId: id, connectionId: z.string() }),
  z.object({ type: z.literal('disconnected'), personId: id, connectionId: z.string() }),
  z.object({ type: z.literal('announced'), personId: id, text: z.string().min(1).max(500) }),
  z.object({ type: z.literal('attendance-disputed'), personId: id, text: z.string().min(1).max(500) }),
]);
export type RoomEventBody = z.infer<typeof roomEventBody>;

/** A durable event of a room: `seq` runs from 1 without a gap, so that a client can ask for what it has missed. */
export const roomEvent = z.object({
  id,
  sessionId: id,
  seq: z.number().int().min(1),
  at: z.date(),
  body: roomEventBody,
});
export type RoomEvent = z.infer<typeof roomEvent>;
