import { randomUUID } from 'node:crypto';
import { appRouter } from '@cadre/api/app-router';
import { belongsInLog, refusalOf } from '@cadre/api/core';
import { AppError } from '@cadre/domain/core';
import { createExpressMiddleware, type CreateExpressContextOptions } from '@trpc/server/adapters/express';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { contextOf, requestIdOf } from './context';
import { isOwnOrigin, isOwnOriginOrReads } from './own-origin';
import { createFilesRouter } from './files';
import { createRestRouter, type RestDeps } from './rest';
import { sayRestRefusal } from './rest-words';
import { limitWrites } from './limit-writes';
import { serveApps, type StaticFolders } from './static-apps';

const BODY_LIMIT = '1mb';

export interface HttpDeps extends RestDeps {
  apps: StaticFolders;
  /** Resolves when the database answers; rejects otherwise. */
  checkReady: () => Promise<void>;
  /** True from the moment the server has been asked to stop. */
  isStopping: () => boolean;
}

/** One express app: pages, tRPC, REST and health. The edge stays thin: cookie → actor → procedure. */
export function createHttpApp(deps: HttpDeps): Express {
  const { services, logger, publicUrl, apps, checkReady, isStopping } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          'default-src': ["'self'"],
          'script-src': ["'self'"],
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'media-src': ["'self'", 'blob:', 'https:'],
          'connect-src': ["'self'", 'ws:', 'wss:'],
          'worker-src': ["'self'", 'blob:'],
          'frame-ancestors': ["'none'"],
          'upgrade-insecure-requests': publicUrl.startsWith('https:') ? [] : null,
        },
      },
      strictTransportSecurity: publicUrl.startsWith('https:'),
    }),
  );
  app.use((_request, response, next) => {
    const requestId = randomUUID();
    response.locals['requestId'] = requestId;
    response.setHeader('x-request-id', requestId);
    next();
  });

  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', async (_request, response) => {
    const ready =
      !isStopping() &&
      (await checkReady().then(
        () => true,
        () => false,
      ));
    response.status(ready ? 200 : 503).json({ ready });
  });

  app.use(compression());
  app.use('/trpc', (request, _response, next) => {
    next(isOwnOrigin(request, publicUrl) ? undefined : new AppError('FOREIGN_ORIGIN'));
  });
  app.use('/api', (request, _response, next) => {
    next(isOwnOriginOrReads(request, publicUrl) ? undefined : new AppError('FOREIGN_ORIGIN'));
  });
  app.use('/trpc', limitWrites());
  app.use(
    '/trpc',
    createExpressMiddleware({
      router: appRouter,
      createContext: (options: CreateExpressContextOptions) => contextOf(deps)(options),
      maxBatchSize: 20,
      onError({ error, path, ctx }) {
        if (belongsInLog(error))
          logger.error({ err: error.cause ?? error, path, requestId: ctx?.requestId ?? '' }, 'defect');
      },
    }),
  );
  app.use(
    '/api/v1',
    createFilesRouter(services),
    express.json({ limit: BODY_LIMIT }),
    createRestRouter(deps),
  );
  app.use(serveApps(apps));
  app.use((_request, _response, next) => {
    next(new AppError('NOT_FOUND'));
  });

  const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    const refusal = refusalOf(error, requestIdOf(response));
    if (belongsInLog(error)) logger.error({ err: error, requestId: refusal.requestId }, 'defect');
    if (response.headersSent) next(error);
    else
      response
        .status(STATUS_OF_KIND[refusal.kind])
        .json({ message: refusal.code, data: { refusal }, says: sayRestRefusal(refusal) });
  };
  app.use(answerError);
  return app;
}

const STATUS_OF_KIND: Record<ReturnType<typeof refusalOf>['kind'], number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  'rate-limited': 429,
  defect: 500,
};
