import { ErrorCode, fail } from '../errors';
import type { Doc } from '../bson';
import { encodeKey, hashValue, isNumber, toNumber, type Direction, type Value } from '../bson';
import { extractTuples } from './key-extraction';

/** The key pattern of an index, ready to take keys from documents. */
export interface KeyPattern {
  readonly paths: readonly string[];
  readonly directions: readonly Direction[];
  /** The tuples of a document, without duplicates; none when a sparse index leaves it out. Two arrays in one tuple throw 171. */
  extract(doc: Doc): IndexTuples;
  encode(tuple: readonly (Value | undefined)[]): Buffer;
}

export interface IndexTuples {
  readonly tuples: Value[][];
  readonly multikey: boolean;
  readonly multikeyPaths: boolean[];
}

/** Compiles `{ path: 1 | -1, … }`. Whether the pattern is allowed is for the command to decide. */
export function compileKeyPattern(key: Doc, options: { sparse?: boolean } = {}): KeyPattern {
  const paths = key.keys.slice();
  const directions = key.values.map((value): Direction => (isNumber(value) && toNumber(value) < 0 ? -1 : 1));
  const parts = paths.map((path) => path.split('.'));
  const simple = parts.every((path) => path.length === 1);
  const never = paths.map(() => false);
  return {
    paths,
    directions,
    encode: (tuple) => encodeKey(tuple, directions),
    extract: (doc) => {
      const plain = simple ? plainTuple(doc, paths) : undefined;
      if (plain !== undefined) {
        return {
          tuples: options.sparse === true && paths.every((path) => !doc.has(path)) ? [] : [plain],
          multikey: false,
          multikeyPaths: never,
        };
      }
      const { tuples, multikey, multikeyPaths, allMissing } = extractTuples(doc, parts, parallelArrays);
      return {
        tuples: options.sparse === true && allMissing ? [] : withoutDuplicates(tuples),
        multikey,
        multikeyPaths,
      };
    },
  };
}

/** The only tuple of a document none of whose indexed fields is an array. */
function plainTuple(doc: Doc, names: readonly string[]): Value[] | undefined {
  const tuple: Value[] = [];
  for (const name of names) {
    const value = doc.get(name);
    if (Array.isArray(value)) return undefined;
    tuple.push(value === undefined ? null : value);
  }
  return tuple;
}

function withoutDuplicates(tuples: Value[][]): Value[][] {
  if (tuples.length < 2) return tuples;
  const seen = new Map<string, Value[]>();
  for (const tuple of tuples) {
    const hash = hashValue(tuple);
    if (!seen.has(hash)) seen.set(hash, tuple);
  }
  return [...seen.values()];
}

function parallelArrays(first: string, second: string): never {
  return fail(
    ErrorCode.CannotIndexParallelArrays,
    `cannot index parallel arrays [${lastName(second)}] [${lastName(first)}]`,
  );
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
