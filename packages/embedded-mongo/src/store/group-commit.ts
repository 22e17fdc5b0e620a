import { closeSync, fdatasync, openSync } from 'node:fs';
import type { Connection } from './connection';

/**
 * `full`: a write is acknowledged when it is on the disk. `relaxed`: when it is committed; it survives the process, but a
 * power cut can take the last moments; who asks for the disk waits for it. `none`: for throw-away folders.
 */
export type Durability = 'full' | 'relaxed' | 'none';

type Settled = (error?: Error) => void;

/** Who waits for a batch: until it is committed, or until it is on the disk. */
interface Waiting {
  batch: number;
  onDisk: boolean;
  settled: Settled;
}

/**
 * Collects the writes of one event-loop turn, over all clients, into one SQLite transaction. Whoever has written waits with
 * {@link whenSettled} before he tells anybody. The disk is flushed in the background while the next batch is being
 * collected, so one flush serves everything committed before it began.
 */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #durability: Durability;
  readonly #walFile: string;
  readonly #onCommit: () => void;
  readonly #onRollback: (error: Error) => void;
  #waiting: Waiting[] = [];
  #batch = 0;
  #open = false;
  #committed = 0;
  #flushed = 0;
  #flushing = false;
  #walHandle: number | undefined;
  #broken: Error | undefined;
  #closing: (() => void) | undefined;

  /** `onCommit` is told when others can see a batch, `onRollback` when a batch is lost (a full disk): everything cached from it must be read anew. */
  constructor(o: {
    connection: Connection;
    durability: Durability;
    walFile: string;
    onCommit: () => void;
    onRollback: (error: Error) => void;
  }) {
    this.#connection = o.connection;
    this.#durability = o.durability;
    this.#walFile = o.walFile;
    this.#onCommit = o.onCommit;
    this.#onRollback = o.onRollback;
  }

  /** Called before each write: opens the batch of this turn. */
  begin(): void {
    if (this.#open) return;
    if (this.#broken) throw this.#broken;
    this.#connection.statement('', 'BEGIN IMMEDIATE').run();
    this.#open = true;
    this.#batch++;
    setImmediate(() => this.commit());
  }

  /** Ends the open batch now; does nothing when there is none. */
  commit(): void {
    if (!this.#open) return;
    try {
      if (!this.#connection.database.isTransaction) throw new Error('the batch was rolled back by SQLite');
      this.#connection.statement('', 'COMMIT').run();
    } catch (error) {
      this.rollback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#open = false;
    this.#committed = this.#batch;
    this.#onCommit();
    this.#flush();
    if (this.#durability !== 'full') this.#settle(this.#committed, false);
  }

  /** Gives the open batch up: everybody waiting for it is told the error. */
  rollback(error: Error): void {
    if (!this.#open) return;
    if (this.#connection.database.isTransaction) this.#connection.statement('', 'ROLLBACK').run();
    this.#open = false;
    const lost = this.#batch;
    const told = this.#takeOut((one) => one.batch === lost);
    this.#onRollback(error);
    for (const one of told) one.settled(error);
  }

  /** Whether something has been written in this turn that no snapshot shows yet. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether something written cannot be acknowledged yet, to somebody who wants it on the disk in any case or leaves it to the durability. */
  isPending(onDisk: boolean): boolean {
    return this.#open || (this.#needsDisk(onDisk) && this.#flushed < this.#committed);
  }

  /** Calls back when everything written until now is safe, or lost; at once when nothing is pending. */
  whenSettled(settled: Settled, onDisk = false): void {
    if (!this.isPending(onDisk)) {
      settled();
      return;
    }
    const batch = this.#open ? this.#batch : this.#committed;
    this.#waiting.push({ batch, onDisk: this.#needsDisk(onDisk), settled });
    if (!this.#open) this.#flush();
  }

  /** Commits, waits for the disk and lets go of the log file. */
  async close(): Promise<void> {
    this.commit();
    if (this.#flushing) await new Promise<void>((resolve) => (this.#closing = resolve));
    if (this.#walHandle !== undefined) closeSync(this.#walHandle);
    this.#walHandle = undefined;
  }

  #needsDisk(asked: boolean): boolean {
    return this.#durability === 'full' || (asked && this.#durability === 'relaxed');
  }

  /** Brings to the disk what is committed, if anybody waits for that. */
  #flush(): void {
    if (this.#flushing || this.#broken || this.#flushed >= this.#committed) return;
    if (this.#durability !== 'full' && !this.#waiting.some((one) => one.onDisk)) return;
    const upTo = this.#committed;
    this.#flushing = true;
    this.#walHandle ??= openSync(this.#walFile, 'r+');
    fdatasync(this.#walHandle, (error) => {
      this.#flushing = false;
      if (error) this.#break(error);
      else {
        this.#flushed = upTo;
        this.#settle(upTo, true);
        this.#flush();
      }
      if (!this.#flushing) this.#closing?.();
    });
  }

  /** After a failed flush nobody knows what is on the disk: nothing more is acknowledged. */
  #break(error: Error): void {
    this.#broken = new Error(`the disk did not take the data: ${error.message}`, { cause: error });
    const told = this.#waiting.splice(0);
    for (const one of told) one.settled(this.#broken);
  }

  #settle(upTo: number, onDisk: boolean): void {
    for (const one of this.#takeOut(({ batch, onDisk: asked }) => batch <= upTo && (onDisk || !asked)))
      one.settled();
  }

  /** Those who need not wait any longer. */
  #takeOut(isDone: (one: Waiting) => boolean): Waiting[] {
    const done: Waiting[] = [];
    const waiting: Waiting[] = [];
    for (const one of this.#waiting) (isDone(one) ? done : waiting).push(one);
    this.#waiting = waiting;
    return done;
  }
}
