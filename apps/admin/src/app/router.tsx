import type { AppClient } from '@cadre/client/api';
import { createRoute, createRouter, redirect, type RouterHistory } from '@tanstack/react-router';
import { assessmentRoutes } from '../features/assessment/assessment.routes';
import { catalogRoutes } from '../features/catalog/catalog.routes';
import { creditRoutes } from '../features/credit/credit.routes';
import { enrollmentRoutes } from '../features/enrollment/enrollment.routes';
import { identityRoutes } from '../features/identity/identity.routes';
import { insightRoutes } from '../features/insight/insight.routes';
import { liveRoutes } from '../features/live/live.routes';
import { networkRoutes } from '../features/network/network.routes';
import { systemRoutes } from '../features/system/system.routes';
import { trainingRoutes } from '../features/training/training.routes';
import { workbenchRoutes } from '../features/workbench/workbench.routes';
import {
  areaPaths,
  assessmentArea,
  catalogArea,
  creditArea,
  enrollmentArea,
  insightArea,
  liveArea,
  networkArea,
  openAreasOf,
  rootRoute,
  signedInRoute,
  systemArea,
  trainingArea,
  workbenchArea,
} from '../shared/routes';
import { ErrorScreen, NoAreaScreen, NotFoundScreen, PendingScreen } from './screens';
import { Shell } from './shell';

/** `/admin` itself leads to the first area the person may open. */
const startRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    const [first] = openAreasOf(context.actor);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a redirect is thrown in this router
    if (first) throw redirect({ to: areaPaths[first] });
  },
  component: NoAreaScreen,
});

/** Features meet here and nowhere else: each hands over the routes of its area. */
const routeTree = rootRoute.addChildren([
  ...identityRoutes,
  signedInRoute
    .update({ component: Shell })
    .addChildren([
      startRoute,
      workbenchArea.addChildren([...workbenchRoutes]),
      networkArea.addChildren([...networkRoutes]),
      catalogArea.addChildren([...catalogRoutes]),
      trainingArea.addChildren([...trainingRoutes]),
      enrollmentArea.addChildren([...enrollmentRoutes]),
      liveArea.addChildren([...liveRoutes]),
      creditArea.addChildren([...creditRoutes]),
      assessmentArea.addChildren([...assessmentRoutes]),
      insightArea.addChildren([...insightRoutes]),
      systemArea.addChildren([...systemRoutes]),
    ]),
]);

export function createAppRouter(client: AppClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    basepath: '/admin',
    context: { client },
    ...(history ? { history } : {}),
    defaultPreload: 'intent',
    // TanStack Query keeps what was read; the router keeps nothing beside it.
    defaultPreloadStaleTime: 0,
    // What no route has checked does not reach a screen.
    search: { strict: true },
    scrollRestoration: true,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
    defaultPendingComponent: PendingScreen,
    defaultPendingMs: 200,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
