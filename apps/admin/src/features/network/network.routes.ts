import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { networkArea } from '../../shared/routes';

const networkRoute = createRoute({
  getParentRoute: () => networkArea,
  path: '/',
  component: lazyRouteComponent(() => import('./network-page'), 'NetworkPage'),
});

export const networkRoutes = [networkRoute] as const;
