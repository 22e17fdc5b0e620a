import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';

const creditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credits',
  component: lazyRouteComponent(() => import('./credits-page'), 'CreditsPage'),
});

export const creditRoutes = [creditRoute] as const;
