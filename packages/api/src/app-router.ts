import { clockRouter } from './clock';
import { createCallerFactory, router } from './core';
import { creditRouter } from './credit';
import { identityRouter } from './identity';

export const appRouter = router({
  clock: clockRouter,
  credit: creditRouter,
  identity: identityRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: for tests and scripts. */
export const createCaller = createCallerFactory(appRouter);
