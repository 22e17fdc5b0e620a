import { hasWellFormedIds } from '@cadre/client/address';
import type { AppClient } from '@cadre/client/api';
import { actorOf, enter } from '@cadre/client/session';
import { adminAreas, canOpenArea, type AdminArea, type PersonActor } from '@cadre/domain/access';
import { AreaGate } from './area-gate';
import { createRootRouteWithContext, createRoute, notFound, redirect } from '@tanstack/react-router';

/** What every route may use while it decides and loads. */
export interface RouterContext {
  readonly client: AppClient;
}

/** Every address begins here: one whose ids cannot be ids leads nowhere, before anything is asked. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  beforeLoad: ({ params }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- "not found" is thrown in this router
    if (!hasWellFormedIds(params)) throw notFound();
  },
});

/**
 * Parent of every screen behind the sign-in. Who is not signed in goes to the sign-in page and comes back here;
 * who owes a change of password makes it first. The children know the actor.
 */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const entrance = await enter(context.client);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a redirect is thrown in this router
    if ('goTo' in entrance) throw redirect({ to: entrance.goTo, search: { back: location.publicHref } });
    return { actor: actorOf(entrance.me) };
  },
});

/** Where each area lives. */
export const areaPaths = {
  workbench: '/workbench',
  network: '/network',
  catalog: '/catalog',
  training: '/training',
  enrollment: '/enrollment',
  live: '/live',
  credit: '/credit',
  assessment: '/assessment',
  insight: '/insight',
  system: '/system',
} as const satisfies Record<AdminArea, string>;

/** The areas the actor may open, in the order of the side bar. */
export function openAreasOf(actor: PersonActor): AdminArea[] {
  return adminAreas.filter((area) => canOpenArea(actor, area));
}

function createAreaRoute<const Area extends AdminArea>(area: Area) {
  return createRoute({
    getParentRoute: () => signedInRoute,
    path: areaPaths[area],
    beforeLoad: () => ({ area }),
    component: AreaGate,
  });
}

/** The parents of the features’ routes; each lets only those in whose grants reach the area. */
export const workbenchArea = createAreaRoute('workbench');
export const networkArea = createAreaRoute('network');
export const catalogArea = createAreaRoute('catalog');
export const trainingArea = createAreaRoute('training');
export const enrollmentArea = createAreaRoute('enrollment');
export const liveArea = createAreaRoute('live');
export const creditArea = createAreaRoute('credit');
export const assessmentArea = createAreaRoute('assessment');
export const insightArea = createAreaRoute('insight');
export const systemArea = createAreaRoute('system');
