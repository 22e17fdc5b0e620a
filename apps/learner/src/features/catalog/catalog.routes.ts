import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { catalogSearch } from './catalog-search';

const coursesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses',
  validateSearch: catalogSearch,
  component: lazyRouteComponent(() => import('./courses-page'), 'CoursesPage'),
});

const courseRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses/$courseId',
  component: lazyRouteComponent(() => import('./course-page'), 'CoursePage'),
});

export const catalogRoutes = [coursesRoute, courseRoute] as const;
