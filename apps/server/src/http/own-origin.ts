import type { IncomingMessage } from 'node:http';

/** Sent by both apps with every call; a foreign page cannot set it without asking first, and is never allowed to. */
export const APP_HEADER = 'x-cadre-app';

/**
 * Is this call from one of our own pages (or from a program)? Together with the cookie's SameSite attribute this is
 * the fence against forged requests: calls with a cookie need the header, and an Origin that is ours.
 */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean {
  const { origin, host, cookie } = request.headers;
  if (
    origin !== undefined &&
    origin !== publicUrl &&
    origin !== `http://${host}` &&
    origin !== `https://${host}`
  )
    return false;
  return cookie === undefined || request.headers[APP_HEADER] !== undefined;
}
