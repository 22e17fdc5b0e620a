import type { Id } from '../core';
import type { Quota, TrainingClass } from '../training/training-class';

/** A quota with the seats that people it covers hold already. */
export interface QuotaUse extends Quota {
  used: number;
}

/** What of a class decides about a seat. */
export interface SeatState {
  capacity: number;
  seatsTaken: number;
  waiting: number;
  /** Number of the last ledger entry. */
  ledgerSeq: number;
  quotas: readonly QuotaUse[];
}

export const seatStateOf = (
  value: Pick<TrainingClass, 'capacity' | 'seatsTaken' | 'waiting' | 'ledgerSeq' | 'quotas'>,
  used: ReadonlyMap<Id, number>,
): SeatState => ({
  capacity: value.capacity,
  seatsTaken: value.seatsTaken,
  waiting: value.waiting,
  ledgerSeq: value.ledgerSeq,
  quotas: value.quotas.map((quota) => ({ ...quota, used: used.get(quota.unitId) ?? 0 })),
});

/**
 * Whether somebody of the unit can have a seat. Seats that other units' quotas keep count as taken until the
 * quota's return date (that instant excluded).
 */
export function seatFor(
  state: SeatState,
  unitPath: readonly Id[],
  now: Date,
): 'seat-free' | 'class-full' | 'seat-reserved' {
  if (state.seatsTaken >= state.capacity) return 'class-full';
  const kept = state.quotas
    .filter((quota) => now < quota.returnsAt && !unitPath.includes(quota.unitId))
    .reduce((sum, quota) => sum + Math.max(0, quota.seats - quota.used), 0);
  return state.seatsTaken + kept < state.capacity ? 'seat-free' : 'seat-reserved';
}

/** The state after somebody of the unit has taken (`by` 1) or given back (`by` -1) a seat. */
export const withSeat = (state: SeatState, unitPath: readonly Id[], by: 1 | -1): SeatState => ({
  ...state,
  seatsTaken: state.seatsTaken + by,
  quotas: state.quotas.map((quota) =>
    unitPath.includes(quota.unitId) ? { ...quota, used: quota.used + by } : quota,
  ),
});
