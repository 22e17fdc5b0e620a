import type { Doc, Value } from '../bson';
import type { Filter } from '../query/filter';
import type { Scope } from '../query/scope';
import type { Sort } from '../query/sort';
import type { Budget, PAUSE } from './budget';

/** What flows through a pipeline. */
export type Item = Doc | typeof PAUSE;

/** A collection as pipelines read it; answered by the query planner. */
export interface SourceCollection {
  readonly exists: boolean;
  find(query: SourceQuery): Iterable<Item>;
}

export interface SourceQuery {
  readonly filter: Filter;
  readonly sort?: Sort | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
}

/** Which figures about a collection are asked for. */
export interface CollectionStatistics {
  readonly count?: true;
  /** Of the storage, sizes divided by this. */
  readonly scale?: number;
}

/** Everything around a pipeline. */
export interface PipelineContext {
  readonly scope: Scope;
  readonly budget: Budget;
  readonly database: string;
  /** Bytes that one stage may keep; 100 MB unless told otherwise. */
  readonly memoryLimit?: number | undefined;
  collection(name: string): SourceCollection;
  /** Figures about the collection the whole aggregation reads, for `$collStats`. */
  readonly statistics?: (wanted: CollectionStatistics) => Iterable<Item>;
  /** Randomness of `$sample`: numbers in [0, 1). */
  readonly random?: () => number;
}

/** Where a pipeline stands; some stages are allowed only in some places. */
export type Place = 'top' | 'facet' | 'lookup' | 'unionWith' | 'update';

export interface StageContext extends PipelineContext {
  readonly place: Place;
  /** The stage's own name, as messages cite it. */
  readonly name: string;
  /** Compiles a pipeline inside a stage, in this scope or one with more variables. */
  compilePipeline(stages: Value, place: Place, scope?: Scope): Pipeline;
}

/** A compiled stage: turns a stream of documents into another. */
export interface Stage {
  run(source: Iterable<Item>): Iterable<Item>;
  /** What the query planner could do in its place. */
  readonly match?: Filter;
  readonly sort?: Sort;
  readonly skip?: number;
  readonly limit?: number;
  readonly sink?: OutSink | MergeSink;
  /** The stage as it was written, which it may have lost a part of. */
  readonly spec?: Doc;
  /** Whether each document becomes exactly one other, so that it does not matter where documents are skipped. */
  readonly oneToOne?: boolean;
  /** Whether a condition on this path gives the same before the stage as behind it; without it no `$match` moves. */
  keeps?(path: string): boolean;
  /** The same sort, of which only so many documents are wanted. */
  withLimit?(limit: number): Stage;
}

export interface OutSink {
  readonly kind: 'out';
  readonly database: string;
  readonly collection: string;
}

export interface MergeSink {
  readonly kind: 'merge';
  readonly database: string;
  readonly collection: string;
  /** The fields that identify a document; the target needs a unique index on exactly these, unless they are `_id`. */
  readonly on: readonly string[];
  /** Finds the document of the target that the incoming one meets. */
  keyFilter(incoming: Doc): Filter;
  /** What becomes of a document that is already there. */
  whenMatched(existing: Doc, incoming: Doc): Doc | 'keep' | 'fail';
  readonly whenNotMatched: 'insert' | 'discard' | 'fail';
}

/** What the planner should answer in place of the first stages. */
export interface PipelineHead {
  readonly filter: Filter;
  readonly sort?: Sort | undefined;
  readonly skip: number;
  readonly limit?: number | undefined;
}

export interface Pipeline {
  readonly head: PipelineHead;
  /** The stages behind the head, as they were written. */
  readonly rest: readonly Doc[];
  run(source: Iterable<Item>): Generator<Item>;
  readonly sink?: OutSink | MergeSink | undefined;
  /** Whether it is about a collection. */
  readonly readsSource: boolean;
}

export type StageCompiler = (spec: Value, context: StageContext) => Stage;
