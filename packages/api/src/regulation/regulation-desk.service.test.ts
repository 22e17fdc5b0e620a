import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { Regulation } from '@cadre/domain/credit';
import type { Person, Unit } from '@cadre/domain/identity';
import type { RegulationFile } from '@cadre/domain/regulation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, TEST_NOW, type TestApi } from '../testing';

const demo = JSON.parse(DEMO_REGULATION_TEXT) as Regulation;
const CODE = demo.id;
const CLAUSE = '第四条';

/** The next version as its author would send it: presence from 80 to 90 percent. */
const next = (change: Partial<Regulation> = {}): string =>
  JSON.stringify({
    ...demo,
    version: 2,
    effective: { from: '2027-01-01' },
    clauses: { ...demo.clauses, [CLAUSE]: '在场时间不少于实际开课时间的 90%，该次课才计入。' },
    earn: demo.earn.map((rule) =>
      rule.gates
        ? {
            ...rule,
            gates: rule.gates.map((gate) =>
              gate.clause === CLAUSE ? { ...gate, must: { presence: { atLeast: '9/10' } } } : gate,
            ),
          }
        : rule,
    ),
    ...change,
  });

/** Somebody of a town who was in the hall for 85 percent of half a day. */
const facts = JSON.stringify({
  asOf: '2026-12-31',
  person: { id: 'p1', history: [{ from: '2020-01-01', postLevel: '乡科级副职' }] },
  activities: [
    {
      id: 's1',
      kind: 'session',
      occurredOn: '2026-11-17',
      mode: 'hall',
      days: 0.5,
      classHours: 4,
      heldMinutes: 100,
      presentMinutes: 85,
    },
  ],
});

let api: TestApi;
let unit: Unit;
let author: Person;
let second: Person;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.renew();
  unit = await api.addUnit();
  [author, second] = await Promise.all([api.addPerson(unit), api.addPerson(unit)]);
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unit.id);
});

const officer = (person: Person) =>
  api.callerOf(
    api.actorOf(person, { role: 'organisation-officer', scope: { kind: 'unit', unitId: unit.id } }),
  ).regulation;
const read = (person: Person, version: number): Promise<RegulationFile> =>
  officer(person).read({ code: CODE, version });
const write = (text = next()) =>
  officer(author).saveDraft({ draftId: null, revision: null, unitId: unit.id, text });
const stepOf = async (version = 2) => {
  const { draft } = await read(author, version);
  return { draftId: draft!.id, revision: draft!.revision };
};

describe('a regulation as it is read', () => {
  it('sets each clause beside the data it became', async () => {
    const file = await read(author, 1);
    const clause = file.clauses.find(({ number }) => number === CLAUSE);
    expect(clause?.text).toContain('80%');
    expect(clause?.lines.map(({ line }) => line).join()).toMatch(/在场比例.*否则不计入/);
    expect(file.clauses.map(({ number }) => number)).toEqual(Object.keys(demo.clauses));
    expect(file.rest.map(({ section }) => section)).toContain('人员组');
    expect(file).toMatchObject({ state: 'in-force', author: null, draft: null });
  });

  it('runs facts and says in sentences what becomes of them', async () => {
    const run = await officer(author).tryFacts({ code: CODE, version: 1, facts });
    expect(run.ok && run.told.zh).toContain('0.5');
    const offered = (await read(author, 1)).firstFacts;
    expect(await officer(author).tryFacts({ code: CODE, version: 1, facts: offered })).toMatchObject({
      ok: true,
    });
    const wrong = await officer(author).tryFacts({ code: CODE, version: 1, facts: '{\n "asOf": 3 }' });
    expect(wrong).toMatchObject({ ok: false });
    expect(!wrong.ok && wrong.errors.length).toBeGreaterThan(0);
  });
});

describe('a new version', () => {
  it('is refused line by line when the format does not take it, and nothing is kept', async () => {
    const answer = await write(next().replace('"measures"', '"measurements"'));
    expect(!answer.ok && answer.errors[0]?.sentence).toBeTruthy();
    expect(await officer(author).list()).toHaveLength(1);
  });

  it('is read with the names that nothing uses, each with its line, and a tidy one with none', async () => {
    expect((await read(author, 1)).notes).toEqual([]);
    await write(
      next({
        groups: {
          ...demo.groups,
          forgotten: { name: '没用到的人', where: { sex: 'male' } },
        },
      }),
    );
    const { notes, text } = await read(author, 2);
    expect(notes).toEqual([
      {
        path: 'groups.forgotten',
        line: expect.any(Number) as number,
        sentence: '没有任何规则用到这个人员组',
      },
    ]);
    expect(text.split('\n')[notes[0]!.line - 1]).toContain('forgotten');
  });

  it('never takes the number of a version that stands', async () => {
    await expect(write(next({ version: 1 }))).rejects.toThrow('REGULATION_VERSION_TAKEN');
    await write();
    await expect(write()).rejects.toThrow('REGULATION_VERSION_TAKEN');
  });

  it('keeps its code and number once it is saved', async () => {
    await write();
    const step = await stepOf();
    for (const change of [{ version: 1 }, { version: 5 }, { id: 'another' }])
      await expect(
        officer(author).saveDraft({ ...step, unitId: unit.id, text: next(change) }),
      ).rejects.toMatchObject({
        message: 'REGULATION_VERSION_FIXED',
        cause: { details: { code: CODE, version: 2 } },
      });
    expect((await read(author, 2)).draft).toEqual({ id: step.draftId, revision: step.revision, remark: '' });
  });

  it('has the number that comes next, the drafts counted; the first may have any', async () => {
    await expect(write(next({ version: 7 }))).rejects.toMatchObject({
      message: 'REGULATION_VERSION_SKIPPED',
    });
    expect(await officer(author).list()).toHaveLength(1);
    await write();
    expect(await write(next({ version: 3 }))).toMatchObject({ ok: true });
    expect(await write(next({ id: 'another', version: 5 }))).toMatchObject({ ok: true });
  });

  it('is held against the examples of the regulation and shows where it differs', async () => {
    await officer(author).keepExample({ code: CODE, version: 1, title: '在场 85%', facts });
    await write();
    expect((await read(author, 1)).examples).toMatchObject([{ holds: true, differences: [] }]);
    const [example] = (await read(author, 2)).examples;
    expect(example?.holds).toBe(false);
    expect(example?.differences.length).toBeGreaterThan(0);
  });

  it('is tried as if it had been in force since the regulation began, so that only its rules differ', async () => {
    await officer(author).keepExample({ code: CODE, version: 1, title: '在场 85%', facts });
    await write(next({ clauses: demo.clauses, earn: demo.earn }));
    const file = await read(author, 2);
    expect([file.effectiveFrom, file.examplesSince]).toEqual(['2027-01-01', demo.effective.from]);
    expect(file.examples).toMatchObject([{ holds: true, differences: [], since: null }]);
    const run = await officer(author).tryFacts({ code: CODE, version: 2, facts });
    expect(run.ok && run.told.zh).not.toContain('当时规定没有生效');
    expect((await read(author, 1)).examplesSince).toBeNull();
  });

  it('may answer an example otherwise from now on, by its author while it is a draft; the version before keeps its result', async () => {
    await officer(author).keepExample({ code: CODE, version: 1, title: '在场 85%', facts });
    await write();
    const [example] = (await read(author, 2)).examples;
    const input = { code: CODE, version: 2, exampleId: example!.id };
    await expect(officer(second).acceptResult(input)).rejects.toThrow('NOT_ALLOWED');
    await expect(officer(author).acceptResult({ ...input, exampleId: unit.id })).rejects.toThrow('NOT_FOUND');
    await expect(officer(author).acceptResult({ ...input, version: 1 })).rejects.toThrow('NOT_ALLOWED');
    await officer(author).acceptResult(input);
    expect((await read(author, 2)).examples).toMatchObject([{ holds: true, since: 2 }]);
    expect((await read(author, 1)).examples).toMatchObject([{ holds: true, since: null }]);
    await officer(author).submit(await stepOf());
    await expect(officer(author).acceptResult(input)).rejects.toThrow('NOT_ALLOWED');
  });

  it('is given up by its author while it is a draft, with its preview and what was accepted for it, and is written anew', async () => {
    await officer(author).keepExample({ code: CODE, version: 1, title: '在场 85%', facts });
    await write();
    const [example] = (await read(author, 2)).examples;
    await officer(author).acceptResult({ code: CODE, version: 2, exampleId: example!.id });
    const step = await stepOf();
    const run = await officer(author).startPreview({ draftId: step.draftId, basis: 'last' });
    await expect(officer(second).discardDraft(step)).rejects.toThrow('CHANGED_MEANWHILE');
    expect(await officer(author).list()).toHaveLength(2);
    await officer(author).discardDraft(step);
    expect((await officer(author).list()).map(({ version }) => version)).toEqual([1]);
    await expect(read(author, 2)).rejects.toThrow('NOT_FOUND');
    await expect(officer(author).preview({ draftId: step.draftId })).rejects.toThrow('NOT_FOUND');
    expect(await api.repositories.previews.findRun(run.id)).toBeNull();
    await api.services.regulationPreview.step(run.id);
    await expect(officer(author).discardDraft(step)).rejects.toThrow('NOT_FOUND');
    const [entry] = (await api.repositories.audit.list({}, { page: 1, pageSize: 1 })).items;
    expect(entry).toMatchObject({
      action: 'regulation:draft-discarded',
      before: { code: CODE, version: 2, text: next() },
      after: null,
    });
    await write();
    // A preview that began in the moment in which its draft was given up: it goes at its first step.
    const late = await stepOf();
    const begun = await officer(author).startPreview({ draftId: late.draftId, basis: 'last' });
    await api.test.database.transaction((tx) =>
      api.repositories.regulationDrafts.tryDiscard(
        { id: late.draftId, revision: late.revision, authorId: author.id },
        tx,
      ),
    );
    await api.services.regulationPreview.step(begun.id);
    expect(await api.repositories.previews.findRun(begun.id)).toBeNull();
    await write();
    expect((await read(author, 2)).examples).toMatchObject([{ holds: false, since: null }]);
  });

  it('that waits for approval or stands is not given up', async () => {
    await write();
    await officer(author).submit(await stepOf());
    await expect(officer(author).discardDraft(await stepOf())).rejects.toThrow('CHANGED_MEANWHILE');
    const waiting = await stepOf();
    await officer(second).approve(waiting);
    await expect(
      officer(author).discardDraft({ ...waiting, revision: waiting.revision + 1 }),
    ).rejects.toThrow('CHANGED_MEANWHILE');
    expect((await read(author, 2)).state).toBe('upcoming');
  });

  it('is either handed over or given up when both happen at the same time, ten times over', async () => {
    await write();
    const step = await stepOf();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0 ? officer(author).discardDraft(step) : officer(author).submit(step),
      ),
    );
    const won = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    expect(won).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(['CHANGED_MEANWHILE', 'NOT_FOUND']).toContain((outcome.reason as Error).message);
    const left = (await officer(author).list()).map(({ state }) => state);
    expect(left).toEqual(won[0]! % 2 === 0 ? ['in-force'] : ['waiting', 'in-force']);
  });

  it('shows beside the one before which clauses change', async () => {
    await write();
    const { clauses } = await officer(author).compare({ code: CODE, left: 1, right: 2 });
    expect(clauses.filter(({ change }) => change !== 'same').map(({ number }) => number)).toEqual([CLAUSE]);
  });

  it('comes into force by two people, is frozen, and takes the place of the old one on its day', async () => {
    await write();
    await officer(author).submit(await stepOf());
    await officer(second).approve(await stepOf());
    expect(await read(author, 2)).toMatchObject({
      state: 'upcoming',
      author: author.name,
      approver: second.name,
      may: { submit: false, decide: false },
    });
    await expect(write(next({ effective: { from: '2027-02-01' } }))).rejects.toThrow(
      'REGULATION_VERSION_TAKEN',
    );
    const collection = api.test.database.appendOnlyModel('regulations', undefined as never);
    await expect(collection.updateOne({ version: 2 }, { text: '' })).rejects.toThrow();
    api.clock.set(new Date('2027-01-02T00:00:00Z'));
    const states = (await officer(author).list()).map(({ version, state }) => [version, state]);
    expect(states).toEqual([
      [2, 'in-force'],
      [1, 'replaced'],
    ]);
  });

  it('is not approved by its author, neither by the service nor by the database', async () => {
    await write();
    await officer(author).submit(await stepOf());
    const { draftId, revision } = await stepOf();
    await expect(officer(author).approve({ draftId, revision })).rejects.toThrow(
      'REGULATION_NEEDS_SECOND_PERSON',
    );
    const isApproved = await api.test.database.transaction((tx) =>
      api.repositories.regulationDrafts.tryApprove(draftId, revision, author.id, TEST_NOW, tx),
    );
    expect(isApproved).toBe(false);
    expect((await read(author, 2)).state).toBe('waiting');
  });

  it('tells open screens of every step, and lists it to its author while it is back', async () => {
    const told = () => api.facts.splice(0).map(({ type }) => type);
    const rowFor = async (person: Person) =>
      (await officer(person).list()).find(({ version }) => version === 2);
    await write();
    expect(told()).toEqual(['regulation:changed']);
    await officer(author).submit(await stepOf());
    expect(told()).toEqual(['regulation:changed']);
    expect([(await rowFor(author))?.isAuthor, (await rowFor(second))?.isAuthor]).toEqual([true, false]);
    await officer(second).sendBack({ ...(await stepOf()), remark: '请改生效日期' });
    expect(told()).toEqual(['regulation:changed']);
    expect(await rowFor(author)).toMatchObject({ state: 'draft', returned: '请改生效日期', approver: null });
    await officer(author).submit(await stepOf());
    expect((await rowFor(author))?.returned).toBeNull();
    await officer(author).sendBack({ ...(await stepOf()), remark: '我再看看' });
    expect(await rowFor(author)).toMatchObject({ state: 'draft', returned: null });
    expect((await read(author, 2)).draft?.remark).toBe('我再看看');
    await officer(author).submit(await stepOf());
    told();
    await officer(second).approve(await stepOf());
    expect(told()).toEqual(['regulation:changed']);
  });

  it('is approved once when two people do so at the same time', async () => {
    await write();
    await officer(author).submit(await stepOf());
    const third = await api.addPerson(unit);
    const step = await stepOf();
    const outcomes = await Promise.allSettled([officer(second).approve(step), officer(third).approve(step)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await api.repositories.regulations.list()).toHaveLength(2);
  });

  it('never begins in the past, and goes back to its author with a remark', async () => {
    await write(next({ effective: { from: '2026-11-18' } }));
    expect((await read(author, 2)).isTooEarly).toBe(true);
    const [note] = (await read(author, 2)).notes;
    expect(note).toMatchObject({ path: 'effective.from', line: 1 });
    expect(note?.sentence).toContain('生效日期要在今天（2026-11-18）以后');
    await expect(officer(author).submit(await stepOf())).rejects.toThrow('REGULATION_STARTS_IN_PAST');
    await officer(author).saveDraft({ ...(await stepOf()), unitId: unit.id, text: next() });
    expect(await read(author, 2)).toMatchObject({ notes: [], isTooEarly: false });
    await officer(author).submit(await stepOf());
    api.clock.set(new Date('2027-01-01T01:00:00Z'));
    await expect(officer(second).approve(await stepOf())).rejects.toThrow('REGULATION_STARTS_IN_PAST');
    api.clock.set(TEST_NOW);
    await officer(second).sendBack({ ...(await stepOf()), remark: '请改生效日期' });
    expect(await read(author, 2)).toMatchObject({ state: 'draft', draft: { remark: '请改生效日期' } });
    const step = await stepOf();
    await officer(author).saveDraft({ ...step, unitId: unit.id, text: next() });
    expect(await read(author, 2)).toMatchObject({ effectiveFrom: '2027-01-01' });
    await expect(officer(author).submit(step)).rejects.toThrow('CHANGED_MEANWHILE');
  });
});
