import { useState } from 'react';

/** How a table is asked for; all of it goes to the server. */
export interface TableState {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly search: string;
  readonly sort: TableSort | null;
}

export interface TableSort {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

export const firstPage: TableState = { page: 1, pageSize: 50, search: '', sort: null };

/**
 * Keeps the state of a table in the component. Where the address should carry it, keep it in the search parameters of
 * the route instead and hand it over in the same shape.
 */
export function useTableState(start: Partial<TableState> = {}) {
  return useState<TableState>({ ...firstPage, ...start });
}

/** Another question starts at its first page. */
export function asksAnew(state: TableState, change: Partial<TableState>): TableState {
  return { ...state, page: 1, ...change };
}
