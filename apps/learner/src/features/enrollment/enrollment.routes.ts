import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { classSearch } from './class-search';

const classesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/classes',
  validateSearch: classSearch,
  component: lazyRouteComponent(() => import('./classes-page'), 'ClassesPage'),
});

const classRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/classes/$classId',
  component: lazyRouteComponent(() => import('./class-page'), 'ClassPage'),
});

export const enrollmentRoutes = [classesRoute, classRoute] as const;
