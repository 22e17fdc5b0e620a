import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createRepositories, createServices } from '@cadre/api/container';
import { createSettingRepository } from '@cadre/db/setting';
import { createIdGenerator } from '@cadre/domain/core';
import { openDemonstrationClock, systemClock } from '../clocks';
import { connect } from '../connect';
import { openDatabaseServer } from '../embedded-database';
import { mode, readEnv, StartError, type Mode } from '../env';
import { argon2Passwords } from '../passwords';
import { DEMONSTRATION_START } from '../server';

const ROOT = resolve(import.meta.dirname, '../../..');
const cwd = resolve(process.env['INIT_CWD'] ?? '.');

/** Where a live installation lies it is meant; otherwise the demonstration. */
const usualMode = (): Mode =>
  process.env['MONGODB_URI'] !== undefined || existsSync(resolve(ROOT, '.data/live')) ? 'live' : 'demo';

/** Writes the ledger into a file (`-`: standard output), and the newest signed root into another one to be kept apart. */
async function exportLedger(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { mode: { type: 'string' }, root: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  const chosen = mode.safeParse(values.mode ?? usualMode());
  if (file === undefined || !chosen.success)
    throw new StartError('用法 / usage: npm run export:ledger -- FILE [--root ROOTFILE] [--mode demo|live]');
  const server = await openDatabaseServer(readEnv(process.env, chosen.data, ROOT), {
    join: true,
    existing: true,
  });
  const database = await connect(server);
  try {
    const settings = createSettingRepository(database);
    const services = createServices(database, createRepositories(database), {
      clock:
        chosen.data === 'demo'
          ? await openDemonstrationClock(settings, systemClock, DEMONSTRATION_START)
          : systemClock,
      systemClock,
      newId: createIdGenerator(
        () => systemClock.now().getTime(),
        (count) => randomBytes(count),
      ),
      random: { bytes: (count) => randomBytes(count) },
      passwords: argon2Passwords,
      publisher: { publish: () => undefined },
      demonstration: null,
      publicUrl: '',
    });
    await database.ensureIndexes();
    const out = file === '-' ? process.stdout : createWriteStream(resolve(cwd, file));
    await pipeline(services.ledgerExport.lines(), out, { end: file !== '-' });
    const root = await services.ledgerExport.newestRoot();
    if (values.root !== undefined && root !== null) await writeFile(resolve(cwd, values.root), root);
    process.stderr.write(
      `学分流水已导出(${chosen.data}) / the ledger has been exported${root === null ? ';还没有封存 / not sealed yet' : ''}\n`,
    );
  } finally {
    await database.close();
    await server.stop();
  }
}

exportLedger().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`,
    );
    process.exit(2);
  },
);
