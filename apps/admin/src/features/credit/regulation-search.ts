import { tabSearch } from '../../shared/tab-search';

/** Which part of a regulation's page is open. */
export const regulationTab = tabSearch('clauses', 'examples', 'preview', 'text');
