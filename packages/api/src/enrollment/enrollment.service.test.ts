import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PersonActor } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import type { EnrollResult, MyEnrollmentsInput } from '@cadre/domain/enrollment';
import type { Person, Unit } from '@cadre/domain/identity';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestApi,
  createTrainingWorld,
  hourOf,
  seatsOf,
  TEST_NOW,
  type TestApi,
  type TrainingWorld,
} from '../testing';

let api: TestApi;
let world: TrainingWorld;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  api.clock.set(TEST_NOW);
  world = await createTrainingWorld(api);
});

const enroll = (actor: PersonActor, classId: Id): Promise<EnrollResult> =>
  api.services.enrollment.enroll(actor, classId);
const mineOf = (actor: PersonActor, which: MyEnrollmentsInput['which'], classId: Id | null = null) =>
  api.services.enrollment.mine(actor, { which, classId, page: 1, pageSize: 10 });
const cadres = (count: number): Promise<PersonActor[]> =>
  Promise.all(Array.from({ length: count }, () => world.addCadre()));

/** People as they come from an import: many at once. */
async function addPeople(unit: Unit, count: number): Promise<Person[]> {
  const people = Array.from({ length: count }, (_, index): Person => {
    const id = api.newId();
    return {
      id,
      personNo: `M${id.slice(-12)}`,
      name: `学员${index + 1}`,
      birthDate: null,
      unitId: unit.id,
      unitPath: unit.path,
      affiliations: [{ unitId: unit.id, kind: 'home', from: '2020-01-01', to: null }],
      posts: [],
      grades: [],
      status: 'active',
      demo: false,
    };
  });
  await api.repositories.people.insertMany(people.map((person) => ({ person, idCardHash: null })));
  return people;
}

describe('enrolling', () => {
  it('gives a seat, and tells the person and open screens', async () => {
    const value = await world.schedule();
    const cadre = await world.addCadre();
    const result = await enroll(cadre, value.id);
    expect(result).toMatchObject({ classId: value.id, state: 'enrolled', position: null });
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ seatsTaken: 1, waiting: 0, ledgerSeq: 1 });
    expect(seats.enrollments).toMatchObject([
      {
        id: result.enrollmentId,
        personId: cadre.personId,
        unitPath: world.unit.path,
        origin: 'self-selected',
        seq: 1,
      },
    ]);
    expect(seats.ledger).toMatchObject([
      { kind: 'enrolled', seats: 1, waiting: 0, reason: 'seat-free', by: cadre.personId },
    ]);
    expect(api.facts.slice(-2)).toEqual([
      { type: 'enrollment:changed', classId: value.id, personIds: [cadre.personId] },
      { type: 'class:changed', classId: value.id },
    ]);
  });

  it('puts people on the waitlist when the class is full, one place after the other', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const people = await cadres(3);
    const results = [];
    for (const cadre of people) results.push(await enroll(cadre, value.id));
    expect(results.map(({ state, position }) => [state, position])).toEqual([
      ['enrolled', null],
      ['waiting', 1],
      ['waiting', 2],
    ]);
  });

  it('answers the same person the same, however often and however many at once, and writes one entry', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const [first, second] = await cadres(2);
    await enroll(first!, value.id);
    const results = await Promise.all(Array.from({ length: 5 }, () => enroll(second!, value.id)));
    const again = await enroll(second!, value.id);
    for (const result of results) expect(result).toEqual(again);
    expect(again).toMatchObject({ state: 'waiting', position: 1 });
    expect((await seatsOf(api, value.id)).ledger).toHaveLength(2);
  });

  it('ten at once for one seat: one gets it, nine wait at positions 1 to 9', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const results = await Promise.all((await cadres(10)).map((cadre) => enroll(cadre, value.id)));
    expect(results.filter(({ state }) => state === 'enrolled')).toHaveLength(1);
    expect(results.flatMap(({ position }) => position ?? []).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect((await seatsOf(api, value.id)).mismatches).toEqual([]);
  });

  it('300 at once for 20 seats: exactly 20, the others wait at 1 to 280, in order of their numbers', async () => {
    const value = await world.schedule({}, { capacity: 20 });
    const people = await addPeople(world.unit, 300);
    const results = await Promise.all(people.map((person) => enroll(api.actorOf(person), value.id)));
    expect(results.filter(({ state }) => state === 'enrolled')).toHaveLength(20);
    const waiting = results.filter(({ state }) => state === 'waiting');
    const seats = await seatsOf(api, value.id);
    const seqOf = new Map(seats.enrollments.map(({ id, seq }) => [id, seq]));
    waiting.sort((a, b) => a.position! - b.position!);
    expect(waiting.map(({ position }) => position)).toEqual(
      Array.from({ length: 280 }, (_, index) => index + 1),
    );
    const seqs = waiting.map(({ enrollmentId }) => seqOf.get(enrollmentId)!);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(seats.class).toMatchObject({ seatsTaken: 20, waiting: 280, ledgerSeq: 300 });
    expect(seats.ledger.map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(seats.mismatches).toEqual([]);
  });

  it.each([
    ['before the window opens', () => hourOf(8, '2026-11-17'), 'ENROLLMENT_NOT_OPEN_YET'],
    ['after it has closed', () => hourOf(15, '2026-11-19'), 'ENROLLMENT_CLOSED'],
  ])('%s is refused, and nothing is written', async (_name, at, code) => {
    const value = await world.schedule();
    api.clock.set(at());
    await expect(enroll(await world.addCadre(), value.id)).rejects.toMatchObject({ code });
    expect(await seatsOf(api, value.id)).toMatchObject({ ledger: [], enrollments: [] });
  });

  it('a class for nominated people, a cancelled, a draft and an unknown one are refused', async () => {
    const cadre = await world.addCadre();
    const nominated = await world.schedule({}, { mode: 'nominated' });
    await expect(enroll(cadre, nominated.id)).rejects.toMatchObject({ code: 'NOMINATION_ONLY' });
    await api.repositories.classes.tryChange(nominated, { status: 'cancelled' });
    await expect(enroll(cadre, nominated.id)).rejects.toMatchObject({ code: 'CLASS_NOT_OPEN' });
    await api.repositories.classes.tryChange({ ...nominated, revision: 1 }, { status: 'draft' });
    await expect(enroll(cadre, nominated.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(enroll(cadre, api.newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await seatsOf(api, nominated.id)).ledger).toEqual([]);
  });

  it('one refused claim leaves the others of its batch alone', async () => {
    const value = await world.schedule();
    const [early, late] = await cadres(2);
    const results = await Promise.allSettled([
      api.services.seats.claim(value.id, {
        personId: late!.personId,
        origin: 'self-selected',
        requestedAt: value.window.closesAt,
        by: late!.personId,
      }),
      enroll(early!, value.id),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect((await seatsOf(api, value.id)).class.seatsTaken).toBe(1);
  });

  it("keeps a unit's seats for it until their date, then they go to those who wait, before anybody new", async () => {
    const [own, other] = [await api.addUnit(), await api.addUnit()];
    const value = {
      ...(await world.schedule({}, { capacity: 2 })),
      id: api.newId(),
      classNo: 'Q-1',
      quotas: [{ unitId: own.id, seats: 1, returnsAt: hourOf(12, '2026-11-18') }],
    };
    await api.repositories.classes.insert(value);
    const actorFrom = async (unit: Unit) => api.actorOf(await api.addPerson(unit));
    const [first, second, third] = [await actorFrom(other), await actorFrom(other), await actorFrom(other)];
    expect((await enroll(first, value.id)).state).toBe('enrolled');
    expect(await enroll(second, value.id)).toMatchObject({ state: 'waiting', position: 1 });
    const waitlisted = (await seatsOf(api, value.id)).ledger[1];
    expect(waitlisted).toMatchObject({ kind: 'waitlisted', reason: 'seat-reserved' });
    api.clock.set(hourOf(13, '2026-11-18'));
    expect(await enroll(third, value.id)).toMatchObject({ state: 'waiting', position: 1 });
    expect(await enroll(second, value.id)).toMatchObject({ state: 'enrolled', position: null });
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ seatsTaken: 2, waiting: 1 });
    expect(seats.mismatches).toEqual([]);
  });
});

describe('several processes at the same time', () => {
  const run = (classId: Id, personIds: readonly Id[]) => {
    const script = fileURLToPath(new URL('../testing/enrolling-process.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', script, api.test.uri, api.test.name, classId, personIds.join(',')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines: string[] = [];
    let rest = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
    const acknowledged = () => lines.map((line) => line.split(' ') as [Id, string, string]);
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, acknowledged, ended };
  };

  it('two of them never sell a seat twice, and share one queue of numbers', async () => {
    const value = await world.schedule({}, { capacity: 20 });
    const ids = (await addPeople(world.unit, 200)).map(({ id }) => id);
    // The last hundred people are claimed by both.
    const processes = [run(value.id, ids.slice(0, 150)), run(value.id, ids.slice(50))];
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0]);
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ seatsTaken: 20, waiting: 180, ledgerSeq: 200 });
    expect(seats.mismatches).toEqual([]);
    expect(new Set(seats.enrollments.map(({ personId }) => personId)).size).toBe(200);
    const answers = new Map(
      processes.flatMap(({ acknowledged }) => acknowledged()).map((line) => [line[0], line]),
    );
    const positions = [...answers.values()]
      .filter(([, state]) => state === 'waiting')
      .map(([, , place]) => Number(place));
    expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: 180 }, (_, index) => index + 1));
  });

  it('one killed in the middle of its batches loses nothing it has acknowledged, and ledger and counters agree', async () => {
    const value = await world.schedule({}, { capacity: 20 });
    const ids = (await addPeople(world.unit, 2000)).map(({ id }) => id);
    const { child, acknowledged, ended } = run(value.id, ids);
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
    child.kill('SIGKILL');
    await ended;
    // Whoever comes next is decided after whatever the dead process had still asked the database for.
    const [late] = await addPeople(world.unit, 1);
    expect((await enroll(api.actorOf(late!), value.id)).state).toBe('waiting');
    const seats = await seatsOf(api, value.id);
    expect(seats.mismatches).toEqual([]);
    expect(seats.class.ledgerSeq).toBeLessThan(2000);
    expect(seats.class.seatsTaken).toBe(20);
    const states = new Map(
      (await api.repositories.enrollments.listByClass(value.id, ['enrolled', 'waiting'])).map((kept) => [
        kept.personId,
        kept.state,
      ]),
    );
    expect(acknowledged().length).toBeGreaterThan(0);
    for (const [personId, state] of acknowledged()) expect(states.get(personId)).toBe(state);
    expect(states.size).toBe(seats.class.ledgerSeq);
  });
});

describe('withdrawing', () => {
  it('gives the seat to the first who waits, in the same step, and tells both', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const [first, second, third] = await cadres(3);
    const held = await enroll(first!, value.id);
    await enroll(second!, value.id);
    const last = await enroll(third!, value.id);
    expect(await api.services.enrollment.withdraw(first!, held.enrollmentId)).toMatchObject({
      state: 'withdrawn',
      position: null,
    });
    const seats = await seatsOf(api, value.id);
    expect(seats.enrollments.map(({ state }) => state)).toEqual(['withdrawn', 'enrolled', 'waiting']);
    expect(seats.ledger.slice(3)).toMatchObject([
      { kind: 'withdrawn', seats: -1, reason: 'withdrawn-by-learner', by: first!.personId },
      {
        kind: 'promoted',
        seats: 1,
        waiting: -1,
        reason: 'seat-returned',
        personId: second!.personId,
        by: null,
      },
    ]);
    expect(seats.mismatches).toEqual([]);
    expect(api.facts).toContainEqual({
      type: 'enrollment:changed',
      classId: value.id,
      personIds: [first!.personId, second!.personId],
    });
    expect(await enroll(third!, value.id)).toEqual({ ...last, position: 1 });
  });

  it('keeps a seat that came while somebody meant to leave the waitlist', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const [first, second] = await cadres(2);
    const held = await enroll(first!, value.id);
    const waiting = await enroll(second!, value.id);
    await api.services.enrollment.withdraw(first!, held.enrollmentId, 'enrolled');
    await expect(
      api.services.enrollment.withdraw(second!, waiting.enrollmentId, waiting.state),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect((await seatsOf(api, value.id)).enrollments.map(({ state }) => state)).toEqual([
      'withdrawn',
      'enrolled',
    ]);
  });

  it('leaves the waitlist, closes the gap, and can be followed by a new wish at its end', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const [first, second, third] = await cadres(3);
    await enroll(first!, value.id);
    const waiting = await enroll(second!, value.id);
    await enroll(third!, value.id);
    await api.services.enrollment.withdraw(second!, waiting.enrollmentId);
    expect(await enroll(third!, value.id)).toMatchObject({ position: 1 });
    expect(await enroll(second!, value.id)).toMatchObject({ state: 'waiting', position: 2 });
    expect((await seatsOf(api, value.id)).mismatches).toEqual([]);
  });

  it('twice, or ten times at once, gives back one seat', async () => {
    const value = await world.schedule();
    const [cadre, other] = await cadres(2);
    const held = await enroll(cadre!, value.id);
    await enroll(other!, value.id);
    const results = await Promise.all(
      Array.from({ length: 10 }, () => api.services.enrollment.withdraw(cadre!, held.enrollmentId)),
    );
    for (const result of results) expect(result.state).toBe('withdrawn');
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ seatsTaken: 1, ledgerSeq: 3 });
  });

  it('is over at the deadline for the learner, not yet for the unit officer', async () => {
    const value = await world.schedule();
    const cadre = await world.addCadre();
    const held = await enroll(cadre, value.id);
    api.clock.set(new Date(value.withdrawalDeadline.getTime() + 1));
    await expect(api.services.enrollment.withdraw(cadre, held.enrollmentId)).rejects.toMatchObject({
      code: 'WITHDRAWAL_CLOSED',
    });
    expect((await seatsOf(api, value.id)).class.seatsTaken).toBe(1);
    const officer = api.actorOf(await api.addPerson(world.unit), {
      role: 'unit-training-officer',
      scope: { kind: 'unit', unitId: world.unit.id },
    });
    await api.services.enrollment.withdraw(officer, held.enrollmentId);
    expect((await seatsOf(api, value.id)).ledger.at(-1)).toMatchObject({
      reason: 'withdrawn-by-officer',
      by: officer.personId,
    });
  });

  it('after the cut-off promotes nobody, and tells the first who waits why, once', async () => {
    const value = await world.schedule({}, { capacity: 2, withdrawalDeadline: hourOf(14) });
    const people = await cadres(4);
    const held = [];
    for (const cadre of people) held.push(await enroll(cadre, value.id));
    api.clock.set(new Date(value.promotionCutOff.getTime() + 1));
    await api.services.enrollment.withdraw(people[0]!, held[0]!.enrollmentId);
    await api.services.enrollment.withdraw(people[1]!, held[1]!.enrollmentId);
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ seatsTaken: 0, waiting: 2 });
    expect(seats.ledger.slice(4).map(({ kind, reason, personId }) => [kind, reason, personId])).toEqual([
      ['withdrawn', 'withdrawn-by-learner', people[0]!.personId],
      ['passed-over', 'after-cut-off', people[2]!.personId],
      ['withdrawn', 'withdrawn-by-learner', people[1]!.personId],
      ['passed-over', 'after-cut-off', people[3]!.personId],
    ]);
    const mine = await mineOf(people[2]!, 'current');
    expect(mine.items[0]?.notes.map(({ reason }) => reason)).toEqual(['class-full', 'after-cut-off']);
  });

  it('passes over somebody who has left the service, with the reason, and promotes the next', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const first = await world.addCadre();
    const retired = await world.addCadre({ status: 'retired' });
    const next = await world.addCadre();
    const held = await enroll(first, value.id);
    await enroll(retired, value.id);
    await enroll(next, value.id);
    await api.services.enrollment.withdraw(first, held.enrollmentId);
    const seats = await seatsOf(api, value.id);
    expect(seats.enrollments.map(({ state }) => state)).toEqual(['withdrawn', 'expired', 'enrolled']);
    expect(seats.ledger.slice(4)).toMatchObject([
      { kind: 'passed-over', waiting: -1, reason: 'person-no-longer-active', personId: retired.personId },
      { kind: 'promoted', personId: next.personId },
    ]);
    expect(seats.mismatches).toEqual([]);
  });

  it("of somebody else is not found: another learner's, another unit's", async () => {
    const value = await world.schedule();
    const held = await enroll(await world.addCadre(), value.id);
    const stranger = await world.addCadre();
    const foreignUnit = await api.addUnit();
    const officer = api.actorOf(await api.addPerson(foreignUnit), {
      role: 'unit-training-officer',
      scope: { kind: 'unit', unitId: foreignUnit.id },
    });
    for (const actor of [stranger, officer, world.admin])
      await expect(api.services.enrollment.withdraw(actor, held.enrollmentId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    await expect(api.services.enrollment.withdraw(stranger, api.newId())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await seatsOf(api, value.id)).class.seatsTaken).toBe(1);
  });
});

describe('the cut-off', () => {
  it('ends the waitlist: everybody who still waits is told, once, and the counters agree', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const [first, ...rest] = await cadres(3);
    for (const cadre of [first!, ...rest]) await enroll(cadre, value.id);
    expect(await api.services.seats.endWaitlists()).toBe(0);
    api.clock.set(new Date(value.promotionCutOff.getTime() + 1));
    api.facts.length = 0;
    await Promise.all([1, 2].map(() => api.services.seats.endWaitlists()));
    await api.services.seats.endWaitlists();
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ seatsTaken: 1, waiting: 0, ledgerSeq: 5 });
    expect(seats.mismatches).toEqual([]);
    expect(seats.enrollments.map(({ state }) => state)).toEqual(['enrolled', 'expired', 'expired']);
    const { items } = await mineOf(rest[0]!, 'past');
    expect(items[0]).toMatchObject({ state: 'expired', position: null });
    expect(items[0]?.notes.at(-1)).toMatchObject({ kind: 'passed-over', reason: 'after-cut-off' });
    const told = api.facts.filter((fact) => fact.type === 'enrollment:changed' && fact.classId === value.id);
    expect(told).toMatchObject([{ personIds: rest.map(({ personId }) => personId) }]);
  });
});

describe('who sees what', () => {
  const page = { page: 1, pageSize: 10 };

  it('own enrolments with class, position and every line of the ledger that is about oneself', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const [first, second] = await cadres(2);
    const held = await enroll(first!, value.id);
    await enroll(second!, value.id);
    const mine = await mineOf(second!, 'current');
    expect(mine).toMatchObject({
      total: 1,
      items: [
        {
          state: 'waiting',
          position: 1,
          class: {
            id: value.id,
            baseName: world.base.name,
            courseTitle: world.course.title,
            seatsTaken: 1,
            waiting: 1,
          },
          notes: [{ kind: 'waitlisted', reason: 'class-full' }],
        },
      ],
    });
    await api.services.enrollment.withdraw(first!, held.enrollmentId);
    expect((await mineOf(first!, 'current')).total).toBe(0);
    expect((await mineOf(first!, 'past')).items).toMatchObject([{ state: 'withdrawn' }]);
    expect((await mineOf(first!, 'all')).total).toBe(1);
  });

  it('the own enrolments in one class, those that were given back with them', async () => {
    const value = await world.schedule({}, { capacity: 2 });
    const elsewhere = await world.schedule({ startsAt: hourOf(18), endsAt: hourOf(20) });
    const [cadre, other] = await cadres(2);
    const held = await enroll(cadre!, value.id);
    await api.services.enrollment.withdraw(cadre!, held.enrollmentId);
    api.clock.set(new Date(TEST_NOW.getTime() + 60_000));
    await enroll(cadre!, value.id);
    await enroll(other!, value.id);
    await enroll(cadre!, elsewhere.id);
    const own = await mineOf(cadre!, 'all', value.id);
    expect(own.items.map(({ state, notes }) => [state, notes.map(({ reason }) => reason)])).toEqual([
      ['enrolled', ['seat-free']],
      ['withdrawn', ['seat-free', 'withdrawn-by-learner']],
    ]);
    expect((await mineOf(cadre!, 'past', elsewhere.id)).total).toBe(0);
  });

  it('a roster in order of the queue, searched by name, pinyin or number, for the base that runs the class', async () => {
    const value = await world.schedule({}, { capacity: 2 });
    const lin = await world.addCadre({ name: '林晓东' });
    const others = await cadres(2);
    for (const cadre of [others[0]!, lin, others[1]!]) await enroll(cadre, value.id);
    const ask = (changes: { search?: string; state?: 'waiting' | 'enrolled' } = {}, actor = world.admin) =>
      api.services.enrollment.roster(actor, {
        ...page,
        classId: value.id,
        state: null,
        search: '',
        ...changes,
      });
    const all = await ask();
    expect(all.items.map(({ seq, position }) => [seq, position])).toEqual([
      [1, null],
      [2, null],
      [3, 1],
    ]);
    expect(all.items[1]?.person).toMatchObject({ name: '林晓东', unit: { id: world.unit.id } });
    for (const search of ['林晓', 'linxiaodong', 'lxd']) {
      const found = await ask({ search });
      expect(found.items.map(({ person }) => person.id)).toEqual([lin.personId]);
    }
    expect((await ask({ state: 'waiting' })).items.map(({ seq }) => seq)).toEqual([3]);
    expect((await ask({ search: 'lxd', state: 'waiting' })).total).toBe(0);
    const foreign = await createTrainingWorld(api);
    const officer = api.actorOf(await api.addPerson(world.unit), {
      role: 'unit-training-officer',
      scope: { kind: 'unit', unitId: world.unit.id },
    });
    for (const actor of [foreign.admin, lin, officer])
      await expect(ask({}, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const teacher = api.actorOf(await api.addPerson(world.unit), {
      role: 'class-teacher',
      scope: { kind: 'class', classId: value.id },
    });
    expect((await ask({}, teacher)).total).toBe(3);
  });

  it("the unit officer's own people, and nobody else's", async () => {
    const department = await api.addUnit();
    const value = await world.schedule();
    const own = api.actorOf(await api.addPerson(department, { name: '赵丽丽' }));
    await enroll(own, value.id);
    await enroll(await world.addCadre(), value.id);
    const officer = api.actorOf(await api.addPerson(department), {
      role: 'unit-training-officer',
      scope: { kind: 'unit', unitId: department.id },
    });
    const ask = (search = '', actor: PersonActor = officer) =>
      api.services.enrollment.ofUnit(actor, { ...page, state: null, search });
    expect((await ask()).items).toMatchObject([
      { person: { id: own.personId }, class: { id: value.id, title: value.title } },
    ]);
    expect((await ask('zll')).total).toBe(1);
    expect((await ask('钱')).total).toBe(0);
    await expect(ask('', own)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(ask('', world.admin)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('seats of classes on open screens, drafts left out', async () => {
    const value = await world.schedule({}, { capacity: 7 });
    await enroll(await world.addCadre(), value.id);
    const draft = { ...value, id: api.newId(), classNo: 'D-1', status: 'draft' as const };
    await api.repositories.classes.insert(draft);
    expect(await api.services.enrollment.seatCounts([value.id, draft.id, api.newId()])).toEqual([
      { classId: value.id, capacity: 7, seatsTaken: 1, waiting: 0 },
    ]);
  });
});

describe('the check of the counters', () => {
  it('finds a class whose counters differ from its ledger', async () => {
    const value = await world.schedule();
    await enroll(await world.addCadre(), value.id);
    expect(await api.services.seats.mismatches([value.id])).toEqual([]);
    const broken = { ...value, id: api.newId(), classNo: 'B-1', seatsTaken: 3, ledgerSeq: 3 };
    await api.repositories.classes.insert(broken);
    expect(await api.services.seats.mismatches([value.id, broken.id])).toEqual([
      {
        classId: broken.id,
        kept: { seatsTaken: 3, waiting: 0, ledgerSeq: 3 },
        ledger: { seatsTaken: 0, waiting: 0, ledgerSeq: 0 },
      },
    ]);
  });
});
