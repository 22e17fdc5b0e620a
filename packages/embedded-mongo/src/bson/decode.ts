import { ErrorCode, fail } from '../errors';
import { Decimal128 } from './decimal128';
import { Doc } from './doc';
import {
  Binary,
  BsonSymbol,
  Code,
  CodeWithScope,
  DateTime,
  DbPointer,
  Double,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  Regex,
  Timestamp,
  UNDEFINED,
  type Value,
} from './types';

/** Deepest nesting that is read or written. */
export const MAX_DEPTH = 200;

const KEY_CACHE_SIZE = 4096;
const LONGEST_CACHED_KEY = 48;
const LONGEST_LOOPED_TEXT = 16;

interface CachedKey {
  readonly bytes: Buffer;
  readonly text: string;
}
/** Field names repeat in every document: one string each, found by a hash of its bytes. */
const keyCache = new Array<CachedKey | undefined>(KEY_CACHE_SIZE);

function invalid(reason: string): never {
  fail(ErrorCode.InvalidBSON, `Invalid BSON: ${reason}`);
}

/** Walks one buffer; `offset` is where the next byte is read. */
class Reader {
  readonly buffer: Buffer;
  offset: number;

  constructor(buffer: Buffer, offset: number) {
    this.buffer = buffer;
    this.offset = offset;
  }

  /** Reserves n bytes before `end` and returns where they begin. */
  take(bytes: number, end: number): number {
    const start = this.offset;
    if (bytes < 0 || start + bytes > end) invalid('a value reaches beyond its document');
    this.offset = start + bytes;
    return start;
  }

  key(end: number): string {
    const buffer = this.buffer;
    const start = this.offset;
    let at = start;
    let hash = 0;
    while (at < end && buffer[at] !== 0) hash = (Math.imul(hash, 31) + buffer[at++]!) | 0;
    if (at >= end) invalid('a field name without end');
    this.offset = at + 1;
    const length = at - start;
    if (length === 0) return '';
    if (length > LONGEST_CACHED_KEY) return buffer.toString('utf8', start, at);
    const slot = (hash ^ (hash >>> 12)) & (KEY_CACHE_SIZE - 1);
    const cached = keyCache[slot];
    if (cached !== undefined && cached.bytes.length === length) {
      const bytes = cached.bytes;
      let i = 0;
      while (i < length && bytes[i] === buffer[start + i]) i++;
      if (i === length) return cached.text;
    }
    const text = buffer.toString('utf8', start, at);
    keyCache[slot] = { bytes: Buffer.from(buffer.subarray(start, at)), text };
    return text;
  }

  skipKey(end: number): void {
    const at = this.buffer.indexOf(0, this.offset);
    if (at < 0 || at >= end) invalid('a field name without end');
    this.offset = at + 1;
  }

  text(end: number): string {
    const length = this.buffer.readInt32LE(this.take(4, end));
    if (length < 1) invalid('a string of negative length');
    const start = this.take(length, end);
    const stop = start + length - 1;
    if (this.buffer[stop] !== 0) invalid('a string without end');
    return this.slice(start, stop);
  }

  cText(end: number): string {
    const start = this.offset;
    this.skipKey(end);
    return this.slice(start, this.offset - 1);
  }

  /** Short ASCII text is built by hand, which is faster than a call into the runtime. */
  slice(start: number, stop: number): string {
    const buffer = this.buffer;
    if (stop - start > LONGEST_LOOPED_TEXT) return buffer.toString('utf8', start, stop);
    let text = '';
    for (let i = start; i < stop; i++) {
      const code = buffer[i]!;
      if (code > 127) return buffer.toString('utf8', start, stop);
      text += String.fromCharCode(code);
    }
    return text;
  }

  /** Start and end (of the fields) of the document at the offset. */
  enter(end: number, depth: number): number {
    if (depth > MAX_DEPTH) fail(ErrorCode.Overflow, `BSON is nested deeper than ${MAX_DEPTH} levels`);
    const start = this.take(4, end);
    const size = this.buffer.readInt32LE(start);
    const stop = start + size - 1;
    if (size < 5 || stop >= end || this.buffer[stop] !== 0) invalid('a document of wrong length');
    return stop;
  }

  doc(end: number, depth: number): Doc {
    const stop = this.enter(end, depth);
    const keys: string[] = [];
    const values: Value[] = [];
    while (this.offset < stop) {
      const type = this.buffer[this.offset++]!;
      keys.push(this.key(stop));
      values.push(this.value(type, stop, depth));
    }
    this.offset = stop + 1;
    return new Doc(keys, values);
  }

  array(end: number, depth: number): Value[] {
    const stop = this.enter(end, depth);
    const values: Value[] = [];
    while (this.offset < stop) {
      const type = this.buffer[this.offset++]!;
      this.skipKey(stop);
      values.push(this.value(type, stop, depth));
    }
    this.offset = stop + 1;
    return values;
  }

  value(type: number, end: number, depth: number): Value {
    const buffer = this.buffer;
    switch (type) {
      case 16:
        return buffer.readInt32LE(this.take(4, end));
      case 2:
        return this.text(end);
      case 1: {
        const value = buffer.readDoubleLE(this.take(8, end));
        return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
      }
      case 3:
        return this.doc(end, depth + 1);
      case 4:
        return this.array(end, depth + 1);
      case 7:
        return ObjectId.fromBytes(buffer, this.take(12, end));
      case 8:
        return this.bool(end);
      case 9:
        return this.date(end);
      case 10:
        return null;
      case 18:
        return buffer.readBigInt64LE(this.take(8, end));
      case 19:
        return Decimal128.fromBytes(buffer, this.take(16, end));
      default:
        return this.rareValue(type, end, depth);
    }
  }

  bool(end: number): boolean {
    const byte = this.buffer[this.take(1, end)]!;
    if (byte > 1) invalid('a boolean that is neither 0 nor 1');
    return byte === 1;
  }

  date(end: number): DateTime {
    const at = this.take(8, end);
    return new DateTime(this.buffer.readInt32LE(at + 4) * 4294967296 + this.buffer.readUInt32LE(at));
  }

  rareValue(type: number, end: number, depth: number): Value {
    const buffer = this.buffer;
    switch (type) {
      case 5:
        return this.binary(end);
      case 6:
        return UNDEFINED;
      case 11:
        return new Regex(this.cText(end), this.cText(end));
      case 12: {
        const namespace = this.text(end);
        return new DbPointer(namespace, ObjectId.fromBytes(buffer, this.take(12, end)));
      }
      case 13:
        return new Code(this.text(end));
      case 14:
        return new BsonSymbol(this.text(end));
      case 15: {
        const start = this.take(4, end);
        const stop = start + buffer.readInt32LE(start);
        if (stop > end) invalid('a value reaches beyond its document');
        const code = this.text(stop);
        const value = new CodeWithScope(code, this.doc(stop, depth + 1));
        if (this.offset !== stop) invalid('code with scope of wrong length');
        return value;
      }
      case 17: {
        const at = this.take(8, end);
        return new Timestamp(buffer.readUInt32LE(at + 4), buffer.readUInt32LE(at));
      }
      case 127:
        return MAX_KEY;
      case 255:
        return MIN_KEY;
      default:
        return invalid(`unknown type ${type}`);
    }
  }

  binary(end: number): Binary {
    const length = this.buffer.readInt32LE(this.take(4, end));
    const subtype = this.buffer[this.take(1, end)]!;
    const start = this.take(length, end);
    // The old subtype 2 repeats the length inside.
    if (subtype === 2 && length < 4) invalid('old binary data without its length');
    return new Binary(
      Buffer.from(this.buffer.subarray(subtype === 2 ? start + 4 : start, start + length)),
      subtype,
    );
  }
}

/** Reads the document that begins at the offset. Malformed input throws InvalidBSON. */
export function decode(bytes: Buffer, offset = 0): Doc {
  return new Reader(bytes, offset).doc(bytes.length, 0);
}
