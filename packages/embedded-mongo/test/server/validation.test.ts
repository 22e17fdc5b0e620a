import { Binary, type Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

const schema = (rules: Document): Document => ({ $jsonSchema: rules });
const property = (rule: Document): Document => schema({ properties: { a: rule } });
const rules = (...schemaRulesNotSatisfied: Document[]): Document => ({
  operatorName: '$jsonSchema',
  schemaRulesNotSatisfied,
});
const failing = (...details: Document[]): Document =>
  rules({ operatorName: 'properties', propertiesNotSatisfied: [{ propertyName: 'a', details }] });

/** A keyword on the field `a`, a value that does not satisfy it, and what is said besides the keyword and its operand. */
const KEYWORDS: [Document, unknown, Document][] = [
  [
    { bsonType: 'int' },
    'x',
    { reason: 'type did not match', consideredValue: 'x', consideredType: 'string' },
  ],
  [
    { bsonType: ['int', 'null'] },
    1.5,
    { reason: 'type did not match', consideredValue: 1.5, consideredType: 'double' },
  ],
  [{ type: 'number' }, true, { reason: 'type did not match', consideredValue: true, consideredType: 'bool' }],
  [{ enum: ['p', 'q'] }, 'x', { reason: 'value was not found in enum', consideredValue: 'x' }],
  [{ minimum: 5 }, 4, { reason: 'comparison failed', consideredValue: 4 }],
  [{ maximum: 5 }, 6, { reason: 'comparison failed', consideredValue: 6 }],
  [{ minimum: 5, exclusiveMinimum: true }, 5, { reason: 'comparison failed', consideredValue: 5 }],
  [
    { multipleOf: 2 },
    3,
    { reason: 'considered value is not a multiple of the specified value', consideredValue: 3 },
  ],
  [{ minLength: 3 }, 'ab', { reason: 'specified string length was not satisfied', consideredValue: 'ab' }],
  [{ maxLength: 1 }, 'ab', { reason: 'specified string length was not satisfied', consideredValue: 'ab' }],
  [{ pattern: '^.+@.+$' }, 'x', { reason: 'regular expression did not match', consideredValue: 'x' }],
  [
    { minItems: 2 },
    [1],
    { reason: 'array did not match specified length', consideredValue: [1], numberOfItems: 1 },
  ],
  [
    { maxItems: 0 },
    [1],
    { reason: 'array did not match specified length', consideredValue: [1], numberOfItems: 1 },
  ],
  [
    { uniqueItems: true },
    [1, 2, 1],
    { reason: 'found a duplicate item', consideredValue: [1, 2, 1], duplicatedValue: 1 },
  ],
  [{ required: ['y', 'x'] }, { y: 1 }, { missingProperties: ['x'] }],
  [
    { minProperties: 1 },
    {},
    { reason: 'specified number of properties was not satisfied', numberOfProperties: 0 },
  ],
  [{ additionalProperties: false }, { x: 1 }, { additionalProperties: ['x'] }],
];

const INT = { operatorName: 'bsonType', specifiedAs: { bsonType: 'int' }, reason: 'type did not match' };
const wrongInt = (consideredValue: string): Document => ({
  ...INT,
  consideredValue,
  consideredType: 'string',
});

const pattern = (specifiedAs: Document): Document => ({
  operatorName: '$regex',
  specifiedAs,
  reason: 'regular expression did not match',
});

/** A comparison that holds although it must not. */
const succeeded = (specifiedAs: Document, consideredValue: number): Document => {
  const [condition] = Object.values(specifiedAs) as unknown[];
  const operatorName = typeof condition === 'object' ? Object.keys(condition as Document)[0] : '$eq';
  return { operatorName, specifiedAs, reason: 'comparison succeeded', consideredValue };
};

/** A validator, a document it refuses, and the whole of what is said. */
const DETAILS: [string, Document, Document, Document][] = [
  [
    'what is missing, sorted, behind what is wrong',
    schema({
      title: 'A student',
      required: ['name', 'year', 'gpa'],
      properties: { year: { bsonType: 'int', minimum: 2017, description: 'a year' } },
    }),
    { year: 2016 },
    {
      operatorName: '$jsonSchema',
      title: 'A student',
      schemaRulesNotSatisfied: [
        {
          operatorName: 'properties',
          propertiesNotSatisfied: [
            {
              propertyName: 'year',
              description: 'a year',
              details: [
                {
                  operatorName: 'minimum',
                  specifiedAs: { minimum: 2017 },
                  reason: 'comparison failed',
                  consideredValue: 2016,
                },
              ],
            },
          ],
        },
        {
          operatorName: 'required',
          specifiedAs: { required: ['name', 'year', 'gpa'] },
          missingProperties: ['gpa', 'name'],
        },
      ],
    },
  ],
  [
    'only the type, when other keywords are for that type',
    property({ bsonType: 'int', minimum: 5 }),
    { a: 'x' },
    failing(wrongInt('x')),
  ],
  [
    'nothing of a keyword that is for another type',
    property({ bsonType: 'string', minimum: 5 }),
    { a: 3 },
    failing({
      operatorName: 'bsonType',
      specifiedAs: { bsonType: 'string' },
      reason: 'type did not match',
      consideredValue: 3,
      consideredType: 'int',
    }),
  ],
  [
    'the item that is wrong',
    property({ items: { bsonType: 'int', title: 'whole' } }),
    { a: [1, 'x', 'y'] },
    failing({
      operatorName: 'items',
      title: 'whole',
      reason: 'At least one item did not match the sub-schema',
      itemIndex: 1,
      details: [wrongInt('x')],
    }),
  ],
  [
    'items by their places, and those beyond',
    property({ items: [{}, { bsonType: 'int' }], additionalItems: false }),
    { a: [1, 'x', 'y'] },
    failing(
      { operatorName: 'items', details: [{ itemIndex: 1, details: [wrongInt('x')] }] },
      {
        operatorName: 'additionalItems',
        specifiedAs: { additionalItems: false },
        reason: 'found additional items',
        additionalItems: ['y'],
      },
    ),
  ],
  [
    'properties inside properties',
    property({ bsonType: 'object', properties: { b: { bsonType: 'int' } } }),
    { a: { b: 'x' } },
    failing({
      operatorName: 'properties',
      propertiesNotSatisfied: [{ propertyName: 'b', details: [wrongInt('x')] }],
    }),
  ],
  [
    'every schema of a list that fails',
    property({ anyOf: [{ bsonType: 'int' }, { enum: [1] }] }),
    { a: 'x' },
    failing({
      operatorName: 'anyOf',
      schemasNotSatisfied: [
        { index: 0, details: [wrongInt('x')] },
        {
          index: 1,
          details: [
            {
              operatorName: 'enum',
              specifiedAs: { enum: [1] },
              reason: 'value was not found in enum',
              consideredValue: 'x',
            },
          ],
        },
      ],
    }),
  ],
  [
    'too many schemas that match',
    property({ oneOf: [{ minimum: 1 }, { maximum: 0 }, { minimum: 2 }] }),
    { a: 3 },
    failing({
      operatorName: 'oneOf',
      reason: 'more than one subschema matched',
      matchingSchemaIndexes: [0, 2],
    }),
  ],
  [
    'what must not be',
    property({ not: { bsonType: 'int' } }),
    { a: 3 },
    failing({ operatorName: 'not', reason: 'child expression matched' }),
  ],
  [
    'properties that are known by patterns or not at all',
    schema({
      properties: { _id: {} },
      patternProperties: { '^n': { bsonType: 'int' } },
      additionalProperties: { bsonType: 'int' },
    }),
    { n1: 'x', other: 'y' },
    rules(
      {
        operatorName: 'additionalProperties',
        reason: 'at least one additional property did not match the subschema',
        failingProperty: 'other',
        details: [wrongInt('y')],
      },
      {
        operatorName: 'patternProperties',
        details: [{ propertyName: 'n1', regexMatched: '^n', details: [wrongInt('x')] }],
      },
    ),
  ],
  [
    'dependencies',
    schema({ dependencies: { a: ['b', 'c'], d: { required: ['e'] } } }),
    { a: 1, b: 1, d: 1 },
    rules({
      operatorName: 'dependencies',
      failingDependencies: [
        { conditionalProperty: 'a', missingProperties: ['c'] },
        {
          conditionalProperty: 'd',
          details: [{ operatorName: 'required', specifiedAs: { required: ['e'] }, missingProperties: ['e'] }],
        },
      ],
    }),
  ],
  [
    'a comparison',
    { a: { $gt: 2 } },
    { a: 1 },
    { operatorName: '$gt', specifiedAs: { a: { $gt: 2 } }, reason: 'comparison failed', consideredValue: 1 },
  ],
  [
    'an equality',
    { a: 2 },
    { a: [1, 3] },
    { operatorName: '$eq', specifiedAs: { a: 2 }, reason: 'comparison failed', consideredValues: [1, 3] },
  ],
  [
    'a missing field',
    { a: { $gt: 2 } },
    {},
    { operatorName: '$gt', specifiedAs: { a: { $gt: 2 } }, reason: 'field was missing' },
  ],
  [
    'an inequality',
    { a: { $ne: 2 } },
    { a: 2 },
    {
      operatorName: '$ne',
      specifiedAs: { a: { $ne: 2 } },
      reason: 'comparison succeeded',
      consideredValue: 2,
    },
  ],
  [
    'a list',
    { a: { $in: [2, 3] } },
    { a: 1 },
    {
      operatorName: '$in',
      specifiedAs: { a: { $in: [2, 3] } },
      reason: 'no matching value found in array',
      consideredValue: 1,
    },
  ],
  [
    'a type',
    { a: { $type: 'int' } },
    { a: 'x' },
    {
      operatorName: '$type',
      specifiedAs: { a: { $type: 'int' } },
      reason: 'type did not match',
      consideredValue: 'x',
      consideredType: 'string',
    },
  ],
  [
    'existence',
    { a: { $exists: true } },
    {},
    { operatorName: '$exists', specifiedAs: { a: { $exists: true } }, reason: 'path does not exist' },
  ],
  [
    'an expression',
    { $expr: { $lt: ['$a', '$b'] } },
    { a: 2, b: 1 },
    {
      operatorName: '$expr',
      specifiedAs: { $expr: { $lt: ['$a', '$b'] } },
      reason: 'expression did not match',
      expressionResult: false,
    },
  ],
  [
    'those of several conditions that fail',
    { a: { $gte: 0, $lte: 5 }, b: { $exists: true } },
    { a: 6 },
    {
      operatorName: '$and',
      clausesNotSatisfied: [
        {
          index: 1,
          details: {
            operatorName: '$lte',
            specifiedAs: { a: { $lte: 5 } },
            reason: 'comparison failed',
            consideredValue: 6,
          },
        },
        {
          index: 2,
          details: {
            operatorName: '$exists',
            specifiedAs: { b: { $exists: true } },
            reason: 'path does not exist',
          },
        },
      ],
    },
  ],
  [
    'alternatives',
    { $or: [{ a: 1 }, { a: 2 }] },
    { a: 3 },
    {
      operatorName: '$or',
      clausesNotSatisfied: [
        {
          index: 0,
          details: {
            operatorName: '$eq',
            specifiedAs: { a: 1 },
            reason: 'comparison failed',
            consideredValue: 3,
          },
        },
        {
          index: 1,
          details: {
            operatorName: '$eq',
            specifiedAs: { a: 2 },
            reason: 'comparison failed',
            consideredValue: 3,
          },
        },
      ],
    },
  ],
  ['a pattern', { a: /^x/ }, { a: 'y' }, { ...pattern({ a: /^x/ }), consideredValue: 'y' }],
  [
    'a pattern with options',
    { a: { $regex: '^x', $options: 'i' } },
    { a: ['y', 1] },
    { ...pattern({ a: { $regex: '^x', $options: 'i' } }), consideredValues: ['y', 1] },
  ],
  [
    'a pattern on what is no text',
    { a: { $regex: '^x' } },
    { a: 1 },
    {
      ...pattern({ a: { $regex: '^x' } }),
      reason: 'type did not match',
      consideredType: 'int',
      expectedTypes: ['regex', 'string', 'symbol'],
      consideredValue: 1,
    },
  ],
  [
    'the size of an array',
    { a: { $size: 2 } },
    { a: [1] },
    {
      operatorName: '$size',
      specifiedAs: { a: { $size: 2 } },
      reason: 'array length was not equal to given size',
      consideredValue: [1],
    },
  ],
  [
    'a size of what is no array',
    { a: { $size: 2 } },
    { a: 1 },
    {
      operatorName: '$size',
      specifiedAs: { a: { $size: 2 } },
      reason: 'type did not match',
      consideredType: 'int',
      expectedType: 'array',
      consideredValue: 1,
    },
  ],
  [
    'a remainder',
    { a: { $mod: [2, 0] } },
    { a: 3 },
    {
      operatorName: '$mod',
      specifiedAs: { a: { $mod: [2, 0] } },
      reason: '$mod did not evaluate to expected remainder',
      consideredValue: 3,
    },
  ],
  [
    'all that must be there',
    { a: { $all: [1, 2] } },
    { a: [1] },
    {
      operatorName: '$all',
      specifiedAs: { a: { $all: [1, 2] } },
      reason: 'array did not contain all specified values',
      consideredValue: [1],
    },
  ],
  [
    'what must not be met',
    { a: { $not: { $lt: 10 } } },
    { a: 9 },
    { operatorName: '$not', details: succeeded({ a: { $lt: 10 } }, 9) },
  ],
  [
    'several conditions that must not be met together',
    { a: { $not: { $lt: 20, $gt: 5 } } },
    { a: 10 },
    {
      operatorName: '$not',
      details: {
        operatorName: '$and',
        clausesSatisfied: [
          { index: 0, details: succeeded({ a: { $lt: 20 } }, 10) },
          { index: 1, details: succeeded({ a: { $gt: 5 } }, 10) },
        ],
      },
    },
  ],
  [
    'a pattern that must not match',
    { a: { $not: /^x/ } },
    { a: 'xy' },
    {
      operatorName: '$not',
      details: { ...pattern({ a: /^x/ }), reason: 'regular expression did match', consideredValue: 'xy' },
    },
  ],
  [
    'which of the conditions holds of which none may',
    { $nor: [{ a: { $gt: 10 } }, { b: { $lt: 10 } }] },
    { a: 9, b: 9 },
    { operatorName: '$nor', clausesSatisfied: [{ index: 1, details: succeeded({ b: { $lt: 10 } }, 9) }] },
  ],
  [
    'a list within one that must not hold',
    { $nor: [{ $nor: [{ a: 1 }] }, { $or: [{ a: 2 }, { $jsonSchema: {} }] }] },
    { a: 2 },
    {
      operatorName: '$nor',
      clausesSatisfied: [
        {
          index: 0,
          details: {
            operatorName: '$nor',
            clausesNotSatisfied: [
              { index: 0, details: { ...succeeded({ a: 1 }, 2), reason: 'comparison failed' } },
            ],
          },
        },
        {
          index: 1,
          details: {
            operatorName: '$or',
            clausesSatisfied: [
              { index: 0, details: succeeded({ a: 2 }, 2) },
              { index: 1, details: { operatorName: '$jsonSchema', reason: 'schema matched' } },
            ],
          },
        },
      ],
    },
  ],
];

describe('why a document fails validation', () => {
  const shared = testServer();
  let collections = 0;
  const toldFor = async (validator: Document, doc: Document): Promise<Document> => {
    const c = await shared.db.createCollection(`c${collections++}`, { validator });
    const error = (await c.insertOne({ ...doc, _id: 7 as never }).catch((e: unknown) => e)) as Document;
    expect(error).toMatchObject({ code: 121, errInfo: { failingDocumentId: 7 } });
    return (error['errInfo'] as Document)['details'] as Document;
  };

  it.each(KEYWORDS)('says of %j', async (rule, value, said) => {
    const [operatorName] = Object.keys(rule);
    const details = { operatorName, specifiedAs: rule, ...said };
    expect(await toldFor(property(rule), { a: value })).toEqual(failing(details));
  });

  it.each(DETAILS)('says %s', async (_, validator, doc, details) => {
    expect(await toldFor(validator, doc)).toEqual(details);
  });

  it('shows at most ten values', async () => {
    const a = Array.from({ length: 12 }, (_, i) => i);
    expect(await toldFor({ a: 99 }, { a })).toMatchObject({
      consideredValues: a.slice(0, 10),
      consideredValuesTruncated: true,
    });
  });

  it('tells of an update and of types that are not plain', async () => {
    const c = await shared.db.createCollection('updates', { validator: property({ bsonType: 'binData' }) });
    await c.insertOne({ _id: 1 as never, a: new Binary(new Uint8Array([1])) });
    await expect(c.updateOne({ _id: 1 as never }, { $set: { a: null } })).rejects.toMatchObject({
      errInfo: {
        failingDocumentId: 1,
        details: {
          schemaRulesNotSatisfied: [{ propertiesNotSatisfied: [{ details: [{ consideredType: 'null' }] }] }],
        },
      },
    });
    const bulk = {
      bulkWrite: 1,
      ops: [{ insert: 0, document: { _id: 2, a: 1 } }],
      nsInfo: [{ ns: 'test.updates' }],
    };
    const { cursor } = await shared.client.db('admin').command(bulk);
    expect((cursor as Document)['firstBatch']).toMatchObject([
      { code: 121, errInfo: { failingDocumentId: 2 } },
    ]);
  });
});
