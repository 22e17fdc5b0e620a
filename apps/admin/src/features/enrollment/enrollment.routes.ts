import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { enrollmentArea } from '../../shared/routes';

const enrollmentRoute = createRoute({
  getParentRoute: () => enrollmentArea,
  path: '/',
  component: lazyRouteComponent(() => import('./enrollment-page'), 'EnrollmentPage'),
});

const rosterRoute = createRoute({
  getParentRoute: () => enrollmentArea,
  path: '/classes/$classId',
  component: lazyRouteComponent(() => import('./roster-page'), 'RosterPage'),
});

export const enrollmentRoutes = [enrollmentRoute, rosterRoute] as const;
