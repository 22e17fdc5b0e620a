import { AppError, type ErrorDetails, type ErrorKind } from '@cadre/domain/core';
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { ZodError } from 'zod';
import type { RequestContext } from './context';

type TrpcCode = ConstructorParameters<typeof TRPCError>[0]['code'];

const CODE_OF_KIND: Record<ErrorKind, TrpcCode> = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  precondition: 'PRECONDITION_FAILED',
  'rate-limited': 'TOO_MANY_REQUESTS',
};

/** What a client is told of a failure: a refusal with its facts, or a defect without any. */
export interface RefusalShape {
  code: string;
  kind: ErrorKind | 'defect';
  details: ErrorDetails;
  requestId: string;
}

/** Wraps a refusal for tRPC; the wording stays with the apps. */
export const toTrpcError = (error: AppError): TRPCError =>
  new TRPCError({ code: CODE_OF_KIND[error.kind], message: error.code, cause: error });

/** Reads an error of any origin as what a client may know of it. */
export function refusalOf(error: unknown, requestId: string): RefusalShape {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError)
    return { code: cause.code, kind: cause.kind, details: cause.details, requestId };
  if (cause instanceof ZodError && error instanceof TRPCError && error.code === 'BAD_REQUEST') {
    const fields = [...new Set(cause.issues.map((issue) => issue.path.join('.')))];
    return { code: 'INPUT_INVALID', kind: 'invalid', details: { fields }, requestId };
  }
  if (error instanceof TRPCError && error.code === 'NOT_FOUND')
    return { code: 'NOT_FOUND', kind: 'not-found', details: {}, requestId };
  if (
    error instanceof TRPCError &&
    ['BAD_REQUEST', 'PARSE_ERROR', 'METHOD_NOT_SUPPORTED'].includes(error.code)
  )
    return { code: 'INPUT_INVALID', kind: 'invalid', details: {}, requestId };
  return { code: 'DEFECT', kind: 'defect', details: {}, requestId };
}

/** Whether whoever runs the installation is to find a failure in the log: a defect, or a refusal that has its cause in disorder. */
export function belongsInLog(error: unknown): boolean {
  const cause = error instanceof TRPCError ? error.cause : error;
  return refusalOf(error, '').kind === 'defect' || (cause instanceof AppError && cause.cause !== undefined);
}

const t = initTRPC
  .context<RequestContext>()
  .meta<OpenApiMeta>()
  .create({
    transformer: superjson,
    errorFormatter({ shape, error, ctx }) {
      const refusal = refusalOf(error, ctx?.requestId ?? '');
      return {
        ...shape,
        message: refusal.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, refusal },
      };
    },
  });

/** Services throw `AppError`; here, and nowhere else, it becomes tRPC's. `next()` never throws: its result is inspected. */
const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof AppError) throw toTrpcError(result.error.cause);
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Tier 0: anybody. */
export const publicProcedure = t.procedure.use(refusals);

/** Tier 1: a signed-in person, who may still owe a change of password. */
export const accountProcedure = publicProcedure.use(({ ctx, next }) => {
  const { actor, signInId } = ctx;
  if (actor?.kind !== 'person' || signInId === null) throw toTrpcError(new AppError('NOT_SIGNED_IN'));
  return next({ ctx: { actor, signInId } });
});

/** Tier 2: a signed-in person. Every procedure of the two apps but the account's own. */
export const signedInProcedure = accountProcedure.use(({ ctx, next }) => {
  if (ctx.mustChangePassword) throw toTrpcError(new AppError('PASSWORD_CHANGE_REQUIRED'));
  return next();
});

/** Tier 3: a machine with an API key. */
export const clientProcedure = publicProcedure.use(({ ctx, next }) => {
  const { actor, keyGiven } = ctx;
  if (actor?.kind !== 'client')
    throw toTrpcError(new AppError(keyGiven ? 'API_KEY_WRONG' : 'API_KEY_MISSING'));
  return next({ ctx: { actor } });
});
