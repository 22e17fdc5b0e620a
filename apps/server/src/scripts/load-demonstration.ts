import { createServices, type Repositories } from '@cadre/api/container';
import type { Ports } from '@cadre/api/core';
import type { Database } from '@cadre/db/core';
import { createDemonstration, DEMO_REGULATION_TEXT, type Demonstration } from '@cadre/demo/demonstration';
import { DEMO_PASSWORD } from '@cadre/demo/people';
import type { Id } from '@cadre/domain/core';
import { DEFAULT_SETTINGS } from '@cadre/domain/identity';
import {
  assessPresences,
  FIRST_REVISION,
  foldRoomEvents,
  type Presence,
  type RoomEvent,
} from '@cadre/domain/live';
import { bookingDaysOf } from '@cadre/domain/training';

/** The setting that says that the demonstration is complete. */
export const DEMONSTRATION_LOADED = 'demonstration-loaded';

export interface LoadParts {
  database: Database;
  repositories: Repositories;
  ports: Ports;
  /** The day on which the demonstration begins. */
  start: Date;
}

/**
 * Fills an empty database with the demonstration. Everything lies there as the product itself would have written it:
 * presences derive from room events, credits from settlement under the regulation, each recorded at its own time.
 * Returns null when it was loaded before.
 */
export async function loadDemonstration(parts: LoadParts): Promise<Demonstration | null> {
  const { database, repositories, start } = parts;
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
  await repositories.settings.set(DEMONSTRATION_LOADED, { start });
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

/** Settles in the order in which things happened, with the clock set to each moment. */
async function settleAll({ database, repositories, ports }: LoadParts, demo: Demonstration): Promise<void> {
  let now = new Date(0);
  const silent = { publish: () => undefined };
  const services = createServices(database, repositories, {
    ...ports,
    clock: { now: () => now },
    publisher: silent,
  });
  now = new Date(`${demo.plan.from}T00:00:00Z`);
  await services.regulation.importApproved(DEMO_REGULATION_TEXT, demo.units[0]!.id);

  const steps: { at: Date; run: () => Promise<unknown> }[] = demo.sessions
    .filter((session) => session.status === 'closed')
    .map((session) => ({
      at: new Date(session.closedAt!.getTime() + 60_000),
      run: () => services.sessionSettlement.settleSession(session.id),
    }));
  const imports = new Map<number, Demonstration['facts']>();
  for (const fact of demo.facts) {
    const time = fact.recordedAt.getTime();
    imports.set(time, [...(imports.get(time) ?? []), fact]);
  }
  for (const [time, facts] of imports) {
    const records = facts.map(({ personId, title, activities }) => ({
      personId: personId satisfies Id,
      title,
      source: activities[0]!.source,
      activities,
    }));
    steps.push({ at: new Date(time), run: () => services.recordedFact.record(records, null) });
  }
  for (const step of steps.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    now = step.at;
    await step.run();
  }
}
