import type { Doc } from '../bson';
import { PAUSE } from './budget';
import { MemoryMeter } from './memory';
import type { Item, Pipeline, PipelineContext } from './stage';
import { sortItems } from './stages/sort';

/** Runs a pipeline over documents in memory, its head included. */
export function* runAll(pipeline: Pipeline, docs: Iterable<Item>, context: PipelineContext): Generator<Item> {
  yield* pipeline.run(applyHead(pipeline, docs, context));
}

/** Does what the planner would do: filter, sort, skip, limit. */
function* applyHead(pipeline: Pipeline, docs: Iterable<Item>, context: PipelineContext): Generator<Item> {
  const { filter, sort, skip, limit = Infinity } = pipeline.head;
  const matching = matchingDocs(docs, (doc) => filter.matches(doc), context);
  const ordered =
    sort === undefined
      ? matching
      : sortItems(matching, sort, {
          budget: context.budget,
          memory: new MemoryMeter('$sort', context.memoryLimit),
        });
  let seen = 0;
  for (const item of ordered) {
    if (item === PAUSE) yield item;
    else if (seen++ >= skip) {
      yield item;
      if (seen - skip >= limit) return;
    }
  }
}

function* matchingDocs(
  docs: Iterable<Item>,
  matches: (doc: Doc) => boolean,
  { budget }: PipelineContext,
): Generator<Item> {
  for (const item of docs) {
    if (item === PAUSE || matches(item)) yield item;
    if (budget.tick()) yield PAUSE;
  }
}

/** Runs a pipeline over another collection: the planner answers its head. */
export function* runOnCollection(
  pipeline: Pipeline,
  name: string,
  context: PipelineContext,
): Generator<Item> {
  yield* pipeline.run(pipeline.readsSource ? context.collection(name).find(pipeline.head) : []);
}
