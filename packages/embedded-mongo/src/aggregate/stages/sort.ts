import { fail } from '../../errors';
import { approximateSize, isDoc, type Doc } from '../../bson';
import { compileSort, type Sort, type SortKey } from '../../query/sort';
import { PAUSE, type Budget } from '../budget';
import { MemoryMeter } from '../memory';
import type { Item, StageCompiler } from '../stage';

interface Keyed {
  readonly doc: Doc;
  readonly key: SortKey;
}

/** Documents are sorted in runs of this size, so that no sort takes long at a stretch. */
const RUN_LENGTH = 2048;

export const sort: StageCompiler = (spec, { budget, memoryLimit, name }) => {
  if (!isDoc(spec)) return fail(15973, 'the $sort key specification must be an object');
  if (spec.size === 0) fail(15976, '$sort stage must have at least one sort key');
  const order = compileSort(spec);
  return {
    sort: order,
    run: (source) => sortItems(source, order, budget, new MemoryMeter(name, memoryLimit)),
  };
};

/** A stable sort that pauses: sorted runs, merged pairwise. */
export function* sortItems(
  source: Iterable<Item>,
  order: Sort,
  budget: Budget,
  memory: MemoryMeter,
): Generator<Item> {
  const runs: Keyed[][] = [];
  let run: Keyed[] = [];
  const finishRun = (): void => {
    runs.push(run.sort((a, b) => order.compare(a.key, b.key)));
    run = [];
  };
  for (const item of source) {
    if (item === PAUSE) {
      yield item;
      continue;
    }
    run.push({ doc: item, key: order.keyOf(item) });
    memory.add(approximateSize(item));
    if (run.length >= RUN_LENGTH) finishRun();
    if (budget.tick()) yield PAUSE;
  }
  finishRun();
  for (let merging = runs; ;) {
    if (merging.length === 1) {
      for (const { doc } of merging[0]!) {
        yield doc;
        if (budget.tick()) yield PAUSE;
      }
      return;
    }
    const merged: Keyed[][] = [];
    for (let i = 0; i < merging.length; i += 2) {
      const second = merging[i + 1];
      merged.push(second === undefined ? merging[i]! : yield* mergeRuns(merging[i]!, second, order, budget));
    }
    merging = merged;
  }
}

function* mergeRuns(
  first: Keyed[],
  second: Keyed[],
  order: Sort,
  budget: Budget,
): Generator<typeof PAUSE, Keyed[]> {
  const merged: Keyed[] = [];
  let i = 0;
  let j = 0;
  while (i < first.length && j < second.length) {
    merged.push(order.compare(first[i]!.key, second[j]!.key) <= 0 ? first[i++]! : second[j++]!);
    if (budget.tick()) yield PAUSE;
  }
  while (i < first.length) merged.push(first[i++]!);
  while (j < second.length) merged.push(second[j++]!);
  return merged;
}
