import type { IncomingMessage } from 'node:http';

/** Sent by both apps with every call; a foreign page cannot set it without asking first, and is never allowed to. */
const APP_HEADER = 'x-cadre-app';

/** Does the call come from one of our own pages, or from a program that is no page at all? */
export function hasOwnOrigin({ headers }: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean {
  const { origin, host } = headers;
  return [undefined, publicUrl, `http://${host}`, `https://${host}`].includes(origin);
}

/**
 * Is this call from one of our own pages (or from a program)? Together with the cookie's SameSite attribute this is
 * the fence against forged requests: calls with a cookie need the header, and an Origin that is ours.
 */
export const isOwnOrigin = (request: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean =>
  hasOwnOrigin(request, publicUrl) &&
  (request.headers.cookie === undefined || request.headers[APP_HEADER] !== undefined);

/**
 * The same for the REST interface, whose files (calendar, tables) are also opened by a link, which cannot carry the
 * header. Reading changes nothing, and what is read stays hidden from a foreign page.
 */
export const isOwnOriginOrReads = (
  request: Pick<IncomingMessage, 'headers' | 'method'>,
  publicUrl: string,
): boolean =>
  request.method === 'GET' || request.method === 'HEAD'
    ? hasOwnOrigin(request, publicUrl)
    : isOwnOrigin(request, publicUrl);
