import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { trainingArea } from '../../shared/routes';

const trainingRoute = createRoute({
  getParentRoute: () => trainingArea,
  path: '/',
  component: lazyRouteComponent(() => import('./training-page'), 'TrainingPage'),
});

export const trainingRoutes = [trainingRoute] as const;
