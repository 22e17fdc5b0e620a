import { databaseNameIn } from '@cadre/db/core';
import { holdsData, spawnEmbeddedMongo } from '@cadre/embedded-mongo';
import { folderRefusal, openDataFolder } from './data-folder';
import { StartError, type Env } from './env';

/** Where the data lies, and how to let go of it. */
export interface DatabaseServer {
  uri: string;
  name: string;
  /** Other server processes may use the same data: what happens in one is to be heard in all. */
  shared: boolean;
  /** Resolves when the embedded database that this process started has ended; null where it started none. */
  ended: Promise<unknown> | null;
  stop(): Promise<void>;
}

const NAME = 'cadre';

/**
 * The MongoDB given from outside, or an embedded one on the installation's own folder. A folder that another process
 * serves is refused: two products would not hear of each other. A script may `join`, and work beside the
 * product; one that only reads asks for an `existing` database, and makes none.
 */
export async function openDatabaseServer(
  env: Pick<Env, 'mongoUri' | 'dataDir'>,
  { join = false, existing = false }: { join?: boolean; existing?: boolean } = {},
): Promise<DatabaseServer> {
  if (env.mongoUri !== null) {
    return {
      uri: env.mongoUri,
      name: databaseNameIn(env.mongoUri) ?? NAME,
      shared: true,
      ended: null,
      stop: () => Promise.resolve(),
    };
  }
  if (existing && !holdsData(env.dataDir))
    throw new StartError(
      `数据文件夹里没有数据库：${env.dataDir} / there is no database in the data folder: ${env.dataDir}`,
    );
  await openDataFolder(env.dataDir);
  const embedded = await spawnEmbeddedMongo({ dbPath: env.dataDir, join }).catch((error: unknown) => {
    throw folderRefusal(env.dataDir, error);
  });
  return {
    uri: embedded.uri,
    name: NAME,
    shared: !embedded.owned,
    ended: embedded.owned ? embedded.exited : null,
    stop: () => embedded.stop(),
  };
}
