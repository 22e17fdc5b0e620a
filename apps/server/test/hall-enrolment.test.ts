import { addLiveScene } from '@cadre/api/testing';
import { createTestClock, createTestIds } from '@cadre/db/testing';
import type { EnrollResult } from '@cadre/domain/enrollment';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMembers } from '../src/testing/members';
import { startTestServer, type TestServer } from '../src/testing/test-server';

const SEATS = 20;
const PEOPLE = 300;
const NOW = new Date('2026-11-12T01:00:00Z');

const clock = createTestClock(NOW);
const newId = createTestIds();
let app: TestServer;
beforeAll(async () => {
  app = await startTestServer({ clock });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const ascending = (values: readonly (number | null)[]): number[] => values.map(Number).sort((a, b) => a - b);

it('a hall of 300 behind one address asks at once for 20 seats: 20 sit, 280 wait in the order of their numbers, nobody is turned away', async () => {
  const { repositories, services } = app.server;
  const scene = await addLiveScene(repositories, newId, { trainingClass: { capacity: SEATS } });
  const classId = scene.trainingClass.id;
  const members = await addMembers(repositories, newId, PEOPLE, NOW);

  const answers = await Promise.all(
    members.map(({ cookie }) => app.call('mutation', 'enrollment.enroll', { classId }, { cookie })),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const results = answers.map(
    ({ body }) => (body as { result: { data: { json: EnrollResult } } }).result.data.json,
  );
  expect(results.filter(({ state }) => state === 'enrolled')).toHaveLength(SEATS);
  const waiting = results.filter(({ state }) => state === 'waiting');
  expect(ascending(waiting.map(({ position }) => position))).toEqual(numbers(1, PEOPLE - SEATS));

  const kept = await repositories.enrollments.listByClass(classId, ['enrolled', 'waiting']);
  expect(new Set(kept.map(({ personId }) => personId)).size).toBe(PEOPLE);
  expect(ascending(kept.map(({ seq }) => seq))).toEqual(numbers(1, PEOPLE));
  const seqOf = new Map(kept.map(({ id, seq }) => [id, seq]));
  const inOrder = [...waiting].sort((a, b) => Number(a.position) - Number(b.position));
  expect(inOrder.map(({ enrollmentId }) => seqOf.get(enrollmentId))).toEqual(numbers(SEATS + 1, PEOPLE));

  expect(await repositories.classes.getById(classId)).toMatchObject({
    seatsTaken: SEATS,
    waiting: PEOPLE - SEATS,
    ledgerSeq: PEOPLE,
  });
  expect(await services.seats.mismatches([classId])).toEqual([]);
});
