import { ErrorCode, fail, MongoError } from '../../errors';
import {
  BsonType,
  bsonTypeOf,
  DateTime,
  Decimal128,
  Double,
  double,
  integerOf,
  isNullish,
  isNumber,
  isTruthy,
  ObjectId,
  Timestamp,
  toNumber,
  typeName,
  type Value,
} from '../../bson';
import { toDecimal } from '../../bson/arithmetic';
import { TYPE_BY_ALIAS } from '../../bson/type-of';
import { isoText } from '../../bson/text';
import type { Expression } from '../../query/scope';
import { truncateToLong } from '../../query/parse-operand';
import { computed, namedOperands, operandList, unary, type OperatorCompiler } from '../expression-context';
import { parseDateText } from '../dates/parse';
import { numberText } from './text-of';

type Conversion = (value: Value) => Value;

const failed = (message: string): never =>
  fail(ErrorCode.ConversionFailure, `${message} in $convert with no onError value`);

const unsupported = (value: Value, to: string): never =>
  failed(`Unsupported conversion from ${typeName(value)} to ${to}`);

function toInteger(value: Value, to: 'int' | 'long'): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') return parseInteger(value, to);
  if (value instanceof DateTime && to === 'long') return BigInt(value.ms);
  if (!isNumber(value)) return unsupported(value, to);
  const number = toNumber(value);
  if (Number.isNaN(number)) failed('Attempt to convert NaN value to integer type');
  if (!Number.isFinite(number)) failed('Attempt to convert infinity value to integer type');
  return inRange(truncateToLong(value), to) ?? failed(`Conversion would overflow target type`);
}

function inRange(value: bigint | undefined, to: 'int' | 'long'): bigint | undefined {
  return value !== undefined && BigInt.asIntN(to === 'int' ? 32 : 64, value) === value ? value : undefined;
}

function parseInteger(text: string, to: 'int' | 'long'): bigint {
  if (!/^[+-]?\d+$/.test(text)) failed(`Failed to parse number '${text}'`);
  return inRange(BigInt(text.replace('+', '')), to) ?? failed(`Failed to parse number '${text}'`);
}

function parseDouble(text: string): number {
  if (/^[+-]?0[xX]/.test(text)) failed('Illegal hexadecimal input');
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null)
    return special[2]!.toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) failed(`Failed to parse number '${text}'`);
  const number = Number(text);
  return Number.isFinite(number) ? number : failed(`Failed to parse number '${text}'`);
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (typeof value === 'string') return double(parseDouble(value));
  if (value instanceof DateTime) return double(value.ms);
  if (!isNumber(value)) return unsupported(value, 'double');
  const number = toNumber(value);
  if (value instanceof Decimal128 && value.class === 'finite' && !Number.isFinite(number))
    failed('Conversion would overflow target type');
  return double(number);
}

function toDecimal128(value: Value): Value {
  if (typeof value === 'boolean') return Decimal128.fromBigInt(value ? 1n : 0n);
  if (value instanceof DateTime) return Decimal128.fromBigInt(BigInt(value.ms));
  if (isNumber(value)) return toDecimal(value);
  if (typeof value !== 'string') return unsupported(value, 'decimal');
  if (/^[+-]?0[xX]/.test(value)) failed('Illegal hexadecimal input');
  return Decimal128.parse(value) ?? failed(`Failed to parse number '${value}'`);
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isNumber(value)) return numberText(value);
  if (value instanceof ObjectId) return value.hex;
  return value instanceof DateTime ? isoText(value.ms) : unsupported(value, 'string');
}

function toDate(value: Value): Value {
  if (value instanceof DateTime) return value;
  if (value instanceof ObjectId) return new DateTime(parseInt(value.hex.slice(0, 8), 16) * 1000);
  if (value instanceof Timestamp) return new DateTime(value.seconds * 1000);
  if (typeof value === 'string') return new DateTime(parseDateText(value));
  if (!isNumber(value) || bsonTypeOf(value) === BsonType.Int) return unsupported(value, 'date');
  return new DateTime(Number(toInteger(value, 'long')));
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') return unsupported(value, 'objectId');
  return /^[0-9a-fA-F]{24}$/.test(value)
    ? new ObjectId(value.toLowerCase())
    : failed(`Failed to parse objectId '${value}'`);
}

const CONVERSIONS: ReadonlyMap<number, Conversion> = new Map<number, Conversion>([
  [BsonType.Int, (value) => Number(toInteger(value, 'int'))],
  [BsonType.Long, (value) => toInteger(value, 'long')],
  [BsonType.Double, toDouble],
  [BsonType.Decimal, toDecimal128],
  [BsonType.String, toText],
  [BsonType.Bool, (value) => isTruthy(value)],
  [BsonType.Date, toDate],
  [BsonType.ObjectId, toObjectId],
]);

/** The target type of `$convert`: an alias or the number of a type. */
function targetType(to: Value): number {
  if (typeof to === 'string')
    return TYPE_BY_ALIAS.get(to) ?? fail(ErrorCode.BadValue, `Unknown type name: ${to}`);
  const code = integerOf(to);
  if (code === undefined)
    return fail(ErrorCode.FailedToParse, "In $convert, numeric 'to' argument is not an integer");
  if (code === -1) return BsonType.MinKey;
  if (!(code === BsonType.MaxKey || (code >= 0 && code <= 19))) {
    fail(
      ErrorCode.FailedToParse,
      `In $convert, numeric value for 'to' does not correspond to a BSON type: ${code}`,
    );
  }
  return code;
}

function convertTo(value: Value, type: number): Value {
  const conversion = CONVERSIONS.get(type);
  if (conversion !== undefined && bsonTypeOf(value) === type) return value;
  const name = [...TYPE_BY_ALIAS].find(([, code]) => code === type)?.[0] ?? String(type);
  return conversion === undefined ? unsupported(value, name) : conversion(value);
}

const convert: OperatorCompiler = (operand, context) => {
  const { input, to, onError, onNull } = namedOperands(
    operand,
    context,
    { required: ['input', 'to'], optional: ['onError', 'onNull'] },
    { shape: 9, unknown: 9, missing: 9 },
  );
  const optional = [onError, onNull].filter(
    (expression): expression is Expression => expression !== undefined,
  );
  return computed([input, to, ...optional], (frame) => {
    const target = to(frame);
    const type = isNullish(target) ? undefined : targetType(target!);
    const value = input(frame);
    if (isNullish(value)) return onNull === undefined ? null : onNull(frame);
    if (type === undefined) return null;
    try {
      return convertTo(value!, type);
    } catch (error) {
      if (onError !== undefined && error instanceof MongoError && error.code === ErrorCode.ConversionFailure)
        return onError(frame);
      throw error;
    }
  });
};

/** `$toInt` and its like: a conversion with one operand. */
function shortcut(type: number): OperatorCompiler {
  return (operand, context) => {
    const operands = Array.isArray(operand) ? operand : [operand];
    if (operands.length !== 1)
      fail(50723, `${context.operator} requires a single argument, got ${operands.length}`);
    const [argument] = operandList(operands, context, 1) as [Expression];
    return computed([argument], (frame) => {
      const value = argument(frame);
      return isNullish(value) ? null : convertTo(value!, type);
    });
  };
}

export const conversion: Record<string, OperatorCompiler> = {
  $convert: convert,
  $toInt: shortcut(BsonType.Int),
  $toLong: shortcut(BsonType.Long),
  $toDouble: shortcut(BsonType.Double),
  $toDecimal: shortcut(BsonType.Decimal),
  $toString: shortcut(BsonType.String),
  $toBool: shortcut(BsonType.Bool),
  $toDate: shortcut(BsonType.Date),
  $toObjectId: shortcut(BsonType.ObjectId),
  $isNumber: unary((value) => isNumber(value)),
  $type: unary((value) => typeName(value)),
};
