import { bsonTypeOf } from './type-of';
import { type Binary, BsonType, type Value } from './types';
import { Doc, RawDoc } from './doc';

/** The fewest bytes of one more level: a document with a nameless field. */
const LEVEL_BYTES = 7;

/** Whether a document, itself the first level, holds documents or arrays below a level; `bytes` is the length of its encoding. */
export function deeperThan(doc: Doc, bytes: number, levels: number): boolean {
  return bytes > levels * LEVEL_BYTES && reachesBelow(doc, levels);
}

function reachesBelow(value: Value, levels: number): boolean {
  const inside = value instanceof Doc ? value.values : Array.isArray(value) ? value : undefined;
  if (inside === undefined) return false;
  return levels === 0 || inside.some((one) => reachesBelow(one, levels - 1));
}

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
