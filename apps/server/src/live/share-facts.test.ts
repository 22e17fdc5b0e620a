import { createTestClock, createTestDatabase, createTestIds, type TestDatabase } from '@cadre/db/testing';
import { createRepositories } from '@cadre/api/container';
import type { LiveFact } from '@cadre/domain/live';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPublisherHub } from '../publisher';
import { shareFacts } from './share-facts';

const newId = createTestIds();
// The database takes facts away a minute after they were told, by its own clock.
const clock = createTestClock(new Date());
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const fail = (error: unknown): never => {
  throw error;
};
/** A server process as far as facts are concerned, with what its screens have heard. */
async function startProcess() {
  const hub = createPublisherHub(fail);
  const heard: LiveFact[] = [];
  hub.subscribe((fact) => heard.push(fact));
  const { facts } = createRepositories(test.database);
  await test.database.ensureIndexes();
  const shared = shareFacts({ facts, hub, newId, systemClock: clock, onError: fail });
  return { hub, heard, shared };
}

it('what one process tells is heard in the others once, and not told back', async () => {
  const [one, two, three] = [await startProcess(), await startProcess(), await startProcess()];
  const at = new Date('2026-11-18T06:01:00Z');
  const told: LiveFact[] = [
    { type: 'class:changed', classId: newId() },
    {
      type: 'room:event',
      event: {
        id: newId(),
        sessionId: newId(),
        seq: 1,
        at,
        recordedAt: at,
        body: { type: 'room-opened', by: newId() },
      },
    },
  ];
  for (const fact of told) one.hub.publish(fact);
  for (let round = 0; round < 3; round += 1) for (const { shared } of [one, two, three]) await shared.beat();
  expect([one.heard, two.heard, three.heard]).toEqual([told, told, told]);

  two.hub.publish({ type: 'clock:moved' });
  await two.shared.stop();
  await one.shared.beat();
  expect(one.heard.slice(2)).toEqual([{ type: 'clock:moved' }]);
  for (const { shared } of [one, three]) await shared.stop();
});
