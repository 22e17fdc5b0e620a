import { BsonType, type Value } from './types';

/** From this many fields on a look-up goes through an index by name. */
const INDEXED_FROM = 24;

/**
 * An ordered document: names and values in two parallel arrays, so that field order is exact for every name
 * (JS objects move integer-like names to the front) and names such as `__proto__` are ordinary.
 * Documents in circulation are never changed; `set` and `delete` are for the code that is building one.
 */
export class Doc {
  readonly keys: string[];
  readonly values: Value[];
  #index: Map<string, number> | undefined;
  #indexed = 0;

  constructor(keys: string[] = [], values: Value[] = []) {
    this.keys = keys;
    this.values = values;
  }

  /** From a literal; undefined fields are left out. Not for integer-like names, whose order JS does not keep. */
  static of(fields: Record<string, Value | undefined>): Doc {
    const doc = new Doc();
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      if (value !== undefined) doc.push(key, value);
    }
    return doc;
  }

  static from(entries: Iterable<readonly [string, Value]>): Doc {
    const doc = new Doc();
    for (const [key, value] of entries) doc.set(key, value);
    return doc;
  }

  get bsonType(): number {
    return BsonType.Object;
  }

  get size(): number {
    return this.keys.length;
  }

  indexOf(name: string): number {
    const keys = this.keys;
    const size = keys.length;
    if (size >= INDEXED_FROM) return this.#lookUp(name);
    for (let i = 0; i < size; i++) if (keys[i] === name) return i;
    return -1;
  }

  get(name: string): Value | undefined {
    const at = this.indexOf(name);
    return at < 0 ? undefined : this.values[at];
  }

  has(name: string): boolean {
    return this.indexOf(name) >= 0;
  }

  /** Replaces the value in place or appends the field. */
  set(name: string, value: Value): this {
    const at = this.indexOf(name);
    if (at < 0) this.push(name, value);
    else this.values[at] = value;
    return this;
  }

  /** Appends without looking for the name. */
  push(name: string, value: Value): this {
    this.keys.push(name);
    this.values.push(value);
    return this;
  }

  /** Puts a new field before the one at a position. */
  insertAt(position: number, name: string, value: Value): this {
    this.keys.splice(position, 0, name);
    this.values.splice(position, 0, value);
    this.#index = undefined;
    return this;
  }

  delete(name: string): boolean {
    const at = this.indexOf(name);
    if (at < 0) return false;
    this.keys.splice(at, 1);
    this.values.splice(at, 1);
    this.#index = undefined;
    return true;
  }

  /** Shallow copy. */
  clone(): Doc {
    return new Doc(this.keys.slice(), this.values.slice());
  }

  entries(): [string, Value][] {
    return this.keys.map((key, i) => [key, this.values[i]!]);
  }

  /** The first position of a name, through an index that grows with the document. */
  #lookUp(name: string): number {
    let index = this.#index;
    if (index === undefined) {
      index = this.#index = new Map();
      this.#indexed = 0;
    }
    for (let i = this.#indexed; i < this.keys.length; i++)
      if (!index.has(this.keys[i]!)) index.set(this.keys[i]!, i);
    this.#indexed = this.keys.length;
    return index.get(name) ?? -1;
  }
}

/** An encoded document that the encoder copies as it is (stored documents into replies). The decoder never produces it. */
export class RawDoc {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  get bsonType(): number {
    return BsonType.Object;
  }
}
