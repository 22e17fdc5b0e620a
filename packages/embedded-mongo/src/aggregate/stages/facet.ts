import { ErrorCode, fail } from '../../errors';
import { approximateSize, Doc, isDoc, typeName, type Value } from '../../bson';
import { PAUSE } from '../budget';
import { MemoryMeter } from '../memory';
import { runAll } from '../run-nested';
import type { StageCompiler } from '../stage';

export const facet: StageCompiler = (spec, context) => {
  if (!isDoc(spec) || spec.size === 0)
    return fail(40169, `the $facet specification must be a non-empty object, but found: ${typeName(spec)}`);
  const facets = spec.entries().map(([name, stages]) => {
    if (name.startsWith('$') || name.includes('.') || name === '')
      fail(16410, `FieldPath field names may not be empty, begin with '$' or contain '.': ${name}`);
    if (!Array.isArray(stages))
      return fail(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(stages)}`);
    if (stages.length === 0) fail(ErrorCode.BadValue, 'sub-pipeline in $facet stage cannot be empty');
    return { name, pipeline: context.compilePipeline(stages, 'facet') };
  });
  return {
    *run(source) {
      const memory = new MemoryMeter('$facet', context.memoryLimit);
      const input: Doc[] = [];
      for (const item of source) {
        if (item === PAUSE) yield item;
        else {
          memory.add(approximateSize(item));
          input.push(item);
        }
      }
      const out = new Doc();
      for (const { name, pipeline } of facets) {
        const found: Value[] = [];
        for (const item of runAll(pipeline, input, context)) {
          if (item === PAUSE) yield item;
          else {
            memory.add(approximateSize(item));
            found.push(item);
          }
        }
        out.push(name, found);
      }
      yield out;
    },
  };
};
