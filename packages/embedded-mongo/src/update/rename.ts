import { ErrorCode, fail } from '../errors';
import { Doc, shellText, type Value } from '../bson';
import type { ApplyContext, Leaf } from './leaf';

/** The two halves of `$rename`: the target takes the source's value, the source goes. Neither may lie in an array. */
export function renameLeaves(from: string, to: string): { source: Leaf; target: Leaf } {
  const source = from.split('.');
  const target = to.split('.');
  return {
    source: { missing: 'ignore', apply: () => undefined },
    target: {
      missing: 'create',
      acts: (context) => sourceValue(source, context) !== undefined,
      apply: (_old, _trail, context) => {
        checkTarget(target, context);
        return sourceValue(source, context);
      },
    },
  };
}

/** The value that moves; undefined when there is none. A path that cannot exist is an error. */
function sourceValue(names: readonly string[], { original }: ApplyContext): Value | undefined {
  let value: Value | undefined = original;
  let array: string | undefined;
  for (const [depth, name] of names.entries()) {
    if (value instanceof Doc) value = value.get(name);
    else if (Array.isArray(value) && /^\d+$/.test(name)) {
      array = names[depth - 1]!;
      value = value[Number(name)];
    } else {
      return fail(
        ErrorCode.PathNotViable,
        `cannot use the part (${names[depth - 1]} of ${names.join('.')}) to traverse the element ({${names[depth - 1]}: ${shellText(value)}})`,
      );
    }
    if (value === undefined) return undefined;
  }
  if (array !== undefined) inArray('source', names, array, original);
  return value;
}

function checkTarget(names: readonly string[], { original }: ApplyContext): void {
  let value: Value | undefined = original;
  for (const name of names.slice(0, -1)) {
    value = value instanceof Doc ? value.get(name) : undefined;
    if (Array.isArray(value)) inArray('destination', names, name, original);
  }
}

function inArray(which: 'source' | 'destination', names: readonly string[], array: string, doc: Doc): never {
  return fail(
    ErrorCode.BadValue,
    `The ${which} field cannot be an array element, '${names.join('.')}' in doc with _id: ${shellText(doc.get('_id'))} has an array field called '${array}'`,
  );
}
