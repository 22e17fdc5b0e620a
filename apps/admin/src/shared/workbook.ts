import { columnWidth, DAY_FORMAT, sheetCell, sheetName } from '@cadre/domain/core';
import ExcelJS from 'exceljs';

/** A table as a workbook has it: words as words, figures as figures. */
export interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** One sheet whose bold head stays in sight and can be filtered by. */
export async function workbookOf({ name, head, rows }: Sheet): Promise<ArrayBuffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(sheetName(name), { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = head.map((header, index) => {
    const { width, wraps } = columnWidth(
      header,
      rows.map((row) => row[index] ?? ''),
    );
    return { header, width, style: { alignment: { vertical: 'top', wrapText: wraps } } };
  });
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).alignment = { vertical: 'top', wrapText: true };
  for (const row of rows)
    sheet.addRow(row.map(sheetCell)).eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = DAY_FORMAT;
    });
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: head.length } };
  return book.xlsx.writeBuffer();
}
