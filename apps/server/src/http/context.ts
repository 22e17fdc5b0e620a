import type { Services } from '@cadre/api/container';
import type { RequestContext } from '@cadre/api/core';
import { SIGN_IN_DAYS } from '@cadre/api/identity';
import { TICKET_MINUTES } from '@cadre/domain/live';
import type { Request, Response } from 'express';
import { readCookie, resolveCaller, SIGN_IN_COOKIE } from './actor';

const TICKET_COOKIE = 'cadre_check_in';

/** Makes the context of one request; the same for tRPC and REST. */
export function contextOf({ services, publicUrl }: { services: Services; publicUrl: string }) {
  const cookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
  } as const;
  return async ({ req, res }: { req: Request; res: Response }): Promise<RequestContext> => ({
    services,
    ...(await resolveCaller(services, req)),
    requestId: requestIdOf(res),
    userAgent: req.headers['user-agent'] ?? '',
    address: req.socket.remoteAddress ?? '',
    cookie: {
      set: (token) => {
        res.cookie(SIGN_IN_COOKIE, token, { ...cookieOptions, maxAge: SIGN_IN_DAYS * 86_400_000 });
      },
      clear: () => {
        res.clearCookie(SIGN_IN_COOKIE, cookieOptions);
      },
    },
    ticketCookie: {
      read: () => readCookie(req.headers.cookie, TICKET_COOKIE),
      set: (secret) => {
        res.cookie(TICKET_COOKIE, secret, { ...cookieOptions, maxAge: TICKET_MINUTES * 60_000 });
      },
      clear: () => {
        res.clearCookie(TICKET_COOKIE, cookieOptions);
      },
    },
  });
}

/** The id under which the log knows this request; also told to the client. */
export const requestIdOf = (response: Response): string =>
  (response.locals as { requestId: string }).requestId;
