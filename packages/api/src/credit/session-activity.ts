import { toCivilDate, type Id } from '@cadre/domain/core';
import { formatAmount, type Activity } from '@cadre/domain/credit';
import { heldInterval, type Presence } from '@cadre/domain/live';
import type { Session } from '@cadre/domain/training';

/** The kind under which regulations of this product know a session of a class. */
export const SESSION_KIND = 'session';

/** The class hours of a class, by its sessions that are not cancelled. */
export const classHoursOf = (sessions: readonly Session[]): number =>
  sessions
    .filter(({ status }) => status !== 'cancelled')
    .reduce((sum, { worth }) => sum + worth.classHours, 0);

/** Whole minutes for which the session was held; 0 when its room was never opened. */
function heldMinutesOf(session: Session): number {
  const held = session.closedAt && heldInterval(session, session, session.closedAt);
  return held ? Math.floor((held.endsAt.getTime() - held.startsAt.getTime()) / 60_000) : 0;
}

/** How somebody who did not come would have taken part: where the session was held in both ways, in the hall. */
const expectedMode = ({ mode }: Session): Presence['mode'] => (mode === 'online' ? 'online' : 'hall');

/**
 * What one person's part in one session is as a fact: the declared worth, the minutes held and present. Somebody who
 * did not come has a fact too, so that the refusal can be explained. Leave enters when there are leave requests.
 */
export function sessionActivity(
  session: Session,
  classHoursOfClass: number,
  personId: Id,
  presence: Pick<Presence, 'heldMinutes' | 'minutes' | 'mode'> | null,
): Activity & { heldMinutes: number } {
  const dates = [...new Set(session.worth.halfDays.map((half) => half.date))].sort();
  return {
    id: `${session.id}:${personId}`,
    source: { kind: SESSION_KIND, id: session.id },
    kind: SESSION_KIND,
    ...(dates.length > 1 ? { dates } : { occurredOn: dates[0] ?? toCivilDate(session.startsAt) }),
    title: session.title,
    classId: session.classId,
    halfDays: session.worth.halfDays.length,
    classHours: formatAmount(session.worth.classHours),
    totalHours: formatAmount(classHoursOfClass),
    heldMinutes: presence?.heldMinutes ?? heldMinutesOf(session),
    presentMinutes: presence?.minutes ?? 0,
    mode: presence?.mode ?? expectedMode(session),
  };
}
