import type { AssessmentRow, AssessmentYear } from '@cadre/domain/assessment';
import type { ProgressRow, TargetStanding } from '@cadre/domain/ledger';
import type { PreviewFlip } from '@cadre/domain/regulation';
import { sampleLeaf, sampleTarget } from '@cadre/domain/testing';
import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import type { Paper } from './paper';
import { assessmentWorkbook, paperWorkbook, previewWorkbook, progressWorkbook } from './workbooks';

const target = (zh: string, changes: Partial<TargetStanding>): TargetStanding =>
  sampleTarget({ target: zh, name: { zh, en: '' }, ...changes });

const person = (personNo: string, targets: TargetStanding[]): ProgressRow => ({
  personId: personNo,
  personNo,
  name: '林海燕',
  unitId: 'unit',
  unit: { zh: '大陈镇', en: '' },
  targets,
  reading: 'behind',
  flags: [],
});

const behind = target('年度集中培训', {
  alternatives: [
    [sampleLeaf('days', { zh: '天', en: 'days' }, 65_000, 120_000)],
    [sampleLeaf('hours', { zh: '学时', en: 'class hours' }, 520_000, 900_000)],
  ],
  least: [
    [{ leaf: 'days', measure: 'days', amount: 55_000 }],
    [{ leaf: 'hours', measure: 'hours', amount: 380_000 }],
  ],
});
const met = target('年度网络自学', {
  state: 'met',
  reading: 'met',
  met: true,
  alternatives: [[sampleLeaf('online-hours', { zh: '网络学时', en: '' }, 590_000, 500_000)]],
});
const exempt = target('年度集中培训', {
  state: 'exempt',
  reading: 'exempt',
  met: true,
  alternatives: [[sampleLeaf('days', { zh: '天', en: 'days' }, 80_000, 0)]],
});

it('the table of who is behind says what is missing, and every figure in its unit', async () => {
  const rows = [person('TZ00001', [behind, met]), person('TZ00002', [met]), person('TZ00003', [exempt])];
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await progressWorkbook('2026-11-19', rows, 'zh', new Date(0))) as never);
  const [sheet] = book.worksheets;
  const read: unknown[][] = [];
  sheet?.eachRow((row) => read.push((row.values as unknown[]).slice(1)));
  const [head = [], first = [], second = [], third = []] = read;
  const at = (row: unknown[], column: string): unknown => row[head.indexOf(column)];
  expect(at(first, '还差')).toBe('年度集中培训：5.5 天 或 38 学时');
  const of = (row: unknown[], target: string, amount: string): unknown[] =>
    ['已有', '要求'].map((word) => at(row, `${target} ${amount} ${word}`));
  expect(of(first, '年度集中培训', '天')).toEqual([6.5, 12]);
  expect(of(first, '年度集中培训', '学时')).toEqual([52, 90]);
  expect(of(first, '年度网络自学', '网络学时')).toEqual([59, 50]);
  expect(at(second, '还差')).toBe('');
  expect(of(second, '年度集中培训', '天')).toEqual(['', '']);
  expect(of(third, '年度集中培训', '天')).toEqual([8, '']);
  expect(at(third, '年度集中培训 结果')).toBe('免');
});

it('what no study closes any more is said to be out of reach', async () => {
  const shut = { ...behind, least: [[], []] };
  const book = new ExcelJS.Workbook();
  const rows = [person('TZ00001', [shut])];
  await book.xlsx.load((await progressWorkbook('2026-11-19', rows, 'zh', new Date(0))) as never);
  expect(book.worksheets[0]?.getRow(2).getCell(5).value).toBe('年度集中培训：再学也达不到');
});

it('the assessment officer counts with the figures: numbers are numbers, whichever side of them is asked', async () => {
  const amount = (zh: string, limit: 'at-least' | 'at-most', earned: number, required: number) => ({
    measure: 'm',
    name: { zh, en: '' },
    limit,
    required,
    earned,
    met: true,
  });
  const row = {
    personNo: 'TZ00001',
    name: '林海燕',
    unit: { zh: '大陈镇', en: '' },
    reading: 'met',
    statement: null,
    targets: [
      {
        name: { zh: '年度集中培训', en: '' },
        makesUp: null,
        alternatives: [
          [amount('学时', 'at-least', 922_500, 900_000), amount('缺课', 'at-most', 10_000, 20_000)],
        ],
        reading: 'met',
        reasons: [],
        regulation: { id: 'demo', version: 2 },
        regulationTitle: { zh: '学时管理办法', en: '' },
        clause: '第九条',
      },
    ],
  } as unknown as AssessmentRow;
  const book = new ExcelJS.Workbook();
  const year = { name: '2026 年度考核' } as AssessmentYear;
  await book.xlsx.load((await assessmentWorkbook(year, [row], 'zh', new Date(0))) as never);
  const [head = [], first = []] = [1, 2].map((number) =>
    (book.worksheets[0]?.getRow(number).values as unknown[]).slice(1),
  );
  const at = (column: string): unknown => first[head.indexOf(`年度集中培训 ${column}`)];
  expect(['学时 已有', '学时 要求', '缺课 已有', '缺课 不超过', '结果', '依据'].map(at)).toEqual([
    92.25,
    90,
    1,
    2,
    '达标',
    '《学时管理办法》第 2 版第九条',
  ]);
});

async function sheetOf(made: Promise<Buffer>): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await made) as never);
  return book.worksheets[0]!;
}
const rowOf = (sheet: ExcelJS.Worksheet, number: number): unknown[] =>
  (sheet.getRow(number).values as unknown[]).slice(1);

it('whoever reads English gets English heads, states and sentences, and the same numbers', async () => {
  const named = {
    ...behind,
    name: { zh: '年度集中培训', en: 'Concentrated training, year' },
  };
  const rows = [{ ...person('TZ00001', [named]), unit: { zh: '大陈镇', en: 'Dachen Town' } }];
  const sheet = await sheetOf(progressWorkbook('2026-11-19', rows, 'en', new Date(0)));
  expect(sheet.name).toBe('As of 2026-11-19');
  const target = 'Concentrated training, year';
  expect(rowOf(sheet, 1)).toEqual([
    ...['Person no.', 'Name', 'Unit', 'Result', 'Still missing'],
    ...['days earned', 'days required', 'class hours earned', 'class hours required', 'Result'].map(
      (head) => `${target} ${head}`,
    ),
    'Notes',
  ]);
  expect(rowOf(sheet, 2)).toEqual([
    ...['TZ00001', '林海燕', 'Dachen Town', 'Behind', `${target}: 5.5 days or 38 class hours`],
    ...[6.5, 12, 52, 90, 'Behind', ''],
  ]);
});

it('a preview says in English what changes, in the columns of the screen', async () => {
  const side = (state: 'open' | 'met', required: number) => ({
    state,
    cycle: { from: '2026-01-01', to: '2026-12-31' },
    alternatives: [[{ name: '天', limit: 'at-least' as const, required, earned: 85_000 }]],
  });
  const flip = {
    personNo: 'TZ00001',
    name: '林海燕',
    unit: { zh: '大陈镇', en: 'Dachen Town' },
    targetName: '年度任务',
    change: 'gains',
    before: side('open', 120_000),
    after: side('met', 60_000),
    reasons: [{ clause: '第九条', says: { zh: '要求由 12 天改为 6 天', en: '6 days instead of 12' } }],
  } as unknown as PreviewFlip;
  const run = {
    cycle: { from: '2026-01-01', to: '2026-11-18' },
    english: { 天: 'days', 年度任务: 'Yearly' },
  };
  const columns = ['name', 'target', 'change', 'before', 'after', 'reason'];
  const sheet = await sheetOf(previewWorkbook(run, [flip], columns, 'en', new Date(0)));
  expect(sheet.name).toBe('2026-01-01 to 2026-11-18');
  expect(rowOf(sheet, 1)).toEqual([
    ...['Name', 'Target', 'Change'],
    ...['Before', 'Before days earned', 'Before days required'],
    ...['', ' days earned', ' days required'].map((head) => `Under the new version${head}`),
    'Reasons',
  ]);
  expect(rowOf(sheet, 2)).toEqual([
    ...['林海燕', 'Yearly', 'Now met'],
    ...['Behind 8.5/12 days', 8.5, 12],
    ...['Met 8.5/6 days', 8.5, 6],
    '6 days instead of 12 (第九条)',
  ]);
  const back = { ...flip, change: 'loses' as const, before: flip.after, after: flip.before };
  const inChinese = await sheetOf(previewWorkbook(run, [flip, back], ['change'], 'zh', new Date(0)));
  expect([rowOf(inChinese, 2), rowOf(inChinese, 3)]).toEqual([
    ['由尚未达标变为达标'],
    ['由达标变为尚未达标'],
  ]);
});

it('a column is as wide as what stands in it, what is longer goes on below, and a print repeats the head', async () => {
  const long = '这一条说明很长，'.repeat(20);
  const sheet = await sheetOf(
    paperWorkbook({
      title: '学时/学分单：2026?',
      facts: [
        ['姓名', '林海燕'],
        ['适用办法', long],
      ],
      tables: [],
      notes: [],
      createdAt: new Date(0),
    } as unknown as Paper),
  );
  expect(sheet.name).toBe('学时 学分单：2026 ');
  expect(sheet.getColumn(1).width).toBe(22);
  expect(sheet.getColumn(2).width).toBe(60);
  expect(sheet.getCell(3, 2).alignment).toMatchObject({ wrapText: true, vertical: 'top' });
  const missing = '年度集中培训：5.5 天 或 38 学时';
  const table = await sheetOf(
    progressWorkbook('2026-11-19', [person('TZ00001', [behind])], 'zh', new Date(0)),
  );
  expect(table.getCell(2, 5).value).toBe(missing);
  expect(table.getCell(1, 6).value).toBe('年度集中培训 天 已有');
  expect(table.getCell(1, 6).alignment).toMatchObject({ wrapText: true });
  expect(table.getColumn(5).width).toBeGreaterThanOrEqual(missing.length + 11);
  expect(table.pageSetup).toMatchObject({
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  });
});
