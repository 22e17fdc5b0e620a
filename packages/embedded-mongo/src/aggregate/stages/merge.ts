import { ErrorCode, fail } from '../../errors';
import { Doc, isDoc, isNullish, shellText, typeName, type Value } from '../../bson';
import { filterOf, type Filter } from '../../query/filter';
import { conjunction, type MatchNode } from '../../query/ast';
import { checkVariableName } from '../../query/scope';
import { compileExpression } from '../expression';
import { mergeDocs } from '../expressions/object';
import { nestedField } from '../nested-field';
import type { MergeSink, StageCompiler, StageContext } from '../stage';
import { PAUSE } from '../budget';

const OPTIONS = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];
const WHEN_NOT_MATCHED = ['insert', 'discard', 'fail'] as const;

/** The command layer writes what the pipeline gives, asking the sink what to do with documents that are already there. */
export const merge: StageCompiler = (spec, context) => {
  const options = isDoc(spec)
    ? spec
    : typeof spec === 'string'
      ? Doc.of({ into: spec })
      : fail(51178, `$merge only supports a string or object argument, not ${typeName(spec)}`);
  const unknown = options.keys.find((key) => !OPTIONS.includes(key));
  if (unknown !== undefined) fail(40415, `BSON field '$merge.${unknown}' is an unknown field.`);
  const target = parseTarget(options.get('into'), context.database);
  const on = parseOn(options.get('on'));
  const sink: MergeSink = {
    kind: 'merge',
    ...target,
    on,
    keyFilter: (incoming) => keyFilter(incoming, on, context),
    whenMatched: compileWhenMatched(options, context),
    whenNotMatched: parseWhenNotMatched(options.get('whenNotMatched')),
  };
  return { run: (source) => source, sink };
};

function parseTarget(into: Value | undefined, database: string): { database: string; collection: string } {
  if (typeof into === 'string') return { database, collection: into };
  if (into === undefined) return fail(40414, "BSON field '$merge.into' is missing but a required field");
  if (!isDoc(into))
    return fail(
      51178,
      `$merge 'into' field  must be either a string or an object, but found ${typeName(into)}`,
    );
  const unknown = into.keys.find((key) => key !== 'db' && key !== 'coll');
  if (unknown !== undefined) fail(40415, `BSON field 'into.${unknown}' is an unknown field.`);
  const collection = into.get('coll');
  const target = into.get('db') ?? database;
  if (typeof collection !== 'string' || typeof target !== 'string')
    return fail(51178, "$merge 'into' field must specify a 'coll' that is not empty, null or undefined");
  return { database: target, collection };
}

function parseOn(on: Value | undefined): string[] {
  if (on === undefined) return ['_id'];
  const fields = typeof on === 'string' ? [on] : on;
  if (!Array.isArray(fields))
    return fail(
      51186,
      `$merge 'on' field  must be either a string or an array of strings, but found ${typeName(on)}`,
    );
  if (fields.length === 0)
    fail(51187, "If explicitly specifying $merge 'on', must include at least one field");
  return fields.map((field) =>
    typeof field === 'string'
      ? field
      : fail(51134, `$merge 'on' array elements must be strings, but found ${typeName(field)}`),
  );
}

function keyFilter(incoming: Doc, on: readonly string[], { scope }: StageContext): Filter {
  const nodes = on.map((path): MatchNode => {
    const value = nestedField(incoming, path.split('.'));
    if (isNullish(value) && path !== '_id')
      fail(51132, "$merge write error: 'on' field cannot be missing, null, undefined or an array");
    if (Array.isArray(value))
      fail(51132, "$merge write error: 'on' field cannot be missing, null, undefined or an array");
    return { kind: 'compare', path, op: 'eq', value: value ?? null };
  });
  return filterOf(new Doc(), conjunction(nodes), scope);
}

function parseWhenNotMatched(mode: Value | undefined): MergeSink['whenNotMatched'] {
  const known = WHEN_NOT_MATCHED.find((name) => name === (mode ?? 'insert'));
  return (
    known ??
    fail(ErrorCode.BadValue, `Enumeration value for field '$merge.whenNotMatched' is not a valid value.`)
  );
}

function compileWhenMatched(options: Doc, context: StageContext): MergeSink['whenMatched'] {
  const mode: Value = options.get('whenMatched') ?? 'merge';
  if (Array.isArray(mode)) return compilePipelineMode(mode, options, context);
  if (options.has('let'))
    fail(51199, `Cannot use 'let' variables with 'whenMatched: ${shellText(mode)}' mode`);
  switch (mode) {
    case 'replace':
      return (existing, incoming) => withIdOf(existing, incoming);
    case 'merge':
      return (existing, incoming) => mergeDocs([existing, incoming]);
    case 'keepExisting':
      return () => 'keep';
    case 'fail':
      return () => 'fail';
    default:
      return fail(
        ErrorCode.BadValue,
        `Enumeration value for field '$merge.whenMatched' is not a valid value.`,
      );
  }
}

/** The incoming document in place of the existing one, whose `_id` stays when the incoming one has none. */
function withIdOf(existing: Doc, incoming: Doc): Doc {
  const out = new Doc(['_id'], [existing.get('_id')!]);
  for (const [key, value] of incoming.entries()) {
    if (key === '_id') out.set(key, value);
    else out.push(key, value);
  }
  return out;
}

const NEW = Doc.of({ new: '$$ROOT' });

/**
 * An update pipeline that sees the variables of `let`, and the incoming document as `$$new`: without a `let`, or
 * beside it when what does not match is inserted.
 */
function compilePipelineMode(stages: Value[], options: Doc, context: StageContext): MergeSink['whenMatched'] {
  const vars = variables(options);
  vars.keys.forEach(checkVariableName);
  const values = vars.values.map((value) => compileExpression(value, context.scope));
  const { scope, slots } = context.scope.with(vars.keys);
  const pipeline = context.compilePipeline(stages, 'update', scope);
  return (existing, incoming) => {
    const evaluated = values.map((value) => context.scope.evaluate(value, incoming));
    slots.forEach((slot, i) => (scope.frame[slot] = evaluated[i]));
    for (const item of pipeline.run([existing])) if (item !== PAUSE) return item;
    return 'keep';
  };
}

function variables(options: Doc): Doc {
  const given = options.get('let') ?? NEW;
  if (!isDoc(given))
    return fail(
      ErrorCode.TypeMismatch,
      `BSON field '$merge.let' is the wrong type '${typeName(given)}', expected type 'object'`,
    );
  if (given.has('new')) {
    if (given.get('new') === '$$ROOT') return given;
    fail(51273, "'let' may not define a value for the reserved 'new' variable other than '$$ROOT'");
  }
  if (parseWhenNotMatched(options.get('whenNotMatched')) !== 'insert') return given;
  return Doc.from([...given.entries(), ...NEW.entries()]);
}
