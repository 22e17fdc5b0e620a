import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { PreviewRepository } from '@cadre/db/regulation';
import type { PersonActor } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import type { Regulation } from '@cadre/domain/credit';
import type { Person, Unit } from '@cadre/domain/identity';
import type { RegulationDraft } from '@cadre/domain/regulation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServices, type Services } from '../container';
import { createTestApi, TEST_NOW, type TestApi } from '../testing';
import { createRegulationPreviewService } from './regulation-preview.service';

const demo = JSON.parse(DEMO_REGULATION_TEXT) as Regulation;

/** The demonstration's regulation with one target: so many days of concentrated training a year. */
const textOf = (version: number, days: number, change: Partial<Regulation> = {}): string =>
  JSON.stringify({
    ...demo,
    english: {},
    version,
    effective: { from: version === 1 ? '2023-01-01' : '2027-01-01' },
    targets: [
      {
        id: 'year',
        name: '年度集中培训',
        clause: '第九条',
        cycle: 'year',
        needs: { measure: 'days', atLeast: days },
      },
    ],
    consequences: [],
    ...change,
  });

let api: TestApi;
let top: Unit;
let unit: Unit;
let elsewhere: Unit;
let author: Person;
let people: Person[];
let outsider: Person;
let draft: RegulationDraft;

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const addUnitUnder = (parent: Unit): Promise<Unit> => {
  const id = api.newId();
  return api.addUnit({ id, parentId: parent.id, path: [...parent.path, id] });
};

const trained = (person: Person, days: number, year = 2025) => {
  const source = { kind: 'claim', id: `${person.id}-${year}` };
  return {
    personId: person.id,
    title: `${year} 年培训`,
    source,
    activities: [
      {
        id: source.id,
        source,
        kind: 'claim',
        from: `${year}-03-01`,
        to: `${year}-03-${String(days).padStart(2, '0')}`,
        days,
        approved: true,
      },
    ],
  };
};

const writeDraft = async (
  text: string,
  unitId: Id,
  code = demo.id,
  version = 2,
): Promise<RegulationDraft> => {
  const value: RegulationDraft = {
    id: api.newId(),
    code,
    version,
    unitId,
    state: 'draft',
    text,
    authorId: author.id,
    writtenAt: TEST_NOW,
    remark: '',
    decidedBy: null,
    decidedAt: null,
    revision: 0,
  };
  await api.test.database.transaction((tx) => api.repositories.regulationDrafts.tryInsert(value, tx));
  return value;
};

/** Twelve people of a unit: those at even places were trained for 12 days of the last year, the others for 15. */
beforeEach(async () => {
  await api.renew();
  top = await api.addUnit();
  [unit, elsewhere] = [await addUnitUnder(top), await addUnitUnder(top)];
  await api.services.regulation.importApproved(textOf(1, 12), top.id);
  people = [];
  for (let place = 0; place < 12; place += 1) people.push(await api.addPerson(unit));
  author = people[0]!;
  outsider = await api.addPerson(elsewhere);
  await api.services.recordedFact.record(
    [...people, outsider].map((person, place) => trained(person, place % 2 === 0 ? 12 : 15)),
    null,
  );
  draft = await writeDraft(textOf(2, 14), unit.id);
  api.facts.length = 0;
});

const officer = (of = unit): PersonActor =>
  api.actorOf(author, { role: 'organisation-officer', scope: { kind: 'unit', unitId: of.id } });
const previews = (services: Services = api.services) => services.regulationPreview;
const start = (actor = officer(), basis: 'last' | 'current' = 'last') =>
  previews().start(actor, { draftId: draft.id, basis });
const drain = async (runId: Id, services: Services = api.services) => {
  while ((await api.repositories.previews.findRun(runId))?.state === 'running')
    await previews(services).step(runId);
};
const all = { change: null, unitId: null, page: 1, pageSize: 100 };
const result = async (actor = officer()) => (await previews().read(actor, draft.id)).result;

describe('a preview of a draft', () => {
  it('says who changes state on the ledger of the last cycle, and why', async () => {
    const { id } = await start();
    await drain(id);
    expect(await result()).toMatchObject({
      state: 'done',
      cycle: { from: '2025-01-01', to: '2025-12-31' },
      replaces: [1],
      people: 12,
      peopleDone: 12,
      peopleChanged: 12,
      peopleWithFacts: 12,
      tallies: {
        loses: { people: 6, changes: 6 },
        gains: { people: 0, changes: 0 },
        amount: { people: 6, changes: 6 },
      },
      units: [{ unitId: unit.id, people: 12, changes: 12 }],
      by: author.name,
      isOutdated: false,
    });
    const { items, total } = await previews().flips(officer(), { ...all, runId: id, change: 'loses' });
    expect(total).toBe(6);
    expect(items[0]).toMatchObject({
      change: 'loses',
      unit: unit.name,
      targetName: '年度集中培训',
      before: { state: 'met' },
      after: { state: 'missed' },
      reasons: [{ kind: 'requirement', clause: '第九条', says: { zh: '要求由 12 天 改为 14 天' } }],
    });
  });

  it('goes by person number, whoever’s facts come first, and looks at people without any', async () => {
    const added: Person[] = [];
    // A hundred and more, so that their facts are read in several parts; each has an earlier number than the one before.
    for (let place = 0; place < 130; place += 1)
      added.push(await api.addPerson(unit, { personNo: `A${String(999 - place)}` }));
    await api.services.recordedFact.record(
      added.filter((_, place) => place % 3 > 0).map((person) => trained(person, 12)),
      null,
    );
    const { id } = await start();
    await drain(id);
    expect(await result()).toMatchObject({ people: 142, peopleDone: 142, peopleWithFacts: 98 });
    const { rows } = await previews().allFlips(officer(), id, { ...all, change: 'amount' });
    const without = added.filter((_, place) => place % 3 === 0).map(({ personNo }) => personNo);
    const trainedLong = people.filter((_, place) => place % 2 === 1).map(({ personNo }) => personNo);
    expect(rows.map(({ personNo }) => personNo)).toEqual([...without.reverse(), ...trainedLong]);
  });

  it('writes no entry', async () => {
    const entries = () => api.repositories.ledger.listEntriesOf(people.map(({ id }) => id));
    const before = await entries();
    await drain((await start()).id);
    expect(await entries()).toEqual(before);
  });

  it('suggests the running cycle where next to nothing is on record in the last one', async () => {
    const suggested = async () => (await previews().read(officer(), draft.id)).suggested;
    const recordInMonths = (...months: readonly string[]) =>
      api.services.recordedFact.record(
        months.flatMap((month) =>
          people.map((person) => {
            const { activities, ...fact } = trained(person, 28, 2026);
            const source = { kind: 'claim', id: `${person.id}-${month}` };
            const [one] = activities;
            const from = `2026-${month}-01`;
            const to = `2026-${month}-28`;
            return { ...fact, source, activities: [{ ...one!, id: source.id, source, from, to }] };
          }),
        ),
        null,
      );
    await recordInMonths('03');
    expect(await suggested()).toBe('last');
    await recordInMonths('04', '05');
    expect(await suggested()).toBe('current');
  });

  it('says in which cycle anything is recorded, and of how many', async () => {
    const { cycles, suggested } = await previews().read(officer(), draft.id);
    expect(suggested).toBe('last');
    expect(cycles.last).toEqual({ from: '2025-01-01', to: '2025-12-31', hasFacts: true });
    expect(cycles.current).toEqual({ from: '2026-01-01', to: '2026-11-18', hasFacts: false });
    await drain((await start(officer(), 'current')).id);
    expect(await result()).toMatchObject({ people: 12, peopleWithFacts: 0 });
  });

  it('of the running cycle looks at it as of today', async () => {
    await api.services.recordedFact.record([trained(people[0]!, 13, 2026)], null);
    await drain((await start(officer(), 'current')).id);
    expect(await result()).toMatchObject({
      cycle: { from: '2026-01-01', to: '2026-11-18' },
      tallies: { loses: { people: 1, changes: 1, open: 1 }, amount: { people: 11 } },
    });
  });

  it('finds everybody newly under it where nothing has governed them', async () => {
    draft = await writeDraft(textOf(2, 14, { id: 'new-one' }), unit.id, 'new-one');
    await drain((await start()).id);
    expect(await result()).toMatchObject({ replaces: [], tallies: { starts: { people: 12, changes: 12 } } });
  });

  it('takes over on both sides what the versions before the cycle carry', async () => {
    const code = 'carrying';
    const carryOver = [
      {
        clause: '第九条',
        cycle: 'year',
        from: { measure: 'days' },
        above: 12,
        to: { measure: 'days', part: 'concentrated' },
      },
    ];
    await api.services.regulation.importApproved(textOf(1, 12, { id: code, carryOver }), unit.id);
    const now = { id: code, effective: { from: '2025-01-01' } };
    await api.services.regulation.importApproved(textOf(2, 13, now), unit.id);
    await api.services.recordedFact.record([trained(people[0]!, 14, 2024)], null);
    draft = await writeDraft(textOf(3, 14, { id: code }), unit.id, code, 3);
    const { id } = await start();
    await drain(id);
    expect(await result()).toMatchObject({ replaces: [2], tallies: { loses: { people: 0 } } });
    const person = await previews().person(officer(), { runId: id, personId: people[0]!.id });
    expect(person.targets).toMatchObject([
      {
        change: 'amount',
        before: { state: 'met', alternatives: [[{ earned: 140_000, required: 130_000 }]] },
        after: { state: 'met', alternatives: [[{ earned: 140_000, required: 140_000 }]] },
      },
    ]);
  });

  it('shows one person’s two results side by side', async () => {
    const { id } = await start();
    await drain(id);
    const person = await previews().person(officer(), { runId: id, personId: people[0]!.id });
    expect(person).toMatchObject({
      replaces: 1,
      version: 2,
      targets: [{ change: 'loses', before: { state: 'met' }, after: { state: 'missed' } }],
      activities: [{ on: '2025-03-12', title: '2025 年培训', differs: false }],
      clauses: { after: [{ clause: '第九条', text: demo.clauses['第九条'] }] },
    });
  });
});

describe('who is looked at', () => {
  it('is exactly the subtree that the draft governs', async () => {
    const { id } = await start();
    await drain(id);
    const { items } = await previews().flips(officer(), { ...all, runId: id });
    expect(new Set(items.map(({ personId }) => personId))).toEqual(new Set(people.map((one) => one.id)));
    await expect(previews().person(officer(top), { runId: id, personId: outsider.id })).rejects.toThrow(
      'NOT_FOUND',
    );
  });

  it('is nobody’s business whose grant does not cover the unit, and nothing happens', async () => {
    const foreign = officer(elsewhere);
    await expect(start(foreign)).rejects.toThrow('NOT_FOUND');
    expect(await api.repositories.previews.findNewest(draft.id, 'running')).toBeNull();
    const { id } = await start();
    await drain(id);
    await expect(previews().read(foreign, draft.id)).rejects.toThrow('NOT_FOUND');
    await expect(previews().flips(foreign, { ...all, runId: id })).rejects.toThrow('NOT_FOUND');
    await expect(previews().allFlips(foreign, id, all)).rejects.toThrow('NOT_FOUND');
    await expect(previews().cancel(foreign, id)).rejects.toThrow('NOT_FOUND');
    await expect(previews().person(foreign, { runId: id, personId: people[0]!.id })).rejects.toThrow(
      'NOT_FOUND',
    );
  });

  it('stays hidden from an officer of the unit to which the draft has moved meanwhile', async () => {
    const { id } = await start();
    await drain(id);
    const part = await addUnitUnder(unit);
    const own = { id: draft.id, revision: 0, authorId: author.id };
    await api.test.database.transaction((tx) =>
      api.repositories.regulationDrafts.tryRewrite(
        own,
        { text: draft.text, unitId: part.id, writtenAt: TEST_NOW },
        tx,
      ),
    );
    expect(await result(officer(part))).toBeNull();
    await expect(previews().flips(officer(part), { ...all, runId: id })).rejects.toThrow('NOT_FOUND');
    expect(await result(officer())).toMatchObject({ isOutdated: true });
  });

  it('is an auditor’s to read and not to begin or end', async () => {
    const auditor = api.actorOf(outsider, { role: 'auditor', scope: { kind: 'network' } });
    await expect(start(auditor)).rejects.toThrow('NOT_ALLOWED');
    const { id } = await start();
    await expect(previews().cancel(auditor, id)).rejects.toThrow('NOT_ALLOWED');
    expect(await previews().read(auditor, draft.id)).toMatchObject({ mayRun: false, running: { id } });
  });
});

describe('a preview as it runs', () => {
  it('is one, however often it is begun', async () => {
    const begun = await Promise.all(Array.from({ length: 10 }, () => start()));
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
    const noted = await api.repositories.audit.list(
      { action: 'regulation:preview-started' },
      { page: 1, pageSize: 20 },
    );
    expect(noted.items).toHaveLength(1);
    await drain(begun[0]!.id);
    expect(await result()).toMatchObject({ peopleDone: 12, tallies: { loses: { people: 6 } } });
  });

  it('counts a piece once that several processes have worked at', async () => {
    const { id } = await start();
    const others = Array.from({ length: 3 }, () =>
      createServices(api.test.database, api.repositories, api.ports),
    );
    await Promise.all(others.map((services) => previews(services).step(id)));
    await drain(id, others[0]);
    expect(await result()).toMatchObject({ state: 'done', peopleDone: 12, peopleChanged: 12 });
    const { total } = await previews().flips(officer(), { ...all, runId: id });
    expect(total).toBe(12);
  });

  it('goes on piece by piece where a killed process has left it, and loses and doubles nobody', async () => {
    const inPieces = (repository: PreviewRepository = api.repositories.previews) =>
      createRegulationPreviewService(
        {
          ...api.repositories,
          ...api.ports,
          database: api.test.database,
          previews: repository,
          regulation: api.services.regulation,
        },
        5,
      );
    const { id } = await start();
    await inPieces().step(id);
    expect((await previews().read(officer(), draft.id)).running).toMatchObject({ peopleDone: 5 });
    // Dies after it has written its findings and before they are committed.
    const dying = inPieces({
      ...api.repositories.previews,
      tryAdvance: async (...piece) => {
        await api.repositories.previews.tryAdvance(...piece);
        throw new Error('killed');
      },
    });
    await expect(dying.step(id)).rejects.toThrow('killed');
    expect((await previews().read(officer(), draft.id)).running).toMatchObject({ peopleDone: 5 });
    expect((await previews().flips(officer(), { ...all, runId: id })).total).toBe(5);
    const survivor = inPieces();
    await survivor.step(id);
    await survivor.step(id);
    expect(await result()).toMatchObject({
      state: 'done',
      peopleDone: 12,
      tallies: { loses: { people: 6 }, amount: { people: 6 } },
    });
    const { items } = await previews().flips(officer(), { ...all, runId: id });
    expect(new Set(items.map(({ personId }) => personId)).size).toBe(12);
    expect(items).toHaveLength(12);
  });

  it('says when it moves on, by the draft’s id alone', async () => {
    const { id } = await start();
    await drain(id);
    expect(api.facts).toEqual([
      { type: 'regulation:previewed', draftId: draft.id },
      { type: 'regulation:previewed', draftId: draft.id },
    ]);
  });

  it('can be cancelled, keeps nothing, and may be begun again', async () => {
    await drain((await start()).id);
    const kept = await result();
    const { id } = await start();
    expect(await previews().read(officer(), draft.id)).toMatchObject({
      running: { id, peopleDone: 0 },
      result: { id: kept?.id },
    });
    await previews().cancel(officer(), id);
    await previews().step(id);
    expect(await previews().read(officer(), draft.id)).toMatchObject({
      running: null,
      result: { id: kept?.id },
    });
    await expect(previews().cancel(officer(), id)).rejects.toThrow('NOT_FOUND');
    const next = await start();
    await drain(next.id);
    expect((await result())?.id).toBe(next.id);
    await expect(previews().flips(officer(), { ...all, runId: kept!.id })).rejects.toThrow('NOT_FOUND');
  });

  it('that nothing moves for minutes says so', async () => {
    await start();
    api.clock.set(new Date(TEST_NOW.getTime() + 10 * 60_000));
    const { running } = await previews().read(officer(), draft.id);
    expect(running?.isStuck).toBe(true);
  });

  it('is outdated when the draft’s text changes, and not when it is handed over', async () => {
    await drain((await start()).id);
    const { regulationDrafts } = api.repositories;
    const own = (revision: number) => ({ id: draft.id, revision, authorId: author.id });
    await api.test.database.transaction((tx) => regulationDrafts.trySubmit(own(0), tx));
    expect((await result())?.isOutdated).toBe(false);
    await api.test.database.transaction((tx) =>
      regulationDrafts.tryReturn(draft.id, 1, api.newId(), '改', tx),
    );
    const change = { text: textOf(2, 13), unitId: unit.id, writtenAt: TEST_NOW };
    await api.test.database.transaction((tx) => regulationDrafts.tryRewrite(own(2), change, tx));
    expect((await result())?.isOutdated).toBe(true);
  });

  it('keeps its result for its readers once the version stands', async () => {
    await drain((await start()).id);
    const own = { id: draft.id, revision: 0, authorId: author.id };
    await api.test.database.transaction((tx) => api.repositories.regulationDrafts.trySubmit(own, tx));
    const desk = api.services.regulationDesk;
    const second = api.actorOf(people[1]!, {
      role: 'organisation-officer',
      scope: { kind: 'unit', unitId: unit.id },
    });
    await desk.approve(second, { draftId: draft.id, revision: 1 });
    const read = (actor: PersonActor) => desk.read(actor, { code: demo.id, version: 2 });
    expect(await read(officer())).toMatchObject({ draft: null, previewOf: draft.id });
    expect(await result()).toMatchObject({ isOutdated: false, peopleChanged: 12 });
    expect((await read(officer(elsewhere))).previewOf).toBeNull();
    expect(await desk.read(officer(), { code: demo.id, version: 1 })).toMatchObject({ previewOf: null });
  });

  it('is not begun for a version that stands', async () => {
    const { regulationDrafts } = api.repositories;
    await api.test.database.transaction((tx) =>
      regulationDrafts.trySubmit({ id: draft.id, revision: 0, authorId: author.id }, tx),
    );
    await api.test.database.transaction((tx) =>
      regulationDrafts.tryApprove(draft.id, 1, people[1]!.id, TEST_NOW, tx),
    );
    await expect(start()).rejects.toThrow('CHANGED_MEANWHILE');
    expect(await previews().read(officer(), draft.id)).toMatchObject({ mayRun: false, running: null });
  });
});
