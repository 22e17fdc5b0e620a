import type { Statement, StatementLine } from '@cadre/domain/ledger';
import { sampleLeaf, sampleLine, sampleTarget } from '@cadre/domain/testing';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPdf } from '../testing/read-pdf';
import { printPaper } from './paper';
import { statementPaper } from './statement-paper';
import { paperWorkbook } from './workbooks';

const zh = (text: string) => ({ zh: text, en: '' });
const HASH = 'ab12'.repeat(16);
const regulation = { id: 'demo', version: 2 };
const line = (number: number, changes: Partial<StatementLine> = {}): StatementLine =>
  sampleLine({
    settlementId: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    source: { kind: 'session', id: String(number) },
    title: `垦荒精神现场课 ${number}`,
    occurredOn: '2026-11-17',
    recordedAt: new Date('2026-11-17T10:00:00Z'),
    regulation,
    entries: [2 * number - 1, 2 * number],
    ...changes,
  });
const refusal = {
  reason: 'condition-not-met',
  sentence: { zh: '在场 96 分钟，不足 80%', en: 'present for 96 minutes, less than 80%' },
  clause: '第四条',
  item: 0,
  title: null,
};
const statement = (changes: Partial<Statement> = {}): Statement => ({
  personId: '00000000-0000-7000-8000-000000000001',
  asOf: '2026-11-18',
  servedUntil: null,
  person: {
    personNo: 'P00001',
    name: '林海燕',
    unit: { zh: '台州市大数据局', en: 'Data bureau' },
    rank: { zh: '乡科级正职', en: 'Section head' },
  },
  moves: [
    {
      kind: 'rank',
      on: '2026-03-01',
      sentence: { zh: '由乡科级副职任乡科级正职。', en: 'from section deputy to section head.' },
      changes: true,
    },
  ],
  lastRecordedAt: new Date('2026-11-17T10:00:00Z'),
  chain: { seq: 4, hash: HASH },
  standings: [
    {
      regulation: { ...regulation, title: zh('学时管理办法'), source: zh('市委组织部') },
      measures: { days: zh('天'), hours: { zh: '学时', en: 'class hours' } },
      targets: [
        sampleTarget({
          name: zh('年度集中培训'),
          state: 'met',
          reading: 'met',
          met: true,
          metBy: ['hours'],
          alternatives: [
            [sampleLeaf('days', zh('天'), 70_000, 120_000)],
            [sampleLeaf('hours', zh('学时'), 920_000, 900_000)],
          ],
        }),
      ],
      notCovered: [{ target: 'window', name: zh('五年集中培训'), because: 'group', notRecorded: null }],
      flags: [],
      warnings: [],
      parts: [
        {
          cycle: '2026',
          part: zh('集中培训'),
          measure: 'hours',
          amount: 920_000,
          carried: 20_000,
          counting: [],
        },
      ],
      ratings: [
        {
          rating: 'level',
          name: zh('等次'),
          cycle: '2026',
          amount: 480_000,
          measure: 'hours',
          is: zh('合格'),
          final: false,
          clause: '第八条',
          clauseText: '60 以上优秀，40 以上合格。',
          notes: [{ sentence: zh('年度学分：培训 50 + 缺训 (-2) = 48'), clause: '第六条' }],
        },
      ],
      caps: [
        {
          clause: '第三条',
          clauseText: '同一天最多计 1 天。',
          name: zh('每日上限'),
          measure: 'days',
          cut: 5_000,
          counting: [{ entry: 1, amount: 5_000 }],
        },
      ],
      clauses: {
        第一条: '现场参加的计入。',
        第三条: '同一天最多计 1 天。',
        第四条: '在场不足 80% 的不计。',
        第六条: '缺训一次扣 2。',
        第八条: '60 以上优秀，40 以上合格。',
        第九条: '每年不少于 12 天或者 90 学时。',
        第十条: '没有引用到的条文。',
      },
    },
  ],
  lines: [
    line(1),
    line(2, {
      earned: [],
      clauses: [],
      entries: [],
      refusals: [refusal],
      refusedItems: 1,
      settlement: { seq: 9, hash: HASH },
    }),
  ],
  ...changes,
});

const LATER = new Date('2026-11-20T02:00:00Z');
const print = (value: Statement, now = LATER) => printPaper(statementPaper(value, 'zh', now));
const flat = (pages: readonly string[]): string => pages.join('').replace(/\s/g, '');

describe('a statement on paper', () => {
  it('says how the person is rated so far, how that came about, and by which clauses', () => {
    const { tables } = statementPaper(statement(), 'zh', LATER);
    expect(tables.find(({ name }) => name === '等次')?.rows).toEqual([
      ['等次', '2026', '48 学时', '合格', '年度学分：培训 50 + 缺训 (-2) = 48', '第八条', 48],
    ]);
    const cited = tables.find(({ name }) => name === '条文')?.rows.map(([clause]) => clause);
    expect(cited).toEqual(expect.arrayContaining(['第六条', '第八条']));
  });

  it('has in the first months how the year before ended and what follows, as the screen has it', () => {
    const ended = { from: '2025-01-01', to: '2025-12-31', label: '2025' };
    const [standing] = statement().standings;
    const before = statement({
      asOf: '2025-12-31',
      standings: [
        {
          ...standing!,
          regulation: { ...standing!.regulation, version: 1 },
          targets: [
            sampleTarget({
              name: zh('年度集中培训'),
              state: 'open',
              cycle: ended,
              clauseText: '不少于 12 天。',
            }),
          ],
          flags: [{ flag: 'not-excellent', says: zh('当年考核不得评为优秀'), clause: '第六条' }],
        },
      ],
    });
    const january = statement({ asOf: '2026-01-20' });
    const { tables } = statementPaper(january, 'zh', LATER, before);
    const { clause } = sampleTarget({});
    expect(tables.find(({ name }) => name === '2025 年度的结果')?.rows).toEqual([
      ['年度集中培训', '未达标', `第 1 版${clause}`],
      ['当年考核不得评为优秀', '', '第 1 版第六条'],
    ]);
    expect(tables.find(({ name }) => name === '条文')?.rows).toEqual(
      expect.arrayContaining([
        [`第 1 版${clause}`, '不少于 12 天。'],
        ['第 1 版第六条', '缺训一次扣 2。'],
      ]),
    );
    expect(statementPaper(january, 'zh', LATER).tables.map(({ name }) => name)).not.toContain(
      '2025 年度的结果',
    );
  });

  it('says of a day before the first unit that none is on record', () => {
    const { person } = statement();
    const { facts } = statementPaper(statement({ person: { ...person, unit: null } }), 'zh', LATER);
    expect(facts).toContainEqual(['单位', '没有登记']);
  });

  it('says of whoever is exempt what there is, and not that nothing of it was asked', async () => {
    const value = statement();
    const targets = [
      sampleTarget({
        state: 'exempt',
        reading: 'exempt',
        met: true,
        alternatives: [[sampleLeaf('days', zh('天'), 80_000, 0)]],
      }),
    ];
    const [standing] = value.standings;
    const text = flat(readPdf(await print({ ...value, standings: [{ ...standing!, targets }] })));
    expect(text).toContain('8天');
    expect(text).not.toContain('/0天');
  });

  it('says who, of which day, under which rules, what is there, each reason, and where the chain ends', async () => {
    const pages = readPdf(await print(statement()));
    const text = flat(pages);
    for (const said of [
      '学时学分单',
      '林海燕',
      'P00001',
      '台州市大数据局',
      '乡科级正职',
      '2026-11-18当日终了的记录',
      '《学时管理办法》第2版（市委组织部）',
      '共4条，末条#000004',
      HASH,
      '7/12天或92/90学时',
      '达标（按学时）',
      '五年集中培训不适用：不在职务职级范围',
      '2026-03-01由乡科级副职任乡科级正职',
      '第三条每日上限0.5天（1条）',
      '#000001–002',
      '出具单位（盖章）经办人（签字）日期',
      '没有计入：在场96分钟，不足80%（第四条）',
      '第四条在场不足80%的不计。',
      '第1/2页',
      '第2/2页',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('没有引用到的条文');
    expect(text).not.toContain('\ufffd');
  });

  it('says what made up the cycle before and does not count again, by which clause', async () => {
    const [standing] = statement().standings;
    const usedToMakeUp = {
      sentence: zh('另有 4 学时用于补足 2025 年度，不再计入本年度'),
      clause: '第十一条',
      clauseText: '补学的学时不计入当年。',
    };
    const used = statement({
      standings: [
        {
          ...standing!,
          targets: [{ ...standing!.targets[0]!, notes: [usedToMakeUp] }],
          clauses: { ...standing!.clauses, 第十一条: usedToMakeUp.clauseText },
        },
      ],
    });
    const [row] = statementPaper(used, 'zh', LATER).tables[0]!.rows;
    expect(row).toContain('达标（按学时）；另有 4 学时用于补足 2025 年度，不再计入本年度');
    expect(row).toContain('第十一条、第九条');
    expect(flat(readPdf(await print(used)))).toContain('另有4学时用于补足2025年度，不再计入本年度');
    expect(flat(readPdf(await print(used)))).toContain('补学的学时不计入当年。');
  });

  it('names the earlier version that judges what is to be made up, and gives its clauses beside those of today', () => {
    const [standing] = statement().standings;
    const owed = sampleTarget({
      makesUp: { after: 'promotion', clause: '第三条', clauseText: '一年内补足。', cycle: '2026' },
      clauseText: '每年不少于 10 天。',
      judgedBy: { title: zh('旧办法'), version: 1 },
    });
    const value = statement({ standings: [{ ...standing!, targets: [...standing!.targets, owed] }] });
    const { tables } = statementPaper(value, 'zh', LATER);
    const row = tables[0]!.rows[1];
    expect(row).toContain('第 1 版第三条、第 1 版第九条');
    expect(row).toContain('《旧办法》第 1 版（市委组织部）');
    const clauses = tables.find(({ name }) => name === '条文')!.rows;
    expect(clauses).toContainEqual(['第三条', '同一天最多计 1 天。']);
    expect(clauses).toContainEqual(['第 1 版第三条', '一年内补足。']);
    expect(clauses).toContainEqual(['第 1 版第九条', '每年不少于 10 天。']);
  });

  it('cites what settled a record: another version by its number, another regulation by its title', () => {
    const settledBy = {
      title: zh('旧办法'),
      version: 1,
      clauses: { 第一条: '旧的第一条。', 第四条: '旧的第四条。' },
    };
    const lines = [
      line(1),
      line(2, { settledBy, refusals: [refusal] }),
      line(3, { settledBy: { ...settledBy, clauses: { 第一条: '别处的第一条。' } }, governs: false }),
    ];
    const { tables } = statementPaper(statement({ lines }), 'zh', LATER);
    const records = tables.find(({ name }) => name === '每一次的记录')!.rows;
    expect(records.map((row) => row[4])).toEqual(['第一条', '第 1 版第一条', '《旧办法》第 1 版第一条']);
    expect(records[1]![6]).toContain('第 1 版第四条');
    const clauses = tables.find(({ name }) => name === '条文')!.rows;
    expect(clauses.filter(([clause]) => /第[一四]条$/.test(String(clause)))).toEqual([
      ['第一条', '现场参加的计入。'],
      ['第 1 版第一条', '旧的第一条。'],
      ['第 1 版第四条', '旧的第四条。'],
      ['《旧办法》第 1 版第一条', '别处的第一条。'],
    ]);
  });

  it('gives of a refused record the clause and the settlement, and of several records says which did not count', () => {
    const lessons = line(3, {
      items: 10,
      refusedItems: 2,
      refusals: [
        { ...refusal, item: 4, title: '公共数据' },
        { ...refusal, item: 6, clause: null },
      ],
    });
    const rows = (language: 'zh' | 'en') =>
      statementPaper(statement({ lines: [...statement().lines, lessons] }), language, LATER).tables.find(
        ({ name }) => name === (language === 'zh' ? '每一次的记录' : 'Each record'),
      )!.rows;
    const [, refused, partly] = rows('zh');
    expect(refused!.slice(4, 6)).toEqual(['第四条', '第 9 次结算']);
    expect(partly![4]).toBe('第一条');
    expect(partly![6]).toBe(
      '10 项中 2 项没有计入：公共数据（在场 96 分钟，不足 80%，第四条）、第 7 项（在场 96 分钟，不足 80%）',
    );
    expect(rows('en')[2]![6]).toContain('2 of 10 not counted: 公共数据 (present for 96 minutes');
  });

  it('of a past day is the same to the byte whenever it is printed; of the running day it says at which minute', async () => {
    const first = await print(statement());
    expect(first.equals(await print(statement(), new Date('2027-06-01T02:00:00Z')))).toBe(true);
    expect(first.equals(await print(statement({ chain: { seq: 5, hash: HASH } })))).toBe(false);
    const sameDay = flat(readPdf(await print(statement(), new Date('2026-11-18T02:30:00Z'))));
    expect(sameDay).toContain('打印时间2026-11-1810:30');
    expect(sameDay).not.toContain('何时打印内容都相同');
  });

  it('says where in the platform, and as of which day, its hash is found again', () => {
    const notesOf = (value: Statement, now: Date) => statementPaper(value, 'zh', now).notes.join('');
    expect(notesOf(statement(), LATER)).toMatch(/“看截至某一天的记录”2026-11-18.*本人 #000004 的校验值/);
    expect(notesOf(statement(), LATER)).not.toContain('当天又有记入');
    expect(notesOf(statement(), new Date('2026-11-18T02:00:00Z'))).toContain('当天又有记入的');
    expect(notesOf(statement({ chain: { seq: 0, hash: HASH } }), LATER)).not.toContain('核对');
  });

  it('prints rare characters of names, and names by its code the one that no font has', async () => {
    const named = (name: string) => statement({ person: { ...statement().person, name } });
    const rare = flat(readPdf(await print(named('王𬱖喆䶮'))));
    expect(rare).toContain('王𬱖喆䶮');
    expect(rare).not.toContain('U+');
    const missing = flat(readPdf(await print(named('𠮷田'))));
    expect(missing).toContain('〔U+20BB7〕田');
    expect(missing).toContain('字体里没有的字');
  });

  it('numbers its pages, and repeats the head of a table on each', async () => {
    const lines = Array.from({ length: 90 }, (_, index) => line(index + 1));
    const pages = readPdf(await print(statement({ lines })));
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => {
      expect(flat([page])).toContain(`第${index + 1}/${pages.length}页`);
    });
    expect(flat([pages[1]!])).toMatch(/^日期名称所得计入条款流水号说明/);
    const text = flat(pages);
    for (const { title } of lines) expect(text).toContain(title.replace(' ', ''));
  });

  it('leaves no head and no name of a table at the foot of a page, nor the seal on a page of its own', async () => {
    for (const count of [6, 9, 12, 15, 18, 21, 24, 27, 30]) {
      const lines = Array.from({ length: count }, (_, index) => line(index + 1));
      const pages = readPdf(await print(statement({ lines }))).map((page) => flat([page]));
      for (const page of pages)
        expect(page).not.toMatch(
          /(条款条文|流水号说明|每一次的记录|条文|没有完成的后果)(林海燕P00001·截至|$)/,
        );
      expect(pages.at(-1)).toMatch(/核对：.*出具单位/);
    }
  });

  it('has no two columns of one name, and names an amount only where it is more than its measure', () => {
    const { tables } = statementPaper(statement(), 'zh', LATER);
    for (const { name, columns } of tables) {
      const heads = columns.map(({ head }) => head);
      expect([name, ...new Set(heads)]).toEqual([name, ...heads]);
    }
    const headsOf = (value: Statement) =>
      statementPaper(value, 'zh', LATER)
        .tables.find(({ name }) => name === '各项数字')
        ?.columns.map(({ head }) => head);
    expect(headsOf(statement())).toEqual(['要求', '年度', '已有', '标准', '应有', '还差', '计量']);
    const [standing] = statement().standings;
    const online = { ...sampleLeaf('hours', zh('网络学时'), 10_000, 20_000) };
    const targets = [sampleTarget({ alternatives: [[online]] })];
    expect(headsOf(statement({ standings: [{ ...standing!, targets }] }))).toContain('项目');
  });

  it('says what is not there: no rules, no target, no record', async () => {
    const text = flat(
      readPdf(await print(statement({ standings: [], lines: [], moves: [], lastRecordedAt: null }))),
    );
    for (const said of ['没有生效的学时学分办法', '这一天没有任务。', '还没有计入。', '还没有记录。'])
      expect(text).toContain(said);
  });

  it('of whoever is retired gives the figures of the last day of service, and says that nothing is asked since', async () => {
    const [standing] = statement().standings;
    const targets = [
      sampleTarget({
        state: 'open',
        reading: 'behind',
        alternatives: [[sampleLeaf('days', zh('天'), 70_000, 120_000)]],
      }),
    ];
    const retired = statement({ servedUntil: '2026-11-17', standings: [{ ...standing!, targets }] });
    const text = flat(readPdf(await print(retired)));
    for (const said of [
      '在职情况已退休，自2026-11-18起没有任务；以下数字算到在职的最后一天2026-11-17',
      '退休时本期还没有结束，不再要求',
      '7/12天',
    ])
      expect(text).toContain(said);
    expect(text).not.toMatch(/落后|还差/);
  });

  it('in English is English where the data have English', async () => {
    const text = readPdf(await printPaper(statementPaper(statement(), 'en', LATER)))
      .join(' ')
      .replace(/\s+/g, ' ');
    for (const said of ['Statement of credits', 'Data bureau', 'present for 96 minutes', 'Page 2 / 2'])
      expect(text).toContain(said);
  });
});

describe('the same statement as a workbook', () => {
  const workbook = (value: Statement, now = LATER) => paperWorkbook(statementPaper(value, 'zh', now));
  const wallClock = (moment: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('of a past day is the same to the byte whenever it is made; of the running day it bears the moment', async () => {
    wallClock('2026-11-20T02:00:00Z');
    const first = await workbook(statement());
    wallClock('2026-11-20T02:00:07Z');
    expect(first.equals(await workbook(statement()))).toBe(true);
    wallClock('2027-06-01T02:00:00Z');
    expect(first.equals(await workbook(statement(), new Date('2027-06-01T02:00:00Z')))).toBe(true);
    expect(first.equals(await workbook(statement({ chain: { seq: 5, hash: HASH } })))).toBe(false);

    const coreOf = (file: Buffer) => Buffer.from(unzipSync(file)['docProps/core.xml']!).toString();
    expect(coreOf(first)).toContain('<dc:creator>干部教育联盟培训平台</dc:creator>');
    expect(coreOf(first).match(/2026-11-18T16:00:00Z/g)).toHaveLength(2);
    expect(coreOf(await workbook(statement(), new Date('2026-11-18T02:30:00Z')))).toContain(
      '2026-11-18T02:30:00Z',
    );
  });

  it('has the figures of the paper as numbers, and every sentence that is on it', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await workbook(statement())) as never);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      '学时学分单',
      '各项要求',
      '各项数字',
      '等次',
      '任务变动',
      '各部分小计',
      '超过上限没有计入的',
      '每一次的记录',
      '条文',
    ]);
    const rowsOf = (name: string): unknown[][] => {
      const rows: unknown[][] = [];
      book.getWorksheet(name)!.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
      return rows;
    };
    const [head, credit, refused] = rowsOf('每一次的记录') as [string[], unknown[], unknown[]];
    expect(credit[head.indexOf('学时')]).toBe(4);
    expect(credit[head.indexOf('天（计入）')]).toBe(0.5);
    expect(refused).toContain('没有计入：在场 96 分钟，不足 80%（第四条）');
    expect(rowsOf('各项数字').slice(1)).toEqual([
      ['年度集中培训', '2026', 7, '≥', 12, 5, '天'],
      ['年度集中培训', '2026', 92, '≥', 90, 0, '学时'],
    ]);
    const [, cap] = rowsOf('超过上限没有计入的');
    expect(cap?.slice(-3)).toEqual([0.5, '天', 1]);
    expect(rowsOf('学时学分单')).toContainEqual(['末条校验值', HASH]);
    expect(rowsOf('各项要求')[1]).toContain('达标（按学时）');
  });
});
