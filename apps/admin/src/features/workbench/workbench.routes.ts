import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workbenchArea } from '../../shared/routes';

const workbenchRoute = createRoute({
  getParentRoute: () => workbenchArea,
  path: '/',
  component: lazyRouteComponent(() => import('./workbench-page'), 'WorkbenchPage'),
});

export const workbenchRoutes = [workbenchRoute] as const;
