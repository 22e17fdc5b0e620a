import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { classSearch } from './class-search';
import { screen } from '../../shared/screen';

const classesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/classes',
  validateSearch: classSearch,
  component: screen(() => import('./classes-page'), 'ClassesPage'),
});

const classRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/classes/$classId',
  component: screen(() => import('./class-page'), 'ClassPage'),
});

export const enrollmentRoutes = [classesRoute, classRoute] as const;
