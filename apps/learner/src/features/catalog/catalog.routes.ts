import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { catalogSearch } from './catalog-search';
import { screen } from '../../shared/screen';

const coursesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses',
  validateSearch: catalogSearch,
  component: screen(() => import('./courses-page'), 'CoursesPage'),
});

const courseRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/courses/$courseId',
  component: screen(() => import('./course-page'), 'CoursePage'),
});

export const catalogRoutes = [coursesRoute, courseRoute] as const;
