import type { ErrorCode, ErrorDetails, Id } from '../core';
import type { TrainingClass } from '../training/training-class';
import type { Enrollment, EnrollmentOrigin } from './enrollment';
import { seatFor, withSeat, type SeatState } from './seats';

/** One person's wish for a seat; `requestedAt` is when it reached us, however long it then waited in a queue. */
export interface SeatClaim {
  personId: Id;
  unitPath: readonly Id[];
  origin: EnrollmentOrigin;
  requestedAt: Date;
}

export type ClaimDecision =
  | { kind: 'enrolled'; seq: number }
  /** `position` counts from 1. */
  | { kind: 'waitlisted'; seq: number; position: number; reason: 'class-full' | 'seat-reserved' }
  /** Asked before: the answer of then still holds, and nothing is written. */
  | { kind: 'unchanged'; enrollment: Enrollment }
  | { kind: 'repeated'; of: number }
  | { kind: 'refused'; code: ErrorCode; details: ErrorDetails };

export type EnrollableClass = Pick<TrainingClass, 'id' | 'status' | 'mode' | 'window'>;

/** Why the class takes no such claim now, or null when it does. A draft is not there yet for anybody who could enrol. */
export function refusalOfClaim(
  value: EnrollableClass,
  claim: Pick<SeatClaim, 'origin' | 'requestedAt'>,
): { code: ErrorCode; details: ErrorDetails } | null {
  if (value.status === 'draft') return { code: 'NOT_FOUND', details: {} };
  if (value.status !== 'open') return { code: 'CLASS_NOT_OPEN', details: { status: value.status } };
  if (value.mode === 'nominated' && claim.origin === 'self-selected')
    return { code: 'NOMINATION_ONLY', details: {} };
  if (claim.requestedAt < value.window.opensAt)
    return { code: 'ENROLLMENT_NOT_OPEN_YET', details: { opensAt: value.window.opensAt.toISOString() } };
  if (claim.requestedAt >= value.window.closesAt)
    return { code: 'ENROLLMENT_CLOSED', details: { closedAt: value.window.closesAt.toISOString() } };
  return null;
}

/**
 * Decides claims one after the other, in the order given: a seat while there is one for the person's unit, otherwise
 * the next place of the waitlist. Each decision that changes something takes the next number of the ledger. A person
 * with an active enrolment, and a person's second claim in the same batch, change nothing.
 */
export function decideClaims(
  value: EnrollableClass,
  before: SeatState,
  claims: readonly SeatClaim[],
  active: ReadonlyMap<Id, Enrollment>,
): { decisions: ClaimDecision[]; after: SeatState } {
  let state = before;
  const first = new Map<Id, number>();
  const decisions = claims.map((claim, index): ClaimDecision => {
    const enrollment = active.get(claim.personId);
    if (enrollment) return { kind: 'unchanged', enrollment };
    const refusal = refusalOfClaim(value, claim);
    if (refusal) return { kind: 'refused', ...refusal };
    const of = first.get(claim.personId);
    if (of !== undefined) return { kind: 'repeated', of };
    first.set(claim.personId, index);
    const seq = state.ledgerSeq + 1;
    state = { ...state, ledgerSeq: seq };
    const seat = seatFor(state, claim.unitPath, claim.requestedAt);
    if (seat === 'seat-free') {
      state = withSeat(state, claim.unitPath, 1);
      return { kind: 'enrolled', seq };
    }
    state = { ...state, waiting: state.waiting + 1 };
    return { kind: 'waitlisted', seq, position: state.waiting, reason: seat };
  });
  return { decisions, after: state };
}
