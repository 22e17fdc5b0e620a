import { catalogRouter } from './catalog';
import { assessmentRouter } from './assessment';
import { auditRouter } from './audit';
import { clockRouter } from './clock';
import { createCallerFactory, router } from './core';
import { creditRouter } from './credit';
import { enrollmentRouter } from './enrollment';
import { directoryRouter, identityRouter } from './identity';
import { jobRouter } from './job';
import { ledgerRouter } from './ledger';
import { liveRouter } from './live';
import { networkRouter } from './network';
import { regulationRouter } from './regulation';
import { trainingRouter } from './training';

export const appRouter = router({
  catalog: catalogRouter,
  assessment: assessmentRouter,
  audit: auditRouter,
  clock: clockRouter,
  credit: creditRouter,
  enrollment: enrollmentRouter,
  directory: directoryRouter,
  identity: identityRouter,
  job: jobRouter,
  ledger: ledgerRouter,
  live: liveRouter,
  network: networkRouter,
  regulation: regulationRouter,
  training: trainingRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: for tests and scripts. */
export const createCaller = createCallerFactory(appRouter);
