import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createRepositories, createServices, type Repositories, type Services } from '@cadre/api/container';
import type { Ports } from '@cadre/api/core';
import type { Database } from '@cadre/db/core';
import { createSettingRepository } from '@cadre/db/setting';
import { createIdGenerator, type Clock } from '@cadre/domain/core';
import type { Publisher } from '@cadre/domain/live';
import type { Logger } from 'pino';
import { CLOCK_KEPT_AHEAD_MILLIS, openDemonstrationClock, systemClock } from './clocks';
import { connect, databaseRefusal } from './connect';
import { StartError, type Env } from './env';
import { createHttpApp } from './http/app';
import { jobHandlers } from './jobs/job-handlers';
import { startRounds, type Rounds } from './jobs/rounds';
import { startJobRunner, type JobRunner } from './jobs/job-runner';
import { openLiveGateway } from './live/live-gateway';
import { shareFacts } from './live/share-facts';
import { argon2Passwords } from './passwords';
import { createPublisherHub } from './publisher';
import { createRandomBytes } from './randomness';

/** 2026-11-18 08:00 in Shanghai: the day on which every demonstration begins. */
export const DEMONSTRATION_START = new Date('2026-11-18T00:00:00Z');
/** How long running requests may take to finish once the server stops. */
const STOP_GRACE_MILLIS = 10_000;
const ROOM_ROUND_MILLIS = 5_000;
const FEED_ROUND_MILLIS = 1_000;
const SEAL_ROUND_MILLIS = 60_000;
const VERIFICATION_ROUND_MILLIS = 1_000;
const UPKEEP_MILLIS = 60_000;

export interface ServerOptions {
  env: Pick<Env, 'mode' | 'port' | 'host' | 'publicUrl'>;
  database: { uri: string; name: string; shared: boolean };
  logger: Logger;
  /** The folder of the repository, for the built apps. */
  root: string;
  /** Fills an empty database before the doors open. */
  prepare?: (parts: { database: Database; repositories: Repositories; ports: Ports }) => Promise<void>;
  /** Replaces the machine's clock, in tests. */
  clock?: Clock;
}

export interface RunningServer {
  url: string;
  port: number;
  services: Services;
  repositories: Repositories;
  database: Database;
  jobs: JobRunner;
  rounds: Rounds;
  /** Rounds that carry changed figures into the assessment feed. */
  feedRounds: Rounds;
  /** Rounds that seal the ledger once a day. */
  sealRounds: Rounds;
  publisher: Publisher;
  clock: Clock;
  /** Lets running requests finish, tells sockets, and closes everything. */
  stop(): Promise<void>;
}

/** Why a port cannot be had, for somebody who can choose another. */
const LISTEN_LINES: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) =>
    `端口 ${port} 已被占用，请用 PORT=其他端口 / port ${port} is taken, choose another with PORT`,
  EACCES: (port) =>
    `没有权限用端口 ${port}，请用 PORT=其他端口 / port ${port} is not permitted, choose another with PORT`,
  EADDRNOTAVAIL: (_port, host) => `本机没有地址 ${host}（HOST） / this machine has no address ${host} (HOST)`,
  ENOTFOUND: (_port, host) => `本机没有地址 ${host}（HOST） / this machine has no address ${host} (HOST)`,
};

const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((done, refuse) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const line = LISTEN_LINES[error.code ?? ''];
      refuse(line ? new StartError(line(port, host)) : error);
    });
    server.listen(port, host, () => done(server.address() as AddressInfo));
  });

/** Whoever comes before the doors are open is told to come again, instead of waiting for an answer. */
const notYet = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(503, { 'retry-after': '1' }).end();
};

/** Builds and opens one server on one port. Everything it needs is given; nothing is global. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { env, logger, root } = options;
  const database = await connect(options.database);
  const http = createServer();
  const settings = createSettingRepository(database);
  const system = options.clock ?? systemClock;
  const demonstration =
    env.mode === 'demo' ? await openDemonstrationClock(settings, system, DEMONSTRATION_START) : null;
  const hub = createPublisherHub((error) => logger.error({ err: error }, 'a listener of facts failed'));
  let stopping = false;

  http.on('request', notYet);
  // The port decides the address people use when no PUBLIC_URL is set, so it is taken first.
  const { port } = await listen(http, env.port, env.host).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const url = env.publicUrl ?? `http://${env.host === '0.0.0.0' ? '127.0.0.1' : env.host}:${port}`;
  const ports: Ports = {
    clock: demonstration ?? system,
    systemClock: system,
    newId: createIdGenerator(() => system.now().getTime(), createRandomBytes()),
    random: { bytes: (count) => randomBytes(count) },
    passwords: argon2Passwords,
    publisher: hub,
    demonstration,
    publicUrl: url,
  };
  const repositories = createRepositories(database);
  await database.ensureIndexes().catch((error: unknown) => {
    throw databaseRefusal(options.database.uri, error);
  });
  await options.prepare?.({ database, repositories, ports });
  const services = createServices(database, repositories, ports);
  await services.seal.forgetRetiredKeys();
  const jobs = startJobRunner({
    jobs: repositories.jobs,
    systemClock: system,
    handlers: jobHandlers(services),
    onError: (error, job) =>
      logger.error(
        { err: error, job: job.kind, key: job.key, id: job.id, attempts: job.attempts },
        'a job failed',
      ),
  });
  const keepClock =
    demonstration &&
    setInterval(
      () =>
        void demonstration.keep().catch((error: unknown) => logger.error({ err: error }, 'clock not kept')),
      CLOCK_KEPT_AHEAD_MILLIS / 2,
    );

  const app = createHttpApp({
    services,
    logger,
    publicUrl: url,
    apps: {
      learner: resolve(root, 'apps/learner/dist'),
      admin: resolve(root, 'apps/admin/dist'),
      verifier: resolve(root, 'packages/ledger-verifier/dist'),
    },
    checkReady: () => database.ping(),
    isStopping: () => stopping,
  });
  http.off('request', notYet);
  http.on('request', app);
  const gateway = await openLiveGateway({ http, services, hub, newId: ports.newId, logger, publicUrl: url });
  const shared = options.database.shared
    ? shareFacts({
        facts: repositories.facts,
        hub,
        newId: ports.newId,
        // Whatever the time is elsewhere: the database takes old facts away by the machine's clock.
        systemClock,
        onError: (error) => logger.error({ err: error }, 'facts could not be shared'),
      })
    : null;
  // What ends by itself: rooms left open or never opened, lines of processes that died, waitlists after their cut-off.
  const rounds = startRounds({
    round: async () => {
      await services.roomLine.endSilent();
      await services.room.closeOverdue();
      await services.room.endUnopened();
      await services.seats.endWaitlists();
      return false;
    },
    everyMillis: ROOM_ROUND_MILLIS,
    after: ['clock:moved'],
    hub,
    onError: (error) => logger.error({ err: error }, 'a round through the rooms failed'),
  });
  // New people are taken into the feed, everybody anew each day, and what nobody can use any more is removed.
  const upkeepRounds = startRounds({
    round: async () => {
      await services.feed.includeEverybody();
      await services.signIn.removeExpired();
      await services.checkIn.removeExpired();
      return false;
    },
    everyMillis: UPKEEP_MILLIS,
    after: ['clock:moved'],
    hub,
    onError: (error) => logger.error({ err: error }, 'a round of upkeep failed'),
  });
  void upkeepRounds.run();
  // Figures that have moved become lines of the assessment feed, and lines get their numbers.
  const feedRounds = startRounds({
    round: async () => {
      const more = await services.feed.refresh();
      await services.feed.sequence();
      return more;
    },
    everyMillis: FEED_ROUND_MILLIS,
    after: ['credit:changed'],
    hub,
    onError: (error) => logger.error({ err: error }, 'a round of the assessment feed failed'),
  });

  // Once a day, as soon as the day is over: the signed root over all chains.
  const sealRounds = startRounds({
    round: async () => {
      await services.seal.seal();
      return false;
    },
    everyMillis: SEAL_ROUND_MILLIS,
    after: ['clock:moved'],
    hub,
    onError: (error) => logger.error({ err: error }, 'sealing the ledger failed'),
  });
  // Somebody has ordered to go through the whole ledger: minutes of work, beside everything else.
  const verificationRounds = startRounds({
    round: async () => {
      await services.verification.round(() => stopping);
      return false;
    },
    everyMillis: VERIFICATION_ROUND_MILLIS,
    after: [],
    hub,
    onError: (error) => logger.error({ err: error }, 'verifying the ledger failed'),
  });
  // A start after midnight catches up at once.
  void sealRounds.run();

  return {
    url,
    port,
    services,
    repositories,
    database,
    jobs,
    rounds,
    feedRounds,
    sealRounds,
    publisher: hub,
    clock: ports.clock,
    async stop() {
      if (stopping) return;
      stopping = true;
      await gateway.stop();
      await rounds.stop();
      await upkeepRounds.stop();
      await feedRounds.stop();
      await sealRounds.stop();
      await verificationRounds.stop();
      const closed = new Promise<void>((done) => http.close(() => done()));
      http.closeIdleConnections();
      const impatience = setTimeout(() => http.closeAllConnections(), STOP_GRACE_MILLIS);
      await closed;
      clearTimeout(impatience);
      await jobs.stop();
      await shared?.stop();
      if (keepClock) clearInterval(keepClock);
      await demonstration?.stop();
      await database.close();
    },
  };
}
