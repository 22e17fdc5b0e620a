import { createRouter, type RouterHistory } from '@tanstack/react-router';
import type { AppClient } from '@cadre/client/api';
import { catalogRoutes } from '../features/catalog/catalog.routes';
import { creditRoutes } from '../features/credit/credit.routes';
import { enrollmentRoutes } from '../features/enrollment/enrollment.routes';
import { homeRoutes } from '../features/home/home.routes';
import { identityRoutes, signInRoutes } from '../features/identity/identity.routes';
import { liveRoutes, scanRoutes } from '../features/live/live.routes';
import { networkRoutes } from '../features/network/network.routes';
import { trainingRoutes } from '../features/training/training.routes';
import { rootRoute, signedInRoute } from '../shared/routes';
import { ErrorScreen, PendingScreen } from './screens';
import { Shell } from './shell';
import { screen } from '../shared/screen';

/** Features meet here and nowhere else: each hands over its routes. */
const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  ...scanRoutes,
  signedInRoute
    .update({ component: Shell })
    .addChildren([
      ...enrollmentRoutes,
      ...homeRoutes,
      ...catalogRoutes,
      ...liveRoutes,
      ...networkRoutes,
      ...trainingRoutes,
      ...creditRoutes,
      ...identityRoutes,
    ]),
]);

export function createAppRouter(client: AppClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { client },
    ...(history ? { history } : {}),
    defaultPreload: 'intent',
    // TanStack Query keeps what was read; the router keeps nothing beside it.
    defaultPreloadStaleTime: 0,
    // What no route has checked does not reach a screen.
    search: { strict: true },
    scrollRestoration: true,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: screen(() => import('./not-found-screen'), 'NotFoundScreen'),
    defaultPendingComponent: PendingScreen,
    defaultPendingMs: 200,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
