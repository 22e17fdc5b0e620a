import { step } from '../work';
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

const ARRAY_BYTES = 32;
const DOC_BYTES = 96;
const FIELD_BYTES = 16;
const SLOT_BYTES = 8;
const TEXT_BYTES = 16;

/** Parts of a value may be one and the same object: what unfolds beyond this need not be counted to its end. */
const ENOUGH = 512 * 1024 * 1024;

/** About the bytes a value takes in memory, counted only until they are more than `most`: cheap, for memory bounds only. */
export function approximateSize(value: Value | undefined, most = ENOUGH): number {
  if (typeof value === 'string') return TEXT_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return SLOT_BYTES;
  if (Array.isArray(value)) {
    step(value.length >> 3);
    let size = ARRAY_BYTES + SLOT_BYTES * value.length;
    for (const element of value) {
      if (typeof element !== 'number') size += approximateSize(element, most - size);
      if (size > most) return size;
    }
    return size;
  }
  if (value instanceof Doc) {
    step();
    let size = DOC_BYTES;
    for (const field of value.values) {
      size += FIELD_BYTES + (typeof field === 'number' ? 0 : approximateSize(field, most - size));
      if (size > most) return size;
    }
    return size;
  }
  if (value instanceof RawDoc) return value.bytes.length;
  return bsonTypeOf(value) === BsonType.Binary ? (value as Binary).bytes.length + 64 : 32;
}
