import { AppError, type Id } from '@cadre/domain/core';
import {
  decideBaseMove,
  type Base,
  type BaseStatus,
  type BaseTier,
  type Instructor,
  type Venue,
} from '@cadre/domain/network';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Tx } from '../core';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import { createBaseRepository, type BaseRepository } from './base.repository';
import { createCharterRepository, type CharterRepository } from './charter.repository';
import { createInstructorRepository } from './instructor.repository';
import { createVenueRepository } from './venue.repository';

const newId = createTestIds();
let test: TestDatabase;
let database: Database;
let bases: BaseRepository;
let charter: CharterRepository;

beforeAll(async () => {
  test = await createTestDatabase();
  database = test.database;
  bases = createBaseRepository(database);
  charter = createCharterRepository(database);
  createVenueRepository(database);
  createInstructorRepository(database);
  await database.ensureIndexes();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const emptyNetwork = async () => {
  await test.clear();
  await charter.ensure();
};

let counter = 0;
const baseOf = (tier: BaseTier, changes: Partial<Base> = {}): Base => {
  counter += 1;
  return {
    id: newId(),
    code: `${tier === 'central' ? 'C' : tier === 'regional' ? 'P' : 'X'}${String(counter).padStart(3, '0')}`,
    name: { zh: `基地${counter}`, en: `Base ${counter}` },
    tier,
    parentId: null,
    status: 'listed',
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
    openingHours: [],
    blackouts: [],
    revision: 0,
    demo: false,
    ...changes,
  };
};

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};
const inTransaction = <Result>(work: (tx: Tx) => Promise<Result>) => database.transaction(work);
const insert = (value: Base) => inTransaction((tx) => bases.insert(value, tx));
const move = async (id: Id, to: BaseStatus) => {
  const value = await bases.getById(id);
  return inTransaction((tx) => bases.tryMove(value, to, decideBaseMove(value, to), tx));
};
const countOf = (answers: readonly string[], answer: string) =>
  answers.filter((value) => value === answer).length;

describe('the charter', () => {
  beforeEach(emptyNetwork);

  it('lets nine of ten regional bases in when all arrive at once; the tenth leaves nothing behind', async () => {
    const values = Array.from({ length: 10 }, () => baseOf('regional'));
    const answers = await Promise.all(values.map((value) => codeOf(insert(value))));
    expect(countOf(answers, 'ok')).toBe(9);
    expect(countOf(answers, 'CHARTER_REGIONAL_FULL')).toBe(1);
    expect(await bases.countMembers('regional')).toBe(9);
    expect((await charter.read()).taken).toEqual({ central: 0, regional: 9 });
    const refused = values[answers.indexOf('CHARTER_REGIONAL_FULL')]!;
    expect(await bases.findById(refused.id)).toBeNull();
  });

  it('lets one of ten central bases in when all arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => codeOf(insert(baseOf('central')))));
    expect(countOf(answers, 'ok')).toBe(1);
    expect(countOf(answers, 'CHARTER_CENTRAL_EXISTS')).toBe(9);
    expect(await bases.countMembers('central')).toBe(1);
  });

  it('gives the last place to one of ten applicants that are listed at once, and the others stay where they were', async () => {
    await bases.insertMany(Array.from({ length: 8 }, () => baseOf('regional')));
    const applicants = Array.from({ length: 10 }, () => baseOf('regional', { status: 'notice' }));
    await bases.insertMany(applicants);
    const answers = await Promise.all(applicants.map((value) => codeOf(move(value.id, 'listed'))));
    expect(countOf(answers, 'ok')).toBe(1);
    expect(countOf(answers, 'CHARTER_REGIONAL_FULL')).toBe(9);
    const states = (await bases.listByIds(applicants.map((value) => value.id))).map((value) => value.status);
    expect(states.filter((status) => status === 'notice')).toHaveLength(9);
  });

  it('gives the place of a delisted base to the next one', async () => {
    const members = Array.from({ length: 9 }, () => baseOf('regional'));
    await bases.insertMany(members);
    const next = baseOf('regional');
    expect(await codeOf(insert(next))).toBe('CHARTER_REGIONAL_FULL');
    expect(await move(members[0]!.id, 'delisted')).toBe(true);
    expect(await codeOf(insert(next))).toBe('ok');
    expect(await bases.countMembers('regional')).toBe(9);
  });

  it('grows and shrinks, but never below the bases that are in', async () => {
    await bases.insertMany(Array.from({ length: 5 }, () => baseOf('regional')));
    const set = (regional: number) => inTransaction((tx) => charter.trySetRegional(regional, tx));
    expect(await set(11)).toBe(true);
    expect((await charter.read()).charter.regional).toBe(11);
    expect(await set(5)).toBe(true);
    expect((await charter.read()).charter.regional).toBe(5);
    expect(await codeOf(insert(baseOf('regional')))).toBe('CHARTER_REGIONAL_FULL');
    await expect(
      inTransaction(async (tx) => {
        if (!(await charter.trySetRegional(4, tx))) throw new AppError('CHARTER_BELOW_LISTED');
      }),
    ).rejects.toMatchObject({ code: 'CHARTER_BELOW_LISTED' });
    expect((await charter.read()).charter.regional).toBe(5);
    expect(await set(6)).toBe(true);
    expect(await codeOf(insert(baseOf('regional')))).toBe('ok');
  });

  it('shrinks against ten bases at once without letting in more than it says', async () => {
    const shrink = inTransaction(async (tx) => {
      if (!(await charter.trySetRegional(4, tx))) throw new AppError('CHARTER_BELOW_LISTED');
    });
    const answers = await Promise.all([
      codeOf(shrink),
      ...Array.from({ length: 10 }, () => codeOf(insert(baseOf('regional')))),
    ]);
    const { charter: now, taken } = await charter.read();
    expect(now.regional).toBe(answers[0] === 'ok' ? 4 : 9);
    expect(taken.regional).toBe(now.regional);
    expect(await bases.countMembers('regional')).toBe(now.regional);
  });

  it('is made once by ten processes at once', async () => {
    await test.clear();
    await Promise.all(Array.from({ length: 10 }, () => charter.ensure()));
    expect((await charter.read()).charter).toEqual({ central: 1, regional: 9, case: null });
  });
});

describe('a case site', () => {
  beforeEach(emptyNetwork);

  it('needs a parent that is a central or regional member', async () => {
    const regional = baseOf('regional');
    const applicant = baseOf('regional', { status: 'notice' });
    await bases.insertMany([regional, applicant]);
    const site = baseOf('case', { parentId: regional.id });
    expect(await codeOf(insert(site))).toBe('ok');
    for (const parentId of [applicant.id, site.id, newId(), null])
      expect(await codeOf(insert(baseOf('case', { parentId }))), String(parentId)).toBe(
        'CHARTER_PARENT_INVALID',
      );
    expect(await bases.countMembers('case')).toBe(1);
  });

  it('keeps its parent in the network; when it is gone the parent may go', async () => {
    const regional = baseOf('regional');
    const site = baseOf('case', { parentId: regional.id });
    await bases.insertMany([site, regional]);
    expect(await codeOf(move(regional.id, 'delisted'))).toBe('BASE_HAS_CASE_SITES');
    expect((await bases.getById(regional.id)).status).toBe('listed');
    expect(await move(site.id, 'delisted')).toBe(true);
    expect(await move(regional.id, 'delisted')).toBe(true);
  });

  it('is never left without its parent when both act at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const regional = baseOf('regional');
      await bases.insertMany([regional]);
      const site = baseOf('case', { parentId: regional.id });
      const [parentGone, siteIn] = await Promise.all([
        codeOf(move(regional.id, 'delisted')),
        codeOf(insert(site)),
      ]);
      expect([parentGone, siteIn].filter((answer) => answer === 'ok')).toHaveLength(1);
      if (siteIn === 'ok') {
        await move(site.id, 'delisted');
        await move(regional.id, 'delisted');
      }
    }
  });
});

describe('bases', () => {
  beforeEach(emptyNetwork);
  const everything = { text: '' };
  const page = { page: 1, pageSize: 10 };

  it('come back as they were stored, without their search keys', async () => {
    const value = baseOf('central', {
      designations: [
        { authority: '省委组织部', level: 'provincial', title: '示范基地', from: '2020-01-01', to: null },
      ],
      openingHours: [{ weekday: 1, from: 480, to: 1020 }],
      blackouts: [{ from: '2026-12-01', to: '2026-12-03', reason: '检修' }],
    });
    await bases.insertMany([value]);
    expect(await bases.getById(value.id)).toEqual(value);
    expect((await bases.list('all', everything, page)).items).toEqual([value]);
    expect((await bases.list('all', { text: value.code }, page)).items).toEqual([value]);
    expect(await bases.listAll('all', everything)).toEqual([value]);
    await expect(bases.getById(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuse a code that is taken', async () => {
    const value = baseOf('regional');
    await bases.insertMany([value]);
    expect(await codeOf(insert(baseOf('regional', { code: value.code })))).toBe('BASE_CODE_TAKEN');
  });

  it('are found by Chinese, pinyin, initials, code and county, titles that begin with it first', async () => {
    const island = baseOf('central', { name: { zh: '大陈岛干部学院', en: 'Dachen Island' } });
    const village = baseOf('regional', {
      name: { zh: '方林村集体经济基地', en: '' },
      theme: { zh: '大陈岛结对帮扶', en: '' },
      location: { ...island.location, county: '路桥区' },
    });
    await bases.insertMany([island, village]);
    const find = async (text: string) =>
      (await bases.list('all', { text }, page)).items.map((item) => item.id);
    expect(await find('大陈')).toEqual([island.id, village.id]);
    expect(await find('dachendao')).toEqual([island.id, village.id]);
    expect(await find('dcd 学院')).toEqual([island.id]);
    expect(await find('fanglin')).toEqual([village.id]);
    expect(await find('luqiao')).toEqual([village.id]);
    expect(await find(village.code)).toEqual([village.id]);
    expect(await find('island')).toEqual([island.id]);
    expect(await find('海南')).toEqual([]);
    expect((await bases.listAll('all', { text: 'dcd' })).map((item) => item.id).sort()).toEqual(
      [island.id, village.id].sort(),
    );
  });

  it('are filtered and paged on the server', async () => {
    const members = Array.from({ length: 5 }, () => baseOf('regional'));
    const applicant = baseOf('regional', { status: 'applied' });
    await bases.insertMany([...members, applicant]);
    const second = await bases.list(
      'all',
      { text: '', tier: 'regional', status: 'listed' },
      { page: 2, pageSize: 2 },
    );
    expect(second).toMatchObject({ total: 5, page: 2, pageSize: 2 });
    expect(second.items.map((item) => item.code)).toEqual([members[2]!.code, members[3]!.code]);
    expect(
      (await bases.list('all', { text: 'jidi', county: '椒江区' }, { page: 2, pageSize: 4 })).items,
    ).toHaveLength(2);
    expect((await bases.list('all', { text: '', county: '天台县' }, page)).total).toBe(0);
  });

  it('are ordered by a column when one is asked for, with a text and without', async () => {
    const [big, small] = [
      baseOf('regional', { capacityPerHalfDay: 300 }),
      baseOf('regional', { capacityPerHalfDay: 20 }),
    ];
    await bases.insertMany([big, small]);
    for (const text of ['', 'jidi']) {
      const ordered = (key: 'capacity' | 'code', descending: boolean) =>
        bases.list('all', { text }, page, { key, descending });
      expect((await ordered('capacity', false)).items).toEqual([small, big]);
      expect((await ordered('code', true)).items).toEqual([small, big]);
      expect((await ordered('code', false)).items).toEqual([big, small]);
    }
  });

  it('outside the network are in sight of those who run them alone', async () => {
    const member = baseOf('regional', { status: 'rectification' });
    const applicant = baseOf('regional', { status: 'applied' });
    const delisted = baseOf('regional', { status: 'delisted' });
    await bases.insertMany([member, applicant, delisted]);
    const codes = async (sight: 'all' | { own: Id[] }, text: string) =>
      (await bases.list(sight, { text }, page)).items.map((item) => item.id);
    for (const text of ['', 'jidi']) {
      expect(await codes('all', text)).toEqual([member.id, applicant.id, delisted.id]);
      expect(await codes({ own: [applicant.id] }, text)).toEqual([member.id, applicant.id]);
      expect(await codes({ own: [] }, text)).toEqual([member.id]);
    }
    await expect(bases.getInSight(applicant.id, { own: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bases.getInSight(applicant.id, { own: [applicant.id] })).resolves.toEqual(applicant);
  });

  it('are written by one of ten who have read the same revision', async () => {
    const value = baseOf('regional');
    await bases.insertMany([value]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        inTransaction((tx) =>
          bases.tryUpdate(
            { ...value, name: { zh: `新名${index}`, en: '' }, status: 'delisted', code: 'X999' },
            tx,
          ),
        ),
      ),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    const after = await bases.getById(value.id);
    expect(after).toMatchObject({ revision: 1, status: 'listed', code: value.code });
    expect((await bases.list('all', { text: after.name.zh }, page)).total).toBe(1);
    expect((await bases.list('all', { text: value.name.zh }, page)).total).toBe(0);
  });

  it('cannot be moved by somebody who has read an older revision', async () => {
    const value = baseOf('regional');
    await bases.insertMany([value]);
    expect(
      await inTransaction((tx) => bases.tryMove({ ...value, revision: 7 }, 'rectification', 'keep', tx)),
    ).toBe(false);
    expect(await bases.getById(value.id)).toEqual(value);
  });
});

describe('venues and instructors', () => {
  const venueOf = (baseId: Id, code: string): Venue => ({
    id: newId(),
    baseId,
    code,
    name: { zh: '垦荒馆', en: '' },
    kind: 'hall',
    capacity: 60,
    active: true,
    revision: 0,
    demo: false,
  });
  const instructorOf = (baseId: Id | null, name: string): Instructor => ({
    id: newId(),
    personId: null,
    baseId,
    name,
    title: '讲师',
    kind: 'lecturer',
    active: true,
    revision: 0,
    demo: false,
  });

  it('a venue code is taken once per base', async () => {
    const venues = createVenueRepository(database);
    const [here, there] = [newId(), newId()];
    const first = venueOf(here, 'V1');
    await venues.insert(first);
    expect(await codeOf(venues.insert(venueOf(here, 'V1')))).toBe('VENUE_CODE_TAKEN');
    await venues.insert(venueOf(there, 'V1'));
    expect(await venues.listByBase(here)).toEqual([first]);
  });

  it('are written against the revision that was read', async () => {
    const venues = createVenueRepository(database);
    const instructors = createInstructorRepository(database);
    const venue = venueOf(newId(), 'V1');
    const instructor = instructorOf(null, '王敏');
    await venues.insert(venue);
    await instructors.insert(instructor);
    await inTransaction(async (tx) => {
      expect(await venues.tryUpdate({ ...venue, capacity: 80, code: 'V9' }, tx)).toBe(true);
      expect(await venues.tryUpdate({ ...venue, capacity: 90 }, tx)).toBe(false);
      expect(await instructors.tryUpdate({ ...instructor, active: false }, tx)).toBe(true);
      expect(await instructors.tryUpdate({ ...instructor, name: '别人' }, tx)).toBe(false);
    });
    expect(await venues.getById(venue.id)).toEqual({ ...venue, capacity: 80, revision: 1 });
    expect(await instructors.getById(instructor.id)).toEqual({ ...instructor, active: false, revision: 1 });
  });

  it('instructors are listed by base, by nobody’s base and by person', async () => {
    const instructors = createInstructorRepository(database);
    const [baseId, personId] = [newId(), newId()];
    const own = instructorOf(baseId, '安心');
    const linked = { ...instructorOf(newId(), '白云'), personId };
    await instructors.insertMany([own, linked]);
    expect(await instructors.listByBase(baseId)).toEqual([own]);
    expect(await instructors.listByPerson(personId)).toEqual([linked]);
    expect((await instructors.listByBase(null)).every((value) => value.baseId === null)).toBe(true);
  });
});
