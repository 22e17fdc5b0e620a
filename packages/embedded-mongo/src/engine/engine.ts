import { randomUUID } from 'node:crypto';
import { Binary, decode, type Doc } from '../bson';
import { ErrorCode, fail } from '../errors';
import type { Durability } from '../store/group-commit';
import { Store } from '../store/store';
import { ClusterClock } from './cluster-clock';
import { Collection, idIndexSpec } from './collection';
import { CollectionIndex } from './collection-index';
import { Blocked, LockTable, writeConflict } from './locks';
import { checkNamespace } from './namespace';
import { Transaction } from './transaction';

export interface EngineOptions {
  folder: string;
  durability: Durability;
  /** Bytes that the data may take. */
  sizeLimit?: number | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The data of one folder: catalog, locks, transactions, over the store. Synchronous; knows nothing of clients. */
export class Engine {
  readonly store: Store;
  readonly locks = new LockTable();
  readonly clock: ClusterClock;
  readonly now: () => number;
  readonly transactions = new Set<Transaction>();
  readonly #databases = new Map<string, Map<string, Collection>>();
  #nextId = 1;
  #schemaSequence = 0;
  /** What a snapshot shows: the sequences at the last commit. */
  #shown = { writes: 0, schema: 0 };
  /** Whether this turn has written something that the lock table knows nothing of, since no transaction was open. */
  unnoted = false;
  /** Counts lost batches: what was computed before one must not be used after it. */
  generation = 0;
  readonly #onReload: (() => void)[] = [];
  /** Collections that are being filled and not listed yet. */
  readonly #apart = new Set<Collection>();

  constructor(o: EngineOptions) {
    this.now = o.now;
    this.clock = new ClusterClock(o.now);
    this.store = new Store({
      folder: o.folder,
      durability: o.durability,
      sizeLimit: o.sizeLimit,
      onCommit: () => {
        this.unnoted = false;
        this.#shown = { writes: this.locks.sequence, schema: this.#schemaSequence };
        this.#forgetWrites();
      },
      onRollback: () => this.#reload(),
    });
    this.#load();
  }

  /** Called after a batch was lost (a full disk), when the catalog has been read anew. */
  onReload(listener: () => void): void {
    this.#onReload.push(listener);
  }

  // ---- catalog

  databases(): string[] {
    return [...this.#databases.keys()].sort();
  }

  collections(database: string, transaction?: Transaction): Collection[] {
    const own = [...(transaction?.created.values() ?? [])].filter((one) => one.database === database);
    return [...(this.#databases.get(database)?.values() ?? []), ...own];
  }

  find(database: string, name: string, transaction?: Transaction): Collection | undefined {
    const found = transaction?.created.get(`${database}.${name}`) ?? this.#databases.get(database)?.get(name);
    if (found) transaction?.touched.add(found);
    return found;
  }

  /** Creates a collection; inside a transaction it exists for that transaction only, until its commit. */
  create(database: string, name: string, options: Doc | undefined, transaction?: Transaction): Collection {
    checkNamespace(database, name);
    if (this.find(database, name, transaction)) {
      fail(ErrorCode.NamespaceExists, `Collection ${database}.${name} already exists.`);
    }
    this.#checkDatabaseCase(database);
    const collection = new Collection({
      id: this.#nextId++,
      database,
      name,
      uuid: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4),
      ...(options && { options }),
      indexes: [this.#newIndex(idIndexSpec())],
    });
    this.locks.take(nameLock(collection.namespace), transaction);
    if (transaction) transaction.created.set(collection.namespace, collection);
    else this.#publish(collection);
    return collection;
  }

  /** Like {@link find}, for a write: a transaction may not write into a collection that its snapshot does not know. */
  findToWrite(database: string, name: string, transaction?: Transaction): Collection | undefined {
    const found = this.find(database, name, transaction);
    if (found && transaction && found.since > transaction.schemaSequence && !isOwn(found, transaction))
      throw writeConflict(`Unable to write to collection '${found.namespace}' due to catalog changes.`);
    return found;
  }

  findOrCreate(database: string, name: string, transaction?: Transaction): Collection {
    return (
      this.findToWrite(database, name, transaction) ?? this.create(database, name, undefined, transaction)
    );
  }

  /** Makes a collection that nobody sees and no start remembers, to be filled and then put in its place or discarded. */
  createApart(database: string, options: Doc, indexes: readonly Doc[]): Collection {
    const name = `tmp.agg_out.${randomUUID()}`;
    checkNamespace(database, name);
    this.#checkDatabaseCase(database);
    const collection = new Collection({
      id: this.#nextId++,
      database,
      name,
      uuid: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4),
      options,
      indexes: [idIndexSpec(), ...indexes].map((spec) => this.#newIndex(spec)),
    });
    this.#createTables(collection);
    this.#apart.add(collection);
    return collection;
  }

  /** Lists a collection that was made apart, instead of the one that has the name now. */
  putInPlace(collection: Collection, name: string): void {
    checkNamespace(collection.database, name);
    const old = this.find(collection.database, name);
    if (old) this.drop(old);
    this.#apart.delete(collection);
    collection.name = name;
    collection.since = ++this.#schemaSequence;
    this.#list(collection);
    this.save(collection);
  }

  /** Throws a collection away that was made apart, unless it has been put in its place. */
  discard(collection: Collection): void {
    if (!this.#apart.delete(collection)) return;
    for (const index of collection.indexes) this.store.dropEntries(index.id);
    this.store.dropDocuments(collection.id);
  }

  drop(collection: Collection): void {
    this.requireAlone(collection);
    this.store.removeEntry(collection.id);
    for (const index of collection.indexes) this.store.dropEntries(index.id);
    this.store.dropDocuments(collection.id);
    this.#unlist(collection);
    collection.dropped = true;
    this.#schemaSequence++;
  }

  rename(collection: Collection, database: string, name: string): void {
    this.requireAlone(collection);
    checkNamespace(database, name);
    this.#unlist(collection);
    collection.database = database;
    collection.name = name;
    this.#list(collection);
    collection.since = ++this.#schemaSequence;
    this.save(collection);
  }

  /** Writes the catalog entry after a change of options or indexes. */
  save(collection: Collection, transaction?: Transaction): void {
    if (transaction?.created.has(collection.namespace) || this.#apart.has(collection)) return;
    this.store.saveEntry(collection.id, collection.toEntry());
  }

  /** Adds an index that writes maintain but nobody reads yet; the caller fills it and then completes it. */
  addIndex(collection: Collection, spec: Doc, transaction?: Transaction): CollectionIndex {
    const index = new CollectionIndex({ id: this.#nextId++, spec, since: Infinity });
    if (!transaction) this.store.createEntries(index.id);
    collection.indexes = [...collection.indexes, index];
    return index;
  }

  completeIndex(collection: Collection, index: CollectionIndex, transaction?: Transaction): void {
    index.since = ++this.#schemaSequence;
    this.save(collection, transaction);
    this.locks.wake();
  }

  /** Takes back an index that could not be built. */
  abandonIndex(collection: Collection, index: CollectionIndex, transaction?: Transaction): void {
    collection.indexes = collection.indexes.filter((one) => one !== index);
    if (!transaction && !collection.dropped) this.store.dropEntries(index.id);
    this.locks.wake();
  }

  dropIndex(collection: Collection, index: CollectionIndex): void {
    this.requireAlone(collection);
    collection.indexes = collection.indexes.filter((one) => one !== index);
    this.store.dropEntries(index.id);
    this.save(collection);
    this.#schemaSequence++;
  }

  /** Schema changes wait for the transactions that have used the collection. */
  requireAlone(collection: Collection): void {
    for (const transaction of this.transactions) if (transaction.touched.has(collection)) throw new Blocked();
    this.locks.check(nameLock(collection.namespace), undefined);
  }

  nextRow(collection: Collection): number {
    const row = collection.nextRow ?? this.#lastRow(collection) + 1;
    collection.nextRow = row + 1;
    return row;
  }

  // ---- transactions

  /** Commits what this turn has written where a snapshot without it would miss a conflict, or have half of a schema. */
  settle(): void {
    if (this.unnoted || this.#shown.schema !== this.#schemaSequence) this.store.commits.commit();
  }

  begin(): Transaction {
    this.settle();
    const transaction = new Transaction({
      view: this.store.beginTransaction(),
      snapshotSequence: this.#shown.writes,
      schemaSequence: this.#shown.schema,
      startedAt: this.now(),
    });
    this.transactions.add(transaction);
    return transaction;
  }

  commit(transaction: Transaction): void {
    if (!transaction.open) return;
    const written = transaction.view.hasWrites || transaction.created.size > 0;
    try {
      for (const collection of transaction.created.values()) this.#publish(collection);
      transaction.view.applyTo(this.store.live);
    } catch (error) {
      this.#end(transaction, false);
      // Half a transaction must not stay: the batch it stood in is given up as a whole.
      this.store.commits.rollback(error as Error);
      throw error;
    }
    this.#end(transaction, written);
    if (written) this.clock.tick();
  }

  abort(transaction: Transaction): void {
    if (transaction.open) this.#end(transaction, false);
  }

  async close(): Promise<void> {
    for (const transaction of this.transactions) this.abort(transaction);
    await this.store.close();
  }

  #end(transaction: Transaction, written: boolean): void {
    transaction.open = false;
    this.transactions.delete(transaction);
    transaction.view.release();
    this.locks.release(transaction, written);
    this.#forgetWrites();
  }

  /** With nobody left who has an older snapshot, and nobody who could get one, nothing needs to be remembered. */
  #forgetWrites(): void {
    if (this.transactions.size === 0 && !this.store.commits.open) this.locks.forgetWrites();
  }

  // ---- inside

  #newIndex(spec: Doc): CollectionIndex {
    return new CollectionIndex({ id: this.#nextId++, spec, since: ++this.#schemaSequence });
  }

  #publish(collection: Collection): void {
    collection.since = ++this.#schemaSequence;
    this.#createTables(collection);
    this.store.saveEntry(collection.id, collection.toEntry());
    this.#list(collection);
  }

  #createTables(collection: Collection): void {
    this.store.createDocuments(collection.id);
    for (const index of collection.indexes) this.store.createEntries(index.id);
  }

  #lastRow(collection: Collection): number {
    const published = this.#databases.get(collection.database)?.get(collection.name) === collection;
    return published ? this.store.live.lastRow(collection.id) : -1;
  }

  #list(collection: Collection): void {
    let ofDatabase = this.#databases.get(collection.database);
    if (!ofDatabase) this.#databases.set(collection.database, (ofDatabase = new Map<string, Collection>()));
    ofDatabase.set(collection.name, collection);
  }

  #unlist(collection: Collection): void {
    const ofDatabase = this.#databases.get(collection.database);
    ofDatabase?.delete(collection.name);
    if (ofDatabase?.size === 0) this.#databases.delete(collection.database);
  }

  #checkDatabaseCase(database: string): void {
    if (this.#databases.has(database)) return;
    const other = this.databases().find((one) => one.toLowerCase() === database.toLowerCase());
    if (other) {
      fail(
        13297,
        `db already exists with different case already have: [${other}] trying to create [${database}]`,
      );
    }
  }

  #load(): void {
    for (const { id, entry } of this.store.catalog()) {
      const collection = Collection.fromEntry(id, decode(entry));
      this.#list(collection);
      this.#nextId = Math.max(this.#nextId, id + 1, ...collection.indexes.map((index) => index.id + 1));
    }
    this.store.removeTablesExcept((kind, id) => this.#isListed(kind, id));
  }

  /** Tables that nothing in the catalog speaks of are left over from an index build or a `$out` that was cut off. */
  #isListed(kind: 'd' | 'i', id: number): boolean {
    for (const ofDatabase of this.#databases.values()) {
      for (const collection of ofDatabase.values()) {
        if (kind === 'd' ? collection.id === id : collection.indexes.some((index) => index.id === id))
          return true;
      }
    }
    return false;
  }

  #reload(): void {
    this.generation++;
    for (const transaction of this.transactions) this.abort(transaction);
    for (const ofDatabase of this.#databases.values())
      for (const one of ofDatabase.values()) one.dropped = true;
    this.#databases.clear();
    this.#apart.clear();
    this.#load();
    for (const listener of this.#onReload) listener();
  }
}

const isOwn = (collection: Collection, transaction: Transaction): boolean =>
  transaction.created.get(collection.namespace) === collection;

function nameLock(namespace: string): string {
  return `n:${namespace}`;
}
