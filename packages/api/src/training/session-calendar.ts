import type { Base, Venue } from '@cadre/domain/network';
import type { Session, TrainingClass } from '@cadre/domain/training';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** What an iCalendar file of a session is made of. */
export interface SessionCalendarFacts {
  session: Session;
  class: Pick<TrainingClass, 'id' | 'classNo' | 'title'>;
  base: Pick<Base, 'name' | 'access' | 'location'>;
  venue: Pick<Venue, 'name'>;
  publicUrl: string;
  now: Date;
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
    description: [`${of.classNo} ${of.title}`, base.access, session.cancelledReason]
      .filter((line) => line !== null && line !== '')
      .join('\n'),
    url: `${publicUrl}/classes/${of.id}`,
    status: session.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return { fileName: `${of.classNo}-${session.id.slice(-6)}.ics`, content: calendar.toString() };
}
