import { createRoute } from '@tanstack/react-router';
import { enrollmentArea } from '../../shared/routes';
import { screen } from '../../shared/screen';

const enrollmentRoute = createRoute({
  getParentRoute: () => enrollmentArea,
  path: '/',
  component: screen(() => import('./enrollment-page'), 'EnrollmentPage'),
});

const rosterRoute = createRoute({
  getParentRoute: () => enrollmentArea,
  path: '/classes/$classId',
  component: screen(() => import('./roster-page'), 'RosterPage'),
});

export const enrollmentRoutes = [enrollmentRoute, rosterRoute] as const;
