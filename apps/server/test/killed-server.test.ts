import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepositories, type Repositories } from '@cadre/api/container';
import { addLiveScene } from '@cadre/api/testing';
import { connectDatabase, withDatabaseName, type Database } from '@cadre/db/core';
import { createTestIds } from '@cadre/db/testing';
import type { EnrollResult, MyEnrollment } from '@cadre/domain/enrollment';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabaseServer } from '../src/embedded-database';
import { addMembers, type Member } from '../src/testing/members';
import { startServerProcess } from '../src/testing/server-process';

const SEATS = 20;
const PEOPLE = 600;
/** The server is killed when so many have been told where they stand. */
const KILLED_AFTER = 120;
const HOUR_MILLIS = 3_600_000;

/** The folder and, where one is given, the database of one test; what the server process is started with. */
let dataDir: string;
let mongoUri: string | null;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cadre-killed-'));
  const given = process.env['MONGODB_URI'];
  mongoUri = given ? withDatabaseName(given, `cadre_test_${randomUUID().slice(0, 8)}`) : null;
});
afterEach(async () => {
  if (mongoUri !== null) await withDatabase((database) => database.drop());
  await rm(dataDir, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  DATA_DIR: dataDir,
  ...(mongoUri === null ? {} : { MONGODB_URI: mongoUri }),
});

/** Looks into the database while no server runs. */
async function withDatabase<Result>(
  work: (database: Database, repositories: Repositories) => Promise<Result>,
): Promise<Result> {
  const server = await openDatabaseServer({ mongoUri, dataDir });
  const database = await connectDatabase(server);
  try {
    const repositories = createRepositories(database);
    await database.ensureIndexes();
    return await work(database, repositories);
  } finally {
    await database.close();
    await server.stop();
  }
}

const headers = ({ cookie }: Member) => ({ cookie, 'x-cadre-app': 'learner' });
async function enroll(url: string, member: Member, classId: string): Promise<EnrollResult> {
  const response = await fetch(`${url}/trpc/enrollment.enroll`, {
    method: 'POST',
    headers: { ...headers(member), 'content-type': 'application/json' },
    body: JSON.stringify({ json: { classId } }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { result: { data: { json: EnrollResult } } }).result.data.json;
}
async function enrollmentsOf(url: string, member: Member): Promise<MyEnrollment[]> {
  const response = await fetch(
    `${url}/trpc/enrollment.mine?input=${encodeURIComponent(JSON.stringify({ json: { page: 1, pageSize: 5 } }))}`,
    { headers: headers(member) },
  );
  const body = (await response.json()) as { result: { data: { json: { items: MyEnrollment[] } } } };
  return body.result.data.json.items;
}

/** Pulls the plug: the server and, where it is its own, the database. */
async function pullThePlug(server: Awaited<ReturnType<typeof startServerProcess>>): Promise<void> {
  if (mongoUri === null) {
    const { pid } = JSON.parse(await readFile(join(dataDir, 'owner.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
  }
  await server.kill();
}

it('killed in a storm of enrolments, the server comes back with every one it has acknowledged', async () => {
  const newId = createTestIds();
  const now = new Date();
  const { classId, members } = await withDatabase(async (_database, repositories) => {
    const startsAt = new Date(now.getTime() + 96 * HOUR_MILLIS);
    const scene = await addLiveScene(repositories, newId, {
      session: { startsAt },
      trainingClass: { capacity: SEATS },
    });
    return {
      classId: scene.trainingClass.id,
      members: await addMembers(repositories, newId, PEOPLE, now),
    };
  });

  const first = await startServerProcess(environment());
  const acknowledged = new Map<Member, EnrollResult>();
  let killed: Promise<void> | null = null;
  await Promise.allSettled(
    members.map(async (member) => {
      acknowledged.set(member, await enroll(first.url, member, classId));
      if (acknowledged.size >= KILLED_AFTER) killed ??= pullThePlug(first);
    }),
  );
  await (killed as Promise<void> | null);
  expect(acknowledged.size).toBeGreaterThanOrEqual(KILLED_AFTER);
  expect(acknowledged.size).toBeLessThan(PEOPLE);

  const second = await startServerProcess(environment());
  try {
    await Promise.all(
      [...acknowledged].map(async ([member, { enrollmentId, state, position }]) => {
        expect(await enrollmentsOf(second.url, member)).toMatchObject([
          { id: enrollmentId, state, position },
        ]);
      }),
    );
    // Whoever asks again, or only now, goes on where the queue stood.
    const late = members.filter((member) => !acknowledged.has(member));
    const answers = await Promise.all(late.map((member) => enroll(second.url, member, classId)));
    const positions = [...acknowledged.values(), ...answers].flatMap(({ position }) => position ?? []);
    expect(positions.sort((a, b) => a - b)).toEqual(
      Array.from({ length: PEOPLE - SEATS }, (_, index) => index + 1),
    );
  } finally {
    expect(await second.stop()).toBe(0);
  }

  await withDatabase(async (_database, repositories) => {
    const kept = await repositories.enrollments.listByClass(classId, ['enrolled', 'waiting']);
    expect(kept.filter(({ state }) => state === 'enrolled')).toHaveLength(SEATS);
    expect(new Set(kept.map(({ personId }) => personId)).size).toBe(PEOPLE);
    const sums = (await repositories.seatLedger.sumsOf([classId]))[0];
    expect(sums).toMatchObject({ seatsTaken: SEATS, waiting: PEOPLE - SEATS, entries: PEOPLE });
    expect(await repositories.classes.getById(classId)).toMatchObject({
      seatsTaken: SEATS,
      waiting: PEOPLE - SEATS,
      ledgerSeq: PEOPLE,
    });
  });
});

it('killed alone, the server can be started again at once: the database that it leaves behind makes way', async () => {
  const first = await startServerProcess(environment());
  await first.kill();
  const second = await startServerProcess(environment());
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  expect(await second.stop()).toBe(0);
});

it('ends in one line when its embedded database is killed, and starts again on the same data', async () => {
  const live = { DATA_DIR: dataDir };
  const server = await startServerProcess(live);
  let said = '';
  server.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const owner = JSON.parse(await readFile(join(dataDir, 'owner.json'), 'utf8')) as { pid: number };
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  process.kill(owner.pid, 'SIGKILL');
  expect(await ended).toBe(1);
  expect(said).toMatch(/^数据库进程意外结束.*nothing acknowledged is lost.*\n/m);
  // A round that was reading just then may leave its line in the log, which is JSON; what is said to people has no stack.
  expect(said.replace(/^\{.*\n/gm, '')).not.toContain('    at ');

  const next = await startServerProcess(live);
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
  expect(await next.stop()).toBe(0);
});
