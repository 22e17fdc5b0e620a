import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';

const trainingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/schedule',
  component: lazyRouteComponent(() => import('./schedule-page'), 'SchedulePage'),
});

export const trainingRoutes = [trainingRoute] as const;
