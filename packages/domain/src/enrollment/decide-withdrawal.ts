import { AppError } from '../core';
import type { TrainingClass } from '../training/training-class';
import type { Enrollment } from './enrollment';

export type WithdrawalDecision =
  /** Gave back a seat. */
  | { kind: 'withdrawn' }
  /** Left the waitlist. */
  | { kind: 'left-waitlist' }
  /** Had withdrawn before; nothing is written. */
  | { kind: 'unchanged' };

/**
 * A learner gives back a seat until the class's withdrawal deadline (included), an officer until the class begins;
 * the waitlist can be left at any time. Somebody who asked while seeing another state (`from`) gives nothing away.
 * Throws CLASS_NOT_OPEN, CHANGED_MEANWHILE, NOT_ENROLLED or WITHDRAWAL_CLOSED.
 */
export function decideWithdrawal(
  value: Pick<TrainingClass, 'status' | 'withdrawalDeadline' | 'startsAt'>,
  state: Enrollment['state'],
  by: 'learner' | 'officer',
  now: Date,
  from: Enrollment['state'] = state,
): WithdrawalDecision {
  if (state === 'withdrawn') return { kind: 'unchanged' };
  if (value.status !== 'open') throw new AppError('CLASS_NOT_OPEN', { status: value.status });
  if (state !== from) throw new AppError('CHANGED_MEANWHILE', { state });
  if (state === 'waiting' || state === 'offered') return { kind: 'left-waitlist' };
  if (state !== 'enrolled') throw new AppError('NOT_ENROLLED', { state });
  const until = by === 'learner' ? value.withdrawalDeadline : (value.startsAt ?? value.withdrawalDeadline);
  if (now > until) throw new AppError('WITHDRAWAL_CLOSED', { until: until.toISOString() });
  return { kind: 'withdrawn' };
}

/**
 * Whether it makes sense that an officer takes somebody out of a class: a seat until the class begins, a place on the
 * waitlist until it is over. A class without sessions has neither moment.
 */
export const canOfficerWithdraw = (
  { status, startsAt, endsAt }: Pick<TrainingClass, 'status' | 'startsAt' | 'endsAt'>,
  state: Enrollment['state'],
  now: Date,
): boolean => {
  if (status !== 'open') return false;
  if (state === 'enrolled') return startsAt === null || now <= startsAt;
  return (state === 'waiting' || state === 'offered') && (endsAt === null || now <= endsAt);
};
