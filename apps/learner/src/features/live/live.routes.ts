import { createRoute } from '@tanstack/react-router';
import { rootRoute, signedInRoute } from '../../shared/routes';
import { screen } from '../../shared/screen';

/** 现场课堂. Not below `/live`: there the sockets answer. */
const roomRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/rooms/$sessionId',
  component: screen(() => import('./room-page'), 'RoomPage'),
});

/** Where a scan goes on after signing in. */
const redeemRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/check-in/$sessionId',
  component: screen(() => import('./redeem-page'), 'RedeemPage'),
});

export const liveRoutes = [roomRoute, redeemRoute] as const;

/** The link in the QR code, opened by the camera of a phone that may not be signed in. */
const scanRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/check-in/$sessionId/$token',
  component: screen(() => import('./scan-page'), 'ScanPage'),
});

export const scanRoutes = [scanRoute] as const;
