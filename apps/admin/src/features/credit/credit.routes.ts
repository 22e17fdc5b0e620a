import { asOfSearch } from '@cadre/client/address';
import { createRoute } from '@tanstack/react-router';
import { creditArea } from '../../shared/routes';
import { ledgerTab } from './ledger-search';
import { regulationTab, versionNumber } from './regulation-search';
import { screen } from '../../shared/screen';

const creditRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/',
  component: screen(() => import('./credit-page'), 'CreditPage'),
});

const personRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/people/$personId',
  validateSearch: asOfSearch,
  component: screen(() => import('./person-page'), 'PersonPage'),
});

const regulationsRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/regulations',
  component: screen(() => import('./regulations-page'), 'RegulationsPage'),
});

const regulationRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/regulations/$code/$version',
  validateSearch: regulationTab,
  component: screen(() => import('./regulation-page'), 'RegulationPage'),
});

const compareRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/regulations/$code/compare',
  validateSearch: ({ left, right }: Record<string, unknown>) => ({
    left: versionNumber(left) ?? 1,
    right: versionNumber(right) ?? 1,
  }),
  component: screen(() => import('./regulation-compare-page'), 'RegulationComparePage'),
});

const draftRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/regulations/draft',
  validateSearch: ({
    code,
    version,
  }: Record<string, unknown>): { readonly code?: string; readonly version?: number } => {
    const number = versionNumber(version);
    return typeof code === 'string' && number !== undefined ? { code, version: number } : {};
  },
  component: screen(() => import('./regulation-draft-page'), 'RegulationDraftPage'),
});

const ledgerRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/ledger',
  validateSearch: ledgerTab,
  component: screen(() => import('./ledger-page'), 'LedgerPage'),
});

export const creditRoutes = [
  creditRoute,
  personRoute,
  regulationsRoute,
  regulationRoute,
  compareRoute,
  draftRoute,
  ledgerRoute,
] as const;
