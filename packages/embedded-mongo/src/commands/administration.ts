import { DateTime, Doc, isNumber, toNumber, type Value } from '../bson';
import { checkCollection } from '../engine/verify';
import { ErrorCode, fail } from '../errors';
import { checkFields, flag, isOff, text, whole } from './arguments';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { REPLICA_SET, SERVER_VERSION, signedIn } from './instance';
import { targetName } from './reading';
import { bytesOfIndexes, measure, storageStatistics } from './sizes';

/** What sizes are divided by. */
function scaleOf(context: CommandContext): number {
  const scale = whole(context.command, 'scale') ?? 1;
  return scale >= 1 ? scale : fail(ErrorCode.BadValue, `scale has to be at least 1, but got ${scale}`);
}

export const collStats: CommandDefinition = {
  name: 'collStats',
  aliases: ['collstats'],
  fields: { collStats: 'collection', collstats: 'collection', scale: 'number' },
  async run(context) {
    const name = targetName(context);
    const scale = scaleOf(context);
    const sizes = await measure(context, context.collection(name));
    return Doc.from([['ns', `${context.database}.${name}`], ...storageStatistics(sizes, scale).entries()]);
  },
};

export const dbStats: CommandDefinition = {
  name: 'dbStats',
  aliases: ['dbstats'],
  fields: { dbStats: 'any', dbstats: 'any', scale: 'number', freeStorage: 'any' },
  async run(context) {
    const collections = context.engine.collections(context.database);
    const scale = scaleOf(context);
    let objects = 0;
    let bytes = 0;
    let indexes = 0;
    let indexBytes = 0;
    for (const collection of collections) {
      const sizes = await measure(context, collection);
      objects += sizes.documents.count;
      bytes += sizes.documents.bytes;
      indexes += sizes.indexes.size;
      indexBytes += bytesOfIndexes(sizes);
    }
    return Doc.of({
      db: context.database,
      collections: collections.length,
      views: 0,
      objects,
      avgObjSize: objects > 0 ? bytes / objects : 0,
      dataSize: bytes / scale,
      storageSize: bytes / scale,
      indexes,
      indexSize: indexBytes / scale,
      totalSize: (bytes + indexBytes) / scale,
      scaleFactor: scale,
    });
  },
};

export const serverStatus: CommandDefinition = {
  name: 'serverStatus',
  fields: { serverStatus: 'any', repl: 'any', metrics: 'any', locks: 'any' },
  run({ instance }) {
    const uptime = Math.floor((instance.engine.now() - instance.startedAt) / 1000);
    return Doc.of({
      host: instance.address,
      version: SERVER_VERSION,
      process: 'embedded-mongo',
      pid: process.pid,
      uptime,
      localTime: new DateTime(instance.engine.now()),
      connections: Doc.of({ current: instance.connections }),
      storageEngine: Doc.of({ name: 'embedded', supportsCommittedReads: true, persistent: true }),
      mem: Doc.of({ resident: Math.round(process.memoryUsage().rss / 1e6) }),
      transactions: Doc.of({ currentOpen: instance.sessions.openTransactions }),
      metrics: Doc.of({ cursor: Doc.of({ open: Doc.of({ total: instance.cursors.size }) }) }),
      repl: Doc.of({ setName: REPLICA_SET, me: instance.address }),
    });
  },
};

/** Recomputes every index from the documents and compares. */
export const validate: CommandDefinition = {
  name: 'validate',
  fields: { validate: { required: 'collection' }, full: 'bool', checkBSONConformance: 'bool' },
  async run(context) {
    const name = targetName(context);
    const collection = context.collection(name);
    if (!collection) {
      return fail(
        ErrorCode.NamespaceNotFound,
        `Collection '${context.database}.${name}' does not exist to validate.`,
      );
    }
    const errors: Value[] = [];
    let count = 0;
    for (const step of checkCollection(collection, context.engine.store.live)) {
      if (step.kind === 'problem') errors.push(step.text);
      else count++;
      await context.breathe();
    }
    return Doc.of({
      ns: collection.namespace,
      nrecords: count,
      nIndexes: collection.readyIndexes.length,
      valid: errors.length === 0,
      errors,
      warnings: [],
    });
  },
};

export const connectionStatus: CommandDefinition = {
  name: 'connectionStatus',
  open: true,
  fields: { connectionStatus: 'any', showPrivileges: 'bool' },
  run({ instance, connection }) {
    const { users, roles } = signedIn(instance, connection);
    return Doc.of({ authInfo: Doc.of({ authenticatedUsers: users, authenticatedUserRoles: roles }) });
  },
};

const notShown = { refused: 'not offered by this server', unless: isOff };

/** Tells of the only user there is; it belongs to `admin`. Without a password there is none. */
export const usersInfo: CommandDefinition = {
  name: 'usersInfo',
  fields: {
    usersInfo: { required: 'any' },
    showCredentials: notShown,
    showPrivileges: notShown,
    showAuthenticationRestrictions: notShown,
    filter: notShown,
    showCustomData: 'bool',
  },
  run({ command, database, instance }) {
    const { verifier } = instance;
    const asked = command.get('usersInfo') as Value;
    const isAsked = (one: Value): boolean => {
      if (typeof one === 'string') return database === 'admin' && one === verifier?.user;
      if (one instanceof Doc) {
        checkFields('usersInfo', one, { user: 'string', db: 'string', forAllDBs: 'bool' }, false);
        return flag(one, 'forAllDBs') || (one.get('user') === verifier?.user && one.get('db') === 'admin');
      }
      if (!isNumber(one) || toNumber(one) !== 1)
        fail(ErrorCode.BadValue, 'User and role names must be either strings or objects');
      return database === 'admin';
    };
    const wanted = (Array.isArray(asked) ? asked : [asked]).map(isAsked).includes(true);
    if (!verifier || !wanted) return Doc.of({ users: [] });
    const user = Doc.of({
      _id: `admin.${verifier.user}`,
      user: verifier.user,
      db: 'admin',
      roles: [Doc.of({ role: 'root', db: 'admin' })],
      mechanisms: ['SCRAM-SHA-256'],
    });
    return Doc.of({ users: [user] });
  },
};

export const getParameter: CommandDefinition = {
  name: 'getParameter',
  adminOnly: true,
  fields: {
    getParameter: 'any',
    featureCompatibilityVersion: 'any',
    authenticationMechanisms: 'any',
    allParameters: 'any',
  },
  run({ command }) {
    const all = Doc.of({
      featureCompatibilityVersion: Doc.of({ version: SERVER_VERSION.split('.').slice(0, 2).join('.') }),
      authenticationMechanisms: ['SCRAM-SHA-256'],
    });
    if (command.get('getParameter') === '*') return all;
    const asked = all.entries().filter(([key]) => command.has(key));
    if (asked.length === 0) fail(ErrorCode.InvalidOptions, 'no option found to get');
    return Doc.from(asked);
  },
};

export const getCmdLineOpts: CommandDefinition = {
  name: 'getCmdLineOpts',
  adminOnly: true,
  fields: { getCmdLineOpts: 'any' },
  run: () => Doc.of({ argv: [], parsed: new Doc() }),
};

export const getLog: CommandDefinition = {
  name: 'getLog',
  adminOnly: true,
  fields: { getLog: 'any' },
  run: () => Doc.of({ totalLinesWritten: 0, log: [] }),
};

export const whatsmyuri: CommandDefinition = {
  name: 'whatsmyuri',
  open: true,
  fields: { whatsmyuri: 'any' },
  run: ({ instance }) => Doc.of({ you: instance.address }),
};

export const configureFailPoint: CommandDefinition = {
  name: 'configureFailPoint',
  adminOnly: true,
  fields: { configureFailPoint: { required: 'string' }, mode: 'any', data: 'document' },
  run({ command, instance }) {
    if (!instance.options.testCommands) {
      return fail(
        ErrorCode.CommandNotFound,
        "no such command: 'configureFailPoint'; test commands are not enabled",
      );
    }
    const name = text(command, 'configureFailPoint');
    if (name !== 'failCommand') fail(ErrorCode.NotImplemented, `the fail point '${name}' is not offered`);
    instance.failPoints.configure(command.get('mode'), command.get('data'));
    return new Doc();
  },
};
