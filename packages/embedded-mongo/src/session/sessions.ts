import { Binary, Doc } from '../bson';
import type { Engine } from '../engine/engine';
import type { Transaction } from '../engine/transaction';
import { ErrorCode, fail, MongoError } from '../errors';
import { committedRecord, decodeResults, isCommitted, RetryLog } from './retry-log';

/** A session that nobody has used for so long is forgotten; the driver is told the same figure. */
export const SESSION_MINUTES = 30;

const TRANSACTION_MS = 60_000;

/** One logical session of a client. */
export interface Session {
  readonly key: string;
  readonly id: Buffer;
  /** The latest transaction or write number. */
  number: bigint;
  state: 'none' | 'write' | 'active' | 'committed' | 'aborted';
  transaction: Transaction | undefined;
  results: Map<number, Doc | undefined>;
  used: number;
  /** Connections it has been used on; when all are closed its transaction is aborted. */
  readonly connections: Set<object>;
}

/** What a command runs in. */
export interface Entered {
  session: Session | undefined;
  transaction: Transaction | undefined;
  retry: RetryLog | undefined;
}

const OUTSIDE: Entered = { session: undefined, transaction: undefined, retry: undefined };

/** Sessions, the transaction each may have open, and the records of retryable writes. */
export class Sessions {
  readonly #engine: Engine;
  readonly #sessions = new Map<string, Session>();

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.onReload(() => {
      this.abortAll();
      // Records of the lost batch must not answer for it.
      this.#sessions.clear();
    });
  }

  /** Resolves the session fields of a command: which session, which transaction, which retryable write. */
  enter(
    command: Doc,
    o: { name: string; inTransaction: boolean; retryable: boolean; connection: object },
  ): Entered {
    checkNumbered(command);
    const lsid = command.get('lsid');
    if (!(lsid instanceof Doc)) return OUTSIDE;
    const start = command.get('startTransaction') === true;
    // May end the batch of this turn. Were that one lost, all sessions would be forgotten: so it goes first.
    if (start) this.#engine.settle();
    const session = this.#session(lsid);
    session.used = this.#engine.now();
    session.connections.add(o.connection);
    const number = command.get('txnNumber');
    if (typeof number !== 'bigint') return { session, transaction: undefined, retry: undefined };
    if (command.get('autocommit') !== false) {
      const retry = o.retryable ? this.#retryableWrite(session, number) : undefined;
      return { session, transaction: undefined, retry };
    }
    if (!o.inTransaction) {
      fail(
        ErrorCode.OperationNotSupportedInTransaction,
        `Cannot run '${o.name}' in a multi-document transaction.`,
      );
    }
    if (start) this.#start(session, number);
    else this.#continue(session, number, o.name);
    return { session, transaction: session.transaction, retry: undefined };
  }

  /** Commits; a commit of what is committed already succeeds. */
  commit(session: Session): void {
    if (session.state === 'committed') return;
    const { transaction } = session;
    if (!transaction) throw noTransaction(session.number, session.number);
    const written = transaction.view.hasWrites || transaction.created.size > 0;
    session.transaction = undefined;
    session.state = 'aborted';
    this.#engine.commit(transaction);
    session.state = 'committed';
    if (written) this.#save(session, committedRecord());
  }

  abort(session: Session): void {
    if (session.transaction) this.#engine.abort(session.transaction);
    session.transaction = undefined;
    if (session.state === 'active') session.state = 'aborted';
  }

  abortAll(): void {
    for (const session of this.#sessions.values()) this.abort(session);
  }

  /** The client is done with the session. */
  end(lsid: Doc): string {
    const key = keyOf(lsid).toString('hex');
    const session = this.#sessions.get(key);
    if (session) this.abort(session);
    this.#sessions.delete(key);
    return key;
  }

  /** A transaction whose client has no connection left can only be in the way. */
  connectionClosed(connection: object): void {
    for (const session of this.#sessions.values()) {
      if (session.connections.delete(connection) && session.connections.size === 0) this.abort(session);
    }
  }

  /** Aborts transactions that have lasted too long, and forgets idle sessions and their records. */
  expire(): void {
    const now = this.#engine.now();
    const oldest = now - SESSION_MINUTES * 60_000;
    for (const [key, session] of this.#sessions) {
      if (session.transaction && now - session.transaction.startedAt > TRANSACTION_MS) this.abort(session);
      if (session.used < oldest && !session.transaction) this.#sessions.delete(key);
    }
    this.#engine.store.removeSessionsBefore(oldest);
  }

  get openTransactions(): number {
    return this.#engine.transactions.size;
  }

  #session(lsid: Doc): Session {
    const id = keyOf(lsid);
    const key = id.toString('hex');
    let session = this.#sessions.get(key);
    if (session) return session;
    const stored = this.#engine.store.session(id);
    session = {
      key,
      id,
      number: stored?.number ?? -1n,
      state: !stored ? 'none' : isCommitted(stored.record) ? 'committed' : 'write',
      transaction: undefined,
      results:
        stored && !isCommitted(stored.record)
          ? decodeResults(stored.record)
          : new Map<number, Doc | undefined>(),
      used: this.#engine.now(),
      connections: new Set(),
    };
    this.#sessions.set(key, session);
    return session;
  }

  #retryableWrite(session: Session, number: bigint): RetryLog {
    if (number < session.number) throw tooOld(session, number, 'Retryable write');
    if (number === session.number && session.state !== 'write') {
      fail(
        ErrorCode.OperationNotSupportedInTransaction,
        `Retryable write with txnNumber ${number} is prohibited on session because a transaction with the same number exists`,
      );
    }
    if (number > session.number) {
      this.abort(session);
      session.number = number;
      session.state = 'write';
      session.results = new Map();
    }
    return new RetryLog(number, session.results, (record) => this.#save(session, record));
  }

  #start(session: Session, number: bigint): void {
    if (number < session.number) throw tooOld(session, number, 'Transaction');
    if (number === session.number && session.state !== 'none') {
      fail(
        ErrorCode.ConflictingOperationInProgress,
        `Transaction ${number} on session has already been started`,
      );
    }
    this.abort(session);
    session.number = number;
    session.state = 'active';
    session.results = new Map();
    session.transaction = this.#engine.begin();
  }

  #continue(session: Session, number: bigint, name: string): void {
    if (number < session.number) throw tooOld(session, number, 'Transaction');
    const ending = name === 'commitTransaction' || name === 'abortTransaction';
    if (number > session.number || session.state === 'none' || session.state === 'write') {
      throw noTransaction(number, session.number);
    }
    if (session.state === 'aborted' && name !== 'abortTransaction') {
      throw noSuchTransaction(`Transaction ${number} has been aborted.`);
    }
    if (session.state === 'aborted') throw noSuchTransaction(`Transaction ${number} has been aborted.`);
    if (session.state === 'committed' && (!ending || name === 'abortTransaction')) {
      fail(ErrorCode.TransactionCommitted, `Transaction ${number} has been committed.`);
    }
  }

  #save(session: Session, record: Buffer): void {
    this.#engine.store.saveSession(session.id, { number: session.number, record }, this.#engine.now());
  }
}

/** The number, `autocommit` and `startTransaction` need each other, and the number a session; whatever the command. */
function checkNumbered(command: Doc): void {
  const number = command.get('txnNumber') ?? undefined;
  const autocommit = command.get('autocommit') ?? undefined;
  const start = command.get('startTransaction') ?? undefined;
  if (number === undefined && autocommit === undefined && start === undefined) return;
  const refuse = (message: string): never => fail(ErrorCode.InvalidOptions, message);
  if (typeof number === 'bigint') {
    if (!(command.get('lsid') instanceof Doc))
      refuse('Transaction number requires a session ID to also be specified');
    if (number < 0n) refuse('Transaction number cannot be negative');
  } else if (autocommit !== undefined) {
    refuse("'autocommit' field requires a transaction number to also be specified");
  }
  if (autocommit === true) refuse('Specifying autocommit=true is not allowed.');
  if (start === undefined) return;
  if (autocommit === undefined)
    refuse("'startTransaction' field requires 'autocommit' field to also be specified");
  if (start === false) refuse('Specifying startTransaction=false is not allowed.');
}

function keyOf(lsid: Doc): Buffer {
  const id = lsid.get('id');
  if (!(id instanceof Binary) || id.bytes.length !== 16) {
    return fail(ErrorCode.TypeMismatch, "BSON field 'lsid.id' must be a UUID");
  }
  return id.bytes;
}

function tooOld(session: Session, number: bigint, what: string): MongoError {
  return new MongoError(
    ErrorCode.TransactionTooOld,
    `${what} with txnNumber ${number} is prohibited on session because a newer transaction with txnNumber ${session.number} has already started on this session.`,
  );
}

function noTransaction(number: bigint, active: bigint): MongoError {
  return noSuchTransaction(
    `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${active}`,
  );
}

function noSuchTransaction(message: string): MongoError {
  const error = new MongoError(ErrorCode.NoSuchTransaction, message);
  error.labels = ['TransientTransactionError'];
  return error;
}
