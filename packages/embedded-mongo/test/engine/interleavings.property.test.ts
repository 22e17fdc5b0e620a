import { describe, expect, it } from 'vitest';
import { decode, Doc, encode } from '../../src/bson';
import type { Collection } from '../../src/engine/collection';
import { Engine } from '../../src/engine/engine';
import { Blocked } from '../../src/engine/locks';
import type { Transaction } from '../../src/engine/transaction';
import { insertDocument, removeDocument, replaceDocument, type WriteTarget } from '../../src/engine/writes';
import { ErrorCode, MongoError } from '../../src/errors';
import { randomSource, temporaryFolder } from '../support';

const SCHEDULES = Number(process.env['INTERLEAVINGS'] ?? 300);
const STEPS = 60;
const CLIENTS = 4;
const IDS = 5;
const KEYS = 4;
/** How often a turn of the event loop ends before a step, and with it the batch of its writes. */
const TURN_ENDS = 0.4;

interface Row {
  key: number;
  value: number;
}

type State = Map<number, Row>;
type Outcome = 'done' | 'nothing' | 'duplicate' | 'conflict' | 'blocked';

/** Snapshot isolation in the plainest words: a copy of what was shown at the start, and a list of what one has touched. */
class ModelTransaction {
  readonly state: State;
  readonly startedAt: number;
  readonly touched = new Set<string>();

  constructor(state: State, startedAt: number) {
    this.state = new Map(state);
    this.startedAt = startedAt;
  }
}

class Model {
  committed: State = new Map();
  /** What those who begin see: the state at the end of the last turn, since nobody has been told of the writes of this one. */
  #shown: { state: State; at: number } = { state: new Map(), at: 0 };
  #time = 0;
  readonly #written = new Map<string, number>();
  readonly open = new Set<ModelTransaction>();

  begin(): ModelTransaction {
    const transaction = new ModelTransaction(this.#shown.state, this.#shown.at);
    this.open.add(transaction);
    return transaction;
  }

  endTurn(): void {
    this.#shown = { state: new Map(this.committed), at: this.#time };
  }

  commit(transaction: ModelTransaction): void {
    this.open.delete(transaction);
    this.#time++;
    for (const name of transaction.touched) this.#written.set(name, this.#time);
    for (const name of transaction.touched) {
      const [kind, id] = name.split(':');
      if (kind !== 'doc') continue;
      const row = transaction.state.get(Number(id));
      if (row) this.committed.set(Number(id), row);
      else this.committed.delete(Number(id));
    }
  }

  abort(transaction: ModelTransaction): void {
    this.open.delete(transaction);
  }

  /** Tries to change `id` to `row` (undefined: remove); `transaction` undefined is a single write. */
  write(
    transaction: ModelTransaction | undefined,
    id: number,
    row: Row | undefined,
    inserting: boolean,
  ): Outcome {
    const state = transaction?.state ?? this.committed;
    const before = state.get(id);
    if (!inserting && !before) return 'nothing';
    const names = [`doc:${id}`];
    if (before?.key !== row?.key || inserting) {
      if (before) names.push(`key:${before.key}`);
      if (row) names.push(`key:${row.key}`);
    }
    if (inserting && before) return 'duplicate';
    for (const name of names) {
      const holder = [...this.open].find((other) => other !== transaction && other.touched.has(name));
      const later = transaction && (this.#written.get(name) ?? -1) > transaction.startedAt;
      if (holder || later) return transaction ? 'conflict' : 'blocked';
      const key = name.startsWith('key:') && row && name === `key:${row.key}`;
      if (key && [...state].some(([other, one]) => other !== id && one.key === row.key)) return 'duplicate';
    }
    if (row) state.set(id, row);
    else state.delete(id);
    if (transaction) for (const name of names) transaction.touched.add(name);
    else {
      this.#time++;
      for (const name of names) this.#written.set(name, this.#time);
    }
    return 'done';
  }
}

function stateOf(target: WriteTarget, collection: Collection): [number, number, number][] {
  return [...target.view.scan(collection.id, false)]
    .map(({ bytes }) => decode(bytes))
    .map((doc): [number, number, number] => [
      doc.get('_id') as number,
      doc.get('key') as number,
      doc.get('value') as number,
    ])
    .sort(([a], [b]) => a - b);
}

const plain = (state: State): [number, number, number][] =>
  [...state].map(([id, row]): [number, number, number] => [id, row.key, row.value]).sort(([a], [b]) => a - b);

function attempt(work: () => boolean): Outcome {
  try {
    return work() ? 'done' : 'nothing';
  } catch (error) {
    if (error instanceof Blocked) return 'blocked';
    if (error instanceof MongoError && error.code === ErrorCode.DuplicateKey) return 'duplicate';
    if (error instanceof MongoError && error.code === ErrorCode.WriteConflict) return 'conflict';
    throw error;
  }
}

describe('interleaved transactions', () => {
  const folder = temporaryFolder();

  it(
    `do what a plain model of snapshot isolation does (${SCHEDULES} schedules)`,
    { timeout: 60_000 + SCHEDULES * 200 },
    async () => {
      const engine = new Engine({ folder: folder(), durability: 'none', now: () => 0 });
      const seen: Record<Outcome, number> = { done: 0, nothing: 0, duplicate: 0, conflict: 0, blocked: 0 };
      for (let schedule = 0; schedule < SCHEDULES; schedule++) {
        const random = randomSource(schedule);
        const collection = engine.create('test', `s${schedule}`, undefined);
        engine.completeIndex(
          collection,
          engine.addIndex(collection, Doc.of({ v: 2, unique: true, key: Doc.of({ key: 1 }), name: 'key_1' })),
        );
        engine.store.commits.commit();
        const model = new Model();
        const clients: { real: Transaction; model: ModelTransaction }[] = [];
        for (let step = 0; step < STEPS; step++) {
          const client =
            random.below(CLIENTS + 1) < CLIENTS ? clients[random.below(clients.length)] : undefined;
          const dice = random.below(10);
          if (random.next() < TURN_ENDS) {
            engine.store.commits.commit();
            model.endTurn();
          }
          const about = `schedule ${schedule} step ${step}`;
          if (dice === 0 && clients.length < CLIENTS) {
            // It may end the batch of a turn before the turn ends: a snapshot may always be newer.
            engine.settle();
            if (!engine.store.commits.open) model.endTurn();
            clients.push({ real: engine.begin(), model: model.begin() });
            continue;
          }
          if (dice === 1 && client) {
            clients.splice(clients.indexOf(client), 1);
            if (random.next() < 0.7) {
              engine.commit(client.real);
              model.commit(client.model);
            } else {
              engine.abort(client.real);
              model.abort(client.model);
            }
            continue;
          }
          const target: WriteTarget = {
            engine,
            view: client?.real.view ?? engine.store.live,
            transaction: client?.real,
          };
          const state = client?.model.state ?? model.committed;
          const id = random.below(IDS);
          const found = [...target.view.scan(collection.id, false)].find(
            ({ bytes }) => decode(bytes).get('_id') === id,
          );
          const row: Row = { key: random.below(KEYS), value: step };
          const kind = random.below(3);
          const doc = Doc.of({ _id: id, key: row.key, value: row.value });
          const expected = model.write(client?.model, id, kind === 2 ? undefined : row, kind === 0);
          const real = attempt(() => {
            if (kind === 0) insertDocument(target, collection, doc, encode(doc));
            else if (!found) return false;
            else if (kind === 1) replaceDocument(target, collection, found.row, decode(found.bytes), doc);
            else removeDocument(target, collection, found.row, decode(found.bytes));
            return true;
          });
          // Where a write is both a duplicate and a conflict, either may be told: it fails for good reason.
          const bothFail = new Set(['duplicate', 'conflict', 'blocked']);
          if (real !== expected && !(bothFail.has(real) && bothFail.has(expected)))
            expect(real, about).toBe(expected);
          seen[real]++;
          if (client && bothFail.has(real)) {
            clients.splice(clients.indexOf(client), 1);
            engine.abort(client.real);
            model.abort(client.model);
          } else expect(stateOf(target, collection), about).toEqual(plain(state));
        }
        for (const client of clients) {
          engine.abort(client.real);
          model.abort(client.model);
        }
        expect(stateOf({ engine, view: engine.store.live }, collection)).toEqual(plain(model.committed));
        engine.drop(collection);
      }
      for (const [outcome, times] of Object.entries(seen)) expect(times, outcome).toBeGreaterThan(0);
      await engine.close();
    },
  );
});
