import { expect, it } from 'vitest';
import { isWorkingDay, workingRun } from '.';

it('knows weekends, holidays and the weekends that are worked instead', () => {
  expect(isWorkingDay('2026-11-18')).toBe(true);
  expect(isWorkingDay('2026-11-21')).toBe(false);
  expect(isWorkingDay('2026-10-01')).toBe(false);
  expect(isWorkingDay('2026-10-07')).toBe(false);
  expect(isWorkingDay('2026-10-10')).toBe(true);
});

it('finds so many working days in a row, on either side', () => {
  expect(workingRun('2026-11-18', 3, 1)).toBe('2026-11-18');
  expect(workingRun('2026-11-19', 3, 1)).toBe('2026-11-23');
  expect(workingRun('2026-10-02', 3, -1)).toBe('2026-09-28');
});
