import type { PersonRepository } from '@cadre/db/identity';
import type { SessionRepository } from '@cadre/db/training';
import { toCivilDate } from '@cadre/domain/core';
import { lastDayOf, neededPresence } from '@cadre/domain/credit';
import { heldInterval, roomEndsAt, type Attendance } from '@cadre/domain/live';
import type { Session } from '@cadre/domain/training';
import type { Ports } from '../core';
import { toCreditPerson } from './credit-person';
import type { RegulationService } from './regulation.service';
import { classHoursOf, sessionActivity } from './session-activity';

export interface NeededPresenceDeps extends Pick<Ports, 'clock'> {
  people: Pick<PersonRepository, 'getById'>;
  sessions: Pick<SessionRepository, 'listByClasses'>;
  regulation: Pick<RegulationService, 'open'>;
}

export type NeededPresenceService = ReturnType<typeof createNeededPresenceService>;

/** Says while a session runs what it will take: the same rules that will settle it, asked beforehand. */
export function createNeededPresenceService({ people, sessions, regulation, clock }: NeededPresenceDeps) {
  return {
    /** The minutes it takes to be counted, the session lasting as planned; null where nothing would be counted anyway. */
    async neededMinutes(
      session: Session,
      { personId, mode }: Pick<Attendance, 'personId' | 'mode'>,
    ): Promise<number | null> {
      const held = heldInterval(session, session, roomEndsAt(session));
      if (!held) return null;
      const heldMinutes = Math.floor((held.endsAt.getTime() - held.startsAt.getTime()) / 60_000);
      const [person, siblings, inForce] = await Promise.all([
        people.getById(personId),
        sessions.listByClasses([session.classId]),
        regulation.open(),
      ]);
      const presence = { heldMinutes, minutes: heldMinutes, mode };
      const activity = sessionActivity(session, classHoursOf(siblings), personId, presence);
      return neededPresence(
        activity,
        await inForce.settling(person, lastDayOf(activity)),
        toCreditPerson(person, toCivilDate(clock.now())),
      );
    },
  };
}
