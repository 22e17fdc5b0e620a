import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

const day = /^\d{4}-\d{2}-\d{2}$/;

const creditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credits',
  validateSearch: (search: Record<string, unknown>): { asOf?: string } =>
    typeof search['asOf'] === 'string' && day.test(search['asOf']) ? { asOf: search['asOf'] } : {},
  component: screen(() => import('./credits-page'), 'CreditsPage'),
});

const whyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credits/$settlementId',
  component: screen(() => import('./why-page'), 'WhyPage'),
});

export const creditRoutes = [creditRoute, whyRoute] as const;
