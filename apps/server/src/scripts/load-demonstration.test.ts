import { DEMONSTRATION_START } from '../server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server';
import { loadDemonstration } from './load-demonstration';

let app: TestServer;
beforeAll(async () => {
  app = await startTestServer({
    mode: 'demo',
    prepare: async (parts) => {
      await loadDemonstration({ ...parts, start: DEMONSTRATION_START, stamp: 'test' });
    },
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

describe('the loaded demonstration', () => {
  it('shows some people behind, some who have met their targets, and every session settled', async () => {
    const { services, repositories } = app.server;
    const people = await repositories.people.listActive('all');
    const rows = await services.progress.rowsOf(people);
    expect(rows.filter(({ reading }) => reading === 'behind').length).toBeGreaterThan(20);
    expect(rows.filter(({ reading }) => reading === 'met').length).toBeGreaterThan(20);
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

  it('was sealed in the nights before, and countersigned by a base', async () => {
    const { services, repositories } = app.server;
    const [person] = await repositories.people.listActive('all');
    const auditor = {
      kind: 'person',
      personId: person!.id,
      accountId: person!.id,
      grants: [{ id: person!.id, role: 'auditor', scope: { kind: 'network' } }],
    } as const;
    const { items } = await services.seal.sealed(auditor, { page: 1, pageSize: 10 });
    const earlier = items.flatMap((root) => ('unreadable' in root || root.day >= '2026-11-17' ? [] : [root]));
    expect(earlier.map(({ day, signatures }) => [day, signatures.length])).toEqual([
      ['2026-11-16', 1],
      ['2026-11-15', 0],
    ]);
    expect(
      (await services.regulationDesk.read(auditor, { code: 'demo-2026', version: 1 })).examples,
    ).toHaveLength(6);
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

  it('keeps every chain in the order in which things happened', async () => {
    const { repositories } = app.server;
    const people = await repositories.people.listActive('all');
    const entries = await repositories.ledger.listEntriesOf(people.slice(0, 60).map(({ id }) => id));
    const last = new Map<string, Date>();
    for (const { personId, recordedAt } of entries) {
      expect(recordedAt.getTime()).toBeGreaterThanOrEqual(last.get(personId)?.getTime() ?? 0);
      last.set(personId, recordedAt);
    }
  });

  it('is loaded once only', async () => {
    const { server } = app;
    const before = await server.repositories.people.countActive('all');
    const parts = { database: server.database, repositories: server.repositories, ports: {} as never };
    expect(await loadDemonstration({ ...parts, start: DEMONSTRATION_START, stamp: 'test' })).toBeNull();
    expect(await server.repositories.people.countActive('all')).toBe(before);
  });
});

describe('a first start that was cut off', () => {
  it('leaves nothing behind: the next one begins anew', async () => {
    const counts: number[] = [];
    await using server = await startTestServer({
      mode: 'demo',
      prepare: async (parts) => {
        const { repositories } = parts;
        const settled = repositories.sessions.tryTransition.bind(repositories.sessions);
        let left = 5;
        repositories.sessions.tryTransition = (...change) => {
          left -= 1;
          return left < 0 ? Promise.reject(new Error('the power is gone')) : settled(...change);
        };
        await expect(
          loadDemonstration({ ...parts, start: DEMONSTRATION_START, stamp: 'test' }),
        ).rejects.toThrow('power');
        counts.push(await repositories.people.countActive('all'));
        repositories.sessions.tryTransition = settled;
        await loadDemonstration({ ...parts, start: DEMONSTRATION_START, stamp: 'test' });
        counts.push(await repositories.people.countActive('all'));
      },
    });
    expect(counts[0]).toBe(counts[1]);
    const { repositories } = server.server;
    expect(await repositories.sessions.listEndedBefore('closed', DEMONSTRATION_START)).toEqual([]);
    const [classes] = [await repositories.classes.list('all', {}, { page: 1, pageSize: 100 })];
    expect(await server.server.services.seats.mismatches(classes.items.map(({ id }) => id))).toEqual([]);
  });
});
