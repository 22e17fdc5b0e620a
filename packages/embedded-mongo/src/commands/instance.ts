import { Doc, type Value } from '../bson';
import type { Engine } from '../engine/engine';
import type { Cursors } from '../session/cursors';
import type { FailPoints } from '../session/fail-points';
import type { Sessions } from '../session/sessions';
import type { ClientConnection } from '../wire/client-connection';
import type { Verifier } from '../wire/scram';

/** The MongoDB version this server behaves as, and the wire version that belongs to it. */
export const SERVER_VERSION = '8.0.0';
export const WIRE_VERSION = 25;

/** The name of the replica set whose only member this server is. */
export const REPLICA_SET = 'rs0';

export interface InstanceOptions {
  /** Test mode: a query that reads more documents than this without an index fails. */
  failOnCollScanOver?: number | undefined;
  /** Milliseconds that one stretch of computing may take that cannot be interrupted; a second unless told otherwise. */
  longestStretchMs?: number | undefined;
  /** Test mode: clients may set fail points. */
  testCommands?: boolean | undefined;
}

/** A running server as its commands see it. */
export interface Instance {
  readonly engine: Engine;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly failPoints: FailPoints;
  readonly options: InstanceOptions;
  /** The password check of the only user; undefined: nobody has to sign in. */
  readonly verifier: Verifier | undefined;
  /** `host:port` or the path of the socket. */
  readonly address: string;
  readonly startedAt: number;
  readonly connections: number;
  stopping: boolean;
}

/** The only user there is belongs to `admin`. */
export const USERS_DATABASE = 'admin';

const ROLE = 'root';

/** Users who have signed in on a connection, and their roles; without a password there is none. */
export function signedIn(
  { verifier }: Instance,
  connection: ClientConnection,
): { users: Doc[]; roles: Doc[] } {
  if (!verifier || !connection.authenticated) return { users: [], roles: [] };
  return {
    users: [Doc.of({ user: verifier.user, db: USERS_DATABASE })],
    roles: [Doc.of({ role: ROLE, db: USERS_DATABASE })],
  };
}

/** What `$$USER_ROLES` stands for. */
export function userRoles(instance: Instance, connection: ClientConnection): Value {
  const _id = `${USERS_DATABASE}.${ROLE}`;
  return signedIn(instance, connection).roles.map((role) => Doc.from([['_id', _id], ...role.entries()]));
}
