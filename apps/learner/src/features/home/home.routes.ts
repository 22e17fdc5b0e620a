import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: screen(() => import('./home-page'), 'HomePage'),
});

export const homeRoutes = [homeRoute] as const;
