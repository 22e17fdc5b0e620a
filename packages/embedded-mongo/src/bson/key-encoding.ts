import { Decimal128, exactDouble, powerOfTen } from './decimal128';
import { type Doc } from './doc';
import { compareNumbers } from './compare';
import { rankOf, Rank } from './type-of';
import {
  type Binary,
  BsonSymbol,
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

export type Direction = 1 | -1;

/**
 * Keys whose byte order is the order of the values: a byte for the type's rank, then a body in which no encoding is a
 * prefix of another. Ranks are 1 … 100, so that 0 ends arrays and documents and 255 never begins a component.
 */
class KeyWriter {
  buffer = Buffer.allocUnsafe(1 << 12);
  offset = 0;

  room(bytes: number): void {
    if (this.offset + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.offset + bytes));
    this.buffer.copy(larger, 0, 0, this.offset);
    this.buffer = larger;
  }

  byte(value: number): void {
    this.room(1);
    this.buffer[this.offset++] = value;
  }

  /** UTF-8 in which a zero byte becomes 0 255, ended by 0 0. */
  text(text: string): void {
    this.room(text.length * 3 + 2);
    const start = this.offset;
    const end = start + this.buffer.write(text, start, 'utf8');
    this.offset = end;
    if (text.includes('\0')) {
      const plain = Buffer.from(this.buffer.subarray(start, end));
      this.room(plain.length + 2);
      this.offset = start;
      for (const byte of plain) {
        this.byte(byte);
        if (byte === 0) this.byte(0xff);
      }
    }
    this.byte(0);
    this.byte(0);
  }

  raw(bytes: Buffer): void {
    this.room(bytes.length);
    bytes.copy(this.buffer, this.offset);
    this.offset += bytes.length;
  }

  uint32(value: number): void {
    this.room(4);
    this.offset = this.buffer.writeUInt32BE(value >>> 0, this.offset);
  }

  hex(hex: string): void {
    this.room(12);
    this.buffer.write(hex, this.offset, 'hex');
    this.offset += 12;
  }

  invertFrom(start: number): void {
    for (let i = start; i < this.offset; i++) this.buffer[i] = this.buffer[i]! ^ 0xff;
  }

  value(value: Value | undefined): void {
    const rank = rankOf(value);
    this.byte(rank);
    this.body(rank, value);
  }

  body(rank: number, value: Value | undefined): void {
    switch (rank) {
      case Rank.Number:
        return this.number(value as Numeric);
      case Rank.String:
        return this.text(value instanceof BsonSymbol ? value.value : (value as string));
      case Rank.Object:
        return this.doc(value as Doc);
      case Rank.Array:
        for (const element of value as Value[]) this.value(element);
        return this.byte(0);
      case Rank.Binary: {
        const { bytes, subtype } = value as Binary;
        this.uint32(bytes.length);
        this.byte(subtype);
        return this.raw(bytes);
      }
      case 35:
        return this.hex((value as ObjectId).hex);
      case Rank.Bool:
        return this.byte(value === true ? 1 : 0);
      case Rank.Date:
        return this.date((value as DateTime).ms);
      case 47:
        this.uint32((value as Timestamp).seconds);
        return this.uint32((value as Timestamp).increment);
      case Rank.Regex:
        this.text((value as Regex).pattern);
        return this.text((value as Regex).options);
      case 55:
        this.text((value as DbPointer).namespace);
        return this.hex((value as DbPointer).id.hex);
      case 60:
        return this.text((value as Code).code);
      case 65:
        this.text((value as CodeWithScope).code);
        return this.doc((value as CodeWithScope).scope);
      default:
        return; // a type with one value
    }
  }

  /** As documents compare: type of a field, then its name, then its value. */
  doc(doc: Doc): void {
    for (let i = 0; i < doc.size; i++) {
      const value = doc.values[i];
      const rank = rankOf(value);
      this.byte(rank);
      this.text(doc.keys[i]!);
      this.body(rank, value);
    }
    this.byte(0);
  }

  date(ms: number): void {
    this.room(8);
    this.buffer.writeBigInt64BE(BigInt.asIntN(64, BigInt(ms)), this.offset);
    this.buffer[this.offset] = this.buffer[this.offset]! ^ 0x80;
    this.offset += 8;
  }

  number(value: Numeric): void {
    const number = value instanceof Double ? value.value : value;
    if (typeof number === 'number') return this.doubleNumber(number);
    if (typeof number === 'bigint') {
      const nearest = Number(number);
      if (BigInt(nearest) === number) return this.doubleNumber(nearest);
      return this.wideNumber(number < 0n, number < 0n ? -number : number, 0);
    }
    if (number.class !== 'finite' || number.coefficient === 0n) return this.doubleNumber(number.toNumber());
    this.wideNumber(number.negative, number.coefficient, number.exponent);
  }

  doubleNumber(value: number): void {
    if (Number.isNaN(value)) return this.byte(NumberClass.NaN);
    if (value === 0) return this.byte(NumberClass.Zero);
    if (value === Infinity) return this.byte(NumberClass.Infinity);
    if (value === -Infinity) return this.byte(NumberClass.NegativeInfinity);
    this.byte(value < 0 ? NumberClass.Negative : NumberClass.Positive);
    const start = this.offset;
    this.magnitude(Math.abs(value));
    this.byte(0);
    if (value < 0) this.invertFrom(start);
  }

  magnitude(value: number): void {
    this.room(8);
    this.offset = this.buffer.writeDoubleBE(value, this.offset);
  }

  /** A number that may lie between two doubles: the double below it, then the exact rest in decimal digits. */
  wideNumber(negative: boolean, coefficient: bigint, exponent: number): void {
    const floor = doubleBelow(coefficient, exponent);
    this.byte(negative ? NumberClass.Negative : NumberClass.Positive);
    const start = this.offset;
    this.magnitude(floor);
    this.rest(floor, coefficient, exponent);
    if (negative) this.invertFrom(start);
  }

  rest(floor: number, coefficient: bigint, exponent: number): void {
    const below = exactDouble(floor);
    const common = Math.min(exponent, below.exponent);
    const rest =
      coefficient * powerOfTen(exponent - common) - below.coefficient * powerOfTen(below.exponent - common);
    if (rest === 0n) return this.byte(0);
    const digits = rest.toString();
    this.byte(1);
    this.room(2 + digits.length);
    this.offset = this.buffer.writeUInt16BE(common + digits.length + REST_EXPONENT_BIAS, this.offset);
    for (const digit of digits.replace(/0+$/, '')) this.byte(Number(digit) + 1);
    this.byte(0);
  }
}

const NumberClass = { NaN: 1, NegativeInfinity: 2, Negative: 3, Zero: 4, Positive: 5, Infinity: 6 } as const;
const REST_EXPONENT_BIAS = 20000;

/** The largest double that is not above coefficient × 10^exponent. */
function doubleBelow(coefficient: bigint, exponent: number): number {
  const nearest = Number(`${coefficient}e${exponent}`);
  const exact = Decimal128.finite(false, coefficient, exponent);
  if (nearest === Infinity) return Number.MAX_VALUE;
  return compareNumbers(exact, nearest) < 0 ? previousDouble(nearest) : nearest;
}

function previousDouble(value: number): number {
  const bits = Buffer.allocUnsafe(8);
  bits.writeDoubleBE(value);
  bits.writeBigUInt64BE(bits.readBigUInt64BE() - 1n);
  return bits.readDoubleBE();
}

const writer = new KeyWriter();

/** The key of a tuple of values; a missing one counts as null. Components of direction -1 are inverted byte by byte. */
export function encodeKey(values: readonly (Value | undefined)[], directions: readonly Direction[]): Buffer {
  writer.offset = 0;
  for (let i = 0; i < values.length; i++) {
    const start = writer.offset;
    writer.value(values[i] === undefined ? null : values[i]);
    if (directions[i] === -1) writer.invertFrom(start);
  }
  return Buffer.from(writer.buffer.subarray(0, writer.offset));
}

/** The smallest bytes after every key that begins with these; null when there are none. */
export function successor(bytes: Buffer): Buffer | null {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0xff) end--;
  if (end === 0) return null;
  const next = Buffer.from(bytes.subarray(0, end));
  next[end - 1] = next[end - 1]! + 1;
  return next;
}

/** First byte of every key component of this rank. */
export function rankPrefix(rank: number): Buffer {
  return Buffer.from([rank]);
}

/** First bytes of every string that begins with the given text. */
export function stringPrefix(text: string): Buffer {
  const whole = encodeKey([text], [1]);
  return whole.subarray(0, whole.length - 2);
}
