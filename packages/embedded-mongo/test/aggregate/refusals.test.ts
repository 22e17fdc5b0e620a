import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  Budget,
  compileExpression,
  compilePipeline,
  createScope,
  OPERATORS,
  STAGES,
} from '../../src/aggregate';
import { DateTime, Doc, Timestamp, type Value } from '../../src/bson';
import { MongoError } from '../../src/errors';
import { compileFilter } from '../../src/query';
import { compileUpdate } from '../../src/update';

const scope = createScope({ now: new DateTime(0) });

/** The code with which compiling fails, 0 when it works. */
function codeOf(compile: () => unknown): number {
  try {
    compile();
    return 0;
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
}

const words = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => `$${word}`);

/** Every name that MongoDB 8 documents; those this server does not know must be refused as MongoDB refuses unknown names. */
const STAGE_NAMES =
  words(`addFields bucket bucketAuto changeStream changeStreamSplitLargeEvent collStats count currentOp densify
  documents facet fill geoNear graphLookup group indexStats limit listClusterCatalog listLocalSessions listSampledQueries
  listSearchIndexes listSessions lookup match merge out planCacheStats project queryStats querySettings rankFusion redact replaceRoot
  replaceWith sample score scoreFusion search searchMeta set setWindowFields shardedDataDistribution skip sort sortByCount unionWith unset unwind vectorSearch`);
const EXPRESSION_NAMES =
  words(`abs accumulator acos acosh add allElementsTrue and anyElementTrue arrayElemAt arrayToObject asin asinh
  atan atan2 atanh avg binarySize bitAnd bitNot bitOr bitXor bsonSize ceil cmp concat concatArrays cond convert cos cosh dateAdd
  dateDiff dateFromParts dateFromString dateSubtract dateToParts dateToString dateTrunc dayOfMonth dayOfWeek dayOfYear
  degreesToRadians divide eq exp filter first firstN floor function getField gt gte hour ifNull in indexOfArray indexOfBytes
  indexOfCP isArray isNumber isoDayOfWeek isoWeek isoWeekYear last lastN let literal ln log log10 lt lte ltrim map max maxN median
  mergeObjects meta millisecond min minN minute mod month multiply ne not objectToArray or percentile pow radiansToDegrees rand range
  reduce regexFind regexFindAll regexMatch replaceAll replaceOne reverseArray round rtrim sampleRate second setDifference setEquals
  setField setIntersection setIsSubset setUnion sigmoid sin sinh size slice sortArray split sqrt stdDevPop stdDevSamp strLenBytes
  strLenCP strcasecmp substr substrBytes substrCP subtract sum switch tan tanh toBool toDate toDecimal toDouble toHashedIndexKey
  toInt toLong toLower toObjectId toString toUUID toUpper trim trunc tsIncrement tsSecond type unsetField week year zip`);
/** They exist in `$setWindowFields` only, which is not offered. */
const WINDOW_OPERATORS =
  words(`covariancePop covarianceSamp denseRank derivative documentNumber expMovingAvg integral linearFill
  locf minMaxScaler rank shift`);
const FIELD_OPERATORS =
  words(`eq gt gte in lt lte ne nin not exists type mod regex geoIntersects geoWithin near nearSphere all
  elemMatch size bitsAllClear bitsAllSet bitsAnyClear bitsAnySet maxDistance minDistance options
  within box center centerSphere polygon geometry uniqueDocs natural rand`);
const TOP_OPERATORS = words(
  'and or nor expr jsonSchema comment text where alwaysTrue alwaysFalse sampleRate',
);
const UPDATE_OPERATORS = words(
  'currentDate inc min max mul rename set setOnInsert unset addToSet pop pull push pullAll bit',
);
const ACCUMULATORS =
  words(`accumulator addToSet avg bottom bottomN concatArrays count first firstN last lastN max maxN median mergeObjects
  min minN percentile push setUnion stdDevPop stdDevSamp sum top topN`);

const REFUSED_STAGES =
  words(`bucketAuto changeStream changeStreamSplitLargeEvent currentOp densify fill geoNear graphLookup
  indexStats listClusterCatalog listLocalSessions listSampledQueries listSearchIndexes listSessions planCacheStats queryStats
  querySettings rankFusion score scoreFusion search searchMeta setWindowFields shardedDataDistribution vectorSearch`);
const REFUSED_EXPRESSIONS =
  words(`accumulator bitAnd bitNot bitOr bitXor function median meta percentile rand sampleRate sigmoid
  toHashedIndexKey toUUID`);

const REFUSED_ACCUMULATORS = words('accumulator concatArrays median percentile setUnion');

const compileStages = (stages: Value[]): unknown =>
  compilePipeline(stages, {
    scope,
    budget: new Budget(),
    database: 'd',
    collection: () => ({ exists: false, find: () => [] }),
  });

test('the stages this server has are those it does not refuse', () => {
  expect(STAGE_NAMES.filter((name) => !STAGES.has(name)).sort()).toEqual(REFUSED_STAGES.sort());
});

test('the expression operators this server has are those it does not refuse', () => {
  expect(EXPRESSION_NAMES.filter((name) => !OPERATORS.has(name)).sort()).toEqual(REFUSED_EXPRESSIONS.sort());
});

test.each([...REFUSED_STAGES, '$nosuch'])('the stage %s is refused', (name) => {
  expect(codeOf(() => compileStages([Doc.of({ [name]: new Doc() })]))).toBe(40324);
});

test.each([...REFUSED_EXPRESSIONS, ...WINDOW_OPERATORS, '$nosuch'])(
  'the expression %s is refused',
  (name) => {
    expect(codeOf(() => compileExpression(Doc.of({ [name]: 1 }), scope))).toBe(168);
  },
);

test.each([...EXPRESSION_NAMES, ...STAGE_NAMES])(
  '%s with an operand of the wrong shape is an error, not ignored',
  (name) => {
    const operand = Doc.of({ nosuch: 1 });
    const takesAnything = [
      '$literal',
      '$type',
      '$isArray',
      '$isNumber',
      '$not',
      '$and',
      '$or',
      '$documents',
      '$set',
      '$addFields',
      '$match',
      '$project',
      '$sort',
      '$replaceWith',
      '$redact',
      '$toBool',
      '$mergeObjects',
    ];
    if (takesAnything.includes(name)) return;
    const compile = STAGES.has(name)
      ? (): unknown => compileStages([Doc.of({ [name]: operand })])
      : (): unknown => scope.evaluate(compileExpression(Doc.of({ [name]: operand }), scope), new Doc());
    // Accumulators over something that is no number, and comparisons, have an answer.
    if (
      [
        '$sum',
        '$avg',
        '$min',
        '$max',
        '$stdDevPop',
        '$stdDevSamp',
        '$objectToArray',
        '$bsonSize',
        '$getField',
      ].includes(name)
    ) {
      expect([0, 5654602, 3041701]).toContain(codeOf(compile));
    } else expect(codeOf(compile)).toBeGreaterThan(0);
  },
);

test.each(FIELD_OPERATORS)('the query operator %s is known or refused', (name) => {
  const code = codeOf(() => compileFilter(Doc.of({ a: Doc.of({ [name]: Doc.of({ $nosuch: 1 }) }) }), scope));
  if (['$exists', '$eq', '$ne', '$gt', '$gte', '$lt', '$lte'].includes(name)) expect(code).toBe(0);
  else expect([2, 9, 14]).toContain(code);
});

test.each(['$geoIntersects', '$geoWithin', '$near', '$nearSphere', '$maxDistance', '$nosuch'])(
  'the query operator %s is unknown here',
  (name) => {
    expect(codeOf(() => compileFilter(Doc.of({ a: Doc.of({ [name]: 1 }) }), scope))).toBe(2);
  },
);

test.each([...TOP_OPERATORS, '$nosuch'])('the top-level query operator %s is known or refused', (name) => {
  const code = codeOf(() => compileFilter(Doc.of({ [name]: Doc.of({ $nosuch: 1 }) }), scope));
  if (name === '$comment') expect(code).toBe(0);
  else expect(code).toBeGreaterThan(0);
});

test.each([...UPDATE_OPERATORS, '$nosuch'])('the update operator %s refuses what it cannot use', (name) => {
  const update = Doc.of({
    [name]:
      name === '$unset' || name.startsWith('$set') || name === '$min' || name === '$max'
        ? 1
        : Doc.of({ a: Doc.of({ $nosuch: 1 }) }),
  });
  const code = codeOf(() => compileUpdate(update, { scope, nextTimestamp: () => new Timestamp(1, 1) }));
  if (name === '$addToSet' || name === '$push') expect(code).toBe(0);
  else expect(code).toBeGreaterThan(0);
});

test.each(REFUSED_ACCUMULATORS)('the accumulator %s is refused', (name) => {
  const group = Doc.of({ $group: Doc.of({ _id: null, x: Doc.of({ [name]: 1 }) }) });
  expect(codeOf(() => compileStages([group]))).toBe(15952);
});

test('the README names all stages, expressions and accumulators that are refused', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  const listed = (kind: string): string[] =>
    (new RegExp(`^- ${kind} ((?:\\s*\`\\$\\w+\`)+)`, 'm').exec(readme)?.[1] ?? '').match(/\$\w+/g) ?? [];
  expect(listed('stages').sort()).toEqual(REFUSED_STAGES.sort());
  expect(listed('expressions').sort()).toEqual(REFUSED_EXPRESSIONS.sort());
  expect(listed('accumulators').sort()).toEqual(REFUSED_ACCUMULATORS.sort());
});

test.each([...ACCUMULATORS, ...WINDOW_OPERATORS, '$nosuch'])(
  'the accumulator %s is known or refused',
  (name) => {
    const code = codeOf(() =>
      compileStages([
        Doc.of({ $group: Doc.of({ _id: null, x: Doc.of({ [name]: Doc.of({ $nosuch: 1 }) }) }) }),
      ]),
    );
    expect(code).toBeGreaterThan(0);
  },
);
