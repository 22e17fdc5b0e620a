import type { ClientActor, PersonActor } from '@cadre/domain/access';
import type { AssessmentYear } from '@cadre/domain/assessment';
import { AMOUNT_UNIT, type CivilDate, type Id } from '@cadre/domain/core';
import type { ChangeHistoryInput, Person, Unit } from '@cadre/domain/identity';
import { historyDigest, type Standing, type Statement } from '@cadre/domain/ledger';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TRANSFER_JOB } from '../identity';
import { addAssessmentYear, addCreditScene, createTestApi, type CreditScene, type TestApi } from '../testing';

/** The day of the change; the session was on the 17th, and its credits were settled on the 18th. */
const DAY: CivilDate = '2026-11-20';
const BEFORE: CivilDate = '2026-11-19';
const INSIDE: Id = '01890000-0000-7000-8000-00000000a11a';

let api: TestApi;
let scene: CreditScene;
let cadre: Person;
let elsewhere: Unit;
let admin: PersonActor;
let year: AssessmentYear;
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
  scene = await addCreditScene(api, 3);
  cadre = scene.people[0]!;
  elsewhere = await api.addUnit();
  const other = DEMO_REGULATION_TEXT.replace('"demo-2026"', '"other"').replaceAll(
    '"atLeast": 90',
    '"atLeast": 60',
  );
  await api.services.regulation.importApproved(other, elsewhere.id);
  await api.services.sessionSettlement.settleSession(scene.session.id);
  admin = api.actorOf(await api.addPerson(await api.addUnit()), {
    role: 'system-admin',
    scope: { kind: 'network' },
  });
  ({ year, client, round } = await addAssessmentYear(api, scene.unit));
  api.clock.set(new Date('2026-11-20T02:00:00Z'));
});

const me = () => api.actorOf(cadre);
const officerOf = (unit: Unit) =>
  api.actorOf(scene.people[2]!, { role: 'unit-training-officer', scope: { kind: 'unit', unitId: unit.id } });
const change = (what: ChangeHistoryInput['change'], on = DAY) =>
  api.services.directory.changeHistory(admin, { personId: cadre.id, on, change: what });
/** Runs the jobs that a transfer asks for, as the server does. */
async function work(): Promise<number> {
  let done = 0;
  for (;;) {
    const job = await api.repositories.jobs.tryClaim([TRANSFER_JOB], api.clock.now(), 60_000);
    if (!job) return done;
    await api.services.settlement.settleTransferred(job.payload['personId'] as Id);
    await api.repositories.jobs.complete(job.id);
    done += 1;
  }
}
const linesOfFeed = async () =>
  (await api.services.feed.read(client, year.id, '0', 100)).items
    .map(({ statement }) => statement)
    .filter(({ personNo }) => personNo === cadre.personNo);
const rowsOf = async (officer: PersonActor): Promise<string[]> =>
  (
    await api.services.progress.list(officer, {
      unitId: null,
      search: '',
      show: [],
      page: 1,
      pageSize: 50,
    })
  ).items.map(({ personId }) => personId);
const said = async (asOf: CivilDate) => JSON.stringify(await api.services.statement.myStatement(me(), asOf));
const now = () => api.services.statement.myStatement(me(), undefined);
const figures = (standings: readonly Standing[]) =>
  standings.flatMap(({ regulation, targets }) =>
    targets.map(
      ({ target, cycle, alternatives }) =>
        `${regulation.id} ${target} ${cycle.to} ${alternatives
          .flat()
          .map(({ earned, required }) => `${earned / AMOUNT_UNIT}/${required / AMOUNT_UNIT}`)
          .join(' ')}`,
    ),
  );

describe('a transfer to a unit under another regulation', () => {
  it('moves the targets, takes the hours along, keeps the history, and says why', async () => {
    const before = await said(BEFORE);
    await change({ kind: 'transfer', unitId: elsewhere.id });
    expect(await work()).toBe(1);
    const { standings, lines, moves, person } = await now();
    expect(figures(standings)).toEqual([
      'other concentrated-year 2026-12-31 0.5/12 4/60',
      'other online-year 2026-12-31 0/50',
    ]);
    expect(person.unit).toEqual(elsewhere.name);
    expect(moves.map(({ on, sentence }) => `${on} ${sentence.zh}`)).toEqual([
      `${DAY} 由${scene.unit.name.zh}转到${elsewhere.name.zh}，从这天起按新单位适用的办法计算。`,
    ]);
    expect(lines.map(({ regulation, governs }) => [regulation.id, governs]).sort()).toEqual([
      ['demo-2026', false],
      ['other', true],
    ]);
    expect(await said(BEFORE)).toBe(before);
    expect(JSON.parse(before)).toMatchObject({ standings: [{ regulation: { id: 'demo-2026' } }], moves: [] });
    const check = await api.services.statement.checkChain(me(), cadre.id);
    expect(check).toMatchObject({ intact: true, entries: 4 });
  });

  it('opens the person to the officer of the new unit, and closes it to the one before', async () => {
    const [old, fresh] = [officerOf(scene.unit), officerOf(elsewhere)];
    expect(await rowsOf(old)).toContain(cadre.id);
    expect(await rowsOf(fresh)).not.toContain(cadre.id);
    await change({ kind: 'transfer', unitId: elsewhere.id });
    expect(await rowsOf(old)).not.toContain(cadre.id);
    expect(await rowsOf(fresh)).toContain(cadre.id);
    const reading = (officer: PersonActor) =>
      api.services.statement.statementOfPerson(officer, cadre.id, undefined);
    await expect(reading(old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await reading(fresh)).lines).toHaveLength(1);
  });

  it('is told to open screens at once, and to the assessment by a last line that asks for nothing', async () => {
    await round();
    api.facts.length = 0;
    await change({ kind: 'transfer', unitId: elsewhere.id });
    expect(api.facts).toEqual([{ type: 'credit:changed', personIds: [cadre.id] }]);
    await round();
    await round();
    const lines = await linesOfFeed();
    expect(lines.map(({ version, left, targets }) => [version, left, targets.length])).toEqual([
      [1, undefined, 2],
      [2, DAY, 0],
    ]);
    api.clock.set(new Date('2026-11-21T02:00:00Z'));
    await change({ kind: 'transfer', unitId: scene.unit.id }, '2026-11-21');
    await round();
    expect((await linesOfFeed()).at(-1)).toMatchObject({ version: 3, targets: [{}, {}] });
  });

  it('can be withdrawn on its day: unit, officer, targets and earlier days are as before', async () => {
    const before = await said(BEFORE);
    const targets = figures((await now()).standings);
    await change({ kind: 'transfer', unitId: elsewhere.id });
    await work();
    await api.services.directory.withdrawChanges(admin, { personId: cadre.id });
    expect(await work()).toBe(1);
    const { standings, moves, person } = await now();
    expect([figures(standings), moves, person.unit]).toEqual([targets, [], scene.unit.name]);
    expect(await said(BEFORE)).toBe(before);
    expect(await rowsOf(officerOf(scene.unit))).toContain(cadre.id);
    await expect(api.services.directory.withdrawChanges(admin, { personId: cadre.id })).rejects.toMatchObject(
      {
        code: 'NOTHING_TO_WITHDRAW',
      },
    );
    await change({ kind: 'transfer', unitId: elsewhere.id });
    api.clock.set(new Date('2026-11-21T02:00:00Z'));
    await expect(api.services.directory.withdrawChanges(admin, { personId: cadre.id })).rejects.toMatchObject(
      {
        code: 'NOTHING_TO_WITHDRAW',
      },
    );
    expect((await now()).person.unit).toEqual(elsewhere.name);
  });

  it('inside the year’s units makes a line with the new unit, and says that the targets stay as they were', async () => {
    const inside = await api.addUnit({ id: INSIDE, path: [scene.unit.id, INSIDE], parentId: scene.unit.id });
    await round();
    await change({ kind: 'transfer', unitId: inside.id });
    await round();
    const lines = await linesOfFeed();
    expect(lines.map(({ version, unit, left }) => [version, unit.code, left])).toEqual([
      [1, scene.unit.code, undefined],
      [2, inside.code, undefined],
    ]);
    expect(lines[1]!.targets).toEqual(lines[0]!.targets);
    expect((await now()).moves).toMatchObject([
      { kind: 'transfer', changes: false, sentence: { zh: expect.stringContaining('任务不变') as string } },
    ]);
  });

  it('is seen by the feed also when it happens between looking and ticking off', async () => {
    await round();
    await api.repositories.ledger.openChains([cadre.id]);
    await api.services.recordedFact.record([scene.lessons(cadre, 'one', '2026-11-10', 1)], null);
    const seen = await api.repositories.ledger.listFeedPending(10);
    expect(seen.map(({ personId }) => personId)).toEqual([cadre.id]);
    await change({ kind: 'transfer', unitId: elsewhere.id });
    await api.repositories.ledger.clearFeedPending(seen);
    const pending = await api.repositories.ledger.listFeedPending(10);
    expect(pending.map(({ personId }) => personId)).toEqual([cadre.id]);
    await api.repositories.ledger.clearFeedPending(pending);
    expect(await api.repositories.ledger.listFeedPending(10)).toEqual([]);
  });

  it('settles what was done before it and recorded after it under the rules of both units', async () => {
    await change({ kind: 'transfer', unitId: elsewhere.id });
    await work();
    await api.services.recordedFact.record([scene.lessons(cadre, 'late', '2026-11-10', 2)], null);
    const { lines, standings } = await now();
    expect(
      lines
        .filter(({ source }) => source.id === 'late')
        .map(({ regulation }) => regulation.id)
        .sort(),
    ).toEqual(['demo-2026', 'other']);
    expect(figures(standings)).toContain('other online-year 2026-12-31 2/50');
    await api.services.recordedFact.record([scene.lessons(cadre, 'new', '2026-11-20', 1)], null);
    const fresh = (await now()).lines.filter(({ source }) => source.id === 'new');
    expect(fresh.map(({ regulation }) => regulation.id)).toEqual(['other']);
  });

  it('is settled once, however often and by however many at once', async () => {
    await change({ kind: 'transfer', unitId: elsewhere.id });
    await Promise.all(Array.from({ length: 10 }, () => api.services.settlement.settleTransferred(cadre.id)));
    expect(await api.services.settlement.settleTransferred(cadre.id)).toEqual({ settled: 0 });
    const check = await api.services.statement.checkChain(me(), cadre.id);
    expect(check).toMatchObject({ intact: true, entries: 4 });
  });

  it('leaves cycles that are over where they are: no correction is written for a transfer', async () => {
    api.clock.set(new Date('2027-02-01T02:00:00Z'));
    await change({ kind: 'transfer', unitId: elsewhere.id }, '2027-02-01');
    await work();
    const { lines } = await now();
    expect(lines.map(({ regulation, correction }) => [regulation.id, correction])).toEqual([
      ['demo-2026', null],
    ]);
  });

  it('among ten at once happens once, with one job; the others are told, and change nothing', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => change({ kind: 'transfer', unitId: elsewhere.id })),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(9);
    for (const { reason } of refused)
      expect(['CHANGED_MEANWHILE', 'HISTORY_OUT_OF_ORDER']).toContain((reason as { code: string }).code);
    expect((await api.repositories.people.getById(cadre.id)).affiliations).toHaveLength(2);
    expect(await work()).toBe(1);
  });
});

describe('a promotion', () => {
  it('leaves what is to be made up where it is when a new version comes into force, in the words of the old one', async () => {
    await change({ kind: 'post', postLevel: 'division-deputy', title: '副局长' });
    const next = JSON.stringify({
      ...(JSON.parse(DEMO_REGULATION_TEXT) as object),
      version: 2,
      effective: { from: '2027-01-01' },
    }).replaceAll('年度集中培训', '全年集中培训');
    await api.services.regulation.importApproved(next, scene.unit.id);
    api.clock.set(new Date('2027-01-05T02:00:00Z'));
    const { standings } = await now();
    expect(standings.map(({ regulation: { version } }) => version)).toEqual([2]);
    const owed = standings[0]!.targets.filter(({ makesUp }) => makesUp);
    expect(owed).toMatchObject([
      {
        name: { zh: '年度集中培训' },
        cycle: { to: '2027-11-19' },
        makesUp: { after: 'promotion', clause: '第十二条', cycle: '2026' },
        judgedBy: { title: { zh: '干部教育联盟学时管理办法（演示）' }, version: 1 },
        state: 'open',
      },
    ]);
    expect(standings[0]!.targets.filter(({ judgedBy }) => judgedBy === null)).toHaveLength(2);
  });

  it('brings the targets of the new post, and a year to make up what the old one had left open', async () => {
    await round();
    const before = await said(BEFORE);
    await change({ kind: 'post', postLevel: 'division-deputy', title: '副局长' });
    const { standings, moves, person, lines } = await now();
    expect(figures(standings)).toEqual([
      'demo-2026 concentrated-year 2027-11-19 0/11.5 0/86',
      'demo-2026 concentrated-window 2027-12-31 4/550',
      'demo-2026 online-year 2026-12-31 0/50',
    ]);
    expect(person.rank?.zh).toBe('县处级副职');
    expect(moves).toMatchObject([{ kind: 'rank', on: DAY, changes: true }]);
    const [makingUp, window, online] = standings[0]!.targets;
    expect(makingUp).toMatchObject({
      makesUp: { after: 'promotion', clause: '第十二条', cycle: '2026' },
      reading: 'on-track',
      longTerm: false,
    });
    expect([window!.makesUp, window!.longTerm, online!.longTerm]).toEqual([null, true, false]);
    // What is to be made up has no consequence of its own: only what is asked for by the end of a cycle has.
    expect(standings[0]!.warnings.flatMap(({ targets }) => targets.map(({ zh }) => zh))).toEqual([
      '五年集中培训',
      '年度网络自学',
    ]);
    expect(lines).toHaveLength(1);
    expect(await work()).toBe(0);
    expect(await said(BEFORE)).toBe(before);
    await round();
    const feed = await linesOfFeed();
    expect(feed.map(({ version, targets }) => [version, targets.map(({ target }) => target)])).toMatchObject([
      [1, ['concentrated-year', 'online-year']],
      [2, expect.arrayContaining(['concentrated-window'])],
    ]);
  });
});

describe('a new version of the regulation', () => {
  // The server keeps every version that it has read, so each test has a number of its own.
  const comesIntoForce = (version: number, from: CivilDate, change: (text: string) => string) => {
    const rules = JSON.parse(DEMO_REGULATION_TEXT) as object;
    const text = JSON.stringify({ ...rules, version, effective: { from } });
    return api.services.regulation.importApproved(change(text), scene.unit.id);
  };

  it('moves the targets of the running cycle, says so from its day on, and leaves the days before as they were', async () => {
    const before = await said(BEFORE);
    await comesIntoForce(3, '2026-12-01', (text) => text.replace('"atLeast":50', '"atLeast":60'));
    expect((await now()).moves).toEqual([]);
    api.clock.set(new Date('2026-12-02T02:00:00Z'));
    const { standings, moves, lines } = await now();
    expect(figures(standings)).toEqual([
      'demo-2026 concentrated-year 2026-12-31 0.5/12 4/90',
      'demo-2026 online-year 2026-12-31 0/60',
    ]);
    const { clauses } = JSON.parse(DEMO_REGULATION_TEXT) as { clauses: Record<string, string> };
    const [line] = lines;
    expect(line!.clauses).not.toEqual([]);
    expect(line!.settledBy).toEqual({
      title: expect.objectContaining({ zh: '干部教育联盟学时管理办法（演示）' }) as object,
      version: 1,
      clauses: Object.fromEntries(line!.clauses.map((clause) => [clause, clauses[clause]])),
    });
    expect((JSON.parse(before) as Statement).lines.map(({ settledBy }) => settledBy)).toEqual([null]);
    expect(moves).toMatchObject([
      {
        kind: 'version',
        on: '2026-12-01',
        sentence: {
          zh: '《干部教育联盟学时管理办法（演示）》第 3 版代替第 1 版，从这天起按第 3 版计算任务。“年度网络自学”要求由 50 网络学时 改为 60 网络学时（第十一条）。',
        },
      },
    ]);
    expect(await said(BEFORE)).toBe(before);
  });

  it('limits what was settled before it, and says in which version the limit stands', async () => {
    await comesIntoForce(5, '2026-12-01', (text) => {
      const rules = JSON.parse(text) as { caps: object[]; clauses: object };
      const caps = [
        { clause: '第三条', counts: { measure: 'days' }, atMost: 0.25, per: 'day' },
        ...rules.caps,
      ];
      return JSON.stringify({
        ...rules,
        caps,
        clauses: { ...rules.clauses, 第三条: '每天最多计 0.25 天。' },
      });
    });
    api.clock.set(new Date('2026-12-02T02:00:00Z'));
    const [line] = (await now()).lines;
    const { clauses, entries } = await api.services.statement.why(me(), line!.settlementId);
    expect(entries.flatMap(({ cuts }) => cuts)).toMatchObject([{ clause: '第三条' }]);
    expect(clauses.filter(({ of }) => of !== null)).toMatchObject([
      { number: '第三条', text: '每天最多计 0.25 天。', of: { version: 5 } },
    ]);
    expect(clauses.filter(({ of }) => of === null).map(({ number }) => number)).toContain('第四条');
  });

  it('is told to nobody of whom it asks the same', async () => {
    await comesIntoForce(4, '2027-01-01', (text) => text.replace('"atLeast":550', '"atLeast":500'));
    api.clock.set(new Date('2027-01-02T02:00:00Z'));
    expect((await now()).moves).toEqual([]);
  });
});

describe('a secondment', () => {
  it('leaves the person under the rules and the officer of the home unit, and is on the statement', async () => {
    const before = await said(BEFORE);
    const figuresBefore = figures((await now()).standings);
    await change({ kind: 'second', unitId: elsewhere.id, to: null });
    expect(await work()).toBe(0);
    const { standings, moves, person } = await now();
    expect(figures(standings)).toEqual(figuresBefore);
    expect(person.unit).toEqual(scene.unit.name);
    expect(moves.map(({ sentence }) => sentence.zh)).toEqual([
      `借调到${elsewhere.name.zh}，任务仍按${scene.unit.name.zh}适用的办法计算。`,
    ]);
    expect(await rowsOf(officerOf(scene.unit))).toContain(cadre.id);
    expect(await rowsOf(officerOf(elsewhere))).not.toContain(cadre.id);
    api.clock.set(new Date('2026-11-25T02:00:00Z'));
    await change({ kind: 'second-end', unitId: elsewhere.id }, '2026-11-24');
    expect((await now()).moves.map(({ sentence }) => sentence.zh)).toEqual([
      `借调到${elsewhere.name.zh}，到 2026-11-24 为止，任务仍按${scene.unit.name.zh}适用的办法计算。`,
    ]);
    expect(await said(BEFORE)).toBe(before);
  });
});

describe('retirement', () => {
  it('ends what is asked, keeps the record and its figures, and leaves the officer’s table and the assessment', async () => {
    await round();
    const before = await said(BEFORE);
    await change({ kind: 'second', unitId: elsewhere.id, to: '2027-12-31' });
    api.clock.set(new Date('2026-11-23T02:00:00Z'));
    await change({ kind: 'retire' }, '2026-11-22');
    const { lines, moves, servedUntil } = await now();
    expect(servedUntil).toBe('2026-11-21');
    expect(lines).toHaveLength(1);
    expect(moves.at(-1)).toMatchObject({ kind: 'retirement', on: '2026-11-22' });
    expect(await rowsOf(officerOf(scene.unit))).not.toContain(cadre.id);
    expect(await said(BEFORE)).toBe(before);
    await round();
    expect((await linesOfFeed()).at(-1)).toMatchObject({ version: 2, left: '2026-11-22', targets: [] });
  });

  it('leaves the figures of the last day of service readable, without advice, whatever is recorded or done later', async () => {
    const [lastDay] = (await api.services.statement.myStatement(me(), BEFORE)).standings;
    api.clock.set(new Date('2026-11-23T02:00:00Z'));
    await change({ kind: 'retire' }, '2026-11-22');
    const { standings, person } = await now();
    expect(figures(standings)).toEqual(figures([lastDay!]));
    expect(standings[0]!.parts).toEqual(lastDay!.parts);
    expect(standings[0]!.parts.length).toBeGreaterThan(0);
    expect(person.rank).toEqual((await api.services.statement.myStatement(me(), BEFORE)).person.rank);
    expect(lastDay!.targets.some(({ least }) => least.length > 0)).toBe(true);
    expect(standings.flatMap(({ targets }) => targets.flatMap(({ least }) => least))).toEqual([]);
    expect(standings[0]!.warnings).toEqual([]);

    const online = async () =>
      (await api.services.statement.myStandings(me())).standings
        .flatMap(({ targets }) => targets)
        .find(({ target }) => target === 'online-year')!.alternatives[0]![0]!.earned / AMOUNT_UNIT;
    expect(await online()).toBe(0);
    await api.services.recordedFact.record([scene.lessons(cadre, 'recorded-later', '2026-11-20', 2)], null);
    expect(await online()).toBe(2);
    await api.services.recordedFact.record([scene.lessons(cadre, 'done-later', '2026-11-22', 3)], null);
    expect(await online()).toBe(2);
  });

  it('stays readable in the years after it, as the record of the year in which service ended', async () => {
    api.clock.set(new Date('2026-11-23T02:00:00Z'));
    await change({ kind: 'retire' }, '2026-11-22');
    const then = await now();
    api.clock.set(new Date('2027-06-01T02:00:00Z'));
    const later = await now();
    expect(later.servedUntil).toBe('2026-11-21');
    expect(figures(later.standings)).toEqual(figures(then.standings));
  });

  it('that was recorded by mistake is corrected on a later day: figures, table and assessment have the person again', async () => {
    await round();
    const figuresBefore = figures((await now()).standings);
    api.clock.set(new Date('2026-11-23T02:00:00Z'));
    await change({ kind: 'retire' }, '2026-11-22');
    await round();
    const mistaken = await said('2026-11-23');
    api.clock.set(new Date('2026-11-26T02:00:00Z'));
    await change({ kind: 'reinstate', unitId: cadre.unitId }, '2026-11-22');
    await work();
    const { standings, moves } = await now();
    expect(figures(standings)).toEqual(figuresBefore);
    expect(moves).toEqual([]);
    expect(await rowsOf(officerOf(scene.unit))).toContain(cadre.id);
    expect(await said('2026-11-23')).toBe(mistaken);
    await round();
    const last = (await linesOfFeed()).at(-1)!;
    expect(last).toMatchObject({ version: 3 });
    expect(last.left).toBeUndefined();
    expect(last.targets.length).toBeGreaterThan(0);
  });
});

describe('after retirement', () => {
  const transfer = () => change({ kind: 'transfer', unitId: elsewhere.id });
  const recorded = () => api.repositories.people.getById(cadre.id);
  const codeOf = async (work: Promise<void>): Promise<string> =>
    work.then(
      () => 'recorded',
      (error: { code: string }) => error.code,
    );

  it('no transfer, secondment, post, grade or second retirement is recorded, and nothing moves', async () => {
    await change({ kind: 'retire' });
    await round();
    const [stands, lines] = [await recorded(), await linesOfFeed()];
    api.facts.length = 0;
    for (const what of [
      { kind: 'transfer', unitId: elsewhere.id },
      { kind: 'second', unitId: elsewhere.id, to: null },
      { kind: 'post', postLevel: 'section-head', title: '科长' },
      { kind: 'grade', grade: null },
      { kind: 'retire' },
    ] as const)
      await expect(change(what)).rejects.toMatchObject({
        code: 'PERSON_NOT_SERVING',
        details: { until: BEFORE },
      });
    expect(await recorded()).toEqual(stands);
    expect(api.facts).toEqual([]);
    await round();
    expect(await linesOfFeed()).toEqual(lines);
    expect(await work()).toBe(0);
  });

  it('ten transfers that race with it leave one of the eleven, and nobody both retired and in a new unit', async () => {
    const codes = await Promise.all(
      [change({ kind: 'retire' }), ...Array.from({ length: 10 }, transfer)].map(codeOf),
    );
    expect(codes.filter((code) => code === 'recorded')).toHaveLength(1);
    expect(new Set(codes.filter((code) => code !== 'recorded'))).toEqual(new Set(['CHANGED_MEANWHILE']));
    const { status, unitId, affiliations } = await recorded();
    const isOpen = affiliations.some(({ to }) => to === null);
    expect({ status, unitId, isOpen }).toEqual(
      codes[0] === 'recorded'
        ? { status: 'retired', unitId: scene.unit.id, isOpen: false }
        : { status: 'active', unitId: elsewhere.id, isOpen: true },
    );
    if (status === 'retired') expect(await codeOf(transfer())).toBe('PERSON_NOT_SERVING');
  });
});

describe('a change of what somebody else has changed meanwhile', () => {
  it('is refused whatever it is, and so is taking that back unseen', async () => {
    const directory = api.services.directory;
    const seen = historyDigest(cadre, DAY);
    const input = { personId: cadre.id, on: DAY, change: { kind: 'retire' }, seen } as const;
    await change({ kind: 'transfer', unitId: elsewhere.id });
    const moved = await api.repositories.people.getById(cadre.id);
    await expect(directory.changeHistory(admin, input)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await expect(directory.withdrawChanges(admin, { personId: cadre.id, seen })).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(await api.repositories.people.getById(cadre.id)).toEqual(moved);
    await directory.withdrawChanges(admin, { personId: cadre.id, seen: historyDigest(moved, DAY) });
    await directory.changeHistory(admin, input);
    expect(await api.repositories.people.getById(cadre.id)).toMatchObject({ status: 'retired' });
  });
});

describe('a change that is refused', () => {
  it('changes nothing: not the record, not the feed, and nobody hears of it', async () => {
    await round();
    const stranger = me();
    api.facts.length = 0;
    const input = { personId: cadre.id, on: DAY, change: { kind: 'retire' } } as const;
    await expect(api.services.directory.changeHistory(stranger, input)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(change({ kind: 'retire' }, '2026-11-21')).rejects.toMatchObject({ code: 'HISTORY_NOT_YET' });
    await expect(change({ kind: 'second-end', unitId: elsewhere.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const kind of ['transfer', 'second'] as const)
      await expect(change({ kind, unitId: scene.unit.id, to: null })).rejects.toMatchObject({
        code: 'ALREADY_IN_UNIT',
      });
    expect(await api.repositories.people.getById(cadre.id)).toEqual(cadre);
    expect(api.facts).toEqual([]);
    await round();
    expect(await linesOfFeed()).toHaveLength(1);
    expect(await work()).toBe(0);
  });
});

describe('a statement of a day to come', () => {
  it('is refused: nothing is recorded of it yet', async () => {
    for (const asOf of ['2026-11-21', '2027-12-31'])
      await expect(api.services.statement.myStatement(me(), asOf)).rejects.toMatchObject({
        code: 'STATEMENT_OF_FUTURE_DAY',
      });
    expect((await api.services.statement.myStatement(me(), DAY)).asOf).toBe(DAY);
  });
});
