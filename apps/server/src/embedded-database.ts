import { spawnEmbeddedMongo } from '@cadre/embedded-mongo';
import { StartError, type Env } from './env';

/** Where the data lies, and how to let go of it. */
export interface DatabaseServer {
  uri: string;
  name: string;
  /** Other server processes may use the same data: what happens in one is to be heard in all. */
  shared: boolean;
  stop(): Promise<void>;
}

const NAME = 'cadre';

/** The MongoDB given from outside, or an embedded one on the installation's own folder. */
export async function openDatabaseServer(env: Pick<Env, 'mongoUri' | 'dataDir'>): Promise<DatabaseServer> {
  if (env.mongoUri !== null) {
    const { pathname } = new URL(env.mongoUri);
    return {
      uri: env.mongoUri,
      name: pathname.slice(1) || NAME,
      shared: true,
      stop: () => Promise.resolve(),
    };
  }
  const embedded = await spawnEmbeddedMongo({ dbPath: env.dataDir }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new StartError(
      `数据文件夹不能用：${env.dataDir} / the data folder cannot be used: ${env.dataDir} (${reason})`,
    );
  });
  return { uri: embedded.uri, name: NAME, shared: false, stop: () => embedded.stop() };
}
