import { rollingSpan } from '../person/cycles';
import type { Units } from '../value/measure';
import { fitting, type Draft } from './draft';
import type { NamedLimit } from './limit-rules';

/** Lets count up to a number, by date: of all, or (rolling) of the months that end with each day. */
export function limitToNumber(
  bucket: readonly Draft[],
  limit: Units,
  named: NamedLimit,
  rolling: number | undefined,
): void {
  // What has made up earlier cycles comes first.
  let used = rolling === undefined ? bucket.reduce((sum, { kept }) => sum + kept, 0) : 0;
  let oldest = 0;
  for (const draft of bucket) {
    if (rolling === undefined) used -= draft.kept;
    else {
      const { from } = rollingSpan(rolling, draft.entry.occurredOn);
      for (let out = bucket[oldest]; out && out.entry.occurredOn < from; out = bucket[oldest]) {
        used -= out.counted;
        oldest += 1;
      }
    }
    const counted = fitting(draft, limit - used);
    const cut = draft.counted - counted;
    if (cut > 0) draft.cuts.push({ ...named, limit, used, cut });
    draft.counted = counted;
    used += counted;
  }
}
