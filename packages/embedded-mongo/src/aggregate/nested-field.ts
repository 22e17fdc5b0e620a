import { Doc, type Value } from '../bson';

/** The value at a path of documents; arrays are not entered. */
export function nestedField(doc: Doc, names: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const name of names) value = value instanceof Doc ? value.get(name) : undefined;
  return value;
}

/** A copy with the value at a path; what stands in the way and is no document is replaced. Undefined removes the field. */
export function withNestedField(doc: Doc, names: readonly string[], value: Value | undefined): Doc {
  const [name, ...rest] = names as [string, ...string[]];
  const out = doc.clone();
  if (rest.length > 0) {
    const inner = out.get(name);
    out.set(name, withNestedField(inner instanceof Doc ? inner : new Doc(), rest, value));
  } else if (value === undefined) out.delete(name);
  else out.set(name, value);
  return out;
}
