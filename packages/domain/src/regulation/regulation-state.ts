import type { CivilDate } from '../core';
import type { RegulationRecord } from '../ledger';
import type { RegulationState } from './regulation.io';

type Head = Pick<RegulationRecord, 'code' | 'version' | 'unitId' | 'effectiveFrom' | 'effectiveTo'>;

/** How an approved version stands on a day, among all approved versions. */
export function stateOn(head: Head, heads: readonly Head[], on: CivilDate): RegulationState {
  if (on < head.effectiveFrom) return 'upcoming';
  if (head.effectiveTo !== null && head.effectiveTo < on) return 'ended';
  const isReplaced = heads.some(
    (other) =>
      other.code === head.code &&
      other.unitId === head.unitId &&
      other.version > head.version &&
      other.effectiveFrom <= on &&
      (other.effectiveTo === null || on <= other.effectiveTo),
  );
  return isReplaced ? 'replaced' : 'in-force';
}
