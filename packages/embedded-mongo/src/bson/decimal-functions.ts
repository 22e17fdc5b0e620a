import { Decimal128, digitCount, powerOfTen } from './decimal128';

/**
 * Transcendental functions of decimals, in fixed point with integers: enough guard digits that the 34 digits of a result are right.
 * A fixed-point number is an integer times 10^-SCALE.
 */
const SCALE = 60;
const ONE = powerOfTen(SCALE);
const PRECISION = 34;

const multiply = (a: bigint, b: bigint): bigint => (a * b) / ONE;
const divide = (a: bigint, b: bigint): bigint => (a * ONE) / b;

/** A decimal in fixed point; only for magnitudes that leave enough digits. */
function toFixed(value: Decimal128, scale = SCALE): bigint {
  const shift = value.exponent + scale;
  const magnitude =
    shift >= 0 ? value.coefficient * powerOfTen(shift) : value.coefficient / powerOfTen(-shift);
  return value.negative ? -magnitude : magnitude;
}

/** A fixed-point number times 10^exponent as a decimal of exactly 34 digits. */
function fromFixed(value: bigint, exponent = 0): Decimal128 {
  const magnitude = value < 0n ? -value : value;
  if (magnitude === 0n) return Decimal128.finite(false, 0n, 0);
  const missing = PRECISION - digitCount(magnitude);
  const padded = missing > 0 ? magnitude * powerOfTen(missing) : magnitude;
  return Decimal128.finite(value < 0n, padded, exponent - SCALE - Math.max(0, missing));
}

/** The area hyperbolic tangent's series: 2·atanh(z) = ln((1+z)/(1−z)). */
function twiceAtanh(z: bigint): bigint {
  const square = multiply(z, z);
  let power = z;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = multiply(power, square);
  }
  return 2n * sum;
}

const LN_2 = twiceAtanh(ONE / 3n);
const LN_10 = 3n * LN_2 + twiceAtanh(ONE / 9n);

/** Natural logarithm of a positive fixed-point number in [1, 10). */
function lnFixed(value: bigint): bigint {
  let halvings = 0n;
  while (value > (ONE * 4n) / 3n) {
    value /= 2n;
    halvings++;
  }
  return halvings * LN_2 + twiceAtanh(divide(value - ONE, value + ONE));
}

/** ln of a positive finite decimal, in fixed point. */
function lnOf(value: Decimal128): bigint {
  const digits = digitCount(value.coefficient);
  const mantissa = value.coefficient * powerOfTen(SCALE - digits + 1);
  return lnFixed(mantissa) + BigInt(value.exponent + digits - 1) * LN_10;
}

/** e^x as a decimal, for x in fixed point. */
function expOf(x: bigint): Decimal128 {
  const tens = x / LN_10;
  if (tens > 7000n) return Decimal128.INFINITY;
  if (tens < -7000n) return Decimal128.finite(false, 0n, -6176);
  return fromFixed(expFixed(x - tens * LN_10), Number(tens));
}

const HALVINGS = 16;

/** e^x for a small fixed-point x: Taylor series of x/2^16, squared back. */
function expFixed(x: bigint): bigint {
  const guard = 10n ** 10n;
  const one = ONE * guard;
  const small = (x * guard) >> BigInt(HALVINGS);
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n; n++) {
    term = (term * small) / (one * n);
    sum += term;
  }
  for (let i = 0; i < HALVINGS; i++) sum = (sum * sum) / one;
  return sum / guard;
}

const piCache = new Map<number, bigint>();

/** π with the given number of decimals, by Machin's formula. */
function pi(decimals: number): bigint {
  const known = piCache.get(decimals);
  if (known !== undefined) return known;
  const one = powerOfTen(decimals + 10);
  const arcCot = (x: bigint): bigint => {
    let power = one / x;
    let sum = 0n;
    for (let n = 1n, sign = 1n; power !== 0n; n += 2n, sign = -sign) {
      sum += (sign * power) / n;
      power /= x * x;
    }
    return sum;
  };
  const value = (4n * (4n * arcCot(5n) - arcCot(239n))) / powerOfTen(10);
  piCache.set(decimals, value);
  return value;
}

/** An angle reduced to [-π, π], in fixed point; huge angles take as many digits of π as they have themselves. */
function reduceAngle(value: Decimal128): bigint {
  const extra = Math.max(0, value.exponent + digitCount(value.coefficient));
  const turn = 2n * pi(SCALE + extra);
  let angle = toFixed(value, SCALE + extra) % turn;
  if (angle > turn / 2n) angle -= turn;
  if (angle < -turn / 2n) angle += turn;
  return angle / powerOfTen(extra);
}

function sineSeries(angle: bigint, firstTerm: bigint, firstFactor: bigint): bigint {
  const square = multiply(angle, angle);
  let term = firstTerm;
  let sum = 0n;
  for (let n = firstFactor; term !== 0n; n += 2n) {
    sum += term;
    term = -multiply(term, square) / (n * (n + 1n));
  }
  return sum;
}

const sinFixed = (angle: bigint): bigint => sineSeries(angle, angle, 2n);
const cosFixed = (angle: bigint): bigint => sineSeries(angle, ONE, 1n);

/** Arc tangent by halving the angle three times, then the series. */
function atanFixed(x: bigint): bigint {
  for (let i = 0; i < 3; i++) x = divide(x, ONE + sqrtFixed(ONE + multiply(x, x)));
  const square = multiply(x, x);
  let power = x;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = -multiply(power, square);
  }
  return 8n * sum;
}

function integerSqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

const sqrtFixed = (value: bigint): bigint => integerSqrt(value * ONE);

const isSpecial = (value: Decimal128): boolean => value.class !== 'finite';

export function decimalSqrt(value: Decimal128): Decimal128 {
  if (value.class === 'nan' || value.isZero)
    return value.isZero ? Decimal128.finite(value.negative, 0n, value.exponent >> 1) : value;
  if (value.negative) return Decimal128.NAN;
  if (value.class === 'infinity') return value;
  const even = value.exponent & 1 ? 1 : 0;
  const exact = value.coefficient * powerOfTen(even);
  const root = integerSqrt(exact);
  const exponent = (value.exponent - even) / 2;
  if (root * root === exact) return Decimal128.finite(false, root, exponent);
  return Decimal128.finite(false, integerSqrt(exact * powerOfTen(80)), exponent - 40);
}

export function decimalExp(value: Decimal128): Decimal128 {
  if (value.class === 'nan') return value;
  if (value.class === 'infinity' || value.exponent + digitCount(value.coefficient) > 6) {
    if (!value.isZero) return value.negative ? Decimal128.finite(false, 0n, -6176) : Decimal128.INFINITY;
  }
  return value.isZero ? Decimal128.fromBigInt(1n) : expOf(toFixed(value));
}

export function decimalLn(value: Decimal128): Decimal128 {
  if (value.class === 'nan' || value.class === 'infinity') return value;
  return fromFixed(lnOf(value));
}

export function decimalLog2(value: Decimal128): Decimal128 {
  if (value.class === 'nan' || value.class === 'infinity') return value;
  return fromFixed(divide(lnOf(value), LN_2));
}

export function decimalLog10(value: Decimal128): Decimal128 {
  if (value.class === 'nan' || value.class === 'infinity') return value;
  return fromFixed(divide(lnOf(value), LN_10));
}

/** x^y for decimals; integer powers of negative numbers keep their sign. */
export function decimalPower(base: Decimal128, exponent: Decimal128): Decimal128 {
  if (exponent.isZero) return fromFixed(ONE);
  if (base.class === 'nan' || exponent.class === 'nan') return Decimal128.NAN;
  const odd = isOddInteger(exponent);
  if (
    base.negative &&
    !base.isZero &&
    base.class === 'finite' &&
    exponent.class === 'finite' &&
    odd === undefined
  )
    return Decimal128.NAN;
  const negative = base.negative && odd === true;
  const magnitude = powerOfMagnitude(base.negative ? base.negate() : base, exponent);
  return negative ? magnitude.negate() : magnitude;
}

/** True for odd integers, false for even ones, undefined for all others. */
function isOddInteger(value: Decimal128): boolean | undefined {
  if (value.class !== 'finite') return undefined;
  if (value.exponent >= 0) return value.exponent === 0 && (value.coefficient & 1n) === 1n;
  if (value.exponent < -PRECISION) return undefined;
  const unit = powerOfTen(-value.exponent);
  return value.coefficient % unit === 0n ? ((value.coefficient / unit) & 1n) === 1n : undefined;
}

const TINIEST_ZERO = (): Decimal128 => Decimal128.finite(false, 0n, -6176);

function powerOfMagnitude(base: Decimal128, exponent: Decimal128): Decimal128 {
  if (base.isZero) return exponent.negative ? Decimal128.INFINITY : TINIEST_ZERO();
  if (base.class === 'infinity') return exponent.negative ? TINIEST_ZERO() : Decimal128.INFINITY;
  const ln = lnOf(base);
  if (ln === 0n) return fromFixed(ONE);
  const grows = ln > 0n !== exponent.negative;
  if (exponent.class === 'infinity' || exponent.exponent + digitCount(exponent.coefficient) > 40)
    return grows ? Decimal128.INFINITY : TINIEST_ZERO();
  return expOf(multiply(ln, toFixed(exponent)));
}

export function decimalSin(value: Decimal128): Decimal128 {
  if (isSpecial(value) || value.isZero) return value.class === 'finite' ? value : Decimal128.NAN;
  return fromFixed(sinFixed(reduceAngle(value)));
}

export function decimalCos(value: Decimal128): Decimal128 {
  return isSpecial(value) ? Decimal128.NAN : fromFixed(cosFixed(reduceAngle(value)));
}

export function decimalTan(value: Decimal128): Decimal128 {
  if (isSpecial(value) || value.isZero) return value.class === 'finite' ? value : Decimal128.NAN;
  const angle = reduceAngle(value);
  return fromFixed(divide(sinFixed(angle), cosFixed(angle)));
}

export function decimalAtan(value: Decimal128): Decimal128 {
  if (value.class === 'nan' || value.isZero) return value;
  const quarter = pi(SCALE) / 2n;
  const signed = (angle: bigint): bigint => (value.negative ? -angle : angle);
  if (value.class === 'infinity') return fromFixed(signed(quarter));
  const magnitude = value.negative ? value.negate() : value;
  if (magnitude.exponent + digitCount(magnitude.coefficient) > SCALE / 2) return fromFixed(signed(quarter));
  return fromFixed(signed(atanFixed(toFixed(magnitude))));
}

export function decimalAsin(value: Decimal128): Decimal128 {
  if (isSpecial(value) || value.isZero) return value;
  const x = toFixed(value);
  const cosine = sqrtFixed(ONE - multiply(x, x));
  const quarter = pi(SCALE) / 2n;
  return fromFixed(cosine === 0n ? (x > 0n ? quarter : -quarter) : atanFixed(divide(x, cosine)));
}

export function decimalAcos(value: Decimal128): Decimal128 {
  if (isSpecial(value)) return value;
  const sine = value.isZero ? 0n : toFixed(decimalAsin(value));
  return fromFixed(pi(SCALE) / 2n - sine);
}

export function decimalAtan2(y: Decimal128, x: Decimal128): Decimal128 {
  if (y.class === 'nan' || x.class === 'nan') return Decimal128.NAN;
  const half = pi(SCALE);
  if (isSpecial(y) || isSpecial(x) || x.isZero || y.isZero)
    return Decimal128.parse(String(Math.atan2(y.toNumber(), x.toNumber())))!;
  const angle = toFixed(decimalAtan(fromFixed(divide(toFixed(y), toFixed(x)))));
  if (!x.negative) return fromFixed(angle);
  return fromFixed(y.negative ? angle - half : angle + half);
}

/** Hyperbolic functions from the exponential. */
function decimalHyperbolic(
  value: Decimal128,
  combine: (growing: bigint, falling: bigint) => bigint,
  special: (value: number) => number,
): Decimal128 {
  if (isSpecial(value) || value.exponent + digitCount(value.coefficient) > 3)
    return Decimal128.parse(String(special(value.toNumber())))!;
  const growing = expFixed(toFixed(value));
  return fromFixed(combine(growing, divide(ONE, growing)));
}

export const sinh = (value: Decimal128): Decimal128 =>
  decimalHyperbolic(value, (up, down) => (up - down) / 2n, Math.sinh);
export const cosh = (value: Decimal128): Decimal128 =>
  decimalHyperbolic(value, (up, down) => (up + down) / 2n, Math.cosh);
export const tanh = (value: Decimal128): Decimal128 =>
  decimalHyperbolic(value, (up, down) => divide(up - down, up + down), Math.tanh);

/** Inverse hyperbolic functions from the logarithm of `argument(x)`. */
function inverseHyperbolic(
  value: Decimal128,
  argument: (x: bigint) => bigint,
  half: boolean,
  special: (value: number) => number,
): Decimal128 {
  if (isSpecial(value) || value.isZero || value.exponent + digitCount(value.coefficient) > 20) {
    return Decimal128.parse(String(special(value.toNumber())))!;
  }
  const inner = argument(toFixed(value));
  if (inner <= 0n) return Decimal128.parse(String(special(value.toNumber())))!;
  const ln = lnOf(fromFixed(inner));
  return fromFixed(half ? ln / 2n : ln);
}

export const asinh = (value: Decimal128): Decimal128 =>
  value.negative
    ? asinh(value.negate()).negate()
    : inverseHyperbolic(value, (x) => x + sqrtFixed(multiply(x, x) + ONE), false, Math.asinh);
export const acosh = (value: Decimal128): Decimal128 =>
  inverseHyperbolic(value, (x) => x + sqrtFixed(multiply(x, x) - ONE), false, Math.acosh);
export const atanh = (value: Decimal128): Decimal128 =>
  inverseHyperbolic(value, (x) => (ONE - x === 0n ? 0n : divide(ONE + x, ONE - x)), true, Math.atanh);

/** π/180 to 34 digits, as angles in degrees are converted. */
export const DEGREE: Decimal128 = fromFixed(pi(SCALE) / 180n);
export const DEGREES_PER_RADIAN: Decimal128 = fromFixed(divide(180n * ONE, pi(SCALE)));
