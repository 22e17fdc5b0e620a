import { statSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store';
import { temporaryFolder } from '../support';

const MEGABYTE = 1 << 20;
const BYTES = Buffer.alloc(MEGABYTE / 4, 7);

describe('the write-ahead log', () => {
  const folder = temporaryFolder();
  const open = (): Store =>
    new Store({
      folder: folder(),
      durability: 'relaxed',
      onRollback: (error) => {
        throw error;
      },
    });
  /** SQLite may remove an empty log when the last connection is closed. */
  const logBytes = (): number =>
    statSync(`${folder()}/data.sqlite-wal`, { throwIfNoEntry: false })?.size ?? 0;

  /** One transaction that reads and writes, with others beginning and ending meanwhile. */
  const transact = async (store: Store, row: number): Promise<void> => {
    await store.beforeTransaction();
    const view = store.beginTransaction();
    view.get(1, row);
    await nextTurn();
    view.put(1, row, BYTES);
    await nextTurn();
    view.applyTo(store.live);
    view.release();
  };

  it('stays bounded while transactions overlap without end', async () => {
    const store = open();
    store.createDocuments(1);
    let left = (400 * MEGABYTE) / BYTES.length;
    const client = async (row: number): Promise<void> => {
      for (await pause(row); left-- > 0;) await transact(store, row);
    };
    await Promise.all([1, 2, 3, 4, 5].map(client));
    expect(logBytes()).toBeLessThan(250 * MEGABYTE);
    expect(store.live.get(1, 5)?.equals(BYTES)).toBe(true);
    await store.close();
  });

  it('lets transactions begin although one does not end', async () => {
    const store = open();
    const lasting = store.beginTransaction();
    const before = lasting.get(1, 1);
    for (let row = 0; row < (120 * MEGABYTE) / BYTES.length; row++) await transact(store, row % 3);
    expect(lasting.get(1, 1)).toEqual(before);
    lasting.release();
    await transact(store, 1);
    await store.close();
    expect(logBytes()).toBe(0);
  });
});
