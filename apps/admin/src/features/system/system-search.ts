import { tabSearch } from '../../shared/tab-search';

/** Which part of the system page is open. */
export const systemTab = tabSearch('people', 'units', 'clients', 'jobs', 'audit');
