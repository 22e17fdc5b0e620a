import { createRoute } from '@tanstack/react-router';
import { insightArea } from '../../shared/routes';
import { screen } from '../../shared/screen';

const insightRoute = createRoute({
  getParentRoute: () => insightArea,
  path: '/',
  component: screen(() => import('./insight-page'), 'InsightPage'),
});

export const insightRoutes = [insightRoute] as const;
