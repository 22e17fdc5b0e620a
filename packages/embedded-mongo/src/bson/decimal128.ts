import { BsonType } from './types';

const MAX_DIGITS = 34;
const EXPONENT_BIAS = 6176;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const MAX_COEFFICIENT = 10n ** 34n - 1n;
const LOW_MASK = (1n << 64n) - 1n;

const powers: bigint[] = [1n];
/** 10 to the n, cached. */
export function powerOfTen(n: number): bigint {
  if (n > 700) return 10n ** BigInt(n);
  for (let i = powers.length; i <= n; i++) powers.push(powers[i - 1]! * 10n);
  return powers[n]!;
}

type DecimalClass = 'finite' | 'infinity' | 'nan';
type Rounding = 'halfEven' | 'halfAway' | 'truncate';

export function digitCount(coefficient: bigint): number {
  return coefficient.toString().length;
}

/** Divides a non-negative coefficient by a power of ten, rounding the digits that fall off. */
export function dropDigits(coefficient: bigint, digits: number, rounding: Rounding = 'halfEven'): bigint {
  const power = powerOfTen(digits);
  const quotient = coefficient / power;
  if (rounding === 'truncate') return quotient;
  const twice = (coefficient % power) * 2n;
  if (twice > power) return quotient + 1n;
  if (twice < power) return quotient;
  return rounding === 'halfAway' || (quotient & 1n) === 1n ? quotient + 1n : quotient;
}

/** IEEE 754 decimal128: sign, coefficient of up to 34 digits, exponent -6176 … 6111; or infinity; or NaN. */
export class Decimal128 {
  readonly class: DecimalClass;
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly exponent: number;

  private constructor(kind: DecimalClass, negative: boolean, coefficient: bigint, exponent: number) {
    this.class = kind;
    this.negative = negative;
    this.coefficient = coefficient;
    this.exponent = exponent;
  }

  static readonly NAN = new Decimal128('nan', false, 0n, 0);
  static readonly INFINITY = new Decimal128('infinity', false, 0n, 0);
  static readonly NEGATIVE_INFINITY = new Decimal128('infinity', true, 0n, 0);
  static readonly ZERO = new Decimal128('finite', false, 0n, 0);

  get bsonType(): number {
    return BsonType.Decimal;
  }

  /** Rounds to 34 digits (half to even) and to the exponent range: too large becomes infinity, too small zero. */
  static finite(negative: boolean, coefficient: bigint, exponent: number): Decimal128 {
    if (coefficient > MAX_COEFFICIENT) {
      const excess = digitCount(coefficient) - MAX_DIGITS;
      coefficient = dropDigits(coefficient, excess);
      exponent += excess;
      if (coefficient > MAX_COEFFICIENT) {
        coefficient /= 10n;
        exponent++;
      }
    }
    if (exponent < MIN_EXPONENT) {
      const missing = MIN_EXPONENT - exponent;
      coefficient = missing > MAX_DIGITS + 1 ? 0n : dropDigits(coefficient, missing);
      exponent = MIN_EXPONENT;
    } else if (exponent > MAX_EXPONENT) {
      const surplus = exponent - MAX_EXPONENT;
      if (coefficient !== 0n && digitCount(coefficient) + surplus > MAX_DIGITS) {
        return negative ? Decimal128.NEGATIVE_INFINITY : Decimal128.INFINITY;
      }
      coefficient *= coefficient === 0n ? 1n : powerOfTen(surplus);
      exponent = MAX_EXPONENT;
    }
    return new Decimal128('finite', negative, coefficient, exponent);
  }

  static fromBigInt(value: bigint): Decimal128 {
    return Decimal128.finite(value < 0n, value < 0n ? -value : value, 0);
  }

  /** Exact as far as 34 digits go; with `digits` first rounded to that many significant digits (MongoDB's arithmetic takes 15). */
  static fromDouble(value: number, digits?: number): Decimal128 {
    if (Number.isNaN(value)) return Decimal128.NAN;
    if (!Number.isFinite(value)) return value > 0 ? Decimal128.INFINITY : Decimal128.NEGATIVE_INFINITY;
    if (value === 0) return Decimal128.finite(Object.is(value, -0), 0n, 0);
    if (digits !== undefined) return Decimal128.parse(value.toExponential(digits - 1))!;
    const { coefficient, exponent } = exactDouble(Math.abs(value));
    return Decimal128.finite(value < 0, coefficient, exponent);
  }

  /** Decimal text, `Infinity`, `NaN`; undefined when it is none of these. Digits beyond 34 are rounded. */
  static parse(text: string): Decimal128 | undefined {
    const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
    if (special !== null) {
      if (special[2]!.toLowerCase() === 'nan') return Decimal128.NAN;
      return special[1] === '-' ? Decimal128.NEGATIVE_INFINITY : Decimal128.INFINITY;
    }
    const match = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text);
    if (match === null) return undefined;
    const fraction = match[3] ?? '';
    return Decimal128.finite(
      match[1] === '-',
      BigInt(match[2]! + fraction || '0'),
      Number(match[4] ?? 0) - fraction.length,
    );
  }

  static fromBytes(buffer: Buffer, offset: number): Decimal128 {
    const low = buffer.readBigUInt64LE(offset);
    const high = buffer.readBigUInt64LE(offset + 8);
    const negative = high >> 63n === 1n;
    const combination = Number((high >> 58n) & 0x1fn);
    if (combination === 0x1f) return Decimal128.NAN;
    if (combination === 0x1e) return negative ? Decimal128.NEGATIVE_INFINITY : Decimal128.INFINITY;
    if (combination >= 0x18)
      return new Decimal128('finite', negative, 0n, Number((high >> 47n) & 0x3fffn) - EXPONENT_BIAS);
    const coefficient = ((high & 0x1ffffffffffffn) << 64n) | low;
    const exponent = Number((high >> 49n) & 0x3fffn) - EXPONENT_BIAS;
    return new Decimal128('finite', negative, coefficient > MAX_COEFFICIENT ? 0n : coefficient, exponent);
  }

  writeTo(buffer: Buffer, offset: number): void {
    const sign = this.negative ? 1n << 63n : 0n;
    let low = 0n;
    let high: bigint;
    if (this.class === 'nan') high = 0x1fn << 58n;
    else if (this.class === 'infinity') high = sign | (0x1en << 58n);
    else {
      low = this.coefficient & LOW_MASK;
      high = sign | (BigInt(this.exponent + EXPONENT_BIAS) << 49n) | (this.coefficient >> 64n);
    }
    buffer.writeBigUInt64LE(low, offset);
    buffer.writeBigUInt64LE(high, offset + 8);
  }

  get isZero(): boolean {
    return this.class === 'finite' && this.coefficient === 0n;
  }

  negate(): Decimal128 {
    return this.class === 'nan'
      ? this
      : new Decimal128(this.class, !this.negative, this.coefficient, this.exponent);
  }

  /** The nearest double. */
  toNumber(): number {
    if (this.class === 'nan') return NaN;
    if (this.class === 'infinity') return this.negative ? -Infinity : Infinity;
    return Number(`${this.negative ? '-' : ''}${this.coefficient}e${this.exponent}`);
  }

  /** Scientific notation when the exponent is positive or the number very small, as the IEEE text form demands. */
  toString(): string {
    const sign = this.negative ? '-' : '';
    if (this.class === 'nan') return 'NaN';
    if (this.class === 'infinity') return `${sign}Infinity`;
    const digits = this.coefficient.toString();
    const adjusted = this.exponent + digits.length - 1;
    if (this.exponent > 0 || adjusted < -6) {
      const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
      return `${sign}${digits[0]}${rest}E${adjusted < 0 ? '' : '+'}${adjusted}`;
    }
    if (this.exponent === 0) return sign + digits;
    const point = digits.length + this.exponent;
    return point > 0
      ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
      : `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
}

/** A positive finite double as coefficient × 10^exponent, without any loss. */
export function exactDouble(value: number): { coefficient: bigint; exponent: number } {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  let shifts = 0;
  while (!Number.isInteger(value)) {
    value *= 2;
    shifts++;
  }
  return { coefficient: BigInt(value) * 5n ** BigInt(shifts), exponent: -shifts };
}
