import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { Id } from '@cadre/domain/core';
import type { Activity } from '@cadre/domain/credit';
import type { Person, Unit } from '@cadre/domain/identity';
import { FIRST_REVISION } from '@cadre/domain/live';
import type { RecordedFact } from '../credit';
import { addLiveScene, type LiveScene } from './live-scene';
import type { TestApi } from './test-api';

/** A unit under a regulation, its people, and a session of theirs that has just been closed. */
export interface CreditScene extends LiveScene {
  unit: Unit;
  people: Person[];
  /** Lessons that one of them has completed on a day, as an import brings them. */
  lessons(person: Person, sourceId: string, occurredOn: string, count: number): RecordedFact;
}

const HELD_MINUTES = 150;

/** Everybody was there from beginning to end but the last one, who did not come. */
export async function addCreditScene(
  api: TestApi,
  count: number,
  regulation = DEMO_REGULATION_TEXT,
): Promise<CreditScene> {
  const { repositories, services, newId } = api;
  const unit = await api.addUnit();
  await services.regulation.importApproved(regulation, unit.id);
  const people = await Promise.all(Array.from({ length: count }, () => api.addPerson(unit)));
  const startsAt = new Date('2026-11-17T06:00:00Z');
  const endsAt = new Date(startsAt.getTime() + HELD_MINUTES * 60_000);
  const scene = await addLiveScene(repositories, newId, {
    session: {
      startsAt,
      endsAt,
      status: 'closed',
      openedAt: startsAt,
      closedAt: endsAt,
      worth: { halfDays: [{ date: '2026-11-17', part: 'afternoon' }], classHours: 40_000 },
    },
  });
  await scene.seat(people.map(({ id }) => id));
  await repositories.presences.insertMany(
    people.slice(0, -1).map(({ id: personId }) => ({
      id: newId(),
      sessionId: scene.session.id,
      personId,
      revision: FIRST_REVISION,
      mode: 'hall',
      intervals: [{ startsAt, endsAt }],
      minutes: HELD_MINUTES,
      heldMinutes: HELD_MINUTES,
      closedOpen: false,
    })),
  );
  return {
    ...scene,
    unit,
    people,
    lessons(person, sourceId, occurredOn, lessonCount) {
      const source = { kind: 'lesson', id: sourceId };
      return {
        personId: person.id,
        title: '网络学院学习记录',
        source,
        activities: Array.from({ length: lessonCount }, (_, index): Activity => {
          const id = `${sourceId}-${index + 1}`;
          return {
            id,
            source,
            kind: 'lesson',
            occurredOn,
            subject: id,
            title: `网络课程 ${index + 1}`,
            lengthMinutes: 45,
            playedMinutes: 45,
            completed: true,
          };
        }),
      };
    },
  };
}

/** What a source has written: settlement records, and everybody's chain with its check. */
export async function ledgerOf(api: TestApi, sourceId: Id, people: readonly Person[]) {
  const { repositories, services } = api;
  const records = await repositories.ledger.countSettlements({ kind: 'session', id: sourceId });
  const chains = await Promise.all(
    people.map(async (person) => ({
      entries: (await repositories.ledger.listEntries(person.id)).length,
      check: await services.statement.checkChain(api.actorOf(person), person.id),
    })),
  );
  return { records, chains };
}
