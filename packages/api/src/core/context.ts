import type { Actor } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import type { Services } from '../container';

/** Sets or clears the cookie of the signed-in browser; the edge knows how. */
export interface SignInCookie {
  set(token: string): void;
  clear(): void;
}

/** The cookie that binds a scan to its browser until somebody signs in there. */
export interface TicketCookie {
  read(): string | null;
  set(secret: string): void;
  clear(): void;
}

/** What the edge knows of one request before a procedure runs. */
export interface RequestContext {
  services: Services;
  actor: Actor | null;
  /** The request carries an API key, be it a valid one or not. */
  keyGiven: boolean;
  /** The browser's sign-in, when the actor is a person. */
  signInId: Id | null;
  mustChangePassword: boolean;
  requestId: string;
  userAgent: string;
  /** The network address of the caller; many people may share one. */
  address: string;
  cookie: SignInCookie;
  ticketCookie: TicketCookie;
}
