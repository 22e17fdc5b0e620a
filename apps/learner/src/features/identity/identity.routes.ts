import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute, signedInRoute } from '../../shared/routes';

/** Where to go afterwards: a path of this app, never another site. */
function safeBack(search: Record<string, unknown>): { readonly back?: string } {
  const { back } = search;
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? { back } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: safeBack,
  component: lazyRouteComponent(() => import('./sign-in-page'), 'SignInPage'),
});

const passwordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  validateSearch: safeBack,
  component: lazyRouteComponent(() => import('./password-page'), 'PasswordPage'),
});

/** The screens before the sign-in is complete. */
export const signInRoutes = [signInRoute, passwordRoute] as const;

const meRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/me',
  component: lazyRouteComponent(() => import('./me-page'), 'MePage'),
});

export const identityRoutes = [meRoute] as const;
