import type { Actor, Role, Scope } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import type { Base, BaseTier, CreateBaseInput } from '@cadre/domain/network';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../testing';

type Person = Extract<Actor, { kind: 'person' }>;
const NOBODY = '01990000-0000-7000-8000-000000000000';

let api: TestApi;
let alliance: Person;
let learner: Person;
let auditor: Person;
const actorWith = async (...grants: { role: Role; scope: Scope }[]): Promise<Person> =>
  api.actorOf(await api.addPerson(await api.addUnit()), ...grants);
const adminOf = (...baseIds: Id[]) => actorWith({ role: 'base-admin', scope: { kind: 'bases', baseIds } });
const as = (actor: Actor | null) => api.callerOf(actor).network;

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.test.clear();
  await api.repositories.charter.ensure();
  alliance = await actorWith({ role: 'alliance-admin', scope: { kind: 'network' } });
  auditor = await actorWith({ role: 'auditor', scope: { kind: 'network' } });
  learner = await actorWith();
  api.facts.length = 0;
});

let counter = 0;
const inputOf = (tier: BaseTier, changes: Partial<CreateBaseInput> = {}): CreateBaseInput => {
  counter += 1;
  return {
    code: `${tier === 'central' ? 'C' : tier === 'regional' ? 'P' : 'X'}${String(counter).padStart(3, '0')}`,
    name: { zh: `基地${counter}`, en: '' },
    tier,
    parentId: null,
    designations: [],
    location: {
      province: '浙江',
      city: '台州',
      county: '椒江区',
      latitude: 28.46,
      longitude: 121.89,
      datum: 'WGS-84',
      accuracyKm: 3,
    },
    theme: { zh: '海岛振兴', en: '' },
    description: '',
    access: '',
    capacityPerHalfDay: 100,
    openingHours: [{ weekday: 3, from: 480, to: 1020 }],
    blackouts: [],
    ...changes,
  };
};
const identityOf = ({ name, theme, location, description, designations }: Base) => ({
  name,
  theme,
  location,
  description,
  designations,
});
const runningOf = ({ capacityPerHalfDay, access, openingHours, blackouts }: Base) => ({
  capacityPerHalfDay,
  access,
  openingHours,
  blackouts,
});

/** A base of the network, entered through the repository. */
const addBase = async (tier: BaseTier, changes: Partial<Base> = {}): Promise<Base> => {
  const base: Base = {
    ...inputOf(tier),
    id: api.newId(),
    status: 'listed',
    revision: 0,
    demo: false,
    ...changes,
  };
  await api.repositories.bases.insertMany([base]);
  return base;
};
const auditOf = (subjectId: Id) => api.repositories.audit.list({ subjectId }, { page: 1, pageSize: 20 });

describe('reading the network', () => {
  it('shows learners its members only; those who run an applicant see it besides, offices see all', async () => {
    const member = await addBase('regional');
    const applicant = await addBase('regional', { status: 'applied' });
    const codes = async (actor: Person) => (await as(actor).list({})).items.map((row) => row.code);
    expect(await codes(learner)).toEqual([member.code]);
    expect(await codes(await adminOf(applicant.id))).toEqual([member.code, applicant.code]);
    expect(await codes(auditor)).toEqual([member.code, applicant.code]);
    expect((await as(learner).map({})).map((point) => point.id)).toEqual([member.id]);
    await expect(as(learner).get({ baseId: applicant.id })).rejects.toMatchObject({ message: 'NOT_FOUND' });
    await expect(as(learner).get({ baseId: NOBODY })).rejects.toMatchObject({ message: 'NOT_FOUND' });
    await expect(as(null).list({})).rejects.toMatchObject({ message: 'NOT_SIGNED_IN' });
  });

  it('says what each base is like today, and nothing of how it is stored', async () => {
    await addBase('regional', { name: { zh: '开放的', en: '' } });
    await addBase('regional', {
      name: { zh: '检修的', en: '' },
      blackouts: [{ from: '2026-11-18', to: '2026-11-18', reason: '检修' }],
    });
    await addBase('regional', { name: { zh: '休息的', en: '' }, openingHours: [] });
    const rows = (await as(learner).list({})).items;
    expect(rows.map((row) => row.today)).toEqual(['open', 'blackout', 'closed']);
    expect(Object.keys(rows[0]!)).not.toContain('blackouts');
    expect(Object.keys(rows[0]!)).not.toContain('searchKeys');
    const points = await as(learner).map({ text: 'jianxiu' });
    expect(points).toMatchObject([{ today: 'blackout', latitude: 28.46, longitude: 121.89 }]);
  });

  it('filters the list and the map alike', async () => {
    const central = await addBase('central');
    await addBase('regional', { location: { ...central.location, county: '天台县' } });
    for (const filter of [{ tier: 'central' as const }, { county: '椒江区' }, { text: central.code }]) {
      expect((await as(learner).list(filter)).items.map((row) => row.id)).toEqual([central.id]);
      expect((await as(learner).map(filter)).map((point) => point.id)).toEqual([central.id]);
    }
    expect((await as(learner).list({ status: 'applied' })).total).toBe(0);
  });

  it('opens a base with its venues, instructors, parent and case sites; what is out of use is for those who run it', async () => {
    const parent = await addBase('regional');
    const base = await addBase('case', { parentId: parent.id });
    await addBase('case', { parentId: base.id, status: 'delisted' });
    const manager = await adminOf(base.id);
    await as(manager).createVenue({
      baseId: base.id,
      code: 'V1',
      name: { zh: '垦荒馆', en: '' },
      kind: 'hall',
      capacity: 60,
    });
    const old = await as(manager).createVenue({
      baseId: base.id,
      code: 'V2',
      name: { zh: '旧馆', en: '' },
      kind: 'hall',
      capacity: 20,
    });
    await as(manager).updateVenue({
      venueId: old.id,
      revision: 0,
      name: old.name,
      kind: 'hall',
      capacity: 20,
      active: false,
    });
    const teacher = await api.addPerson(await api.addUnit());
    await as(manager).createInstructor({
      baseId: base.id,
      name: '王敏',
      title: '教授',
      kind: 'lecturer',
      personNo: teacher.personNo,
    });

    const file = await as(learner).get({ baseId: base.id });
    expect(file).toMatchObject({
      parent: { id: parent.id },
      caseSites: [],
      upcomingSessions: 0,
      today: 'open',
    });
    expect(file.venues.map((venue) => venue.code)).toEqual(['V1']);
    expect(file.instructors).toEqual([
      {
        id: expect.any(String) as string,
        baseId: base.id,
        name: '王敏',
        title: '教授',
        kind: 'lecturer',
        active: true,
      },
    ]);
    expect((await as(manager).get({ baseId: base.id })).venues.map((venue) => venue.code)).toEqual([
      'V1',
      'V2',
    ]);
    expect((await as(learner).get({ baseId: parent.id })).caseSites.map((site) => site.id)).toEqual([
      base.id,
    ]);
  });
});

describe('the life of a base', () => {
  it('goes from applicant to member step by step; each step is noted and told to open screens', async () => {
    const created = await as(alliance).createBase(inputOf('central'));
    expect(created).toMatchObject({ status: 'applied', revision: 0, demo: false });
    let base = created;
    for (const to of ['formal-check', 'site-review', 'notice', 'listed'] as const)
      base = await as(alliance).moveBase({ baseId: base.id, revision: base.revision, to });
    expect(base).toMatchObject({ status: 'listed', revision: 4 });
    expect((await as(learner).charter()).taken).toEqual({ central: 1, regional: 0, case: 0 });
    const entries = (await auditOf(base.id)).items;
    expect(entries.map((entry) => entry.action).reverse()).toEqual([
      'network:base-created',
      'network:base-moved',
      'network:base-moved',
      'network:base-moved',
      'network:base-moved',
    ]);
    expect(entries[0]).toMatchObject({
      actor: { kind: 'person', personId: alliance.personId },
      before: { status: 'notice' },
      after: { status: 'listed' },
    });
    expect(api.facts).toHaveLength(5);
    expect(api.facts.every((fact) => fact.type === 'network:changed' && fact.baseId === base.id)).toBe(true);
  });

  it('refuses the tenth regional base; nothing is noted, told or changed', async () => {
    for (let count = 0; count < 9; count += 1) await addBase('regional');
    const tenth = await addBase('regional', { status: 'notice' });
    await expect(
      as(alliance).moveBase({ baseId: tenth.id, revision: 0, to: 'listed' }),
    ).rejects.toMatchObject({ message: 'CHARTER_REGIONAL_FULL', cause: { details: { limit: 9 } } });
    expect(await api.repositories.bases.getById(tenth.id)).toEqual(tenth);
    expect((await auditOf(tenth.id)).total).toBe(0);
    expect(api.facts).toEqual([]);
  });

  it('refuses steps that are none, an older revision, and the loss of the central base', async () => {
    const central = await addBase('central');
    const move = (to: Base['status'], revision = 0) =>
      as(alliance).moveBase({ baseId: central.id, revision, to });
    await expect(move('applied')).rejects.toMatchObject({ message: 'BASE_MOVE_INVALID' });
    await expect(move('delisted')).rejects.toMatchObject({ message: 'CHARTER_CENTRAL_REQUIRED' });
    await expect(move('rectification', 3)).rejects.toMatchObject({ message: 'CHANGED_MEANWHILE' });
    expect(await api.repositories.bases.getById(central.id)).toEqual(central);
  });

  it('refuses a case site without a fitting parent, and a second base of a code', async () => {
    const regional = await addBase('regional');
    const site = await addBase('case', { parentId: regional.id });
    for (const [tier, parentId] of [
      ['case', null],
      ['case', site.id],
      ['regional', regional.id],
    ] as const)
      await expect(as(alliance).createBase(inputOf(tier, { parentId }))).rejects.toMatchObject({
        message: 'CHARTER_PARENT_INVALID',
      });
    await expect(as(alliance).createBase(inputOf('case', { parentId: NOBODY }))).rejects.toMatchObject({
      message: 'NOT_FOUND',
    });
    await expect(as(alliance).createBase(inputOf('regional', { code: regional.code }))).rejects.toMatchObject(
      {
        message: 'BASE_CODE_TAKEN',
      },
    );
    expect((await as(alliance).list({})).total).toBe(2);
  });

  it('sets the charter within what is taken', async () => {
    await addBase('regional');
    await addBase('regional');
    expect(await as(alliance).setCharter({ regional: 12 })).toMatchObject({
      regional: 12,
      taken: { regional: 2 },
    });
    await expect(as(alliance).setCharter({ regional: 1 })).rejects.toMatchObject({
      message: 'CHARTER_BELOW_LISTED',
    });
    expect((await as(learner).charter()).regional).toBe(12);
    expect((await auditOf('charter')).items).toMatchObject([
      { before: { regional: 9 }, after: { regional: 12 } },
    ]);
  });
});

describe('the file of a base', () => {
  it('is written by the alliance, its days also by those who run it; only what changed is noted', async () => {
    const base = await addBase('regional');
    const manager = await adminOf(base.id);
    const renamed = await as(alliance).updateBase({
      baseId: base.id,
      revision: 0,
      identity: { ...identityOf(base), name: { zh: '新名', en: 'New' } },
    });
    expect(renamed).toMatchObject({ name: { zh: '新名' }, revision: 1, code: base.code });
    const running = { ...runningOf(base), capacityPerHalfDay: 60 };
    await as(manager).updateBaseRunning({ baseId: base.id, revision: 1, running });
    const entries = (await auditOf(base.id)).items;
    expect(entries[0]).toMatchObject({
      before: { capacityPerHalfDay: 100 },
      after: { capacityPerHalfDay: 60 },
    });
    expect(entries[0]!.actor).toEqual({ kind: 'person', personId: manager.personId });
    expect(Object.keys(entries[1]!.after!)).toEqual(['name']);
  });

  it('refuses an older revision; the other’s words stay', async () => {
    const base = await addBase('regional');
    const update = (zh: string) =>
      as(alliance).updateBase({
        baseId: base.id,
        revision: 0,
        identity: { ...identityOf(base), name: { zh, en: '' } },
      });
    await update('先到');
    await expect(update('后到')).rejects.toMatchObject({ message: 'CHANGED_MEANWHILE' });
    expect((await api.repositories.bases.getById(base.id)).name.zh).toBe('先到');
    expect((await auditOf(base.id)).total).toBe(1);
  });
});

describe('what strangers are refused', () => {
  it('a learner and the admin of another base change nothing here', async () => {
    const base = await addBase('regional');
    const manager = await adminOf(base.id);
    const venue = await as(manager).createVenue({
      baseId: base.id,
      code: 'V1',
      name: { zh: '馆', en: '' },
      kind: 'hall',
      capacity: 60,
    });
    const instructor = await as(manager).createInstructor({
      baseId: base.id,
      name: '王敏',
      title: '',
      kind: 'lecturer',
      personNo: null,
    });
    const elsewhere = await adminOf((await addBase('regional')).id);
    const notes = (await api.repositories.audit.list({}, { page: 1, pageSize: 1 })).total;
    api.facts.length = 0;
    const venueFields = { name: venue.name, kind: venue.kind, capacity: 999 };
    for (const actor of [learner, elsewhere, auditor]) {
      const network = as(actor);
      const attempts = [
        () => network.updateBaseRunning({ baseId: base.id, revision: 0, running: runningOf(base) }),
        () => network.createVenue({ ...venueFields, baseId: base.id, code: 'V9' }),
        () => network.updateVenue({ ...venueFields, venueId: venue.id, revision: 0, active: true }),
        () => network.instructors({ baseId: base.id }),
        () =>
          network.createInstructor({
            baseId: base.id,
            name: '人',
            title: '',
            kind: 'witness',
            personNo: null,
          }),
        () =>
          network.updateInstructor({
            instructorId: instructor.id,
            revision: 0,
            name: '人',
            title: '',
            kind: 'witness',
            personNo: null,
            active: true,
          }),
      ];
      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({ message: 'NOT_ALLOWED' });
    }
    for (const actor of [learner, elsewhere, auditor, manager]) {
      const network = as(actor);
      const attempts = [
        () => network.createBase(inputOf('regional')),
        () => network.updateBase({ baseId: base.id, revision: 0, identity: identityOf(base) }),
        () => network.moveBase({ baseId: base.id, revision: 0, to: 'rectification' }),
        () => network.setCharter({ regional: 20 }),
        () =>
          network.createInstructor({ baseId: null, name: '人', title: '', kind: 'witness', personNo: null }),
        () => network.instructors({ baseId: null }),
      ];
      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({ message: 'NOT_ALLOWED' });
    }
    expect(await api.repositories.bases.getById(base.id)).toEqual(base);
    expect(await api.repositories.venues.listByBase(base.id)).toEqual([venue]);
    expect((await api.repositories.audit.list({}, { page: 1, pageSize: 1 })).total).toBe(notes);
    expect(api.facts).toEqual([]);
  });

  it('what belongs to a base out of sight answers like what does not exist', async () => {
    const hidden = await addBase('regional', { status: 'applied' });
    const venue = await as(alliance).createVenue({
      baseId: hidden.id,
      code: 'V1',
      name: { zh: '馆', en: '' },
      kind: 'hall',
      capacity: 60,
    });
    const instructor = await as(alliance).createInstructor({
      baseId: hidden.id,
      name: '王敏',
      title: '',
      kind: 'lecturer',
      personNo: null,
    });
    const elsewhere = await adminOf((await addBase('regional')).id);
    for (const actor of [learner, elsewhere]) {
      for (const [baseId, venueId, instructorId] of [
        [hidden.id, venue.id, instructor.id],
        [NOBODY, NOBODY, NOBODY],
      ] as const) {
        const network = as(actor);
        const venueFields = { name: venue.name, kind: venue.kind, capacity: 999 };
        const attempts = [
          () => network.get({ baseId }),
          () => network.updateBase({ baseId, revision: 0, identity: identityOf(hidden) }),
          () => network.updateBaseRunning({ baseId, revision: 0, running: runningOf(hidden) }),
          () => network.moveBase({ baseId, revision: 0, to: 'formal-check' }),
          () => network.createVenue({ ...venueFields, baseId, code: 'V9' }),
          () => network.updateVenue({ ...venueFields, venueId, revision: 0, active: true }),
          () => network.instructors({ baseId }),
          () => network.createInstructor({ baseId, name: '人', title: '', kind: 'witness', personNo: null }),
          () =>
            network.updateInstructor({
              instructorId,
              revision: 0,
              name: '人',
              title: '',
              kind: 'witness',
              personNo: null,
              active: true,
            }),
        ];
        for (const attempt of attempts)
          await expect(attempt()).rejects.toMatchObject({ message: 'NOT_FOUND' });
      }
    }
    expect(await api.repositories.bases.getById(hidden.id)).toEqual(hidden);
  });
});

describe('instructors', () => {
  it('are linked to a record by the person number; an unknown one is refused', async () => {
    const base = await addBase('regional');
    const manager = await adminOf(base.id);
    const teacher = await api.addPerson(await api.addUnit());
    const create = (personNo: string | null) =>
      as(manager).createInstructor({ baseId: base.id, name: '王敏', title: '', kind: 'lecturer', personNo });
    await expect(create('no-such')).rejects.toMatchObject({ message: 'NOT_FOUND' });
    const linked = await create(teacher.personNo);
    expect(linked).toMatchObject({ personId: teacher.id, personNo: teacher.personNo });
    const unlinked = await as(manager).updateInstructor({
      instructorId: linked.id,
      revision: 0,
      name: '王敏',
      title: '教授',
      kind: 'lecturer',
      personNo: null,
      active: true,
    });
    expect(unlinked).toMatchObject({ personId: null, personNo: null, title: '教授', revision: 1 });
    expect(await as(manager).instructors({ baseId: base.id })).toEqual([unlinked]);
    expect((await auditOf(linked.id)).items[0]).toMatchObject({
      before: { title: '', personId: teacher.id },
      after: { title: '教授', personId: null },
    });
  });

  it('of no base belong to the alliance', async () => {
    const guest = await as(alliance).createInstructor({
      baseId: null,
      name: '客座',
      title: '',
      kind: 'witness',
      personNo: null,
    });
    expect(await as(alliance).instructors({ baseId: null })).toEqual([guest]);
  });
});

describe('the forms', () => {
  it('refuse what is not a base, by field', async () => {
    const input = inputOf('regional');
    for (const [field, value] of [
      ['code', 'base-1'],
      ['capacityPerHalfDay', 0],
      ['name', { zh: ' ', en: '' }],
      ['openingHours', [{ weekday: 8, from: 0, to: 60 }]],
    ] as const)
      await expect(as(alliance).createBase({ ...input, [field]: value })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    expect((await as(alliance).list({})).total).toBe(0);
  });
});
