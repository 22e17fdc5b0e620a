import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { PresenceRepository } from '@cadre/db/live';
import type { SessionRepository } from '@cadre/db/training';
import type { Id } from '@cadre/domain/core';
import type { Ports } from '../core';
import { SESSION_KIND, sessionActivity } from './session-activity';
import type { SettlementOutcome, SettlementService } from './settlement.service';

export interface SessionSettlementDeps extends Pick<Ports, 'publisher'> {
  sessions: Pick<SessionRepository, 'findById' | 'listByClasses' | 'tryTransition'>;
  enrollments: Pick<EnrollmentRepository, 'listByClass'>;
  presences: Pick<PresenceRepository, 'listBySession'>;
  settlement: Pick<SettlementService, 'settleSources'>;
}

export type SessionSettlementService = ReturnType<typeof createSessionSettlementService>;

/** Settles a closed session for everybody with a seat and everybody who was there. May run any number of times. */
export function createSessionSettlementService(deps: SessionSettlementDeps) {
  const { sessions, enrollments, presences, settlement, publisher } = deps;
  return {
    /** Null when the session is unknown, still running, or cancelled: there is nothing to settle. */
    async settleSession(sessionId: Id): Promise<SettlementOutcome | null> {
      const session = await sessions.findById(sessionId);
      if (!session || (session.status !== 'closed' && session.status !== 'settled')) return null;
      const [siblings, seated, present] = await Promise.all([
        sessions.listByClasses([session.classId]),
        enrollments.listByClass(session.classId, ['enrolled', 'completed']),
        presences.listBySession(session.id),
      ]);
      const classHours = siblings
        .filter((sibling) => sibling.status !== 'cancelled')
        .reduce((sum, sibling) => sum + sibling.worth.classHours, 0);
      const presenceOf = new Map(present.map((value) => [value.personId, value]));
      const personIds = [
        ...new Set([...seated.map((enrollment) => enrollment.personId), ...presenceOf.keys()]),
      ];
      const outcome = await settlement.settleSources([
        {
          source: { kind: SESSION_KIND, id: session.id },
          title: session.title,
          people: personIds.map((personId) => ({
            personId,
            activities: [sessionActivity(session, classHours, personId, presenceOf.get(personId) ?? null)],
          })),
        },
      ]);
      if (outcome.waiting.length === 0 && session.status === 'closed') {
        await sessions.tryTransition(session.id, 'closed', 'settled', {});
        publisher.publish({
          type: 'session:changed',
          sessionId: session.id,
          classId: session.classId,
          baseId: session.baseId,
        });
      }
      return outcome;
    },
  };
}
