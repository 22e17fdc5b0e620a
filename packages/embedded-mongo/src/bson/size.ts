import { bsonTypeOf } from './type-of';
import { type Binary, BsonType, type Value } from './types';
import { Doc, RawDoc } from './doc';

/** About the bytes a value takes encoded: cheap, for memory bounds only. */
export function approximateSize(value: Value | undefined): number {
  if (typeof value === 'string') return value.length + 5;
  if (Array.isArray(value)) {
    let size = 5;
    for (const element of value) size += approximateSize(element) + 3;
    return size;
  }
  if (value instanceof Doc) {
    let size = 5;
    for (let i = 0; i < value.keys.length; i++)
      size += value.keys[i]!.length + 2 + approximateSize(value.values[i]);
    return size;
  }
  if (value instanceof RawDoc) return value.bytes.length;
  return bsonTypeOf(value) === BsonType.Binary ? (value as Binary).bytes.length + 5 : 8;
}
