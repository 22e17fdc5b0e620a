import type { Doc } from '../bson';
import { hashValue, type Value } from '../bson';
import { parsePath, visitPath } from './path';

/** The values `distinct` takes from one document: an array at the end of the path gives its elements. */
export function distinctValues(doc: Doc, path: string): Value[] {
  const values: Value[] = [];
  visitPath(doc, parsePath(path), false, (value) => {
    if (Array.isArray(value)) for (const element of value) values.push(element);
    else if (value !== undefined) values.push(value);
    return false;
  });
  return values;
}

/** Collects values, each once, in the order of their first appearance. */
export class ValueSet {
  readonly #values = new Map<string, Value>();

  add(value: Value): void {
    const hash = hashValue(value);
    if (!this.#values.has(hash)) this.#values.set(hash, value);
  }

  has(value: Value | undefined): boolean {
    return this.#values.has(hashValue(value));
  }

  get size(): number {
    return this.#values.size;
  }

  toArray(): Value[] {
    return [...this.#values.values()];
  }
}
