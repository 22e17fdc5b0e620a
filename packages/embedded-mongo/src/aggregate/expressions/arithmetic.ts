import { ErrorCode, fail } from '../../errors';
import { longOf } from '../../query/parse-operand';
import { Summation } from '../summation';
import {
  divideNumbers,
  multiplyNumbers,
  NumberKind,
  numberKind,
  remainderOf,
  subtractNumbers,
} from '../../bson/arithmetic';
import {
  DateTime,
  Decimal128,
  double,
  isNullish,
  isNumber,
  toNumber,
  typeName,
  type Value,
} from '../../bson';
import type { Numeric } from '../../bson/types';
import { binary, commutative, unary, variadic, type OperatorCompiler } from '../expression-context';
import { roundNumber } from './rounding';

type Argument = Value | undefined;

/** Integer results beyond 64 bits become doubles in aggregation. */
function multiply(a: Numeric, b: Numeric): Numeric {
  return multiplyNumbers(a, b) ?? double(toNumber(a) * toNumber(b));
}

function subtract(a: Numeric, b: Numeric): Numeric {
  return subtractNumbers(a, b) ?? double(toNumber(a) - toNumber(b));
}

/** Dates are 64-bit milliseconds. */
const LARGEST_DATE = 2 ** 63;

function dateOf(ms: number): DateTime {
  return Math.abs(ms) < LARGEST_DATE ? new DateTime(ms) : fail(ErrorCode.Overflow, 'date overflow');
}

/** A number of milliseconds as MongoDB's dates take it: cut, decimals rounded. */
function milliseconds(value: Numeric): number {
  const number = toNumber(value);
  if (Number.isNaN(number)) fail(31109, "Can't coerce out of range value nan to long");
  if (Math.abs(number) > LARGEST_DATE) fail(31109, `Can't coerce out of range value ${number} to long`);
  return Number(longOf(value));
}

/** A sum of a date and numbers, rounded to whole milliseconds, halves to the even one. */
function roundedDate(total: Numeric): DateTime {
  const number = toNumber(total);
  if (!(Math.abs(number) < LARGEST_DATE)) fail(ErrorCode.Overflow, 'date overflow in $add');
  return dateOf(
    Number(
      total instanceof Decimal128 ? longOf(total) : toNumber(roundNumber(total, 0, 'halfEven') as Numeric),
    ),
  );
}

function sum(values: Argument[]): Value {
  const total = new Summation();
  let date: DateTime | undefined;
  for (const value of values) {
    if (isNumber(value)) total.add(value);
    else if (value instanceof DateTime) {
      if (date !== undefined) fail(16612, 'only one date allowed in an $add expression');
      date = value;
      total.add(BigInt(value.ms));
    } else if (isNullish(value)) return null;
    else fail(16554, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date === undefined ? total.total() : roundedDate(total.total() as Numeric);
}

function product(values: Argument[]): Value {
  let total: Numeric = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumber(value)) fail(16555, `$multiply only supports numeric types, not ${typeName(value)}`);
    total = multiply(total, value);
  }
  return total;
}

function difference(a: Argument, b: Argument): Value {
  if (isNumber(a) && isNumber(b)) return subtract(a, b);
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof DateTime) {
    if (b instanceof DateTime) return BigInt(a.ms) - BigInt(b.ms);
    if (isNumber(b)) return dateOf(a.ms - milliseconds(b));
    fail(16613, `can't $subtract a ${typeName(b)} from a Date`);
  }
  return fail(16556, `can't $subtract a ${typeName(b)} from a ${typeName(a)}`);
}

function quotient(a: Argument, b: Argument): Value {
  if (isNumber(a) && isNumber(b)) {
    if (toNumber(b) === 0) fail(16608, "can't $divide by zero");
    return divideNumbers(a, b);
  }
  if (isNullish(a) || isNullish(b)) return null;
  return fail(16609, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
}

function remainder(a: Argument, b: Argument): Value {
  if (isNumber(a) && isNumber(b)) {
    if (toNumber(b) === 0) fail(16610, "can't $mod by zero");
    return remainderOf(a, b);
  }
  if (isNullish(a) || isNullish(b)) return null;
  return fail(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
}

/** An operator of one number; null for null. */
export function ofNumber(apply: (value: Numeric, operator: string) => Value): OperatorCompiler {
  return unary((value, operator) => {
    if (isNumber(value)) return apply(value, operator);
    if (isNullish(value)) return null;
    return fail(28765, `${operator} only supports numeric types, not ${typeName(value)}`);
  });
}

const LONG_MIN = -(1n << 63n);

function absolute(value: Numeric): Value {
  switch (numberKind(value)) {
    case NumberKind.Int:
      return value === -2147483648 ? 2147483648n : Math.abs(value as number);
    case NumberKind.Long:
      if (value === LONG_MIN) fail(28680, "can't take $abs of long long min");
      return (value as bigint) < 0n ? -(value as bigint) : value;
    case NumberKind.Double:
      return double(Math.abs(toNumber(value)));
    default:
      return (value as Decimal128).negative ? (value as Decimal128).negate() : value;
  }
}

export const arithmetic: Record<string, OperatorCompiler> = {
  $add: commutative(sum),
  $multiply: commutative(product),
  $subtract: binary(difference),
  $divide: binary(quotient),
  $mod: binary(remainder),
  $abs: ofNumber(absolute),
  $ceil: ofNumber((value) => roundNumber(value, 0, 'up')),
  $floor: ofNumber((value) => roundNumber(value, 0, 'down')),
  $round: variadic((values, operator) => roundToPlace(values, operator, 'halfEven'), 0),
  $trunc: variadic((values, operator) => roundToPlace(values, operator, 'truncate'), 0),
};

function roundToPlace(values: Argument[], operator: string, rounding: 'halfEven' | 'truncate'): Value {
  if (values.length < 1 || values.length > 2) {
    fail(
      28667,
      `Expression ${operator} takes at least 1 arguments, and at most 2, but ${values.length} were passed in.`,
    );
  }
  const [value, place] = values;
  if (isNullish(value) || (values.length === 2 && isNullish(place))) return null;
  if (!isNumber(value)) fail(51081, `${operator} only supports numeric types, not ${typeName(value)}`);
  return roundNumber(value, values.length === 2 ? placeOf(place, operator) : 0, rounding);
}

function placeOf(place: Argument, operator: string): number {
  if (!isNumber(place)) fail(16004, `can't convert from BSON type ${typeName(place)} to long`);
  const number = toNumber(place);
  if (!Number.isInteger(number)) fail(51082, `precision argument to  ${operator} must be a integral value`);
  if (number < -20 || number > 100)
    fail(51083, `cannot apply ${operator} with precision value ${number} value must be in [-20, 100]`);
  return number;
}
