import { fail } from '../../errors';
import { compareValues, Doc, isDoc, rankOf, shellText, type Value } from '../../bson';
import type { Expression, Scope } from '../../query/scope';
import { compileExpression } from '../expression';
import { constantOf } from '../expression-context';
import { compileGroupAccumulator } from '../group-accumulator';
import type { Stage, StageCompiler, StageContext } from '../stage';
import { MemoryMeter } from '../memory';
import { compileSort } from '../../query/sort';
import { groupBy } from './group';
import { sortItems } from './sort';

const COUNT: Value = Doc.of({ $sum: 1 });

/** An accumulator specification `{ $sum: … }` as a field of a group. */
function outputField(name: string, spec: Value, scope: Scope) {
  if (!isDoc(spec) || spec.size !== 1)
    return fail(40234, `The field '${name}' must be an accumulator object`);
  return { name, definition: compileGroupAccumulator(spec.keys[0]!, spec.values[0]!, scope) };
}

function sorted(stage: Stage, order: Doc, { budget, memoryLimit, name }: StageContext): Stage {
  const by = compileSort(order);
  return {
    run: (source) => sortItems(stage.run(source), by, { budget, memory: new MemoryMeter(name, memoryLimit) }),
  };
}

export const sortByCount: StageCompiler = (spec, context) => {
  if (isDoc(spec) && spec.keys[0]?.startsWith('$') !== true)
    fail(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  if (!isDoc(spec) && !(typeof spec === 'string' && spec.startsWith('$'))) {
    fail(
      typeof spec === 'string' ? 40148 : 40149,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  }
  const grouped = groupBy(
    compileExpression(spec, context.scope),
    [outputField('count', COUNT, context.scope)],
    context,
  );
  return sorted(grouped, Doc.of({ count: -1 }), context);
};

export const bucket: StageCompiler = (spec, context) => {
  if (!isDoc(spec)) return fail(40201, 'Argument to $bucket stage must be an object');
  const unknown = spec.keys.find((key) => !['groupBy', 'boundaries', 'default', 'output'].includes(key));
  if (unknown !== undefined) fail(40197, `Unrecognized option to $bucket: ${unknown}.`);
  const groupExpression = spec.get('groupBy');
  const boundarySpec = spec.get('boundaries');
  if (groupExpression === undefined || boundarySpec === undefined)
    return fail(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!isDoc(groupExpression) && !(typeof groupExpression === 'string' && groupExpression.startsWith('$'))) {
    fail(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  }
  const boundaries = parseBoundaries(boundarySpec, context.scope);
  const fallback = parseDefault(spec.get('default'), boundaries, context.scope);
  const output = spec.get('output') ?? Doc.of({ count: COUNT });
  if (!isDoc(output)) return fail(40196, "The $bucket 'output' field must be an object");
  const fields = output.entries().map(([name, accumulator]) => outputField(name, accumulator, context.scope));
  const id = bucketOf(compileExpression(groupExpression, context.scope), boundaries, fallback);
  return sorted(groupBy(id, fields, context), Doc.of({ _id: 1 }), context);
};

function constantValue(spec: Value, scope: Scope, code: number): Value {
  const value = constantOf(compileExpression(spec, scope))?.value;
  return value === undefined
    ? fail(code, `the $bucket option must be a constant, but found ${shellText(spec)}`)
    : value;
}

function parseBoundaries(spec: Value, scope: Scope): Value[] {
  if (!Array.isArray(spec)) return fail(40200, "The $bucket 'boundaries' field must be an array");
  if (spec.length < 2)
    fail(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${spec.length} value(s).`,
    );
  const boundaries = spec.map((boundary) => constantValue(boundary, scope, 40191));
  for (let i = 1; i < boundaries.length; i++) {
    if (rankOf(boundaries[i - 1]) !== rankOf(boundaries[i]))
      fail(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    if (compareValues(boundaries[i - 1], boundaries[i]) >= 0)
      fail(40194, "The 'boundaries' option to $bucket must be sorted, but elements are not");
  }
  return boundaries;
}

/** The default must not lie within the boundaries. */
function parseDefault(spec: Value | undefined, boundaries: Value[], scope: Scope): Value | undefined {
  if (spec === undefined) return undefined;
  const value = constantValue(spec, scope, 40195);
  if (compareValues(value, boundaries[0]) >= 0 && compareValues(value, boundaries.at(-1)) < 0) {
    fail(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  return value;
}

function bucketOf(expression: Expression, boundaries: Value[], fallback: Value | undefined): Expression {
  return (frame) => {
    const value = expression(frame);
    for (let i = 1; i < boundaries.length; i++) {
      if (compareValues(value, boundaries[i]) < 0) {
        if (compareValues(value, boundaries[i - 1]) >= 0) return boundaries[i - 1];
        break;
      }
    }
    if (fallback === undefined)
      return fail(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return fallback;
  };
}
