import { Decimal128, double, toNumber, type Value } from '../../bson';
import { NumberKind, numberKind, fitsLong } from '../../bson/arithmetic';
import { digitCount, dropDigits, exactDouble, powerOfTen } from '../../bson/decimal128';
import type { Numeric } from '../../bson/types';
import { fail } from '../../errors';

type RoundingMode = 'halfEven' | 'truncate' | 'up' | 'down';

/** Rounds a number to a decimal place (negative: before the point); the type stays, int32 widens when it must. */
export function roundNumber(value: Numeric, place: number, mode: RoundingMode): Value {
  switch (numberKind(value)) {
    case NumberKind.Int:
    case NumberKind.Long:
      return roundInteger(value as number | bigint, place, mode);
    case NumberKind.Double:
      return roundDouble(toNumber(value), place, mode);
    default:
      return roundDecimal(value as Decimal128, place, mode);
  }
}

/** Magnitude after rounding away the given number of decimal digits. */
function roundMagnitude(magnitude: bigint, digits: number, negative: boolean, mode: RoundingMode): bigint {
  if (mode === 'halfEven' || mode === 'truncate') return dropDigits(magnitude, digits, mode);
  const quotient = magnitude / powerOfTen(digits);
  const away = (mode === 'up') !== negative && magnitude % powerOfTen(digits) !== 0n;
  return away ? quotient + 1n : quotient;
}

function roundInteger(value: number | bigint, place: number, mode: RoundingMode): Value {
  if (place >= 0) return value;
  const wide = BigInt(value);
  const magnitude = roundMagnitude(wide < 0n ? -wide : wide, -place, wide < 0n, mode) * powerOfTen(-place);
  const rounded = wide < 0n ? -magnitude : magnitude;
  if (typeof value === 'number' && BigInt.asIntN(32, rounded) === rounded) return Number(rounded);
  return fitsLong(rounded) ? rounded : fail(51080, 'invalid conversion from Decimal128 result in $round');
}

function roundDouble(value: number, place: number, mode: RoundingMode): Value {
  if (!Number.isFinite(value) || value === 0) return double(value);
  const { coefficient, exponent } =
    place === 0 ? exactDouble(Math.abs(value)) : shortestDecimal(Math.abs(value));
  if (exponent >= -place) return double(value);
  const magnitude = roundMagnitude(coefficient, -place - exponent, value < 0, mode);
  const rounded = Number(`${magnitude}e${-place}`);
  return double(value < 0 ? -rounded : rounded);
}

/** A double as arithmetic turns it into a decimal: 15 digits. */
function shortestDecimal(value: number): { coefficient: bigint; exponent: number } {
  return Decimal128.fromDouble(value, 15);
}

function roundDecimal(value: Decimal128, place: number, mode: RoundingMode): Value {
  if (value.class !== 'finite') return value;
  const digits = -place - value.exponent;
  if (digits <= 0) return padded(value, -digits);
  return Decimal128.finite(
    value.negative,
    roundMagnitude(value.coefficient, digits, value.negative, mode),
    -place,
  );
}

/** Writes out the digits as far as the place, if 34 suffice. */
function padded(value: Decimal128, zeros: number): Decimal128 {
  if (value.coefficient !== 0n && digitCount(value.coefficient) + zeros > MAX_DIGITS) return value;
  return Decimal128.finite(value.negative, value.coefficient * powerOfTen(zeros), value.exponent - zeros);
}

const MAX_DIGITS = 34;
