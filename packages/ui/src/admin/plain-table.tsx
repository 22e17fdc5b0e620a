import { Table, type TableColumnType } from 'antd';
import type { ReactNode } from 'react';
import type { AppColumn } from './app-table';
import { cellOf } from './table-cards';

export interface PlainTableProps<Row> {
  /** Said to those who do not see it. */
  readonly label: string;
  /** The first column names the row. */
  readonly columns: readonly Pick<AppColumn<Row>, 'key' | 'title' | 'render' | 'width' | 'figure'>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Shown when there is no row. */
  readonly empty: ReactNode;
}

/** Rows that lie on a page as they are: nothing to search, sort or choose. On a phone each is a card. */
export function PlainTable<Row extends object>({
  label,
  columns,
  rows,
  rowKey,
  empty,
}: PlainTableProps<Row>) {
  return (
    <Table<Row>
      aria-label={label}
      className="row-cards"
      size="small"
      rowKey={rowKey}
      dataSource={rows}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: empty }}
      columns={columns.map(({ key, title, render, width, figure }, index): TableColumnType<Row> => ({
        key,
        title,
        render: (_value, row) => render(row),
        onCell: () => cellOf(title),
        ...(width === undefined ? {} : { width }),
        ...(figure ? { align: 'right' as const } : {}),
        ...(index === 0 ? { rowScope: 'row' as const } : {}),
      }))}
    />
  );
}
