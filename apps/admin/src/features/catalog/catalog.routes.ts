import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { catalogArea } from '../../shared/routes';

const catalogRoute = createRoute({
  getParentRoute: () => catalogArea,
  path: '/',
  component: lazyRouteComponent(() => import('./catalog-page'), 'CatalogPage'),
});

export const catalogRoutes = [catalogRoute] as const;
