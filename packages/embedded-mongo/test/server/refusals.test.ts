import { Long } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/registry';
import { testServer } from '../support';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Every database command that MongoDB 8 documents, by the group of its manual. */
const PUBLISHED = words(`
  aggregate count distinct mapReduce
  bulkWrite delete find findAndModify getMore insert resetError update
  planCacheClear planCacheClearFilters planCacheListFilters planCacheSetFilter removeQuerySettings setQuerySettings
  authenticate getnonce logout createUser dropAllUsersFromDatabase dropUser grantRolesToUser revokeRolesFromUser updateUser usersInfo
  createRole dropRole dropAllRolesFromDatabase grantPrivilegesToRole grantRolesToRole invalidateUserCache revokePrivilegesFromRole
  revokeRolesFromRole rolesInfo updateRole
  appendOplogNote applyOps hello isMaster ismaster replSetAbortPrimaryCatchUp replSetFreeze replSetGetConfig replSetGetStatus
  replSetInitiate replSetMaintenance replSetReconfig replSetResizeOplog replSetStepDown replSetSyncFrom
  abortMoveCollection abortReshardCollection abortUnshardCollection addShard addShardToZone analyzeShardKey balancerCollectionStatus
  balancerStart balancerStatus balancerStop checkShardingIndex clearJumboFlag cleanupOrphaned cleanupReshardCollection
  commitReshardCollection configureCollectionBalancing configureQueryAnalyzer enableSharding flushRouterConfig getShardMap
  getShardVersion isdbgrid listShards medianKey moveChunk moveCollection movePrimary moveRange mergeAllChunksOnShard mergeChunks
  refineCollectionShardKey removeShard removeShardFromZone reshardCollection setAllowMigrations setShardVersion shardCollection
  shardingState split splitVector transitionFromDedicatedConfigServer transitionToDedicatedConfigServer unshardCollection unsetSharding
  updateZoneKeyRange
  abortTransaction commitTransaction endSessions killAllSessions killAllSessionsByPattern killSessions refreshSessions startSession
  autoCompact cloneCollectionAsCapped collMod compact compactStructuredEncryptionData convertToCapped create createIndexes currentOp
  drop dropDatabase dropConnections dropIndexes filemd5 fsync fsyncUnlock getAuditConfig getClusterParameter getDefaultRWConcern
  getParameter killCursors killOp listCollections listDatabases listIndexes logRotate reIndex renameCollection rotateCertificates
  setAuditConfig setClusterParameter setDefaultRWConcern setFeatureCompatibilityVersion setIndexCommitQuorum setParameter
  setUserWriteBlockMode shutdown
  buildInfo collStats connPoolStats connPoolSync connectionStatus cursorInfo dataSize dbHash dbStats driverOIDTest explain features
  getCmdLineOpts getLog hostInfo _isSelf listCommands lockInfo netstat ping profile serverStatus shardConnPoolStats top validate
  validateDBMetadata whatsmyuri
  createSearchIndexes dropSearchIndex listSearchIndexes updateSearchIndex
  logApplicationMessage
`);

/** Known to drivers and shells, but not in the manual's list. */
const UNPUBLISHED = words(
  'saslStart saslContinue configureFailPoint buildinfo collstats dbstats deleteIndexes findandmodify',
);

/** What stands behind a command's name where that is not the name of a collection. */
const ARGUMENTS: Readonly<Record<string, unknown>> = {
  dropDatabase: 1,
  explain: { find: 'c' },
  getMore: Long.fromNumber(1),
  endSessions: [],
  killAllSessions: [],
  killSessions: [],
  refreshSessions: [],
};

const OFFERED = PUBLISHED.filter((name) => COMMANDS.has(name));

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

  it('is told apart from what is: every command answers to a published name', () => {
    expect([...COMMANDS.keys()].sort()).toEqual([...OFFERED, ...UNPUBLISHED].sort());
  });

  it.each([...PUBLISHED.filter((name) => !COMMANDS.has(name)), 'noSuchThing'])(
    'the command %s is refused by name',
    async (name) => {
      expect(await refusal({ [name]: 1 }, 'admin')).toMatchObject({ code: 59, codeName: 'CommandNotFound' });
    },
  );

  it.each(OFFERED)('the command %s takes no field that it does not know', async (name) => {
    const error = await refusal({ [name]: ARGUMENTS[name] ?? 'c', nonsense: 1 }, 'admin');
    expect(error).toMatchObject({ code: 40415 });
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
