import { resolve } from 'node:path';
import { toCivilDate } from '@cadre/domain/core';
import pino from 'pino';
import { hostsOf } from './connect';
import { digestOfDemonstration, openDemonstrationServer, stampOf } from './demonstration-folder';
import { openDatabaseServer } from './embedded-database';
import { mode, readEnv, StartError } from './env';
import { demonstrationLines } from './scripts/print-demonstration';
import { DEMONSTRATION_LOADED, loadDemonstration } from './scripts/load-demonstration';
import { readOptions } from './scripts/read-options';
import { DEMONSTRATION_START, startServer, type RunningServer, type ServerOptions } from './server';
import { withSignOfLife } from './sign-of-life';

const ROOT = resolve(import.meta.dirname, '../../..');
const USAGE = '用法 / usage: main.js [--mode demo|live]';

async function main(): Promise<void> {
  const values = readOptions({ mode: { type: 'string', default: 'demo' } }, USAGE);
  const chosen = mode.safeParse(values.mode);
  if (!chosen.success) throw new StartError(USAGE);
  const env = readEnv(process.env, chosen.data, ROOT);
  const logger = pino({ level: env.logLevel }, pino.destination(2));
  if (env.mode === 'demo' && process.env['MONGODB_URI'] !== undefined)
    say(
      '演示模式使用自带数据库，忽略 MONGODB_URI / the demonstration uses its own database and ignores MONGODB_URI',
    );

  if (env.mongoUri !== null) {
    const hosts = hostsOf(env.mongoUri);
    say(`正在连接数据库 ${hosts} / connecting to the database ${hosts} …`);
  }
  const digest = env.mode === 'demo' ? await digestOfDemonstration(ROOT) : '';
  const database =
    env.mode === 'demo'
      ? await openDemonstrationServer(env, { digest, today: toCivilDate(new Date()), say })
      : await openDatabaseServer(env);
  let server: RunningServer | null = null;
  let stopping: Promise<void> | null = null;
  // Told to stop before anybody can reach us, there is only the database to close.
  const stop = () => {
    stopping ??= (async () => {
      say('正在停止 / stopping …');
      await server?.stop();
      await database.stop();
    })().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Without its database the product answers nobody, and says so by ending: whoever started it starts both again.
  void database.ended?.then(() => {
    if (stopping) return;
    process.stderr.write(
      '数据库进程意外结束，产品随之停止；已确认的数据都在，请重新启动 / the database process has ended, and the product with it; nothing acknowledged is lost, start it again\n',
    );
    process.exit(1);
  });
  server = await startServer({
    env,
    database,
    logger,
    root: ROOT,
    ...(env.mode === 'demo' ? { prepare: prepareDemonstration(digest) } : {}),
  }).catch(async (error: unknown) => {
    stopping ??= database.stop();
    await stopping;
    throw error;
  });
  say(`学员端 / learner app   ${server.url}/`);
  say(`管理端 / admin app     ${server.url}/admin/`);

  if (env.mode === 'demo') for (const line of demonstrationLines()) say(line);
  else if (!(await server.repositories.accounts.hasAny()))
    say(
      '还没有人能登录：另开一个终端运行 npm run create-admin / nobody can sign in yet: run npm run create-admin in another terminal',
    );
}

const prepareDemonstration =
  (digest: string): NonNullable<ServerOptions['prepare']> =>
  async (parts) => {
    if (await parts.repositories.settings.find(DEMONSTRATION_LOADED)) return;
    say('首次启动，正在准备演示数据 / first start, preparing the demonstration data …');
    const stamp = stampOf(digest, parts.database.fields());
    await withSignOfLife('准备演示数据 / preparing the demonstration data', say, () =>
      loadDemonstration({ ...parts, start: DEMONSTRATION_START, stamp }),
    );
  };

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`,
  );
  process.exit(1);
});
