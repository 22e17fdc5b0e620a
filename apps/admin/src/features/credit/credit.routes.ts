import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { creditArea } from '../../shared/routes';

const creditRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/',
  component: lazyRouteComponent(() => import('./credit-page'), 'CreditPage'),
});

const personRoute = createRoute({
  getParentRoute: () => creditArea,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('./person-page'), 'PersonPage'),
});

export const creditRoutes = [creditRoute, personRoute] as const;
