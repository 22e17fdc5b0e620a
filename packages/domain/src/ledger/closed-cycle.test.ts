import { expect, it } from 'vitest';
import { sample } from '../credit/testing/sample';
import { isInClosedCycle } from './closed-cycle';

const person = { id: 'p', history: [] };

it.each<[string, object, [day: string, today: string, closed: boolean][]]>([
  [
    'calendar years',
    { from: '2020-01-01', months: 12 },
    [
      ['2025-12-31', '2025-12-31', false],
      ['2025-12-31', '2026-01-01', true],
      ['2026-01-01', '2026-01-01', false],
    ],
  ],
  [
    'years of their own',
    { from: '2020-12-01', months: 12 },
    [
      ['2025-11-30', '2025-11-30', false],
      ['2025-11-30', '2025-12-01', true],
      ['2025-12-01', '2025-12-31', false],
      ['2020-06-01', '2026-01-01', false],
    ],
  ],
  [
    'windows',
    { windows: [{ from: '2023-01-01', to: '2027-12-31' }] },
    [
      ['2023-01-01', '2027-12-31', false],
      ['2023-01-01', '2028-01-01', true],
      ['2022-12-31', '2028-01-01', false],
    ],
  ],
  ['a span that rolls', { lastMonths: 12 }, [['2020-01-01', '2026-01-01', false]]],
])('a day of %s is closed from the day after the last one on', (_name, rule, days) => {
  const regulation = sample({ cycles: { year: rule } });
  for (const [day, today, closed] of days)
    expect(isInClosedCycle(day, regulation, person, today), `${day} on ${today}`).toBe(closed);
});
