import { Doc, type Value } from '../bson';
import { step } from '../work';

/** One name of a dotted path; `index` is its value when it can stand for an array position, else -1. */
interface PathPart {
  readonly name: string;
  readonly index: number;
}

const INDEX = /^(?:0|[1-9]\d{0,9})$/;

export function arrayIndex(name: string): number {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57 && INDEX.test(name) ? Number(name) : -1;
}

export function parsePath(path: string): PathPart[] {
  return path.split('.').map((name) => ({ name, index: arrayIndex(name) }));
}

/** Gets a value and the position in the outermost array that was passed on the way (-1: none); true ends the walk. */
type Visitor = (value: Value | undefined, position: number) => boolean;

/**
 * Visits the values that a query path denotes, as MongoDB's element path does: arrays on the way are entered (their documents,
 * and the element a numeric part names), a missing field is visited as undefined. With `expandLeaf` an array at the end is
 * visited element by element and then as a whole, otherwise only as a whole. Returns true when the visitor did.
 */
export function visitPath(
  doc: Doc,
  parts: readonly PathPart[],
  expandLeaf: boolean,
  visit: Visitor,
): boolean {
  return inDoc(doc, parts, 0, expandLeaf, visit, -1);
}

function inDoc(
  doc: Doc,
  parts: readonly PathPart[],
  at: number,
  expandLeaf: boolean,
  visit: Visitor,
  position: number,
): boolean {
  for (;;) {
    const value = doc.get(parts[at++]!.name);
    if (at === parts.length) {
      if (expandLeaf && Array.isArray(value)) return atLeafArray(value, visit, position);
      return visit(value, position);
    }
    if (value instanceof Doc) {
      doc = value;
      continue;
    }
    return Array.isArray(value)
      ? inArray(value, parts, at, expandLeaf, visit, position)
      : visit(undefined, position);
  }
}

function atLeafArray(array: Value[], visit: Visitor, position: number): boolean {
  step(array.length >> 3);
  for (let i = 0; i < array.length; i++) if (visit(array[i], position < 0 ? i : position)) return true;
  return visit(array, position);
}

function inArray(
  array: Value[],
  parts: readonly PathPart[],
  at: number,
  expandLeaf: boolean,
  visit: Visitor,
  position: number,
): boolean {
  step(array.length >> 3);
  for (let i = 0; i < array.length; i++) {
    const element = array[i];
    if (element instanceof Doc && inDoc(element, parts, at, expandLeaf, visit, position < 0 ? i : position))
      return true;
  }
  const { name, index } = parts[at]!;
  // An empty name at the end stands for the elements themselves.
  if (name === '' && at + 1 === parts.length)
    return array.some((element, i) => visit(element, position < 0 ? i : position));
  if (index < 0 || index >= array.length) return false;
  const element = array[index];
  const outer = position < 0 ? index : position;
  if (at + 1 === parts.length) return visit(element, outer);
  if (element instanceof Doc) return inDoc(element, parts, at + 1, expandLeaf, visit, outer);
  return Array.isArray(element) && inArray(element, parts, at + 1, expandLeaf, visit, outer);
}
