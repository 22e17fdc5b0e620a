import { DateTime, isNumber, toNumber, type Doc, type Timestamp } from '../bson';
import { Budget, PAUSE } from '../aggregate';
import { createScope, type Scope } from '../query';
import type { Collection } from '../engine/collection';
import type { Engine } from '../engine/engine';
import type { ReadContext, ReadStatistics } from '../engine/execute';
import { Blocked } from '../engine/locks';
import { nextTurn } from '../engine/pause';
import type { Transaction } from '../engine/transaction';
import type { WriteTarget } from '../engine/writes';
import { ErrorCode, fail } from '../errors';
import type { CursorControl } from '../session/cursors';
import type { RetryLog } from '../session/retry-log';
import type { Session } from '../session/sessions';
import type { KeyValueView } from '../store/view';
import type { ClientConnection } from '../wire/client-connection';
import type { Request } from '../wire/message';
import { beginStretch, endStretch } from '../work';
import { document } from './arguments';
import { userRoles, type Instance } from './instance';

/** A command may compute for so long before others are served. */
const SLICE_MS = 10;

/** Waiting for a lock is looked at again at least this often. */
const LONGEST_WAIT_MS = 1000;

/** Everything a command needs while it runs. */
export class CommandContext {
  readonly instance: Instance;
  readonly connection: ClientConnection;
  readonly request: Request;
  readonly command: Doc;
  readonly name: string;
  readonly database: string;
  session: Session | undefined;
  transaction: Transaction | undefined;
  retry: RetryLog | undefined;
  readonly control: CursorControl;
  readonly statistics: ReadStatistics = { keysExamined: 0, documentsExamined: 0 };
  /** Counts how often others have been served in between: what was read before may be stale then. */
  turns = 0;
  readonly #generation: number;
  #scope: Scope | undefined;
  #budget: Budget | undefined;

  constructor(o: {
    instance: Instance;
    connection: ClientConnection;
    request: Request;
    name: string;
    database: string;
  }) {
    this.instance = o.instance;
    this.connection = o.connection;
    this.request = o.request;
    this.command = o.request.command;
    this.name = o.name;
    this.database = o.database;
    this.#generation = o.instance.engine.generation;
    const most = timeLimit(this.command);
    this.control = {
      killed: false,
      deadline: most ? performance.now() + most : undefined,
      connection: o.connection,
    };
  }

  get engine(): Engine {
    return this.instance.engine;
  }

  get view(): KeyValueView {
    return this.transaction?.view ?? this.engine.store.live;
  }

  get scope(): Scope {
    return (this.#scope ??= this.newScope(undefined));
  }

  /** A scope with further variables beside the command's `let`. */
  newScope(constants: Doc | undefined): Scope {
    const variables = document(this.command, 'let');
    const both = variables && constants ? merge(variables, constants) : (variables ?? constants);
    return createScope({
      now: new DateTime(this.engine.now()),
      clusterTime: this.engine.clock.now(),
      userRoles: () => userRoles(this.instance, this.connection),
      ...(both && { variables: both }),
    });
  }

  get budget(): Budget {
    return (this.#budget ??= new Budget({ sliceMs: SLICE_MS, killed: () => this.#isKilled() }));
  }

  get read(): ReadContext {
    return {
      view: this.view,
      budget: this.budget,
      statistics: this.statistics,
      failOnCollScanOver: this.instance.options.failOnCollScanOver,
      schemaSequence: this.transaction?.schemaSequence,
    };
  }

  get target(): WriteTarget {
    return { engine: this.engine, view: this.view, transaction: this.transaction };
  }

  collection(name: string): Collection | undefined {
    return this.engine.find(this.database, name, this.transaction);
  }

  readonly nextTimestamp = (): Timestamp => this.engine.clock.tick();

  /** From here on this command computes, until it lets others be served. */
  beginStretch(): void {
    beginStretch({ deadlineMs: this.control.deadline, longestMs: this.instance.options.longestStretchMs });
  }

  /** Lets others be served when the slice of time is used up. */
  async breathe(): Promise<void> {
    if (this.budget.tick()) await this.rest();
  }

  /** Lets others be served now. */
  async rest(): Promise<void> {
    this.beforeWaiting();
    endStretch();
    await nextTurn();
    this.beginStretch();
    this.#budget?.resume();
    this.#checkGeneration();
  }

  /**
   * Reads items until `take` returns false or there are none left, and lets others be served whenever the source pauses.
   * Resolves to whether the source is exhausted; a source given up early is left where it stands.
   */
  async pull<T>(source: Iterator<T | typeof PAUSE, unknown>, take: (item: T) => boolean): Promise<boolean> {
    for (;;) {
      const next = source.next();
      if (next.done) return true;
      if (next.value === PAUSE) await this.rest();
      else if (!take(next.value)) return false;
    }
  }

  /** Does a piece of work, again after each wait for a lock that a transaction holds. */
  async untilFree<T>(work: () => T | Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Blocked)) throw error;
      }
      this.#isKilled();
      const left = (this.control.deadline ?? Infinity) - performance.now();
      this.beforeWaiting();
      endStretch();
      await this.engine.locks.nextRelease(Math.max(1, Math.min(LONGEST_WAIT_MS, left)));
      this.beginStretch();
      this.#checkGeneration();
      this.#isKilled();
    }
  }

  /** What a retried command must find if the server stops while this one waits. */
  beforeWaiting(): void {
    this.turns++;
    this.retry?.save();
  }

  /** The batch in which this command had begun to write was lost: it must not go on as if it were there. */
  #checkGeneration(): void {
    if (this.#generation === this.engine.generation) return;
    this.retry = undefined;
    fail(
      ErrorCode.OutOfDiskSpace,
      'the data could not be stored: an earlier write of the same batch was lost',
    );
  }

  #isKilled(): boolean {
    if (this.control.deadline !== undefined && performance.now() > this.control.deadline) {
      fail(ErrorCode.MaxTimeMSExpired, 'operation exceeded time limit');
    }
    if (this.transaction && !this.transaction.open) {
      fail(ErrorCode.NoSuchTransaction, 'the transaction of this operation has been aborted');
    }
    return this.control.killed || this.control.connection.closed || this.instance.stopping;
  }
}

/** `maxTimeMS`; 0 and undefined: no limit. */
function timeLimit(command: Doc): number | undefined {
  const given = command.get('maxTimeMS');
  if (given === undefined || !isNumber(given)) return undefined;
  const most = toNumber(given);
  if (!(most >= 0 && most <= 0x7fffffff))
    fail(ErrorCode.BadValue, `${most} value for maxTimeMS is out of range [0, 2147483647]`);
  if (!Number.isInteger(most)) fail(ErrorCode.BadValue, 'maxTimeMS has non-integral value');
  return most;
}

function merge(a: Doc, b: Doc): Doc {
  const merged = a.clone();
  for (const [key, value] of b.entries()) merged.set(key, value);
  return merged;
}
