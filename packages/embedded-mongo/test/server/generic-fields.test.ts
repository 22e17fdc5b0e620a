import { Long, Timestamp, type Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { checkFields } from '../../src/commands/arguments';
import { doc } from '../doc';
import { testServer } from '../support';

/** Above those that commands of these tests may have used in the same session. */
const NUMBER = Long.fromNumber(1000);
const AHEAD = new Timestamp({ t: Math.floor(Date.now() / 1000) + 86_400, i: 1 });
const EARLIER = new Timestamp({ t: 1_000_000, i: 1 });

/** Fields that every command may carry, what they hold wrongly, and MongoDB's code for it. */
const REFUSED: [Document, number][] = [
  [{ txnNumber: 'x' }, 14],
  [{ txnNumber: 1000 }, 14],
  [{ txnNumber: Number.NaN }, 14],
  [{ startTransaction: true }, 72],
  [{ autocommit: false }, 72],
  [{ txnNumber: NUMBER, startTransaction: true }, 72],
  [{ txnNumber: NUMBER, autocommit: true }, 72],
  [{ txnNumber: NUMBER, autocommit: false, startTransaction: false }, 72],
  [{ txnNumber: NUMBER, autocommit: 'x' }, 14],
  [{ txnNumber: NUMBER, autocommit: false, startTransaction: 1 }, 14],
  [{ readConcern: 'x' }, 14],
  [{ readConcern: { foo: 1 } }, 40415],
  [{ readConcern: { level: 1 } }, 14],
  [{ readConcern: { level: 'x' } }, 2],
  [{ readConcern: { afterClusterTime: 1 } }, 14],
  [{ readConcern: { afterClusterTime: AHEAD } }, 72],
  [{ readConcern: { afterClusterTime: EARLIER, level: 'linearizable' } }, 72],
  [{ readConcern: { afterClusterTime: EARLIER, atClusterTime: EARLIER, level: 'snapshot' } }, 72],
  [{ readConcern: { atClusterTime: EARLIER } }, 72],
  [{ readConcern: { atClusterTime: EARLIER, level: 'majority' } }, 72],
  [{ readConcern: { afterOpTime: {} } }, 238],
  [{ writeConcern: 'x' }, 14],
  [{ maxTimeMS: 'x' }, 14],
  [{ maxTimeMS: -1 }, 2],
  [{ maxTimeMS: 1.5 }, 2],
  [{ maxTimeMS: 2 ** 31 }, 2],
  [{ $readPreference: 'x' }, 14],
  [{ apiVersion: 1 }, 14],
  [{ apiVersion: '2' }, 322],
  [{ apiStrict: true }, 4886600],
  [{ apiDeprecationErrors: false }, 4886600],
  [{ apiVersion: '1', apiStrict: 1 }, 14],
];

const READS: Document[] = [
  { find: 'c' },
  { aggregate: 'c', pipeline: [], cursor: {} },
  { distinct: 'c', key: 'a' },
  { count: 'c' },
  { listIndexes: 'c' },
  { ping: 1 },
];

const WRITES: Document[] = [
  { insert: 'c', documents: [{ a: 1 }] },
  { update: 'c', updates: [{ q: {}, u: { $set: { a: 2 } } }] },
  { delete: 'c', deletes: [{ q: {}, limit: 1 }] },
  { findAndModify: 'c', query: {}, update: { $set: { a: 3 } } },
  { aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {} },
  { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a_1' }] },
  { drop: 'c' },
];

const WRITE_CONCERNS: [Document, number][] = [
  [{ foo: 1 }, 40415],
  [{ w: -1 }, 9],
  [{ w: 51 }, 9],
  [{ w: Number.NaN }, 9],
  [{ w: true }, 9],
  [{ j: 'x' }, 14],
  [{ wtimeout: 'x' }, 14],
  [{ j: true, fsync: true }, 9],
];

const named = (commands: readonly Document[]): [string, Document][] =>
  commands.map((command) => [String(Object.keys(command)[0]), command]);

describe('fields that every command may carry', () => {
  // The fields of sessions and versions are the test's own.
  const shared = testServer({}, { retryWrites: false, retryReads: false });
  const run = (command: Document): Promise<Document> => shared.db.command(command);
  const refused = (command: Document, code: number): Promise<void> =>
    expect(run(command)).rejects.toMatchObject({ code });

  describe.each(named([READS[0] as Document, WRITES[0] as Document]))('%s', (_, command) => {
    it.each(REFUSED)('refuses %j', async (fields, code) => {
      await refused({ ...command, ...fields }, code);
    });
  });

  it.each(named([...READS, ...WRITES]))(
    '%s refuses a read concern that it does not know',
    async (_, command) => {
      await refused({ ...command, readConcern: { foo: 1 } }, 40415);
      await refused({ ...command, apiVersion: '2' }, 322);
    },
  );

  it.each(named(WRITES))('%s refuses a write concern that cannot be', async (_, command) => {
    for (const [writeConcern, code] of WRITE_CONCERNS) await refused({ ...command, writeConcern }, code);
  });

  it.each(named(READS))('%s takes no write concern', async (_, command) => {
    await refused({ ...command, writeConcern: { w: 1 } }, 72);
  });

  it.each(named([...WRITES, ...READS]))('%s reads no snapshot outside a transaction', async (_, command) => {
    await refused({ ...command, readConcern: { level: 'snapshot' } }, 72);
  });

  it.each(named(READS))('%s takes no number of a transaction without one', async (_, command) => {
    await refused({ ...command, txnNumber: NUMBER }, 50768);
  });

  // The driver puts its own values there.
  it.each([doc({ lsid: 'x' }), doc({ $clusterTime: 1 }), doc({ $db: 1 })])(
    '%j is of the wrong type',
    (fields) => {
      expect(() => checkFields('ping', fields, {})).toThrow(expect.objectContaining({ code: 14 }) as Error);
    },
  );

  it('a past state is not to be had, the latest is', async () => {
    await run({ insert: 'times', documents: [{ _id: 1 }] });
    const { operationTime } = await run({ ping: 1 });
    let number = 0;
    const at = (atClusterTime: unknown): Document => ({
      find: 'times',
      readConcern: { level: 'snapshot', atClusterTime },
      txnNumber: Long.fromNumber(++number),
      startTransaction: true,
      autocommit: false,
    });
    expect((await run(at(operationTime)))['ok']).toBe(1);
    await refused(at(EARLIER), 239);
    await refused(at(AHEAD), 72);
    await run({ insert: 'times', documents: [{ _id: 2 }] });
    await refused(at(operationTime), 239);
  });

  it('what has happened by a time that was told can be read after it', async () => {
    const { operationTime } = await run({ insert: 'causal', documents: [{ _id: 1 }] });
    const { cursor } = await run({
      find: 'causal',
      readConcern: { afterClusterTime: operationTime as Timestamp },
    });
    expect((cursor as Document)['firstBatch']).toEqual([{ _id: 1 }]);
  });

  it('writes of many documents cannot be sent again', async () => {
    const many = { q: {}, u: { $set: { a: 1 } }, multi: true };
    for (const command of [
      { update: 'many', updates: [many], txnNumber: NUMBER },
      { delete: 'many', deletes: [{ q: {}, limit: 0 }], txnNumber: NUMBER },
    ])
      expect(await run(command)).toMatchObject({ n: 0, writeErrors: [{ index: 0, code: 72 }] });
    const bulk = {
      bulkWrite: 1,
      ops: [{ update: 0, filter: {}, updateMods: { $set: { a: 1 } }, multi: true }],
      nsInfo: [{ ns: 'test.many' }],
      txnNumber: NUMBER,
    };
    const { cursor } = await shared.client.db('admin').command(bulk);
    expect((cursor as Document)['firstBatch']).toMatchObject([{ ok: 0, code: 72 }]);
  });

  it('who keeps to the stable API gets nothing else', async () => {
    const strict = { apiVersion: '1', apiStrict: true, apiDeprecationErrors: true };
    expect((await run({ find: 'c', ...strict }))['ok']).toBe(1);
    expect((await run({ distinct: 'c', key: 'a', apiVersion: '1' }))['ok']).toBe(1);
    await refused({ distinct: 'c', key: 'a', ...strict }, 323);
    await refused({ collStats: 'c', ...strict }, 323);
    await refused({ serverStatus: 1, ...strict }, 323);
    await refused({ find: 'c', noCursorTimeout: true, ...strict }, 323);
    await refused({ create: 'tuned', storageEngine: {}, ...strict }, 323);
    const indexes = [{ key: { a: 1 }, name: 'a_1', sparse: true }];
    await refused({ createIndexes: 'c', indexes, ...strict }, 323);
    const figures = (spec: Document): Document => ({
      aggregate: 'times',
      pipeline: [{ $collStats: spec }],
      cursor: {},
      ...strict,
    });
    await refused(figures({ storageStats: {} }), 323);
    expect((await run(figures({ count: {} })))['ok']).toBe(1);
  });
});
