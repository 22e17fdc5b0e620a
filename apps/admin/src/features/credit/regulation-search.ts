import { tabSearch } from '../../shared/tab-search';

/** Which part of a regulation's page is open. */
export const regulationTab = tabSearch('clauses', 'examples', 'preview', 'text');

/** The number of a version in an address; undefined where there can be no such version. */
export const versionNumber = (value: unknown): number | undefined =>
  Number.isInteger(Number(value)) && Number(value) >= 1 ? Number(value) : undefined;
