import { createRoute } from '@tanstack/react-router';
import { networkArea } from '../../shared/routes';
import { baseTab, networkSearch } from './network-search';
import { screen } from '../../shared/screen';

const networkRoute = createRoute({
  getParentRoute: () => networkArea,
  path: '/',
  validateSearch: networkSearch,
  component: screen(() => import('./network-page'), 'NetworkPage'),
});

const baseRoute = createRoute({
  getParentRoute: () => networkArea,
  path: '/$baseId',
  validateSearch: baseTab,
  component: screen(() => import('./base-page'), 'BasePage'),
});

export const networkRoutes = [networkRoute, baseRoute] as const;
