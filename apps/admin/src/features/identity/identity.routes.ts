import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

interface WayBack {
  /** Where to go afterwards: a path of this site, never another one. */
  readonly back?: string;
  /** Changing the password is the person's own wish, not owed. */
  readonly own?: true;
}

function wayBack({ back, own }: Record<string, unknown>): WayBack {
  const isPathHere = typeof back === 'string' && /^\/(?![/\\])/.test(back);
  return { ...(isPathHere ? { back } : {}), ...(own === true ? { own } : {}) };
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: wayBack,
  component: screen(() => import('./sign-in-page'), 'SignInPage'),
});

const passwordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  validateSearch: wayBack,
  component: screen(() => import('./password-page'), 'PasswordPage'),
});

/** The screens before the sign-in is complete. */
export const identityRoutes = [signInRoute, passwordRoute] as const;
