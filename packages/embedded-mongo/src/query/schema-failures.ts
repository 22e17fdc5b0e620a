import { BsonType, bsonTypeOf, Doc, hashValue, isDoc, Regex, typeName, type Value } from '../bson';
import { matchesSchema, satisfies, typesOf } from './json-schema';
import { compileRegex } from './regex';

type Fields = Readonly<Record<string, Value | undefined>>;

/** What a keyword looks at; a value of another type satisfies it. */
type Applies = 'numbers' | 'texts' | 'arrays' | 'objects' | 'anything';

interface Keyword {
  readonly applies: Applies;
  /** Describes why the value, which is of the right type, does not satisfy the keyword. */
  describe(value: Value, schema: Doc, keyword: string): Doc[];
}

const TYPES: Readonly<Record<Exclude<Applies, 'anything'>, readonly number[]>> = {
  numbers: [BsonType.Double, BsonType.Int, BsonType.Long, BsonType.Decimal],
  texts: [BsonType.String],
  arrays: [BsonType.Array],
  objects: [BsonType.Object],
};

/** A document without the fields that are undefined. */
export const details = (fields: Fields): Doc =>
  Doc.from(Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined));

/** Title and description of a schema, which stand beside what is said of it. */
const annotations = (schema: Doc): Fields => ({
  title: schema.get('title'),
  description: schema.get('description'),
});

const specified = (schema: Doc, keyword: string): Fields => ({
  operatorName: keyword,
  specifiedAs: Doc.of({ [keyword]: schema.get(keyword) }),
});

const scalar = (applies: Applies, reason: string): Keyword => ({
  applies,
  describe: (consideredValue, schema, keyword) => [
    details({ ...specified(schema, keyword), reason, consideredValue }),
  ],
});

const bound = (exclusive: string): Keyword => ({
  applies: 'numbers',
  describe(consideredValue, schema, keyword) {
    const specifiedAs = Doc.of({ [keyword]: schema.get(keyword) });
    if (schema.get(exclusive) === true) specifiedAs.set(exclusive, true);
    return [details({ operatorName: keyword, specifiedAs, reason: 'comparison failed', consideredValue })];
  },
});

const itemCount: Keyword = {
  applies: 'arrays',
  describe: (value, schema, keyword) => [
    details({
      ...specified(schema, keyword),
      reason: 'array did not match specified length',
      consideredValue: value,
      numberOfItems: (value as Value[]).length,
    }),
  ],
};

const propertyCount: Keyword = {
  applies: 'objects',
  describe: (value, schema, keyword) => [
    details({
      ...specified(schema, keyword),
      reason: 'specified number of properties was not satisfied',
      numberOfProperties: (value as Doc).size,
    }),
  ],
};

const typeKeyword: Keyword = {
  applies: 'anything',
  describe: (value, schema, keyword) => [
    details({
      ...specified(schema, keyword),
      reason: 'type did not match',
      consideredValue: value,
      consideredType: typeName(value),
    }),
  ],
};

/** Every sub-schema of a list that is not satisfied. */
const subSchemas: Keyword = {
  applies: 'anything',
  describe(value, schema, keyword) {
    const list = schema.get(keyword) as Doc[];
    const matching = list.flatMap((one, index) => (matchesSchema(value, one) ? [index] : []));
    if (keyword === 'oneOf' && matching.length > 0) {
      const reason = 'more than one subschema matched';
      return [details({ operatorName: keyword, reason, matchingSchemaIndexes: matching })];
    }
    const schemasNotSatisfied = list.flatMap((one, index) =>
      matching.includes(index)
        ? []
        : [details({ index, ...annotations(one), details: schemaFailures(value, one) })],
    );
    return [details({ operatorName: keyword, schemasNotSatisfied })];
  },
};

/** One element that does not satisfy the schema of elements. */
function badItem(array: readonly Value[], from: number, schema: Doc): Fields | undefined {
  const itemIndex = array.findIndex((item, i) => i >= from && !matchesSchema(item, schema));
  return itemIndex < 0 ? undefined : { itemIndex, details: schemaFailures(array[itemIndex]!, schema) };
}

function describeItems(value: Value, schema: Doc): Doc[] {
  const array = value as Value[];
  const items = schema.get('items')!;
  if (isDoc(items)) {
    const reason = 'At least one item did not match the sub-schema';
    return [details({ operatorName: 'items', ...annotations(items), reason, ...badItem(array, 0, items) })];
  }
  const list = items as Doc[];
  const failing = list.flatMap((one, itemIndex) =>
    itemIndex < array.length && !matchesSchema(array[itemIndex]!, one)
      ? [details({ itemIndex, details: schemaFailures(array[itemIndex]!, one) })]
      : [],
  );
  const found = failing.length > 0 ? [details({ operatorName: 'items', details: failing })] : [];
  const rest = schema.get('additionalItems');
  if (rest === false && array.length > list.length) {
    const reason = 'found additional items';
    const additionalItems = array.slice(list.length);
    found.push(details({ ...specified(schema, 'additionalItems'), reason, additionalItems }));
  } else if (isDoc(rest)) {
    const bad = badItem(array, list.length, rest);
    const reason = 'At least one additional item did not match the sub-schema';
    if (bad) found.push(details({ operatorName: 'additionalItems', ...annotations(rest), reason, ...bad }));
  }
  return found;
}

function describeProperties(value: Value, schema: Doc): Doc[] {
  const failing = (schema.get('properties') as Doc).entries().flatMap(([propertyName, property]) => {
    const found = (value as Doc).get(propertyName);
    const failures = found === undefined ? [] : schemaFailures(found, property as Doc);
    if (failures.length === 0) return [];
    return [details({ propertyName, ...annotations(property as Doc), details: failures })];
  });
  return failing.length > 0 ? [details({ operatorName: 'properties', propertiesNotSatisfied: failing })] : [];
}

const patternsOf = (schema: Doc): [string, Doc][] =>
  ((schema.get('patternProperties') as Doc | undefined)?.entries() ?? []) as [string, Doc][];

const isNamedBy = (pattern: string, name: string): boolean => compileRegex(new Regex(pattern, '')).test(name);

function describeAdditional(value: Value, schema: Doc): Doc[] {
  const operand = schema.get('additionalProperties');
  const named = schema.get('properties') as Doc | undefined;
  const additional = (value as Doc)
    .entries()
    .filter(
      ([name]) => !named?.has(name) && !patternsOf(schema).some(([pattern]) => isNamedBy(pattern, name)),
    );
  if (!isDoc(operand)) {
    const additionalProperties = additional.map(([name]) => name);
    return [details({ ...specified(schema, 'additionalProperties'), additionalProperties })];
  }
  const [failingProperty, bad] = additional.find(([, one]) => !matchesSchema(one, operand)) ?? [];
  return [
    details({
      operatorName: 'additionalProperties',
      ...annotations(operand),
      reason: 'at least one additional property did not match the subschema',
      failingProperty,
      details: schemaFailures(bad!, operand),
    }),
  ];
}

function describePatterns(value: Value, schema: Doc): Doc[] {
  const failing = patternsOf(schema).flatMap(([pattern, property]) => {
    const bad = (value as Doc)
      .entries()
      .find(([name, one]) => isNamedBy(pattern, name) && !matchesSchema(one, property));
    if (!bad) return [];
    const [propertyName, found] = bad;
    return [
      details({
        propertyName,
        ...annotations(property),
        regexMatched: pattern,
        details: schemaFailures(found, property),
      }),
    ];
  });
  return [details({ operatorName: 'patternProperties', details: failing })];
}

function describeDependencies(value: Value, schema: Doc): Doc[] {
  const doc = value as Doc;
  const failingDependencies = (schema.get('dependencies') as Doc)
    .entries()
    .flatMap(([conditionalProperty, needed]) => {
      if (!doc.has(conditionalProperty)) return [];
      if (isDoc(needed)) {
        const failures = schemaFailures(doc, needed);
        return failures.length > 0 ? [details({ conditionalProperty, details: failures })] : [];
      }
      const missingProperties = (needed as string[]).filter((name) => !doc.has(name));
      return missingProperties.length > 0 ? [details({ conditionalProperty, missingProperties })] : [];
    });
  return [details({ operatorName: 'dependencies', failingDependencies })];
}

const LENGTH = 'specified string length was not satisfied';

/** Keywords in the order in which MongoDB speaks of them. */
const KEYWORDS: Readonly<Record<string, Keyword>> = {
  pattern: scalar('texts', 'regular expression did not match'),
  maxLength: scalar('texts', LENGTH),
  minLength: scalar('texts', LENGTH),
  multipleOf: scalar('numbers', 'considered value is not a multiple of the specified value'),
  maximum: bound('exclusiveMaximum'),
  minimum: bound('exclusiveMinimum'),
  minItems: itemCount,
  maxItems: itemCount,
  uniqueItems: {
    applies: 'arrays',
    describe(value, schema, keyword) {
      const seen = new Set<string>();
      const duplicatedValue = (value as Value[]).find((item) => {
        const hash = hashValue(item);
        return seen.has(hash) || !seen.add(hash);
      });
      const reason = 'found a duplicate item';
      return [details({ ...specified(schema, keyword), reason, consideredValue: value, duplicatedValue })];
    },
  },
  items: { applies: 'arrays', describe: describeItems },
  properties: { applies: 'objects', describe: describeProperties },
  additionalProperties: { applies: 'objects', describe: describeAdditional },
  patternProperties: { applies: 'objects', describe: describePatterns },
  required: {
    applies: 'objects',
    describe: (value, schema, keyword) => [
      details({
        ...specified(schema, keyword),
        missingProperties: (schema.get('required') as string[])
          .filter((name) => !(value as Doc).has(name))
          .sort(),
      }),
    ],
  },
  minProperties: propertyCount,
  maxProperties: propertyCount,
  dependencies: { applies: 'objects', describe: describeDependencies },
  allOf: subSchemas,
  anyOf: subSchemas,
  oneOf: subSchemas,
  not: {
    applies: 'anything',
    describe: () => [details({ operatorName: 'not', reason: 'child expression matched' })],
  },
  enum: scalar('anything', 'value was not found in enum'),
  bsonType: typeKeyword,
  type: typeKeyword,
};

/** What of a schema a value does not satisfy, as MongoDB describes it. */
function schemaFailures(value: Value, schema: Doc): Doc[] {
  const stated = typesOf(schema);
  return Object.entries(KEYWORDS).flatMap(([name, keyword]) => {
    if (!schema.has(name)) return [];
    if (keyword.applies !== 'anything') {
      const types = TYPES[keyword.applies];
      // With a type that a keyword does not apply to, the keyword means nothing.
      if (!types.includes(bsonTypeOf(value)) || (stated && !types.some((type) => stated.has(type))))
        return [];
    }
    return satisfies(value, schema, name) ? [] : keyword.describe(value, schema, name);
  });
}

/** Why a document does not match a `$jsonSchema`. */
export function schemaFailure(doc: Doc, schema: Doc): Doc {
  return details({
    operatorName: '$jsonSchema',
    ...annotations(schema),
    schemaRulesNotSatisfied: schemaFailures(doc, schema),
  });
}
