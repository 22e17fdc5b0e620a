import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/maintenance';
import { randomSource, temporaryFolder } from '../support';
import { freePort, setting, startProcess } from './child';
import { Workload } from './workload';

const ROUNDS = setting('CRASH_ROUNDS', 2);
const WRITERS = setting('CRASH_WRITERS', 12);

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a server killed while it is being written to', () => {
  const folder = temporaryFolder();

  it(
    `loses nothing acknowledged and applies nothing twice (${ROUNDS} rounds, ${WRITERS} writers)`,
    { timeout: 60_000 + ROUNDS * 20_000 },
    async () => {
      const random = randomSource(ROUNDS);
      const args = ['--dbpath', folder(), '--port', String(await freePort())];
      let server = await startProcess(...args);
      const client = await new MongoClient(server.uri, {
        serverSelectionTimeoutMS: 60_000,
        maxPoolSize: 64,
      }).connect();
      const workload = await Workload.start(client, WRITERS);
      for (let round = 0; round < ROUNDS; round++) {
        await pause(200 + random.below(600));
        await server.kill();
        server = await startProcess(...args);
      }
      await pause(200);
      await workload.stop();
      await server.kill();
      server = await startProcess(...args);
      await workload.expectKept(client);
      await client.close();
      await server.kill();
      expect(verify(folder()).problems).toEqual([]);
    },
  );
});
