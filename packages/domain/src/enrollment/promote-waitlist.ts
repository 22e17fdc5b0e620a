import type { Id } from '../core';
import { seatFor, withSeat, type SeatState } from './seats';

/** Somebody who waits, as promotion sees them. */
export interface WaitingPerson {
  enrollmentId: Id;
  personId: Id;
  unitPath: readonly Id[];
  /** False for somebody who has retired or left. */
  active: boolean;
  /** True when this person has already been told that a seat came too late. */
  toldTooLate: boolean;
}

export type PromotionStep = { person: WaitingPerson; seq: number } & (
  | { kind: 'promoted'; reason: 'seat-free' | 'seat-returned' | 'capacity-raised' }
  /** Passed over but still waiting. */
  | { kind: 'passed-over'; reason: 'seat-reserved' | 'after-cut-off' }
  /** Passed over for good: the waitlist goes on without this person. */
  | { kind: 'dropped'; reason: 'person-no-longer-active' }
);

/**
 * Gives free seats to those who wait, in their order. Up to the cut-off (included) each free seat goes to the first
 * person who can have it; everybody passed over on the way gets a step with the reason. After the cut-off nobody is
 * promoted: as many people as there are free seats, in order, are told once that the seat came too late.
 */
export function promoteWaitlist(
  before: SeatState,
  waiting: readonly WaitingPerson[],
  {
    now,
    cutOff,
    reason,
  }: { now: Date; cutOff: Date; reason: 'seat-free' | 'seat-returned' | 'capacity-raised' },
): { steps: PromotionStep[]; after: SeatState } {
  let state = before;
  const steps: PromotionStep[] = [];
  const nextSeq = (): number => {
    state = { ...state, ledgerSeq: state.ledgerSeq + 1 };
    return state.ledgerSeq;
  };
  if (now > cutOff) {
    const late = waiting.slice(0, Math.max(0, state.capacity - state.seatsTaken));
    for (const person of late)
      if (!person.toldTooLate)
        steps.push({ person, seq: nextSeq(), kind: 'passed-over', reason: 'after-cut-off' });
    return { steps, after: state };
  }
  const passed: WaitingPerson[] = [];
  for (const person of waiting) {
    if (state.seatsTaken >= state.capacity) break;
    if (!person.active) {
      steps.push({ person, seq: nextSeq(), kind: 'dropped', reason: 'person-no-longer-active' });
      state = { ...state, waiting: state.waiting - 1 };
      continue;
    }
    if (seatFor(state, person.unitPath, now) !== 'seat-free') {
      passed.push(person);
      continue;
    }
    // Only now is it certain that those before this person were passed over.
    for (const earlier of passed.splice(0))
      steps.push({ person: earlier, seq: nextSeq(), kind: 'passed-over', reason: 'seat-reserved' });
    steps.push({ person, seq: nextSeq(), kind: 'promoted', reason });
    state = withSeat({ ...state, waiting: state.waiting - 1 }, person.unitPath, 1);
  }
  return { steps, after: state };
}
