import type { EnrollmentState } from '@cadre/domain/enrollment';
import type { Page } from '@cadre/domain/core';
import { EmptyState, type AppColumn, type TableState } from '@cadre/ui/admin';
import type { UseQueryResult } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { QueryTable } from '../../shared/query-table';
import type { ReadPage } from '../../shared/table-export';
import { StateFilter } from './state-filter';

export interface EnrollmentTableProps<Row, Answer extends Page<Row>> {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly AppColumn<Row>[];
  readonly query: UseQueryResult<Answer, unknown>;
  readonly readPage: ReadPage<Row>;
  readonly state: TableState;
  readonly onState: (state: TableState) => void;
  /** The state of enrolment that is shown; null shows all. */
  readonly shown: EnrollmentState | null;
  readonly onShown: (shown: EnrollmentState | null) => void;
  /** What is said when there is nobody, and when nobody fits search and filter. */
  readonly empty: { readonly nobody: string; readonly none: string };
}

/** A table of enrolments, by class or by unit: search, the filter by state, and what is said when it is empty. */
export function EnrollmentTable<Row extends { readonly id: string }, Answer extends Page<Row>>({
  query,
  state,
  onState,
  shown,
  onShown,
  empty,
  ...table
}: EnrollmentTableProps<Row, Answer>) {
  return (
    <QueryTable
      {...table}
      query={query}
      rowKey={(row) => row.id}
      state={state}
      onState={onState}
      filters={
        <StateFilter
          value={shown}
          onChange={(next) => {
            onShown(next);
            onState({ ...state, page: 1 });
          }}
        />
      }
      empty={
        <EmptyState
          icon={UsersRound}
          title={state.search === '' && shown === null ? empty.nobody : empty.none}
        />
      }
    />
  );
}
