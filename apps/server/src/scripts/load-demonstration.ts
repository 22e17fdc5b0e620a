import { AsyncLocalStorage } from 'node:async_hooks';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServices, type Repositories, type Services } from '@cadre/api/container';
import type { Ports } from '@cadre/api/core';
import type { Database } from '@cadre/db/core';
import {
  createDemonstration,
  DEMO_EXAMPLES,
  DEMO_REGULATION_TEXT,
  type Demonstration,
} from '@cadre/demo/demonstration';
import { DEMO_PASSWORD } from '@cadre/demo/people';
import type { PersonActor } from '@cadre/domain/access';
import { addDays, instantOf, toCivilDate, type Id } from '@cadre/domain/core';
import { parseRegulation } from '@cadre/domain/credit';
import { DEFAULT_SETTINGS } from '@cadre/domain/identity';
import {
  assessPresences,
  FIRST_REVISION,
  foldRoomEvents,
  type Presence,
  type RoomEvent,
} from '@cadre/domain/live';
import { countersignatureMessage, keyIdOf } from '@cadre/domain/ledger';
import { runFacts } from '@cadre/domain/regulation';
import { bookingDaysOf } from '@cadre/domain/training';

/** The setting that says that the demonstration is complete. */
export const DEMONSTRATION_LOADED = 'demonstration-loaded';

export interface LoadParts {
  database: Database;
  repositories: Repositories;
  ports: Ports;
  /** The day on which the demonstration begins. */
  start: Date;
  /** The version of the product’s demonstration, kept with it. */
  stamp: string;
}

/**
 * Fills an empty database with the demonstration. Everything lies there as the product itself would have written it:
 * presences derive from room events, credits from settlement under the regulation, each recorded at its own time.
 * Returns null when it was loaded before.
 */
export async function loadDemonstration(parts: LoadParts): Promise<Demonstration | null> {
  const { database, repositories, start, stamp } = parts;
  if (await repositories.settings.find(DEMONSTRATION_LOADED)) return null;
  // A first start that was cut off leaves half of it: begin again on an empty database.
  if ((await repositories.people.countActive('all')) > 0) {
    await database.drop();
    await database.ensureIndexes();
  }
  const demo = createDemonstration({ start });
  await insertRecords(parts, demo);
  await insertRooms(parts, demo);
  await settleAll(parts, demo);
  await repositories.assessmentYears.insert(demo.assessmentYear);
  await repositories.settings.set(DEMONSTRATION_LOADED, { start, stamp });
  return demo;
}

async function insertRecords({ repositories, ports }: LoadParts, demo: Demonstration): Promise<void> {
  await repositories.units.insertMany(demo.units);
  await repositories.people.insertMany(demo.people.map((person) => ({ person, idCardHash: null })));
  // One hash for all: the password is known to everybody, and hashing is slow by design.
  const passwordHash = await ports.passwords.hash(DEMO_PASSWORD);
  await repositories.accounts.insertMany(
    demo.accounts.map((account) => ({
      account: {
        ...account,
        mustChangePassword: false,
        failedAttempts: 0,
        lockedUntil: null,
        disabledAt: null,
        settings: DEFAULT_SETTINGS,
      },
      passwordHash,
    })),
  );
  await repositories.grants.insertMany(demo.grants);
  await repositories.bases.insertMany(demo.bases);
  await repositories.venues.insertMany(demo.venues);
  await repositories.instructors.insertMany(demo.instructors);
  await repositories.themes.insertMany(demo.themes);
  await repositories.courses.insertMany(demo.courses);
  await repositories.microLessons.insertMany(demo.microLessons, demo.courses);
  await repositories.plans.tryInsert(demo.plan);
  await repositories.classes.insertMany(demo.classes);
  await reserveClassNos(repositories.classes, demo.classes);
  await repositories.sessions.insertMany(demo.sessions);
  await repositories.bookings.insertMany(bookingDaysOf(demo.sessions, ports.newId));
  await repositories.enrollments.insertMany(demo.enrollments);
  await repositories.seatLedger.insertMany(demo.seatLedger);
}

/** The product's own numbers go on after those of the demonstration. */
async function reserveClassNos(
  classes: Repositories['classes'],
  loaded: Demonstration['classes'],
): Promise<void> {
  const highest = new Map<number, number>();
  for (const { classNo } of loaded) {
    const [year = 0, number = 0] = classNo.split('-').map(Number);
    highest.set(year, Math.max(highest.get(year) ?? 0, number));
  }
  for (const [year, number] of highest) await classes.reserveClassNos(year, number);
}

async function insertRooms({ repositories, ports }: LoadParts, demo: Demonstration): Promise<void> {
  const sessions = new Map(demo.sessions.map((session) => [session.id, session]));
  const events: RoomEvent[] = [];
  const presences: Presence[] = [];
  for (const room of demo.rooms) {
    const session = sessions.get(room.sessionId)!;
    const own = room.events.map(({ at, body }, index): RoomEvent => ({
      id: ports.newId(),
      sessionId: room.sessionId,
      seq: index + 1,
      at,
      recordedAt: at,
      body,
    }));
    events.push(...own);
    presences.push(
      ...assessPresences(foldRoomEvents(own), session, session.closedAt ?? session.endsAt).map((value) => ({
        ...value,
        id: ports.newId(),
        revision: FIRST_REVISION,
      })),
    );
  }
  await repositories.roomEvents.insertMany(events);
  await repositories.presences.insertMany(presences);
}

/** One source of credits of the demonstration: whose, when the product would have settled it, and how. */
interface Step {
  at: Date;
  people: readonly Id[];
  run: () => Promise<unknown>;
}

/** So many nights before the first day were sealed. */
const SEALED_NIGHTS = 2;
/** So many sources are settled at the same time. */
const LANES = 4;
/** An import is recorded for so many people at a time. */
const IMPORT_SIZE = 64;

/**
 * Settles in the order in which things happened to each person, with the clock set to each moment. What concerns
 * different people is settled side by side, as it would have been.
 */
async function settleAll(
  { database, repositories, ports, start }: LoadParts,
  demo: Demonstration,
): Promise<void> {
  const moment = new AsyncLocalStorage<Date>();
  // The regulation was approved in the morning before the day from which it holds.
  const beginning = instantOf(addDays(demo.plan.from, -1), 10 * 60);
  const services = createServices(database, repositories, {
    ...ports,
    clock: { now: () => moment.getStore() ?? beginning },
    publisher: { publish: () => undefined },
  });
  await services.regulation.importApproved(DEMO_REGULATION_TEXT, demo.units[0]!.id);
  await keepExamples({ repositories, ports }, beginning);

  const steps = [...sessionSteps(demo, services), ...importSteps(demo, services)].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  const lanes = createLanes(LANES);
  /** What happened to each person last. */
  const last = new Map<Id, Promise<unknown>>();
  const settle = (part: readonly Step[]): Promise<unknown> =>
    Promise.all(
      part.map((step) => {
        const before = new Set(step.people.flatMap((personId) => last.get(personId) ?? []));
        const done = Promise.all(before).then(() => lanes(() => moment.run(step.at, step.run)));
        for (const personId of step.people) last.set(personId, done);
        return done;
      }),
    );
  // The last nights were sealed as they came, so that there is more than one seal to look at.
  let done = 0;
  for (let nights = SEALED_NIGHTS; nights > 0; nights -= 1) {
    const night = instantOf(addDays(toCivilDate(start), -nights), 5);
    const until = steps.findIndex(({ at }) => at >= night);
    await settle(steps.slice(done, until < 0 ? steps.length : until));
    done = until < 0 ? steps.length : until;
    await moment.run(night, () => services.seal.seal());
  }
  await settle(steps.slice(done));
  await moment.run(instantOf(addDays(toCivilDate(start), -1), 9 * 60), () => countersign(demo, services));
}

/** The base that the demonstration is about has registered a key and countersigned the newest seal of the days before. */
async function countersign(demo: Demonstration, services: Services): Promise<void> {
  const grant = demo.grants.find(({ role }) => role === 'base-admin');
  if (grant?.scope.kind !== 'bases') return;
  const [baseId = ''] = grant.scope.baseIds;
  const account = demo.accounts.find(({ personId }) => personId === grant.personId);
  if (!account) return;
  const actor: PersonActor = {
    kind: 'person',
    personId: grant.personId,
    accountId: account.id,
    grants: [grant],
  };
  const [root] = (await services.seal.sealed(actor, { page: 1, pageSize: 1 })).items;
  if (!root || 'unreadable' in root) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const x = privateKey.export({ format: 'jwk' }).x!;
  const office = { role: 'base', baseId } as const;
  await services.seal.registerOfficeKey(actor, { ...office, x });
  const content = { ...office, rootNumber: root.number, keyId: keyIdOf(x), signedAt: root.signedAt };
  const message = countersignatureMessage({ ...content, rootHash: root.rootHash });
  const signature = sign(null, Buffer.from(message), privateKey).toString('base64url');
  await services.seal.countersign(actor, { ...content, signature });
}

/** The worked examples of the regulation, each with the result that its own test confirms. */
async function keepExamples(
  { repositories, ports }: Pick<LoadParts, 'repositories' | 'ports'>,
  recordedAt: Date,
): Promise<void> {
  const parsed = parseRegulation(DEMO_REGULATION_TEXT);
  if (!parsed.ok) throw new Error('the demonstration’s regulation cannot be read');
  for (const { title, facts: given } of DEMO_EXAMPLES) {
    const facts = JSON.stringify(given, null, 2);
    const run = runFacts(parsed.regulation, facts);
    if (!run.ok) throw new Error(`the example ${title} cannot be read`);
    await repositories.regulationExamples.tryInsert({
      id: ports.newId(),
      code: parsed.regulation.id,
      title,
      facts,
      expected: run.report,
      authorId: null,
      recordedAt,
    });
  }
}

function sessionSteps(demo: Demonstration, services: Services): Step[] {
  const seated = new Map<Id, Id[]>();
  for (const { classId, personId } of demo.enrollments)
    seated.set(classId, [...(seated.get(classId) ?? []), personId]);
  return demo.sessions
    .filter((session) => session.status === 'closed')
    .map((session) => ({
      at: new Date(session.closedAt!.getTime() + 60_000),
      people: seated.get(session.classId) ?? [],
      run: () => services.sessionSettlement.settleSession(session.id),
    }));
}

function importSteps(demo: Demonstration, services: Services): Step[] {
  const imports = new Map<number, Demonstration['facts']>();
  for (const fact of demo.facts) {
    const time = fact.recordedAt.getTime();
    imports.set(time, [...(imports.get(time) ?? []), fact]);
  }
  const steps: Step[] = [];
  for (const [time, facts] of imports)
    for (let start = 0; start < facts.length; start += IMPORT_SIZE) {
      const part = facts.slice(start, start + IMPORT_SIZE);
      steps.push({
        at: new Date(time),
        people: part.map(({ personId }) => personId),
        run: () =>
          services.recordedFact.record(
            part.map(({ personId, title, activities }) => ({
              personId,
              title,
              source: activities[0]!.source,
              activities,
            })),
            null,
          ),
      });
    }
  return steps;
}

/** Lets so many pieces of work run at a time; the others wait in order. */
function createLanes(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
