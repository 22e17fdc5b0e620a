import { z } from 'zod';
import { id, type Id } from '../core';
import { attendanceMode, checkInMethod, checkOutReason, type RoomEvent } from './room-event';

/** One stay on the line of a person who takes part online; `to` is null while it lasts. */
export const connectionSpan = z.object({
  connectionId: z.string(),
  from: z.date(),
  to: z.date().nullable(),
});

/** What one person's events in one room add up to. A person checks in to a session once. */
export const attendance = z.object({
  personId: id,
  mode: attendanceMode,
  method: checkInMethod,
  /** Who checked the person in by hand; null for the person themselves. */
  checkedInBy: id.nullable(),
  checkedInAt: z.date(),
  checkedOutAt: z.date().nullable(),
  checkOutReason: checkOutReason.nullable(),
  connections: z.array(connectionSpan),
});
export type Attendance = z.infer<typeof attendance>;

/** A room's events, added up. */
export interface RoomLog {
  openedAt: Date | null;
  /** The end as the host has last extended it. */
  extendedTo: Date | null;
  closedAt: Date | null;
  attendances: Map<Id, Attendance>;
  /** What people have reported as wrong, by person. */
  disputes: Map<Id, string>;
}

export const emptyRoomLog = (): RoomLog => ({
  openedAt: null,
  extendedTo: null,
  closedAt: null,
  attendances: new Map(),
  disputes: new Map(),
});

/** Adds one event to a log, in order of `seq`. Events that no longer change anything are passed over. */
export function applyRoomEvent(log: RoomLog, { at, body }: Pick<RoomEvent, 'at' | 'body'>): void {
  switch (body.type) {
    case 'room-opened':
      log.openedAt ??= at;
      return;
    case 'room-extended':
      log.extendedTo = body.until;
      return;
    case 'room-closed':
      log.closedAt ??= at;
      return;
    case 'checked-in':
      if (!log.attendances.has(body.personId))
        log.attendances.set(body.personId, {
          personId: body.personId,
          mode: body.mode,
          method: body.method,
          checkedInBy: body.by,
          checkedInAt: at,
          checkedOutAt: null,
          checkOutReason: null,
          connections: [],
        });
      return;
    case 'checked-out': {
      const present = log.attendances.get(body.personId);
      if (!present || present.checkedOutAt !== null) return;
      present.checkedOutAt = at;
      present.checkOutReason = body.reason;
      return;
    }
    case 'connected':
      log.attendances
        .get(body.personId)
        ?.connections.push({ connectionId: body.connectionId, from: at, to: null });
      return;
    case 'disconnected': {
      const span = log.attendances
        .get(body.personId)
        ?.connections.find((known) => known.connectionId === body.connectionId);
      if (span) span.to ??= at;
      return;
    }
    case 'attendance-disputed':
      log.disputes.set(body.personId, body.text);
      return;
    case 'announced':
      return;
  }
}

export function foldRoomEvents(events: readonly Pick<RoomEvent, 'at' | 'body'>[]): RoomLog {
  const log = emptyRoomLog();
  for (const event of events) applyRoomEvent(log, event);
  return log;
}
