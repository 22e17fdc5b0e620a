import { ErrorCode, MongoError } from '../errors';

/** Who can hold locks: an open transaction. */
export interface LockHolder {
  readonly locks: Set<string>;
  /** The write sequence that its snapshot shows. */
  readonly snapshotSequence: number;
}

/** A write outside a transaction has met a lock: it waits for a release and tries again. */
export class Blocked extends Error {
  override readonly name = 'Blocked';
}

/** The error of two transactions that write the same thing. */
export function writeConflict(
  message = 'Write conflict during plan execution and yielding is disabled.',
): MongoError {
  const error = new MongoError(
    ErrorCode.WriteConflict,
    `Caused by :: ${message} :: Please retry your operation or multi-document transaction.`,
  );
  error.labels = ['TransientTransactionError'];
  return error;
}

/**
 * Locks on documents, unique keys and names, held by transactions until they end: the first writer wins. A transaction
 * that meets a foreign lock, or something written after its snapshot, fails at once; a single write waits.
 */
export class LockTable {
  readonly #owners = new Map<string, LockHolder>();
  readonly #lastWrite = new Map<string, number>();
  #sequence = 0;
  #waiting: (() => void)[] = [];

  get sequence(): number {
    return this.#sequence;
  }

  /** Throws when somebody else holds the lock. */
  check(name: string, holder: LockHolder | undefined): void {
    const owner = this.#owners.get(name);
    if (!owner || owner === holder) return;
    if (holder) throw writeConflict();
    throw new Blocked();
  }

  /** Takes the lock for a transaction; for a single write, notes that the thing has changed now. */
  take(name: string, holder: LockHolder | undefined): void {
    this.check(name, holder);
    if (!holder) {
      this.#lastWrite.set(name, ++this.#sequence);
      return;
    }
    const written = this.#lastWrite.get(name);
    if (written !== undefined && written > holder.snapshotSequence) throw writeConflict();
    this.#owners.set(name, holder);
    holder.locks.add(name);
  }

  /** Ends a transaction's locks; `written` says that what they cover has changed. */
  release(holder: LockHolder, written: boolean): void {
    const sequence = written ? ++this.#sequence : 0;
    for (const name of holder.locks) {
      this.#owners.delete(name);
      if (written) this.#lastWrite.set(name, sequence);
    }
    this.wake();
  }

  /** To be called when nobody has, or can still get, a snapshot older than what has been written. */
  forgetWrites(): void {
    this.#lastWrite.clear();
  }

  wake(): void {
    const woken = this.#waiting;
    this.#waiting = [];
    for (const resume of woken) resume();
  }

  /** Resolves at the next release, or after `milliseconds`. */
  nextRelease(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
