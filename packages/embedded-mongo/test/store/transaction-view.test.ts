import { describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store';
import type { KeyValueView } from '../../src/store/view';
import { randomSource, temporaryFolder } from '../support';

const TABLE = 1;
const INDEX = 2;

/** The same state kept in the plainest way. */
class Model {
  readonly documents = new Map<number, string>();
  readonly entries = new Set<string>();

  clone(): Model {
    const copy = new Model();
    for (const [row, text] of this.documents) copy.documents.set(row, text);
    for (const entry of this.entries) copy.entries.add(entry);
    return copy;
  }

  scan(): [number, string][] {
    return [...this.documents].sort(([a], [b]) => a - b);
  }

  range(from: number, to: number): string[] {
    return [...this.entries]
      .filter((entry) => Number(entry.slice(0, 3)) >= from && Number(entry.slice(0, 3)) < to)
      .sort();
  }
}

const keyOf = (n: number): Buffer => Buffer.from(String(n).padStart(3, '0'));
const entryOf = (n: number, row: number): string =>
  `${String(n).padStart(3, '0')}/${String(row).padStart(4, '0')}`;

function expectSame(view: KeyValueView, model: Model): void {
  const scanned = [...view.scan(TABLE, false)].map(({ row, bytes }) => [row, bytes.toString()]);
  expect(scanned).toEqual(model.scan());
  const reversed = [...view.scan(TABLE, true)].map(({ row }) => row);
  expect(reversed).toEqual(scanned.map(([row]) => row).reverse());
  for (const [from, to] of [
    [0, 1000],
    [10, 30],
    [20, 21],
  ] as const) {
    const ranged = [...view.range(INDEX, keyOf(from), keyOf(to), false)].map(({ key, row }) =>
      entryOf(Number(key), row),
    );
    expect(ranged).toEqual(model.range(from, to));
    const back = [...view.range(INDEX, keyOf(from), keyOf(to), true)].map(({ key, row }) =>
      entryOf(Number(key), row),
    );
    expect(back).toEqual(model.range(from, to).reverse());
    expect(view.countRange(INDEX, keyOf(from), keyOf(to), 10_000)).toBeGreaterThanOrEqual(ranged.length);
  }
  expect(view.count(TABLE)).toBe(model.documents.size);
  for (let n = 0; n < 50; n += 7) {
    const rows = view.rowsAt(INDEX, keyOf(n)).sort((a, b) => a - b);
    expect(rows.map((row) => entryOf(n, row))).toEqual(model.range(n, n + 1));
    const found = view.documentsAt(TABLE, INDEX, keyOf(n)).sort((a, b) => a.row - b.row);
    expect(found.map(({ row, bytes }) => [row, bytes.toString()])).toEqual(
      rows.filter((row) => model.documents.has(row)).map((row) => [row, model.documents.get(row)]),
    );
  }
}

describe('a transaction view', () => {
  const folder = temporaryFolder();

  it('shows snapshot plus own writes, equal to a plain model, and commits to the same state', async () => {
    const store = new Store({
      folder: folder(),
      durability: 'none',
      onRollback: (error) => {
        throw error;
      },
    });
    store.createDocuments(TABLE);
    store.createEntries(INDEX);
    const random = randomSource(7);
    const live = new Model();
    const change = (view: KeyValueView, model: Model): void => {
      const row = random.below(120);
      const key = random.below(50);
      switch (random.below(4)) {
        case 0:
          view.put(TABLE, row, Buffer.from(`v${row}-${key}`));
          model.documents.set(row, `v${row}-${key}`);
          break;
        case 1:
          view.remove(TABLE, row);
          model.documents.delete(row);
          break;
        case 2:
          view.addEntry(INDEX, keyOf(key), row);
          model.entries.add(entryOf(key, row));
          break;
        default:
          view.removeEntry(INDEX, keyOf(key), row);
          model.entries.delete(entryOf(key, row));
      }
    };
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 60; i++) change(store.live, live);
      store.commits.commit();
      const view = store.beginTransaction();
      const own = live.clone();
      expectSame(view, own);
      for (let i = 0; i < 40; i++) change(view, own);
      expectSame(view, own);
      // What happens outside meanwhile is not seen inside.
      const outside = live.clone();
      const untouched = randomSource(round).below(120) + 1000;
      store.live.put(TABLE, untouched, Buffer.from('outside'));
      outside.documents.set(untouched, 'outside');
      expectSame(view, own);
      expectSame(store.live, outside);
      view.release();
      store.live.remove(TABLE, untouched);
      view.applyTo(store.live);
      live.documents.clear();
      for (const [row, text] of own.documents) live.documents.set(row, text);
      live.entries.clear();
      for (const entry of own.entries) live.entries.add(entry);
      expectSame(store.live, live);
    }
    await store.close();
  });

  it('reads tables younger than its snapshot as empty', async () => {
    const store = new Store({
      folder: `${folder()}`,
      durability: 'none',
      onRollback: (error) => {
        throw error;
      },
    });
    store.commits.commit();
    const view = store.beginTransaction();
    store.createDocuments(70);
    store.createEntries(71);
    store.live.put(70, 1, Buffer.from('x'));
    store.live.addEntry(71, keyOf(1), 1);
    expect([...view.scan(70, false)]).toEqual([]);
    expect(view.get(70, 1)).toBeUndefined();
    expect(view.rowsAt(71, keyOf(1))).toEqual([]);
    expect(view.count(70)).toBe(0);
    view.release();
    await store.close();
  });
});
