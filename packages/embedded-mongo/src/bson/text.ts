import { type Doc } from './doc';
import { type Decimal128 } from './decimal128';
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
  type ObjectId,
  type Regex,
  type Timestamp,
  type Value,
} from './types';

const LARGEST_JS_DATE = 8.64e15;

const DIGITS = 16;

/** As C prints `%.16g`, with `.0` behind what has no point: `1.0`, `0.1`, `1e+20.0`. */
function doubleText(value: number): string {
  const text = Number.isNaN(value)
    ? 'nan'
    : Number.isFinite(value)
      ? generalText(value)
      : value > 0
        ? 'inf'
        : '-inf';
  return text.includes('.') ? text : `${text}.0`;
}

function generalText(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [digits = '', power = '0'] = Math.abs(value)
    .toExponential(DIGITS - 1)
    .split('e');
  const exponent = Number(power);
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent >= -4 && exponent < DIGITS)
    return sign + trimmed(Math.abs(value).toFixed(DIGITS - 1 - exponent));
  return `${sign}${trimmed(digits)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

export function isoText(ms: number): string {
  return Math.abs(ms) <= LARGEST_JS_DATE ? new Date(ms).toISOString() : `${ms}`;
}

function docText(doc: Doc): string {
  if (doc.size === 0) return '{}';
  return `{ ${doc.keys.map((key, i) => `${key}: ${shellText(doc.values[i])}`).join(', ')} }`;
}

/** A value as mongod writes it into messages, such as the key of a duplicate: `{ x: "v", y: 1.0 }`. */
export function shellText(value: Value | undefined): string {
  switch (bsonTypeOf(value)) {
    case BsonType.Missing:
      return 'MISSING';
    case BsonType.String:
      return JSON.stringify(value);
    case BsonType.Double:
      return doubleText(value instanceof Double ? value.value : (value as number));
    case BsonType.Object:
      return docText(value as Doc);
    case BsonType.Array: {
      const elements = value as Value[];
      return elements.length === 0 ? '[]' : `[ ${elements.map(shellText).join(', ')} ]`;
    }
    case BsonType.ObjectId:
      return `ObjectId('${(value as ObjectId).hex}')`;
    case BsonType.Date:
      return `new Date(${(value as DateTime).ms})`;
    case BsonType.Timestamp:
      return `Timestamp(${(value as Timestamp).seconds}, ${(value as Timestamp).increment})`;
    case BsonType.Decimal:
      return (value as Decimal128).toString();
    case BsonType.Binary:
      return `BinData(${(value as Binary).subtype}, ${(value as Binary).bytes.toString('hex').toUpperCase()})`;
    case BsonType.Regex:
      return `/${(value as Regex).pattern}/${(value as Regex).options}`;
    case BsonType.Code:
      return (value as Code).code;
    case BsonType.CodeWithScope:
      return `CodeWScope( ${(value as CodeWithScope).code}, ${docText((value as CodeWithScope).scope)})`;
    case BsonType.Symbol:
      return JSON.stringify((value as BsonSymbol).value);
    case BsonType.DbPointer:
      return `DBRef('${(value as DbPointer).namespace}', ${(value as DbPointer).id.hex})`;
    case BsonType.MinKey:
      return 'MinKey';
    case BsonType.MaxKey:
      return 'MaxKey';
    case BsonType.Undefined:
      return 'undefined';
    default:
      return `${value as number | bigint | boolean | null}`;
  }
}
