import { ErrorCode, fail } from '../errors';
import { dropDigits } from '../bson/decimal128';
import type { Numeric } from '../bson/types';
import {
  Binary,
  compareNumbers,
  BsonType,
  Decimal128,
  Double,
  integerOf,
  isNumber,
  Regex,
  shellText,
  toNumber,
  typeName,
  type Value,
} from '../bson';
import { TYPE_BY_ALIAS } from '../bson/type-of';
import { bitsOfBinary } from './ast';
import { compileRegex } from './regex';

const LARGEST_TYPE = 19;

/** The types of `$type`: aliases, numbers, or an array of them. */
export function parseTypes(path: string, operand: Value): Set<number> {
  const types = new Set<number>();
  const wanted = Array.isArray(operand) ? operand : [operand];
  if (wanted.length === 0) fail(ErrorCode.FailedToParse, `${path} must match at least one type`);
  for (const type of wanted) for (const code of typeCodes(type)) types.add(code);
  return types;
}

function typeCodes(type: Value): number[] {
  if (typeof type === 'string') {
    if (type === 'number') return [BsonType.Double, BsonType.Int, BsonType.Long, BsonType.Decimal];
    return [TYPE_BY_ALIAS.get(type) ?? fail(ErrorCode.BadValue, `Unknown type name alias: ${type}`)];
  }
  if (!isNumber(type)) fail(ErrorCode.TypeMismatch, 'type must be represented as a number or a string');
  const code = toNumber(type);
  if (code === -1) return [BsonType.MinKey];
  if (code === BsonType.MaxKey || (Number.isInteger(code) && code >= 1 && code <= LARGEST_TYPE))
    return [code];
  return fail(ErrorCode.BadValue, `Invalid numerical type code: ${shellText(type)}`);
}

export function parseSize(operand: Value): number {
  if (!isNumber(operand) || operand instanceof Decimal128) fail(ErrorCode.BadValue, '$size needs a number');
  const size = integerOf(operand) ?? fail(ErrorCode.BadValue, '$size must be a whole number');
  return size < 0 ? fail(ErrorCode.BadValue, '$size may not be negative') : size;
}

export function parseModulo(operand: Value): { divisor: bigint; remainder: bigint } {
  if (!Array.isArray(operand)) fail(ErrorCode.BadValue, 'malformed mod, needs to be an array');
  if (operand.length < 2) fail(ErrorCode.BadValue, 'malformed mod, not enough elements');
  if (operand.length > 2) fail(ErrorCode.BadValue, 'malformed mod, too many elements');
  const [divisor, remainder] = operand;
  if (!isNumber(divisor)) fail(ErrorCode.BadValue, 'malformed mod, divisor not a number');
  if (!isNumber(remainder)) fail(ErrorCode.BadValue, 'malformed mod, remainder not a number');
  const wholeDivisor = intOf(divisor);
  if (wholeDivisor === 0n) fail(ErrorCode.BadValue, 'divisor cannot be 0');
  return { divisor: wholeDivisor, remainder: intOf(remainder) };
}

const LONG_MIN = -(1n << 63n);
const INT_MIN = -(1n << 31n);

/**
 * A number as the 64-bit integer that MongoDB's operators on integers see: doubles are cut, decimals rounded;
 * what does not fit (NaN and infinity too) becomes the least integer, as the processor's own conversion has it.
 */
export function longOf(value: Numeric): bigint {
  if (value instanceof Decimal128) {
    const rounded = value.class === 'finite' ? roundedDecimal(value) : undefined;
    return rounded === undefined ? LONG_MIN : (inLong(rounded) ?? LONG_MIN);
  }
  return truncateToLong(value) ?? LONG_MIN;
}

/** The same with 32 bits; a 64-bit integer loses its upper half. */
function intOf(value: Numeric): bigint {
  if (typeof value === 'bigint') return BigInt.asIntN(32, value);
  const long = longOf(value);
  return BigInt.asIntN(32, long) === long ? long : INT_MIN;
}

function roundedDecimal(value: Decimal128): bigint | undefined {
  if (value.exponent > 20) return value.isZero ? 0n : undefined;
  const magnitude = value.exponent >= 0 ? scaled(value) : dropDigits(value.coefficient, -value.exponent);
  return value.negative ? -magnitude : magnitude;
}

/** A number cut to a 64-bit integer; undefined when it is not finite or does not fit. */
export function truncateToLong(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Decimal128) {
    if (value.class !== 'finite') return undefined;
    const magnitude = value.exponent > 20 ? (value.isZero ? 0n : undefined) : scaled(value);
    return magnitude === undefined ? undefined : inLong(value.negative ? -magnitude : magnitude);
  }
  const number = value instanceof Double ? value.value : (value as number);
  return Number.isFinite(number) ? inLong(BigInt(Math.trunc(number))) : undefined;
}

function scaled(value: Decimal128): bigint {
  return value.exponent >= 0
    ? value.coefficient * 10n ** BigInt(value.exponent)
    : value.coefficient / 10n ** BigInt(-value.exponent);
}

function inLong(value: bigint): bigint | undefined {
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** The mask of a `$bits…` operator: a non-negative integer, bit positions, or binary data. */
export function parseBitMask(path: string, operator: string, operand: Value): bigint {
  if (Array.isArray(operand)) return positionsMask(operand);
  if (operand instanceof Binary) return bitsOfBinary(operand);
  if (!isNumber(operand)) {
    fail(
      ErrorCode.BadValue,
      `${path} takes an Array, a number, or a BinData but received: ${operator}: ${shellText(operand)}`,
    );
  }
  const mask = exactLong(operand);
  if (mask === undefined)
    fail(ErrorCode.FailedToParse, `Expected an integer: ${operator}: ${shellText(operand)}`);
  if (mask < 0n)
    fail(ErrorCode.FailedToParse, `Expected a positive number in: ${operator}: ${shellText(operand)}`);
  return mask;
}

/** The 64-bit integer a number is equal to, if it is. */
function exactLong(value: Numeric): bigint | undefined {
  const long = truncateToLong(value);
  return long !== undefined && compareNumbers(long, value) === 0 ? long : undefined;
}

/** The bits that the `$bits…` operators test in a number: a double must be an integer, decimals are rounded. */
export function bitsOfNumber(value: Numeric): bigint | undefined {
  return value instanceof Decimal128 ? longOf(value) : exactLong(value);
}

function positionsMask(positions: Value[]): bigint {
  let mask = 0n;
  positions.forEach((value, i) => {
    const position = integerOf(value);
    if (position === undefined)
      fail(ErrorCode.BadValue, `bit positions must be an integer but got: ${i}: ${shellText(value)}`);
    if (position < 0) fail(ErrorCode.BadValue, `bit positions must be >= 0 but got: ${i}: ${position}`);
    if (position > 2147483647)
      fail(
        ErrorCode.BadValue,
        `bit positions cannot be represented as a 32-bit signed integer: ${i}: ${position}`,
      );
    // Values have at most 64 bits or the bits of a binary; a position far beyond stands for the sign.
    mask |= 1n << BigInt(Math.min(position, MAX_BIT_POSITION));
  });
  return mask;
}
/** The last bit of the largest binary that fits a document. */
const MAX_BIT_POSITION = 16 * 1024 * 1024 * 8;

/** `$regex` with its `$options`. */
export function parseRegex(pattern: Value, options: Value | undefined): Regex {
  if (options !== undefined && typeof options !== 'string')
    fail(ErrorCode.BadValue, '$options has to be a string');
  let regex: Regex;
  if (typeof pattern === 'string') regex = new Regex(pattern, options ?? '');
  else if (pattern instanceof Regex) {
    if (options !== undefined && pattern.options !== '')
      fail(51074, 'options set in both $regex and $options');
    regex = options === undefined ? pattern : new Regex(pattern.pattern, options);
  } else fail(ErrorCode.BadValue, `$regex has to be a string, not ${typeName(pattern)}`);
  compileRegex(regex);
  return regex;
}
