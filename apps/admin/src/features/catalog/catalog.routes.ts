import { createRoute } from '@tanstack/react-router';
import { catalogArea } from '../../shared/routes';
import { catalogSearch } from './catalog-search';
import { screen } from '../../shared/screen';

const catalogRoute = createRoute({
  getParentRoute: () => catalogArea,
  path: '/',
  validateSearch: catalogSearch,
  component: screen(() => import('./catalog-page'), 'CatalogPage'),
});

const courseRoute = createRoute({
  getParentRoute: () => catalogArea,
  path: '/courses/$courseId',
  component: screen(() => import('./course-page'), 'CoursePage'),
});

export const catalogRoutes = [catalogRoute, courseRoute] as const;
