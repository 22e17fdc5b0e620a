import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** The day whose statement is shown; a record that is opened from it leads back to the same day. */
const asOfSearch = ({ asOf }: Record<string, unknown>): { asOf?: string } =>
  typeof asOf === 'string' && day.test(asOf) ? { asOf } : {};

const creditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credits',
  validateSearch: asOfSearch,
  component: screen(() => import('./credits-page'), 'CreditsPage'),
});

const whyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credits/$settlementId',
  validateSearch: asOfSearch,
  component: screen(() => import('./why-page'), 'WhyPage'),
});

export const creditRoutes = [creditRoute, whyRoute] as const;
