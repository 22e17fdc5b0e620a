import { createRoute } from '@tanstack/react-router';
import { trainingArea } from '../../shared/routes';
import { weekSearch } from './week-search';
import { screen } from '../../shared/screen';

const timetableRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/',
  validateSearch: weekSearch,
  component: screen(() => import('./timetable-page'), 'TimetablePage'),
});

const classesRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/classes',
  component: screen(() => import('./classes-page'), 'ClassesPage'),
});

const classRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/classes/$classId',
  component: screen(() => import('./class-page'), 'ClassPage'),
});

export const trainingRoutes = [timetableRoute, classesRoute, classRoute] as const;
