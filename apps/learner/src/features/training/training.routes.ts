import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';

const scheduleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/schedule',
  component: lazyRouteComponent(() => import('./schedule-page'), 'SchedulePage'),
});

export const trainingRoutes = [scheduleRoute] as const;
