import { useAppClient } from '@cadre/client/api';
import { peopleSort, type PersonRow } from '@cadre/domain/identity';
import { EmptyState, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import { askedSort } from './asked-sort';
import { peopleTableWords } from './people-table.words';
import { QueryTable } from './query-table';

export interface PeopleTableProps {
  readonly name: string;
  /** Columns after those that every list of people has. */
  readonly more?: readonly AppColumn<PersonRow>[];
  readonly onOpen: (row: PersonRow) => void;
  /** What stands beside the search. */
  readonly filters?: ReactNode;
  readonly icon: NonNullable<ComponentProps<typeof EmptyState>['icon']>;
}

/** The people whom one may read of, found by name, pinyin or number. */
export function PeopleTable({ name, more = [], onOpen, filters, icon }: PeopleTableProps) {
  const say = peopleTableWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const [state, setState] = useTableState();
  const sort = askedSort(peopleSort, state);
  const asked = { search: state.search, unitId: null, ...(sort && { sort }) };
  const query = useQuery({
    ...api.directory.people.queryOptions({ ...asked, page: state.page, pageSize: state.pageSize }),
    placeholderData: keepPreviousData,
  });
  const columns: AppColumn<PersonRow>[] = [
    { key: 'name', title: say('name'), width: 150, sortable: true, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 120, sortable: true, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 220, sortable: true, render: (row) => format.text(row.unit) },
    {
      key: 'rank',
      title: say('rank'),
      width: 180,
      sortable: true,
      render: (row) => (row.rank ? format.text(row.rank) : ''),
    },
    ...more,
  ];
  return (
    <QueryTable
      name={name}
      label={say('people')}
      query={query}
      readPage={(page) => calls.directory.people.query({ ...asked, ...page })}
      columns={columns}
      rowKey={(row) => row.id}
      state={state}
      onState={setState}
      onOpen={onOpen}
      filters={filters}
      empty={<EmptyState icon={icon} title={say('none')} />}
    />
  );
}
