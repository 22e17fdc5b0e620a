import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';

const catalogRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses',
  component: lazyRouteComponent(() => import('./courses-page'), 'CoursesPage'),
});

export const catalogRoutes = [catalogRoute] as const;
