import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { Exact } from './exact';

const anyRatio = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 1e6 }));
const fractionOf = ([n, d]: [number, number]): Fraction => new Fraction(n, d);
const exactOf = ([n, d]: [number, number]): Exact => Exact.ratio(n, d);

describe('exact numbers', () => {
  it('agree with arbitrary precision in every operation', () => {
    fc.assert(
      fc.property(anyRatio, anyRatio, (a, b) => {
        const [left, right] = [exactOf(a), exactOf(b)];
        expect(left.add(right).toString()).toBe(fractionOf(a).add(fractionOf(b)).toFraction());
        expect(left.sub(right).toString()).toBe(fractionOf(a).sub(fractionOf(b)).toFraction());
        expect(Math.sign(left.compare(right))).toBe(fractionOf(a).compare(fractionOf(b)));
        expect(left.equals(right)).toBe(fractionOf(a).equals(fractionOf(b)));
        expect(left.floor().toString()).toBe(fractionOf(a).floor().toFraction());
        expect(left.ceil().toString()).toBe(fractionOf(a).ceil().toFraction());
        expect(left.abs().toString()).toBe(fractionOf(a).abs().toFraction());
      }),
    );
  });

  it('multiply and divide as arbitrary precision does', () => {
    const small = fc.tuple(fc.integer({ min: -1e5, max: 1e5 }), fc.integer({ min: 1, max: 1e3 }));
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(exactOf(a).mul(exactOf(b)).toString()).toBe(fractionOf(a).mul(fractionOf(b)).toFraction());
        if (b[0] !== 0) {
          expect(exactOf(a).div(exactOf(b)).toString()).toBe(fractionOf(a).div(fractionOf(b)).toFraction());
        }
      }),
    );
  });

  it('stay exact where the way leads through large integers', () => {
    const huge = Exact.of(999_999_999);
    const [x, y] = [Exact.ratio(3_037_000_499, 94_906_265), Exact.ratio(94_906_265, 3_037_000_499)];
    expect(x.mul(y).toString()).toBe('1');
    expect(x.add(Exact.ratio(-3_037_000_499, 94_906_265)).toString()).toBe('0');
    expect(Exact.ratio(1, 999_999_937).mul(Exact.of(999_999_937)).toString()).toBe('1');
    expect(Exact.ratio(1, 999_983).add(Exact.ratio(1, 999_979)).sub(Exact.ratio(1, 999_979)).toString()).toBe(
      '1/999983',
    );
    expect(() => huge.mul(huge)).toThrow(RangeError);
    expect(() => Exact.of(Number.MAX_SAFE_INTEGER).add(Exact.ONE)).toThrow(RangeError);
  });

  it('read whole numbers, decimals and fractions, and nothing else', () => {
    expect(['12', 0.1, '49.75', '-2.5', '2/120'].map((text) => Exact.of(text).toString())).toEqual([
      '12',
      '1/10',
      '199/4',
      '-5/2',
      '1/60',
    ]);
    for (const text of ['', 'abc', '1e3', '1/0', 1e-7]) expect(() => Exact.of(text)).toThrow(RangeError);
    expect(() => Exact.ratio(0.5, 1)).toThrow(RangeError);
    expect(() => Exact.ONE.div(Exact.ZERO)).toThrow(RangeError);
  });

  it('find the greatest common step', () => {
    expect(Exact.of('0.25').commonStep(Exact.of(1)).toString()).toBe('1/4');
    expect(Exact.of('0.4').commonStep(Exact.of('0.6')).toString()).toBe('1/5');
    expect(Exact.ZERO.commonStep(Exact.of(3)).toString()).toBe('3');
  });

  it('have one zero', () => {
    expect(Object.is(Exact.ZERO.negated().n, 0)).toBe(true);
    expect(Object.is(Exact.ratio(0, -3).n, 0)).toBe(true);
    expect(Exact.ratio(1, -3).toString()).toBe('-1/3');
  });

  it('has one zero, without a sign', () => {
    const zeros = [Exact.of(0).mul(Exact.of(-5)), Exact.ZERO.negated(), Exact.ratio(-0, 7), Exact.of('-0')];
    for (const zero of zeros) expect(Object.is(zero.n, 0)).toBe(true);
  });
});
