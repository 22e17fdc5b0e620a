import { Doc, type Value } from '../bson';

/** A field of a document; missing for everything else. */
export function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return value instanceof Doc ? value.get(name) : undefined;
}

/** The value of a path in an expression: the documents of arrays are mapped (what is missing in one is left out), positions are not names. */
export function pathValue(value: Value | undefined, names: readonly string[], at: number): Value | undefined {
  for (; at < names.length; at++) {
    if (Array.isArray(value)) return mapPath(value, names, at);
    if (!(value instanceof Doc)) return undefined;
    value = value.get(names[at]!);
  }
  return value;
}

function mapPath(array: Value[], names: readonly string[], at: number): Value[] {
  const found: Value[] = [];
  for (const element of array) {
    const value = element instanceof Doc ? pathValue(element, names, at) : undefined;
    if (value !== undefined) found.push(value);
  }
  return found;
}
