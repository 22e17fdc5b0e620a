import { clockTime, minuteOfDay, toCivilDate } from '@cadre/domain/core';
import type { Base, Venue } from '@cadre/domain/network';
import type { Session, SessionView, TrainingClass } from '@cadre/domain/training';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** What an iCalendar file of a session is made of. */
export interface SessionCalendarFacts {
  session: Session;
  class: Pick<TrainingClass, 'id' | 'classNo' | 'title'>;
  base: Pick<Base, 'name' | 'access' | 'location'>;
  venue: Pick<Venue, 'name'>;
  movedFrom: SessionView['movedFrom'];
  publicUrl: string;
  now: Date;
}

/** Where the session stood before, for whoever has noted it: `原定 2026-11-20 14:00–16:00 · 大陈岛干部学院 · 垦荒馆`. */
function sayMovedFrom({
  startsAt,
  endsAt,
  baseName,
  venueName,
}: NonNullable<SessionView['movedFrom']>): string {
  const clock = (at: Date): string => clockTime(minuteOfDay(at));
  const time = `${toCivilDate(startsAt)} ${clock(startsAt)}–${clock(endsAt)}`;
  return `原定 ${[time, baseName.zh, venueName.zh].join(' · ')}`;
}

/**
 * One session as an iCalendar file (RFC 5545). The UID never changes and SEQUENCE is the session's revision, so that a
 * calendar replaces what it has; a cancelled session says so. Times are UTC instants: no zone table is needed.
 */
export function sessionCalendarFile({
  session,
  class: of,
  base,
  venue,
  movedFrom,
  publicUrl,
  now,
}: SessionCalendarFacts): {
  fileName: string;
  content: string;
} {
  const calendar = ical({
    name: of.title,
    prodId: { company: 'Cadre Alliance', product: 'Training Platform', language: 'ZH' },
    method: session.status === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${session.id}@cadre-alliance`,
    sequence: session.revision,
    stamp: now,
    start: session.startsAt,
    end: session.endsAt,
    summary: session.title,
    location: `${base.name.zh} · ${venue.name.zh} (${base.location.city}${base.location.county})`,
    description: [
      `${of.classNo} ${of.title}`,
      movedFrom && sayMovedFrom(movedFrom),
      base.access,
      session.cancelledReason,
    ]
      .filter((line) => line !== null && line !== '')
      .join('\n'),
    url: `${publicUrl}/classes/${of.id}`,
    status: session.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return { fileName: `${of.classNo}-${session.id.slice(-6)}.ics`, content: calendar.toString() };
}
