import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { enrollmentArea } from '../../shared/routes';

const enrollmentRoute = createRoute({
  getParentRoute: () => enrollmentArea,
  path: '/',
  component: lazyRouteComponent(() => import('./enrollment-page'), 'EnrollmentPage'),
});

export const enrollmentRoutes = [enrollmentRoute] as const;
