import { EJSON, Long, serialize, type Document } from 'bson';
import { MongoError, type Db } from 'mongodb';
import { decode, type Doc } from '../../src/bson';
import { compileSort } from '../../src/query';
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

/** Plays a case and returns what was answered, so written that the order in which documents are met does not show, but a sort does. */
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
    return refused ? failure(refused) : JSON.stringify(shown(step, await wholeOf(db, reply)));
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    return failure(error);
  }
}

const failure = ({ code }: { code?: unknown }): string => (Number(code) === 171 ? NOT_INDEXABLE : FAILED);

/** A reply without what differs by nature, its cursor read to the end. */
async function wholeOf(db: Db, reply: Document): Promise<Document> {
  const { cursor, n, nModified, values, value } = reply as Record<string, unknown>;
  if (cursor === undefined) return { n, nModified, values, value };
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
  return { docs };
}

/** Plain JSON of a whole reply, types and digits of numbers included. */
function shown(step: Document, { docs, ...rest }: Document): unknown {
  const plain = (value: unknown): unknown =>
    JSON.parse(EJSON.stringify(value, { relaxed: false })) as unknown;
  if (docs === undefined) {
    const { values, ...others } = plain(rest) as Record<string, unknown>;
    // Of numbers that are equal the first one met is listed.
    return { ...others, values: Array.isArray(values) ? bag(values.map(byValue)) : values };
  }
  const rows = (docs as Document[]).map((doc) => ({
    doc,
    text: JSON.stringify(unordered(plain(doc) as Document, isGrouped(step))),
  }));
  const tied = tiesOf(step);
  return tied === undefined ? rows.map((row) => row.text).sort() : runs(rows, tied);
}

const bag = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();

/** Whether a sort leaves open which of two documents comes first. */
type Tied = (a: Document, b: Document) => boolean;

/** Documents in their order; of neighbours that the sort does not tell apart any may come first. */
function runs(rows: readonly { doc: Document; text: string }[], tied: Tied): string[][] {
  const found: { last: Document; texts: string[] }[] = [];
  for (const { doc, text } of rows) {
    const run = found.at(-1);
    if (run === undefined || !tied(run.last, doc)) found.push({ last: doc, texts: [text] });
    else {
      run.texts.push(text);
      run.last = doc;
    }
  }
  return found.map((run) => run.texts.sort());
}

/** Stages behind which documents come in the order in which they came in, and with the same id. */
const KEEP_ORDER = new Set([
  '$match',
  '$addFields',
  '$project',
  '$unset',
  '$lookup',
  '$unwind',
  '$skip',
  '$limit',
]);

/** What the order of a step's documents leaves open; undefined: everything. */
function tiesOf(step: Document): Tied | undefined {
  const sort = step['sort'] as Document | undefined;
  let tied = sort && tiesOfSort(sort);
  for (const [index, stage] of ((step['pipeline'] ?? []) as Document[]).entries()) {
    const name = Object.keys(stage)[0] ?? '';
    const isLast = index === (step['pipeline'] as Document[]).length - 1;
    if (name === '$sort') {
      const spec = stage['$sort'] as Document;
      // What follows may change the fields sorted by, but not the id.
      if (isLast) tied = tiesOfSort(spec);
      else tied = '_id' in spec ? (a, b) => same(a['_id'], b['_id']) : undefined;
    } else if (name === '$sortByCount') tied = (a, b) => same(a['count'], b['count']);
    else if (!KEEP_ORDER.has(name)) tied = undefined;
  }
  return tied;
}

const same = (a: unknown, b: unknown): boolean => EJSON.stringify(a) === EJSON.stringify(b);

function tiesOfSort(spec: Document): Tied {
  const decoded = (doc: Document): Doc => decode(Buffer.from(serialize(doc)));
  const sort = compileSort(decoded(spec));
  return (a, b) => sort.compare(sort.keyOf(decoded(a)), sort.keyOf(decoded(b))) === 0;
}

const isGrouped = (step: Document): boolean =>
  ((step['pipeline'] ?? []) as Document[]).some((stage) => '$group' in stage);

/** A document without the order of a set, and without what the order of the documents decides in a group. */
function unordered(doc: Document, grouped: boolean): Document {
  return {
    ...doc,
    ...(Array.isArray(doc['kinds']) && { kinds: bag(doc['kinds']) }),
    // Numbers that are equal make one group, which is named by the first one met.
    ...(grouped && { _id: byValue(doc['_id']) }),
  };
}

/** Numbers of equal value and different types alike. */
function byValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [type, digits] = entries.length === 1 ? (entries[0] as [string, unknown]) : ['', ''];
  if (type === '$numberInt' || type === '$numberLong') return `number ${String(digits)}`;
  if (type === '$numberDouble' || type === '$numberDecimal') {
    const number = Number(digits);
    return `number ${Number.isInteger(number) ? BigInt(number) : number}`;
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, byValue(inner)]));
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
