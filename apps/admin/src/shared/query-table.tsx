import { AppTable, type AppTableProps } from '@cadre/ui/admin';
import type { UseQueryResult } from '@tanstack/react-query';
import { QueryView } from './failure';

type OfQuery = 'rows' | 'total' | 'loading';

export interface QueryTableProps<Row> extends Omit<AppTableProps<Row>, OfQuery> {
  readonly query: UseQueryResult<{ readonly items: readonly Row[]; readonly total: number }, unknown>;
  /** How many grey rows stand in while it loads for the first time. */
  readonly waitingRows?: number;
}

/** A page of rows as a table, with the states of the query that reads it. */
export function QueryTable<Row extends object>({ query, waitingRows = 6, ...table }: QueryTableProps<Row>) {
  return (
    <QueryView query={query} rows={waitingRows}>
      {({ items, total }) => <AppTable {...table} rows={items} total={total} loading={query.isFetching} />}
    </QueryView>
  );
}
