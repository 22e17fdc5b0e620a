import type { Person } from '@cadre/domain/identity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type Database } from '../core';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import { createPersonRepository } from './index';

const newId = createTestIds();
const [HOME, ELSEWHERE] = [newId(), newId()];

let test: TestDatabase;
/** A second connection to the same database, as another server process would have. */
let other: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  createPersonRepository(test.database);
  await test.database.ensureIndexes();
  other = await connectDatabase({ uri: test.uri, name: test.name });
});
afterAll(async () => {
  await other.close();
  await test[Symbol.asyncDispose]();
});

const served = { unitId: HOME, kind: 'home', from: '2020-01-01', to: null } as const;
const cadre = (): Person => ({
  id: newId(),
  personNo: `P-${newId()}`,
  name: '林海燕',
  birthDate: null,
  unitId: HOME,
  unitPath: [HOME],
  affiliations: [served],
  posts: [],
  grades: [],
  status: 'active',
  demo: false,
});
const over = { ...served, to: '2026-08-31' };
const retired = (person: Person): Person => ({ ...person, status: 'retired', affiliations: [over] });
const transferred = (person: Person): Person => ({
  ...person,
  unitId: ELSEWHERE,
  unitPath: [ELSEWHERE],
  affiliations: [over, { ...served, unitId: ELSEWHERE, from: '2026-09-01' }],
});

it('of ten changes of one history at once, on two servers, one stands, whole', async () => {
  const person = cadre();
  const servers = [test.database, other].map((database) => ({
    database,
    people: createPersonRepository(database),
  }));
  await servers[0]!.people.insert({ person, idCardHash: null });
  const changes = Array.from({ length: 10 }, (_, index) =>
    index % 2 ? retired(person) : transferred(person),
  );
  const stood = await Promise.all(
    changes.map((changed, index) => {
      const { database, people } = servers[index % 3 === 0 ? 0 : 1]!;
      return database.transaction((tx) => people.tryReplaceHistory(person, changed, tx));
    }),
  );
  expect(stood.filter(Boolean)).toHaveLength(1);
  expect(await servers[0]!.people.findById(person.id)).toEqual(changes[stood.indexOf(true)]);
});

it('a transfer that was read before the retirement is not stored after it', async () => {
  const person = cadre();
  const people = createPersonRepository(test.database);
  await people.insert({ person, idCardHash: null });
  const store = (changed: Person) =>
    test.database.transaction((tx) => people.tryReplaceHistory(person, changed, tx));
  expect(await store(retired(person))).toBe(true);
  expect(await store(transferred(person))).toBe(false);
  expect(await people.findById(person.id)).toEqual(retired(person));
});

it('finds whose history was recorded after a day and until another', async () => {
  const people = createPersonRepository(test.database);
  const recorded = async (
    rows: Partial<Pick<Person, 'affiliations' | 'posts' | 'grades'>>,
  ): Promise<string> => {
    const person = { ...cadre(), ...rows };
    await people.insert({ person, idCardHash: null });
    return person.id;
  };
  const grade = { grade: '一级科员', from: '2025-01-01', to: null };
  const [seconded, ended] = [
    await recorded({ affiliations: [served, { ...served, kind: 'secondment', recordedOn: '2026-03-02' }] }),
    await recorded({ grades: [{ ...grade, to: '2026-02-28', endRecordedOn: '2026-03-04' }] }),
  ];
  // Each end lies in the span, none of the two itself.
  await recorded({
    grades: [{ ...grade, recordedOn: '2026-03-01', endRecordedOn: '2026-03-05', to: '2026-03-04' }],
  });
  expect((await people.listHistoryRecorded('2026-03-01', '2026-03-04')).sort()).toEqual(
    [seconded, ended].sort(),
  );
  expect(await people.listHistoryRecorded('2026-03-02', '2026-03-03')).toEqual([]);
});
