import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connectDatabase, withDatabaseName } from '@cadre/db/core';
import { expect, it } from 'vitest';
import { openDatabaseServer } from '../src/embedded-database';
import { spawnServer } from '../src/testing/server-process';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('told to stop as soon as anybody can reach it, it stops in order', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'cadre-stopped-'));
  const given = process.env['MONGODB_URI'];
  const mongoUri = given ? withDatabaseName(given, `cadre_test_${randomUUID().slice(0, 8)}`) : null;
  const port = await freePort();
  const child = spawnServer({
    DATA_DIR: dataDir,
    PORT: String(port),
    ...(mongoUri === null ? {} : { MONGODB_URI: mongoUri }),
  });
  const exited = once(child, 'exit');
  const said = text(child.stdout);
  await expect
    .poll(() => fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null), { interval: 2, timeout: 60_000 })
    .not.toBeNull();
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(await said).toContain('正在停止');

  const server = await openDatabaseServer({ mongoUri, dataDir });
  const database = await connectDatabase(server);
  if (mongoUri !== null) await database.drop();
  await database.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});
