import type { Binary } from '../bson';
import { DateTime, Doc, encode, shellText, type Value } from '../bson';
import { ErrorCode, fail } from '../errors';
import { compileFilter, createScope, type Filter } from '../query';
import { CollectionIndex } from './collection-index';

const NO_OPTIONS = new Doc();

/** One collection: identity, options and indexes. Its documents are in the store's table `d<id>`. */
export class Collection {
  readonly id: number;
  database: string;
  name: string;
  readonly uuid: Binary;
  options: Doc;
  indexes: CollectionIndex[];
  /** Number of the next row; undefined until the first insert has asked the store. */
  nextRow: number | undefined;
  /** The schema change that gave it its name: in an older snapshot it is not there. */
  since = 0;
  /** Set when the collection is dropped or replaced: cursors on it end with an error. */
  dropped = false;
  #validator: Filter | undefined;

  constructor(o: {
    id: number;
    database: string;
    name: string;
    uuid: Binary;
    options?: Doc;
    indexes: CollectionIndex[];
  }) {
    this.id = o.id;
    this.database = o.database;
    this.name = o.name;
    this.uuid = o.uuid;
    this.options = o.options ?? NO_OPTIONS;
    this.indexes = o.indexes;
    this.#validator = compileValidator(this.options);
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  get validator(): Filter | undefined {
    return this.#validator;
  }

  setOptions(options: Doc): void {
    const validator = compileValidator(options);
    this.options = options;
    this.#validator = validator;
  }

  /** The indexes that are complete. */
  get readyIndexes(): CollectionIndex[] {
    return this.indexes.filter((index) => index.isReady);
  }

  index(name: string): CollectionIndex | undefined {
    return this.indexes.find((index) => index.name === name);
  }

  /** The complete index over a key pattern; fails when there are several, which only their names tell apart. */
  indexWithKey(key: Doc): CollectionIndex | undefined {
    const [index, other] = this.readyIndexes.filter((one) => one.hasKey(key));
    if (index && other) {
      fail(
        ErrorCode.AmbiguousIndexKeyPattern,
        `several indexes found for key: ${shellText(key)}, identify by name instead. Conflicting indexes: ${shellText(index.spec)}, ${shellText(other.spec)}`,
      );
    }
    return index;
  }

  /** The catalog entry of this collection. */
  toEntry(): Buffer {
    return encode(
      Doc.of({
        database: this.database,
        name: this.name,
        uuid: this.uuid,
        options: this.options,
        indexes: this.readyIndexes.map((index) =>
          Doc.of({ id: index.id, spec: index.spec, multikeyPaths: [...index.multikeyPaths] }),
        ),
      }),
    );
  }

  static fromEntry(id: number, entry: Doc): Collection {
    const indexes = (entry.get('indexes') as Doc[]).map(
      (index) =>
        new CollectionIndex({
          id: index.get('id') as number,
          spec: index.get('spec') as Doc,
          multikeyPaths: index.get('multikeyPaths') as boolean[],
          since: 0,
        }),
    );
    return new Collection({
      id,
      database: entry.get('database') as string,
      name: entry.get('name') as string,
      uuid: entry.get('uuid') as Binary,
      options: entry.get('options') as Doc,
      indexes,
    });
  }
}

/** The definition of the index every collection has. */
export function idIndexSpec(): Doc {
  return Doc.of({ v: 2, key: Doc.of({ _id: 1 }), name: '_id_' });
}

function compileValidator(options: Doc): Filter | undefined {
  const validator: Value | undefined = options.get('validator');
  if (!(validator instanceof Doc) || validator.size === 0) return undefined;
  return compileFilter(validator, createScope({ now: new DateTime(0) }));
}
