import type {
  Acknowledgement,
  ClientToServerEvents,
  LiveCommandName,
  LiveTopic,
  ServerToClientEvents,
} from '@cadre/domain/live';
import type { QueryClient } from '@tanstack/react-query';
import type { Socket } from 'socket.io-client';

export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Facts that come over the socket. All but `room:event` are hints to read again. */
export type LiveFactType = Exclude<keyof ServerToClientEvents, 'server:stopping'>;
export type LiveFactOf<Type extends LiveFactType> = Parameters<ServerToClientEvents[Type]>[0];
export type LiveHint = Exclude<LiveFactType, 'room:event'>;

export type CommandInput<Name extends LiveCommandName> = Parameters<ClientToServerEvents[Name]>[0];
/** The value of an acknowledgement as it crossed the wire: dates are text until decoded with the command's schema. */
export type CommandValue<Name extends LiveCommandName> =
  Parameters<Parameters<ClientToServerEvents[Name]>[1]>[0] extends Acknowledgement<infer Value>
    ? Value
    : never;

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** The facts after which this query is read again while its screen is open. */
      readonly live?: readonly LiveHint[];
      /** The result is kept on the device, so that its screen opens without a network. */
      readonly keep?: true;
      /** It stands behind every screen and is the content of none. */
      readonly behind?: true;
    };
  }
}

/** Every fact. `satisfies` keeps this complete: a new fact of the contract does not compile until it stands here. */
const factTypes = {
  'network:changed': true,
  'catalog:changed': true,
  'class:changed': true,
  'session:changed': true,
  'enrollment:changed': true,
  'credit:changed': true,
  'feed:changed': true,
  'regulation:changed': true,
  'regulation:previewed': true,
  'account:signed-out': true,
  'clock:moved': true,
  'room:event': true,
} as const satisfies Record<LiveFactType, true>;

/** How long hints are gathered before queries are read again, in ms. The spread keeps a hall of phones apart. */
const gather = { least: 150, spread: 450 } as const;

/** How long a command waits for its acknowledgement, in ms. */
const patience = 10_000;

export interface LiveConnection {
  /** Opens the socket and keeps it open; returns how to end it. */
  readonly start: () => () => void;
  /** Hears every fact of one type. */
  readonly listen: <Type extends LiveFactType>(
    type: Type,
    listener: (fact: LiveFactOf<Type>) => void,
  ) => () => void;
  /** Follows a topic until the returned function is called; several followers of one topic count as one. */
  readonly follow: (topic: LiveTopic) => () => void;
  /** Sends a command and waits for its answer; an answer that never comes counts as a refused one by `null`. */
  readonly command: <Name extends LiveCommandName>(
    name: Name,
    input: CommandInput<Name>,
  ) => Promise<Acknowledgement<CommandValue<Name>> | null>;
  /** Calls back at every connect, the first included; a room asks then for what it has missed. */
  readonly onConnect: (listener: () => void) => () => void;
  /** Whether the server has said that it goes away; until the socket is back. */
  readonly isServerStopping: () => boolean;
  /** Calls back when `isServerStopping` has changed. */
  readonly onStopping: (listener: () => void) => () => void;
}

export interface LiveConnectionOptions {
  readonly queries: QueryClient;
  /** Loads and opens the socket. */
  readonly open: () => Promise<LiveSocket>;
  /** Between 0 and 1: where within the spread this page reads again. */
  readonly random: () => number;
}

export function createLiveConnection({ queries, open, random }: LiveConnectionOptions): LiveConnection {
  const listeners = new Map<LiveFactType, Set<(fact: never) => void>>();
  const connectListeners = new Set<() => void>();
  const stoppingListeners = new Set<() => void>();
  let stopping = false;
  const followed = new Map<string, { readonly topic: LiveTopic; followers: number }>();
  let socket: LiveSocket | undefined;
  let gathered = new Set<LiveHint>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const setStopping = (value: boolean): void => {
    stopping = value;
    for (const listener of stoppingListeners) listener();
  };

  const readAgain = (concerns: (live: readonly LiveHint[]) => boolean): void => {
    void queries.invalidateQueries({
      predicate: ({ meta }) => meta?.live !== undefined && concerns(meta.live),
    });
  };

  const flush = (): void => {
    const hints = gathered;
    gathered = new Set();
    timer = undefined;
    // When the clock moved, whatever depends on time may have changed.
    if (hints.has('clock:moved')) void queries.invalidateQueries();
    else readAgain((live) => live.some((type) => hints.has(type)));
  };

  const receive = (type: LiveFactType, fact: LiveFactOf<LiveFactType>): void => {
    for (const listener of listeners.get(type) ?? []) listener(fact as never);
    if (type === 'room:event') return;
    gathered.add(type);
    timer ??= setTimeout(flush, gather.least + random() * gather.spread);
  };

  const send = <Name extends LiveCommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<Acknowledgement<CommandValue<Name>> | null> => {
    const to = socket;
    if (!to) return Promise.resolve(null);
    // The event map ties input and answer to `name`; socket.io's own generics cannot follow a type parameter.
    const ask = to.timeout(patience).emitWithAck.bind(to.timeout(patience)) as unknown as (
      name: Name,
      input: CommandInput<Name>,
    ) => Promise<Acknowledgement<CommandValue<Name>>>;
    return ask(name, input).catch(() => null);
  };

  const attach = (opened: LiveSocket): void => {
    let before = false;
    opened.on('server:stopping', () => setStopping(true));
    opened.on('connect', () => {
      setStopping(false);
      const topics = [...followed.values()].map(({ topic }) => topic);
      if (topics.length > 0) void send('live:follow', { topics });
      // Hints sent while the socket was away are lost: every live query of an open screen is read again.
      if (before) readAgain(() => true);
      before = true;
      for (const listener of connectListeners) listener();
    });
    const hear = opened.on.bind(opened) as unknown as (
      type: LiveFactType,
      listener: (fact: LiveFactOf<LiveFactType>) => void,
    ) => void;
    for (const type of Object.keys(factTypes) as LiveFactType[]) hear(type, (fact) => receive(type, fact));
  };

  return {
    start: () => {
      let ended = false;
      const begin = async (): Promise<void> => {
        const opened = await open();
        if (ended) opened.close();
        else {
          socket = opened;
          attach(opened);
        }
      };
      // A socket whose code cannot be loaded (offline) leaves the app working: screens read when they open.
      begin().catch(() => undefined);
      return () => {
        ended = true;
        socket?.close();
        socket = undefined;
        clearTimeout(timer);
        timer = undefined;
        gathered = new Set();
      };
    },
    listen: (type, listener) => {
      const known = listeners.get(type) ?? new Set();
      listeners.set(type, known.add(listener));
      return () => known.delete(listener);
    },
    follow: (topic) => {
      const key = JSON.stringify(topic);
      const entry = followed.get(key) ?? { topic, followers: 0 };
      entry.followers += 1;
      followed.set(key, entry);
      if (entry.followers === 1 && socket?.connected) void send('live:follow', { topics: [topic] });
      return () => {
        entry.followers -= 1;
        if (entry.followers > 0) return;
        followed.delete(key);
        if (socket?.connected) void send('live:unfollow', { topics: [topic] });
      };
    },
    command: send,
    onConnect: (listener) => {
      connectListeners.add(listener);
      return () => connectListeners.delete(listener);
    },
    isServerStopping: () => stopping,
    onStopping: (listener) => {
      stoppingListeners.add(listener);
      return () => stoppingListeners.delete(listener);
    },
  };
}
