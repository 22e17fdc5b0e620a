import type { Server as HttpServer } from 'node:http';
import type { Services } from '@cadre/api/container';
import { AppError, type IdGenerator } from '@cadre/domain/core';
import {
  EVERYBODY_CHANNEL,
  LIVE_PATH,
  deliveriesOf,
  personChannel,
  roomChannel,
  topicChannel,
  writeLiveFact,
  type ClientToServerEvents,
  type LiveFact,
  type ServerToClientEvents,
} from '@cadre/domain/live';
import type { Logger } from 'pino';
import { Server, type DefaultEventsMap } from 'socket.io';
import { resolveCaller } from '../http/actor';
import { hasOwnOrigin } from '../http/own-origin';
import type { PublisherHub } from '../publisher';
import { handleCommands, type CommandHandlers, type LiveSocket, type SocketData } from './socket-commands';

const MESSAGE_LIMIT = 65_536;
const BEAT_MILLIS = 15_000;
/** How often every open socket's sign-in is looked at again: after signing out everywhere it ends at the latest then. */
const RECHECK_MILLIS = 60_000;

export interface LiveGatewayDeps {
  http: HttpServer;
  services: Pick<Services, 'apiClient' | 'roomLine' | 'signIn'>;
  hub: Pick<PublisherHub, 'subscribe'>;
  newId: IdGenerator;
  logger: Logger;
  publicUrl: string;
}

export interface LiveGateway {
  /** Tells the sockets, which come back when there is a server again, ends the lines of people online, and closes. The HTTP server stays as it is. */
  stop(): Promise<void>;
}

/**
 * Sockets at `/live`: the same cookie as HTTP, the same services, the same refusals. Facts go out by channel; a room is
 * joined by command, so that nobody hears of a room they may not see. To be opened after the HTTP app has been attached.
 */
export async function openLiveGateway(deps: LiveGatewayDeps): Promise<LiveGateway> {
  const { http, services, hub, newId, logger, publicUrl } = deps;
  const { roomLine } = services;
  /** Names this process in the list of open lines: when it dies, another one can tell which lines died with it. */
  const processId = newId();
  let lineCount = 0;
  let stopping = false;

  const io = new Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>(http, {
    path: LIVE_PATH,
    serveClient: false,
    maxHttpBufferSize: MESSAGE_LIMIT,
    allowRequest: (request, decide) => {
      decide(null, !stopping && hasOwnOrigin(request, publicUrl));
    },
  });

  const resolve = async (socket: LiveSocket) => {
    const { actor, mustChangePassword } = await resolveCaller(services, socket.request);
    if (actor?.kind !== 'person') throw new AppError('NOT_SIGNED_IN');
    if (mustChangePassword) throw new AppError('PASSWORD_CHANGE_REQUIRED');
    return actor;
  };
  const authorise = async (socket: LiveSocket): Promise<void> => {
    try {
      socket.data.actor = await resolve(socket);
    } catch (error) {
      // The answer goes out before the line is cut.
      if (error instanceof AppError) setImmediate(() => socket.disconnect(true));
      throw error;
    }
  };

  const endLine = async (socket: LiveSocket, sessionId: string): Promise<void> => {
    const connectionId = socket.data.lines.get(sessionId);
    if (connectionId === undefined) return;
    socket.data.lines.delete(sessionId);
    await roomLine.disconnect({ id: connectionId, sessionId, personId: socket.data.actor.personId });
  };
  const leaveChannels = async (socket: LiveSocket, sessionId: string): Promise<void> => {
    await socket.leave(roomChannel(sessionId, 'staff'));
    await socket.leave(roomChannel(sessionId, 'learner'));
  };

  const handlers: CommandHandlers = {
    async 'live:join'(socket, { sessionId, as, since }) {
      const { actor, lines } = socket.data;
      const viewer = await roomLine.viewerOf(actor, sessionId);
      await leaveChannels(socket, sessionId);
      // Before reading: what happens from now on arrives by itself, and is told apart by its number.
      await socket.join(roomChannel(sessionId, viewer.kind));
      if (as === 'online' && !lines.has(sessionId)) {
        lineCount += 1;
        const connectionId = `${processId}:${lineCount}`;
        await roomLine.connect(actor, sessionId, connectionId, processId);
        lines.set(sessionId, connectionId);
      }
      return roomLine.look(viewer, sessionId, since);
    },
    async 'live:leave'(socket, { sessionId }) {
      await leaveChannels(socket, sessionId);
      await endLine(socket, sessionId);
      return {};
    },
    'live:missed': (socket, { sessionId, since }) => roomLine.missed(socket.data.actor, sessionId, since),
    async 'live:follow'(socket, { topics }) {
      await socket.join(topics.map(topicChannel));
      return {};
    },
    async 'live:unfollow'(socket, { topics }) {
      for (const topic of topics) await socket.leave(topicChannel(topic));
      return {};
    },
  };

  io.use((socket, next) => {
    resolve(socket).then(
      (actor) => {
        socket.data = { actor, lines: new Map(), last: Promise.resolve() };
        next();
      },
      (error: unknown) => {
        if (!(error instanceof AppError)) logger.error({ err: error }, 'a socket could not be resolved');
        next(new Error(error instanceof AppError ? error.code : 'DEFECT'));
      },
    );
  });
  io.on('connection', (socket) => {
    void socket.join([EVERYBODY_CHANNEL, personChannel(socket.data.actor.personId)]);
    handleCommands(socket, handlers, {
      authorise,
      onDefect: (error, command, requestId) => {
        logger.error({ err: error, command, requestId }, 'defect');
      },
    });
    socket.on('disconnect', () => {
      // When the process stops, its lines are ended together.
      if (stopping) return;
      const { last, lines } = socket.data;
      socket.data.last = last
        .then(async () => {
          for (const sessionId of [...lines.keys()]) await endLine(socket, sessionId);
        })
        .catch((error: unknown) => {
          logger.error({ err: error }, 'a line could not be ended');
        });
    });
  });

  const tell = (fact: LiveFact): void => {
    for (const { to, fact: told } of deliveriesOf(fact)) {
      // The event's name is the fact's type, so name and payload always belong together.
      io.to(to).emit(told.type as 'clock:moved', writeLiveFact(told) as { type: 'clock:moved' });
    }
  };
  hub.subscribe((fact) => {
    if (!stopping) tell(fact);
  });

  const beat = async (): Promise<void> => {
    await roomLine.beat(processId).catch((error: unknown) => {
      logger.error({ err: error }, 'the gateway could not say that it lives');
    });
  };
  const recheck = async (): Promise<void> => {
    for (const socket of io.sockets.sockets.values())
      await authorise(socket).catch((error: unknown) => {
        if (!(error instanceof AppError))
          logger.error({ err: error }, 'a sign-in could not be looked at again');
      });
  };
  await beat();
  const beats = setInterval(() => void beat(), BEAT_MILLIS);
  const rechecks = setInterval(() => void recheck(), RECHECK_MILLIS);

  return {
    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(beats);
      clearInterval(rechecks);
      io.emit('server:stopping');
      const sockets = [...io.sockets.sockets.values()];
      await Promise.all(sockets.map((socket) => socket.data.last));
      await roomLine.endProcess(processId);
      // The lines are cut, not ended by a word: a client that is told to disconnect does not come back by itself.
      io.engine.close();
    },
  };
}
