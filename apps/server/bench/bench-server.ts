import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepositories, createServices, type Repositories, type Services } from '@cadre/api/container';
import { router, signedInProcedure, type Ports } from '@cadre/api/core';
import { connectDatabase, type Database } from '@cadre/db/core';
import { createIdGenerator, type IdGenerator } from '@cadre/domain/core';
import { spawnEmbeddedMongo } from '@cadre/embedded-mongo';
import { createExpressMiddleware, type CreateExpressContextOptions } from '@trpc/server/adapters/express';
import compression from 'compression';
import express from 'express';
import helmet from 'helmet';
import pino from 'pino';
import { z } from 'zod';
import { systemClock } from '../src/clocks';
import { createHttpApp } from '../src/http/app';
import { contextOf } from '../src/http/context';
import { argon2Passwords } from '../src/passwords';
import { addMembers, type Member } from '../src/testing/members';
import type { LoadCall, LoadReport } from './load-process';

/** What every figure is compared with: an authenticated procedure that does nothing, behind the same middleware. */
const baselineRouter = router({
  nothing: signedInProcedure.output(z.null()).mutation(() => null),
});
export const BASELINE: Pick<LoadCall, 'path' | 'method' | 'body'> = {
  path: '/baseline/nothing',
  method: 'POST',
  body: '{}',
};

/** A load with the number of database commands it has caused. */
export interface Measured extends LoadReport {
  commands: number;
}

export interface BenchServer extends AsyncDisposable {
  publicUrl: string;
  database: Database;
  ports: Ports;
  services: Services;
  repositories: Repositories;
  newId: IdGenerator;
  /** People with accounts who are signed in. */
  addMembers(count: number): Promise<Member[]>;
  /** Makes the calls from another process. */
  load(connections: number, calls: LoadCall[]): Promise<Measured>;
}

/** A server on the embedded database, or on that of `MONGODB_URI`, with a database of its own that is dropped afterwards. */
export async function startBenchServer(): Promise<BenchServer> {
  const given = process.env['MONGODB_URI'];
  const dbPath = await mkdtemp(join(tmpdir(), 'cadre-bench-'));
  const embedded = given === undefined ? await spawnEmbeddedMongo({ dbPath }) : null;
  let commands = 0;
  const database = await connectDatabase({
    onCommand: () => (commands += 1),
    uri: given ?? embedded!.uri,
    name: `cadre_bench_${randomUUID().slice(0, 8)}`,
  });
  const http = createServer();
  const port = await new Promise<number>((done) => {
    http.listen(0, '127.0.0.1', () => done((http.address() as AddressInfo).port));
  });
  const publicUrl = `http://127.0.0.1:${port}`;
  const newId = createIdGenerator(
    () => Date.now(),
    (count) => randomBytes(count),
  );
  const repositories = createRepositories(database);
  await database.ensureIndexes();
  const ports: Ports = {
    clock: systemClock,
    systemClock,
    newId,
    random: { bytes: (count) => randomBytes(count) },
    passwords: argon2Passwords,
    publisher: { publish: () => undefined },
    demonstration: null,
    publicUrl,
  };
  const services = createServices(database, repositories, ports);
  const app = express();
  app.disable('x-powered-by');
  app.use(
    '/baseline',
    helmet(),
    (_request, response, next) => {
      response.locals['requestId'] = randomUUID();
      next();
    },
    compression(),
    createExpressMiddleware({
      router: baselineRouter,
      createContext: (options: CreateExpressContextOptions) => contextOf({ services, publicUrl })(options),
    }),
  );
  app.use(
    createHttpApp({
      services,
      logger: pino({ level: 'error' }, pino.destination(2)),
      publicUrl,
      apps: { learner: '/nonexistent', admin: '/nonexistent', verifier: '/nonexistent' },
      checkReady: () => database.ping(),
      isStopping: () => false,
    }),
  );
  http.on('request', app);
  const loader = fork(join(import.meta.dirname, 'load-process.js'));

  return {
    publicUrl,
    database,
    ports,
    services,
    repositories,
    newId,
    addMembers: (count) => addMembers(repositories, newId, count, systemClock.now()),
    load(connections, calls) {
      const before = commands;
      return new Promise((done) => {
        loader.once('message', (report) => {
          done({ ...(report as LoadReport), commands: commands - before });
        });
        loader.send({ origin: publicUrl, connections, calls });
      });
    },
    async [Symbol.asyncDispose]() {
      loader.kill();
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
      await database.drop();
      await database.close();
      await embedded?.stop();
      await rm(dbPath, { recursive: true, force: true });
    },
  };
}

/** Several loads of the same kind, one after another, as one. */
export function mergeReports(reports: readonly Measured[]): Measured {
  const statuses: Record<string, number> = {};
  for (const report of reports)
    for (const [status, count] of Object.entries(report.statuses))
      statuses[status] = (statuses[status] ?? 0) + count;
  return {
    seconds: reports.reduce((sum, { seconds }) => sum + seconds, 0),
    latencies: reports.flatMap(({ latencies }) => latencies).sort((a, b) => a - b),
    statuses,
    commands: reports.reduce((sum, { commands }) => sum + commands, 0),
  };
}

const rateOf = ({ seconds, latencies }: LoadReport): number => latencies.length / seconds;
const percentileOf = ({ latencies }: LoadReport, share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;

const perRequest = ({ commands, latencies }: Measured): string => (commands / latencies.length).toFixed(1);

/** One line of a bench: the rate beside the bare one, and how long people wait. */
export function printComparison(name: string, measured: Measured, baseline: Measured, goal: number): void {
  const ratio = rateOf(measured) / rateOf(baseline);
  console.log(
    `${name}: ${rateOf(measured).toFixed(0)}/s, bare ${rateOf(baseline).toFixed(0)}/s, ratio ${ratio.toFixed(2)}` +
      ` (goal ≥ ${goal}), p50 ${percentileOf(measured, 0.5).toFixed(0)} ms, p99 ${percentileOf(measured, 0.99).toFixed(0)} ms,` +
      ` database commands per request ${perRequest(measured)} (bare ${perRequest(baseline)}),` +
      ` answers ${JSON.stringify(measured.statuses)}`,
  );
}
