import {
  bsonTypeOf,
  BsonType,
  Doc,
  isNumber,
  shellText,
  Timestamp,
  toNumber,
  typeName,
  type Value,
} from '../bson';
import { ErrorCode, fail } from '../errors';

/** What a field of a command may hold. `bool` takes numbers too, as MongoDB's "safe bool" does. */
export type FieldType =
  | 'any'
  | 'string'
  | 'document'
  | 'array'
  | 'documents'
  | 'bool'
  | 'strictBool'
  | 'number'
  | 'long'
  | 'hint'
  | 'collection'
  | 'timestamp'
  | 'update';

/** A field that is known but not offered; the text says so to the client. */
export interface Refused {
  refused: string;
  /** Values that mean the same as leaving the field out. */
  unless?: (value: Value) => boolean;
}

export interface Required {
  required: FieldType;
}

export type Field = FieldType | Required | Refused;

export type Fields = Readonly<Record<string, Field>>;

/** Fields that every command may carry. */
const GENERIC: Fields = {
  $db: 'string',
  lsid: 'document',
  txnNumber: 'long',
  autocommit: 'strictBool',
  startTransaction: 'strictBool',
  readConcern: 'document',
  writeConcern: 'document',
  $clusterTime: 'document',
  $readPreference: 'document',
  maxTimeMS: 'number',
  comment: 'any',
  apiVersion: 'string',
  apiStrict: 'strictBool',
  apiDeprecationErrors: 'strictBool',
};

const TYPE_NAMES: Readonly<Record<FieldType, string>> = {
  any: 'any',
  string: 'string',
  document: 'object',
  array: 'array',
  documents: 'array',
  bool: 'bool',
  strictBool: 'bool',
  number: 'number',
  long: 'long',
  hint: 'object',
  collection: 'string',
  timestamp: 'timestamp',
  update: 'object',
};

export const COLLATIONS_REFUSED = 'collations are not offered by this server; only { locale: "simple" } is';

/** Whether it is the simple collation, which is the default, has no options and is the only one known. */
export function isSimpleCollation(collation: Doc): boolean {
  if (collation.get('locale') !== 'simple') return false;
  if (collation.size === 1) return true;
  return fail(
    ErrorCode.FailedToParse,
    `If locale is "simple", no other fields are allowed. Collation spec: ${shellText(collation)}`,
  );
}

/** The collation of a command that reads or writes documents; an empty one means the collection's own. */
export const collationField: Refused = {
  refused: COLLATIONS_REFUSED,
  unless: (value) => value instanceof Doc && (value.size === 0 || isSimpleCollation(value)),
};

/** For what may be switched off, which it is here. */
export const isOff = (value: Value): boolean => value === false;

/** Checks a document against its table of fields: unknown ones 40415, missing ones 40414, wrong types 14. */
export function checkFields(where: string, doc: Doc, fields: Fields, generic = true): void {
  const { keys, values } = doc;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const table = Object.hasOwn(fields, key) ? fields : generic ? GENERIC : {};
    const field = Object.hasOwn(table, key) ? table[key] : undefined;
    if (field === undefined) {
      fail(40415, `BSON field '${where}.${key}' is an unknown field.`);
    }
    const value = values[i] as Value;
    // A null stands for a field that was left out.
    if (value === null || bsonTypeOf(value) === BsonType.Undefined) continue;
    if (typeof field === 'object' && 'refused' in field) {
      if (field.unless?.(value)) continue;
      fail(ErrorCode.NotImplemented, `${where}.${key}: ${field.refused}`);
    }
    checkType(where, key, value, typeof field === 'object' ? field.required : field);
  }
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (typeof field === 'object' && 'required' in field && isAbsent(doc.get(key))) {
      fail(40414, `BSON field '${where}.${key}' is missing but a required field`);
    }
  }
}

function checkType(where: string, key: string, value: Value, type: FieldType): void {
  if (hasType(value, type)) return;
  if (type === 'collection')
    fail(ErrorCode.InvalidNamespace, `collection name has invalid type ${typeName(value)}`);
  fail(
    ErrorCode.TypeMismatch,
    `BSON field '${where}.${key}' is the wrong type '${typeName(value)}', expected type '${TYPE_NAMES[type]}'`,
  );
}

function hasType(value: Value, type: FieldType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'collection':
      return typeof value === 'string';
    case 'document':
      return value instanceof Doc;
    case 'array':
      return Array.isArray(value);
    case 'documents':
      return Array.isArray(value) && value.every((one) => one instanceof Doc);
    case 'update':
      return value instanceof Doc || Array.isArray(value);
    case 'hint':
      return typeof value === 'string' || value instanceof Doc;
    case 'bool':
      return typeof value === 'boolean' || isNumber(value);
    case 'strictBool':
      return typeof value === 'boolean';
    case 'number':
      return isNumber(value);
    case 'long':
      return typeof value === 'bigint';
    case 'timestamp':
      return value instanceof Timestamp;
  }
}

/** A value that is not one of those a field may have. */
export function notAValueOf(field: string, value: Value): never {
  const shown = typeof value === 'string' ? value : shellText(value);
  return fail(ErrorCode.BadValue, `Enumeration value '${shown}' for field '${field}' is not a valid value.`);
}

function isAbsent(value: Value | undefined): boolean {
  return value === undefined || value === null || bsonTypeOf(value) === BsonType.Undefined;
}

// ---- reading fields that have been checked

export function document(command: Doc, key: string): Doc | undefined {
  const value = command.get(key);
  return value instanceof Doc ? value : undefined;
}

export function documents(command: Doc, key: string): Doc[] | undefined {
  const value = command.get(key);
  return Array.isArray(value) ? (value as Doc[]) : undefined;
}

export function text(command: Doc, key: string): string | undefined {
  const value = command.get(key);
  return typeof value === 'string' ? value : undefined;
}

export function flag(command: Doc, key: string): boolean {
  const value = command.get(key);
  if (typeof value === 'boolean') return value;
  return value !== undefined && value !== null && isNumber(value) && toNumber(value) !== 0;
}

/** A whole number, or undefined when the field is absent. */
export function whole(command: Doc, key: string): number | undefined {
  const value = command.get(key);
  return value !== undefined && isNumber(value) ? Math.trunc(toNumber(value)) : undefined;
}

/** A whole number that must not be negative. */
export function count(where: string, command: Doc, key: string): number | undefined {
  const value = whole(command, key);
  if (value !== undefined && (value < 0 || Number.isNaN(value))) {
    const name = key.charAt(0).toUpperCase() + key.slice(1);
    fail(ErrorCode.BadValue, `${name} value must be non-negative, but received: ${value}`);
  }
  if (value !== undefined && value > Number.MAX_SAFE_INTEGER)
    fail(ErrorCode.BadValue, `${where}.${key} is too large`);
  return value;
}

/** The size of the first batch that a command asks for in its `cursor`. */
export function cursorBatchSize(where: string, command: Doc): number | undefined {
  const cursor = document(command, 'cursor');
  if (!cursor) return undefined;
  checkFields(`${where}.cursor`, cursor, { batchSize: 'number' }, false);
  return count(`${where}.cursor`, cursor, 'batchSize');
}

export function hint(command: Doc): Value | undefined {
  const value = command.get('hint');
  return isAbsent(value) || (value instanceof Doc && value.size === 0) ? undefined : value;
}
