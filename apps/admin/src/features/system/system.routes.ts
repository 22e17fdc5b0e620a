import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { systemArea } from '../../shared/routes';
import { systemTab } from './system-search';

const systemRoute = createRoute({
  getParentRoute: () => systemArea,
  path: '/',
  validateSearch: systemTab,
  component: lazyRouteComponent(() => import('./system-page'), 'SystemPage'),
});

export const systemRoutes = [systemRoute] as const;
