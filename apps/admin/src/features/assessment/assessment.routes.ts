import { createRoute } from '@tanstack/react-router';
import { assessmentArea } from '../../shared/routes';
import { screen } from '../../shared/screen';

const assessmentRoute = createRoute({
  getParentRoute: () => assessmentArea,
  path: '/',
  component: screen(() => import('./assessment-page'), 'AssessmentPage'),
});

export const assessmentRoutes = [assessmentRoute] as const;
