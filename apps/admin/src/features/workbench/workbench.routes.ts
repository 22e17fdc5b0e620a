import { createRoute } from '@tanstack/react-router';
import { workbenchArea } from '../../shared/routes';
import { screen } from '../../shared/screen';

const workbenchRoute = createRoute({
  getParentRoute: () => workbenchArea,
  path: '/',
  component: screen(() => import('./workbench-page'), 'WorkbenchPage'),
});

export const workbenchRoutes = [workbenchRoute] as const;
