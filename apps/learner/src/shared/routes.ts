import { hasWellFormedIds } from '@cadre/client/address';
import { enter } from '@cadre/client/session';
import type { AppClient } from '@cadre/client/api';
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
 * who owes a change of password makes it first.
 */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const entrance = await enter(context.client);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a redirect is thrown in this router
    if ('goTo' in entrance) throw redirect({ to: entrance.goTo, search: { back: location.publicHref } });
  },
});
