import { AppTable, type AppTableProps } from '@cadre/ui/admin';
import type { UseQueryResult } from '@tanstack/react-query';
import { QueryView } from './failure';
import { listExport, type ReadPage } from './table-export';

type OfQuery = 'rows' | 'total' | 'loading' | 'exports';

export interface QueryTableProps<Row> extends Omit<AppTableProps<Row>, OfQuery> {
  readonly query: UseQueryResult<{ readonly items: readonly Row[]; readonly total: number }, unknown>;
  /** Reads any page of what `query` shows, in its search, filters and order: for the export. */
  readonly readPage: ReadPage<Row>;
  /** How many grey rows stand in while it loads for the first time. */
  readonly waitingRows?: number;
}

/** A page of rows as a table, with the states of the query that reads it and the export of all its pages. */
export function QueryTable<Row extends object>(props: QueryTableProps<Row>) {
  const { query, readPage, waitingRows = 6, ...table } = props;
  const { label: name, columns, rowKey } = table;
  return (
    <QueryView query={query} rows={waitingRows}>
      {({ items, total }) => (
        <AppTable
          {...table}
          rows={items}
          total={total}
          loading={query.isFetching}
          exports={listExport({ name, columns, rowKey, readPage })}
        />
      )}
    </QueryView>
  );
}
