import type { Doc, RawDoc } from './doc';
import type { Decimal128 } from './decimal128';

/** BSON type bytes. `Missing` (end of object) is not stored: it stands for the absence of a value. */
export const BsonType = {
  Missing: 0,
  Double: 1,
  String: 2,
  Object: 3,
  Array: 4,
  Binary: 5,
  Undefined: 6,
  ObjectId: 7,
  Bool: 8,
  Date: 9,
  Null: 10,
  Regex: 11,
  DbPointer: 12,
  Code: 13,
  Symbol: 14,
  CodeWithScope: 15,
  Int: 16,
  Timestamp: 17,
  Long: 18,
  Decimal: 19,
  MaxKey: 127,
  MinKey: 255,
} as const;

/** A double whose value is an int32 integer. Every other double is a plain number: a plain int32 integer means int32. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  get bsonType(): number {
    return BsonType.Double;
  }
}

/** Twelve bytes as 24 hexadecimal digits; the text sorts as the bytes do. */
export class ObjectId {
  readonly hex: string;
  constructor(hex: string) {
    this.hex = hex;
  }
  static fromBytes(buffer: Buffer, offset: number): ObjectId {
    return new ObjectId(buffer.toString('hex', offset, offset + 12));
  }
  get bsonType(): number {
    return BsonType.ObjectId;
  }
}

/** Milliseconds since 1970. A number and not a JS Date, because BSON dates reach further. */
export class DateTime {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
  get bsonType(): number {
    return BsonType.Date;
  }
}

/** Seconds and an ordinal within them, both unsigned 32 bit. */
export class Timestamp {
  readonly seconds: number;
  readonly increment: number;
  constructor(seconds: number, increment: number) {
    this.seconds = seconds;
    this.increment = increment;
  }
  get bsonType(): number {
    return BsonType.Timestamp;
  }
}

export class Binary {
  readonly bytes: Buffer;
  readonly subtype: number;
  constructor(bytes: Buffer, subtype: number) {
    this.bytes = bytes;
    this.subtype = subtype;
  }
  get bsonType(): number {
    return BsonType.Binary;
  }
}

export class Regex {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.options = options;
  }
  get bsonType(): number {
    return BsonType.Regex;
  }
}

export class Code {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
  get bsonType(): number {
    return BsonType.Code;
  }
}

export class CodeWithScope {
  readonly code: string;
  readonly scope: Doc;
  constructor(code: string, scope: Doc) {
    this.code = code;
    this.scope = scope;
  }
  get bsonType(): number {
    return BsonType.CodeWithScope;
  }
}

export class BsonSymbol {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
  get bsonType(): number {
    return BsonType.Symbol;
  }
}

export class DbPointer {
  readonly namespace: string;
  readonly id: ObjectId;
  constructor(namespace: string, id: ObjectId) {
    this.namespace = namespace;
    this.id = id;
  }
  get bsonType(): number {
    return BsonType.DbPointer;
  }
}

/** A type with a single value. */
class Singleton {
  readonly bsonType: number;
  constructor(bsonType: number) {
    this.bsonType = bsonType;
  }
}
export class MinKey extends Singleton {}
export class MaxKey extends Singleton {}
/** The deprecated BSON type "undefined"; JS `undefined` means a missing value everywhere. */
export class Undefined extends Singleton {}

export const MIN_KEY = new MinKey(BsonType.MinKey);
export const MAX_KEY = new MaxKey(BsonType.MaxKey);
export const UNDEFINED = new Undefined(BsonType.Undefined);

/** A value that can stand in a document. `number` is int32 when it is an int32 integer and not -0, otherwise double; `bigint` is int64. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Value[]
  | Doc
  | RawDoc
  | Double
  | ObjectId
  | Decimal128
  | DateTime
  | Timestamp
  | Binary
  | Regex
  | Code
  | CodeWithScope
  | BsonSymbol
  | DbPointer
  | MinKey
  | MaxKey
  | Undefined;

/** The numeric values. */
export type Numeric = number | bigint | Double | Decimal128;
