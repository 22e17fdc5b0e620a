import { DEMONSTRATION_START } from '../server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server';
import { loadDemonstration } from './load-demonstration';

let app: TestServer;
beforeAll(async () => {
  app = await startTestServer({
    mode: 'demo',
    prepare: async (parts) => {
      await loadDemonstration({ ...parts, start: DEMONSTRATION_START });
    },
  });
}, 120_000);
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

describe('the loaded demonstration', () => {
  it('shows some people behind, some who have met their targets, and every session settled', async () => {
    const { services, repositories } = app.server;
    const people = await repositories.people.listActive('all');
    const rows = await services.progress.rowsOf(people);
    expect(rows.filter((row) => row.behind).length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.met).length).toBeGreaterThan(20);
    expect(rows.every((row) => row.targets.length >= 2)).toBe(true);
    expect(await repositories.sessions.listEndedBefore('closed', DEMONSTRATION_START)).toEqual([]);
  });

  it('holds in every chain', async () => {
    const { services, repositories } = app.server;
    const people = await repositories.people.listActive('all');
    for (const person of people.slice(0, 40)) {
      const actor = { kind: 'person', personId: person.id, accountId: person.id, grants: [] } as const;
      expect(await services.statement.checkChain(actor, person.id)).toMatchObject({
        intact: true,
        fault: null,
      });
    }
  });

  it('explains each credit and each refusal down to its clause', async () => {
    const { services, repositories } = app.server;
    const people = await repositories.people.listActive('all');
    const person = people.find((candidate) => candidate.name === '林海燕')!;
    const actor = { kind: 'person', personId: person.id, accountId: person.id, grants: [] } as const;
    const statement = await services.statement.myStatement(actor, undefined);
    expect(statement.lines.length).toBeGreaterThan(10);
    for (const line of statement.lines) {
      const why = await services.statement.why(actor, line.settlementId);
      expect(why.clauses.length, line.title).toBeGreaterThan(0);
      expect(why.clauses.every((clause) => clause.text !== '')).toBe(true);
      expect(why.facts.length).toBeGreaterThan(0);
    }
  });

  it('is loaded once only', async () => {
    const { server } = app;
    const before = await server.repositories.people.countActive('all');
    const parts = { database: server.database, repositories: server.repositories, ports: {} as never };
    expect(await loadDemonstration({ ...parts, start: DEMONSTRATION_START })).toBeNull();
    expect(await server.repositories.people.countActive('all')).toBe(before);
  });
});
