import type { Connection } from './connection';
import type { GroupCommit } from './group-commit';
import type { Snapshots } from './snapshots';

const PAGE_BYTES = 4096;

/** The log is carried back when about so many pages have been written to it, and not more often than so many milliseconds. */
const EVERY_PAGES = 4000;
const EVERY_MS = 250;

/** A log of so many pages makes every read slower: it must be begun anew. */
const LONGEST_LOG_PAGES = 16_384;

/** New transactions wait so long for the older ones to end; when those do not, nobody waits again for a while. */
const LONGEST_DRAIN_MS = 250;
const NEXT_DRAIN_MS = 2000;

/**
 * Carries the write-ahead log back into the data file. SQLite would try it at every commit beyond a certain length, with
 * two flushes on the event loop each time, and as long as transactions overlap it could never begin the log anew, since
 * each of them reads a part of it. Here it is tried now and then; when the log has grown long all the same, new
 * transactions wait for a moment until none is open.
 */
export class Checkpoints {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #snapshots: Snapshots;
  #pages = 0;
  #lastTry = -Infinity;
  #planned = false;
  /** Ends the waiting of new transactions. */
  #endDrain: (() => void) | undefined;
  #drained: Promise<void> | undefined;
  #vainDrain = -Infinity;
  #closed = false;

  constructor(o: { connection: Connection; commits: GroupCommit; snapshots: Snapshots }) {
    this.#connection = o.connection;
    this.#commits = o.commits;
    this.#snapshots = o.snapshots;
  }

  /** Counts a write of so many bytes. */
  count(bytes: number): void {
    this.#pages += 1 + bytes / PAGE_BYTES;
  }

  /** Plans a round behind the answers of this commit, if one is due. */
  afterCommit(): void {
    if (this.#planned || this.#pages < EVERY_PAGES) return;
    if (performance.now() - this.#lastTry < EVERY_MS) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#round();
    });
  }

  /** Resolves when a transaction may begin; undefined: at once. */
  beforeSnapshot(): Promise<void> | undefined {
    return this.#drained;
  }

  close(): void {
    this.#closed = true;
    this.#endDrain?.();
  }

  /** To be called when the last open snapshot has been given back. */
  noneIsOpen(): void {
    // The transaction that ends now is still writing its last words.
    if (this.#endDrain) setImmediate(() => this.#finishDrain());
  }

  #round(): void {
    if (this.#closed) return;
    const length = this.#carryBack();
    if (length < LONGEST_LOG_PAGES || this.#endDrain) return;
    if (performance.now() - this.#vainDrain < NEXT_DRAIN_MS) return;
    this.#beginDrain();
    this.#finishDrain();
  }

  /** Lets no transaction begin until those that are open have ended, though not for long. */
  #beginDrain(): void {
    this.#drained = new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#vainDrain = performance.now();
        this.#endDrain?.();
      }, LONGEST_DRAIN_MS);
      this.#endDrain = () => {
        clearTimeout(timer);
        this.#endDrain = undefined;
        this.#drained = undefined;
        resolve();
      };
    });
  }

  /** With nobody reading the log it is carried back whole, and the next write begins it anew. */
  #finishDrain(): void {
    if (!this.#endDrain || this.#closed || this.#snapshots.open > 0) return;
    this.#carryBack();
    this.#endDrain();
  }

  /** Carries back what no snapshot needs; returns how many pages the log has. */
  #carryBack(): number {
    this.#commits.commit();
    this.#pages = 0;
    this.#lastTry = performance.now();
    try {
      const [, length] = this.#connection.statement('', 'PRAGMA wal_checkpoint(PASSIVE)').get() ?? [];
      return typeof length === 'number' ? length : 0;
    } catch {
      // A full disk: the log keeps what could not be carried back, and a later round tries again.
      return 0;
    }
  }
}
