import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { AMOUNT_UNIT } from '@cadre/domain/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addCreditScene, createTestApi, type CreditScene, type TestApi } from '../testing';

let api: TestApi;
let scene: CreditScene;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.renew();
  scene = await addCreditScene(api, 3);
  await api.services.sessionSettlement.settleSession(scene.session.id);
});

const me = () => api.actorOf(scene.people[0]!);
const record = (sourceId: string, occurredOn: string, count: number) =>
  api.services.recordedFact.record([scene.lessons(scene.people[0]!, sourceId, occurredOn, count)], null);
const hoursOnline = async (): Promise<number> => {
  const { standings } = await api.services.statement.myStandings(me());
  const leaves = standings
    .flatMap(({ targets }) => targets)
    .flatMap(({ alternatives }) => alternatives.flat());
  return (leaves.find(({ measure }) => measure === 'online-hours')?.earned ?? 0) / AMOUNT_UNIT;
};

describe('a statement as of a day', () => {
  it('reads the same to the last byte after later facts, of whatever day they are about', async () => {
    const then = JSON.stringify(await api.services.statement.myStatement(me(), '2026-11-18'));
    api.clock.set(new Date('2026-11-25T02:00:00Z'));
    await record('later', '2026-11-24', 3);
    await record('about-earlier', '2026-03-02', 2);
    expect(JSON.stringify(await api.services.statement.myStatement(me(), '2026-11-18'))).toBe(then);
    const now = await api.services.statement.myStatement(me(), undefined);
    expect(now.lines).toHaveLength(3);
    expect(now.chain.seq).toBe(7);
    const check = (asOf?: string) => api.services.statement.checkChain(me(), me().personId, asOf);
    const { chain } = JSON.parse(then) as Pick<typeof now, 'chain'>;
    expect(await check('2026-11-18')).toEqual({
      intact: true,
      entries: chain.seq,
      head: chain.hash,
      fault: null,
    });
    expect(await check()).toMatchObject({ intact: true, entries: 7, head: now.chain.hash });
    await expect(check('2026-11-26')).rejects.toMatchObject({ code: 'STATEMENT_OF_FUTURE_DAY' });
  });

  it('before anything was recorded is empty', async () => {
    const { lines, chain } = await api.services.statement.myStatement(me(), '2026-11-16');
    expect({ lines, seq: chain.seq }).toEqual({ lines: [], seq: 0 });
  });
});

describe("today's standings", () => {
  it('are kept, and go with the next entry, also one that another process has written', async () => {
    expect(await hoursOnline()).toBe(0);
    await record('first', '2026-11-10', 2);
    expect(await hoursOnline()).toBe(2);
    expect(await hoursOnline()).toBe(2);
    await record('second', '2026-11-11', 3);
    expect(await hoursOnline()).toBe(5);
  });

  it('are those of a new cycle when the year has turned', async () => {
    await record('first', '2026-11-10', 2);
    expect(await hoursOnline()).toBe(2);
    api.clock.set(new Date('2027-01-02T00:00:00Z'));
    expect(await hoursOnline()).toBe(0);
  });
});

describe('under rules with a limit of one cycle and a total', () => {
  const half = { measure: 'online-hours', add: [{ measure: 'online-hours', times: '1/2' }] };
  const text = JSON.stringify({
    ...(JSON.parse(DEMO_REGULATION_TEXT) as object),
    id: 'limited',
    english: {},
    caps: [
      { clause: '第七条', name: '网课每年', counts: { measure: 'online-hours' }, atMost: 3, cycle: 'year' },
    ],
    totals: { half: { name: '折算学时', ...half } },
    targets: [
      {
        id: 'online-year',
        name: '年度网络自学',
        clause: '第十一条',
        cycle: 'year',
        needs: { measure: 'online-hours', atLeastShare: '1/2', of: { total: 'half' } },
      },
      {
        id: 'online-long',
        name: '五年网络自学',
        clause: '第十条',
        cycle: 'five-years',
        needs: { measure: 'online-hours', atLeast: 50 },
      },
    ],
    ratings: [
      {
        id: 'level',
        name: '等次',
        clause: '第十条',
        cycle: 'year',
        of: { total: 'half' },
        bands: [
          { atLeast: 2, rating: '优秀' },
          { below: 2, rating: '合格' },
        ],
      },
    ],
    consequences: [],
  });

  beforeEach(async () => {
    await api.renew();
    scene = await addCreditScene(api, 3, text);
    await record('before', '2025-11-10', 5);
    await record('now', '2026-11-10', 4);
  });

  it('names what the limit takes in the cycle that runs, and nothing of one that is over', async () => {
    const { standings } = await api.services.statement.myStatement(me(), undefined);
    expect(standings[0]!.caps).toMatchObject([
      { clause: '第七条', name: { zh: '网课每年' }, measure: 'online-hours', cut: AMOUNT_UNIT },
    ]);
    expect(standings[0]!.caps[0]!.counting.map(({ amount }) => amount)).toEqual([AMOUNT_UNIT]);
    const earned = standings[0]!.targets.map(({ target, alternatives }) => [
      target,
      alternatives[0]![0]!.earned / AMOUNT_UNIT,
    ]);
    expect(earned).toEqual([
      ['online-year', 3],
      ['online-long', 9],
    ]);
  });

  it('opens each number to the entries that add up to it, which are those of its records', async () => {
    const { standings, lines } = await api.services.statement.myStatement(me(), undefined);
    const [{ targets, parts }] = standings as [(typeof standings)[number]];
    const sumOf = (counting: readonly { amount: number }[]) =>
      counting.reduce((sum, { amount }) => sum + amount, 0);
    const sums = targets.flatMap(({ alternatives, opened }) =>
      opened.map(({ leaf, counting, carried }) => [
        sumOf(counting) + carried,
        alternatives.flat().find((one) => one.leaf === leaf)!.earned,
      ]),
    );
    expect(sums.length).toBeGreaterThan(1);
    for (const [sum, earned] of sums) expect(sum).toBe(earned);
    expect(parts.length).toBeGreaterThan(0);
    for (const { counting, carried, amount } of parts) expect(sumOf(counting) + carried).toBe(amount);
    const known = new Set(lines.flatMap(({ entries }) => entries));
    const named = [...targets.flatMap(({ opened }) => opened), ...parts].flatMap(({ counting }) => counting);
    expect(named.every(({ entry }) => entry !== null && known.has(entry))).toBe(true);
    const now = lines.find(({ source }) => source.id === 'now')!;
    expect(now.earned.map(({ limited }) => limited)).toEqual([true]);
  });

  it('lists a part only in the cycles in which a target of the person counts it', async () => {
    const cyclesOf = async () => {
      const { standings } = await api.services.statement.myStatement(me(), undefined);
      return standings[0]!.parts.map(({ cycle, measure }) => [cycle, measure]);
    };
    const listed = await cyclesOf();
    expect(listed).toContainEqual(['2026', 'online-hours']);
    expect(new Set(listed.map(([cycle]) => cycle)).size).toBe(2);
    const rules = JSON.parse(text) as { targets: object[] };
    const [yearly, long] = rules.targets;
    const other = { ...long, needs: { measure: 'days', atLeast: 50 } };
    await api.renew();
    scene = await addCreditScene(
      api,
      3,
      JSON.stringify({ ...rules, id: 'other-long', targets: [yearly, other] }),
    );
    await record('now', '2026-11-10', 4);
    expect(await cyclesOf()).toEqual([['2026', 'online-hours']]);
  });

  it('says how the person is rated in the cycle that runs, by how much and how it came about', async () => {
    const { standings } = await api.services.statement.myStatement(me(), undefined);
    const [rated, ...others] = standings[0]!.ratings;
    expect(others).toEqual([]);
    expect(rated).toMatchObject({
      name: { zh: '等次' },
      cycle: '2026',
      measure: 'online-hours',
      clause: '第十条',
      final: false,
    });
    expect([rated!.amount / AMOUNT_UNIT, rated!.is?.zh]).toEqual([1.5, '合格']);
    expect(rated!.notes.map(({ sentence }) => sentence.zh).join()).toMatch(/^折算学时：/);
  });

  it('says of the entry that it was cut, by how much, where and by which clause', async () => {
    const { lines } = await api.services.statement.myStatement(me(), undefined);
    const line = lines.find(({ source }) => source.id === 'now')!;
    const why = await api.services.statement.why(me(), line.settlementId);
    expect(why.entries.flatMap(({ cuts }) => cuts)).toEqual([
      {
        clause: '第七条',
        sentence: {
          zh: '网课每年：最多 3 网络学时，此前已计 3 网络学时，本次少计 1 网络学时（只在“年度网络自学”里少计）',
          en: expect.stringContaining('1 网络学时 less') as string,
        },
      },
    ]);
    expect(why.clauses.map(({ number }) => number)).toContain('第七条');
  });

  it('says how the total came about, also the one of which an amount is a share', async () => {
    const { standings } = await api.services.statement.myStatement(me(), undefined);
    const notes = standings[0]!.targets[0]!.notes.map(({ sentence }) => sentence.zh);
    expect(notes).toEqual(expect.arrayContaining([expect.stringContaining('折算学时')]));
    expect(notes.join()).toMatch(/3.*1\.5/);
  });
});

describe('under rules that look at any twelve months', () => {
  const rules = (id: string, more: object): string =>
    JSON.stringify({
      ...(JSON.parse(DEMO_REGULATION_TEXT) as object),
      id,
      english: { 提醒: 'Reminder' },
      cycles: {
        ...(JSON.parse(DEMO_REGULATION_TEXT) as { cycles: object }).cycles,
        any: { lastMonths: 12 },
      },
      ratings: [
        {
          id: 'much',
          name: '自学',
          clause: '第七条',
          cycle: 'any',
          of: { measure: 'online-hours' },
          bands: [{ atLeast: 6, rating: '多' }],
        },
      ],
      consequences: [
        {
          id: 'told',
          says: '提醒',
          clause: '第七条',
          when: { rating: 'much', is: '多', at: 'once' },
          ...more,
        },
      ],
    });
  const flagsAt = async (moment: string): Promise<unknown> => {
    api.clock.set(new Date(moment));
    const { standings } = await api.services.statement.myStatement(me(), undefined);
    return standings[0]!.flags;
  };

  it('says what was drawn as long as the cycle runs in which it was', async () => {
    await api.renew();
    scene = await addCreditScene(api, 3, rules('rolling', {}));
    await record('before', '2025-12-10', 5);
    await record('now', '2026-11-10', 4);
    const said = [{ flag: 'told', says: { zh: '提醒', en: 'Reminder' }, clause: '第七条' }];
    expect(await flagsAt('2026-11-20T00:00:00Z')).toEqual(said);
    expect(await flagsAt('2026-12-20T00:00:00Z')).toEqual(said);
    expect(await flagsAt('2027-01-20T00:00:00Z')).toEqual([]);
  });

  it('says until when it lasts, and no more once that is over', async () => {
    await api.renew();
    scene = await addCreditScene(api, 3, rules('lasting', { lasts: { months: 3 } }));
    await record('before', '2025-12-10', 5);
    await record('now', '2026-11-10', 4);
    const says = {
      zh: '提醒，自 2026-11-10 起，到 2027-02-09 为止',
      en: 'Reminder, from 2026-11-10 until 2027-02-09',
    };
    const said = [{ flag: 'told', says, clause: '第七条' }];
    expect(await flagsAt('2026-11-20T00:00:00Z')).toEqual(said);
    expect(await flagsAt('2027-02-08T00:00:00Z')).toEqual(said);
    expect(await flagsAt('2027-02-10T00:00:00Z')).toEqual([]);
  });
});

describe('the course of a session', () => {
  it('is named beside the title as the catalogue has it, in the line and in its reasons; other sources have none', async () => {
    const title = { zh: '垦荒精神', en: 'The spirit of reclamation' };
    await api.repositories.courses.insert({
      id: scene.session.courseId,
      code: 'T01-C01',
      title,
      themeId: api.newId(),
      alsoTouches: [],
      forms: ['on-site'],
      summary: '',
      audience: '',
      abilities: [],
      classHours: 40_000,
      status: 'published',
      version: 1,
      reviewBy: '2027-12-31',
      baseIds: [],
      revision: 0,
      demo: false,
    });
    await record('academy', '2026-11-10', 2);
    const { lines } = await api.services.statement.myStatement(me(), undefined);
    expect(lines.map(({ source, courseTitle }) => [source.kind, courseTitle])).toEqual([
      ['session', title],
      ['lesson', null],
    ]);
    const why = await api.services.statement.why(me(), lines[0]!.settlementId);
    expect(why.line.courseTitle).toEqual(title);
  });
});

describe('the reasons of a credit', () => {
  it('say once what its days and its hours both rest on', async () => {
    const { lines } = await api.services.statement.myStatement(me(), undefined);
    const why = await api.services.statement.why(me(), lines[0]!.settlementId);
    const sentences = why.steps.map(({ sentence }) => sentence.zh);
    expect(why.entries.map(({ measure }) => measure)).toEqual(['days', 'hours']);
    expect(sentences.filter((sentence) => sentence.startsWith('在场'))).toHaveLength(1);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences[0]).toMatch(/^在场 \d+ 分钟，开课 \d+ 分钟，占 [\d.]+%，达到 80% ✓$/);
    expect(why.clauses.map(({ number }) => number)).toEqual(['第一条', '第四条']);
    expect(why.steps[0]!.clause).toBe('第四条');
  });

  it('tell each entry by the record that earned it, where the source has several', async () => {
    await record('lessons', '2026-11-10', 3);
    const { lines } = await api.services.statement.myStatement(me(), undefined);
    const line = lines.find(({ source }) => source.id === 'lessons')!;
    const why = await api.services.statement.why(me(), line.settlementId);
    expect(why.titles).toHaveLength(3);
    expect(why.entries.map(({ item }) => item).sort()).toEqual([0, 1, 2]);
  });

  it('of several records name the one that was refused, and why', async () => {
    const fact = scene.lessons(scene.people[0]!, 'lessons', '2026-11-10', 3);
    const activities = fact.activities.map((one, index) =>
      index === 1 ? { ...one, playedMinutes: 30 } : one,
    );
    await api.services.recordedFact.record([{ ...fact, activities }], null);
    const { lines } = await api.services.statement.myStatement(me(), undefined);
    expect(lines.find(({ source }) => source.id === 'lessons')).toMatchObject({
      items: 3,
      refusedItems: 1,
      refusals: [{ item: 1, title: '网络课程 2', clause: '第七条' }],
    });
  });

  it('of a correction say what it took the place of, or that nothing had been recorded', async () => {
    const corrected = async () => {
      const { lines } = await api.services.statement.myStatement(me(), undefined);
      const line = lines.find(({ source, replaced }) => source.id === 'late' && !replaced)!;
      return (await api.services.statement.why(me(), line.settlementId)).correction;
    };
    await record('late', '2025-03-02', 1);
    expect(await corrected()).toEqual({ number: 1, replaces: null, by: null });
    await api.services.recordedFact.record(
      [scene.lessons(scene.people[0]!, 'late', '2025-03-02', 2)],
      scene.people[1]!.id,
    );
    expect(await corrected()).toMatchObject({
      number: 2,
      replaces: { earned: [{ measure: 'online-hours', amount: AMOUNT_UNIT }] },
      by: scene.people[1]!.name,
    });
  });

  it('of somebody who did not come say so: the minutes, the clause that decided, and no way of taking part', async () => {
    const absent = await api.addPerson(scene.unit);
    const { enrollments } = api.repositories;
    const [seated] = await enrollments.listByClass(scene.session.classId, ['enrolled', 'completed']);
    await enrollments.insertMany([{ ...seated!, id: api.newId(), personId: absent.id, seq: 99 }]);
    await api.services.sessionSettlement.settleSession(scene.session.id);
    const actor = api.actorOf(absent);
    const [line] = (await api.services.statement.myStatement(actor, undefined)).lines;
    expect(line).toMatchObject({
      earned: [],
      refusals: [
        {
          clause: '第四条',
          sentence: { zh: expect.stringMatching(/^在场 0 分钟，开课 \d+ 分钟，占 0%，不足 80%/) as string },
        },
      ],
    });
    expect(line).toMatchObject({ items: 1, refusedItems: 1, settlement: { seq: 1 } });
    const why = await api.services.statement.why(actor, line!.settlementId);
    expect(why.correction).toBeNull();
    expect(why.clauses.map(({ number }) => number)).toContain('第四条');
    expect(why.attendance).toEqual({
      sessionId: scene.session.id,
      held: { startsAt: scene.session.startsAt, endsAt: scene.session.endsAt },
      checkedInAt: null,
      checkedOutAt: null,
      endedByClose: false,
      disputed: false,
    });
    const mode = why.facts.find(({ name }) => name.zh === '参加方式');
    expect(mode?.value.zh).toBe('没有在场');
  });
});

describe('somebody else’s credits', () => {
  it('are not found: the statement, the chain and the reasons', async () => {
    const stranger = api.actorOf(scene.people[1]!);
    const personId = scene.people[0]!.id;
    const { lines } = await api.services.statement.myStatement(me(), undefined);
    const { statement } = api.services;
    for (const read of [
      () => statement.statementOfPerson(stranger, personId, undefined),
      () => statement.checkChain(stranger, personId),
      () => statement.why(stranger, lines[0]!.settlementId),
    ])
      await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
