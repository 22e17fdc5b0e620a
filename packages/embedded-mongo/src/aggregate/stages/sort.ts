import { fail } from '../../errors';
import { approximateSize, isDoc, type Doc } from '../../bson';
import { compileSort, type Sort, type SortKey } from '../../query/sort';
import { PAUSE, type Budget } from '../budget';
import { MemoryMeter } from '../memory';
import type { Item, Stage, StageCompiler } from '../stage';

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
  const stage = (limit: number): Stage => ({
    sort: order,
    keeps: () => true,
    withLimit: stage,
    run: (source) => sortItems(source, order, { budget, memory: new MemoryMeter(name, memoryLimit), limit }),
  });
  return stage(Infinity);
};

interface SortOptions {
  readonly budget: Budget;
  readonly memory: MemoryMeter;
  /** How many documents are wanted; the others need not be kept. */
  readonly limit?: number;
}

/** A stable sort that pauses: sorted runs, merged pairwise. */
export function* sortItems(source: Iterable<Item>, order: Sort, options: SortOptions): Generator<Item> {
  const { budget, memory, limit = Infinity } = options;
  let runs: Keyed[][] = [];
  let run: Keyed[] = [];
  for (const item of source) {
    if (item === PAUSE) {
      yield item;
      continue;
    }
    run.push({ doc: item, key: order.keyOf(item) });
    memory.add(approximateSize(item));
    if (run.length >= RUN_LENGTH) {
      runs.push(sortRun(run, order));
      run = [];
      if (limit <= RUN_LENGTH) {
        runs = [(yield* mergeAll(runs, order, budget)).slice(0, limit)];
        memory.replace(runs[0]!.reduce((size, { doc }) => size + approximateSize(doc), 0));
      }
    }
    if (budget.tick()) yield PAUSE;
  }
  runs.push(sortRun(run, order));
  const sorted = yield* mergeAll(runs, order, budget);
  for (let i = 0; i < Math.min(sorted.length, limit); i++) {
    yield sorted[i]!.doc;
    if (budget.tick()) yield PAUSE;
  }
}

const sortRun = (run: Keyed[], order: Sort): Keyed[] => run.sort((a, b) => order.compare(a.key, b.key));

/** Merges neighbours until one run is left; in case of equal keys the earlier run comes first. */
function* mergeAll(runs: Keyed[][], order: Sort, budget: Budget): Generator<typeof PAUSE, Keyed[]> {
  while (runs.length > 1) {
    const merged: Keyed[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const second = runs[i + 1];
      merged.push(second === undefined ? runs[i]! : yield* mergeRuns(runs[i]!, second, order, budget));
    }
    runs = merged;
  }
  return runs[0]!;
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
