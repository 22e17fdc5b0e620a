import { randomBytes } from 'node:crypto';
import type { PAUSE } from '../aggregate';
import type { Collection } from '../engine/collection';
import type { Transaction } from '../engine/transaction';
import { ErrorCode, fail } from '../errors';

const IDLE_MS = 10 * 60_000;

/** An open cursor: what is left of a result. */
export interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly items: Iterator<Buffer | typeof PAUSE, unknown>;
  /** Ends with an error when this collection is gone. */
  readonly collection: Collection | undefined;
  readonly transaction: Transaction | undefined;
  readonly session: string | undefined;
  /** Never expires by idleness. */
  readonly lasting: boolean;
  /** Documents still to return; undefined: no limit. */
  remaining: number | undefined;
  /** A document that did not fit into the last batch. */
  carried: Buffer | undefined;
  used: number;
  /** Milliseconds left of the `maxTimeMS` that it began with, which holds for all its batches together; undefined: no limit. */
  timeLeft: number | undefined;
  /** Set while a getMore runs on it. */
  busy: boolean;
  readonly control: CursorControl;
}

/** Lets the outside stop a result that is being computed. */
export interface CursorControl {
  killed: boolean;
  /** `performance.now()` after which the running command has taken too long. */
  deadline: number | undefined;
  /** For whom it is being computed; nobody needs it once that connection is closed. */
  connection: { readonly closed: boolean };
}

export class Cursors {
  readonly #cursors = new Map<bigint, Cursor>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#cursors.size;
  }

  open(cursor: Omit<Cursor, 'id' | 'used' | 'busy'>): Cursor {
    const opened: Cursor = { ...cursor, id: newCursorId(), used: this.#now(), busy: false };
    this.#cursors.set(opened.id, opened);
    return opened;
  }

  get(id: bigint): Cursor {
    const cursor = this.#cursors.get(id);
    if (!cursor) return fail(ErrorCode.CursorNotFound, `cursor id ${id} not found`);
    cursor.used = this.#now();
    return cursor;
  }

  /** Whether there was such a cursor. */
  close(id: bigint): boolean {
    const cursor = this.#cursors.get(id);
    if (!cursor) return false;
    cursor.control.killed = true;
    // A generator that is running now stops by itself, at its next look at the control.
    if (!cursor.busy) cursor.items.return?.();
    return this.#cursors.delete(id);
  }

  closeOfSession(session: string): void {
    for (const cursor of this.#cursors.values()) if (cursor.session === session) this.close(cursor.id);
  }

  closeOfTransaction(transaction: Transaction): void {
    for (const cursor of this.#cursors.values())
      if (cursor.transaction === transaction) this.close(cursor.id);
  }

  closeAll(): void {
    for (const id of [...this.#cursors.keys()]) this.close(id);
  }

  expire(): void {
    const oldest = this.#now() - IDLE_MS;
    for (const cursor of this.#cursors.values()) {
      if (!cursor.lasting && !cursor.busy && cursor.used < oldest) this.close(cursor.id);
    }
  }
}

/** Unguessable, positive, 63 bits. */
function newCursorId(): bigint {
  return randomBytes(8).readBigUInt64LE() & 0x7fffffffffffffffn || 1n;
}
