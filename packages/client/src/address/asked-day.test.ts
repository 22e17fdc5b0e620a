import { expect, it } from 'vitest';
import { askedDay, asOfSearch } from './index';

it.each([
  [{ asOf: '2028-02-29' }, { day: '2028-02-29', noDay: undefined }],
  [{ asOf: '2026-02-30' }, { day: undefined, noDay: '2026-02-30' }],
  [{ asOf: '2026-13-45' }, { day: undefined, noDay: '2026-13-45' }],
  [{ asOf: 'abc' }, { day: undefined, noDay: 'abc' }],
  [{ asOf: 2026 }, { day: undefined, noDay: '2026' }],
  [{ asOf: '' }, { day: undefined, noDay: undefined }],
  [{ asOf: { year: 2026 } }, { day: undefined, noDay: undefined }],
  [{}, { day: undefined, noDay: undefined }],
])('of %j knows the day, and what is no day as it was written', (search, asked) => {
  expect(askedDay(asOfSearch(search))).toEqual(asked);
});
