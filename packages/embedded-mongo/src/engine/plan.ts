import type { KeyRange } from '../query';
import type { CollectionIndex } from './collection-index';

/** `from ≤ key < to`; null: no upper bound. */
export interface KeySpan {
  from: Buffer;
  to: Buffer | null;
  /** Length of the leading bytes that are equal for all keys in the span. */
  prefix: number;
}

/** Reads every document in row order. */
export interface ScanPlan {
  kind: 'scan';
  reverse: boolean;
  /** Asked for by name (`$natural`) or because all documents are, not for want of an index. */
  wanted: boolean;
}

export interface IndexPlan {
  kind: 'index';
  index: CollectionIndex;
  spans: KeySpan[];
  /** How many leading components are bound. */
  bound: number;
  /** The values of each of these, in ascending order. */
  ranges: readonly (readonly KeyRange[])[];
  reverse: boolean;
  /** The documents come in the order asked for. */
  sorted: boolean;
  /** That order needs the spans to be merged by what stands behind their prefixes. */
  merge: boolean;
  /** At most one document can match: its key is where the span begins. */
  single: boolean;
}

/** Several index reads, each document once. */
export interface UnionPlan {
  kind: 'union';
  branches: IndexPlan[];
}

export type Plan = ScanPlan | IndexPlan | UnionPlan;
