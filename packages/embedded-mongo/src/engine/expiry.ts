import { Budget, PAUSE } from '../aggregate';
import { DateTime, decode, Doc } from '../bson';
import { compileFilter, createScope } from '../query';
import type { Collection } from './collection';
import type { CollectionIndex } from './collection-index';
import type { Engine } from './engine';
import { findDocuments } from './execute';
import { Blocked } from './locks';
import { nextTurn } from './pause';
import { removeDocument } from './writes';

/**
 * Removes documents whose time is over according to an `expireAfterSeconds` index, hidden or not; returns how many. What
 * fails for one index is told after the others have had their turn.
 */
export async function removeExpired(engine: Engine, stopped: () => boolean): Promise<number> {
  let removed = 0;
  const failures: unknown[] = [];
  for (const database of engine.databases()) {
    for (const collection of engine.collections(database)) {
      for (const index of collection.readyIndexes) {
        if (index.expireAfterSeconds === undefined) continue;
        try {
          removed += await removeBefore(engine, collection, index, index.expireAfterSeconds, stopped);
        } catch (error) {
          failures.push(error);
        }
      }
    }
  }
  if (failures.length > 0) throw failures[0];
  return removed;
}

async function removeBefore(
  engine: Engine,
  collection: Collection,
  index: CollectionIndex,
  seconds: number,
  stopped: () => boolean,
): Promise<number> {
  const now = engine.now();
  const path = index.pattern.paths[0] as string;
  const condition = Doc.of({ $lt: new DateTime(now - seconds * 1000) });
  const filter = compileFilter(new Doc([path], [condition]), createScope({ now: new DateTime(now) }));
  const budget = new Budget({ killed: stopped });
  const view = engine.store.live;
  const rows: number[] = [];
  const read = { view, budget, statistics: { keysExamined: 0, documentsExamined: 0 } };
  for (const item of findDocuments(read, { collection, filter, through: index })) {
    if (item === PAUSE) await nextTurn();
    else rows.push(item.row);
  }
  let removed = 0;
  for (const row of rows) {
    if (stopped() || collection.dropped) break;
    if (removeRow(engine, collection, row, (doc) => filter.matches(doc))) removed++;
    if (budget.tick()) await nextTurn();
  }
  return removed;
}

/** A document that a transaction has locked expires the next time. */
function removeRow(
  engine: Engine,
  collection: Collection,
  row: number,
  expired: (doc: Doc) => boolean,
): boolean {
  const bytes = engine.store.live.get(collection.id, row);
  if (!bytes) return false;
  const doc = decode(bytes);
  if (!expired(doc)) return false;
  try {
    removeDocument({ engine, view: engine.store.live }, collection, row, doc);
    return true;
  } catch (error) {
    if (error instanceof Blocked) return false;
    throw error;
  }
}
