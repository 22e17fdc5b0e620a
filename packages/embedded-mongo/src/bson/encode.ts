import { ErrorCode, fail } from '../errors';
import { MAX_DEPTH } from './decode';
import { type Decimal128 } from './decimal128';
import { type Doc, RawDoc } from './doc';
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

const LONGEST_LOOPED_TEXT = 24;
const indexNames: string[] = Array.from({ length: 1000 }, (_, i) => String(i));

/** A growing buffer; used by one `encode` at a time. */
class Writer {
  buffer = Buffer.allocUnsafe(1 << 16);
  offset = 0;
  most = 0;

  room(bytes: number): void {
    if (this.offset + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.offset + bytes));
    this.buffer.copy(larger, 0, 0, this.offset);
    this.buffer = larger;
  }

  int32(value: number): void {
    this.room(4);
    this.offset = this.buffer.writeInt32LE(value, this.offset);
  }

  /** UTF-8 without length or end; returns the bytes written. */
  chars(text: string): number {
    const length = text.length;
    this.room(length * 3 + 1);
    const { buffer, offset } = this;
    if (length <= LONGEST_LOOPED_TEXT) {
      let i = 0;
      for (; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127) break;
        buffer[offset + i] = code;
      }
      if (i === length) {
        this.offset = offset + length;
        return length;
      }
    }
    const written = buffer.write(text, offset, 'utf8');
    this.offset = offset + written;
    return written;
  }

  cText(text: string): void {
    if (text.includes('\0'))
      fail(ErrorCode.BadValue, 'A field name or regular expression may not contain a null byte');
    this.chars(text);
    this.buffer[this.offset++] = 0;
  }

  text(text: string): void {
    const start = this.offset;
    this.room(4);
    this.offset += 4;
    const written = this.chars(text);
    this.buffer[this.offset++] = 0;
    this.buffer.writeInt32LE(written + 1, start);
  }

  bytes(bytes: Buffer): void {
    this.room(bytes.length);
    bytes.copy(this.buffer, this.offset);
    this.offset += bytes.length;
  }

  doc(doc: Doc | RawDoc, depth: number): void {
    if (doc instanceof RawDoc) return this.bytes(doc.bytes);
    const start = this.begin(depth);
    for (let i = 0; i < doc.keys.length; i++) this.field(doc.keys[i]!, doc.values[i]!, depth);
    this.finish(start);
  }

  array(values: Value[], depth: number): void {
    const start = this.begin(depth);
    for (let i = 0; i < values.length; i++) this.field(indexNames[i] ?? String(i), values[i]!, depth);
    this.finish(start);
  }

  begin(depth: number): number {
    if (depth > MAX_DEPTH) fail(ErrorCode.Overflow, `BSON is nested deeper than ${MAX_DEPTH} levels`);
    const start = this.offset;
    this.room(5);
    this.offset += 4;
    return start;
  }

  finish(start: number): void {
    this.room(1);
    this.buffer[this.offset++] = 0;
    this.buffer.writeInt32LE(this.offset - start, start);
  }

  field(name: string, value: Value, depth: number): void {
    if (this.offset > this.most) tooLong(this.offset);
    this.room(1);
    const type = bsonTypeOf(value);
    this.buffer[this.offset++] = type;
    this.cText(name);
    this.value(type, value, depth);
  }

  value(type: number, value: Value, depth: number): void {
    switch (type) {
      case BsonType.Int:
        return this.int32(value as number);
      case BsonType.String:
        return this.text(value as string);
      case BsonType.Double:
        this.room(8);
        this.offset = this.buffer.writeDoubleLE(
          value instanceof Double ? value.value : (value as number),
          this.offset,
        );
        return;
      case BsonType.Object:
        return this.doc(value as Doc | RawDoc, depth + 1);
      case BsonType.Array:
        return this.array(value as Value[], depth + 1);
      case BsonType.ObjectId:
        return this.objectId(value as ObjectId);
      case BsonType.Bool:
        this.room(1);
        this.buffer[this.offset++] = value === true ? 1 : 0;
        return;
      case BsonType.Date:
        return this.date(value as DateTime);
      case BsonType.Long:
        this.room(8);
        this.offset = this.buffer.writeBigInt64LE(value as bigint, this.offset);
        return;
      default:
        return this.rareValue(type, value, depth);
    }
  }

  objectId(id: ObjectId): void {
    this.room(12);
    this.buffer.write(id.hex, this.offset, 'hex');
    this.offset += 12;
  }

  date(date: DateTime): void {
    this.room(8);
    if (Number.isSafeInteger(date.ms)) {
      const high = Math.floor(date.ms / 4294967296);
      this.offset = this.buffer.writeUInt32LE(date.ms - high * 4294967296, this.offset);
      this.offset = this.buffer.writeInt32LE(high, this.offset);
    } else {
      this.offset = this.buffer.writeBigInt64LE(BigInt.asIntN(64, clampToLong(date.ms)), this.offset);
    }
  }

  rareValue(type: number, value: Value, depth: number): void {
    switch (type) {
      case BsonType.Decimal:
        this.room(16);
        (value as Decimal128).writeTo(this.buffer, this.offset);
        this.offset += 16;
        return;
      case BsonType.Binary:
        return this.binary(value as Binary);
      case BsonType.Regex:
        this.cText((value as Regex).pattern);
        return this.cText((value as Regex).options);
      case BsonType.DbPointer:
        this.text((value as DbPointer).namespace);
        return this.objectId((value as DbPointer).id);
      case BsonType.Code:
        return this.text((value as Code).code);
      case BsonType.Symbol:
        return this.text((value as BsonSymbol).value);
      case BsonType.CodeWithScope: {
        const start = this.offset;
        this.room(4);
        this.offset += 4;
        this.text((value as CodeWithScope).code);
        this.doc((value as CodeWithScope).scope, depth + 1);
        this.buffer.writeInt32LE(this.offset - start, start);
        return;
      }
      case BsonType.Timestamp:
        this.room(8);
        this.offset = this.buffer.writeUInt32LE((value as Timestamp).increment, this.offset);
        this.offset = this.buffer.writeUInt32LE((value as Timestamp).seconds, this.offset);
        return;
      default:
        return; // null, undefined, MinKey, MaxKey: the type says it all
    }
  }

  binary(binary: Binary): void {
    const old = binary.subtype === 2;
    this.int32(binary.bytes.length + (old ? 4 : 0));
    this.room(1);
    this.buffer[this.offset++] = binary.subtype;
    if (old) this.int32(binary.bytes.length);
    this.bytes(binary.bytes);
  }
}

function clampToLong(ms: number): bigint {
  const limit = (1n << 63n) - 1n;
  const value = BigInt(Math.trunc(ms));
  return value > limit ? limit : value < -limit - 1n ? -limit - 1n : value;
}

const LARGEST_KEPT_BUFFER = 1 << 22;
let writer = new Writer();

/** More than a reply takes with the largest batch. */
const LONGEST = 64 * 1024 * 1024;

function tooLong(bytes: number): never {
  return fail(
    ErrorCode.BSONObjectTooLarge,
    `BSONObj size: ${bytes} is invalid. Size must be between 0 and 16793600(16MB)`,
  );
}

/**
 * Writes a document into a fresh buffer. One that grows far beyond `most` bytes is given up with 10334, the exact limit is the
 * caller's business; nesting beyond 200 levels throws Overflow.
 */
export function encode(doc: Doc, most = LONGEST): Buffer {
  return encodeBehind(0, doc, most);
}

/** Like {@link encode}, behind so many bytes that are the caller's to fill. */
export function encodeBehind(head: number, doc: Doc, most = LONGEST): Buffer {
  writer.offset = head;
  writer.most = head + most;
  writer.doc(doc, 0);
  const bytes = Buffer.from(writer.buffer.subarray(0, writer.offset));
  if (writer.buffer.length > LARGEST_KEPT_BUFFER) writer = new Writer();
  return bytes;
}
