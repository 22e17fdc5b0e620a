import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { liveArea } from '../../shared/routes';

const liveRoute = createRoute({
  getParentRoute: () => liveArea,
  path: '/',
  component: lazyRouteComponent(() => import('./live-page'), 'LivePage'),
});

export const liveRoutes = [liveRoute] as const;
