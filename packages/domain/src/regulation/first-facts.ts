import type { CivilDate } from '../core';
import type { Regulation } from '../credit';

/**
 * A facts file to begin trying with, which the regulation can read: one person, and one half-day in a hall on a day on
 * which the regulation is in force; `today` where it is.
 */
export function firstFacts({ kinds, effective: { from, to } }: Regulation, today: CivilDate): string {
  const [first = ''] = Object.keys(kinds);
  const day = today < from ? from : to !== undefined && today > to ? to : today;
  return JSON.stringify(
    {
      asOf: `${day.slice(0, 4)}-12-31`,
      person: { id: '甲', history: [{ from: '2020-01-01', postLevel: '乡科级副职' }] },
      activities: [
        {
          id: '课1',
          kind: 'session' in kinds ? 'session' : first,
          occurredOn: day,
          mode: 'hall',
          days: 0.5,
          classHours: 4,
          heldMinutes: 150,
          presentMinutes: 144,
        },
      ],
    },
    null,
    2,
  );
}
