import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { networkSearch } from './network-search';
import { screen } from '../../shared/screen';

const basesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses/bases',
  validateSearch: networkSearch,
  component: screen(() => import('./bases-page'), 'BasesPage'),
});

const baseRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses/bases/$baseId',
  component: screen(() => import('./base-page'), 'BasePage'),
});

export const networkRoutes = [basesRoute, baseRoute] as const;
