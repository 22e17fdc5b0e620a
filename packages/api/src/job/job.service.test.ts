import type { PersonActor } from '@cadre/domain/access';
import type { Person, Unit } from '@cadre/domain/identity';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addLiveScene, createTestApi, TEST_NOW, type TestApi } from '../testing';

let api: TestApi;
let unit: Unit;
let cadre: Person;
let admin: PersonActor;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.renew();
  vi.restoreAllMocks();
  unit = await api.addUnit();
  cadre = await api.addPerson(unit);
  admin = api.actorOf(cadre, { role: 'system-admin', scope: { kind: 'network' } });
});

/** Two sessions that nobody opened, the end of the first of which the database refuses. */
async function oneThatFails() {
  const broken = await addLiveScene(api.repositories, api.newId);
  const sound = await addLiveScene(api.repositories, api.newId);
  const tryTransition = api.repositories.sessions.tryTransition.bind(api.repositories.sessions);
  const ended = vi
    .spyOn(api.repositories.sessions, 'tryTransition')
    .mockImplementation((id, ...rest) =>
      id === broken.session.id ? Promise.reject(new Error('broken pipe')) : tryTransition(id, ...rest),
    );
  api.clock.set(new Date('2026-11-19T02:00:00Z'));
  return { broken, sound, ended };
}

let later = Date.now();
/** Tries the job so often, as the runner does, each time later. */
async function fail(times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    later += 86_400_000;
    const far = new Date(later);
    const job = (await api.repositories.jobs.tryClaim(['live:end-unopened'], far, 1_000))!;
    await api.repositories.jobs.fail(job, 'broken pipe', far);
  }
}

it('what fails in a round does not hold up the rest, and is not tried with every round', async () => {
  const { broken, sound, ended } = await oneThatFails();
  expect(await api.services.room.endUnopened()).toBe(1);
  expect((await api.repositories.sessions.getById(sound.session.id)).status).toBe('not-held');
  const tried = ended.mock.calls.length;
  expect(await api.services.room.endUnopened()).toBe(0);
  expect(ended).toHaveBeenCalledTimes(tried);
  expect((await api.repositories.sessions.getById(broken.session.id)).status).toBe('scheduled');
});

it('the system admin sees what stays stuck, with its reason and without the text of the defect', async () => {
  const { broken } = await oneThatFails();
  await api.services.room.endUnopened();
  expect(await api.services.job.stuck(admin)).toEqual([]);
  await fail(3);
  const [stuck, ...others] = await api.services.job.stuck(admin);
  expect(others).toEqual([]);
  expect(stuck).toMatchObject({
    kind: 'live:end-unopened',
    subject: broken.session.title,
    attempts: 3,
    code: 'DEFECT',
    givenUp: false,
  });
  expect(JSON.stringify(stuck)).not.toContain('pipe');
  await fail(5);
  expect(await api.services.job.stuck(admin)).toMatchObject([{ attempts: 8, givenUp: true }]);
});

it('is tried again as a new job when the system admin asks, ten times at once like once, and by nobody else', async () => {
  const { broken } = await oneThatFails();
  await api.services.room.endUnopened();
  await fail(8);
  const [stuck] = await api.services.job.stuck(admin);
  const stranger = api.actorOf(cadre, { role: 'auditor', scope: { kind: 'network' } });
  await expect(api.services.job.retry(stranger, stuck!.id)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  await expect(api.services.job.stuck(stranger)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await api.services.job.stuck(admin)).toMatchObject([{ givenUp: true }]);

  await Promise.all(Array.from({ length: 10 }, () => api.services.job.retry(admin, stuck!.id)));
  expect(await api.services.job.stuck(admin)).toEqual([]);
  const far = new Date(later + 86_400_000);
  const job = await api.repositories.jobs.tryClaim(['live:end-unopened'], far, 1_000);
  expect(job).toMatchObject({ attempts: 1, payload: { key: broken.session.id } });
  expect(await api.repositories.jobs.tryClaim(['live:end-unopened'], far, 1_000)).toBeNull();
  vi.restoreAllMocks();
  expect(await api.services.room.endUnopenedSession(broken.session.id)).toBe(true);
  await api.repositories.jobs.complete(job!.id);
  await expect(api.services.job.retry(admin, job!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('a line whose end the room never records is left to a job with its moment', async () => {
  const scene = await addLiveScene(api.repositories, api.newId);
  const processId = api.newId();
  const line = { id: 'line-1', sessionId: scene.session.id, personId: cadre.id };
  const { roomLine } = api.services;
  vi.spyOn(api.repositories.sessions, 'findById').mockRejectedValue(new Error('broken pipe'));
  for (let count = 0; count < 2; count += 1)
    await expect(count === 0 ? roomLine.disconnect(line) : roomLine.beat(processId)).rejects.toThrow();
  api.clock.advanceMinutes(5);
  await roomLine.beat(processId);
  await roomLine.beat(processId);
  const far = new Date(Date.now() + 86_400_000);
  expect(await api.repositories.jobs.tryClaim(['live:end-line'], far, 1_000)).toMatchObject({
    key: 'line-1',
    payload: { sessionId: scene.session.id, personId: cadre.id, at: TEST_NOW },
  });
});
