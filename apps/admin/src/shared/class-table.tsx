import { useAppClient } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import type { ClassRow, ClassStatus } from '@cadre/domain/training';
import { EmptyState, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import { classTableWords } from './class-table.words';
import { QueryTable } from './query-table';

export interface ClassTableProps {
  readonly name: string;
  readonly label: string;
  /** Only classes in this status; null shows all. */
  readonly status: ClassStatus | null;
  /** Columns after those that every list of classes has. */
  readonly more: readonly AppColumn<ClassRow>[];
  readonly onOpen: (row: ClassRow) => void;
  /** Filters beside the search; whoever changes one goes back to the first page. */
  readonly filters?: (toFirstPage: () => void) => ReactNode;
  readonly icon: NonNullable<ComponentProps<typeof EmptyState>['icon']>;
  /** What is said when there is no class, and when none fits search and filter. */
  readonly empty: { readonly nothing: string; readonly none: string };
  readonly isFiltered: boolean;
}

/** Classes with their seats, kept up to date while one looks. */
export function ClassTable(props: ClassTableProps) {
  const { name, label, status, more, onOpen, filters, icon, empty, isFiltered } = props;
  const say = classTableWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const [state, setState] = useTableState();
  useFollow({ kind: 'network' });
  const asked = { search: state.search, status };
  const query = useQuery({
    ...api.training.listClasses.queryOptions({ ...asked, page: state.page, pageSize: state.pageSize }),
    placeholderData: keepPreviousData,
    meta: { live: ['class:changed', 'session:changed'] },
  });
  const columns: AppColumn<ClassRow>[] = [
    { key: 'title', title: say('name'), width: 240, render: (row) => row.title },
    { key: 'no', title: say('no'), width: 110, render: (row) => row.classNo },
    { key: 'base', title: say('base'), width: 200, render: (row) => format.text(row.baseName) },
    {
      key: 'dates',
      title: say('dates'),
      width: 140,
      render: (row) => (row.startsAt && row.endsAt ? format.days(row.startsAt, row.endsAt) : ''),
    },
    {
      key: 'seats',
      title: say('seats'),
      figure: true,
      width: 110,
      render: (row) => `${row.seatsTaken} / ${row.capacity}`,
    },
    { key: 'waiting', title: say('waiting'), figure: true, width: 80, render: (row) => row.waiting },
    ...more,
  ];
  return (
    <QueryTable
      name={name}
      label={label}
      query={query}
      readPage={(page) => calls.training.listClasses.query({ ...asked, ...page })}
      columns={columns}
      rowKey={(row) => row.id}
      state={state}
      onState={setState}
      onOpen={onOpen}
      filters={filters?.(() => setState({ ...state, page: 1 }))}
      empty={
        <EmptyState icon={icon} title={state.search === '' && !isFiltered ? empty.nothing : empty.none} />
      }
    />
  );
}
