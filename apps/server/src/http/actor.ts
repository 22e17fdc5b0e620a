import type { Services } from '@cadre/api/container';
import type { Actor } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import type { IncomingMessage } from 'node:http';

export const SIGN_IN_COOKIE = 'cadre_sign_in';

/** Who makes a request, as far as its cookie or key tells. */
export interface Caller {
  actor: Actor | null;
  /** The request carries an API key, be it a valid one or not. */
  keyGiven: boolean;
  signInId: Id | null;
  mustChangePassword: boolean;
}

const NOBODY: Caller = { actor: null, keyGiven: false, signInId: null, mustChangePassword: false };

export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decodeURIComponent(part.slice(at + 1).trim());
  }
  return null;
}

/** Resolves a request's API key or sign-in cookie. Used alike by HTTP and by sockets. */
export async function resolveCaller(
  services: Pick<Services, 'signIn' | 'apiClient'>,
  request: Pick<IncomingMessage, 'headers'>,
): Promise<Caller> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    const client = await services.apiClient.resolve(bearer);
    return { ...NOBODY, actor: client, keyGiven: true };
  }
  const token = readCookie(request.headers.cookie, SIGN_IN_COOKIE);
  const resolved = token === null ? null : await services.signIn.resolve(token);
  if (!resolved) return NOBODY;
  return {
    actor: resolved.actor,
    keyGiven: false,
    signInId: resolved.signIn.id,
    mustChangePassword: resolved.mustChangePassword,
  };
}
