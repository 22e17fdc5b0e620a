import { z } from 'zod';
import { bilingual, civilDate, id } from '../core';
import { sessionMode, sessionStatus, worth } from '../training';
import { attendanceMode, checkInMethod, checkOutReason, roomText } from './room-event';
import { checkInDigits, checkInToken } from './check-in-code';

export const sessionInput = z.object({ sessionId: id });

/** What proves that somebody stands before the hall screen. */
export const checkInProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('qr'), token: checkInToken }),
  z.object({ kind: z.literal('code'), digits: checkInDigits }),
]);
export type CheckInProof = z.infer<typeof checkInProof>;

export const checkInInput = sessionInput.extend({ proof: checkInProof });
export const scanInput = sessionInput.extend({ token: checkInToken });
export const roomPersonInput = sessionInput.extend({ personId: id });
export const extendInput = sessionInput.extend({ until: z.date() });
export const roomTextInput = sessionInput.extend({ text: roomText });
export const roomsInput = z.object({ date: civilDate });

/** What a scan leaves behind until its browser has signed in. */
export const scanned = z.object({
  sessionId: id,
  title: z.string(),
  scannedAt: z.date(),
  expiresAt: z.date(),
});
export type Scanned = z.infer<typeof scanned>;

/** The receipt of a check-in or check-out: what is recorded, the minutes so far and what the session declares to be worth. */
export const attendanceReceipt = z.object({
  sessionId: id,
  personId: id,
  mode: attendanceMode,
  method: checkInMethod,
  checkedInAt: z.date(),
  checkedOutAt: z.date().nullable(),
  checkOutReason: checkOutReason.nullable(),
  minutes: z.number().int(),
  heldMinutes: z.number().int(),
  closedOpen: z.boolean(),
  worth,
  disputed: z.boolean(),
});
export type AttendanceReceipt = z.infer<typeof attendanceReceipt>;

/** What everybody in a room knows of it. */
export const roomFacts = z.object({
  sessionId: id,
  classId: id,
  /** The class's own title, as it was written. */
  classTitle: z.string(),
  title: z.string(),
  base: bilingual,
  venue: bilingual,
  mode: sessionMode,
  status: sessionStatus,
  startsAt: z.date(),
  endsAt: z.date(),
  extendedTo: z.date().nullable(),
  openedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** From when the room may be opened. */
  opensAt: z.date(),
  /** The latest end to which it may be extended. */
  latestEnd: z.date(),
  worth,
});
export type RoomFacts = z.infer<typeof roomFacts>;

export const announcement = z.object({ seq: z.number().int(), at: z.date(), text: z.string() });

/** A learner's own view of a session's room. */
export const myRoom = z.object({
  room: roomFacts,
  /** Holds a seat: may check in. False for somebody who only was checked in or waits. */
  enrolled: z.boolean(),
  receipt: attendanceReceipt.nullable(),
  /**
   * The minutes of presence it takes to be counted by the regulations of whoever has checked in, if the session lasts
   * as planned; null where they are not known, and once the session is settled.
   */
  neededMinutes: z.number().int().nullable(),
  announcements: z.array(announcement),
  /** The number of the room's last event, from which an open screen goes on listening. */
  lastSeq: z.number().int(),
  now: z.date(),
});
export type MyRoom = z.infer<typeof myRoom>;

/** One line of the live roster. */
export const rosterEntry = z.object({
  personId: id,
  personNo: z.string(),
  name: z.string(),
  unit: bilingual,
  /** False for somebody who was checked in and has lost the seat since. */
  enrolled: z.boolean(),
  receipt: attendanceReceipt.nullable(),
  /** Online people: is somebody on the line at this moment? */
  connected: z.boolean(),
  dispute: z.string().nullable(),
});
export type RosterEntry = z.infer<typeof rosterEntry>;

export const roomView = z.object({
  room: roomFacts,
  roster: z.array(rosterEntry),
  announcements: z.array(announcement),
  expected: z.number().int(),
  checkedIn: z.number().int(),
  mayRun: z.boolean(),
  lastSeq: z.number().int(),
  now: z.date(),
});
export type RoomView = z.infer<typeof roomView>;

/** What the screen in the hall shows; asked for again when the code changes. */
export const hallScreen = z.object({
  room: roomFacts,
  /** Null while the room is not open. */
  code: z.object({ link: z.url(), digits: checkInDigits, changesAt: z.date() }).nullable(),
  expected: z.number().int(),
  checkedIn: z.number().int(),
  lastSeq: z.number().int(),
  now: z.date(),
});
export type HallScreen = z.infer<typeof hallScreen>;

/** A line in the list of a day's rooms. */
export const roomSummary = z.object({
  room: roomFacts,
  expected: z.number().int(),
  checkedIn: z.number().int(),
  mayRun: z.boolean(),
});
export type RoomSummary = z.infer<typeof roomSummary>;

/** For so many days after it a session is listed among those to whose records somebody has objected. */
export const DISPUTED_DAYS = 30;

/** A room to whose records of attendance people have objected, and how many have. */
export const disputedRoom = z.object({ room: roomFacts, disputes: z.number().int() });
export type DisputedRoom = z.infer<typeof disputedRoom>;
