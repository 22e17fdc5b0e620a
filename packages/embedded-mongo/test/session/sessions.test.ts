import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { Binary, Doc } from '../../src/bson';
import { Engine } from '../../src/engine/engine';
import { Sessions } from '../../src/session/sessions';
import { temporaryFolder } from '../support';

const UUID = 4;

describe('a transaction that begins while the batch before it is lost', () => {
  const folder = temporaryFolder();

  it('belongs to its session all the same, and lets go of what it holds', async () => {
    const engine = new Engine({ folder: folder(), durability: 'none', now: () => 0 });
    const sessions = new Sessions(engine);
    const lsid = Doc.of({ id: new Binary(randomBytes(16), UUID) });
    const enter = (name: string, start?: true) =>
      sessions.enter(
        Doc.of({ [name]: 'accounts', lsid, txnNumber: 1n, autocommit: false, startTransaction: start }),
        { name, inTransaction: true, retryable: false, connection: sessions },
      );
    // The session is known, and somebody has written in this turn of the event loop.
    sessions.enter(Doc.of({ find: 'accounts', lsid }), {
      name: 'find',
      inTransaction: false,
      retryable: false,
      connection: sessions,
    });
    engine.store.saveSession(randomBytes(16), { number: 1n, record: Buffer.alloc(1) }, 0);
    vi.spyOn(engine.store.commits, 'commit').mockImplementationOnce(() =>
      engine.store.commits.rollback(new Error('the disk is full')),
    );

    const begun = enter('update', true);
    engine.locks.take('d:accounts:1', begun.transaction);

    expect(enter('update').transaction).toBe(begun.transaction);
    sessions.connectionClosed(sessions);
    expect(sessions.openTransactions).toBe(0);
    expect(() => engine.locks.check('d:accounts:1', undefined)).not.toThrow();
    await engine.close();
  });
});
