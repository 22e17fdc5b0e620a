import { appRouter } from '@cadre/api/app-router';
import type { Services } from '@cadre/api/container';
import { belongsInLog, type refusalOf } from '@cadre/api/core';
import express, { type RequestHandler, type Router } from 'express';
import type { Logger } from 'pino';
import { createOpenApiExpressMiddleware, generateOpenApiDocument } from 'trpc-to-openapi';
import { contextOf } from './context';
import { restPage, type RestDocument } from './rest-page';
import { sayRestRefusal } from './rest-words';

export interface RestDeps {
  services: Services;
  logger: Logger;
  publicUrl: string;
}

/** REST at `/api/v1`: the procedures that carry an `openapi` meta, and nothing else. */
export function createRestRouter(deps: RestDeps): Router {
  const router = express.Router();
  const document = generateOpenApiDocument(appRouter, {
    title: 'Cadre Alliance Training Platform',
    description:
      '干部教育联盟培训平台：考核系统读取学时学分的接口。\n\nWhat the assessment system reads: signed figures of training.',
    version: '1.0.0',
    baseUrl: `${deps.publicUrl}/api/v1`,
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
  });
  const page = restPage(document as unknown as RestDocument);
  router.get('/', (_request, response) => void response.type('html').send(page));
  router.get('/openapi.json', (_request, response) => void response.json(document));
  router.use(
    refusalsInWords,
    createOpenApiExpressMiddleware({
      router: appRouter,
      createContext: contextOf(deps),
      responseMeta: undefined,
      onError({ error, ctx }: { error: unknown; ctx?: { requestId: string } }) {
        if (belongsInLog(error)) deps.logger.error({ err: error, requestId: ctx?.requestId ?? '' }, 'defect');
      },
    } as never) as never,
  );
  return router;
}

/**
 * The adapter writes failures by itself, those of the input in English and with the library's own words. Here they
 * leave with the product's code and a sentence in both languages.
 */
const refusalsInWords: RequestHandler = (_request, response, next) => {
  const end = response.end.bind(response) as (text?: unknown) => express.Response;
  response.end = ((text?: unknown) => {
    const failure = response.statusCode >= 400 ? failureOf(text) : null;
    if (failure === null) return end(text);
    const { issues: _issues, ...body } = failure;
    // An address that leads nowhere is refused before there is a context, but the request has its number.
    const refusal = {
      ...failure.data.refusal,
      requestId: failure.data.refusal.requestId || String(response.getHeader('x-request-id') ?? ''),
    };
    const data = { ...failure.data, refusal };
    return end(JSON.stringify({ ...body, data, message: refusal.code, says: sayRestRefusal(refusal) }));
  }) as typeof response.end;
  next();
};

interface Failure {
  readonly data: { readonly refusal: ReturnType<typeof refusalOf> };
  readonly issues?: unknown;
}

function failureOf(text: unknown): Failure | null {
  const body = typeof text === 'string' ? (JSON.parse(text) as Partial<Failure>) : null;
  return body?.data ? (body as Failure) : null;
}
