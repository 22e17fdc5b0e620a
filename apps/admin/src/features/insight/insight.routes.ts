import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insightArea } from '../../shared/routes';

const insightRoute = createRoute({
  getParentRoute: () => insightArea,
  path: '/',
  component: lazyRouteComponent(() => import('./insight-page'), 'InsightPage'),
});

export const insightRoutes = [insightRoute] as const;
