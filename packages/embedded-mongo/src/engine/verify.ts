import { decode } from '../bson';
import type { LiveView } from '../store/live-view';
import type { Collection } from './collection';

export type VerifyStep = { kind: 'document' } | { kind: 'problem'; text: string };

const MOST_PROBLEMS = 100;

/** Reads every document, compares it with its checksum, and each index with what it must contain. */
export function* checkCollection(
  collection: Collection,
  view: LiveView,
  checksums = true,
): Generator<VerifyStep, void> {
  const expected = new Map(collection.readyIndexes.map((index) => [index.id, 0]));
  let problems = 0;
  const problem = (text: string): VerifyStep => {
    problems++;
    return { kind: 'problem', text: `${collection.namespace}: ${text}` };
  };
  for (const { row, bytes, intact } of view.checkedScan(collection.id, checksums)) {
    yield { kind: 'document' };
    if (intact === false) yield problem(`row ${row} is not what was written: its checksum differs`);
    if (problems > MOST_PROBLEMS) return;
    try {
      const doc = decode(bytes);
      for (const index of collection.readyIndexes) {
        const { keys } = index.keysOf(doc);
        expected.set(index.id, (expected.get(index.id) as number) + keys.length);
        for (const key of keys) {
          const rows = view.rowsAt(index.id, key);
          if (!rows.includes(row)) yield problem(`row ${row} is missing in index ${index.name}`);
          if (index.unique && rows.length > 1)
            yield problem(`index ${index.name} holds a key twice (row ${row})`);
        }
      }
    } catch (error) {
      yield problem(`row ${row} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const index of collection.readyIndexes) {
    const found = view.countRange(index.id, Buffer.alloc(0), null, Number.MAX_SAFE_INTEGER);
    const wanted = expected.get(index.id) as number;
    if (found !== wanted) yield problem(`index ${index.name} holds ${found} entries instead of ${wanted}`);
  }
}
