import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dispatch } from './commands/dispatch';
import { REPLICA_SET, type Instance, type InstanceOptions } from './commands/instance';
import { Engine } from './engine/engine';
import { removeExpired } from './engine/expiry';
import { Cursors } from './session/cursors';
import { FailPoints } from './session/fail-points';
import { Sessions } from './session/sessions';
import { claimSocketPath } from './socket-path';
import type { Durability } from './store/group-commit';
import { ClientConnection } from './wire/client-connection';
import type { Verifier } from './wire/scram';

const HOST = '127.0.0.1';

const HOUSEKEEPING_MS = 5_000;

/** So long a transaction may be without any connection that has spoken of it. */
const FAREWELL_MS = 2_000;

/** As often as MongoDB. */
const EXPIRY_MS = 60_000;

export interface ServerOptions extends InstanceOptions {
  folder: string;
  durability: Durability;
  sizeLimit?: number | undefined;
  /** 0: any free port. */
  port: number;
  /** Instead of a port: a unix socket that only its owner can reach. */
  socketPath?: string | undefined;
  /** The only user; undefined: nobody has to sign in. */
  credential?: { user: string; password: string; verifier: Verifier } | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Listens, and holds together what the commands of all clients share. */
export class EmbeddedServer implements Instance {
  readonly engine: Engine;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly failPoints = new FailPoints();
  readonly options: ServerOptions;
  readonly startedAt: number;
  stopping = false;
  #address = '';
  #nextConnection = 1;
  readonly #clients = new Set<ClientConnection>();
  readonly #server: Server;
  readonly #timers: NodeJS.Timeout[];
  #expiring = false;

  constructor(options: ServerOptions) {
    this.options = options;
    this.startedAt = options.now();
    this.engine = new Engine(options);
    this.sessions = new Sessions(this.engine);
    this.cursors = new Cursors(options.now);
    this.engine.onReload(() => this.cursors.closeAll());
    this.#server = createServer((socket) => this.#connect(socket));
    this.#timers = [
      setInterval(() => this.#housekeep(), HOUSEKEEPING_MS).unref(),
      // Cut off by a stop or a full disk, it goes on the next time.
      setInterval(() => void this.removeExpired().catch(() => undefined), EXPIRY_MS).unref(),
    ];
  }

  get verifier(): Verifier | undefined {
    return this.options.credential?.verifier;
  }

  get address(): string {
    return this.#address;
  }

  get connections(): number {
    return this.#clients.size;
  }

  /** The URI under which drivers reach this server, with the credential when there is one. */
  get uri(): string {
    const { socketPath, credential } = this.options;
    if (socketPath) return `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`;
    const user = credential && `${credential.user}:${encodeURIComponent(credential.password)}@`;
    const source = credential ? '&authSource=admin&authMechanism=SCRAM-SHA-256' : '';
    return `mongodb://${user ?? ''}${this.#address}/?replicaSet=${REPLICA_SET}${source}`;
  }

  async listen(): Promise<void> {
    const { socketPath, port } = this.options;
    if (socketPath) await claimSocketPath(socketPath);
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(socketPath ? { path: socketPath } : { host: HOST, port }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    if (socketPath) chmodSync(socketPath, 0o600);
    const address = this.#server.address();
    this.#address =
      typeof address === 'object' && address ? `${HOST}:${address.port}` : (socketPath as string);
  }

  /** Ends all connections, commits what is open and closes the folder. */
  async close(): Promise<void> {
    this.stopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const client of this.#clients) client.close();
    this.cursors.closeAll();
    this.sessions.abortAll();
    await closed;
    await this.engine.close();
  }

  /** Removes what expiry indexes say; runs by itself every minute. Returns how many documents. */
  async removeExpired(): Promise<number> {
    if (this.#expiring || this.stopping) return 0;
    this.#expiring = true;
    try {
      return await removeExpired(this.engine, () => this.stopping);
    } finally {
      this.#expiring = false;
    }
  }

  #connect(socket: Socket): void {
    const client = new ClientConnection({
      id: this.#nextConnection++,
      socket,
      authenticated: this.verifier === undefined,
      answer: (connection, request) => dispatch(this, connection, request),
      onClose: () => {
        this.#clients.delete(client);
        // A driver that closes idle connections goes on with the transaction on another one.
        setTimeout(() => this.stopping || this.sessions.connectionClosed(client), FAREWELL_MS).unref();
      },
    });
    this.#clients.add(client);
  }

  #housekeep(): void {
    this.sessions.expire();
    this.cursors.expire();
  }
}
