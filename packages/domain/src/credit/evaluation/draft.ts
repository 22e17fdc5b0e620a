import { isSelected, isSupposedIn, type Supposed } from '../settlement/selection';
import { activityOf, type CreditEntry } from '../settlement/settle';
import type { Cap, Selection } from '../regulation/target-schema';
import type { Units } from '../value/measure';

/** What a limit took from an entry. */
export interface Cut {
  /** Position of the limit in the regulation, from 0. */
  readonly cap: number;
  readonly clause: string;
  readonly name: string;
  readonly limit: Units;
  /** Already used of the limit by earlier entries. */
  readonly used: Units;
  readonly cut: Units;
  /** Set where the limit is a number of items: how many count. */
  readonly items?: number;
  /** The cycle in which alone it counts less. */
  readonly cycle?: string;
}

/** An entry while limits are applied to it, one after the other. */
export interface Draft {
  readonly entry: CreditEntry;
  counted: Units;
  readonly cuts: Cut[];
  cutsInCycle?: readonly Cut[];
  /** Set where nothing was earned yet. */
  readonly supposed?: Supposed;
  /** Of what is only supposed: whether a limit may be avoided, or has been regarded. */
  readonly avoids?: (cap: Cap) => boolean;
  /** What made up an earlier cycle, and so is not cut. */
  kept: Units;
}

export const draftOf = (entry: CreditEntry): Draft => ({ entry, counted: entry.amount, cuts: [], kept: 0 });

export const isAmong = ({ entry, supposed }: Draft, selection: Selection): boolean =>
  supposed ? isSupposedIn(supposed, selection) : isSelected(entry, selection);

/** What counts of a draft where there is so much room: never less than what has made up an earlier cycle. */
export const fitting = ({ counted, kept }: Draft, room: Units): Units =>
  Math.max(Math.min(counted, kept), Math.min(counted, room));

/** What each activity brings, in the order in which these begin. */
export function piecesOf(bucket: readonly Draft[]): Iterable<readonly Draft[]> {
  const activities = new Map<string, Draft[]>();
  for (const draft of bucket) {
    const activity = activityOf(draft.entry);
    const pieces = activities.get(activity);
    if (pieces) pieces.push(draft);
    else activities.set(activity, [draft]);
  }
  return activities.values();
}
