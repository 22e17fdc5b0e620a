import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { networkSearch } from './network-search';

const basesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses/bases',
  validateSearch: networkSearch,
  component: lazyRouteComponent(() => import('./bases-page'), 'BasesPage'),
});

const baseRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses/bases/$baseId',
  component: lazyRouteComponent(() => import('./base-page'), 'BasePage'),
});

export const networkRoutes = [basesRoute, baseRoute] as const;
