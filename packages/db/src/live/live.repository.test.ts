import type { Id } from '@cadre/domain/core';
import type { Presence, RoomEventBody } from '@cadre/domain/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppendOnlyError, connectDatabase, isDuplicateKey, type Database } from '../core';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import {
  createAttemptRepository,
  createCheckInTicketRepository,
  createConnectionRepository,
  createPresenceRepository,
  createRoomEventRepository,
} from './index';

const newId = createTestIds();
const NOW = new Date('2026-11-18T06:00:00Z');
const HOST = newId();

let test: TestDatabase;
/** A second connection to the same database, as another server process would have. */
let other: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  createRoomEventRepository(test.database);
  createPresenceRepository(test.database);
  createCheckInTicketRepository(test.database);
  createAttemptRepository(test.database);
  createConnectionRepository(test.database);
  await test.database.ensureIndexes();
  other = await connectDatabase({ uri: test.uri, name: test.name });
});
afterAll(async () => {
  await other.close();
  await test[Symbol.asyncDispose]();
});

const checkedIn = (personId: Id): RoomEventBody => ({
  type: 'checked-in',
  personId,
  mode: 'hall',
  method: 'qr',
  by: null,
});
const announced: RoomEventBody = { type: 'announced', personId: HOST, text: '请入座' };
const draft = (body: RoomEventBody) => ({ id: newId(), at: NOW, recordedAt: NOW, body });

async function openRoom(): Promise<Id> {
  const sessionId = newId();
  await createRoomEventRepository(test.database).insertRoom(sessionId);
  return sessionId;
}

describe('the events of a room', () => {
  it('are numbered from 1 without a gap, also when two processes write at once', async () => {
    const sessionId = await openRoom();
    const write = (database: Database) =>
      database.transaction((tx) =>
        createRoomEventRepository(database).append(sessionId, [draft(announced), draft(announced)], tx),
      );
    await Promise.all(Array.from({ length: 10 }, (_, index) => write(index % 2 ? test.database : other)));
    const events = await createRoomEventRepository(test.database).listBySession(sessionId);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await createRoomEventRepository(other).lastSeq(sessionId)).toBe(20);
  });

  it('hold one check-in of a person, whoever of ten comes first, and the refused ones use up no number', async () => {
    const sessionId = await openRoom();
    const person = newId();
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => {
        const database = index % 2 ? test.database : other;
        return database.transaction((tx) =>
          createRoomEventRepository(database).append(sessionId, [draft(checkedIn(person))], tx),
        );
      }),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const tried of tries)
      if (tried.status === 'rejected') expect(isDuplicateKey(tried.reason, 'onceKey')).toBe(true);
    expect(await createRoomEventRepository(test.database).lastSeq(sessionId)).toBe(1);
    expect(await createRoomEventRepository(test.database).countCheckedIn(sessionId)).toBe(1);
  });

  it('come back as they were, and only to those who may see them', async () => {
    const repository = createRoomEventRepository(test.database);
    const sessionId = await openRoom();
    const [lin, chen] = [newId(), newId()];
    const added = await test.database.transaction((tx) =>
      repository.append(
        sessionId,
        [
          draft({ type: 'room-opened', by: HOST }),
          draft(checkedIn(lin)),
          draft(checkedIn(chen)),
          draft({ type: 'room-extended', until: new Date('2026-11-18T09:00:00Z'), by: HOST }),
        ],
        tx,
      ),
    );
    expect(await repository.listSince(sessionId, 0, { kind: 'staff' }, 10)).toEqual(added);
    const ofLin = await repository.listSince(sessionId, 1, { kind: 'learner', personId: lin }, 10);
    expect(ofLin.map(({ seq }) => seq)).toEqual([2, 4]);
    expect(await repository.listSince(sessionId, 0, { kind: 'staff' }, 2)).toEqual(added.slice(0, 2));
    expect(await repository.listBySubjects(sessionId, [chen])).toEqual([added[2]]);
    expect((await repository.listOfRoom(sessionId)).map(({ seq }) => seq)).toEqual([1, 4]);
  });

  it('cannot be added to a room that was never opened', async () => {
    const sessionId = newId();
    await expect(
      test.database.transaction((tx) =>
        createRoomEventRepository(test.database).append(sessionId, [draft(announced)], tx),
      ),
    ).rejects.toThrow('ROOM_NOT_OPEN');
    expect(await createRoomEventRepository(test.database).listBySession(sessionId)).toEqual([]);
  });

  it('leave no trace and no gap when their transaction fails', async () => {
    const sessionId = await openRoom();
    const repository = createRoomEventRepository(test.database);
    await expect(
      test.database.transaction(async (tx) => {
        await repository.append(sessionId, [draft(announced)], tx);
        throw new Error('halfway');
      }),
    ).rejects.toThrow('halfway');
    const [next] = await test.database.transaction((tx) =>
      repository.append(sessionId, [draft(announced)], tx),
    );
    expect(next?.seq).toBe(1);
  });

  it('loaded as a whole go on where they ended', async () => {
    const repository = createRoomEventRepository(test.database);
    const sessionId = newId();
    const person = newId();
    await repository.insertMany([
      { ...draft({ type: 'room-opened', by: HOST }), sessionId, seq: 1 },
      { ...draft(checkedIn(person)), sessionId, seq: 2 },
    ]);
    const [next] = await test.database.transaction((tx) =>
      repository.append(sessionId, [draft(announced)], tx),
    );
    expect(next?.seq).toBe(3);
  });

  it('cannot be changed', async () => {
    const events = test.database.appendOnlyModel<{ _id: string }>('roomEvents', undefined as never);
    await expect((async () => events.updateMany({}, { $set: { seq: 1 } }))()).rejects.toThrow(
      AppendOnlyError,
    );
  });
});

describe('presences', () => {
  const presenceOf = (changes: Partial<Presence>): Presence => ({
    id: newId(),
    sessionId: newId(),
    personId: newId(),
    revision: 1,
    mode: 'hall',
    intervals: [{ startsAt: NOW, endsAt: new Date(NOW.getTime() + 3_600_000) }],
    minutes: 60,
    heldMinutes: 150,
    closedOpen: false,
    ...changes,
  });

  it('are stored once per revision, and the latest one counts', async () => {
    const repository = createPresenceRepository(test.database);
    const first = presenceOf({});
    await repository.insertMany([first]);
    const again: unknown = await repository
      .insertMany([presenceOf({ sessionId: first.sessionId, personId: first.personId, minutes: 1 })])
      .catch((error: unknown) => error);
    expect(isDuplicateKey(again)).toBe(true);
    expect(await repository.listBySession(first.sessionId)).toEqual([first]);
    const second = { ...first, id: newId(), revision: 2, minutes: 61 };
    await repository.insertMany([second]);
    expect(await repository.listBySession(first.sessionId)).toEqual([second]);
    expect(await repository.listByPerson(first.personId)).toEqual([second]);
  });
});

describe('a scan that waits for a sign-in', () => {
  it('is spent on one person, whoever of ten comes first', async () => {
    const repository = createCheckInTicketRepository(test.database);
    const ticket = {
      id: newId(),
      tokenHash: 'hash',
      sessionId: newId(),
      scannedAt: NOW,
      expiresAt: new Date(NOW.getTime() + 300_000),
      redeemedBy: null,
    };
    await repository.insert(ticket);
    expect(await repository.find('hash', ticket.sessionId)).toEqual(ticket);
    expect(await repository.find('hash', newId())).toBeNull();
    const people = Array.from({ length: 10 }, newId);
    const won = await Promise.all(people.map((person) => repository.tryRedeem(ticket.id, person)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const winner = people[won.indexOf(true)]!;
    expect(await repository.tryRedeem(ticket.id, winner)).toBe(true);
    expect(await repository.find('hash', ticket.sessionId)).toMatchObject({ redeemedBy: winner });
    expect(await repository.deleteExpired(ticket.expiresAt)).toBe(0);
    expect(await repository.deleteExpired(new Date(ticket.expiresAt.getTime() + 1))).toBe(1);
  });
});

describe('attempts', () => {
  it('are counted one by one, whoever counts at the same time', async () => {
    const expiresAt = new Date(NOW.getTime() + 600_000);
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        createAttemptRepository(index % 2 ? test.database : other).record(
          ['account:a', 'session:s'],
          expiresAt,
        ),
      ),
    );
    const repository = createAttemptRepository(test.database);
    await repository.record(['account:b', 'account:b'], expiresAt);
    expect(await repository.countsOf(['account:a', 'account:b', 'session:s', 'account:none'])).toEqual(
      new Map([
        ['account:a', 10],
        ['account:b', 2],
        ['session:s', 10],
      ]),
    );
    expect(await repository.deleteExpired(new Date(expiresAt.getTime() + 1))).toBe(3);
  });

  it('are given out no more often than allowed, to ten at once on two servers as well, and anew when forgotten', async () => {
    const servers = [createAttemptRepository(test.database), createAttemptRepository(other)];
    const take = (index: number) => servers[index % 2]!.tryTake('password:a', 5, NOW);
    const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => take(index)));
    expect(taken.filter(Boolean)).toHaveLength(5);
    expect(await take(0)).toBe(false);
    await servers[1]!.forget('password:a');
    expect(await take(0)).toBe(true);
  });
});

describe('open connections', () => {
  it('are known by the process that holds them, and a silent process is found', async () => {
    const repository = createConnectionRepository(test.database);
    const [alive, dead] = [newId(), newId()];
    const later = new Date(NOW.getTime() + 60_000);
    await repository.beat({ id: dead, aliveAt: NOW, beatAt: NOW });
    await repository.beat({ id: alive, aliveAt: NOW, beatAt: NOW });
    await repository.beat({ id: alive, aliveAt: later, beatAt: later });
    expect(await repository.listSilent(later)).toEqual([{ id: dead, aliveAt: NOW, beatAt: NOW }]);
    const open = { id: 'c1', sessionId: newId(), personId: newId(), processId: dead };
    await repository.insertMany([open, { ...open, id: 'c2' }, { ...open, id: 'c3', processId: alive }]);
    await repository.deleteMany(['c2']);
    expect(await repository.listByProcess(dead)).toEqual([open]);
    await repository.deleteBySession(open.sessionId);
    expect(await repository.listByProcess(alive)).toEqual([]);
    await repository.deleteProcess(dead);
    expect(await repository.listSilent(later)).toEqual([]);
  });
});
