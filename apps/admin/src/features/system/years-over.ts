import type { CivilDate } from '@cadre/domain/core';
import type { ChangeHistoryInput } from '@cadre/domain/identity';

const yearOf = (day: CivilDate): number => Number(day.slice(0, 4));

/** The years that are over and are asked something else when a change from a day on is recorded today. */
export const yearsOver = (on: CivilDate, today: CivilDate): number[] =>
  Array.from({ length: Math.max(0, yearOf(today) - yearOf(on)) }, (_, after) => yearOf(on) + after);

/** Whether a change can move targets: a secondment does not, and a post or grade only with the rank that decides. */
export const movesTargets = ({ kind }: ChangeHistoryInput['change'], rankMoves: boolean): boolean =>
  kind === 'post' || kind === 'grade' ? rankMoves : kind !== 'second' && kind !== 'second-end';
