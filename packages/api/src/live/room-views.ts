import {
  assessPresence,
  latestExtension,
  roomOpensAt,
  type Attendance,
  type AttendanceReceipt,
  type RoomFacts,
  type RoomEvent,
} from '@cadre/domain/live';
import type { Base, Venue } from '@cadre/domain/network';
import type { Session, TrainingClass } from '@cadre/domain/training';

/** The receipt of an attendance as it stands `now`. */
export function receiptOf(
  session: Session,
  attended: Attendance,
  disputed: boolean,
  now: Date,
): AttendanceReceipt {
  const { minutes, heldMinutes, closedOpen } = assessPresence(attended, session, session, now);
  const { personId, mode, method, checkedInAt, checkedOutAt, checkOutReason } = attended;
  return {
    sessionId: session.id,
    personId,
    mode,
    method,
    checkedInAt,
    checkedOutAt,
    checkOutReason,
    minutes,
    heldMinutes,
    closedOpen,
    worth: session.worth,
    disputed,
  };
}

export function factsOf(
  session: Session,
  trainingClass: Pick<TrainingClass, 'title'>,
  base: Pick<Base, 'name'>,
  venue: Pick<Venue, 'name'>,
): RoomFacts {
  const { id, classId, title, mode, status, startsAt, endsAt, extendedTo, openedAt, closedAt, worth } =
    session;
  return {
    sessionId: id,
    classId,
    classTitle: trainingClass.title,
    title,
    base: base.name,
    venue: venue.name,
    mode,
    status,
    startsAt,
    endsAt,
    extendedTo,
    openedAt,
    closedAt,
    opensAt: roomOpensAt(session),
    latestEnd: latestExtension(session),
    worth,
  };
}

export const announcementsOf = (events: readonly RoomEvent[]) =>
  events.flatMap(({ seq, at, body }) => (body.type === 'announced' ? [{ seq, at, text: body.text }] : []));
