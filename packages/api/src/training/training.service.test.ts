import type { PersonActor } from '@cadre/domain/access';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestApi,
  createTrainingWorld,
  hourOf,
  TEACHING_DATE,
  TEST_NOW,
  type TestApi,
  type TrainingWorld,
} from '../testing';

let api: TestApi;
let world: TrainingWorld;
let cadre: PersonActor;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  api.clock.set(TEST_NOW);
  world = await createTrainingWorld(api);
  cadre = await world.addCadre();
});

const page = { page: 1, pageSize: 10 };
const open = (actor = cadre, changes: Partial<{ search: string; courseId: string; themeId: string }> = {}) =>
  api.services.training.openClasses(actor, {
    ...page,
    search: '',
    themeId: null,
    courseId: null,
    baseId: world.base.id,
    ...changes,
  });
const enroll = (actor: PersonActor, classId: string) => api.services.enrollment.enroll(actor, classId);

describe('classes that can be found', () => {
  it('show seats, deadline, worth and where one stands', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    await api.services.timetable.schedule(
      world.admin,
      world.form({ startsAt: hourOf(9), endsAt: hourOf(11), in: { kind: 'class', classId: value.id } }),
    );
    await enroll(await world.addCadre(), value.id);
    await enroll(cadre, value.id);
    expect(await open()).toMatchObject({
      total: 1,
      items: [
        {
          id: value.id,
          baseName: world.base.name,
          seatsTaken: 1,
          waiting: 1,
          sessionCount: 2,
          earns: { days: 10_000, classHours: 80_000 },
          mine: { state: 'waiting', position: 1 },
          clashes: [],
        },
      ],
    });
    expect((await open(await world.addCadre())).items[0]?.mine).toBeNull();
  });

  it('say which of the own sessions they meet', async () => {
    const mine = await world.schedule();
    const room = await world.addVenue();
    const other = await world.schedule({
      venueId: room.id,
      instructorIds: [],
      startsAt: hourOf(15),
      endsAt: hourOf(17),
    });
    const later = await world.schedule({ startsAt: hourOf(18), endsAt: hourOf(20) });
    await enroll(cadre, mine.id);
    const cards = (await open()).items;
    const clashesOf = (id: string) => cards.find((card) => card.id === id)?.clashes;
    expect(clashesOf(other.id)).toMatchObject([{ title: '垦荒精神现场课', startsAt: hourOf(14) }]);
    expect(clashesOf(mine.id)).toEqual([]);
    expect(clashesOf(later.id)).toEqual([]);
  });

  it('are searched by title in Chinese or pinyin, and by course', async () => {
    const value = await world.schedule();
    for (const search of ['海岛', 'haidao', value.classNo])
      expect((await open(cadre, { search })).items.map(({ id }) => id)).toEqual([value.id]);
    expect((await open(cadre, { search: '山区' })).total).toBe(0);
    expect((await open(cadre, { courseId: world.course.id })).total).toBe(1);
    expect((await open(cadre, { courseId: api.newId() })).total).toBe(0);
    expect((await open(cadre, { themeId: world.course.themeId })).total).toBe(1);
  });

  it('are no more once they are over or cancelled', async () => {
    const value = await world.schedule();
    await api.services.timetable.cancelClass(world.admin, { classId: value.id, reason: '人数不足' });
    expect((await open()).total).toBe(0);
    await world.schedule();
    expect((await open()).total).toBe(1);
    api.clock.set(hourOf(17));
    expect((await open()).total).toBe(0);
  });
});

describe('the page of a class', () => {
  it('has what decides: place, way, sessions, worth', async () => {
    const value = await world.schedule({}, { description: '两天一夜' });
    const detail = await api.services.training.classDetail(cadre, value.id);
    expect(detail).toMatchObject({
      description: '两天一夜',
      base: { id: world.base.id, access: '从椒江码头乘船' },
      earns: { days: 5_000, classHours: 40_000 },
      sessions: [{ venueName: world.venue.name, instructors: [{ name: '金老师' }] }],
      mine: null,
    });
  });

  it('of a draft is there for the base that plans it, and for nobody else', async () => {
    const value = await world.schedule();
    await api.repositories.classes.tryChange(value, { status: 'draft' });
    const ask = (actor: PersonActor) => api.services.training.classDetail(actor, value.id);
    const foreign = await createTrainingWorld(api);
    await expect(ask(cadre)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask(foreign.admin)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask(world.admin)).resolves.toMatchObject({ status: 'draft' });
    await expect(api.services.training.classDetail(cadre, api.newId())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('classes in the admin list', () => {
  const list = (
    actor: PersonActor,
    changes: { from?: string; to?: string; status?: 'open' | 'cancelled' } = {},
  ) =>
    api.services.training.listClasses(actor, {
      ...page,
      search: '',
      status: null,
      baseId: null,
      from: null,
      to: null,
      ...changes,
    });

  it("are the base's own, filtered by date and state; a cadre has no such list", async () => {
    const foreign = await createTrainingWorld(api);
    const value = await world.schedule();
    const theirs = await foreign.schedule();
    expect((await list(world.admin)).items.map(({ id }) => id)).toEqual([value.id]);
    expect((await list(foreign.admin)).items.map(({ id }) => id)).toEqual([theirs.id]);
    expect((await list(world.admin, { from: TEACHING_DATE, to: TEACHING_DATE })).total).toBe(1);
    expect((await list(world.admin, { from: '2026-11-21' })).total).toBe(0);
    expect((await list(world.admin, { status: 'cancelled' })).total).toBe(0);
    await expect(list(cadre)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('the own schedule', () => {
  const mine = (actor: PersonActor, from = TEACHING_DATE, to = TEACHING_DATE) =>
    api.services.training.mySchedule(actor, { from, to });

  it('holds what one is enrolled in or waits for, by time, with the way there; of others nothing', async () => {
    const late = await world.schedule({}, { capacity: 1 });
    const early = await world.schedule({ startsAt: hourOf(9), endsAt: hourOf(11) });
    await enroll(await world.addCadre(), late.id);
    await enroll(cadre, late.id);
    await enroll(cadre, early.id);
    expect(await mine(cadre)).toMatchObject([
      { classId: early.id, standing: 'enrolled', as: 'learner', access: '从椒江码头乘船' },
      { classId: late.id, standing: 'waiting', classTitle: '海岛振兴专题班' },
    ]);
    expect(await mine(cadre, '2026-11-21', '2026-11-30')).toEqual([]);
    expect(await mine(await world.addCadre())).toEqual([]);
  });

  it('shows a cancelled session as cancelled while its class goes on', async () => {
    const value = await world.schedule();
    const { session } = await api.services.timetable.schedule(
      world.admin,
      world.form({ startsAt: hourOf(9), endsAt: hourOf(11), in: { kind: 'class', classId: value.id } }),
    );
    await enroll(cadre, value.id);
    await api.services.timetable.cancelSession(world.admin, {
      sessionId: session.id,
      revision: 0,
      reason: '大雾停航',
    });
    expect(await mine(cadre)).toMatchObject([
      { status: 'cancelled', cancelledReason: '大雾停航' },
      { status: 'scheduled' },
    ]);
  });

  it('says of a moved session where it was planned, with the names of class and course', async () => {
    const value = await world.schedule();
    const [session] = await api.repositories.sessions.listByClasses([value.id]);
    await api.services.enrollment.enroll(cadre, value.id);
    await api.services.timetable.move(world.admin, {
      sessionId: session!.id,
      revision: session!.revision,
      baseId: session!.baseId,
      venueId: session!.venueId,
      instructorIds: session!.instructorIds,
      startsAt: hourOf(9),
      endsAt: hourOf(11),
    });
    expect(await mine(cadre)).toMatchObject([
      {
        startsAt: hourOf(9),
        movedFrom: { startsAt: hourOf(14), endsAt: hourOf(16), baseName: world.base.name },
        classTitle: value.title,
        courseTitle: world.course.title,
      },
    ]);
    expect(await api.services.training.classDetail(cadre, value.id)).toMatchObject({
      courseTitle: world.course.title,
      sessions: [{ movedFrom: { startsAt: hourOf(14) } }],
    });
  });

  it('keeps a class that was cancelled in sight of whoever had a seat, with the reason', async () => {
    const value = await world.schedule();
    const [session] = await api.repositories.sessions.listByClasses([value.id]);
    await enroll(cadre, value.id);
    await api.services.timetable.cancelSession(world.admin, {
      sessionId: session!.id,
      revision: session!.revision,
      reason: '台风停航',
    });
    expect(await mine(cadre)).toMatchObject([
      { status: 'cancelled', cancelledReason: '台风停航', standing: 'cancelled' },
    ]);
    expect((await api.services.training.classDetail(cadre, value.id)).status).toBe('cancelled');
    expect(await mine(await world.addCadre())).toEqual([]);
  });

  it('holds what one teaches', async () => {
    const teacher = await world.addInstructor({ personId: cadre.personId });
    const value = await world.schedule({ instructorIds: [teacher.id] });
    expect(await mine(cadre)).toMatchObject([{ classId: value.id, as: 'instructor', standing: null }]);
  });
});

describe('the calendar file of a session', () => {
  const linesOf = async (sessionId: string, actor = cadre) => {
    const { fileName, content } = await api.services.training.sessionCalendar(actor, sessionId);
    expect(fileName).toMatch(/^2026-\d{3}-[0-9a-f]{6}\.ics$/);
    // RFC 5545 folds long lines; a reader joins them again.
    return content.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
  };

  it('keeps its UID while SEQUENCE counts up with each move, and says where and when', async () => {
    const { session } = await api.services.timetable.schedule(world.admin, world.form());
    const first = await linesOf(session.id);
    expect(first).toEqual(
      expect.arrayContaining([
        'METHOD:PUBLISH',
        `UID:${session.id}@cadre-alliance`,
        'SEQUENCE:0',
        'DTSTART:20261120T060000Z',
        'DTEND:20261120T080000Z',
        'SUMMARY:垦荒精神现场课',
        'STATUS:CONFIRMED',
      ]),
    );
    expect(first.find((line) => line.startsWith('LOCATION'))).toContain('垦荒馆');
    await api.services.timetable.move(world.admin, {
      sessionId: session.id,
      revision: 0,
      baseId: session.baseId,
      venueId: session.venueId,
      instructorIds: session.instructorIds,
      startsAt: hourOf(9),
      endsAt: hourOf(11),
    });
    const moved = await linesOf(session.id);
    expect(moved).toEqual(
      expect.arrayContaining([`UID:${session.id}@cadre-alliance`, 'SEQUENCE:1', 'DTSTART:20261120T010000Z']),
    );
    expect(moved.find((line) => line.startsWith('DESCRIPTION'))).toContain(
      `原定 2026-11-20 14:00–16:00 · ${world.base.name.zh} · 垦荒馆`,
    );
    expect(first.find((line) => line.startsWith('DESCRIPTION'))).not.toContain('原定');
  });

  it('of a cancelled session cancels it', async () => {
    const { session } = await api.services.timetable.schedule(world.admin, world.form());
    await api.services.timetable.cancelSession(world.admin, {
      sessionId: session.id,
      revision: 0,
      reason: '大雾停航',
    });
    expect(await linesOf(session.id)).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:1']),
    );
  });

  it("of a draft's session, or of an unknown one, is not found", async () => {
    const value = await world.schedule();
    const [session] = await api.repositories.sessions.listByClasses([value.id]);
    await api.repositories.classes.tryChange(value, { status: 'draft' });
    for (const id of [session!.id, api.newId()])
      await expect(api.services.training.sessionCalendar(cadre, id)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
  });
});
