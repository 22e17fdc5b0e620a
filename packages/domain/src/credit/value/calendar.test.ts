import { describe, expect, it } from 'vitest';
import {
  addMonths,
  calendarPeriod,
  datesBetween,
  daysInclusive,
  endOfCalendarPeriod,
  endOfSpan,
  fullMonthsBetween,
} from './calendar';

describe('calendar', () => {
  it('adds months on the same day number or the last of a shorter month', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28');
    expect(addMonths('2100-01-30', 1)).toBe('2100-02-28');
    expect(addMonths('2000-03-31', -1)).toBe('2000-02-29');
    expect(addMonths('2024-03-31', 1)).toBe('2024-04-30');
    expect(addMonths('2024-11-15', 3)).toBe('2025-02-15');
    expect(addMonths('2024-01-15', -1)).toBe('2023-12-15');
  });

  it('ends a year on the day before its anniversary', () => {
    expect(endOfSpan('2024-03-15', 12)).toBe('2025-03-14');
    expect(endOfSpan('2009-12-01', 12)).toBe('2010-11-30');
  });

  it('counts completed months, as ages are counted', () => {
    expect(fullMonthsBetween('1974-06-15', '2024-06-14')).toBe(50 * 12 - 1);
    expect(fullMonthsBetween('1974-06-15', '2024-06-15')).toBe(50 * 12);
  });

  it('completes a month on its last day where it has none of that number', () => {
    expect(fullMonthsBetween('2024-05-31', '2024-11-29')).toBe(5);
    expect(fullMonthsBetween('2024-05-31', '2024-11-30')).toBe(6);
    expect(fullMonthsBetween('2024-02-29', '2025-02-28')).toBe(12);
  });

  it('ends a calendar period on its last day', () => {
    expect(
      (['day', 'week', 'month', 'quarter', 'half-year'] as const).map((period) =>
        endOfCalendarPeriod('2024-02-07', period),
      ),
    ).toEqual(['2024-02-07', '2024-02-11', '2024-02-29', '2024-03-31', '2024-06-30']);
  });

  it('knows months, quarters and half-years', () => {
    expect(
      (['day', 'month', 'quarter', 'half-year'] as const).map((period) =>
        calendarPeriod('2024-07-01', period),
      ),
    ).toEqual(['2024-07-01', '2024-07', '2024-Q3', '2024-H2']);
    expect(calendarPeriod('2024-06-30', 'half-year')).toBe('2024-H1');
    expect(calendarPeriod('2024-03-31', 'quarter')).toBe('2024-Q1');
  });

  it('lists days, both ends included', () => {
    expect(datesBetween('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(daysInclusive('2024-03-01', '2024-03-12')).toBe(12);
  });
});
