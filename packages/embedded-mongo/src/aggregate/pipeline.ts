import { ErrorCode, fail } from '../errors';
import { type Doc, isDoc, typeName, type Value } from '../bson';
import type { Filter } from '../query/filter';
import type { Scope } from '../query/scope';
import type { Sort } from '../query/sort';
import type { Budget } from './budget';
import { combineFilters, optimize } from './optimize';
import { FIRST_ONLY, STAGES } from './stages';
import type { Item, Pipeline, PipelineContext, PipelineHead, Place, Stage, StageContext } from './stage';

const MAX_STAGES = 1000;
const MAX_NESTING = 20;

/** Compiles a pipeline as far as its end: unknown stages and malformed specifications are errors before anything is read. */
export function compilePipeline(stages: Value, context: PipelineContext): Pipeline {
  return compileIn(stages, context, { place: 'top', inFacet: false, depth: 0 }, context.scope);
}

/** Compiles a pipeline that changes a document: only stages that work on one document at a time. */
export function compileUpdatePipeline(stages: Value, context: PipelineContext): Pipeline {
  return compileIn(stages, context, { place: 'update', inFacet: false, depth: 0 }, context.scope);
}

/** Where in another pipeline a pipeline stands. */
interface Nesting {
  readonly place: Place;
  /** Whether it is in a `$facet`, however deep. */
  readonly inFacet: boolean;
  readonly depth: number;
}

function compileIn(stages: Value, context: PipelineContext, nesting: Nesting, scope: Scope): Pipeline {
  if (!Array.isArray(stages)) fail(ErrorCode.TypeMismatch, `'pipeline' option must be specified as an array`);
  if (stages.length > MAX_STAGES)
    fail(7749501, `Pipeline length must be no longer than ${MAX_STAGES} stages`);
  if (nesting.depth > MAX_NESTING)
    fail(232, `Maximum number of nested sub-pipelines exceeded. Limit is ${MAX_NESTING}`);
  const names = stages.map(stageName);
  const compiled = stages.map((spec, i) => {
    const name = names[i]!;
    checkPlace(name, i, stages.length, nesting);
    const stageContext: StageContext = {
      scope,
      budget: context.budget,
      database: context.database,
      memoryLimit: context.memoryLimit,
      collection: (collection) => context.collection(collection),
      ...(context.statistics && { statistics: context.statistics }),
      random: () => (context.random ?? Math.random)(),
      place: nesting.place,
      name,
      compilePipeline: (inner, place, innerScope) => {
        const inFacet = nesting.inFacet || place === 'facet';
        return compileIn(inner, context, { place, inFacet, depth: nesting.depth + 1 }, innerScope ?? scope);
      },
    };
    return { ...STAGES.get(name)!((spec as Doc).values[0]!, stageContext), spec: spec as Doc };
  });
  return assemble(compiled, names, scope, context.budget);
}

function stageName(spec: Value): string {
  if (!isDoc(spec))
    fail(
      ErrorCode.TypeMismatch,
      `Each element of the 'pipeline' array must be an object, not ${typeName(spec)}`,
    );
  if (spec.size !== 1) fail(40323, 'A pipeline stage specification object must contain exactly one field.');
  const name = spec.keys[0]!;
  if (!STAGES.has(name)) fail(40324, `Unrecognized pipeline stage name: '${name}'`);
  return name;
}

const SINKS = new Set(['$out', '$merge']);
const NOT_IN_FACET = new Set(['$facet', '$out', '$merge', ...FIRST_ONLY]);
const IN_UPDATE = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

function checkPlace(name: string, position: number, length: number, { place, inFacet }: Nesting): void {
  if (place === 'update') {
    if (!IN_UPDATE.has(name))
      fail(ErrorCode.InvalidOptions, `${name} is not allowed to be used within an update`);
    return;
  }
  if (place === 'facet' && NOT_IN_FACET.has(name))
    fail(40600, `${name} is not allowed to be used within a $facet stage`);
  if (place !== 'top' && SINKS.has(name))
    fail(51047, `${name} is not allowed within a $${place} stage's pipeline`);
  if (inFacet && NOT_IN_FACET.has(name))
    fail(40600, `${name} inside of $${place} is not allowed to be used within a $facet stage`);
  if (SINKS.has(name) && position !== length - 1)
    fail(40601, `${name} can only be the final stage in the pipeline`);
  if (FIRST_ONLY.has(name) && position > 0)
    fail(40602, `${name} is only valid as the first stage in a pipeline`);
}

function assemble(stages: Stage[], names: readonly string[], scope: Scope, budget: Budget): Pipeline {
  const ordered = optimize(stages, scope, budget);
  const { head, taken } = takeHead(ordered, scope);
  const rest = ordered.slice(taken);
  return {
    head,
    rest: rest.flatMap((stage) => stage.spec ?? []),
    sink: stages.at(-1)?.sink,
    readsSource: names[0] !== '$documents',
    *run(source) {
      let stream: Iterable<Item> = source;
      for (const stage of rest) stream = stage.run(stream);
      yield* stream;
    },
  };
}

/** Leading `$match`es, a `$sort`, then `$skip` and `$limit`: what the planner can do at once. */
function takeHead(stages: readonly Stage[], scope: Scope): { head: PipelineHead; taken: number } {
  const filters: Filter[] = [];
  let sort: Sort | undefined;
  let skip = 0;
  let limit: number | undefined;
  let taken = 0;
  while (stages[taken]?.match !== undefined) filters.push(stages[taken++]!.match!);
  if (stages[taken]?.sort !== undefined) sort = stages[taken++]!.sort;
  for (; taken < stages.length; taken++) {
    const stage = stages[taken]!;
    if (stage.skip !== undefined && limit === undefined) skip += stage.skip;
    else if (stage.limit !== undefined) limit = Math.min(limit ?? Infinity, stage.limit);
    else break;
  }
  return { head: { filter: combineFilters(filters, scope), sort, skip, limit }, taken };
}
