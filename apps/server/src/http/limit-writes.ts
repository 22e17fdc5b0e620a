import { hashSecret } from '@cadre/api/core';
import { AppError } from '@cadre/domain/core';
import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { readCookie, SIGN_IN_COOKIE } from './actor';

/** How much one signed-in browser may write: far above what fingers can do, far below what hurts. */
export const WRITE_LIMIT = { points: 300, seconds: 10 } as const;

/**
 * Limits writes per sign-in, never per address: a whole hall sits behind one. Who is not signed in can only try to sign
 * in, which locks the account by itself. Kept in the process: it protects the server, correctness never rests on it.
 */
export function limitWrites(): RequestHandler {
  const limiter = new RateLimiterMemory({ points: WRITE_LIMIT.points, duration: WRITE_LIMIT.seconds });
  return (request, _response, next) => {
    const token = request.method === 'POST' ? readCookie(request.headers.cookie, SIGN_IN_COOKIE) : null;
    if (token === null) {
      next();
      return;
    }
    limiter.consume(hashSecret(token)).then(
      () => next(),
      (error: unknown) =>
        next(
          error instanceof RateLimiterRes
            ? new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1000) })
            : error,
        ),
    );
  };
}
