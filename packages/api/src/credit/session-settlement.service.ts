import type { Database } from '@cadre/db/core';
import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { PresenceRepository } from '@cadre/db/live';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import { AppError, type Id } from '@cadre/domain/core';
import { statusOfClass } from '@cadre/domain/training';
import type { Ports } from '../core';
import { classHoursOf, SESSION_KIND, sessionActivity } from './session-activity';
import type { SettlementOutcome, SettlementService } from './settlement.service';

export interface SessionSettlementDeps extends Pick<Ports, 'clock' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  classes: Pick<TrainingClassRepository, 'getById' | 'tryChange'>;
  sessions: Pick<SessionRepository, 'findById' | 'listByClasses' | 'tryTransition'>;
  enrollments: Pick<EnrollmentRepository, 'listByClass' | 'transitionAll'>;
  presences: Pick<PresenceRepository, 'listBySession'>;
  settlement: Pick<SettlementService, 'settleSources'>;
}

export type SessionSettlementService = ReturnType<typeof createSessionSettlementService>;

/** Settles a closed session for everybody with a seat and everybody who was there. May run any number of times. */
export function createSessionSettlementService(deps: SessionSettlementDeps) {
  const { database, sessions, classes, enrollments, presences, settlement, clock, publisher } = deps;

  /** Completes a class all of whose sessions are settled, together with the enrolments that held a seat in it. */
  const completeClass = async (classId: Id): Promise<void> => {
    const isOver = (status: string): boolean => status === 'settled' || status === 'cancelled';
    if (!(await sessions.listByClasses([classId])).every(({ status }) => isOver(status))) return;
    const completed = await database.transaction(async (tx) => {
      const value = await classes.getById(classId, tx);
      const status = statusOfClass(value.status, await sessions.listByClasses([classId], tx));
      if (status === value.status) return false;
      if (!(await classes.tryChange(value, { status }, tx)))
        throw new AppError('CHANGED_MEANWHILE', { classId });
      await enrollments.transitionAll(classId, 'enrolled', 'completed', clock.now(), tx);
      return true;
    });
    if (completed) publisher.publish({ type: 'class:changed', classId });
  };

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
      const classHours = classHoursOf(siblings);
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
      if (outcome.waiting.length === 0) await completeClass(session.classId);
      return outcome;
    },
  };
}
