import { fail } from '../../errors';
import { approximateSize, Doc, hashValue, isDoc, isNumber, type Value } from '../../bson';
import { CURRENT_SLOT, ROOT_SLOT, type Expression, type Frame, type Scope } from '../../query/scope';
import { nextDocument } from '../../work';
import { PAUSE } from '../budget';
import { compileExpression } from '../expression';
import { compileGroupAccumulator, type FieldAccumulator } from '../group-accumulator';
import { MemoryMeter } from '../memory';
import type { Item, Stage, StageCompiler, StageContext } from '../stage';

interface GroupField {
  readonly name: string;
  readonly definition: { create(): FieldAccumulator };
}

interface Group {
  readonly id: Value;
  readonly accumulators: FieldAccumulator[];
}

const GROUP_OVERHEAD = 128;

export const group: StageCompiler = (spec, context) => {
  if (!isDoc(spec)) return fail(15947, "a group's fields must be specified in an object");
  const idSpec = spec.get('_id');
  if (idSpec === undefined) return fail(15955, 'a group specification must include an _id');
  if (isDoc(idSpec) && idSpec.entries().some(([key, value]) => !key.startsWith('$') && isFlag(value))) {
    fail(17390, '$group does not support inclusion-style expressions');
  }
  const id = compileExpression(idSpec, context.scope);
  const fields = spec
    .entries()
    .filter(([name]) => name !== '_id')
    .map(([name, accumulator]) => ({ name, definition: compileField(name, accumulator, context.scope) }));
  return groupBy(id, fields, context);
};

const isFlag = (value: Value): boolean => typeof value === 'boolean' || isNumber(value);

function compileField(name: string, spec: Value, scope: Scope): GroupField['definition'] {
  if (name.includes('.')) fail(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) fail(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(spec)) return fail(40234, `The field '${name}' must be an accumulator object`);
  if (spec.size !== 1) fail(40238, `The field '${name}' must specify one accumulator`);
  return compileGroupAccumulator(spec.keys[0]!, spec.values[0]!, scope);
}

/** Groups by the value of an expression; groups come out in the order of their first documents. */
export function groupBy(id: Expression, fields: readonly GroupField[], context: StageContext): Stage {
  const { budget, scope, memoryLimit, name } = context;
  return {
    *run(source: Iterable<Item>) {
      const groups = new Map<string, Group>();
      const memory = new MemoryMeter(name, memoryLimit);
      const { frame } = scope;
      for (const item of source) {
        if (item === PAUSE) {
          yield item;
          continue;
        }
        if (budget.tick()) yield PAUSE;
        addToGroup(groups, item, id, fields, frame, memory);
      }
      for (const found of groups.values()) {
        if (budget.tick()) yield PAUSE;
        yield groupDoc(found, fields);
      }
    },
  };
}

function addToGroup(
  groups: Map<string, Group>,
  doc: Doc,
  id: Expression,
  fields: readonly GroupField[],
  frame: Frame,
  memory: MemoryMeter,
): void {
  nextDocument();
  frame[ROOT_SLOT] = doc;
  frame[CURRENT_SLOT] = doc;
  const value = id(frame) ?? null;
  const hash = hashValue(value);
  let found = groups.get(hash);
  if (found === undefined) {
    groups.set(
      hash,
      (found = { id: value, accumulators: fields.map(({ definition }) => definition.create()) }),
    );
    memory.add(2 * approximateSize(value) + GROUP_OVERHEAD * (1 + fields.length));
  }
  for (const accumulator of found.accumulators) {
    const kept = accumulator.add(frame);
    if (kept > 0) memory.add(kept);
  }
}

function groupDoc({ id, accumulators }: Group, fields: readonly GroupField[]): Doc {
  const doc = new Doc(['_id'], [id]);
  accumulators.forEach((accumulator, i) => doc.push(fields[i]!.name, accumulator.result()));
  return doc;
}
