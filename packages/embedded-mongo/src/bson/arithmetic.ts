import { Decimal128 } from './decimal128';
import { decimalAdd, decimalDivide, decimalMultiply, decimalRemainder } from './decimal-arithmetic';
import { double, toNumber } from './type-of';
import { Double, type Numeric } from './types';

/** Numeric types in the order in which they win: the wider operand decides the type of a result. */
export const NumberKind = { Int: 1, Long: 2, Double: 3, Decimal: 4 } as const;

const LONG_MIN = -(1n << 63n);
const LONG_MAX = (1n << 63n) - 1n;
const INT_MAX = 2147483647n;
/** Doubles keep this many digits when arithmetic turns them into decimals. */
const DOUBLE_DIGITS = 15;

export function numberKind(value: Numeric): number {
  if (typeof value === 'number')
    return (value | 0) === value && !Object.is(value, -0) ? NumberKind.Int : NumberKind.Double;
  if (typeof value === 'bigint') return NumberKind.Long;
  return value instanceof Double ? NumberKind.Double : NumberKind.Decimal;
}

/** An operand of decimal arithmetic. */
export function toDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'bigint') return Decimal128.fromBigInt(value);
  const number = value instanceof Double ? value.value : value;
  return numberKind(value) === NumberKind.Int
    ? Decimal128.fromBigInt(BigInt(number))
    : Decimal128.fromDouble(number, DOUBLE_DIGITS);
}

export function fitsLong(value: bigint): boolean {
  return value >= LONG_MIN && value <= LONG_MAX;
}

/** An integer result: int32 when both operands were and it fits, else int64; undefined when it does not fit 64 bits. */
function integer(value: bigint, kind: number): Numeric | undefined {
  if (kind === NumberKind.Int && value <= INT_MAX && value >= -INT_MAX - 1n) return Number(value);
  return fitsLong(value) ? value : undefined;
}

const toBigInt = (value: Numeric): bigint => (typeof value === 'bigint' ? value : BigInt(value as number));

interface Operation {
  doubles(a: number, b: number): number;
  integers(a: bigint, b: bigint): bigint;
  decimals(a: Decimal128, b: Decimal128): Decimal128;
}

const ADD: Operation = { doubles: (a, b) => a + b, integers: (a, b) => a + b, decimals: decimalAdd };
const SUBTRACT: Operation = {
  doubles: (a, b) => a - b,
  integers: (a, b) => a - b,
  decimals: (a, b) => decimalAdd(a, b.negate()),
};
const MULTIPLY: Operation = {
  doubles: (a, b) => a * b,
  integers: (a, b) => a * b,
  decimals: decimalMultiply,
};
const REMAINDER: Operation = {
  doubles: (a, b) => a % b,
  integers: (a, b) => a % b,
  decimals: decimalRemainder,
};

/** The result in the wider operand's type; undefined when integers overflow 64 bits. */
function calculate(operation: Operation, a: Numeric, b: Numeric): Numeric | undefined {
  const kind = Math.max(numberKind(a), numberKind(b));
  if (kind === NumberKind.Decimal) return operation.decimals(toDecimal(a), toDecimal(b));
  if (kind === NumberKind.Double) return double(operation.doubles(toNumber(a), toNumber(b)));
  return integer(operation.integers(toBigInt(a), toBigInt(b)), kind);
}

const isInt = (value: Numeric): value is number =>
  typeof value === 'number' && (value | 0) === value && !Object.is(value, -0);

export function addNumbers(a: Numeric, b: Numeric): Numeric | undefined {
  if (isInt(a) && isInt(b)) {
    const sum = a + b;
    return (sum | 0) === sum ? sum : BigInt(sum);
  }
  return calculate(ADD, a, b);
}

export function subtractNumbers(a: Numeric, b: Numeric): Numeric | undefined {
  return calculate(SUBTRACT, a, b);
}

export function multiplyNumbers(a: Numeric, b: Numeric): Numeric | undefined {
  return calculate(MULTIPLY, a, b);
}

/** Remainder with the sign of the dividend; the divisor is not zero. */
export function remainderOf(a: Numeric, b: Numeric): Numeric {
  return calculate(REMAINDER, a, b)!;
}

/** The quotient: decimal when an operand is, else double. */
export function divideNumbers(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalDivide(toDecimal(a), toDecimal(b));
  return double(toNumber(a) / toNumber(b));
}
