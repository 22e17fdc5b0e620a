import type { CivilDate, Id } from '@cadre/domain/core';
import type { Activity } from '@cadre/domain/credit';
import type { SourceFacts } from '../credit/settlement.service';

/** One micro-lesson of 45 minutes that people have played: all of it unless said otherwise. */
export function lessonFacts(
  sourceId: string,
  personIds: readonly Id[],
  { playedMinutes = 45, on = '2026-10-20' }: { playedMinutes?: number; on?: CivilDate } = {},
): SourceFacts {
  const source = { kind: 'lesson', id: sourceId };
  const lesson: Activity = {
    id: sourceId,
    source,
    kind: 'lesson',
    subject: sourceId,
    occurredOn: on,
    lengthMinutes: 45,
    playedMinutes,
    completed: true,
  };
  return {
    source,
    title: `课程 ${sourceId}`,
    people: personIds.map((personId) => ({ personId, activities: [lesson] })),
  };
}
