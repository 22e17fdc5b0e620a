import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

/** MongoDB's database commands that this server does not offer. */
const COMMANDS = [
  'abortReshardCollection',
  'addShard',
  'appendOplogNote',
  'analyzeShardKey',
  'applyOps',
  'authSchemaUpgrade',
  'balancerStart',
  'cleanupOrphaned',
  'cloneCollectionAsCapped',
  'compact',
  'connPoolStats',
  'convertToCapped',
  'createRole',
  'createSearchIndexes',
  'createUser',
  'currentOp',
  'dataSize',
  'dbHash',
  'dropAllRolesFromDatabase',
  'dropConnections',
  'dropRole',
  'dropUser',
  'enableSharding',
  'features',
  'filemd5',
  'flushRouterConfig',
  'fsync',
  'geoSearch',
  'getDefaultRWConcern',
  'grantRolesToUser',
  'hostInfo',
  'invalidateUserCache',
  'killOp',
  'listCommands',
  'listShards',
  'lockInfo',
  'logRotate',
  'mapReduce',
  'moveChunk',
  'planCacheClear',
  'profile',
  'reIndex',
  'replSetGetConfig',
  'replSetGetStatus',
  'replSetInitiate',
  'replSetStepDown',
  'rolesInfo',
  'rotateCertificates',
  'setDefaultRWConcern',
  'setFeatureCompatibilityVersion',
  'setParameter',
  'shardCollection',
  'shutdown',
  'top',
  'updateUser',
  'usersInfo',
  'validateDBMetadata',
  'noSuchThing',
];

const INDEX_KEYS = [
  { a: 'text' },
  { a: '2d' },
  { a: '2dsphere' },
  { a: 'hashed' },
  { '$**': 1 },
  { 'a.$**': 1 },
  { a: 'nonsense' },
  { a: 0 },
];

const OPTIONS: [string, Record<string, unknown>][] = [
  ['find', { find: 'c', collation: { locale: 'de' } }],
  ['find', { find: 'c', tailable: true }],
  ['find', { find: 'c', nonsense: 1 }],
  ['insert', { insert: 'c', documents: [{}], nonsense: 1 }],
  ['update', { update: 'c', updates: [{ q: {}, u: {}, nonsense: 1 }] }],
  ['update', { update: 'c', updates: [{ q: {}, u: {}, collation: { locale: 'de' } }] }],
  ['delete', { delete: 'c', deletes: [{ q: {}, limit: 0, nonsense: 1 }] }],
  ['aggregate', { aggregate: 'c', pipeline: [], cursor: {}, collation: { locale: 'de' } }],
  ['create', { create: 'x', capped: true, size: 4096 }],
  ['create', { create: 'x', viewOn: 'c', pipeline: [] }],
  ['create', { create: 'x', timeseries: { timeField: 't' } }],
  ['create', { create: 'x', clusteredIndex: { key: { _id: 1 }, unique: true } }],
  ['create', { create: 'x', changeStreamPreAndPostImages: { enabled: true } }],
  [
    'createIndexes',
    { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a', collation: { locale: 'de' } }] },
  ],
  ['createIndexes', { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a', nonsense: 1 }] }],
  ['findAndModify', { findAndModify: 'c', query: {}, remove: true, nonsense: 1 }],
];

describe('what is not offered', () => {
  const shared = testServer();
  const refusal = async (command: Record<string, unknown>, database = 'test'): Promise<unknown> =>
    shared.client
      .db(database)
      .command(command)
      .then(
        () => 'was accepted',
        (error: unknown) => error,
      );

  it.each(COMMANDS)('the command %s is refused by name', async (name) => {
    expect(await refusal({ [name]: 1 }, 'admin')).toMatchObject({ code: 59, codeName: 'CommandNotFound' });
  });

  it.each(INDEX_KEYS)('an index on %o is refused', async (key) => {
    const error = await refusal({ createIndexes: 'c', indexes: [{ key, name: 'i' }] });
    expect(error).toMatchObject({ code: 67, codeName: 'CannotCreateIndex' });
  });

  it.each(OPTIONS)('%s refuses %j', async (_, command) => {
    const error = (await refusal(command)) as { code: number; message: string };
    expect([67, 197, 238, 40415]).toContain(error.code);
    expect(error.message.length).toBeGreaterThan(10);
  });

  it('change streams are refused', async () => {
    const stream = shared.db.collection('c').watch();
    await expect(stream.next()).rejects.toMatchObject({ code: 40324 });
    await stream.close();
  });
});
