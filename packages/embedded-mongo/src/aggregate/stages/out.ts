import { fail } from '../../errors';
import { isDoc, typeName } from '../../bson';
import type { StageCompiler } from '../stage';

/** The command layer replaces the target by what the pipeline gives. */
export const out: StageCompiler = (spec, { database }) => {
  if (typeof spec === 'string')
    return { run: (source) => source, sink: { kind: 'out', database, collection: spec } };
  if (!isDoc(spec))
    return fail(16990, `$out only supports a string or object argument, but found ${typeName(spec)}`);
  const target = spec.get('db');
  const collection = spec.get('coll');
  if (spec.size !== 2 || typeof target !== 'string' || typeof collection !== 'string')
    return fail(16994, 'If an object is passed to $out it must have exactly 2 fields: db and coll');
  return { run: (source) => source, sink: { kind: 'out', database: target, collection } };
};
