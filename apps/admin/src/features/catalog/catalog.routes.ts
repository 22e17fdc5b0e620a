import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { catalogArea } from '../../shared/routes';
import { catalogSearch } from './catalog-search';

const catalogRoute = createRoute({
  getParentRoute: () => catalogArea,
  path: '/',
  validateSearch: catalogSearch,
  component: lazyRouteComponent(() => import('./catalog-page'), 'CatalogPage'),
});

const courseRoute = createRoute({
  getParentRoute: () => catalogArea,
  path: '/courses/$courseId',
  component: lazyRouteComponent(() => import('./course-page'), 'CoursePage'),
});

export const catalogRoutes = [catalogRoute, courseRoute] as const;
