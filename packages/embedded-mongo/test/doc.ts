import { Doc, type Value } from '../src/bson';

/** A literal in which nested objects are documents. */
export type Literal = Value | undefined | Literal[] | { [name: string]: Literal };

function isObject(value: Literal): value is { [name: string]: Literal } {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function valueOf(literal: Literal): Value {
  if (Array.isArray(literal)) return literal.map(valueOf);
  return isObject(literal) ? doc(literal) : (literal as Value);
}

/** A document from a literal. */
export function doc(fields: { [name: string]: Literal }): Doc {
  return Doc.from(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, valueOf(value)] as const),
  );
}
