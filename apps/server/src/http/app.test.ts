import { createPersonRepository } from '@cadre/db/identity';
import { DEFAULT_SETTINGS } from '@cadre/domain/identity';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server';
import { argon2Passwords } from '../passwords';

const PASSWORD = 'Dachen-1956-island';
const ID = '01900000-0000-7000-8000-000000000001';

let app: TestServer;
beforeAll(async () => {
  app = await startTestServer();
  const { repositories } = app.server;
  await repositories.units.insert({
    id: ID,
    code: 'U1',
    name: { zh: '市委组织部', en: 'Organisation Department' },
    kind: 'organ',
    parentId: null,
    path: [ID],
    demo: false,
  });
  await repositories.people.insert({
    person: {
      id: ID,
      personNo: 'P00001',
      name: '林海燕',
      birthDate: '1992-03-04',
      unitId: ID,
      unitPath: [ID],
      affiliations: [{ unitId: ID, kind: 'home', from: '2020-01-01', to: null }],
      posts: [],
      grades: [],
      status: 'active',
      demo: false,
    },
    idCardHash: 'keyed-hash-of-an-identity-number',
  });
  await repositories.accounts.insert(
    {
      id: ID,
      personId: ID,
      loginName: 'P00001',
      mustChangePassword: false,
      failedAttempts: 0,
      lockedUntil: null,
      disabledAt: null,
      settings: DEFAULT_SETTINGS,
    },
    await argon2Passwords.hash(PASSWORD),
  );
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const signIn = async () => {
  const response = await app.call('mutation', 'identity.signIn', { loginName: 'P00001', password: PASSWORD });
  return { response, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0]! };
};

describe('the cookie of a sign-in', () => {
  it('cannot be read by scripts, is not sent from other sites, and opens the account', async () => {
    const { response, cookie } = await signIn();
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    const me = await app.call('query', 'identity.me', undefined, { cookie });
    expect(me.body).toMatchObject({ result: { data: { json: { person: { personNo: 'P00001' } } } } });
  });

  it('is worth nothing on a call from a foreign page', async () => {
    const { cookie } = await signIn();
    const foreign = await app.call('mutation', 'identity.signOutEverywhere', undefined, {
      cookie,
      origin: 'https://evil.example',
    });
    expect(foreign.status).toBe(403);
    const headerless = await fetch(`${app.url}/trpc/identity.signOut`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(headerless.status).toBe(403);
    expect((await app.call('query', 'identity.me', undefined, { cookie })).status).toBe(200);
  });
});

describe('what a client is told', () => {
  it('is the code and the facts of a refusal', async () => {
    const refused = await app.call('query', 'identity.me');
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({
      error: {
        json: {
          message: 'NOT_SIGNED_IN',
          data: { refusal: { code: 'NOT_SIGNED_IN', kind: 'unauthenticated', details: {} } },
        },
      },
    });
  });

  it('is the field, never the value, of a wrong input', async () => {
    const refused = await app.call('mutation', 'identity.signIn', {
      loginName: 'P00001',
      password: { secret: 'hunter2' },
    });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      error: { json: { data: { refusal: { code: 'INPUT_INVALID', details: { fields: ['password'] } } } } },
    });
    expect(JSON.stringify(refused.body)).not.toContain('hunter2');
  });

  it('is nothing but a request id when something of ours breaks; the log has the rest', async () => {
    const { cookie } = await signIn();
    const broken = vi
      .spyOn(app.server.services.signIn, 'me')
      .mockRejectedValueOnce(new Error('secret at mongodb://10.0.0.1'));
    const answer = await app.call('query', 'identity.me', undefined, { cookie });
    broken.mockRestore();
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|mongodb|stack|\.ts/);
    expect(answer.body).toMatchObject({
      error: {
        json: {
          message: 'DEFECT',
          data: { refusal: { kind: 'defect', requestId: answer.headers.get('x-request-id') } },
        },
      },
    });
    expect(app.log.join('')).toContain('secret at mongodb');
  });

  it('is said in both languages wherever REST refuses, also in place of a file', async () => {
    const { cookie } = await signIn();
    const other = '01JD00000000000000000000ZZ';
    const refusals = [
      ['/statement.pdf', '', 401, 'NOT_SIGNED_IN'],
      [`/people/${other}/statement.pdf`, cookie, 404, 'NOT_FOUND'],
      ['/people/nobody/statement.xlsx', cookie, 404, 'NOT_FOUND'],
      ['/ledger/export.jsonl', cookie, 403, 'NOT_ALLOWED'],
      ['/statement.pdf?asOf=yesterday', cookie, 400, 'INPUT_INVALID'],
      ['/assessment-years', '', 401, 'API_KEY_MISSING'],
      ['/nothing-here', '', 404, 'NOT_FOUND'],
    ] as const;
    for (const [path, signedIn, status, code] of refusals) {
      const answer = await fetch(`${app.url}/api/v1${path}`, { headers: { cookie: signedIn } });
      expect([path, answer.status]).toEqual([path, status]);
      expect(await answer.json()).toMatchObject({
        message: code,
        data: { refusal: { code, requestId: answer.headers.get('x-request-id') } },
        says: {
          zh: expect.stringMatching(/[\u4e00-\u9fff]/) as string,
          en: expect.stringMatching(/^[A-Z]/) as string,
        },
      });
    }
  });

  it('never holds an identity number, in any form', async () => {
    const stored = await createPersonRepository(app.test.database).list('all', '', { page: 1, pageSize: 10 });
    expect(JSON.stringify(stored)).not.toContain('keyed-hash');
  });
});

describe('health', () => {
  it('tells that the process lives and that the database answers', async () => {
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ ready: true });
  });

  it('offers the REST interface as OpenAPI 3.1', async () => {
    const document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as { openapi: string };
    expect(document.openapi).toMatch(/^3\.1/);
    const missing = await fetch(`${app.url}/api/v1/nothing-here`);
    expect(missing.status).toBe(404);
    const { data } = (await missing.json()) as { data: { refusal: { requestId: string } } };
    expect(data.refusal.requestId).toBe(missing.headers.get('x-request-id'));
    expect(data.refusal.requestId).toMatch(/^[\da-f-]{36}$/);
  });

  it('has a page for people with every operation, who may call it, and what each parameter is', async () => {
    const page = await (await fetch(`${app.url}/api/v1`)).text();
    const sections = page.split('<section>').slice(1);
    const saysOf = (path: string) =>
      sections.find((section) => section.includes(`GET /api/v1${path}</code>`));
    for (const path of ['/ledger/roots', '/ledger/keys', '/feed/keys']) {
      expect(saysOf(path)).toContain('公开，不需要密钥');
      expect((await fetch(`${app.url}/api/v1${path}`)).status).toBe(200);
    }
    for (const path of ['/assessment-years', '/assessment-years/{assessmentYearId}/feed'])
      expect(saysOf(path)).toContain('需要接口密钥');
    expect((await fetch(`${app.url}/api/v1/assessment-years`)).status).toBe(401);
    expect(saysOf('/assessment-years/{assessmentYearId}/feed')).toContain('上一页的 nextCursor，第一次为 0');
    expect(page).not.toMatch(/<td><\/td><\/tr>/);
    expect(page).not.toMatch(/[\u4e00-\u9fff][:,(]|[:,)][\u4e00-\u9fff]/);
  });
});
