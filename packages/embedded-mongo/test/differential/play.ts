import { EJSON, Long, type Document, type ObjectId } from 'bson';
import {
  MongoError,
  type ClientSession,
  type CommandOperationOptions,
  type Db,
  type MongoClient,
} from 'mongodb';
import { fixtures, isPlainDocument, type Case, type Reply, type Step } from './case';

const TYPED = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
/** Parts of a reply that differ from run to run or say nothing. */
const DROPPED = new Set([
  'ok',
  '$clusterTime',
  'operationTime',
  'electionId',
  'opTime',
  'note',
  'commitQuorum',
  'createdCollectionAutomatically',
]);
const ANY = '<any>';

/** Plays cases on one database of a server; collections shared by several cases are loaded once. */
export class Player {
  readonly #client: MongoClient;
  readonly #db: Db;
  readonly #fixtures = fixtures();
  readonly #loaded = new Set<string>();
  /** Whether the last case may have left collections behind. */
  #dirty = true;

  constructor(client: MongoClient, database: string) {
    this.#client = client;
    this.#db = client.db(database);
  }

  /** The reduced replies to the steps of a case. */
  async play(one: Case): Promise<Reply[]> {
    const collection = await this.#prepare(one);
    const sessions = new Map<string, ClientSession>();
    const replies: Reply[] = [];
    for (const step of one.steps) {
      try {
        replies.push(await this.#step(one, step, collection, sessions));
      } catch (error) {
        replies.push(failure(error));
      }
    }
    for (const session of sessions.values()) await session.endSession();
    return replies;
  }

  async #step(
    one: Case,
    step: Step,
    collection: string,
    sessions: Map<string, ClientSession>,
  ): Promise<Reply> {
    const { s, begin, commit, abort, ...command } = step;
    let session: ClientSession | undefined;
    if (s !== undefined) {
      session = sessions.get(s) ?? this.#client.startSession({ causalConsistency: false });
      sessions.set(s, session);
    }
    if (begin === true) {
      session!.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
      return { begun: true };
    }
    if (commit === true) {
      await session!.commitTransaction();
      return { committed: true };
    }
    if (abort === true) {
      await session!.abortTransaction();
      return { aborted: true };
    }
    const reply = await this.#run(collection === 'c' ? command : renamed(command, collection), session);
    const reduced = reduce(reply, one);
    if (collection !== 'c') delete reduced.ns;
    return plain(
      Boolean(one.drain) && isOpen(reply) ? await this.#drain(reply, reduced, command, collection) : reduced,
    );
  }

  async #drain(reply: Document, reduced: Reply, command: Document, collection: string): Promise<Reply> {
    const batches = [batchOf(reply).firstBatch!.length];
    const batchSize: unknown = command.batchSize ?? (command.cursor as Document | undefined)?.batchSize;
    let id = String(batchOf(reply).id);
    while (id !== '0') {
      const more = await this.#run({
        getMore: Long.fromString(id),
        collection,
        ...(Number(batchSize ?? 0) > 0 ? { batchSize } : {}),
      });
      batches.push(batchOf(more).nextBatch!.length);
      id = String(batchOf(more).id);
    }
    const { docs: _docs, more, ...others } = reduced;
    return { batches, ...(more === undefined ? {} : { more }), ...others };
  }

  #run(command: Document, session?: ClientSession): Promise<Document> {
    const options: CommandOperationOptions = session === undefined ? TYPED : { ...TYPED, session };
    return this.#db.command(command, options);
  }

  /** Runs a command whose failure does not matter. */
  async #quiet(command: Document): Promise<void> {
    await this.#run(command).catch((error: unknown) => {
      if (!(error instanceof MongoError)) throw error;
    });
  }

  /** Makes the collection of a case and returns its name. */
  async #prepare(one: Case): Promise<string> {
    if (one.docs !== undefined && !one.family.startsWith('expr-')) {
      if (this.#dirty)
        await Promise.all(['c', 'o', 'd', 'v', 'new', 'x'].map((drop) => this.#quiet({ drop })));
      else await this.#quiet({ drop: 'c' });
      this.#dirty = !one.family.startsWith('update-') && !one.family.startsWith('random-');
      await this.#run({ create: 'c' });
      if (one.docs.length > 0) await this.#run({ insert: 'c', documents: one.docs });
      return 'c';
    }
    if (one.family === 'stages') await this.#quiet({ drop: 'o' });
    return this.#shared(one);
  }

  async #shared(one: Case): Promise<string> {
    const docs = one.docs ?? this.#fixtures[one.on!]!;
    const key = EJSON.stringify([one.on ?? one.docs, one.indexes ?? []], { relaxed: false });
    const name = `shared_${Buffer.from(key).toString('base64url').slice(-90)}`;
    if (this.#loaded.has(name)) return name;
    this.#loaded.add(name);
    await this.#quiet({ drop: name });
    await this.#run({ create: name });
    await this.#run({ insert: name, documents: docs });
    for (const [i, pattern] of (one.indexes ?? []).entries()) {
      await this.#quiet({ createIndexes: name, indexes: [{ key: pattern, name: `i${i}` }] });
    }
    return name;
  }
}

interface Batch {
  id: unknown;
  firstBatch?: Document[];
  nextBatch?: Document[];
}

const batchOf = (reply: Document): Batch => reply.cursor as Batch;
const isOpen = (reply: Document): boolean => reply.cursor !== undefined && String(batchOf(reply).id) !== '0';

function plain(value: unknown): Reply {
  return JSON.parse(EJSON.stringify(value, { relaxed: false })) as Reply;
}

/** Ids of the fixtures begin with zeros, those that a server makes do not. */
function isGenerated(value: unknown): boolean {
  return (
    (value as ObjectId | undefined)?._bsontype === 'ObjectId' &&
    !(value as ObjectId).toHexString().startsWith('000000000000')
  );
}

function reduce(reply: Document, one: Case): Reply {
  const reduced: Reply = {};
  for (const key of Object.keys(reply).sort()) {
    const value = reply[key] as unknown;
    if (DROPPED.has(key)) continue;
    if (key === 'cursor') {
      const { id, firstBatch } = value as Batch;
      reduced.docs = one.anyId
        ? firstBatch!.map((doc) => (isGenerated(doc._id) ? { ...doc, _id: ANY } : doc))
        : firstBatch;
      reduced.more = String(id) !== '0';
    } else if (key === 'writeErrors') reduced.writeErrors = (value as Document[]).map(writeError);
    else if (key === 'upserted') {
      reduced.upserted = (value as Document[]).map(({ index, _id }) => ({
        index: index as unknown,
        _id: Boolean(one.upsertedId) && isGenerated(_id) ? ANY : (_id as unknown),
      }));
    } else if (
      key === 'lastErrorObject' &&
      Boolean(one.upsertedId) &&
      isGenerated((value as Document).upserted)
    ) {
      reduced[key] = { ...(value as Document), upserted: ANY };
    } else reduced[key] = value;
  }
  return reduced;
}

function writeError(error: Document): Document {
  const { index, code, errmsg, keyPattern, keyValue } = error as Record<string, unknown>;
  return { index, code, ...(keyPattern === undefined ? {} : { keyPattern, keyValue }), msg: errmsg };
}

/** An error of the server; an error of the driver itself counts as no answer. */
function failure(error: unknown): Reply {
  if (!(error instanceof MongoError) || error.code === undefined) return { driver: String(error) };
  const { codeName, keyPattern, keyValue } = error as unknown as Record<string, unknown>;
  const labels = [...error.errorLabels].filter((label) => /Transaction|Retryable/.test(label)).sort();
  return plain({
    error: {
      code: Number(error.code.valueOf()),
      codeName,
      ...(labels.length > 0 ? { labels } : {}),
      ...(keyPattern === undefined ? {} : { keyPattern, keyValue }),
    },
    msg: error.message,
  });
}

/** Commands that name the collection in their first field. */
const NAMED_BY = [
  'find',
  'aggregate',
  'update',
  'insert',
  'delete',
  'count',
  'distinct',
  'findAndModify',
  'createIndexes',
  'dropIndexes',
  'listIndexes',
  'create',
  'drop',
  'collMod',
];
/** Fields of stages that name a collection. */
const REFERENCES = new Set(['from', 'coll', '$unionWith', 'into']);

/** The command on a collection that lives under another name than `c`. */
function renamed(command: Document, collection: string): Document {
  const out = withReferences(command, collection) as Document;
  for (const field of NAMED_BY) if (out[field] === 'c') out[field] = collection;
  return out;
}

function withReferences(value: unknown, collection: string): unknown {
  if (Array.isArray(value)) return value.map((element) => withReferences(element, collection));
  if (!isPlainDocument(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      REFERENCES.has(key) && inner === 'c' ? collection : withReferences(inner, collection),
    ]),
  );
}
