import { expect, it } from 'vitest';
import { foldFaults } from './folded-faults';

const fault = (path: string, line: number, sentence = '缺少这一项') => ({ path, line, sentence });

it('says once what repeats in every row, with the number of places and the next lines', () => {
  const rows = [7, 3, 11, 15, 19].map((line, row) => fault(`activities[${row}].kind`, line));
  expect(foldFaults(rows)).toEqual([{ ...rows[0], places: 5, nextLines: [3, 11, 15] }]);
});

it('keeps every distinct fault apart: another field, another sentence', () => {
  const faults = [
    fault('activities[0].kind', 3),
    fault('person.id', 9),
    fault('activities[1].kind', 5, '没有这种活动'),
    fault('activities[2].kind', 7),
  ];
  expect(foldFaults(faults).map(({ path, places }) => [path, places])).toEqual([
    ['activities[0].kind', 2],
    ['person.id', 1],
    ['activities[1].kind', 1],
  ]);
});

it('names no further lines where all places stand on one', () => {
  const [told] = foldFaults([fault('activities[0].kind', 1), fault('activities[1].kind', 1)]);
  expect(told).toMatchObject({ line: 1, places: 2, nextLines: [] });
});
