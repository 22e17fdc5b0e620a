import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { trainingArea } from '../../shared/routes';
import { weekSearch } from './week-search';

const timetableRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/',
  validateSearch: weekSearch,
  component: lazyRouteComponent(() => import('./timetable-page'), 'TimetablePage'),
});

const classesRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/classes',
  component: lazyRouteComponent(() => import('./classes-page'), 'ClassesPage'),
});

const classRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/classes/$classId',
  component: lazyRouteComponent(() => import('./class-page'), 'ClassPage'),
});

export const trainingRoutes = [timetableRoute, classesRoute, classRoute] as const;
