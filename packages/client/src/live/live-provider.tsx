import type { LiveTopic } from '@cadre/domain/live';
import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useAppClient, type AppName } from '../api';
import {
  createLiveConnection,
  type LiveConnection,
  type LiveFactOf,
  type LiveFactType,
  type LiveSocket,
} from './live-connection';

/** Opens the socket. Its code is loaded after the first page, which does not wait for it. */
async function openSocket(app: AppName): Promise<LiveSocket> {
  const { io } = await import('socket.io-client');
  return io({ path: '/live', transports: ['websocket', 'polling'], auth: { app } });
}

const LiveContext = createContext<LiveConnection | null>(null);

export interface LiveProviderProps {
  readonly children: ReactNode;
  /** Another way to get a socket, in tests. */
  readonly open?: (app: AppName) => Promise<LiveSocket>;
}

/** Keeps one socket open while somebody is signed in; stands once, in the shell. */
export function LiveProvider({ children, open = openSocket }: LiveProviderProps) {
  const { app, queries } = useAppClient();
  const live = useMemo(
    () => createLiveConnection({ queries, open: () => open(app), random: Math.random }),
    [queries, open, app],
  );
  useEffect(() => live.start(), [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The connection itself, for a room with commands. Most screens need only `useFollow` and `meta: { live }`. */
export function useLiveConnection(): LiveConnection {
  const live = use(LiveContext);
  if (!live) throw new Error('useLiveConnection is used outside LiveProvider');
  return live;
}

/** Calls `onFact` for each fact of one type while the component is on screen. */
export function useLive<Type extends LiveFactType>(
  type: Type,
  onFact: (fact: LiveFactOf<Type>) => void,
): void {
  const live = useLiveConnection();
  const heard = useEffectEvent(onFact);
  useEffect(() => live.listen(type, (fact) => heard(fact)), [live, type]);
}

/**
 * Asks for the hints about one class, session, base or the network while the component is on screen. Hints about the
 * signed-in person come without asking. `null` follows nothing.
 */
export function useFollow(topic: LiveTopic | null): void {
  const live = useLiveConnection();
  const key = topic && JSON.stringify(topic);
  useEffect(() => (key === null ? undefined : live.follow(JSON.parse(key) as LiveTopic)), [live, key]);
}

/** Whether the server has said that it goes away and is not back yet. */
export function useServerStopping(): boolean {
  const live = useLiveConnection();
  return useSyncExternalStore(live.onStopping, live.isServerStopping);
}
