import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { hashSecret } from '@cadre/api/core';
import { addLiveScene } from '@cadre/api/testing';
import { createTestClock, createTestIds } from '@cadre/db/testing';
import type { Role, Scope } from '@cadre/domain/access';
import type { AssessmentYear } from '@cadre/domain/assessment';
import type { Id } from '@cadre/domain/core';
import { noChanges, type PreviewRun } from '@cadre/domain/regulation';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FILE_ROUTES } from '../src/http/files';
import { addMembers } from '../src/testing/members';
import { readPdf } from '../src/testing/read-pdf';
import { startTestServer, type TestServer } from '../src/testing/test-server';

const NOW = new Date('2026-11-18T01:00:00Z');
const CALLERS = ['nobody', 'learner', 'officer', 'trainer', 'auditor', 'key', 'revokedKey'] as const;
type Caller = (typeof CALLERS)[number];
type Side = 'own' | 'foreign';
type Answers = Readonly<Record<Caller, number>>;

/** The same answer for everybody but those who are named. */
const answers = (otherwise: number, named: Partial<Answers> = {}): Answers => ({
  ...(Object.fromEntries(CALLERS.map((caller) => [caller, otherwise])) as Answers),
  ...named,
});

/** The learner's statement, for the learner and those responsible; and that of somebody in a unit of nobody's. */
const STATEMENT_OF_ANOTHER = {
  own: answers(401, { learner: 200, officer: 200, trainer: 200, auditor: 200 }),
  foreign: answers(401, { learner: 404, officer: 404, trainer: 404, auditor: 200 }),
};

/**
 * Every route of REST with the status each caller gets, written by hand: for an object of the caller's and for a
 * foreign one. A key is no person and a person is no key; a route without a row fails the test.
 */
const ROUTES: Readonly<Record<string, Readonly<Partial<Record<Side, Answers>>>>> = {
  'get /assessment-years/{id}/feed': {
    own: answers(401, { key: 200 }),
    foreign: answers(401, { key: 404 }),
  },
  'get /assessment-years': { own: answers(401, { key: 200 }) },
  'get /feed/keys': { own: answers(200) },
  'get /sessions/{id}.ics': {
    own: answers(200, { nobody: 401, key: 401, revokedKey: 401 }),
    foreign: answers(404, { nobody: 401, key: 401, revokedKey: 401, auditor: 200 }),
  },
  'get /assessment-years/{id}/table.xlsx': {
    own: answers(401, { officer: 200, auditor: 200, learner: 404, trainer: 404 }),
    foreign: answers(401, { officer: 404, auditor: 200, learner: 404, trainer: 404 }),
  },
  'get /ledger/export.jsonl': {
    own: answers(403, { nobody: 401, key: 401, revokedKey: 401, auditor: 200, officer: 200 }),
  },
  // Nothing is sealed here yet: those who may read it learn that there is no root.
  'get /ledger/root.json': {
    own: answers(404, { nobody: 401, key: 401, revokedKey: 401, learner: 403, trainer: 403 }),
  },
  'get /ledger/keys': { own: answers(200) },
  'get /ledger/roots': { own: answers(200) },
  'get /regulation-previews/{id}/table.xlsx': {
    own: answers(401, { auditor: 200, learner: 404, officer: 404, trainer: 404 }),
    foreign: answers(401, { auditor: 404, learner: 404, officer: 404, trainer: 404 }),
  },
  'get /statement.xlsx': { own: answers(200, { nobody: 401, key: 401, revokedKey: 401 }) },
  'get /statement.pdf': { own: answers(200, { nobody: 401, key: 401, revokedKey: 401 }) },
  'get /people/{id}/statement.xlsx': STATEMENT_OF_ANOTHER,
  'get /people/{id}/statement.pdf': STATEMENT_OF_ANOTHER,
  'get /progress.xlsx': { own: answers(401, { trainer: 200, auditor: 200, learner: 403, officer: 403 }) },
};

const newId = createTestIds();
let app: TestServer;
let headers: Record<Caller, Record<string, string>>;
let objects: Record<string, Record<Side, Id>>;

const yearOf = (unitId: Id, name: string): AssessmentYear => ({
  id: newId(),
  name,
  unitId,
  referenceDate: '2026-12-31',
  cutOffAt: new Date('2026-12-20T10:00:00Z'),
  state: 'open',
  snapshotNo: 0,
  demo: false,
});

beforeAll(async () => {
  app = await startTestServer({ clock: createTestClock(NOW) });
  const { repositories } = app.server;
  const [learner, officer, trainer, auditor] = await addMembers(repositories, newId, 4, NOW);
  const { unitId } = await repositories.people.getById(learner!.actor.personId);
  const [year, otherYear] = [yearOf(unitId, '2026 年度'), yearOf(unitId, '另一年度')];
  for (const value of [year, otherYear]) await repositories.assessmentYears.insert(value);
  const grant = async (personId: Id, role: Role, scope: Scope): Promise<void> =>
    repositories.grants.insert({
      id: newId(),
      personId,
      role,
      scope,
      from: '2026-01-01',
      to: null,
      grantedBy: null,
      delegatedFrom: null,
      revokedAt: null,
    });
  await grant(officer!.actor.personId, 'assessment-officer', {
    kind: 'assessment-year',
    assessmentYearId: year.id,
  });
  await grant(auditor!.actor.personId, 'auditor', { kind: 'network' });
  await grant(trainer!.actor.personId, 'unit-training-officer', { kind: 'unit', unitId });
  const keyOf = async (name: string, revokedAt: Date | null): Promise<Record<string, string>> => {
    await repositories.apiClients.insert({
      id: newId(),
      name,
      keyHash: hashSecret(name),
      permissions: ['feed:read'],
      assessmentYearIds: [year.id],
      createdAt: NOW,
      revokedAt,
    });
    return { authorization: `Bearer ${name}` };
  };
  const signedIn = (cookie: string) => ({ cookie, 'x-cadre-app': 'learner' });
  headers = {
    nobody: {},
    learner: signedIn(learner!.cookie),
    officer: signedIn(officer!.cookie),
    trainer: signedIn(trainer!.cookie),
    auditor: signedIn(auditor!.cookie),
    key: await keyOf('cadre_key', null),
    revokedKey: await keyOf('cadre_revoked', NOW),
  };
  const [stranger] = await addMembers(repositories, newId, 1, NOW);
  const open = await addLiveScene(repositories, newId);
  const draft = await addLiveScene(repositories, newId, { trainingClass: { status: 'draft' } });
  const preview: PreviewRun = {
    id: newId(),
    draftId: newId(),
    code: 'x',
    version: 2,
    text: DEMO_REGULATION_TEXT,
    textDigest: '',
    unitId,
    basis: 'last',
    cycle: { from: '2025-01-01', to: '2025-12-31' },
    against: '2026-11-18',
    replaces: [],
    by: learner!.actor.personId,
    startedAt: NOW,
    state: 'done',
    cursor: null,
    movedAt: NOW,
    finishedAt: NOW,
    people: 0,
    peopleDone: 0,
    peopleChanged: 0,
    tallies: noChanges(),
    units: [],
  };
  await app.server.database.transaction((tx) => repositories.previews.insert(preview, tx));
  objects = {
    'regulation-previews': { own: preview.id, foreign: newId() },
    'assessment-years': { own: year.id, foreign: otherYear.id },
    sessions: { own: open.session.id, foreign: draft.session.id },
    people: { own: learner!.actor.personId, foreign: stranger!.actor.personId },
  };
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** `/sessions/:id.ics` and `/sessions/{sessionId}.ics` are the same route. */
const named = (path: string): string => path.replace(/\{\w+\}|:\w+/, '{id}');
async function routesOfServer(): Promise<string[]> {
  const response = await fetch(`${app.url}/api/v1/openapi.json`);
  const document = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
  return [
    ...Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${named(path)}`),
    ),
    ...Object.keys(FILE_ROUTES).map((path) => `get ${named(path)}`),
  ];
}
async function call(route: string, side: Side, caller: Caller): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const id = objects[path.split('/')[1] ?? '']?.[side] ?? '';
  return fetch(`${app.url}/api/v1${path.replace('{id}', id)}`, { method, headers: headers[caller] });
}

describe('REST', () => {
  it('has a row for every route, and no row for one that is gone', async () => {
    expect(Object.keys(ROUTES).sort()).toEqual((await routesOfServer()).sort());
  });

  it('answers each caller as is written down, for own and for foreign objects', async () => {
    const wrong: string[] = [];
    for (const [route, sides] of Object.entries(ROUTES))
      for (const [side, expected] of Object.entries(sides) as [Side, Answers][])
        for (const caller of CALLERS) {
          const { status } = await call(route, side, caller);
          if (status !== expected[caller])
            wrong.push(`${route} ${side} ${caller}: ${status} instead of ${expected[caller]}`);
        }
    expect(wrong).toEqual([]);
  });

  it('takes a malformed id for a missing one, and a wrong cursor for a wrong input', async () => {
    const get = (path: string, caller: Caller) =>
      fetch(`${app.url}/api/v1${path}`, { headers: headers[caller] });
    expect((await get('/sessions/nonsense.ics', 'learner')).status).toBe(404);
    expect((await get('/assessment-years/nonsense/table.xlsx', 'officer')).status).toBe(404);
    const { own } = objects['assessment-years']!;
    const refused = await get(`/assessment-years/${own}/feed?cursor=hunter2`, 'key');
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain('hunter2');
  });

  it('tells a program what is wrong by a code and in both languages, a missing key apart from a wrong one', async () => {
    const { own } = objects['assessment-years']!;
    const refusal = async (query: string, headersOf: Record<string, string>) => {
      const answer = await fetch(`${app.url}/api/v1/assessment-years/${own}/feed${query}`, {
        headers: headersOf,
      });
      const { message, says, issues } = (await answer.json()) as Record<string, unknown>;
      return issues === undefined ? [answer.status, message, says] : [issues];
    };
    expect(await refusal('?cursor=x', headers.key)).toEqual([
      400,
      'INPUT_INVALID',
      { zh: '请求里有不对的内容：cursor', en: 'Something in the request is wrong: cursor' },
    ]);
    expect(await refusal('', {})).toMatchObject([
      401,
      'API_KEY_MISSING',
      { zh: expect.stringContaining('没有接口密钥') as string },
    ]);
    expect(await refusal('', headers.learner)).toMatchObject([401, 'API_KEY_MISSING', {}]);
    expect(await refusal('', headers.revokedKey)).toMatchObject([
      401,
      'API_KEY_WRONG',
      { zh: '接口密钥无效' },
    ]);
  });

  it('hands a file to a link, which carries the cookie alone, and nothing to a foreign page', async () => {
    const { own } = objects.sessions!;
    const { cookie } = headers.learner as { cookie: string };
    const url = `${app.url}/api/v1/sessions/${own}.ics`;
    expect((await fetch(url, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(url, { headers: { cookie, origin: 'https://elsewhere.example' } })).status).toBe(403);
    expect((await fetch(`${app.url}/api/v1/feed/keys`, { method: 'POST', headers: { cookie } })).status).toBe(
      403,
    );
  });

  it('hands out tables in the language that is asked for, and in Chinese without one', async () => {
    const nameOf = async (query: string) => {
      const answer = await fetch(`${app.url}/api/v1/progress.xlsx${query}`, { headers: headers.trainer });
      await answer.arrayBuffer();
      return decodeURIComponent(answer.headers.get('content-disposition') ?? '').split("''")[1];
    };
    expect(await nameOf('?language=en')).toMatch(/^Credit progress \d{4}-\d\d-\d\d\.xlsx$/);
    expect(await nameOf('?language=fr')).toMatch(/^学时学分进度 /);
    expect(await nameOf('')).toMatch(/^学时学分进度 /);
  });

  it('hands out a statement as of the day in the address, and none for a day that is none or has not come', async () => {
    const get = (path: string) => fetch(`${app.url}/api/v1${path}`, { headers: headers.learner });
    for (const kind of ['pdf', 'xlsx']) {
      const file = await get(`/statement.${kind}?asOf=2026-11-01`);
      expect(decodeURIComponent(file.headers.get('content-disposition')!)).toMatch(
        new RegExp(`学时学分单 学员 \\S+ 2026-11-01\\.${kind}$`),
      );
      const refused = await Promise.all(
        ['asOf=2026-13-01', 'asOf=', 'asOf=2026-11-01&asOf=2026-11-02', 'asOf=2027-01-01', 'language=fr'].map(
          async (query) => {
            const answer = await get(`/statement.${kind}?${query}`);
            return [answer.status, answer.headers.get('content-disposition')];
          },
        ),
      );
      expect(refused).toEqual(refused.map(() => [400, null]));
      const said = async (asOf: string) =>
        ((await (await get(`/statement.${kind}?asOf=${asOf}`)).json()) as { says: { zh: string } }).says.zh;
      expect(await said('2099-01-01')).toBe('这一天还没有到：asOf 请用今天或以前的日期');
      expect(await said('garbage')).toBe('请求里有不对的内容：asOf');
    }
    const [once, again] = await Promise.all([1, 2].map(() => get('/statement.pdf?asOf=2026-11-01')));
    expect(once!.headers.get('content-type')).toBe('application/pdf');
    const bytes = Buffer.from(await once!.arrayBuffer());
    expect(bytes.equals(Buffer.from(await again!.arrayBuffer()))).toBe(true);
    expect(readPdf(bytes).join('').replace(/\s/g, '')).toContain('学员');
  });

  it('tells people what there is on a page', async () => {
    const page = await fetch(`${app.url}/api/v1`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('GET /api/v1/assessment-years/{assessmentYearId}/feed');
  });
});

describe('when something of ours breaks', () => {
  const SECRET = '身份证 33262319850505001X at mongodb://10.0.0.1';
  const breakServices = () => {
    const { feed, assessment, enrollment } = app.server.services;
    const failure = () => Promise.reject(new TypeError(SECRET, { cause: new Error(SECRET) }));
    return [
      vi.spyOn(feed, 'read').mockImplementation(failure),
      vi.spyOn(assessment, 'allRows').mockImplementation(failure),
      vi.spyOn(enrollment, 'mine').mockImplementation(failure),
    ];
  };
  const expectSilent = async (response: Response): Promise<void> => {
    const requestId = response.headers.get('x-request-id')!;
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/身份证|33262319|mongodb|TypeError|stack|\.ts|node_modules/);
    expect(text).toContain('"DEFECT"');
    expect(text).toContain(requestId);
    expect(app.log.some((line) => line.includes(requestId) && line.includes(SECRET))).toBe(true);
  };

  it('a client of REST, of files and of tRPC is told the number under which the log knows it, and nothing else', async () => {
    breakServices();
    await expectSilent(await call('get /assessment-years/{id}/feed', 'own', 'key'));
    await expectSilent(await call('get /assessment-years/{id}/table.xlsx', 'own', 'officer'));
    const input = encodeURIComponent(JSON.stringify({ json: { page: 1, pageSize: 5 } }));
    await expectSilent(
      await fetch(`${app.url}/trpc/enrollment.mine?input=${input}`, { headers: headers.learner }),
    );
    await expectSilent(
      await fetch(
        `${app.url}/trpc/enrollment.mine?batch=1&input=${encodeURIComponent(`{"0":${'{"json":{"page":1,"pageSize":5}}'}}`)}`,
        {
          headers: headers.learner,
        },
      ),
    );
  });

  it('an answer that does not fit its contract is a defect, and stays inside', async () => {
    const { enrollment } = app.server.services;
    vi.spyOn(enrollment, 'mine').mockResolvedValue({ items: [{ idCard: SECRET }] } as never);
    const input = encodeURIComponent(JSON.stringify({ json: { page: 1, pageSize: 5 } }));
    const response = await fetch(`${app.url}/trpc/enrollment.mine?input=${input}`, {
      headers: headers.learner,
    });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('33262319');
    expect(text).toContain('"DEFECT"');
  });

  it('a body that is no JSON is refused without a word of what was in it', async () => {
    const post = (body: string) =>
      fetch(`${app.url}/trpc/enrollment.enroll`, {
        method: 'POST',
        headers: { ...headers.learner, 'content-type': 'application/json' },
        body,
      });
    const broken = await post('{"json": {"classId": "hunter2');
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toMatch(/hunter2|position|stack/);
  });
});
