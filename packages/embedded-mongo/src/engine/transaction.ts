import type { TransactionView } from '../store/transaction-view';
import type { Collection } from './collection';
import type { LockHolder } from './locks';

/** An open multi-document transaction. */
export class Transaction implements LockHolder {
  readonly view: TransactionView;
  readonly snapshotSequence: number;
  /** The schema change number of its snapshot: younger indexes are not readable in it. */
  readonly schemaSequence: number;
  readonly startedAt: number;
  readonly locks = new Set<string>();
  /** Collections created inside it, by namespace; nobody else sees them before the commit. */
  readonly created = new Map<string, Collection>();
  /** Collections it has read or written: they may not be dropped or re-indexed under it. */
  readonly touched = new Set<Collection>();
  open = true;

  constructor(o: {
    view: TransactionView;
    snapshotSequence: number;
    schemaSequence: number;
    startedAt: number;
  }) {
    this.view = o.view;
    this.snapshotSequence = o.snapshotSequence;
    this.schemaSequence = o.schemaSequence;
    this.startedAt = o.startedAt;
  }
}
