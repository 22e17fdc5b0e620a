import { ErrorCode, fail } from '../errors';
import type { Doc } from '../bson';
import {
  BsonType,
  bsonTypeOf,
  hashValue,
  integerOf,
  isDoc,
  isNumber,
  Regex,
  toNumber,
  compareNumbers,
  typeName,
  type Value,
} from '../bson';
import { TYPE_BY_ALIAS } from '../bson/type-of';
import { compileRegex, type CompiledRegex } from './regex';

type Test = (value: Value) => boolean;
type Keyword = (operand: Value, schema: Doc) => Test | undefined;

const NUMBER_TYPES = [BsonType.Double, BsonType.Int, BsonType.Long, BsonType.Decimal];
/** Types that JSON knows, for the keyword `type`. */
const JSON_TYPES: Readonly<Record<string, readonly number[]>> = {
  string: [BsonType.String],
  object: [BsonType.Object],
  array: [BsonType.Array],
  boolean: [BsonType.Bool],
  null: [BsonType.Null],
  number: NUMBER_TYPES,
};

/** Compiles a `$jsonSchema` (draft 4 with `bsonType`) to a test of documents; unknown keywords are errors. */
export function compileJsonSchema(schema: Doc): (doc: Doc) => boolean {
  return compileSchema(schema);
}

function compileSchema(schema: Doc): Test {
  const tests: Test[] = [];
  for (const [keyword, operand] of schema.entries()) {
    const compile = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
    if (compile === undefined) fail(ErrorCode.FailedToParse, `Unknown $jsonSchema keyword: ${keyword}`);
    const test = compile(operand, schema);
    if (test !== undefined) tests.push(test);
  }
  return (value) => tests.every((test) => test(value));
}

/** Whether a value satisfies one keyword of a schema, which may lean on its neighbours. */
export function satisfies(value: Value, schema: Doc, keyword: string): boolean {
  return KEYWORDS[keyword]!(schema.get(keyword)!, schema)?.(value) ?? true;
}

/** Whether a value satisfies a schema. */
export function matchesSchema(value: Value, schema: Doc): boolean {
  return compileSchema(schema)(value);
}

/** Types that a keyword of types accepts. */
export function typesOf(schema: Doc): ReadonlySet<number> | undefined {
  const keyword = schema.has('bsonType') ? 'bsonType' : 'type';
  const operand = schema.get(keyword);
  return operand === undefined ? undefined : typeCodes(keyword, operand, CODES_OF_TYPES[keyword]);
}

const mismatch = (keyword: string, wanted: string, operand: Value): never =>
  fail(
    ErrorCode.TypeMismatch,
    `$jsonSchema keyword '${keyword}' must be ${wanted}, but got a ${typeName(operand)}`,
  );

const subSchema = (keyword: string, operand: Value): Test =>
  isDoc(operand) ? compileSchema(operand) : mismatch(keyword, 'an object', operand);

function schemaList(keyword: string, operand: Value): Test[] {
  if (!Array.isArray(operand)) return mismatch(keyword, 'an array', operand);
  if (operand.length === 0)
    fail(ErrorCode.BadValue, `$jsonSchema keyword '${keyword}' must be a non-empty array`);
  return operand.map((schema) => subSchema(keyword, schema));
}

function count(keyword: string, operand: Value): number {
  const number = integerOf(operand);
  if (number === undefined) return mismatch(keyword, 'a number representable as a long', operand);
  return number < 0
    ? fail(ErrorCode.FailedToParse, `$jsonSchema keyword '${keyword}' must be non-negative`)
    : number;
}

const onDocs =
  (test: (doc: Doc) => boolean): Test =>
  (value) =>
    !isDoc(value) || test(value);
const onArrays =
  (test: (array: Value[]) => boolean): Test =>
  (value) =>
    !Array.isArray(value) || test(value);
const onStrings =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value !== 'string' || test(value);

type CodesOfName = (name: string) => readonly number[] | undefined;

function typeCodes(keyword: string, operand: Value, codes: CodesOfName): Set<number> {
  const accepted = new Set<number>();
  for (const name of Array.isArray(operand) ? operand : [operand]) {
    if (typeof name !== 'string') return mismatch(keyword, 'a string or an array of strings', name);
    for (const code of codes(name) ?? fail(ErrorCode.BadValue, `Unknown type name alias: ${name}`))
      accepted.add(code);
  }
  return accepted;
}

function types(keyword: 'bsonType' | 'type', operand: Value): Test {
  const accepted = typeCodes(keyword, operand, CODES_OF_TYPES[keyword]);
  return (value) => accepted.has(bsonTypeOf(value));
}

function bsonTypeCodes(name: string): readonly number[] | undefined {
  if (name === 'number') return NUMBER_TYPES;
  const code = TYPE_BY_ALIAS.get(name);
  return code === undefined ? undefined : [code];
}

const CODES_OF_TYPES: Readonly<Record<'bsonType' | 'type', CodesOfName>> = {
  bsonType: bsonTypeCodes,
  type: (name) => (Object.hasOwn(JSON_TYPES, name) ? JSON_TYPES[name] : undefined),
};

function bound(keyword: string, exclusive: string, direction: 1 | -1): Keyword {
  return (operand, schema) => {
    if (!isNumber(operand)) return mismatch(keyword, 'a number', operand);
    const strict = schema.get(exclusive) === true;
    return (value) => {
      if (!isNumber(value)) return true;
      const order = compareNumbers(value, operand) * direction;
      return strict ? order > 0 : order >= 0;
    };
  };
}

function dependency(operand: Value): (doc: Doc) => boolean {
  if (isDoc(operand)) return compileSchema(operand);
  if (!Array.isArray(operand)) return mismatch('dependencies', 'an object or an array', operand);
  return (doc) => operand.every((name) => typeof name === 'string' && doc.has(name));
}

function patterns(operand: Value): [CompiledRegex, Test][] {
  if (!isDoc(operand)) return mismatch('patternProperties', 'an object', operand);
  return operand
    .entries()
    .map(([pattern, schema]) => [
      compileRegex(new Regex(pattern, '')),
      subSchema('patternProperties', schema),
    ]);
}

function additional(operand: Value, schema: Doc): Test {
  const named = schema.get('properties');
  const matching = schema.has('patternProperties') ? patterns(schema.get('patternProperties')!) : [];
  const test: Test = isDoc(operand) ? compileSchema(operand) : operand === false ? () => false : () => true;
  const isNamed = (key: string): boolean =>
    (isDoc(named) && named.has(key)) || matching.some(([pattern]) => pattern.test(key));
  return onDocs((doc) => doc.entries().every(([key, value]) => isNamed(key) || test(value)));
}

function items(operand: Value, schema: Doc): Test {
  if (isDoc(operand)) {
    const test = compileSchema(operand);
    return onArrays((array) => array.every(test));
  }
  if (!Array.isArray(operand)) return mismatch('items', 'an object or an array', operand);
  const tests = operand.map((item) => subSchema('items', item));
  const rest = schema.get('additionalItems');
  const restTest: Test = isDoc(rest) ? compileSchema(rest) : rest === false ? () => false : () => true;
  return onArrays((array) => array.every((value, i) => (tests[i] ?? restTest)(value)));
}

const annotation: Keyword = () => undefined;

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  title: annotation,
  description: annotation,
  exclusiveMinimum: annotation,
  exclusiveMaximum: annotation,
  additionalItems: annotation,
  bsonType: (operand) => types('bsonType', operand),
  type: (operand) => types('type', operand),
  enum: (operand) => {
    if (!Array.isArray(operand)) return mismatch('enum', 'an array', operand);
    const accepted = new Set(operand.map((value) => hashValue(value)));
    return (value) => accepted.has(hashValue(value));
  },
  required: (operand) => {
    if (!Array.isArray(operand)) return mismatch('required', 'an array', operand);
    if (operand.length === 0)
      fail(ErrorCode.FailedToParse, "$jsonSchema keyword 'required' cannot be an empty array");
    const names = operand.map((name) =>
      typeof name === 'string' ? name : mismatch('required', 'an array of strings', name),
    );
    return onDocs((doc) => names.every((name) => doc.has(name)));
  },
  properties: (operand) => {
    if (!isDoc(operand)) return mismatch('properties', 'an object', operand);
    const tests = operand.entries().map(([name, schema]) => [name, subSchema('properties', schema)] as const);
    return onDocs((doc) =>
      tests.every(([name, test]) => {
        const value = doc.get(name);
        return value === undefined || test(value);
      }),
    );
  },
  patternProperties: (operand) => {
    const tests = patterns(operand);
    return onDocs((doc) =>
      doc
        .entries()
        .every(([key, value]) => tests.every(([pattern, test]) => !pattern.test(key) || test(value))),
    );
  },
  additionalProperties: additional,
  dependencies: (operand) => {
    if (!isDoc(operand)) return mismatch('dependencies', 'an object', operand);
    const tests = operand.entries().map(([name, needed]) => [name, dependency(needed)] as const);
    return onDocs((doc) => tests.every(([name, test]) => !doc.has(name) || test(doc)));
  },
  minProperties: (operand) => {
    const least = count('minProperties', operand);
    return onDocs((doc) => doc.size >= least);
  },
  maxProperties: (operand) => {
    const most = count('maxProperties', operand);
    return onDocs((doc) => doc.size <= most);
  },
  minimum: bound('minimum', 'exclusiveMinimum', 1),
  maximum: bound('maximum', 'exclusiveMaximum', -1),
  multipleOf: (operand) => {
    if (!isNumber(operand) || toNumber(operand) <= 0)
      return mismatch('multipleOf', 'a positive number', operand);
    const step = toNumber(operand);
    return (value) => !isNumber(value) || toNumber(value) % step === 0;
  },
  minLength: (operand) => {
    const least = count('minLength', operand);
    return onStrings((text) => [...text].length >= least);
  },
  maxLength: (operand) => {
    const most = count('maxLength', operand);
    return onStrings((text) => [...text].length <= most);
  },
  pattern: (operand) => {
    if (typeof operand !== 'string') return mismatch('pattern', 'a string', operand);
    const compiled = compileRegex(new Regex(operand, ''));
    return onStrings((text) => compiled.test(text));
  },
  items,
  minItems: (operand) => {
    const least = count('minItems', operand);
    return onArrays((array) => array.length >= least);
  },
  maxItems: (operand) => {
    const most = count('maxItems', operand);
    return onArrays((array) => array.length <= most);
  },
  uniqueItems: (operand) =>
    operand === true
      ? onArrays((array) => new Set(array.map((value) => hashValue(value))).size === array.length)
      : undefined,
  allOf: (operand) => {
    const tests = schemaList('allOf', operand);
    return (value) => tests.every((test) => test(value));
  },
  anyOf: (operand) => {
    const tests = schemaList('anyOf', operand);
    return (value) => tests.some((test) => test(value));
  },
  oneOf: (operand) => {
    const tests = schemaList('oneOf', operand);
    return (value) => tests.filter((test) => test(value)).length === 1;
  },
  not: (operand) => {
    const test = subSchema('not', operand);
    return (value) => !test(value);
  },
};
