import { Decimal128 } from './decimal128';
import { Doc } from './doc';
import { BsonType, Double, type Numeric, type Value } from './types';

/** The BSON type byte of a value; 0 when it is missing. */
export function bsonTypeOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'number':
      return (value | 0) === value && !Object.is(value, -0) ? BsonType.Int : BsonType.Double;
    case 'bigint':
      return BsonType.Long;
    case 'string':
      return BsonType.String;
    case 'boolean':
      return BsonType.Bool;
    case 'undefined':
      return BsonType.Missing;
    default:
      if (value === null) return BsonType.Null;
      return Array.isArray(value) ? BsonType.Array : value.bsonType;
  }
}

/** Type aliases of `$type`, in MongoDB's spelling. */
export const TYPE_BY_ALIAS: ReadonlyMap<string, number> = new Map([
  ['double', BsonType.Double],
  ['string', BsonType.String],
  ['object', BsonType.Object],
  ['array', BsonType.Array],
  ['binData', BsonType.Binary],
  ['undefined', BsonType.Undefined],
  ['objectId', BsonType.ObjectId],
  ['bool', BsonType.Bool],
  ['date', BsonType.Date],
  ['null', BsonType.Null],
  ['regex', BsonType.Regex],
  ['dbPointer', BsonType.DbPointer],
  ['javascript', BsonType.Code],
  ['symbol', BsonType.Symbol],
  ['javascriptWithScope', BsonType.CodeWithScope],
  ['int', BsonType.Int],
  ['timestamp', BsonType.Timestamp],
  ['long', BsonType.Long],
  ['decimal', BsonType.Decimal],
  ['minKey', BsonType.MinKey],
  ['maxKey', BsonType.MaxKey],
]);

const ALIAS_BY_TYPE = new Map<number, string>([[BsonType.Missing, 'missing']]);
for (const [alias, type] of TYPE_BY_ALIAS) ALIAS_BY_TYPE.set(type, alias);

/** `int`, `object`, `missing` … as `$type` calls it. */
export function typeName(value: Value | undefined): string {
  return ALIAS_BY_TYPE.get(bsonTypeOf(value))!;
}

/** Bracket of the canonical order between types; values of one bracket compare with each other. */
const RANKS = new Uint8Array(256);
const setRank = (rank: number, ...types: number[]): void => types.forEach((type) => (RANKS[type] = rank));
setRank(1, BsonType.MinKey);
setRank(2, BsonType.Missing, BsonType.Undefined);
setRank(5, BsonType.Null);
setRank(10, BsonType.Double, BsonType.Int, BsonType.Long, BsonType.Decimal);
setRank(15, BsonType.String, BsonType.Symbol);
setRank(20, BsonType.Object);
setRank(25, BsonType.Array);
setRank(30, BsonType.Binary);
setRank(35, BsonType.ObjectId);
setRank(40, BsonType.Bool);
setRank(45, BsonType.Date);
setRank(47, BsonType.Timestamp);
setRank(50, BsonType.Regex);
setRank(55, BsonType.DbPointer);
setRank(60, BsonType.Code);
setRank(65, BsonType.CodeWithScope);
setRank(100, BsonType.MaxKey);

/** Names for the brackets that code asks about. */
export const Rank = {
  MinKey: 1,
  Undefined: 2,
  Null: 5,
  Number: 10,
  String: 15,
  Object: 20,
  Array: 25,
  Binary: 30,
  Bool: 40,
  Date: 45,
  Regex: 50,
  MaxKey: 100,
} as const;

/** Position of the value's type in BSON order, 1 … 100. */
export function rankOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return Rank.Number;
    case 'string':
      return Rank.String;
    default:
      return RANKS[bsonTypeOf(value)]!;
  }
}

export function rankOfType(type: number): number {
  return RANKS[type]!;
}

export function isNumber(value: Value | undefined): value is Numeric {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Double ||
    value instanceof Decimal128
  );
}

export function isDoc(value: Value | undefined): value is Doc {
  return value instanceof Doc;
}

export function isNullish(value: Value | undefined): boolean {
  return value === undefined || value === null || bsonTypeOf(value) === BsonType.Undefined;
}

/** The nearest double of a number. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Double ? value.value : value.toNumber();
}

/** The JS number when it is exactly an integer of the safe range, else undefined. */
export function integerOf(value: Value | undefined): number | undefined {
  if (!isNumber(value)) return undefined;
  const number = toNumber(value);
  return Number.isSafeInteger(number) && (typeof value !== 'bigint' || BigInt(number) === value)
    ? number
    : undefined;
}

/** A number as BSON double: the plain number, or `Double` where that would mean int32. */
export function double(value: number): number | Double {
  return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
}

/** Truth of an option, a `$exists` argument or an expression result: false, null, undefined, missing and zero are false. */
export function isTruthy(value: Value | undefined): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    case 'bigint':
      return value !== 0n;
    case 'string':
      return true;
    default:
      if (value === null) return false;
      if (value instanceof Double) return value.value !== 0;
      if (value instanceof Decimal128) return !value.isZero;
      return bsonTypeOf(value) !== BsonType.Undefined;
  }
}
