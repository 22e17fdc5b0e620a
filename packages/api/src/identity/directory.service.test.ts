import type { PersonActor, Scope } from '@cadre/domain/access';
import { LOCKOUT, peopleSort, type PeopleSort } from '@cadre/domain/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrainingWorld, hourOf, createTestApi, type TestApi, type TrainingWorld } from '../testing';

let api: TestApi;
let world: TrainingWorld;
let keeper: PersonActor;

beforeAll(async () => {
  api = await createTestApi();
  world = await createTrainingWorld(api);
  keeper = api.actorOf(await api.addPerson(world.unit), {
    role: 'system-admin',
    scope: { kind: 'network' },
  });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

describe('what a role is granted over', () => {
  it('is found by the words of a class, and none has to be known by its id', async () => {
    const found = await world.schedule({}, { title: '新任班主任研讨班' });
    await world.schedule({ startsAt: hourOf(9), endsAt: hourOf(11) }, { title: '别的班', capacity: 10 });
    const target = { id: found.id, code: found.classNo, name: { zh: '新任班主任研讨班', en: '' } };
    const classes = await api.services.directory.scopeTargets(keeper, { kind: 'class', search: 'xinren' });
    expect(classes).toEqual([{ ...target, startsAt: found.startsAt }]);
    const sessions = await api.services.directory.scopeTargets(keeper, {
      kind: 'session',
      search: '新任班主任',
    });
    const [session] = await api.repositories.sessions.listByClasses([found.id]);
    expect(sessions).toEqual([
      { id: session?.id, code: null, name: { zh: session?.title, en: '' }, startsAt: hourOf(14) },
    ]);
  });
});

describe('the list of people', () => {
  it('goes by name, unit or rank where that is asked for, over all pages, and by number otherwise', async () => {
    const [north, south] = [
      await api.addUnit({ name: { zh: '北城', en: '' } }),
      await api.addUnit({ name: { zh: '南城', en: '' } }),
    ];
    const head = { postLevel: 'bureau-head', title: '局长', from: '2020-01-01', to: null };
    await api.addPerson(south, { name: '王排序', posts: [head] });
    await api.addPerson(north, { name: '张排序', posts: [] });
    await api.addPerson(south, { name: '陈排序' });
    const names = async (sort?: PeopleSort, page = 1) => {
      const input = { search: 'px', unitId: null, page, pageSize: 2, ...(sort ? { sort } : {}) };
      const { items, total } = await api.services.directory.people(keeper, input);
      expect(total).toBe(3);
      return items.map(({ name }) => name.slice(0, 1)).join('');
    };
    const over = async (key: PeopleSort['key'], descending = false) =>
      (await names({ key, descending })) + (await names({ key, descending }, 2));
    expect(await names()).toBe('王张');
    expect(await over('name')).toBe('陈王张');
    expect(await over('name', true)).toBe('张王陈');
    expect(await over('personNo', true)).toBe('陈张王');
    expect(await over('unit')).toBe('张王陈');
    expect(await over('rank', true)).toBe('王陈张');
  });

  it('has nobody of another unit in it, in whatever order', async () => {
    const [own, other] = [await api.addUnit(), await api.addUnit()];
    const officer = api.actorOf(await api.addPerson(own), {
      role: 'unit-training-officer',
      scope: { kind: 'unit', unitId: own.id },
    });
    await api.addPerson(other);
    for (const key of peopleSort.shape.key.options) {
      const input = { search: '', unitId: null, page: 1, pageSize: 20, sort: { key, descending: false } };
      const { items } = await api.services.directory.people(officer, input);
      expect(items.map(({ unitId }) => unitId)).toEqual([own.id]);
    }
  });
});

describe('the file of a person', () => {
  it('names what each grant reaches', async () => {
    const held = await world.schedule({ startsAt: hourOf(16), endsAt: hourOf(18) }, { title: '一个班' });
    const { personId } = await world.addCadre();
    const grant = (role: 'class-teacher' | 'base-admin' | 'auditor', scope: Scope) =>
      api.services.directory.addGrant(keeper, { personId, role, scope, from: '2026-11-18', to: null });
    await grant('class-teacher', { kind: 'class', classId: held.id });
    await grant('base-admin', { kind: 'bases', baseIds: [world.base.id] });
    await grant('auditor', { kind: 'network' });
    const { grants } = await api.services.directory.person(keeper, personId);
    const named = grants.map(({ role, reaches }) => [role, reaches.map(({ code, name }) => [code, name.zh])]);
    expect(Object.fromEntries(named)).toEqual({
      'class-teacher': [[held.classNo, '一个班']],
      'base-admin': [[world.base.code, world.base.name.zh]],
      auditor: [],
    });
  });

  it('says that the account is locked, and no longer once a new password is issued', async () => {
    const { personId } = await world.addCadre();
    const { loginName } = await api.services.directory.openAccount(keeper, personId, 'suozhu');
    const from = { userAgent: 'browser', address: '10.0.0.1' };
    const locked = async () => (await api.services.directory.person(keeper, personId)).account?.locked;
    expect(await locked()).toBe(false);
    for (let count = 0; count < LOCKOUT.attempts; count += 1)
      await expect(api.services.signIn.signIn(loginName, 'wrong', from)).rejects.toThrow();
    expect(await locked()).toBe(true);
    await api.services.directory.issuePassword(keeper, personId);
    expect(await locked()).toBe(false);
  });
});
