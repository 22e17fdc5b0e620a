import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { InstanceOptions } from './commands/instance';
import { EmbeddedServer } from './server';
import { credentialOf } from './store/credential';
import type { Durability } from './store/group-commit';
import { OwnerLock, readOwner } from './store/owner-lock';
import { verifierOf } from './wire/scram';

export interface EmbeddedMongoOptions extends InstanceOptions {
  /** The database folder, created when missing. Without one the data lives in a private temporary folder until `stop`. */
  dbPath?: string | undefined;
  /** 0, the default: any free port of 127.0.0.1. */
  port?: number | undefined;
  /**
   * Instead of a port (both are an error): a unix socket that only its owner can reach. One that another server answers on is
   * refused, one that a dead server has left is replaced.
   */
  socketPath?: string | undefined;
  /** Default `full`; without `dbPath` nothing is flushed to the disk. */
  durability?: Exclude<Durability, 'none'> | undefined;
  /** Bytes the data may take; writes beyond it fail as on a full disk. */
  sizeLimit?: number | undefined;
  /** Milliseconds since 1970; default the system's clock. */
  now?: (() => number) | undefined;
}

export interface EmbeddedMongo {
  uri: string;
  /** False when another process owns the folder and `uri` leads to it; `stop` then does nothing. */
  owned: boolean;
  stop(): Promise<void>;
}

const OWNER_STARTS_MS = 2_000;

/** Another process owns the database folder and does not say how to reach it. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/** Starts the server in this process. Its work blocks the event loop for short times: a service spawns it instead. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions = {}): Promise<EmbeddedMongo> {
  const { dbPath } = options;
  if (options.socketPath && options.port !== undefined) {
    throw new Error('a server listens on a port or on a socket, not on both');
  }
  if (dbPath === undefined) {
    const folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-'));
    const server = await listening(
      options,
      folder,
      'none',
      options.socketPath ? undefined : credentialOf(folder),
    );
    return {
      uri: server.uri,
      owned: true,
      stop: async () => {
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  mkdirSync(dbPath, { recursive: true, mode: 0o700 });
  const lock = OwnerLock.tryAcquire(dbPath);
  if (!lock) return connectToOwner(dbPath);
  try {
    const credential = options.socketPath ? undefined : credentialOf(dbPath);
    const server = await listening(options, dbPath, options.durability ?? 'full', credential);
    lock.announce({ pid: process.pid, uri: server.uri });
    return {
      uri: server.uri,
      owned: true,
      stop: async () => {
        await server.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function listening(
  options: EmbeddedMongoOptions,
  folder: string,
  durability: Durability,
  credential: { user: string; password: string } | undefined,
): Promise<EmbeddedServer> {
  const server = new EmbeddedServer({
    folder,
    durability,
    port: options.port ?? 0,
    socketPath: options.socketPath,
    sizeLimit: options.sizeLimit,
    credential: credential && { ...credential, verifier: verifierOf(credential.user, credential.password) },
    now: options.now ?? Date.now,
    failOnCollScanOver: options.failOnCollScanOver,
    longestStretchMs: options.longestStretchMs,
    testCommands: options.testCommands,
  });
  try {
    await server.listen();
  } catch (error) {
    await server.engine.close();
    throw error;
  }
  return server;
}

/** The owner's server; one that is just starting is waited for. */
async function connectToOwner(dbPath: string): Promise<EmbeddedMongo> {
  const latest = Date.now() + OWNER_STARTS_MS;
  let owner = readOwner(dbPath);
  while (!owner && Date.now() < latest) {
    await pause(20);
    owner = readOwner(dbPath);
  }
  if (!owner) throw new FolderInUseError(`${dbPath} is in use by another process`);
  return { uri: owner.uri, owned: false, stop: () => Promise.resolve() };
}
