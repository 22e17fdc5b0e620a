import {
  collStats,
  configureFailPoint,
  connectionStatus,
  dbStats,
  getCmdLineOpts,
  getLog,
  getParameter,
  serverStatus,
  usersInfo,
  validate,
  whatsmyuri,
} from './administration';
import { bulkWrite } from './bulk-write';
import {
  collMod,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections';
import { findAndModify, insert, remove, update } from './crud';
import { getMore, killCursors } from './cursors';
import type { CommandDefinition } from './definition';
import { distinct } from './distinct';
import { aggregateOrExplain, explain } from './explain';
import { countDocuments, find } from './find';
import { buildInfo, hello, logout, ping, saslContinue, saslStart } from './handshake';
import { createIndexes, dropIndexes, listIndexes } from './indexes';
import {
  abortTransaction,
  commitTransaction,
  endSessions,
  killAllSessions,
  killSessions,
  refreshSessions,
} from './transactions';

const DEFINITIONS: readonly CommandDefinition[] = [
  hello,
  saslStart,
  saslContinue,
  logout,
  ping,
  buildInfo,
  find,
  countDocuments,
  getMore,
  killCursors,
  aggregateOrExplain,
  distinct,
  explain,
  insert,
  update,
  remove,
  findAndModify,
  bulkWrite,
  create,
  drop,
  dropDatabase,
  renameCollection,
  collMod,
  listCollections,
  listDatabases,
  createIndexes,
  listIndexes,
  dropIndexes,
  commitTransaction,
  abortTransaction,
  endSessions,
  killSessions,
  killAllSessions,
  refreshSessions,
  collStats,
  dbStats,
  serverStatus,
  validate,
  connectionStatus,
  usersInfo,
  getParameter,
  getCmdLineOpts,
  getLog,
  whatsmyuri,
  configureFailPoint,
];

/** Every command by each of its names. */
export const COMMANDS: ReadonlyMap<string, CommandDefinition> = new Map(
  DEFINITIONS.flatMap((definition) =>
    [definition.name, ...(definition.aliases ?? [])].map((name) => [name, definition] as const),
  ),
);
