import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { PersonActor } from '@cadre/domain/access';
import type { AuditInput } from '@cadre/domain/audit';
import type { Person, Unit } from '@cadre/domain/identity';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../testing';

let api: TestApi;
let unit: Unit;
let cadre: Person;
let keeper: Person;
let admin: PersonActor;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.renew();
  unit = await api.addUnit();
  cadre = await api.addPerson(unit);
  keeper = await api.addPerson(unit);
  admin = api.actorOf(keeper, { role: 'system-admin', scope: { kind: 'network' } });
});

const read = async (filter: Partial<AuditInput> = {}) =>
  (
    await api.services.audit.list(admin, {
      page: 1,
      pageSize: 20,
      action: null,
      personId: null,
      from: null,
      to: null,
      ...filter,
    })
  ).items;
const grant = (person: Person) =>
  api.services.directory.addGrant(admin, {
    personId: person.id,
    role: 'unit-training-officer',
    scope: { kind: 'unit', unitId: unit.id },
    from: '2026-11-18',
    to: null,
  });

describe('the audit trail', () => {
  it('names everybody and everything that an entry speaks of', async () => {
    const { grantId } = await grant(cadre);
    await api.services.directory.revokeGrant(admin, grantId);
    const who = `${cadre.name}（${cadre.personNo}）`;
    const [revoked, given] = await read();
    expect(given).toMatchObject({
      action: 'identity:grant-given',
      actorName: keeper.name,
      names: { [cadre.id]: { zh: who }, [unit.id]: unit.name, [grantId]: { zh: who } },
    });
    expect(revoked).toMatchObject({ action: 'identity:grant-revoked', names: { [grantId]: { zh: who } } });
  });

  it('names a draft of a regulation by its title and version, in both languages', async () => {
    const officer = api.actorOf(cadre, {
      role: 'organisation-officer',
      scope: { kind: 'unit', unitId: unit.id },
    });
    const text = DEMO_REGULATION_TEXT;
    await api.services.regulationDesk.saveDraft(officer, {
      draftId: null,
      revision: null,
      unitId: unit.id,
      text,
    });
    const [entry] = await read({ action: 'regulation:draft-written' });
    const { title } = JSON.parse(text) as { title: string };
    expect(entry?.names[entry.subject.id]?.zh).toBe(`《${title}》第 1 版`);
    expect(entry?.names[entry.subject.id]?.en).toMatch(/^“.+”, version 1$/);
  });

  it('is found by the act, by whoever acted or was meant, and by day', async () => {
    const other = await api.addPerson(unit);
    await grant(cadre);
    await api.services.directory.changeHistory(admin, {
      personId: other.id,
      on: '2026-11-18',
      change: { kind: 'grade', grade: 'principal-3' },
    });
    api.clock.set(new Date('2026-11-19T16:30:00Z'));
    await grant(other);
    const acts = async (filter: Partial<AuditInput>) => (await read(filter)).map(({ action }) => action);
    expect(await acts({ action: 'identity:person-grade' })).toEqual(['identity:person-grade']);
    expect(await acts({ personId: cadre.id })).toEqual(['identity:grant-given']);
    expect(await acts({ personId: other.id })).toEqual(['identity:grant-given', 'identity:person-grade']);
    expect(await acts({ personId: keeper.id })).toHaveLength(3);
    // Half past midnight of the twentieth in Shanghai.
    expect(await acts({ from: '2026-11-20' })).toEqual(['identity:grant-given']);
    expect(await acts({ to: '2026-11-19' })).toHaveLength(2);
    expect(await acts({ from: '2026-11-19', to: '2026-11-19' })).toEqual([]);
  });

  it('of many entries reads a page without going through all of them', async () => {
    for (let count = 0; count < 120; count += 1) await grant(count === 60 ? cadre : keeper);
    expect(await read()).toHaveLength(20);
    expect(await read({ action: 'identity:grant-given', from: '2026-11-18' })).toHaveLength(20);
    expect(await read({ personId: cadre.id })).toHaveLength(1);
  });
});
