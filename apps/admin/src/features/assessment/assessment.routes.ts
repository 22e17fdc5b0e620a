import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { assessmentArea } from '../../shared/routes';

const assessmentRoute = createRoute({
  getParentRoute: () => assessmentArea,
  path: '/',
  component: lazyRouteComponent(() => import('./assessment-page'), 'AssessmentPage'),
});

export const assessmentRoutes = [assessmentRoute] as const;
