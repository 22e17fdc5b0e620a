import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { workbookOf } from './workbook';

it('writes words as words, never as formulas, figures as figures and days as days', async () => {
  const bytes = await workbookOf({
    name: '审计/2026',
    head: ['时间', '人数'],
    rows: [
      ['“A & B” <甲>\u0007', 12],
      ['=1+1', 0.5],
      ['2026-03-01', 1],
    ],
  });
  const book = await new ExcelJS.Workbook().xlsx.load(bytes);
  const sheet = book.getWorksheet('审计 2026')!;
  const values = [1, 2, 3, 4].map((row) => (sheet.getRow(row).values as unknown[]).slice(1));
  expect(values).toEqual([
    ['时间', '人数'],
    ['“A & B” <甲>', 12],
    ['=1+1', 0.5],
    [new Date('2026-03-01T00:00:00Z'), 1],
  ]);
  expect(sheet.getCell('A4').numFmt).toBe('yyyy-mm-dd');
  expect(sheet.getCell('A3').type).toBe(ExcelJS.ValueType.String);
  expect(sheet.getColumn(1).width).toBe(15);
  expect(sheet.autoFilter).toBe('A1:B4');
  expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
});
