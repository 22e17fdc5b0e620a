import { describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store';
import { temporaryFolder } from '../support';

describe('group commit', () => {
  const folder = temporaryFolder();
  const failing = (error: Error): never => {
    throw error;
  };

  it('acknowledges all writes of one turn together, after they are on the disk', async () => {
    const store = new Store({ folder: folder(), durability: 'full', onRollback: failing });
    store.createDocuments(1);
    const events: string[] = [];
    const settled = [1, 2, 3].map(
      (row) =>
        new Promise<void>((resolve) => {
          store.live.put(1, row, Buffer.from('x'));
          store.commits.whenSettled(() => {
            events.push(`acknowledged ${row}`);
            resolve();
          });
        }),
    );
    expect(store.commits.isPending(false)).toBe(true);
    expect(events).toEqual([]);
    await Promise.all(settled);
    expect(events).toEqual(['acknowledged 1', 'acknowledged 2', 'acknowledged 3']);
    expect(store.commits.isPending(false)).toBe(false);
    await store.close();
  });

  it('tells everybody in a lost batch, and keeps what was committed before', async () => {
    let rolledBack = 0;
    const store = new Store({ folder: `${folder()}`, durability: 'full', onRollback: () => rolledBack++ });
    store.createDocuments(5);
    store.live.put(5, 1, Buffer.from('kept'));
    store.commits.commit();
    store.live.put(5, 2, Buffer.from('lost'));
    const told = new Promise<Error | undefined>((resolve) => store.commits.whenSettled(resolve));
    store.commits.rollback(new Error('disk full'));
    expect((await told)?.message).toBe('disk full');
    expect(rolledBack).toBe(1);
    expect(store.live.get(5, 1)?.toString()).toBe('kept');
    expect(store.live.get(5, 2)).toBeUndefined();
    await store.close();
  });

  it('holds nobody up who asks after a lost batch while the one before it is on its way to the disk', async () => {
    const store = new Store({ folder: folder(), durability: 'full', onRollback: () => undefined });
    store.createDocuments(9);
    store.commits.commit();
    store.live.put(9, 1, Buffer.from('lost'));
    store.commits.rollback(new Error('disk full'));
    expect(store.commits.isPending(false)).toBe(true);
    expect(await new Promise((resolve) => store.commits.whenSettled(resolve))).toBeUndefined();
    await store.close();
  });

  it('is relaxed only with those who do not ask for the disk', async () => {
    const store = new Store({ folder: folder(), durability: 'relaxed', onRollback: failing });
    const { commits } = store;
    const told: string[] = [];
    const wait = (who: string, onDisk: boolean): Promise<void> =>
      new Promise((resolve) =>
        commits.whenSettled(() => {
          told.push(who);
          resolve();
        }, onDisk),
      );
    store.createDocuments(13);
    const both = [wait('strict', true), wait('relaxed', false)];
    commits.commit();
    expect(told).toEqual(['relaxed']);
    expect([commits.isPending(false), commits.isPending(true)]).toEqual([false, true]);
    await Promise.all([...both, wait('late', true)]);
    expect(told).toEqual(['relaxed', 'strict', 'late']);
    expect(commits.isPending(true)).toBe(false);
    store.live.put(13, 1, Buffer.from('x'));
    commits.commit();
    await wait('after the commit', true);
    expect(commits.isPending(true)).toBe(false);
    await store.close();
  });
});
