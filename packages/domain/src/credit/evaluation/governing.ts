import type { CivilDate } from '../../core';
import type { Regulation } from '../regulation/regulation-schema';

/** A regulation in force, and the versions of it that governed before, the newest first. */
export interface Governing {
  readonly rules: Regulation;
  readonly before: readonly Regulation[];
}

/** The version by which what was done on a day is settled: that of the day, and of a day before all of them the first. */
export const ruleOn = ({ rules, before }: Governing, day: CivilDate): Regulation =>
  [rules, ...before].find(({ effective }) => effective.from <= day) ?? before.at(-1) ?? rules;
