import { createRoute } from '@tanstack/react-router';
import { liveArea } from '../../shared/routes';
import { screen } from '../../shared/screen';

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const roomsRoute = createRoute({
  getParentRoute: () => liveArea,
  path: '/',
  /** The day shown; today when absent. */
  validateSearch: ({ date }: Record<string, unknown>): { readonly date?: string } =>
    isDate(date) ? { date } : {},
  component: screen(() => import('./rooms-page'), 'RoomsPage'),
});

const roomRoute = createRoute({
  getParentRoute: () => liveArea,
  path: '/$sessionId',
  component: screen(() => import('./room-page'), 'RoomPage'),
});

const hallRoute = createRoute({
  getParentRoute: () => liveArea,
  path: '/$sessionId/hall',
  component: screen(() => import('./hall-page'), 'HallPage'),
});

export const liveRoutes = [roomsRoute, roomRoute, hallRoute] as const;
