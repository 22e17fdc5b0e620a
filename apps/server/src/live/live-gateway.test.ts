import { addLiveScene, type LiveScene } from '@cadre/api/testing';
import type { PersonActor } from '@cadre/domain/access';
import { createTestClock, createTestIds } from '@cadre/db/testing';
import type { Id } from '@cadre/domain/core';
import { DEFAULT_SETTINGS } from '@cadre/domain/identity';
import {
  LIVE_PATH,
  liveCommands,
  readLiveFact,
  type Acknowledgement,
  type ClientToServerEvents,
  type LiveCommandName,
  type LiveFact,
  type LiveFactOnWire,
  type RoomEvent,
  type ServerToClientEvents,
} from '@cadre/domain/live';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { argon2Passwords } from '../passwords';
import { startServer } from '../server';
import { startTestServer, type TestServer } from '../testing/test-server';

const PASSWORD = 'Dachen-1956-island';
const at = (hour: number, minute = 0): Date => new Date(Date.UTC(2026, 10, 18, hour, minute));
const clock = createTestClock(at(5, 30));
const newId = createTestIds();

let app: TestServer;
let passwordHash: string;
let scene: LiveScene;

interface Member {
  personId: Id;
  actor: PersonActor;
  cookie: string;
}
type Client = Socket<ServerToClientEvents, ClientToServerEvents>;
const clients: Client[] = [];

beforeAll(async () => {
  app = await startTestServer({ clock });
  passwordHash = await argon2Passwords.hash(PASSWORD);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});
beforeEach(async () => {
  clock.set(at(5, 30));
  scene = await addLiveScene(app.server.repositories, newId);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

let people = 0;
/** A person with an account who has signed in over HTTP. */
async function addMember(): Promise<Member> {
  const { repositories } = app.server;
  people += 1;
  const [unitId, personId, accountId] = [newId(), newId(), newId()];
  const personNo = `G${String(people).padStart(4, '0')}`;
  await repositories.units.insert({
    id: unitId,
    code: personNo,
    name: { zh: '单位', en: 'Unit' },
    kind: 'organ',
    parentId: null,
    path: [unitId],
    demo: false,
  });
  await repositories.people.insert({
    person: {
      id: personId,
      personNo,
      name: `学员${people}`,
      birthDate: null,
      unitId,
      unitPath: [unitId],
      affiliations: [{ unitId, kind: 'home', from: '2020-01-01', to: null }],
      posts: [],
      grades: [],
      status: 'active',
      demo: false,
    },
    idCardHash: null,
  });
  await repositories.accounts.insert(
    {
      id: accountId,
      personId,
      loginName: personNo,
      mustChangePassword: false,
      failedAttempts: 0,
      lockedUntil: null,
      disabledAt: null,
      settings: DEFAULT_SETTINGS,
    },
    passwordHash,
  );
  const response = await app.call('mutation', 'identity.signIn', { loginName: personNo, password: PASSWORD });
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0]!;
  return { personId, cookie, actor: { kind: 'person', personId, accountId, grants: [] } };
}

const grantHost = async ({ personId }: Member, sessionId = scene.session.id): Promise<void> => {
  await app.server.repositories.grants.insert({
    id: newId(),
    personId,
    role: 'host',
    scope: { kind: 'session', sessionId },
    from: '2026-01-01',
    to: null,
    grantedBy: null,
    delegatedFrom: null,
    revokedAt: null,
  });
};

interface Line {
  client: Client;
  facts: LiveFact[];
  /** Sends a command and reads its answer as the contract says. */
  send<Name extends LiveCommandName>(
    name: Name,
    input: unknown,
  ): Promise<Acknowledgement<z.output<(typeof liveCommands)[Name]['output']>>>;
}

async function connect(
  cookie: string | null,
  url = app.url,
  headers: Record<string, string> = {},
): Promise<Line> {
  const client: Client = io(url, {
    path: LIVE_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...(cookie === null ? {} : { cookie }), ...headers },
  });
  clients.push(client);
  const facts: LiveFact[] = [];
  client.onAny((_name, fact: LiveFactOnWire | undefined) => {
    if (fact) facts.push(readLiveFact(fact));
  });
  await new Promise<void>((done, refuse) => {
    client.once('connect', done);
    client.once('connect_error', refuse);
  });
  return {
    client,
    facts,
    async send(name, input) {
      const emit = client.timeout(5_000).emitWithAck.bind(client.timeout(5_000)) as (
        command: string,
        input: unknown,
      ) => Promise<Acknowledgement<never>>;
      const answer = await emit(name, input);
      return answer.ok
        ? { ok: true, value: z.decode(liveCommands[name].output as never, answer.value) }
        : answer;
    },
  };
}

/** What comes over a socket or out of a slow database comes when it comes. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000 });
const seen = (line: Line): string[] =>
  line.facts.map((fact) =>
    fact.type === 'room:event' ? `${fact.event.seq} ${fact.event.body.type}` : fact.type,
  );
const valueOf = <Value>(answer: Acknowledgement<Value>): Value => {
  if (!answer.ok) throw new Error(`refused: ${answer.refusal.code}`);
  return answer.value;
};
const hostOf = async (): Promise<Member> => {
  const host = await addMember();
  await grantHost(host);
  host.actor.grants = [
    { id: newId(), role: 'host', scope: { kind: 'session', sessionId: scene.session.id } },
  ];
  return host;
};
const openRoom = async (host: Member) => app.server.services.room.open(host.actor, scene.session.id);
const checkIn = async (host: Member, member: Member) =>
  app.server.services.room.checkInByHand(host.actor, scene.session.id, member.personId);
const eventsNow = async (): Promise<RoomEvent[]> =>
  app.server.repositories.roomEvents.listBySession(scene.session.id);
const typesNow = async (): Promise<string[]> => (await eventsNow()).map(({ body }) => body.type);
const sessionId = () => scene.session.id;

describe('a socket', () => {
  it('opens for a signed-in person alone, from a page of ours', async () => {
    const member = await addMember();
    expect((await connect(member.cookie)).client.connected).toBe(true);
    await expect(connect(null)).rejects.toThrow('NOT_SIGNED_IN');
    await expect(connect('cadre_sign_in=forged')).rejects.toThrow('NOT_SIGNED_IN');
    await expect(connect(member.cookie, app.url, { origin: 'https://evil.example' })).rejects.toThrow();
  });

  it('is cut off with the first command after the person has signed out', async () => {
    const member = await addMember();
    const line = await connect(member.cookie);
    const gone = new Promise<void>((done) => line.client.once('disconnect', () => done()));
    await app.call('mutation', 'identity.signOutEverywhere', undefined, { cookie: member.cookie });
    expect(await line.send('live:follow', { topics: [] })).toMatchObject({
      ok: false,
      refusal: { code: 'NOT_SIGNED_IN', kind: 'unauthenticated' },
    });
    await gone;
  });

  it('answers what it cannot read with a refusal, and lives on', async () => {
    const line = await connect((await addMember()).cookie);
    expect(await line.send('live:join', { sessionId: 'x', as: 'owner' })).toMatchObject({
      ok: false,
      refusal: { code: 'INPUT_INVALID', details: { fields: ['sessionId', 'as'] } },
    });
    expect(await line.send('live:follow', null)).toMatchObject({
      ok: false,
      refusal: { code: 'INPUT_INVALID' },
    });
    const emitWithoutAck = line.client.emit.bind(line.client) as (command: string, input: unknown) => void;
    emitWithoutAck('live:leave', { sessionId: sessionId() });
    expect(await line.send('live:follow', { topics: [] })).toMatchObject({ ok: true });
  });

  it('hides a defect behind its number', async () => {
    const line = await connect((await addMember()).cookie);
    const { repositories } = app.server;
    const failing = vi
      .spyOn(repositories.signIns, 'findByTokenHash')
      .mockRejectedValueOnce(new Error('secret detail'));
    const answer = await line.send('live:follow', { topics: [] });
    failing.mockRestore();
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'DEFECT', kind: 'defect', details: {} } });
    expect(JSON.stringify(answer)).not.toContain('secret detail');
    if (!answer.ok) expect(app.log.some((entry) => entry.includes(answer.refusal.requestId))).toBe(true);
  });
});

describe('joining a room', () => {
  it('shows the staff everything and a learner the room and themselves, from then on as well', async () => {
    const [host, lin, chen] = [await hostOf(), await addMember(), await addMember()];
    await scene.seat([lin.personId, chen.personId]);
    await openRoom(host);
    await checkIn(host, chen);
    const [staff, learner] = [await connect(host.cookie), await connect(lin.cookie)];
    const forStaff = valueOf(await staff.send('live:join', { sessionId: sessionId(), as: 'watch' }));
    const forLearner = valueOf(await learner.send('live:join', { sessionId: sessionId(), as: 'watch' }));
    expect(forStaff).toMatchObject({
      viewer: 'staff',
      lastSeq: 2,
      room: { status: 'live', checkedIn: 1, openedAt: at(5, 30) },
    });
    expect(forStaff.events.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(forLearner).toMatchObject({ viewer: 'learner', lastSeq: 2 });
    expect(forLearner.events.map(({ seq }) => seq)).toEqual([1]);

    await checkIn(host, lin);
    await app.server.services.room.announce(host.actor, sessionId(), '请入座');
    await eventually(() => {
      expect(seen(staff)).toEqual(['3 checked-in', '4 announced']);
      expect(seen(learner)).toEqual(['3 checked-in', '4 announced']);
    });
    await app.server.services.room.checkOutByHand(host.actor, sessionId(), chen.personId);
    await app.server.services.room.announce(host.actor, sessionId(), '下课');
    await eventually(() => {
      expect(seen(staff)).toHaveLength(4);
      expect(seen(learner)).toEqual(['3 checked-in', '4 announced', '6 announced']);
    });
  });

  it('is not found by a stranger, who hears nothing', async () => {
    const [host, stranger] = [await hostOf(), await addMember()];
    await openRoom(host);
    const line = await connect(stranger.cookie);
    for (const command of ['live:join', 'live:missed'] as const)
      expect(await line.send(command, { sessionId: sessionId(), as: 'online', since: 0 })).toMatchObject({
        ok: false,
        refusal: { code: 'NOT_FOUND' },
      });
    expect(await line.send('live:join', { sessionId: newId(), as: 'watch' })).toMatchObject({
      ok: false,
      refusal: { code: 'NOT_FOUND' },
    });
    await app.server.services.room.announce(host.actor, sessionId(), '请入座');
    valueOf(await line.send('live:follow', { topics: [] }));
    expect(line.facts).toEqual([]);
    expect(await typesNow()).toEqual(['room-opened', 'announced']);
  });

  it('again after an interruption brings exactly what was missed', async () => {
    const [host, lin] = [await hostOf(), await addMember()];
    await scene.seat([lin.personId]);
    await openRoom(host);
    const first = await connect(lin.cookie);
    const { lastSeq } = valueOf(await first.send('live:join', { sessionId: sessionId(), as: 'watch' }));
    first.client.disconnect();
    await checkIn(host, lin);
    await app.server.services.room.announce(host.actor, sessionId(), '请入座');
    const again = await connect(lin.cookie);
    const back = valueOf(
      await again.send('live:join', { sessionId: sessionId(), as: 'watch', since: lastSeq }),
    );
    expect(back.events.map(({ seq, body }) => `${seq} ${body.type}`)).toEqual([
      '2 checked-in',
      '3 announced',
    ]);
    expect(valueOf(await again.send('live:missed', { sessionId: sessionId(), since: 3 }))).toEqual({
      events: [],
      lastSeq: 3,
      more: false,
    });
    expect(again.facts).toEqual([]);
  });

  it('left, is silent', async () => {
    const host = await hostOf();
    await openRoom(host);
    const line = await connect(host.cookie);
    valueOf(await line.send('live:join', { sessionId: sessionId(), as: 'watch' }));
    valueOf(await line.send('live:leave', { sessionId: sessionId() }));
    await app.server.services.room.announce(host.actor, sessionId(), '请入座');
    valueOf(await line.send('live:follow', { topics: [] }));
    expect(line.facts).toEqual([]);
  });
});

describe('hints', () => {
  it('come to those who follow the topic, and ids of people only to those people', async () => {
    const [lin, chen] = [await addMember(), await addMember()];
    const [follower, other] = [await connect(lin.cookie), await connect(chen.cookie)];
    const classId = scene.trainingClass.id;
    valueOf(await follower.send('live:follow', { topics: [{ kind: 'class', id: classId }] }));
    app.server.publisher.publish({ type: 'enrollment:changed', classId, personIds: [chen.personId] });
    app.server.publisher.publish({ type: 'clock:moved' });
    await eventually(() => {
      expect(follower.facts).toEqual([
        { type: 'enrollment:changed', classId, personIds: [] },
        { type: 'clock:moved' },
      ]);
      expect(other.facts).toEqual([
        { type: 'enrollment:changed', classId, personIds: [chen.personId] },
        { type: 'clock:moved' },
      ]);
    });
    valueOf(await follower.send('live:unfollow', { topics: [{ kind: 'class', id: classId }] }));
    app.server.publisher.publish({ type: 'class:changed', classId });
    valueOf(await follower.send('live:follow', { topics: [] }));
    expect(follower.facts).toHaveLength(2);
  });
});

describe('taking part online', () => {
  it('counts the time on the line, over an interruption and two devices', async () => {
    const [host, lin] = [await hostOf(), await addMember()];
    await scene.seat([lin.personId]);
    await openRoom(host);
    clock.set(at(6));
    const phone = await connect(lin.cookie);
    valueOf(await phone.send('live:join', { sessionId: sessionId(), as: 'online' }));
    valueOf(await phone.send('live:join', { sessionId: sessionId(), as: 'online' }));
    clock.set(at(6, 20));
    const tablet = await connect(lin.cookie);
    valueOf(await tablet.send('live:join', { sessionId: sessionId(), as: 'online' }));
    clock.set(at(6, 40));
    phone.client.disconnect();
    await eventually(async () => expect((await typesNow()).at(-1)).toBe('disconnected'));
    clock.set(at(7));
    valueOf(await tablet.send('live:leave', { sessionId: sessionId() }));
    clock.set(at(8));
    expect(await typesNow()).toEqual([
      'room-opened',
      'checked-in',
      'connected',
      'connected',
      'disconnected',
      'disconnected',
    ]);
    const { receipt } = await app.server.services.checkIn.myRoom(lin.actor, sessionId());
    expect(receipt).toMatchObject({ mode: 'online', minutes: 60 });
  });

  it('is refused where the session is held on site alone', async () => {
    scene = await addLiveScene(app.server.repositories, newId, { session: { mode: 'on-site' } });
    const [host, lin] = [await hostOf(), await addMember()];
    await scene.seat([lin.personId]);
    await openRoom(host);
    const line = await connect(lin.cookie);
    expect(await line.send('live:join', { sessionId: sessionId(), as: 'online' })).toMatchObject({
      ok: false,
      refusal: { code: 'ATTENDANCE_MODE_NOT_OFFERED' },
    });
    expect(await typesNow()).toEqual(['room-opened']);
  });
});

describe('a server that stops', () => {
  it('says so, ends the lines of people online now, and doubles nothing after the restart', async () => {
    const [host, lin] = [await hostOf(), await addMember()];
    await scene.seat([lin.personId]);
    await openRoom(host);
    const start = (port = 0) =>
      startServer({
        env: { mode: 'live', port, host: '127.0.0.1', publicUrl: null },
        database: { shared: true, uri: app.test.uri, name: app.test.name },
        logger: pino({ level: 'silent' }),
        root: '/nonexistent',
        clock,
      });
    const second = await start();
    clock.set(at(6));
    const line = await connect(lin.cookie, second.url);
    line.client.io.reconnection(true);
    const joined = valueOf(await line.send('live:join', { sessionId: sessionId(), as: 'online' }));
    const told = new Promise<void>((done) => line.client.once('server:stopping', () => done()));
    const gone = new Promise<void>((done) => line.client.once('disconnect', () => done()));
    clock.set(at(6, 30));
    await second.stop();
    await told;
    await gone;
    clock.set(at(7));
    const back = new Promise<void>((done) => line.client.once('connect', done));
    const third = await start(Number(new URL(second.url).port));
    await back;
    const rejoined = valueOf(
      await line.send('live:join', { sessionId: sessionId(), as: 'online', since: joined.lastSeq }),
    );
    expect(rejoined.events.map(({ body }) => body.type)).toEqual(['disconnected', 'connected']);
    clock.set(at(7, 15));
    await third.stop();
    const { receipt } = await app.server.services.checkIn.myRoom(lin.actor, sessionId());
    expect(receipt).toMatchObject({ minutes: 45 });
    expect((await eventsNow()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('killed, has its lines ended by another at its last sign of life', async () => {
    const [host, lin] = [await hostOf(), await addMember()];
    await scene.seat([lin.personId]);
    await openRoom(host);
    const { roomLine } = app.server.services;
    const killed = newId();
    clock.set(at(6));
    await roomLine.connect(lin.actor, sessionId(), `${killed}:1`, killed);
    clock.set(at(6, 25));
    await roomLine.beat(killed);
    clock.set(at(6, 40));
    await app.server.rounds.run();
    expect((await eventsNow()).at(-1)).toMatchObject({
      at: at(6, 25),
      recordedAt: at(6, 40),
      body: { type: 'disconnected' },
    });
  });
});

describe('a room that nobody closes', () => {
  it('is closed by the rounds two hours after its end', async () => {
    const host = await hostOf();
    await openRoom(host);
    clock.set(at(10, 30));
    await app.server.rounds.run();
    expect((await eventsNow()).at(-1)).toMatchObject({
      at: at(10, 30),
      body: { type: 'room-closed', reason: 'time-out' },
    });
  });
});
