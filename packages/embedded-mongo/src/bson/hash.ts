import { fail, ErrorCode } from '../errors';
import { step } from '../work';
import type { Decimal128 } from './decimal128';
import type { Doc } from './doc';
import { compareNumbers } from './compare';
import { bsonTypeOf } from './type-of';
import {
  type Binary,
  type BsonSymbol,
  BsonType,
  type Code,
  type CodeWithScope,
  type DateTime,
  type DbPointer,
  Double,
  type Numeric,
  type ObjectId,
  type Regex,
  type Timestamp,
  type Value,
} from './types';

/** One text for all numbers that are equal: the double's text where a double holds the number exactly. */
function hashNumber(value: Numeric): string {
  if (value instanceof Double) return `n${value.value}`;
  if (typeof value === 'number') return `n${value === 0 ? 0 : value}`;
  const nearest = typeof value === 'bigint' ? Number(value) : value.toNumber();
  if (compareNumbers(value, nearest) === 0) return `n${nearest === 0 ? 0 : nearest}`;
  if (typeof value === 'bigint') return `N${canonicalDecimal(value, 0)}`;
  return `N${value.negative ? '-' : ''}${canonicalDecimal(value.coefficient, value.exponent)}`;
}

/** Coefficient without trailing zeros, then the exponent. */
function canonicalDecimal(coefficient: bigint, exponent: number): string {
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return `${coefficient}e${exponent}`;
}

function hashText(text: string): string {
  return `s${text.length}:${text}`;
}

/** More than any document of 16 MB needs: parts of the value are one and the same object, over and over. */
const LONGEST_HASH = 32 * 1024 * 1024;

function checkLength(hash: string): void {
  if (hash.length > LONGEST_HASH)
    fail(ErrorCode.BSONObjectTooLarge, 'a value of more than 16 MB cannot be compared');
}

function hashDoc(doc: Doc): string {
  let hash = '{';
  for (let i = 0; i < doc.size; i++) {
    step();
    hash += `${doc.keys[i]!.length}:${doc.keys[i]!}=${hashValue(doc.values[i])},`;
    checkLength(hash);
  }
  return `${hash}}`;
}

/** A text that is equal for two values exactly when `compareValues` finds them equal: key of hash tables. */
export function hashValue(value: Value | undefined): string {
  switch (typeof value) {
    case 'string':
      return hashText(value);
    case 'number':
    case 'bigint':
      return hashNumber(value);
    case 'boolean':
      return value ? 'T' : 'F';
    case 'undefined':
      return 'U';
    default:
      return value === null ? 'Z' : hashObject(value);
  }
}

function hashObject(value: Exclude<Value, null | string | number | bigint | boolean>): string {
  if (Array.isArray(value)) {
    let hash = '[';
    for (const element of value) {
      step();
      hash += `${hashValue(element)},`;
      checkLength(hash);
    }
    return `${hash}]`;
  }
  switch (bsonTypeOf(value)) {
    case BsonType.Object:
      return hashDoc(value as Doc);
    case BsonType.Double:
    case BsonType.Decimal:
      return hashNumber(value as Double | Decimal128);
    case BsonType.ObjectId:
      return `o${(value as ObjectId).hex}`;
    case BsonType.Date:
      return `d${(value as DateTime).ms}`;
    case BsonType.Timestamp:
      return `t${(value as Timestamp).seconds}:${(value as Timestamp).increment}`;
    case BsonType.Binary:
      return `b${(value as Binary).subtype}:${(value as Binary).bytes.toString('base64')}`;
    case BsonType.Regex:
      return `r${hashText((value as Regex).pattern)}${(value as Regex).options}`;
    case BsonType.Symbol:
      return hashText((value as BsonSymbol).value);
    case BsonType.Code:
      return `c${(value as Code).code}`;
    case BsonType.CodeWithScope:
      return `w${hashText((value as CodeWithScope).code)}${hashDoc((value as CodeWithScope).scope)}`;
    case BsonType.DbPointer:
      return `p${hashText((value as DbPointer).namespace)}${(value as DbPointer).id.hex}`;
    case BsonType.MinKey:
      return '<';
    case BsonType.MaxKey:
      return '>';
    default:
      return 'U';
  }
}
