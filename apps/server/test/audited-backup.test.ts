import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRepositories, createServices } from '@cadre/api/container';
import { lessonFacts } from '@cadre/api/testing';
import { connectDatabase } from '@cadre/db/core';
import { createTestClock, createTestIds, reachAround } from '@cadre/db/testing';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabaseServer } from '../src/embedded-database';
import { addMembers } from '../src/testing/members';

const run = promisify(execFile);
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const DATABASE = pathOf('../../../packages/embedded-mongo/bin/embedded-mongo.mjs');
const EXPORT = pathOf('../src/scripts/export-ledger.ts');
const VERIFY = pathOf('../../../packages/ledger-verifier/src/main.ts');
const PEOPLE = 6;

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadre-audit-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What the auditor does with a folder of data: the ledger as it lies in the database, against the root kept apart. */
async function audit(data: string): Promise<{ code: number; says: string }> {
  const { MONGODB_URI: _given, ...inherited } = process.env;
  const node = ['--import', 'tsx'];
  await run(process.execPath, [...node, EXPORT, at('ledger.jsonl'), '--mode', 'live'], {
    env: { ...inherited, DATA_DIR: data },
  });
  return run(process.execPath, [...node, VERIFY, at('ledger.jsonl'), '--root', at('root.json')]).then(
    ({ stdout }) => ({ code: 0, says: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, says: stdout }),
  );
}

it(
  'an auditor restores a backup, finds it whole, and then what was changed around the product by person and entry',
  { timeout: 240_000 },
  async () => {
    const server = await openDatabaseServer({ mongoUri: null, dataDir: at('data') });
    const database = await connectDatabase(server);
    const repositories = createRepositories(database);
    await database.ensureIndexes();
    const clock = createTestClock(new Date('2026-11-18T01:00:00Z'));
    const newId = createTestIds();
    const services = createServices(database, repositories, {
      clock,
      systemClock: clock,
      newId,
      random: { bytes: (count) => Buffer.alloc(count, 7) },
      passwords: { hash: (text) => Promise.resolve(text), verify: () => Promise.resolve(false) },
      publisher: { publish: () => undefined },
      demonstration: null,
      publicUrl: '',
    });
    const members = await addMembers(repositories, newId, PEOPLE, clock.now());
    const people = await repositories.people.listByIds(members.map(({ actor }) => actor.personId));
    const ids = people.map(({ id }) => id);
    await services.regulation.importApproved(DEMO_REGULATION_TEXT, people[0]!.unitId);
    for (let lesson = 1; lesson <= 4; lesson += 1)
      await services.settlement.settleSources([lessonFacts(`L${lesson}`, ids)]);
    await services.seal.seal();
    await writeFile(at('root.json'), (await services.ledgerExport.newestRoot()) ?? '');

    // The backup is made while the product runs.
    await run(process.execPath, [DATABASE, 'backup', '--dbpath', at('data'), at('backup')]);
    await database.close();
    await server.stop();
    await run(process.execPath, [DATABASE, 'restore', '--dbpath', at('restored'), at('backup')]);
    const whole = await audit(at('restored'));
    expect(whole.says).toContain('✓ 没有发现改动');
    expect(whole.says).toContain(`共 ${PEOPLE} 人、${PEOPLE * 4} 次结算、${PEOPLE * 4} 条流水`);
    expect(whole.says).toContain('以另行保存的第 1 号封存（2026-11-17）为准');
    expect(whole.code).toBe(0);

    const restored = await openDatabaseServer({ mongoUri: null, dataDir: at('restored') });
    const { id: personId, personNo } = people[3]!;
    await reachAround(restored, 'creditEntries', (entries) =>
      entries.updateOne({ personId, seq: 3 }, { $set: { amount: 990_000 } }),
    );
    // The export joins the server that has the folder already.
    const changed = await audit(at('restored'));
    await restored.stop();
    expect(changed.code).toBe(1);
    expect(changed.says).toContain(`人员 ${personNo} 第 3 条`);
    expect(changed.says).toContain('这条流水被改过');
  },
);
