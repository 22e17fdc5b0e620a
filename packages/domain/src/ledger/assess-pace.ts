import { daysBetween, type CivilDate } from '../core';
import type { TargetStanding } from './statement.io';

/** Share of the cycle that is over at the end of `asOf`, 0 … 1. */
export function shareGone(cycle: { from: CivilDate; to: CivilDate }, asOf: CivilDate): number {
  const days = daysBetween(cycle.from, cycle.to) + 1;
  return Math.min(1, Math.max(0, (daysBetween(cycle.from, asOf) + 1) / days));
}

/** The best alternative's share done: the smallest share of its leaves, 0 … 1. */
export function shareDone(target: Pick<TargetStanding, 'alternatives' | 'met'>): number {
  if (target.met) return 1;
  const shares = target.alternatives.map((leaves) =>
    Math.min(...leaves.map((leaf) => (leaf.required <= 0 ? 1 : Math.min(1, leaf.earned / leaf.required)))),
  );
  return Math.max(0, ...shares);
}

/**
 * Is somebody behind? Not met, not exempt, and less done than the share of the cycle that is gone; a missed target of a
 * cycle that is over is behind too. A reminder for people, never a rating.
 */
export const isBehind = (target: TargetStanding, asOf: CivilDate): boolean =>
  target.state === 'missed' || (target.state === 'open' && shareDone(target) < shareGone(target.cycle, asOf));
