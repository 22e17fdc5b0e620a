import { deserialize, EJSON, type Document } from 'bson';
import { encode, type Doc } from '../../src/bson';
import { randomDocument, randomFilter, randomIndexes } from '../engine/random-data';
import type { randomSource } from '../support';

type Random = ReturnType<typeof randomSource>;

/** What is asked of one collection: the documents and indexes it has, and commands on it, named `c` in them. */
export interface RandomCase {
  readonly docs: readonly Document[];
  readonly indexes: readonly Document[];
  readonly steps: readonly Document[];
}

const MOST_DOCUMENTS = 24;
const FIELDS = ['a', 'b', 'c', 'a.b', 'b.c', 'a.0'] as const;
const TYPED = { promoteValues: false, bsonRegExp: true } as const;

/** As the driver sends it: typed, in the order of its fields. */
const toDriver = (doc: Doc): Document => deserialize(encode(doc), TYPED);
const filter = (random: Random): Document => toDriver(randomFilter(random));
const field = (random: Random): string => `$${random.pick(FIELDS)}`;

function expression(random: Random, depth = 0): unknown {
  if (depth > 1 || random.next() < 0.35)
    return random.next() < 0.7 ? field(random) : random.pick([0, 1, 2.5, 'a', null, true]);
  const inner = (): unknown => expression(random, depth + 1);
  return random.pick<() => Document>([
    () => ({ $ifNull: [inner(), 0] }),
    () => ({
      $cond: [{ [random.pick(['$lt', '$gte', '$eq', '$ne'])]: [inner(), inner()] }, inner(), inner()],
    }),
    () => ({ $type: inner() }),
    () => ({ $isArray: [inner()] }),
    () => ({ $cmp: [inner(), inner()] }),
    () => ({ $and: [inner(), { $not: [inner()] }] }),
    () => ({ $convert: { input: inner(), to: 'string', onError: 'not text', onNull: 'nothing' } }),
    () => ({ $size: { $cond: [{ $isArray: field(random) }, [1, 2], []] } }),
    () => ({ $add: [{ $cond: [{ $isNumber: field(random) }, 2, 1] }, 1] }),
    () => ({ $mergeObjects: [{ p: inner() }, { q: inner() }] }),
  ])();
}

/** A sort that leaves nothing open, since ids are unique. */
const totalSort = (random: Random): Document => ({ [random.pick(FIELDS)]: random.pick([1, -1]), _id: 1 });

/** A sort that leaves open which of several documents comes first, and that an index may serve. */
function openSort(random: Random): Document {
  const [first, second] = random.pick<readonly [string, string]>([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['a.b', 'c'],
  ]);
  const sort: Document = { [first]: random.pick([1, -1]) };
  return random.next() < 0.5 ? sort : { ...sort, [second]: random.pick([1, -1]) };
}

/** Stages whose result does not lean on the order in which documents are met, unless a total sort stands before. */
function stages(random: Random): Document[] {
  const pipeline: Document[] = [];
  if (random.next() < 0.75) pipeline.push({ $match: filter(random) });
  for (let n = random.below(3); n > 0; n--) {
    pipeline.push(
      ...random.pick<() => Document[]>([
        () => [{ $match: filter(random) }],
        () => [{ $addFields: { [random.pick(['d', 'a', 'b'])]: expression(random) } }],
        () => [{ $project: { a: 1, b: expression(random), c: 1 } }],
        () => [{ $unset: random.pick(['a', 'b.c']) }],
        () => [{ $sort: totalSort(random) }, { $skip: random.below(3) + 1 }, { $limit: 1 + random.below(6) }],
        () => [{ $sort: totalSort(random) }],
        () => [
          {
            $match: { $expr: { [random.pick(['$gt', '$lte', '$eq'])]: [field(random), expression(random)] } },
          },
        ],
        () => [
          {
            $lookup: {
              from: 'c',
              localField: random.pick(['a', '_id']),
              foreignField: random.pick(['a', 'b', '_id']),
              pipeline: [{ $sort: { _id: 1 } }, { $project: { _id: 1 } }],
              as: 'j',
            },
          },
        ],
        () => [
          { $unwind: { path: random.pick(['$a', '$b']), preserveNullAndEmptyArrays: random.next() < 0.5 } },
        ],
      ])(),
    );
  }
  if (random.next() < 0.4)
    pipeline.push(
      random.pick<() => Document>([
        () => ({
          $group: {
            _id: expression(random),
            n: { $sum: 1 },
            least: { $min: '$_id' },
            most: { $max: '$_id' },
          },
        }),
        () => ({ $group: { _id: null, kinds: { $addToSet: { $type: field(random) } } } }),
        () => ({ $count: 'n' }),
        () => ({ $sortByCount: { $type: field(random) } }),
      ])(),
    );
  else if (random.next() < 0.3) pipeline.push({ $sort: openSort(random) });
  return pipeline;
}

function update(random: Random): Document | Document[] {
  if (random.next() < 0.15) return [{ $set: { [random.pick(['a', 'd'])]: expression(random) } }];
  const path = random.pick(['a', 'b', 'c', 'a.b', 'd']);
  return random.pick<() => Document>([
    () => ({ $set: { [path]: random.pick([1, 2.5, 'a', null, [1, 'b'], { b: 1 }]) } }),
    () => ({ $unset: { [path]: '' } }),
    () => ({ $inc: { [path]: random.pick([1, 0.5]) } }),
    () => ({ $min: { [path]: random.below(4) } }),
    () => ({ $max: { [path]: 'b' } }),
    () => ({ $push: { [path]: { $each: [1, 'a'], $slice: -3 } } }),
    () => ({ $addToSet: { [path]: random.below(3) } }),
    () => ({ $pull: { [path]: { $gte: 1 } } }),
  ])();
}

/** Several values of one field in the order of another: an index over both yields as many stretches, each in order. */
function stretches(random: Random): Document {
  const [bound, sorted] = random.pick<readonly [string, string]>([
    ['a', 'b'],
    ['c', 'a'],
    ['c', 'b'],
  ]);
  const values = [0, 1, 2, 3, 4, 'a', 'b', 'c', true].filter(() => random.next() < 0.8);
  return { find: 'c', filter: { [bound]: { $in: values } }, sort: { [sorted]: random.pick([1, -1]) } };
}

function step(random: Random): Document {
  return random.pick<() => Document>([
    () => ({ find: 'c', filter: filter(random), sort: totalSort(random), limit: random.below(5) }),
    () => ({ find: 'c', filter: filter(random) }),
    () => ({ find: 'c', filter: filter(random), sort: openSort(random) }),
    () => stretches(random),
    () => stretches(random),
    () => ({ aggregate: 'c', pipeline: stages(random), cursor: {} }),
    () => ({ aggregate: 'c', pipeline: stages(random), cursor: {} }),
    () => ({ count: 'c', query: filter(random) }),
    () => ({ distinct: 'c', key: random.pick(['a', 'b', 'a.b']), query: filter(random) }),
    () => ({ update: 'c', updates: [{ q: filter(random), u: update(random), multi: true }] }),
    () => ({
      findAndModify: 'c',
      query: filter(random),
      sort: totalSort(random),
      update: update(random),
      new: true,
    }),
    () => ({ delete: 'c', deletes: [{ q: filter(random), limit: 0 }] }),
  ])();
}

/** Reads what a step may have changed. */
const WHOLE: Document = { find: 'c', filter: {}, sort: { _id: 1 } };

export function randomCase(random: Random): RandomCase {
  const arrays = random.next() < 0.6;
  const steps = Array.from({ length: 1 + random.below(3) }, () => step(random));
  return {
    docs: Array.from({ length: 4 + random.below(MOST_DOCUMENTS - 4) }, (_, id) =>
      toDriver(randomDocument(random, id, arrays)),
    ),
    indexes: randomIndexes(random).map(toDriver),
    steps: [...steps, WHOLE],
  };
}

/** One line of the file of found cases. */
export const written = (one: RandomCase): string => EJSON.stringify(one, { relaxed: false });
