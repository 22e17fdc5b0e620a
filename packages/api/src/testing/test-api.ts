import { randomBytes } from 'node:crypto';
import {
  createTestClock,
  createTestDatabase,
  createTestIds,
  type TestClock,
  type TestDatabase,
} from '@cadre/db/testing';
import type { Actor, Role, Scope } from '@cadre/domain/access';
import { type Id } from '@cadre/domain/core';
import { DEFAULT_SETTINGS, type Person, type Unit } from '@cadre/domain/identity';
import type { LiveFact } from '@cadre/domain/live';
import { createCaller } from '../app-router';
import { createRepositories, createServices, type Repositories, type Services } from '../container';
import type { Ports, RequestContext } from '../core';

/** The day on which the tests of this package take place: a Wednesday morning in Shanghai. */
export const TEST_NOW = new Date('2026-11-18T00:00:00Z');

export interface TestApi extends AsyncDisposable {
  test: TestDatabase;
  /** Everything as at the beginning: an empty database, and the clock at `TEST_NOW`. */
  renew(): Promise<void>;
  repositories: Repositories;
  services: Services;
  ports: Ports;
  clock: TestClock;
  /** Facts published so far, oldest first. */
  facts: LiveFact[];
  newId: () => Id;
  /** A caller of the procedures as the given actor (null: not signed in). */
  callerOf(
    actor: Actor | null,
    options?: { signInId?: Id; mustChangePassword?: boolean },
  ): ReturnType<typeof createCaller>;
  /** The cookie that the last procedure has set; null when it was cleared or never set. */
  cookie: { token: string | null };
  /** The secret of the last scan that was kept. */
  ticketCookie: { secret: string | null };
  addUnit(changes?: Partial<Unit>): Promise<Unit>;
  addPerson(unit: Unit, changes?: Partial<Person>): Promise<Person>;
  addAccount(person: Person, password: string): Promise<Id>;
  /** An actor for a person with grants, as the sign-in would resolve it. */
  actorOf(person: Person, ...grants: { role: Role; scope: Scope }[]): Extract<Actor, { kind: 'person' }>;
}

/** Repositories, services and procedures on a database of their own; clock and publisher are fakes, passwords are kept readable. */
export async function createTestApi(): Promise<TestApi> {
  const test = await createTestDatabase();
  const clock = createTestClock(TEST_NOW);
  const newId = createTestIds();
  const facts: LiveFact[] = [];
  const ports: Ports = {
    clock,
    systemClock: clock,
    newId,
    random: { bytes: (count) => randomBytes(count) },
    passwords: {
      hash: (password) => Promise.resolve(`plain:${password}`),
      verify: (hash, password) => Promise.resolve(hash === `plain:${password}`),
    },
    publisher: { publish: (fact) => void facts.push(fact) },
    demonstration: { moveTo: (instant) => Promise.resolve(clock.set(instant)) },
    publicUrl: 'http://127.0.0.1:3000',
  };
  const repositories = createRepositories(test.database);
  await test.database.ensureIndexes();
  const services = createServices(test.database, repositories, ports);
  const cookie: { token: string | null } = { token: null };
  const ticketCookie: { secret: string | null } = { secret: null };
  let counter = 0;

  return {
    test,
    async renew() {
      await test.clear();
      clock.set(TEST_NOW);
      facts.length = 0;
    },
    repositories,
    services,
    ports,
    clock,
    facts,
    newId,
    cookie,
    ticketCookie,
    callerOf(actor, options = {}) {
      const context: RequestContext = {
        services,
        actor,
        keyGiven: actor?.kind === 'client',
        signInId: actor?.kind === 'person' ? (options.signInId ?? newId()) : null,
        mustChangePassword: options.mustChangePassword ?? false,
        requestId: 'test',
        userAgent: 'vitest',
        address: '127.0.0.1',
        cookie: {
          set: (token) => {
            cookie.token = token;
          },
          clear: () => {
            cookie.token = null;
          },
        },
        ticketCookie: {
          read: () => ticketCookie.secret,
          set: (secret) => {
            ticketCookie.secret = secret;
          },
          clear: () => {
            ticketCookie.secret = null;
          },
        },
      };
      return createCaller(context);
    },
    async addUnit(changes = {}) {
      const id = changes.id ?? newId();
      counter += 1;
      const unit: Unit = {
        code: `U${counter}`,
        name: { zh: `单位${counter}`, en: `Unit ${counter}` },
        kind: 'organ',
        parentId: null,
        path: [id],
        demo: false,
        ...changes,
        id,
      };
      await repositories.units.insert(unit);
      return unit;
    },
    async addPerson(unit, changes = {}) {
      counter += 1;
      const person: Person = {
        id: newId(),
        personNo: `P${String(counter).padStart(5, '0')}`,
        name: `测试${counter}`,
        birthDate: '1985-05-05',
        unitId: unit.id,
        unitPath: unit.path,
        affiliations: [{ unitId: unit.id, kind: 'home', from: '2020-01-01', to: null }],
        posts: [{ postLevel: 'section-head', title: '科长', from: '2020-01-01', to: null }],
        grades: [],
        status: 'active',
        demo: false,
        ...changes,
      };
      await repositories.people.insert({
        person,
        idCardHash: null,
      });
      return person;
    },
    async addAccount(person, password) {
      const id = newId();
      await repositories.accounts.insert(
        {
          id,
          personId: person.id,
          loginName: person.personNo,
          mustChangePassword: false,
          failedAttempts: 0,
          lockedUntil: null,
          disabledAt: null,
          settings: DEFAULT_SETTINGS,
        },
        await ports.passwords.hash(password),
      );
      return id;
    },
    actorOf(person, ...grants) {
      return {
        kind: 'person',
        personId: person.id,
        accountId: newId(),
        grants: grants.map((grant) => ({ ...grant, id: newId() })),
      };
    },
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]();
    },
  };
}
