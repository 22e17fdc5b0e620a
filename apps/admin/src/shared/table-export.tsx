import { PAGE_SIZE_LIMIT } from '@cadre/domain/core';
import type { AppColumn, TableExport } from '@cadre/ui/admin';
import { isValidElement, type ReactNode } from 'react';
import { download, save } from './download';
import { Failed } from './failure';

const failed: TableExport['failed'] = (error, retry) => <Failed error={error} action={retry} />;

/** The export of a table as a file of the server; `addressOf` says which, given the columns that are seen. */
export const fileExport = (addressOf: (columnKeys: readonly string[]) => string): TableExport => ({
  run: (columnKeys) => download(addressOf(columnKeys)),
  failed,
});

/** Reads one page of what a list shows now. */
export type ReadPage<Row> = (request: {
  readonly page: number;
  readonly pageSize: number;
}) => Promise<{ readonly items: readonly Row[]; readonly total: number }>;

/** A row that moved to the next page while the pages were read stands there once. */
async function readAll<Row>(readPage: ReadPage<Row>, rowKey: (row: Row) => string): Promise<Row[]> {
  const rows = new Map<string, Row>();
  for (let page = 1, more = true; more; page += 1) {
    const { items, total } = await readPage({ page, pageSize: PAGE_SIZE_LIMIT });
    for (const row of items) rows.set(rowKey(row), row);
    more = items.length > 0 && page * PAGE_SIZE_LIMIT < total;
  }
  return [...rows.values()];
}

/** What a cell says: its words without what they are drawn with. */
function wordsOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(wordsOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? wordsOf(node.props.children) : '';
}

export interface ListExportOptions<Row> {
  /** Names the file and its sheet. */
  readonly name: string;
  readonly columns: readonly AppColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly readPage: ReadPage<Row>;
}

/**
 * The export of a list that only the screen can word: all of its pages, read as the screen reads them, in the columns
 * that are seen. A column without a title has buttons and is left out.
 */
export const listExport = <Row,>({
  name,
  columns,
  rowKey,
  readPage,
}: ListExportOptions<Row>): TableExport => ({
  run: async (columnKeys) => {
    const seen = columns.filter(({ key, title }) => title !== '' && columnKeys.includes(key));
    const [{ workbookOf }, rows] = await Promise.all([import('./workbook'), readAll(readPage, rowKey)]);
    const cellOf = (column: AppColumn<Row>, row: Row): string | number => {
      const cell = column.words ? column.words(row) : column.render(row);
      return typeof cell === 'number' ? cell : wordsOf(cell);
    };
    const book = await workbookOf({
      name,
      head: seen.map(({ title }) => title),
      rows: rows.map((row) => seen.map((column) => cellOf(column, row))),
    });
    save(new Blob([book], { type: XLSX }), `${name}.xlsx`);
  },
  failed,
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
