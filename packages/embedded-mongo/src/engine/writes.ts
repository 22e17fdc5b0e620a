import { DateTime, deeperThan, Doc, encode, shellText, type Value } from '../bson';
import { ErrorCode, fail, MongoError } from '../errors';
import { createScope, validationFailure } from '../query';
import type { KeyValueView } from '../store/view';
import type { Collection } from './collection';
import type { CollectionIndex, DocumentKeys } from './collection-index';
import type { Engine } from './engine';
import { writeConflict } from './locks';
import type { Transaction } from './transaction';

/** The largest document a client may store. */
export const LARGEST_DOCUMENT = 16 * 1024 * 1024;

/** A document counts as the first of so many levels. */
const DEEPEST_DOCUMENT = 180;

const LARGEST_TRANSACTION = 256 * 1024 * 1024;

/** Where a write happens: live, or inside a transaction. */
export interface WriteTarget {
  engine: Engine;
  view: KeyValueView;
  transaction?: Transaction | undefined;
  bypassValidation?: boolean;
}

/** Stores a new document; `bytes` must be its encoding. Duplicate keys fail with 11000. */
export function insertDocument(target: WriteTarget, collection: Collection, doc: Doc, bytes: Buffer): void {
  checkSize(target, bytes, doc);
  validate(target, collection, doc);
  const keys = collection.indexes.map((index) => index.keysOf(doc));
  collection.indexes.forEach((index, i) => {
    if (index.unique) checkUnique(target, collection, index, doc, (keys[i] as DocumentKeys).keys, -1);
  });
  takeLocks(target, () => uniqueLocks(collection, keys));
  const row = target.engine.nextRow(collection);
  target.view.put(collection.id, row, bytes);
  collection.indexes.forEach((index, i) => {
    for (const key of (keys[i] as DocumentKeys).keys) target.view.addEntry(index.id, key, row);
  });
  finish(target, collection, keys);
}

export function removeDocument(target: WriteTarget, collection: Collection, row: number, doc: Doc): void {
  const keys = collection.indexes.map((index) => index.keysOf(doc));
  takeLocks(target, () => [rowLock(collection, row), ...uniqueLocks(collection, keys)]);
  target.view.remove(collection.id, row);
  collection.indexes.forEach((index, i) => {
    for (const key of (keys[i] as DocumentKeys).keys) target.view.removeEntry(index.id, key, row);
  });
  finish(target, collection, []);
}

/** Replaces a stored document, keeping its `_id`; `before` is what is stored now. */
export function replaceDocument(
  target: WriteTarget,
  collection: Collection,
  row: number,
  before: Doc,
  after: Doc,
): void {
  const bytes = encode(after, LARGEST_DOCUMENT);
  checkSize(target, bytes, after);
  const { validator } = collection;
  const moderate = collection.options.get('validationLevel') === 'moderate';
  if (validator && !(moderate && !validator.matches(before))) validate(target, collection, after);
  if (target.engine.transactions.size > 0)
    target.engine.locks.check(rowLock(collection, row), target.transaction);
  const changes: { index: CollectionIndex; removed: Buffer[]; added: Buffer[]; keys: DocumentKeys }[] = [];
  for (const index of collection.indexes) {
    if (index.name === '_id_') continue;
    const old = index.keysOf(before).keys;
    const keys = index.keysOf(after);
    const removed = keysWithout(old, keys.keys);
    const added = keysWithout(keys.keys, old);
    if (index.unique && added.length > 0) checkUnique(target, collection, index, after, added, row);
    changes.push({ index, removed, added, keys });
  }
  takeLocks(target, () => [
    rowLock(collection, row),
    ...changes.flatMap(({ index, removed, added }) =>
      index.unique ? [...removed, ...added].map((key) => uniqueLock(index, key)) : [],
    ),
  ]);
  target.view.put(collection.id, row, bytes);
  for (const { index, removed, added } of changes) {
    for (const key of removed) target.view.removeEntry(index.id, key, row);
    for (const key of added) target.view.addEntry(index.id, key, row);
  }
  let marked = false;
  for (const { index, keys } of changes) marked = index.mark(keys.multikeyPaths) || marked;
  if (marked) target.engine.save(collection, target.transaction);
  if (!target.transaction) target.engine.clock.tick();
}

/** So few keys are compared faster than looked up. */
const FEW_KEYS = 8;

/** The keys that are not among the others. */
function keysWithout(keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] {
  if (others.length <= FEW_KEYS) return keys.filter((key) => !others.some((other) => other.equals(key)));
  const known = new Set(others.map((other) => other.toString('latin1')));
  return keys.filter((key) => !known.has(key.toString('latin1')));
}

/** Fails with 11000 when the index already holds one of the keys for another row. Also used while an index is built. */
export function duplicateKey(
  collection: Collection,
  index: CollectionIndex,
  doc: Doc,
  key: Buffer,
): MongoError {
  const { tuples } = index.pattern.extract(doc);
  const tuple: readonly Value[] =
    tuples.find((one) => index.pattern.encode(one).equals(key)) ?? tuples[0] ?? [];
  const keyValue = new Doc();
  index.pattern.paths.forEach((path, i) => keyValue.set(path, tuple[i] ?? null));
  return new MongoError(
    ErrorCode.DuplicateKey,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: ${shellText(keyValue)}`,
    Doc.of({ keyPattern: index.key, keyValue }),
  );
}

function checkUnique(
  target: WriteTarget,
  collection: Collection,
  index: CollectionIndex,
  doc: Doc,
  keys: readonly Buffer[],
  row: number,
): void {
  const { engine, view, transaction } = target;
  for (const key of keys) {
    const seen = view.rowsAt(index.id, key);
    if (seen.some((other) => other !== row)) throw duplicateKey(collection, index, doc, key);
    if (engine.transactions.size === 0) continue;
    const lock = uniqueLock(index, key);
    engine.locks.check(lock, transaction);
    // Committed by somebody after the snapshot: not visible here, but there.
    if (transaction && !transaction.locks.has(lock) && !transaction.created.has(collection.namespace)) {
      const live = engine.store.live.rowsAt(index.id, key);
      if (live.some((other) => other !== row && !seen.includes(other))) throw writeConflict();
    }
  }
}

/** Takes all locks or none: one that cannot be had must not leave the others marked as written. */
function takeLocks({ engine, transaction }: WriteTarget, namesOf: () => readonly string[]): void {
  if (engine.transactions.size === 0) {
    engine.unnoted = true;
    return;
  }
  const names = namesOf();
  for (const name of names) engine.locks.check(name, transaction);
  for (const name of names) engine.locks.take(name, transaction);
}

function uniqueLocks(collection: Collection, keys: readonly DocumentKeys[]): string[] {
  return collection.indexes.flatMap((index, i) =>
    index.unique ? (keys[i] as DocumentKeys).keys.map((key) => uniqueLock(index, key)) : [],
  );
}

function rowLock(collection: Collection, row: number): string {
  return `d${collection.id}:${row}`;
}

function uniqueLock(index: CollectionIndex, key: Buffer): string {
  return `u${index.id}:${key.toString('latin1')}`;
}

function finish(target: WriteTarget, collection: Collection, keys: readonly DocumentKeys[]): void {
  let marked = false;
  keys.forEach(({ multikeyPaths }, i) => {
    marked = (collection.indexes[i] as CollectionIndex).mark(multikeyPaths) || marked;
  });
  if (marked) target.engine.save(collection, target.transaction);
  if (!target.transaction) target.engine.clock.tick();
}

function checkSize(target: WriteTarget, bytes: Buffer, doc: Doc): void {
  if (bytes.length > LARGEST_DOCUMENT) {
    fail(
      ErrorCode.BSONObjectTooLarge,
      `BSONObj size: ${bytes.length} (0x${bytes.length.toString(16).toUpperCase()}) is invalid. Size must be between 0 and 16793600(16MB) First element: _id: ${shellText(doc.get('_id') ?? null)}`,
    );
  }
  if (deeperThan(doc, bytes.length, DEEPEST_DOCUMENT))
    fail(ErrorCode.Overflow, `cannot store a document that exceeds ${DEEPEST_DOCUMENT} levels of nesting`);
  if (target.transaction && target.transaction.view.size + bytes.length > LARGEST_TRANSACTION) {
    fail(
      ErrorCode.TransactionTooLarge,
      `Total size of all transaction operations must be less than ${LARGEST_TRANSACTION} bytes.`,
    );
  }
}

function validate(target: WriteTarget, collection: Collection, doc: Doc): void {
  const { validator, options } = collection;
  if (!validator || target.bypassValidation || validator.matches(doc)) return;
  if (options.get('validationAction') === 'warn' || options.get('validationLevel') === 'off') return;
  fail(
    ErrorCode.DocumentValidationFailure,
    'Document failed validation',
    Doc.of({
      errInfo: Doc.of({
        failingDocumentId: doc.get('_id'),
        details: validationFailure(
          doc,
          validator.source,
          createScope({ now: new DateTime(target.engine.now()) }),
        ),
      }),
    }),
  );
}
