import type { PersonActor } from '@cadre/domain/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestApi,
  createTrainingWorld,
  hourOf,
  TEACHING_DATE,
  type TestApi,
  type TrainingWorld,
} from '../testing';

let api: TestApi;
let world: TrainingWorld;
let cadre: PersonActor;
beforeAll(async () => {
  api = await createTestApi();
  world = await createTrainingWorld(api);
  cadre = await world.addCadre();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

describe('the procedures of timetable and enrolment', () => {
  it('carry the main job: schedule, find, enrol, see, withdraw, move, cancel', async () => {
    const admin = api.callerOf(world.admin);
    const learner = api.callerOf(cadre);
    const { classId, session } = await admin.training.scheduleSession(world.form());
    const found = await learner.training.openClasses({ baseId: world.base.id });
    expect(found.items.map(({ id }) => id)).toEqual([classId]);
    const { enrollmentId } = await learner.enrollment.enroll({ classId });
    expect((await learner.enrollment.mine({})).items).toMatchObject([
      { id: enrollmentId, state: 'enrolled' },
    ]);
    expect(await learner.training.mySchedule({ from: TEACHING_DATE, to: TEACHING_DATE })).toHaveLength(1);
    expect((await learner.training.sessionCalendar({ sessionId: session.id })).content).toContain(
      'BEGIN:VEVENT',
    );
    expect((await admin.enrollment.roster({ classId })).items).toHaveLength(1);
    expect(await learner.enrollment.seatCounts({ classIds: [classId] })).toMatchObject([{ seatsTaken: 1 }]);
    expect((await learner.enrollment.withdraw({ enrollmentId })).state).toBe('withdrawn');
    const week = await admin.training.weekGrid({ date: TEACHING_DATE, by: 'venue', baseId: world.base.id });
    expect(week.sessions).toHaveLength(1);
    const { venueId, instructorIds, baseId } = session;
    const place = { baseId, venueId, instructorIds, startsAt: hourOf(9), endsAt: hourOf(11) };
    const verdict = await admin.training.assessPlacement({
      ...place,
      courseId: session.courseId,
      mode: 'on-site',
      people: 20,
      sessionId: session.id,
      classId,
    });
    expect(verdict.verdict).toBe('free');
    const moved = await admin.training.moveSession({ sessionId: session.id, revision: 0, ...place });
    expect(
      await admin.training.cancelSession({
        sessionId: session.id,
        revision: moved.session.revision,
        reason: '大雾停航',
      }),
    ).toMatchObject({ status: 'cancelled' });
    expect((await admin.training.listClasses({})).items).toMatchObject([
      { id: classId, status: 'cancelled' },
    ]);
    expect(await admin.training.bases()).toMatchObject([{ id: world.base.id }]);
    expect((await admin.training.resources({ baseId })).venues).toHaveLength(1);
  });

  it('hand out only what they name', async () => {
    const { classId } = await api.services.timetable.schedule(world.admin, world.form());
    const detail = await api.callerOf(cadre).training.classDetail({ classId });
    expect(detail).not.toHaveProperty('ledgerSeq');
    expect(detail.base).not.toHaveProperty('openingHours');
    expect(detail.sessions[0]).not.toHaveProperty('openedAt');
    await api.callerOf(cadre).enrollment.enroll({ classId });
    const roster = await api.callerOf(world.admin).enrollment.roster({ classId });
    expect(roster.items[0]?.person).not.toHaveProperty('birthDate');
    expect(roster.items[0]).not.toHaveProperty('unitPath');
  });

  it('refuse whoever is not signed in', async () => {
    const nobody = api.callerOf(null);
    const classId = api.newId();
    for (const call of [
      () => nobody.training.openClasses({}),
      () => nobody.training.scheduleSession(world.form()),
      () => nobody.training.mySchedule({ from: TEACHING_DATE, to: TEACHING_DATE }),
      () => nobody.enrollment.enroll({ classId }),
      () => nobody.enrollment.mine({}),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED', message: 'NOT_SIGNED_IN' });
  });

  it('refuse input that says nothing sensible', async () => {
    const admin = api.callerOf(world.admin);
    const bad = { code: 'BAD_REQUEST' };
    await expect(admin.training.scheduleSession(world.form({ endsAt: hourOf(13) }))).rejects.toMatchObject(
      bad,
    );
    await expect(
      admin.training.scheduleSession(world.form({ endsAt: hourOf(15, '2026-11-21') })),
    ).rejects.toMatchObject(bad);
    await expect(admin.training.mySchedule({ from: '2026-11-20', to: '2026-11-19' })).rejects.toMatchObject(
      bad,
    );
    await expect(admin.training.mySchedule({ from: '2024-01-01', to: '2026-11-19' })).rejects.toMatchObject(
      bad,
    );
    await expect(admin.training.cancelClass({ classId: api.newId(), reason: ' ' })).rejects.toMatchObject(
      bad,
    );
  });
});
