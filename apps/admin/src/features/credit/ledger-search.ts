import { tabSearch } from '../../shared/tab-search';

/** Which part of the ledger's page is open. */
export const ledgerTab = tabSearch('roots', 'verify', 'recompute', 'keys');
