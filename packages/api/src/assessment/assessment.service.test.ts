import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { ClientActor, PersonActor } from '@cadre/domain/access';
import type { AssessmentYear, FeedPage } from '@cadre/domain/assessment';
import type { ChangeHistoryInput } from '@cadre/domain/identity';
import { canonicalJson, type PersonReading } from '@cadre/domain/ledger';
import { compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAssessmentYear, addCreditScene, createTestApi, type CreditScene, type TestApi } from '../testing';

const PEOPLE = 7;
const CUT_OFF = new Date('2026-12-20T10:00:00Z');

let api: TestApi;
let scene: CreditScene;
let year: AssessmentYear;
let officer: PersonActor;
let client: ClientActor;
let round: () => Promise<void>;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.renew();
  scene = await addCreditScene(api, PEOPLE);
  ({ year, officer, client, round } = await addAssessmentYear(api, scene.unit));
});

const settleSession = () => api.services.sessionSettlement.settleSession(scene.session.id);
const read = (cursor: string, limit = 100): Promise<FeedPage> =>
  api.services.feed.read(client, year.id, cursor, limit);
async function readAll(limit: number): Promise<FeedPage['items']> {
  const items: FeedPage['items'] = [];
  for (let cursor = '0'; ;) {
    const page = await read(cursor, limit);
    items.push(...page.items);
    cursor = page.nextCursor;
    if (!page.more) return items;
  }
}
const record = (count: number, sourceId: string) =>
  api.services.recordedFact.record([scene.lessons(scene.people[0]!, sourceId, '2026-11-10', count)], null);

describe('the feed', () => {
  it('brings each person’s line once, page after page, in ascending numbers', async () => {
    await settleSession();
    await round();
    const items = await readAll(2);
    expect(items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(items.map(({ statement }) => statement.personNo))).toEqual(
      new Set(scene.people.map(({ personNo }) => personNo)),
    );
    expect(await read('7')).toEqual({ items: [], nextCursor: '7', more: false });
  });

  it('brings a new version when figures have moved, and none when they have not', async () => {
    await settleSession();
    await round();
    await round();
    expect((await read('0')).items).toHaveLength(PEOPLE);
    await record(2, 'academy');
    await round();
    const { items } = await read('7');
    expect(items).toMatchObject([
      { seq: 8, statement: { personNo: scene.people[0]!.personNo, version: 2, state: 'open' } },
    ]);
  });

  it('looks at everybody again on the day on which another version comes into force, once a day', async () => {
    await settleSession();
    await round();
    const next = JSON.stringify({
      ...(JSON.parse(DEMO_REGULATION_TEXT.replace('"atLeast": 12', '"atLeast": 1')) as object),
      version: 2,
      effective: { from: '2026-12-01' },
    });
    await api.services.regulation.importApproved(next, scene.unit.id);
    await round();
    expect((await read('7')).items).toEqual([]);
    api.clock.set(new Date('2026-12-01T00:00:01+08:00'));
    await Promise.all([round(), round()]);
    const { items } = await read('7');
    expect(items.map(({ statement }) => statement.personNo).sort()).toEqual(
      scene.people.map(({ personNo }) => personNo).sort(),
    );
    for (const { statement } of items)
      expect(statement.targets.map(({ regulation }) => regulation.version)).toContain(2);
    await round();
    expect((await read('14')).items).toEqual([]);
  });

  it('numbers each line once when two processes go round at the same moment', async () => {
    await settleSession();
    await Promise.all([round(), round(), round()]);
    await round();
    expect((await read('0')).items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('signs what it says: the published key verifies each line, and a changed one not', async () => {
    await settleSession();
    await round();
    const { keys } = await api.services.feed.publicKeys();
    const key = await importJWK(keys[0]!, 'EdDSA');
    for (const { jws, statement } of (await read('0')).items) {
      const { payload } = await compactVerify(jws, key);
      expect(new TextDecoder().decode(payload)).toBe(canonicalJson(statement));
    }
    const [head = '', , signature = ''] = (await read('0')).items[0]!.jws.split('.');
    const forged = Buffer.from('{"met":true}').toString('base64url');
    await expect(compactVerify(`${head}.${forged}.${signature}`, key)).rejects.toThrow();
  });

  it('of a year that a key was not given is not found', async () => {
    for (const stranger of [
      { ...client, assessmentYearIds: [api.newId()] },
      { ...client, permissions: [] },
    ])
      await expect(api.services.feed.read(stranger, year.id, '0', 10)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    await expect(api.services.feed.read(client, api.newId(), '0', 10)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('freezing a year', () => {
  const freeze = () => api.services.freeze.freeze(officer, year.id);
  const view = () => api.services.freeze.view(officer, year.id);

  it('is refused before the cut-off, and to others', async () => {
    await expect(freeze()).rejects.toMatchObject({ code: 'CUT_OFF_NOT_REACHED' });
    api.clock.set(CUT_OFF);
    const learner = api.actorOf(scene.people[0]!);
    await expect(api.services.freeze.freeze(learner, year.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await api.repositories.assessmentYears.findById(year.id))?.state).toBe('open');
  });

  it('gives everybody one frozen line with the figures of the cut-off, whatever was recorded after it', async () => {
    await settleSession();
    await round();
    api.clock.set(new Date(CUT_OFF.getTime() + 60_000));
    await record(3, 'too-late');
    await freeze();
    expect(await api.repositories.assessmentYears.findById(year.id)).toMatchObject({
      state: 'frozen',
      snapshotNo: 1,
    });
    await round();
    const frozen = (await read('7')).items.filter(({ statement }) => statement.state === 'frozen');
    expect(frozen).toHaveLength(PEOPLE);
    expect(frozen.every(({ statement }) => statement.snapshotNo === 1)).toBe(true);
    const own = frozen.find(({ statement }) => statement.personNo === scene.people[0]!.personNo)!;
    expect(own.statement.ledger.seq).toBe(2);
    const { items } = await api.services.assessment.table(officer, {
      assessmentYearId: year.id,
      page: 1,
      pageSize: 50,
      search: '',
      show: [],
    });
    expect(items.map(({ statement }) => statement?.state)).toEqual(items.map(() => 'frozen'));
  });

  it('says missed of what was running, by whom it is told, with the reason, and what follows', async () => {
    await settleSession();
    await round();
    const table = (show: PersonReading[]) =>
      api.services.assessment.table(officer, {
        assessmentYearId: year.id,
        page: 1,
        pageSize: 50,
        search: '',
        show,
      });
    const [open] = (await read('0')).items;
    expect(open!.statement).toMatchObject({
      format: 2,
      unit: { code: scene.unit.code, name: scene.unit.name },
      flags: [],
      targets: [
        { state: 'open', met: false, reasons: [{ kind: 'short', clause: '第九条' }] },
        { state: 'open' },
      ],
    });
    expect((await table([])).counts).toEqual({
      all: PEOPLE,
      missed: 0,
      behind: PEOPLE,
      'on-track': 0,
      met: 0,
    });
    api.clock.set(CUT_OFF);
    await freeze();
    const frozen = (await readAll(50)).at(-1)!.statement;
    expect(frozen.targets.map(({ state, met }) => [state, met])).toEqual([
      ['missed', false],
      ['missed', false],
    ]);
    // Both targets are missed, and what follows from either is one consequence.
    expect(frozen.flags).toEqual([
      {
        flag: 'not-excellent',
        says: { zh: '当年考核不得评为优秀', en: expect.stringContaining('excellent') as string },
        clause: '第十四条',
      },
    ]);
    const { counts, items } = await table(['missed']);
    expect(counts).toEqual({ all: PEOPLE, missed: PEOPLE, behind: 0, 'on-track': 0, met: 0 });
    expect(items[0]).toMatchObject({
      reading: 'missed',
      unit: scene.unit.name,
      targets: [{ reading: 'missed', regulation: { id: 'demo-2026', version: 1 } }, { reading: 'missed' }],
    });
    expect(items[0]!.targets[0]!.clauseText).toContain('每年集中培训');
    expect((await table(['met', 'on-track', 'behind'])).items).toEqual([]);
  });

  it('tells everybody the cut-off and then the own frozen result with its reasons, and nobody else’s', async () => {
    const [person, leaver] = scene.people;
    const mine = (own = person!) => api.services.assessment.mine(api.actorOf(own));
    const stranger = await api.addPerson(await api.addUnit());
    await settleSession();
    await round();
    const shown = { id: year.id, name: year.name, nameEn: 'Year 2026', cutOffAt: CUT_OFF };
    expect(await mine()).toMatchObject([{ year: shown, frozen: null }]);
    expect(await mine(stranger)).toEqual([]);
    api.clock.set(CUT_OFF);
    await freeze();
    const [own] = await mine();
    expect(own).toMatchObject({
      year: shown,
      frozen: {
        snapshotNo: 1,
        reading: 'missed',
        targets: [
          { reading: 'missed', reasons: [{ kind: 'short', clause: '第九条' }] },
          { reading: 'missed' },
        ],
      },
    });
    expect(await mine(stranger)).toEqual([]);
    await record(3, 'after');
    expect(await mine()).toEqual([own]);
    expect(await mine(leaver)).toHaveLength(1);
  });

  it('tells whoever has left the year’s units nothing of it', async () => {
    const keeper = api.actorOf(await api.addPerson(await api.addUnit()), {
      role: 'system-admin',
      scope: { kind: 'network' },
    });
    const [gone] = scene.people;
    await api.services.directory.changeHistory(keeper, {
      personId: gone!.id,
      on: '2026-11-18',
      change: { kind: 'retire' },
    });
    expect(await api.services.assessment.mine(api.actorOf(gone!))).toEqual([]);
  });

  it('opens the statements of the year’s people to its officer, and nobody else’s', async () => {
    await settleSession();
    const open = (personId: string) => api.services.statement.statementOfPerson(officer, personId, undefined);
    expect((await open(scene.people[0]!.id)).lines).toHaveLength(1);
    const stranger = await api.addPerson(await api.addUnit());
    await expect(open(stranger.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes those who served on the day of the cut-off, whoever has come or gone since', async () => {
    await settleSession();
    await round();
    const [gone, retired] = scene.people;
    const keeper = api.actorOf(await api.addPerson(await api.addUnit()), {
      role: 'system-admin',
      scope: { kind: 'network' },
    });
    const elsewhere = await api.addUnit();
    const late = await api.addPerson(elsewhere);
    api.clock.set(new Date(CUT_OFF.getTime() + 86_400_000));
    const change = (personId: string, what: ChangeHistoryInput['change']) =>
      api.services.directory.changeHistory(keeper, { personId, on: '2026-12-21', change: what });
    await change(gone!.id, { kind: 'transfer', unitId: elsewhere.id });
    await change(retired!.id, { kind: 'retire' });
    await change(late.id, { kind: 'transfer', unitId: scene.unit.id });
    await round();
    expect(await view()).toMatchObject({ day: '2026-12-20', people: PEOPLE, snapshotNo: 1, done: null });
    await freeze();
    await round();
    const frozen = (await readAll(50)).filter(({ statement }) => statement.state === 'frozen');
    expect(new Set(frozen.map(({ statement }) => statement.personNo))).toEqual(
      new Set(scene.people.map(({ personNo }) => personNo)),
    );
    const table = await api.services.assessment.allRows(officer, {
      assessmentYearId: year.id,
      search: '',
      show: [],
    });
    expect(table.rows).toHaveLength(PEOPLE);
    const [first] = scene.people;
    const search = ` ${first!.personNo.toLowerCase()} `;
    const found = await api.services.assessment.allRows(officer, {
      assessmentYearId: year.id,
      search,
      show: [],
    });
    expect(found.rows.map(({ personId }) => personId)).toEqual([first!.id]);
  });

  it('says before what it will hold and what is still open, and afterwards who did it', async () => {
    await settleSession();
    api.clock.set(CUT_OFF);
    const before = await view();
    expect(before).toMatchObject({
      people: PEOPLE,
      met: 0,
      missed: PEOPLE,
      running: 0,
      nothingAsked: 0,
      unsettled: 0,
      notHeld: 0,
    });
    await freeze();
    expect(await view()).toMatchObject({
      people: PEOPLE,
      missed: PEOPLE,
      snapshotNo: 1,
      done: { at: CUT_OFF },
    });
  });

  it('names the sessions that were settled after the cut-off, before and afterwards', async () => {
    api.clock.set(CUT_OFF);
    expect((await view()).late).toEqual([]);
    const settledAt = new Date(CUT_OFF.getTime() + 1);
    api.clock.set(settledAt);
    await settleSession();
    await record(2, 'no-session');
    const { id: sessionId, title, startsAt } = scene.session;
    const late = [{ sessionId, title, startsAt, settledAt, people: PEOPLE }];
    expect((await view()).late).toEqual(late);
    await freeze();
    expect((await view()).late).toEqual(late);
    const { rows } = await api.services.assessment.allRows(officer, {
      assessmentYearId: year.id,
      search: '',
      show: [],
    });
    expect(rows.every(({ statement }) => statement?.ledger.seq === 0)).toBe(true);
  });

  it('says how far it has come, and to whom the year is not nothing', async () => {
    const progress = () => api.services.freeze.progress(officer, year.id);
    await settleSession();
    api.clock.set(CUT_OFF);
    expect(await progress()).toEqual({ written: 0, people: PEOPLE });
    const [first, second] = scene.people;
    await api.services.feed.writeLines(year, [first!, second!], CUT_OFF, 1);
    expect(await progress()).toEqual({ written: 2, people: PEOPLE });
    await freeze();
    expect(await progress()).toEqual({ written: PEOPLE, people: PEOPLE });
    await expect(api.services.freeze.progress(api.actorOf(first!), year.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('moves nothing afterwards: later facts make no line', async () => {
    await settleSession();
    await round();
    api.clock.set(CUT_OFF);
    await freeze();
    const last = (await readAll(50)).at(-1)!.seq;
    await record(3, 'after');
    await round();
    expect(await read(String(last))).toMatchObject({ items: [], more: false });
  });

  it('twice, or twice at once, is one snapshot', async () => {
    await settleSession();
    api.clock.set(CUT_OFF);
    const outcomes = await Promise.allSettled([freeze(), freeze()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(freeze()).rejects.toMatchObject({ code: 'YEAR_ALREADY_FROZEN' });
    await round();
    expect((await readAll(50)).filter(({ statement }) => statement.state === 'frozen')).toHaveLength(PEOPLE);
  });

  it('while the feed goes round leaves nobody out', async () => {
    await settleSession();
    api.clock.set(new Date(CUT_OFF.getTime() + 60_000));
    await record(2, 'meanwhile');
    await Promise.all([round(), freeze(), round()]);
    await round();
    const frozen = (await readAll(50)).filter(({ statement }) => statement.state === 'frozen');
    expect(new Set(frozen.map(({ statement }) => statement.personNo)).size).toBe(PEOPLE);
  });
});
