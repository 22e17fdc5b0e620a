import { AppError } from '../core';
import type { Session, SessionStatus } from './session';
import type { ClassStatus, TrainingClass } from './training-class';

/** What can follow each status; nothing follows a settled or a cancelled session. */
const NEXT: Record<SessionStatus, readonly SessionStatus[]> = {
  scheduled: ['live', 'cancelled', 'not-held'],
  live: ['closed'],
  closed: ['settled'],
  settled: [],
  cancelled: [],
  'not-held': ['cancelled'],
};

export const canBecome = (from: SessionStatus, to: SessionStatus): boolean => NEXT[from].includes(to);

/** A session can be moved while it is scheduled; once its room has opened it has happened. */
export function assertChangeable(session: Pick<Session, 'id' | 'status'>): void {
  if (session.status !== 'scheduled')
    throw new AppError('SESSION_NOT_SCHEDULED', { sessionId: session.id, status: session.status });
}

/** A session can be cancelled until its room opens, and when nobody has opened it at all. */
export function assertCancellable(session: Pick<Session, 'id' | 'status'>): void {
  if (!canBecome(session.status, 'cancelled')) assertChangeable(session);
}

/** How far an open class is: enrolment possible or still to come, closed before the first session, under way. */
export type ClassStage = Exclude<ClassStatus, 'open'> | 'enrolling' | 'not-begun' | 'under-way';

export function stageOfClass(
  { status, startsAt, window }: Pick<TrainingClass, 'status' | 'startsAt' | 'window'>,
  now: Date,
): ClassStage {
  if (status !== 'open') return status;
  if (startsAt !== null && now >= startsAt) return 'under-way';
  return window.opensAt <= now && now < window.closesAt ? 'enrolling' : 'not-begun';
}

/** Whether a class ends with the cancelling of one of its sessions, because no other stands. */
export const isLastStanding = (
  sessions: readonly Pick<Session, 'id' | 'status'>[],
  sessionId: Session['id'],
): boolean => sessions.every(({ id, status }) => id === sessionId || status === 'cancelled');

/** What a class becomes by the state of its sessions: cancelled when none is left, completed when all that were held are settled. */
export function statusOfClass(
  current: ClassStatus,
  sessions: readonly Pick<Session, 'status'>[],
): ClassStatus {
  if (current !== 'open' || sessions.length === 0) return current;
  const held = sessions.filter(({ status }) => status !== 'cancelled');
  if (held.length === 0) return 'cancelled';
  return held.every(({ status }) => status === 'settled') ? 'completed' : current;
}
