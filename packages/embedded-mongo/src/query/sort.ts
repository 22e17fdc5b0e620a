import { ErrorCode, fail } from '../errors';
import { compareValues, Doc, isNumber, shellText, toNumber, type Direction, type Value } from '../bson';
import { extractTuples } from './key-extraction';

export type SortKey = readonly Value[];

export interface SortPart {
  readonly path: string;
  readonly direction: Direction;
}

export interface Sort {
  readonly parts: readonly SortPart[];
  keyOf(doc: Doc): SortKey;
  compare(a: SortKey, b: SortKey): number;
  /** Stable. */
  sort(docs: readonly Doc[]): Doc[];
}

const MAX_PARTS = 32;

/** Direction of `{ $natural: ±1 }`, undefined for every other sort. */
export function naturalDirection(spec: Doc): Direction | undefined {
  const direction = spec.get('$natural');
  if (direction === undefined) return undefined;
  if (spec.size > 1) fail(ErrorCode.BadValue, 'Cannot include $natural in compound sort');
  if (!isNumber(direction) || Math.abs(toNumber(direction)) !== 1)
    fail(ErrorCode.BadValue, '$natural sort cannot be set to a value other than -1 or 1.');
  return toNumber(direction) < 0 ? -1 : 1;
}

export function compileSort(spec: Doc): Sort {
  if (spec.size > MAX_PARTS) fail(13103, `too many compound keys`);
  const parts = spec
    .entries()
    .map(([path, direction]) => ({ path: checkSortPath(path), direction: sortDirection(path, direction) }));
  const duplicate = parts.find((part, i) => parts.findIndex((other) => other.path === part.path) !== i);
  if (duplicate !== undefined)
    fail(7472500, `$sort key must not contain duplicate keys (duplicate: '${duplicate.path}')`);
  return sortOf(parts);
}

function sortOf(parts: readonly SortPart[]): Sort {
  const compare = keyComparison(parts.map((part) => part.direction));
  const keyOf = keyGenerator(parts, compare);
  return {
    parts,
    keyOf,
    compare,
    sort: (docs) =>
      docs
        .map((doc) => ({ doc, key: keyOf(doc) }))
        .sort((a, b) => compare(a.key, b.key))
        .map(({ doc }) => doc),
  };
}

function checkSortPath(path: string): string {
  if (path === '') fail(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) fail(40353, "FieldPath must not end with a '.'.");
  for (const name of path.split('.')) {
    if (name === '') fail(15998, 'FieldPath field names may not be empty strings.');
    if (name.startsWith('$')) fail(16410, "FieldPath field names may not start with '$'.");
  }
  return path;
}

function sortDirection(path: string, direction: Value): Direction {
  if (direction instanceof Doc && direction.has('$meta'))
    fail(40218, 'query requires text score metadata, but it is not available');
  if (!isNumber(direction))
    fail(15974, `Illegal key in $sort specification: ${path}: ${shellText(direction)}`);
  const number = toNumber(direction);
  if (number !== 1 && number !== -1)
    fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  return number;
}

function keyComparison(directions: readonly Direction[]): (a: SortKey, b: SortKey) => number {
  if (directions.length === 1) {
    const direction = directions[0]!;
    return (a, b) => compareValues(a[0], b[0]) * direction;
  }
  return (a, b) => {
    for (let i = 0; i < directions.length; i++) {
      const order = compareValues(a[i], b[i]);
      if (order !== 0) return order * directions[i]!;
    }
    return 0;
  };
}

/** The key of a document is the first of its tuples in sort order; a missing value sorts as null, an empty array before it. */
function keyGenerator(
  parts: readonly SortPart[],
  compare: (a: SortKey, b: SortKey) => number,
): (doc: Doc) => SortKey {
  const paths = parts.map((part) => part.path.split('.'));
  // Sorting by `_id` alone takes it as a whole, an array too: documents of `$group` may have one.
  if (parts.length === 1 && parts[0]!.path === '_id') return (doc) => [doc.get('_id') ?? null];
  return (doc) =>
    plainKey(doc, paths) ??
    extractTuples(doc, paths, parallelArrays).tuples.reduce((best, tuple) =>
      compare(tuple, best) < 0 ? tuple : best,
    );
}

/** The key of a document in which no path meets an array. */
function plainKey(doc: Doc, paths: readonly (readonly string[])[]): SortKey | undefined {
  const key: Value[] = [];
  for (const path of paths) {
    let value: Value | undefined = doc;
    for (const name of path) {
      if (Array.isArray(value)) return undefined;
      value = value instanceof Doc ? value.get(name) : undefined;
    }
    if (Array.isArray(value)) return undefined;
    key.push(value === undefined ? null : value);
  }
  return key;
}

function parallelArrays(): never {
  return fail(ErrorCode.BadValue, 'cannot sort with keys that are parallel arrays');
}
