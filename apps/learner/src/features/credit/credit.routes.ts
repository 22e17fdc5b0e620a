import { createRoute } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';
import { present, readDay } from '../../shared/search-params';

/** The day whose statement is shown, today where there is no such day; a record that is opened from it leads back to the same day. */
const asOfSearch = ({ asOf }: Record<string, unknown>): { asOf?: string } => present({ asOf: readDay(asOf) });

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
