import { asOfSearch } from '@cadre/client/address';
import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

/** The page of a day; a record that is opened from it leads back to the same day. */
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
