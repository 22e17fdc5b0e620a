import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact } from './exact';
import {
  ceilUnits,
  exactNumber,
  floorUnits,
  formatAmount,
  fromUnits,
  parseAmount,
  sayFraction,
  stepsOver,
  stepsTo,
  toUnits,
} from './measure';

describe('amounts', () => {
  it('are written as decimals without trailing zeros, and read back', () => {
    expect([497_500, -20_000, 1, 0, 120_000].map(formatAmount)).toEqual(['49.75', '-2', '0.0001', '0', '12']);
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (units) => {
        expect(parseAmount(formatAmount(units))).toBe(units);
        expect(toUnits(fromUnits(units))).toBe(units);
      }),
    );
  });

  it('are reached, or passed, in whole steps', () => {
    const steps = (step: string, amount: string): string[] =>
      [stepsTo, stepsOver].map((find) => find(Exact.of(amount), Exact.of(step)).toString());
    expect([steps('0.5', '1.2'), steps('0.5', '1.5'), steps('2', '-1')]).toEqual([
      ['3/2', '3/2'],
      ['3/2', '2'],
      ['0', '0'],
    ]);
  });

  it('refuse what is no amount or finer than a ten-thousandth', () => {
    for (const text of ['', '1.', 'x', '1.00001', '1/2']) expect(() => parseAmount(text)).toThrow(RangeError);
    expect(() => toUnits(Exact.of('1/3'))).toThrow('finer than a ten-thousandth');
    expect(() => toUnits(Exact.of(Number.MAX_SAFE_INTEGER))).toThrow('too large');
  });

  it('round to whole ten-thousandths downwards and upwards', () => {
    expect([floorUnits(Exact.of('1/3')), ceilUnits(Exact.of('1/3'))]).toEqual([3333, 3334]);
    expect([floorUnits(Exact.of('-1/3')), ceilUnits(Exact.of('-1/3'))]).toEqual([-3334, -3333]);
  });

  it('are said as a decimal where that is exact', () => {
    expect(sayFraction(Exact.of('4/5'))).toBe('0.8');
    expect(sayFraction(Exact.of('8/56'))).toBe('1/7');
  });

  it('are given by authors as plain numbers or fractions only', () => {
    for (const value of [12, 0.25, '49.75', '1/7', -5])
      expect(exactNumber.safeParse(value).success).toBe(true);
    for (const value of [1e-9, 1e21, '1/0', 'ten', '', Number.NaN]) {
      expect(exactNumber.safeParse(value).success).toBe(false);
    }
  });
});
