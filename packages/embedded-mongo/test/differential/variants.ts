import { EJSON, Long, type Document } from 'bson';
import { MongoError, type Db } from 'mongodb';
import type { RandomCase } from './random-case';

const TYPED = { promoteValues: false, bsonRegExp: true } as const;

/** How a collection of the same documents is met: as it is, with indexes, and with one of them named in each command. */
export type Variant = 'plain' | 'indexed' | 'hinted';

/**
 * A step that fails. Which document it met first decides the code, and what a write had done before; nothing after
 * it is compared. Two arrays in one index (171) fail only where the index is.
 */
const FAILED = 'failed';
export const NOT_INDEXABLE = 'two arrays in one index';

/** Plays a case and returns what was answered, so written that the order of documents met does not show. */
export async function answersOf(db: Db, one: RandomCase, variant: Variant): Promise<string[]> {
  const run = (command: Document): Promise<Document> => db.command(command, TYPED);
  await run({ drop: 'c' }).catch(() => undefined);
  await run({ create: 'c' });
  if (one.indexes.length > 0) await run({ createIndexes: 'c', indexes: one.indexes });
  // A document that an index cannot hold (two arrays) is in no variant.
  if (one.docs.length > 0) await run({ insert: 'c', documents: one.docs, ordered: false });
  if (variant === 'plain') await run({ dropIndexes: 'c', index: '*' });
  const hint =
    variant === 'hinted' ? (one.indexes.find(isWhole)?.['key'] as Document | undefined) : undefined;
  const answers: string[] = [];
  for (const step of one.steps) {
    const answered = await answer(db, hint ? hinted(step, hint) : step);
    answers.push(answered);
    if (answered === FAILED || answered === NOT_INDEXABLE) break;
  }
  return answers;
}

/** Sparse and partial indexes do not hold every document: naming them changes the answer, as in MongoDB. */
const isWhole = (index: Document): boolean => !('sparse' in index) && !('partialFilterExpression' in index);

function hinted(step: Document, hint: Document): Document {
  if (step['updates'])
    return { ...step, updates: (step['updates'] as Document[]).map((one) => ({ ...one, hint })) };
  if (step['deletes'])
    return { ...step, deletes: (step['deletes'] as Document[]).map((one) => ({ ...one, hint })) };
  if (step['distinct']) return step;
  return { ...step, hint };
}

async function answer(db: Db, step: Document): Promise<string> {
  try {
    const reply = await db.command(step, TYPED);
    const [refused] = (reply['writeErrors'] as { code: unknown }[] | undefined) ?? [];
    return refused ? failure(refused) : text(await wholeOf(db, reply));
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    return failure(error);
  }
}

const failure = ({ code }: { code?: unknown }): string => (Number(code) === 171 ? NOT_INDEXABLE : FAILED);

async function wholeOf(db: Db, reply: Document): Promise<unknown> {
  const { cursor, n, nModified, values, value } = reply as Record<string, unknown>;
  if (cursor === undefined) return { n, nModified, values: bag(values), value };
  const { id, firstBatch } = cursor as { id: Long; firstBatch: Document[] };
  const docs = [...firstBatch];
  for (let next = id; !Long.isLong(next) || !next.isZero();) {
    const more = (await db.command({ getMore: next, collection: 'c' }, TYPED))['cursor'] as {
      id: Long;
      nextBatch: Document[];
    };
    docs.push(...more.nextBatch);
    next = more.id;
  }
  return bag(docs);
}

const bag = (values: unknown): unknown => (Array.isArray(values) ? values.map(text).sort() : values);

/** Numbers of equal value stand for each other: which of them names a group depends on the order of the documents. */
function text(value: unknown): string {
  const plain = JSON.parse(EJSON.stringify(value, { relaxed: false })) as unknown;
  return JSON.stringify(normal(plain));
}

const NUMBERS = ['$numberInt', '$numberLong', '$numberDouble', '$numberDecimal'];

function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first && NUMBERS.includes(first[0])) return `number ${Number(first[1]) + 0}`;
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'kinds' ? bag(inner) : normal(inner)]),
  );
}

/** The smallest case that still differs: without each document, index and step that is not needed. */
export async function shrunk(
  one: RandomCase,
  differs: (smaller: RandomCase) => Promise<boolean>,
): Promise<RandomCase> {
  let best = one;
  for (const part of ['docs', 'steps', 'indexes'] as const) {
    for (let at = best[part].length - 1; at >= 0; at--) {
      const smaller = { ...best, [part]: best[part].filter((_, index) => index !== at) };
      if (smaller.steps.length > 0 && (await differs(smaller))) best = smaller;
    }
  }
  return best;
}
