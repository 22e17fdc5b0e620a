import { createRoute } from '@tanstack/react-router';
import { systemArea } from '../../shared/routes';
import { systemTab } from './system-search';
import { screen } from '../../shared/screen';

const systemRoute = createRoute({
  getParentRoute: () => systemArea,
  path: '/',
  validateSearch: systemTab,
  component: screen(() => import('./system-page'), 'SystemPage'),
});

export const systemRoutes = [systemRoute] as const;
