import { instantOf } from '@cadre/domain/core';
import { expect, it } from 'vitest';
import { closureOf, partOf, sameSlot, slotOf, spanOnSlot, usualSpan, weekFrom } from './slots';

const DATE = '2026-11-20';
const at = (hour: number, date = DATE) => instantOf(date, hour * 60);

it('knows the part of the day in Shanghai', () => {
  expect([8, 11.99, 12, 17.99, 18, 23].map((hour) => partOf(at(hour)))).toEqual([
    'morning',
    'morning',
    'afternoon',
    'afternoon',
    'evening',
    'evening',
  ]);
});

it('proposes the usual hours over one part or several, in whichever order they were touched', () => {
  expect(usualSpan(DATE, 'afternoon', 'afternoon')).toEqual({ startsAt: at(14), endsAt: at(17) });
  expect(usualSpan(DATE, 'afternoon', 'morning')).toEqual({ startsAt: at(8.5), endsAt: at(17) });
});

it('keeps the time of day within a part, takes the usual start in another, and never changes the length', () => {
  const span = { startsAt: at(15), endsAt: at(16.5) };
  expect(spanOnSlot(span, { date: '2026-11-23', part: 'afternoon' })).toEqual({
    startsAt: at(15, '2026-11-23'),
    endsAt: at(16.5, '2026-11-23'),
  });
  expect(spanOnSlot(span, { date: DATE, part: 'morning' })).toEqual({ startsAt: at(8.5), endsAt: at(10) });
});

it('says where nobody is received, and why', () => {
  const base = {
    openingHours: [{ weekday: 5, from: 480, to: 1080 }],
    blackouts: [{ from: '2026-11-27', to: '2026-11-27', reason: '庙会' }],
  };
  expect(closureOf(base, DATE, 'morning')).toBeNull();
  expect(closureOf(base, DATE, 'evening')).toEqual({ reason: null });
  expect(closureOf(base, '2026-11-21', 'morning')).toEqual({ reason: null });
  expect(closureOf(base, '2026-11-27', 'morning')).toEqual({ reason: '庙会' });
});

it('compares cells by row, date and part', () => {
  const slot = slotOf('a', at(14));
  expect(sameSlot(slot, { rowId: 'a', date: DATE, part: 'afternoon' })).toBe(true);
  expect(sameSlot(slot, { ...slot, part: 'evening' })).toBe(false);
  expect(sameSlot(slot, null)).toBe(false);
  expect(weekFrom('2026-11-16').at(-1)).toBe('2026-11-22');
});
