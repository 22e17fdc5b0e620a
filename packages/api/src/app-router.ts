import { catalogRouter } from './catalog';
import { assessmentRouter } from './assessment';
import { clockRouter } from './clock';
import { createCallerFactory, router } from './core';
import { creditRouter } from './credit';
import { enrollmentRouter } from './enrollment';
import { identityRouter } from './identity';
import { liveRouter } from './live';
import { networkRouter } from './network';
import { trainingRouter } from './training';

export const appRouter = router({
  catalog: catalogRouter,
  assessment: assessmentRouter,
  clock: clockRouter,
  credit: creditRouter,
  enrollment: enrollmentRouter,
  identity: identityRouter,
  live: liveRouter,
  network: networkRouter,
  training: trainingRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: for tests and scripts. */
export const createCaller = createCallerFactory(appRouter);
