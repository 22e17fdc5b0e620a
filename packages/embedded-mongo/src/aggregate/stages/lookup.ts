import { ErrorCode, fail } from '../../errors';
import { approximateSize, Doc, isDoc, typeName, type Value } from '../../bson';
import { conjunction, type MatchNode } from '../../query/ast';
import { filterOf } from '../../query/filter';
import { arrayIndex } from '../../query/path';
import { checkFieldPath } from '../../query/projection-parse';
import { checkVariableName, type Expression, type Scope } from '../../query/scope';
import { PAUSE } from '../budget';
import { compileExpression } from '../expression';
import { checkJoinedSource } from '../joined-source';
import { MemoryMeter } from '../memory';
import { withNestedField } from '../nested-field';
import type { Item, Pipeline, SourceCollection, StageCompiler, StageContext } from '../stage';

interface Lookup {
  /** undefined: the pipeline begins with documents of its own. */
  readonly from: string | undefined;
  readonly as: readonly string[];
  readonly local: readonly string[] | undefined;
  readonly foreign: string | undefined;
  readonly pipeline: Pipeline | undefined;
  readonly variables: readonly Expression[];
  readonly slots: readonly number[];
  readonly scope: Scope;
}

const OPTIONS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

export const lookup: StageCompiler = (spec, context) => {
  const parsed = parse(spec, context);
  return {
    oneToOne: true,
    keeps: (path) => path !== '' && path.split('.', 1)[0] !== parsed.as[0],
    *run(source) {
      for (const item of source) {
        if (item === PAUSE) {
          yield item;
          continue;
        }
        const found: Value[] = [];
        const memory = new MemoryMeter('$lookup', context.memoryLimit);
        for (const foreign of foreignDocs(item, parsed, context)) {
          if (foreign === PAUSE) yield foreign;
          else {
            memory.add(approximateSize(foreign));
            found.push(foreign);
          }
        }
        if (context.budget.tick()) yield PAUSE;
        yield withNestedField(item, parsed.as, found);
      }
    },
  };
};

function parse(spec: Value, context: StageContext): Lookup {
  if (!isDoc(spec))
    return fail(
      ErrorCode.FailedToParse,
      `the $lookup stage specification must be an object, but found ${typeName(spec)}`,
    );
  const unknown = spec.keys.find((key) => !OPTIONS.includes(key));
  if (unknown !== undefined) fail(ErrorCode.FailedToParse, `unknown argument to $lookup: ${unknown}`);
  const text = (name: string): string | undefined => {
    const value = spec.get(name);
    if (value !== undefined && typeof value !== 'string')
      fail(
        ErrorCode.FailedToParse,
        `$lookup argument '${name}' must be a string, is type ${typeName(value)}`,
      );
    return value;
  };
  const [from, as, local, foreign] = [text('from'), text('as'), text('localField'), text('foreignField')];
  const stages = spec.get('pipeline');
  if (as === undefined) return fail(ErrorCode.FailedToParse, "must specify 'as' field for a $lookup");
  if ((local === undefined) !== (foreign === undefined))
    fail(
      ErrorCode.FailedToParse,
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
    );
  if (stages === undefined && local === undefined)
    fail(
      ErrorCode.FailedToParse,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  for (const path of [as, local, foreign]) if (path !== undefined) checkFieldPath(path);
  const vars = spec.get('let') ?? new Doc();
  if (!isDoc(vars))
    return fail(
      ErrorCode.FailedToParse,
      `$lookup argument 'let' must be an object, is type ${typeName(vars)}`,
    );
  if (stages === undefined && spec.has('let'))
    fail(ErrorCode.FailedToParse, "$lookup with 'let' requires 'pipeline'");
  vars.keys.forEach(checkVariableName);
  const { scope, slots } = context.scope.with(vars.keys);
  const pipeline = stages === undefined ? undefined : context.compilePipeline(stages, 'lookup', scope);
  checkJoinedSource('$lookup', { database: context.database, collection: from, pipeline });
  if (pipeline?.readsSource === false && local !== undefined)
    fail(
      ErrorCode.NotImplemented,
      "'localField' and 'foreignField' before a pipeline that begins with $documents are not offered by this server",
    );
  return {
    from,
    as: as.split('.'),
    local: local?.split('.'),
    foreign,
    pipeline,
    variables: vars.values.map((value) => compileExpression(value, context.scope)),
    slots,
    scope,
  };
}

function foreignDocs(doc: Doc, parsed: Lookup, context: StageContext): Iterable<Item> {
  const { pipeline, scope, slots } = parsed;
  const joined = parsed.local === undefined ? undefined : joinNode(doc, parsed.local, parsed.foreign!);
  const find: SourceCollection['find'] = (query) => context.collection(parsed.from!).find(query);
  if (pipeline === undefined) return find({ filter: filterOf(new Doc(), joined!, context.scope) });
  const values = parsed.variables.map((variable) => context.scope.evaluate(variable, doc));
  slots.forEach((slot, i) => (scope.frame[slot] = values[i]));
  if (!pipeline.readsSource) return pipeline.run([]);
  if (joined === undefined) return pipeline.run(find(pipeline.head));
  const filter = filterOf(new Doc(), conjunction([joined, pipeline.head.filter.node]), scope);
  return pipeline.run(find({ ...pipeline.head, filter }));
}

/** The condition on the foreign field: equal to any of the local values, or null when there is none. */
function joinNode(doc: Doc, local: readonly string[], foreign: string): MatchNode {
  const values: Value[] = [];
  collectLocal(doc, local, 0, values);
  if (values.length === 0) values.push(null);
  if (values.length === 1) return { kind: 'compare', path: foreign, op: 'eq', value: values[0]! };
  return { kind: 'in', path: foreign, values, regexes: [] };
}

/** All values at the local path; arrays on it and at its end give their elements. */
function collectLocal(value: Value | undefined, names: readonly string[], at: number, values: Value[]): void {
  if (at === names.length) {
    if (Array.isArray(value)) for (const element of value) values.push(element);
    else if (value !== undefined) values.push(value);
    return;
  }
  const name = names[at]!;
  if (value instanceof Doc) return collectLocal(value.get(name), names, at + 1, values);
  if (!Array.isArray(value)) return;
  const index = arrayIndex(name);
  if (index >= 0 && index < value.length) collectLocal(value[index], names, at + 1, values);
  for (const element of value)
    if (element instanceof Doc) collectLocal(element.get(name), names, at + 1, values);
}
