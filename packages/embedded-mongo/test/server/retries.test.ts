import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Long, MongoClient, UUID, type Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { startProcess } from '../rigs/child';
import { testServer } from '../support';

describe('retryable writes', () => {
  const shared = testServer();

  const failOnce = (data: Document): Promise<Document> =>
    shared.client.db('admin').command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data });

  it('are carried out once when the reply is lost', async () => {
    const c = shared.db.collection<{ _id: number; n: number }>('lost');
    await c.insertOne({ _id: 1, n: 0 });
    await failOnce({ failCommands: ['update'], closeConnection: true, afterCommand: true });
    expect(await c.updateOne({ _id: 1 }, { $inc: { n: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect((await c.findOne({ _id: 1 }))?.n).toBe(1);
    await failOnce({ failCommands: ['findAndModify'], closeConnection: true, afterCommand: true });
    expect(await c.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({
      _id: 1,
      n: 2,
    });
    await failOnce({ failCommands: ['insert'], closeConnection: true, afterCommand: true });
    expect(
      (
        await c.insertMany([
          { _id: 2, n: 0 },
          { _id: 3, n: 0 },
        ])
      ).insertedCount,
    ).toBe(2);
    await failOnce({ failCommands: ['delete'], closeConnection: true, afterCommand: true });
    expect((await c.deleteOne({ _id: 3 })).deletedCount).toBe(1);
  });

  it('are tried again after an error that says so', async () => {
    const c = shared.db.collection<{ _id: number }>('again');
    await failOnce({ failCommands: ['insert'], errorCode: 91 });
    await c.insertOne({ _id: 1 });
    expect(await c.countDocuments()).toBe(1);
  });

  it('retry a commit whose reply was lost', async () => {
    const c = shared.db.collection<{ _id: number }>('commit');
    await failOnce({ failCommands: ['commitTransaction'], closeConnection: true, afterCommand: true });
    await shared.client.withSession((session) =>
      session.withTransaction(async () => {
        await c.insertOne({ _id: 1 }, { session });
      }),
    );
    expect(await c.countDocuments()).toBe(1);
  });

  it('are answered after kill -9 from what was stored with the data', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-retry-'));
    const id = new UUID();
    const command = {
      update: 'c',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      txnNumber: Long.fromNumber(1),
    };
    const insert = { insert: 'c', documents: [{ _id: 7 }, { _id: 8 }], txnNumber: Long.fromNumber(2) };
    const replies: Document[] = [];
    for (let start = 0; start < 2; start++) {
      const server = await startProcess('--dbpath', folder, '--durability', 'relaxed');
      const client = await new MongoClient(server.uri).connect();
      const db = client.db('test');
      // The same session before and after the restart, which the driver itself would not use again.
      const session = client.startSession();
      Object.assign(session.serverSession, { id: { id } });
      if (start === 0)
        replies.push(await db.command(command, { session }), await db.command(insert, { session }));
      else {
        replies.push(await db.command(insert, { session }));
        await expect(db.command(command, { session })).rejects.toMatchObject({ code: 225 });
      }
      await session.endSession();
      expect(await db.collection('c').countDocuments()).toBe(3);
      await client.close();
      await server.kill();
    }
    expect(replies.map((reply) => reply['n'] as number)).toEqual([1, 2, 2]);
    rmSync(folder, { recursive: true, force: true });
  });
});
