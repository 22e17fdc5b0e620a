import ExcelJS from 'exceljs';

/** A table as a workbook has it: words as words, figures as figures. */
export interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What Excel takes at most, in characters. */
const LIMITS = { cell: 32_767, name: 31 } as const;

const cellOf = (value: string | number): string | number =>
  typeof value === 'number' ? value : value.slice(0, LIMITS.cell);

/** One sheet whose bold head stays in sight and can be filtered by. */
export async function workbookOf({ name, head, rows }: Sheet): Promise<ArrayBuffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, LIMITS.name), {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = head.map((header) => ({ header, width: Math.min(40, Math.max(10, header.length * 2.4)) }));
  sheet.getRow(1).font = { bold: true };
  sheet.addRows(rows.map((row) => row.map(cellOf)));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: head.length } };
  return book.xlsx.writeBuffer();
}
