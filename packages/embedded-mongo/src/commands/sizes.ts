import { PAUSE } from '../aggregate';
import { Doc } from '../bson';
import type { Collection } from '../engine/collection';
import type { LiveView, Size } from '../store/live-view';
import type { CommandContext } from './context';

/** What a collection holds. Bytes are those of the documents and of the keys as they are stored, without SQLite's own pages. */
export interface CollectionSizes {
  documents: Size;
  /** Bytes of the keys, by the name of the index. */
  indexes: ReadonlyMap<string, number>;
}

/** Measures a collection, with a pause after each piece. */
export function* measured(
  live: LiveView,
  collection: Collection | undefined,
): Generator<CollectionSizes | typeof PAUSE, void> {
  const documents: Size = { count: 0, bytes: 0 };
  const indexes = new Map<string, number>();
  if (collection) {
    for (const size of live.sizesOfDocuments(collection.id)) {
      documents.count += size.count;
      documents.bytes += size.bytes;
      yield PAUSE;
      if (collection.dropped) break;
    }
    for (const index of collection.dropped ? [] : collection.readyIndexes) {
      let bytes = 0;
      for (const size of live.sizesOfEntries(index.id)) {
        bytes += size.bytes;
        yield PAUSE;
        if (collection.dropped || collection.index(index.name) !== index) break;
      }
      indexes.set(index.name, bytes);
    }
  }
  yield { documents, indexes };
}

export async function measure(
  context: CommandContext,
  collection: Collection | undefined,
): Promise<CollectionSizes> {
  let sizes: CollectionSizes | undefined;
  await context.pull<CollectionSizes>(measured(context.engine.store.live, collection), (all) => {
    sizes = all;
    return true;
  });
  return sizes as CollectionSizes;
}

export const bytesOfIndexes = ({ indexes }: CollectionSizes): number =>
  [...indexes.values()].reduce((sum, bytes) => sum + bytes, 0);

/** Documents and indexes. */
export const bytesOf = (sizes: CollectionSizes): number => sizes.documents.bytes + bytesOfIndexes(sizes);

/** The statistics of a collection in MongoDB's words, its sizes divided by `scale`. */
export function storageStatistics(sizes: CollectionSizes, scale: number): Doc {
  const { count, bytes } = sizes.documents;
  const scaled = (size: number): number => Math.floor(size / scale);
  return Doc.of({
    size: scaled(bytes),
    count,
    avgObjSize: count > 0 ? Math.floor(bytes / count) : 0,
    numOrphanDocs: 0,
    storageSize: scaled(bytes),
    capped: false,
    nindexes: sizes.indexes.size,
    indexBuilds: [],
    totalIndexSize: scaled(bytesOfIndexes(sizes)),
    totalSize: scaled(bytesOf(sizes)),
    indexSizes: Doc.from([...sizes.indexes].map(([name, size]) => [name, scaled(size)])),
    scaleFactor: scale,
  });
}
