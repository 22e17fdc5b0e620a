import { fail } from '../errors';
import { Doc, UNDEFINED, type Value } from '../bson';
import { arrayIndex } from './path';

/** The tuples of values that a document has for a list of paths, as an index stores them. */
interface Extraction {
  /** One tuple for each combination; a missing value is null, an empty array the type undefined. */
  readonly tuples: Value[][];
  /** Whether any path met an array. */
  readonly multikey: boolean;
  /** The same for each path. */
  readonly multikeyPaths: boolean[];
  /** Whether every path was missing in every tuple. */
  readonly allMissing: boolean;
}

/** What remains of a path when a walk stops, and where it stopped. */
interface Walk {
  value: Value | undefined;
  /** Index of the first unread path part; the path's length when it is used up. */
  next: number;
}

/** A path part that names an array position, looked up before the array is expanded. */
interface Positional {
  found: boolean;
  nestedArray: boolean;
  walk: Walk;
}

interface State {
  /** For each path the first unread part; its length when the value is fixed. */
  next: number[];
  fixed: Value[];
}

/**
 * Extracts tuples as MongoDB's key generator does: paths that meet the same array are expanded together, element by element;
 * two different arrays are an error. A numeric part names an array position, unless the elements have such a field.
 */
class Extractor {
  readonly paths: readonly (readonly string[])[];
  readonly parallel: (first: string, second: string) => never;
  readonly tuples: Value[][] = [];
  readonly multikeyPaths: boolean[];
  allMissing = true;

  constructor(paths: readonly (readonly string[])[], parallel: (first: string, second: string) => never) {
    this.paths = paths;
    this.parallel = parallel;
    this.multikeyPaths = paths.map(() => false);
  }

  extract(doc: Doc): void {
    const next = this.paths.map(() => 0);
    this.expand(doc, { next, fixed: this.paths.map(() => null) }, 0, undefined);
  }

  /** One level: reads every unfinished path up to its next array, then expands that array. */
  expand(
    doc: Doc | undefined,
    state: State,
    missing: number,
    positional: (Positional | undefined)[] | undefined,
  ): void {
    const next = state.next.slice();
    const fixed = state.fixed.slice();
    let array: Value[] | undefined;
    let arrayPath = -1;
    let expandLeaf = true;
    const inArray: number[] = [];
    for (let i = 0; i < this.paths.length; i++) {
      const path = this.paths[i]!;
      if (next[i] === path.length) continue;
      const { walk, nestedArray } = this.read(doc, path, next[i]!, positional?.[i]);
      next[i] = walk.next;
      if (walk.value === undefined) {
        fixed[i] = null;
        next[i] = path.length;
        missing++;
        continue;
      }
      if (Array.isArray(walk.value)) {
        if (array === undefined) {
          array = walk.value;
          arrayPath = i;
        } else if (array !== walk.value) this.parallel(this.paths[arrayPath]!.join('.'), path.join('.'));
        inArray.push(i);
        this.multikeyPaths[i] = true;
        if (nestedArray) expandLeaf = false;
      }
      if (next[i] === path.length) fixed[i] = walk.value;
    }
    if (array === undefined) {
      this.tuples.push(fixed);
      if (missing < this.paths.length) this.allMissing = false;
    } else this.expandArray(array, inArray, { next, fixed }, missing, expandLeaf);
  }

  read(
    doc: Doc | undefined,
    path: readonly string[],
    at: number,
    positional: Positional | undefined,
  ): { walk: Walk; nestedArray: boolean } {
    const hasField = doc !== undefined && doc.has(path[at]!);
    if (positional?.found === true) {
      if (hasField)
        fail(
          16746,
          `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${path[at]}'`,
        );
      return { walk: positional.walk, nestedArray: positional.nestedArray };
    }
    return {
      walk: hasField ? walkToArray(doc, path, at) : { value: undefined, next: path.length },
      nestedArray: false,
    };
  }

  expandArray(array: Value[], inArray: number[], state: State, missing: number, expandLeaf: boolean): void {
    const positional = this.positions(array, inArray, state);
    const elements: (Value | undefined)[] = array.length === 0 ? [UNDEFINED] : array;
    for (const element of elements) {
      const fixed = state.fixed.slice();
      for (const i of inArray) {
        if (state.next[i] === this.paths[i]!.length)
          fixed[i] = expandLeaf || array.length === 0 ? element! : array;
      }
      this.expand(
        element instanceof Doc ? element : undefined,
        { next: state.next, fixed },
        missing,
        positional,
      );
    }
  }

  /** The elements that numeric parts name, read once for the whole array. */
  positions(array: Value[], inArray: number[], state: State): (Positional | undefined)[] | undefined {
    let positional: (Positional | undefined)[] | undefined;
    for (const i of inArray) {
      const path = this.paths[i]!;
      const at = state.next[i]!;
      if (at === path.length) continue;
      const index = arrayIndex(path[at]!);
      const element = index < 0 ? undefined : array[index];
      if (element === undefined) continue;
      positional ??= this.paths.map(() => undefined);
      positional[i] = {
        found: true,
        nestedArray: Array.isArray(element),
        walk: walkFrom(element, path, at + 1),
      };
    }
    return positional;
  }
}

/** Follows a path through documents until it ends, is missing, or meets an array. */
function walkToArray(doc: Doc, path: readonly string[], at: number): Walk {
  return walkFrom(doc.get(path[at]!), path, at + 1);
}

function walkFrom(value: Value | undefined, path: readonly string[], at: number): Walk {
  while (at < path.length && value instanceof Doc) value = value.get(path[at++]!);
  if (at < path.length && !Array.isArray(value)) return { value: undefined, next: path.length };
  return { value, next: at };
}

export function extractTuples(
  doc: Doc,
  paths: readonly (readonly string[])[],
  parallel: (first: string, second: string) => never,
): Extraction {
  const extractor = new Extractor(paths, parallel);
  extractor.extract(doc);
  const { tuples, multikeyPaths, allMissing } = extractor;
  return { tuples, multikeyPaths, multikey: multikeyPaths.includes(true), allMissing };
}
