import { fail } from '../../errors';
import {
  BsonSymbol,
  Code,
  DateTime,
  Decimal128,
  isNullish,
  isNumber,
  Timestamp,
  toNumber,
  typeName,
  type Value,
} from '../../bson';
import { isoText } from '../../bson/text';
import type { Numeric } from '../../bson/types';

/** A number as text: decimals in their own notation, doubles with up to 15 digits as C++ streams print them. */
export function numberText(value: Numeric): string {
  if (value instanceof Decimal128) return value.toString();
  if (typeof value === 'bigint') return value.toString();
  return doubleText(toNumber(value));
}

function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** What string operators make of their operand: text, numbers, dates; null counts as empty. */
export function coerceToText(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (isNullish(value)) return '';
  if (isNumber(value)) return numberText(value);
  if (value instanceof BsonSymbol) return value.value;
  if (value instanceof Code) return value.code;
  if (value instanceof DateTime) return isoText(value.ms);
  if (value instanceof Timestamp) return isoText(value.seconds * 1000);
  return fail(16007, `can't convert from BSON type ${typeName(value)} to String`);
}
