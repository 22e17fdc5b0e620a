import { fail } from '../../errors';
import { isDoc, typeName, type Value } from '../../bson';
import { checkJoinedSource } from '../joined-source';
import { runOnCollection } from '../run-nested';
import type { StageCompiler } from '../stage';

export const unionWith: StageCompiler = (spec, context) => {
  const { collection, stages } = parse(spec);
  const pipeline = context.compilePipeline(stages, 'unionWith');
  checkJoinedSource('$unionWith', { database: context.database, collection, pipeline });
  return {
    *run(source) {
      yield* source;
      if (collection === undefined) yield* pipeline.run([]);
      else yield* runOnCollection(pipeline, collection, context);
    },
  };
};

function parse(spec: Value): { collection: string | undefined; stages: Value } {
  if (typeof spec === 'string') return { collection: spec, stages: [] };
  if (!isDoc(spec))
    return fail(
      9,
      `the $unionWith stage specification must be an object or string, but found ${typeName(spec)}`,
    );
  const unknown = spec.keys.find((key) => key !== 'coll' && key !== 'pipeline');
  if (unknown !== undefined) fail(40415, `BSON field '$unionWith.${unknown}' is an unknown field.`);
  const collection = spec.get('coll');
  const stages = spec.get('pipeline');
  if (collection === undefined && stages === undefined)
    return fail(40414, "BSON field '$unionWith.coll' is missing but a required field");
  if (collection !== undefined && typeof collection !== 'string')
    return fail(
      14,
      `BSON field '$unionWith.coll' is the wrong type '${typeName(collection)}', expected type 'string'`,
    );
  return { collection, stages: stages ?? [] };
}
