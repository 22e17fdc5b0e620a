import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { workbookOf } from './workbook';

const SHEET = {
  name: '审计/2026',
  head: ['时间', '人数'],
  rows: [
    ['“A & B” <甲>\u0007', 12],
    ['=1+1', 0.5],
  ],
};
const partsOf = (book: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(book)).map(([path, bytes]) => [path, strFromU8(bytes)]));

it('writes words as words, never as formulas, and figures as figures', () => {
  const { 'xl/worksheets/sheet1.xml': sheet, 'xl/workbook.xml': book } = partsOf(workbookOf(SHEET));
  const page = new DOMParser().parseFromString(sheet!, 'application/xml');
  const cells = [...page.querySelectorAll('c')].map((cell) => [cell.getAttribute('t'), cell.textContent]);
  expect(cells).toEqual([
    ['inlineStr', '时间'],
    ['inlineStr', '人数'],
    ['inlineStr', '“A & B” <甲>'],
    [null, '12'],
    ['inlineStr', '=1+1'],
    [null, '0.5'],
  ]);
  expect(sheet).toContain('<autoFilter ref="A1:B3"/>');
  expect(book).toContain('name="审计 2026"');
});

it('gives the same bytes for the same sheet', () => {
  expect(workbookOf(SHEET)).toEqual(workbookOf(SHEET));
});
