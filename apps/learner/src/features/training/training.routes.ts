import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

const scheduleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/schedule',
  component: screen(() => import('./schedule-page'), 'SchedulePage'),
});

export const trainingRoutes = [scheduleRoute] as const;
