import type { ProgressRow, TargetStanding } from '@cadre/domain/ledger';
import { sampleLeaf, sampleTarget } from '@cadre/domain/testing';
import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { progressWorkbook } from './workbooks';

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
  await book.xlsx.load((await progressWorkbook('2026-11-19', rows, new Date(0))) as never);
  const [sheet] = book.worksheets;
  const read: unknown[][] = [];
  sheet?.eachRow((row) => read.push((row.values as unknown[]).slice(1)));
  const [head = [], first = [], second = [], third = []] = read;
  const at = (row: unknown[], column: string): unknown => row[head.indexOf(column)];
  expect(at(first, '还差')).toBe('年度集中培训：5.5 天 或 38 学时');
  expect(at(first, '年度集中培训 已有/要求')).toBe('6.5/12 天 或 52/90 学时');
  expect(at(first, '年度网络自学 已有/要求')).toBe('59/50 网络学时');
  expect(at(second, '还差')).toBe('');
  expect(at(third, '年度集中培训 已有/要求')).toBe('8 天');
});
