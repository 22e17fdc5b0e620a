import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createRepositories } from '@cadre/api/container';
import { DEMONSTRATION_CLOCK } from './clocks';
import { connect } from './connect';
import { openDatabaseServer, type DatabaseServer } from './embedded-database';
import { StartError, type Env } from './env';
import { DEMONSTRATION_LOADED } from './scripts/load-demonstration';

/** What lies in a folder: nothing yet (or the half of a first start), this version's demonstration, an earlier one, something else. */
type Content = 'unfinished' | 'current' | 'earlier' | 'foreign';

/** The folders of the demo package that decide what is demonstrated. */
const SOURCES = ['src', 'data', 'regulations'];
const isSource = (name: string): boolean => /\.(ts|json)$/.test(name) && !name.endsWith('.test.ts');

/** The digest of the files that make the demonstration, the same on every machine. */
export async function digestOfDemonstration(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const home = join(root, 'packages/demo', folder);
    const names = (await readdir(home, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
    for (const name of names.filter(isSource).sort())
      hash.update(`${folder}/${name}\n`).update(await readFile(join(home, name)));
  }
  return hash.digest('hex');
}

/**
 * The version of a demonstration: what makes it, and the fields in which this product keeps it. Data with another stamp
 * show something else, or cannot be read.
 */
export const stampOf = (digest: string, fields: readonly string[]): string =>
  createHash('sha256')
    .update([digest, ...fields].join('\n'))
    .digest('hex');

async function contentOf(server: DatabaseServer, digest: string): Promise<Content> {
  const database = await connect(server);
  try {
    const { settings, people, accounts } = createRepositories(database);
    const loaded = await settings.find(DEMONSTRATION_LOADED);
    if (loaded) return loaded['stamp'] === stampOf(digest, database.fields()) ? 'current' : 'earlier';
    const isOurs = (await settings.find(DEMONSTRATION_CLOCK)) !== null;
    const isUsed = (await accounts.hasAny()) || (await people.countActive('all')) > 0;
    return isUsed && !isOurs ? 'foreign' : 'unfinished';
  } finally {
    await database.close();
  }
}

/** A name beside the folder that nobody has taken: `demo-2026-11-30`, then `demo-2026-11-30-2`. */
function asideOf(folder: string, today: string): string {
  const name = `${folder}-${today}`;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(candidate)) return candidate;
  }
}

async function layAside(folder: string, today: string): Promise<string> {
  const aside = asideOf(folder.replace(/[\\/]+$/, ''), today);
  await rename(folder, aside).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `${folder} 里的演示数据是旧版本做的，又移不开（${error.code}），请先移走或运行 npm run reset / ` +
        `the demonstration data in ${folder} are of an earlier version and cannot be moved aside (${error.code}): move them yourself, or run npm run reset`,
    );
  });
  return aside;
}

/**
 * The demonstration's database. One that an earlier version of the product made is laid aside whole, so that nothing
 * anybody typed into it is lost, and an empty one is opened in its place. Data that are no demonstration's are refused.
 */
export async function openDemonstrationServer(
  { dataDir }: Pick<Env, 'dataDir'>,
  { digest, today, say }: { digest: string; today: string; say: (line: string) => void },
): Promise<DatabaseServer> {
  const where = { mongoUri: null, dataDir };
  const server = await openDatabaseServer(where);
  const content = await contentOf(server, digest).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  if (content === 'current' || content === 'unfinished') return server;
  await server.stop();
  if (content === 'foreign')
    throw new StartError(
      `${dataDir} 里不是演示数据，演示不会动它，请换一个 DATA_DIR / ${dataDir} holds data that are no demonstration’s and stay untouched: choose another DATA_DIR`,
    );
  const aside = await layAside(dataDir, today);
  say(
    `演示数据是旧版本做的，已原样移到 ${aside}（不需要可删除），现在重新准备 / the demonstration data were of an earlier version: moved as they were to ${aside} (may be deleted), preparing new ones`,
  );
  return openDatabaseServer(where);
}
