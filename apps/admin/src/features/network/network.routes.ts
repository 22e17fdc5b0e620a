import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { networkArea } from '../../shared/routes';
import { baseTab, networkSearch } from './network-search';

const networkRoute = createRoute({
  getParentRoute: () => networkArea,
  path: '/',
  validateSearch: networkSearch,
  component: lazyRouteComponent(() => import('./network-page'), 'NetworkPage'),
});

const baseRoute = createRoute({
  getParentRoute: () => networkArea,
  path: '/$baseId',
  validateSearch: baseTab,
  component: lazyRouteComponent(() => import('./base-page'), 'BasePage'),
});

export const networkRoutes = [networkRoute, baseRoute] as const;
