import { DateTime, equalValues, isNumber, isTruthy, toNumber, type Doc } from '../bson';
import { compileFilter, compileKeyPattern, createScope, type Filter, type KeyPattern } from '../query';

/** The keys under which one document stands in an index. */
export interface DocumentKeys {
  keys: Buffer[];
  /** Per component of the key pattern: does this document's path cross an array? */
  multikeyPaths: readonly boolean[];
}

/** One index of a collection: its definition, and how documents become keys. */
export class CollectionIndex {
  readonly id: number;
  /** The definition as `listIndexes` shows it. */
  spec: Doc;
  readonly name: string;
  readonly key: Doc;
  readonly pattern: KeyPattern;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Filter | undefined;
  /** Once a component has met an array it stays marked: the planner then combines bounds less freely. */
  readonly multikeyPaths: boolean[];
  /** The schema change that completed the index, Infinity while it is being built: with an older snapshot nobody may read through it. */
  since: number;

  constructor(o: { id: number; spec: Doc; multikeyPaths?: readonly boolean[]; since: number }) {
    this.id = o.id;
    this.spec = o.spec;
    this.name = o.spec.get('name') as string;
    this.key = o.spec.get('key') as Doc;
    this.unique = this.name === '_id_' || isTruthy(o.spec.get('unique'));
    this.sparse = isTruthy(o.spec.get('sparse'));
    this.pattern = compileKeyPattern(this.key, { sparse: this.sparse });
    const partial = o.spec.get('partialFilterExpression') as Doc | undefined;
    this.partial = partial && compileFilter(partial, createScope({ now: new DateTime(0) }));
    this.multikeyPaths = this.pattern.paths.map((_, i) => o.multikeyPaths?.[i] ?? false);
    this.since = o.since;
  }

  /** Maintained, but not used by queries. */
  get hidden(): boolean {
    return isTruthy(this.spec.get('hidden'));
  }

  get isReady(): boolean {
    return this.since !== Infinity;
  }

  get isMultikey(): boolean {
    return this.multikeyPaths.includes(true);
  }

  /** Seconds after which documents expire, or undefined. */
  get expireAfterSeconds(): number | undefined {
    const seconds = this.spec.get('expireAfterSeconds');
    return seconds !== undefined && isNumber(seconds) ? toNumber(seconds) : undefined;
  }

  /** The same paths and numbers, whatever type of number they are: `{ a: 2 }` is another index than `{ a: 1 }`. */
  hasKey(key: Doc): boolean {
    return (
      key.size === this.key.size &&
      key.keys.every((path, i) => path === this.key.keys[i] && equalValues(key.values[i], this.key.values[i]))
    );
  }

  keysOf(doc: Doc): DocumentKeys {
    if (this.partial && !this.partial.matches(doc)) return { keys: [], multikeyPaths: [] };
    const { tuples, multikeyPaths } = this.pattern.extract(doc);
    const keys = tuples.map((tuple) => this.pattern.encode(tuple));
    return { keys: keys.length > 1 ? distinct(keys) : keys, multikeyPaths };
  }

  /** Marks what a document has shown; true when something is new and the catalog must be saved. */
  mark(multikeyPaths: readonly boolean[]): boolean {
    let changed = false;
    for (let i = 0; i < multikeyPaths.length; i++) {
      if (multikeyPaths[i] && !this.multikeyPaths[i]) changed = this.multikeyPaths[i] = true;
    }
    return changed;
  }
}

function distinct(keys: Buffer[]): Buffer[] {
  const seen = new Map<string, Buffer>();
  for (const key of keys) seen.set(key.toString('latin1'), key);
  return [...seen.values()];
}
