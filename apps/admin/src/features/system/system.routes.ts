import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { systemArea } from '../../shared/routes';

const systemRoute = createRoute({
  getParentRoute: () => systemArea,
  path: '/',
  component: lazyRouteComponent(() => import('./system-page'), 'SystemPage'),
});

export const systemRoutes = [systemRoute] as const;
