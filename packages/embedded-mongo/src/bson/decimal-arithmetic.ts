import { Decimal128, digitCount, powerOfTen } from './decimal128';

const signed = (value: Decimal128): bigint => (value.negative ? -value.coefficient : value.coefficient);

function fromSigned(value: bigint, exponent: number, negativeZero = false): Decimal128 {
  if (value === 0n) return Decimal128.finite(negativeZero, 0n, exponent);
  return Decimal128.finite(value < 0n, value < 0n ? -value : value, exponent);
}

const infinity = (negative: boolean): Decimal128 =>
  negative ? Decimal128.NEGATIVE_INFINITY : Decimal128.INFINITY;

/** Beyond this distance of magnitudes the smaller operand cannot change 34 digits. */
const FAR_APART = 72;

export function decimalAdd(a: Decimal128, b: Decimal128): Decimal128 {
  if (a.class === 'nan' || b.class === 'nan') return Decimal128.NAN;
  if (a.class === 'infinity') return b.class === 'infinity' && a.negative !== b.negative ? Decimal128.NAN : a;
  if (b.class === 'infinity') return b;
  const exponent = Math.min(a.exponent, b.exponent);
  if (a.isZero || b.isZero) return addZero(a, b, exponent);
  const [large, small] = a.exponent >= b.exponent ? [a, b] : [b, a];
  if (large.exponent - (small.exponent + digitCount(small.coefficient)) > FAR_APART) {
    // Keep only a digit of the small operand: enough to round in its direction.
    const shifted = large.exponent - FAR_APART;
    return fromSigned(signed(large) * powerOfTen(FAR_APART) + (small.negative ? -1n : 1n), shifted);
  }
  const sum = signed(a) * powerOfTen(a.exponent - exponent) + signed(b) * powerOfTen(b.exponent - exponent);
  return fromSigned(sum, exponent, a.negative && b.negative);
}

/** With a zero the other operand stays, stretched towards the smaller exponent as far as 34 digits allow. */
function addZero(a: Decimal128, b: Decimal128, exponent: number): Decimal128 {
  if (a.isZero && b.isZero) return Decimal128.finite(a.negative && b.negative, 0n, exponent);
  const value = a.isZero ? b : a;
  const stretch = Math.min(value.exponent - exponent, 34 - digitCount(value.coefficient));
  return Decimal128.finite(value.negative, value.coefficient * powerOfTen(stretch), value.exponent - stretch);
}

export function decimalMultiply(a: Decimal128, b: Decimal128): Decimal128 {
  const negative = a.negative !== b.negative;
  if (a.class === 'nan' || b.class === 'nan') return Decimal128.NAN;
  if (a.class === 'infinity' || b.class === 'infinity')
    return a.isZero || b.isZero ? Decimal128.NAN : infinity(negative);
  return Decimal128.finite(negative, a.coefficient * b.coefficient, a.exponent + b.exponent);
}

export function decimalDivide(a: Decimal128, b: Decimal128): Decimal128 {
  const negative = a.negative !== b.negative;
  if (a.class === 'nan' || b.class === 'nan') return Decimal128.NAN;
  if (a.class === 'infinity') return b.class === 'infinity' ? Decimal128.NAN : infinity(negative);
  if (b.class === 'infinity') return Decimal128.finite(negative, 0n, -6176);
  if (b.isZero) return a.isZero ? Decimal128.NAN : infinity(negative);
  const ideal = a.exponent - b.exponent;
  if (a.isZero) return Decimal128.finite(negative, 0n, ideal);
  const shift = Math.max(0, 36 + digitCount(b.coefficient) - digitCount(a.coefficient));
  const dividend = a.coefficient * powerOfTen(shift);
  let quotient = dividend / b.coefficient;
  let exponent = ideal - shift;
  if (dividend % b.coefficient !== 0n) {
    // A sticky digit below the last one, so that rounding to 34 digits is right.
    return Decimal128.finite(negative, quotient * 10n + 1n, exponent - 1);
  }
  while (exponent < ideal && quotient % 10n === 0n) {
    quotient /= 10n;
    exponent++;
  }
  return Decimal128.finite(negative, quotient, exponent);
}

/** Remainder of the truncated quotient, sign of the dividend; NaN for a zero divisor. */
export function decimalRemainder(a: Decimal128, b: Decimal128): Decimal128 {
  if (a.class !== 'finite' || b.class === 'nan' || b.isZero) return Decimal128.NAN;
  if (b.class === 'infinity') return a;
  const exponent = Math.min(a.exponent, b.exponent);
  const dividend = a.coefficient * powerOfTen(a.exponent - exponent);
  const divisor = b.coefficient * powerOfTen(b.exponent - exponent);
  return Decimal128.finite(a.negative, dividend % divisor, exponent);
}
