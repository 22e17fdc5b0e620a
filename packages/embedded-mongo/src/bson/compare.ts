import { Decimal128, exactDouble, powerOfTen, digitCount } from './decimal128';
import { step } from '../work';
import type { Doc } from './doc';
import { bsonTypeOf, rankOf, rankOfType } from './type-of';
import type { CodeWithScope } from './types';
import {
  BsonSymbol,
  type Binary,
  BsonType,
  type Code,
  type DateTime,
  type DbPointer,
  Double,
  type Numeric,
  type ObjectId,
  type Regex,
  type Timestamp,
  type Value,
} from './types';

type Ordering = -1 | 0 | 1;

const order = (a: number | bigint, b: number | bigint): Ordering => (a < b ? -1 : a > b ? 1 : 0);

/** By code point, as the UTF-8 bytes sort; JS compares UTF-16 units, which differs for characters beyond the basic plane. */
export function compareStrings(a: string, b: string): Ordering {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x < y ? -1 : 1;
  }
  return order(a.length, b.length);
}

/** Numerically exact across all four numeric types; NaN is equal to itself and below every other number. */
export function compareNumbers(a: Numeric, b: Numeric): Ordering {
  const x = a instanceof Double ? a.value : a;
  const y = b instanceof Double ? b.value : b;
  if (x instanceof Decimal128 || y instanceof Decimal128) return compareDecimals(x, y);
  if (x < y) return -1;
  if (x > y) return 1;
  if (typeof x === 'number' && Number.isNaN(x)) return typeof y === 'number' && Number.isNaN(y) ? 0 : -1;
  return typeof y === 'number' && Number.isNaN(y) ? 1 : 0;
}

interface Rational {
  special: number; // 0 NaN, 1 -Infinity, 2 finite, 3 Infinity
  coefficient: bigint; // signed
  exponent: number;
}

function rational(value: number | bigint | Decimal128): Rational {
  if (typeof value === 'bigint') return { special: 2, coefficient: value, exponent: 0 };
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      return { special: Number.isNaN(value) ? 0 : value < 0 ? 1 : 3, coefficient: 0n, exponent: 0 };
    const { coefficient, exponent } = exactDouble(Math.abs(value));
    return { special: 2, coefficient: value < 0 ? -coefficient : coefficient, exponent };
  }
  if (value.class === 'finite')
    return {
      special: 2,
      coefficient: value.negative ? -value.coefficient : value.coefficient,
      exponent: value.exponent,
    };
  return { special: value.class === 'nan' ? 0 : value.negative ? 1 : 3, coefficient: 0n, exponent: 0 };
}

function compareDecimals(a: number | bigint | Decimal128, b: number | bigint | Decimal128): Ordering {
  const x = rational(a);
  const y = rational(b);
  if (x.special !== 2 || y.special !== 2) return order(x.special, y.special);
  const signX = order(x.coefficient, 0n);
  const signY = order(y.coefficient, 0n);
  if (signX !== signY || signX === 0) return order(signX, signY);
  const sizeX = digitCount(x.coefficient) + x.exponent;
  const sizeY = digitCount(y.coefficient) + y.exponent;
  if (sizeX !== sizeY) return sizeX < sizeY === signX > 0 ? -1 : 1;
  const shift = x.exponent - y.exponent;
  if (shift > 0) return order(x.coefficient * powerOfTen(shift), y.coefficient);
  return order(x.coefficient, y.coefficient * powerOfTen(-shift));
}

function compareDocs(a: Doc, b: Doc): Ordering {
  const length = Math.min(a.size, b.size);
  for (let i = 0; i < length; i++) {
    step();
    const x = a.values[i]!;
    const y = b.values[i]!;
    const difference =
      order(rankOf(x), rankOf(y)) || compareStrings(a.keys[i]!, b.keys[i]!) || compareValues(x, y);
    if (difference !== 0) return difference;
  }
  return order(a.size, b.size);
}

function compareArrays(a: Value[], b: Value[]): Ordering {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    step();
    const difference = compareValues(a[i], b[i]);
    if (difference !== 0) return difference;
  }
  return order(a.length, b.length);
}

function compareBinary(a: Binary, b: Binary): Ordering {
  return (
    order(a.bytes.length, b.bytes.length) || order(a.subtype, b.subtype) || Buffer.compare(a.bytes, b.bytes)
  );
}

const textOf = (value: string | BsonSymbol): string => (value instanceof BsonSymbol ? value.value : value);

/** BSON order. A missing value sorts with the type undefined, before null. */
export function compareValues(a: Value | undefined, b: Value | undefined): Ordering {
  if (a === b && typeof a !== 'number') return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  const type = bsonTypeOf(a);
  const rank = rankOfType(type);
  const otherRank = rankOf(b);
  if (rank !== otherRank) return rank < otherRank ? -1 : 1;
  switch (type) {
    case BsonType.Double:
    case BsonType.Int:
    case BsonType.Long:
    case BsonType.Decimal:
      return compareNumbers(a as Numeric, b as Numeric);
    case BsonType.String:
    case BsonType.Symbol:
      return compareStrings(textOf(a as string | BsonSymbol), textOf(b as string | BsonSymbol));
    case BsonType.Object:
      return compareDocs(a as Doc, b as Doc);
    case BsonType.Array:
      return compareArrays(a as Value[], b as Value[]);
    case BsonType.Binary:
      return compareBinary(a as Binary, b as Binary);
    case BsonType.ObjectId:
      return orderText((a as ObjectId).hex, (b as ObjectId).hex);
    case BsonType.Bool:
      return a === false ? -1 : 1;
    case BsonType.Date:
      return order((a as DateTime).ms, (b as DateTime).ms);
    case BsonType.Timestamp:
      return (
        order((a as Timestamp).seconds, (b as Timestamp).seconds) ||
        order((a as Timestamp).increment, (b as Timestamp).increment)
      );
    case BsonType.Regex:
      return (
        compareStrings((a as Regex).pattern, (b as Regex).pattern) ||
        compareStrings((a as Regex).options, (b as Regex).options)
      );
    case BsonType.DbPointer:
      return (
        compareStrings((a as DbPointer).namespace, (b as DbPointer).namespace) ||
        orderText((a as DbPointer).id.hex, (b as DbPointer).id.hex)
      );
    case BsonType.Code:
      return compareStrings((a as Code).code, (b as Code).code);
    case BsonType.CodeWithScope:
      return (
        compareStrings((a as CodeWithScope).code, (b as CodeWithScope).code) ||
        compareDocs((a as CodeWithScope).scope, (b as CodeWithScope).scope)
      );
    default:
      return 0;
  }
}

const orderText = (a: string, b: string): Ordering => (a < b ? -1 : a > b ? 1 : 0);

export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return compareValues(a, b) === 0;
}

/** Whether two values are the same bytes: also the same numeric types, the same sign of zero, the same text of a decimal. */
export function identicalValues(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  const type = bsonTypeOf(a);
  if (type !== bsonTypeOf(b)) return false;
  switch (type) {
    case BsonType.Double:
      return Object.is(a instanceof Double ? a.value : a, b instanceof Double ? b.value : b);
    case BsonType.Decimal:
      return identicalDecimals(a as Decimal128, b as Decimal128);
    case BsonType.Object:
      return identicalDocs(a as Doc, b as Doc);
    case BsonType.Array: {
      const x = a as Value[];
      const y = b as Value[];
      return x.length === y.length && x.every((value, i) => identicalValues(value, y[i]));
    }
    case BsonType.CodeWithScope:
      return (
        (a as CodeWithScope).code === (b as CodeWithScope).code &&
        identicalDocs((a as CodeWithScope).scope, (b as CodeWithScope).scope)
      );
    default:
      return compareValues(a, b) === 0;
  }
}

function identicalDocs(a: Doc, b: Doc): boolean {
  return (
    a.size === b.size &&
    a.keys.every((key, i) => key === b.keys[i] && identicalValues(a.values[i], b.values[i]))
  );
}

function identicalDecimals(a: Decimal128, b: Decimal128): boolean {
  return (
    a.class === b.class &&
    a.negative === b.negative &&
    a.coefficient === b.coefficient &&
    a.exponent === b.exponent
  );
}
