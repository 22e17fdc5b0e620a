import { daysBetween } from '../core';
import { byEnd, formatAmount, type CreditPerson, type Governing, type TargetResult } from '../credit';
import type { ChangeKind, ChangeReason, TargetSide } from './preview';
import type { PreviewCycle } from './preview-cycle';
import { keptName } from './preview-names';
import { reasonsOf } from './preview-reasons';
import { Reckoning, type Judged, type Pair, type Reckonings, type RecordedSource } from './reckoning';

/** A person, the facts recorded of them, and the two regulations between which they stand. */
export interface PreviewQuestion {
  readonly person: CreditPerson;
  readonly sources: readonly RecordedSource[];
  /** Null where nothing has governed the person so far. */
  readonly before: Governing | null;
  readonly after: Governing;
  readonly cycle: PreviewCycle;
}

/** One target in two regulations; null where it does not apply. `change` is null where nothing differs. */
export interface TargetComparison {
  readonly target: string;
  readonly name: string;
  readonly change: ChangeKind | null;
  readonly before: TargetSide | null;
  readonly after: TargetSide | null;
  readonly reasons: readonly ChangeReason[];
}

/** The same facts settled and evaluated under both regulations, as of the end of the cycle. */
export function reckonBoth({ person, sources, before, after, cycle }: PreviewQuestion): Reckonings {
  return {
    before: before && Reckoning.of(before, person, sources, cycle),
    after: Reckoning.of(after, person, sources, cycle),
  };
}

/** What a new regulation would have changed for a person, target by target, and why. Targets that stay are left out. */
export function previewFlips(question: PreviewQuestion): TargetComparison[] {
  return compareTargets(reckonBoth(question), question.cycle).filter(({ change }) => change !== null);
}

/** Every target that either regulation sets for the person in the cycle, in the order of the new one. */
export function compareTargets(reckonings: Reckonings, cycle: PreviewCycle): TargetComparison[] {
  return pairsOf(reckonings, cycle).map((pair): TargetComparison => {
    const { result } = (pair.after ?? pair.before) as Judged;
    const change = changeOf(pair);
    return {
      target: result.target,
      name: keptName(result.name, result.makesUp?.cycle.label),
      change,
      before: pair.before ? sideOf(pair.before) : null,
      after: pair.after ? sideOf(pair.after) : null,
      reasons: change === null ? [] : reasonsOf(change, pair, reckonings),
    };
  });
}

function pairsOf({ before, after }: Reckonings, cycle: PreviewCycle): Pair[] {
  const was = before ? standingsIn(before, cycle) : new Map<string, Judged>();
  const is = standingsIn(after, cycle);
  const taken = new Set<string>();
  const counterpart = (key: string, { result }: Judged): Judged | undefined => {
    const same = was.has(key)
      ? key
      : // An author may rename a target; where its name stays, it is the same one.
        [...was].find(
          ([other, { result: known }]) =>
            !is.has(other) &&
            !taken.has(other) &&
            known.name === result.name &&
            (known.makesUp === undefined) === (result.makesUp === undefined),
        )?.[0];
    if (same !== undefined) taken.add(same);
    return same === undefined ? undefined : was.get(same);
  };
  const pairs = [...is].map(([key, judged]): Pair => ({ before: counterpart(key, judged), after: judged }));
  const gone = [...was].filter(([key]) => !taken.has(key));
  return [...pairs, ...gone.map(([, judged]): Pair => ({ before: judged, after: undefined }))];
}

/** Of each target (and of what makes it up) the cycle that covers most of the cycle looked at, of several the last. */
function standingsIn({ judged }: Reckoning, cycle: PreviewCycle): Map<string, Judged> {
  const found = new Map<string, { judged: Judged; days: number }>();
  for (const one of judged) {
    const { result } = one;
    const days = sharedDays(result.cycle, cycle);
    const key = `${result.target}${result.makesUp ? ' makes up' : ''}`;
    const known = found.get(key);
    const isBetter =
      known === undefined ||
      days > known.days ||
      (days === known.days && byEnd(known.judged.result, result) <= 0);
    if (days > 0 && isBetter) found.set(key, { judged: one, days });
  }
  return new Map([...found].map(([key, best]) => [key, best.judged]));
}

function sharedDays(one: PreviewCycle, other: PreviewCycle): number {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return daysBetween(from, to) + 1;
}

/** Nothing is left to do: reached, or freed from it. */
const isFulfilled = ({ state }: TargetResult): boolean => state === 'met' || state === 'exempt';

function changeOf({ before, after }: Pair): ChangeKind | null {
  if (!before) return 'starts';
  if (!after) return 'ends';
  const [was, is] = [isFulfilled(before.result), isFulfilled(after.result)];
  if (was !== is) return is ? 'gains' : 'loses';
  return figuresOf(before) === figuresOf(after) ? null : 'amount';
}

/** Whatever of a result people would see move, without the names that an author may change. */
const figuresOf = ({
  result: { state, alternatives },
  by: {
    rules: { measures },
  },
}: Judged): string =>
  JSON.stringify([
    state === 'exempt',
    alternatives.map((leaves) =>
      leaves.map(({ measure, limit, required, earned, share }) => [
        measures[measure],
        limit,
        required,
        earned,
        share?.of,
        share?.needed,
      ]),
    ),
  ]);

function sideOf({ result, by }: Judged): TargetSide {
  const { measures } = by.rules;
  const nameOf = (leaf: string): string =>
    result.alternatives.flat().find((one) => one.leaf === leaf)?.name ?? leaf;
  return {
    state: result.state,
    cycle: { from: result.cycle.from, to: result.cycle.to, label: result.cycle.label },
    alternatives: result.alternatives.map((leaves) =>
      leaves.map(({ name, measure, limit, required, earned, met, share }) => ({
        name,
        measure: measures[measure] ?? measure,
        limit,
        required,
        earned,
        met,
        share: share ? { of: share.of, needed: share.needed } : null,
      })),
    ),
    metBy: result.metBy.map(nameOf),
    shortfall: result.shortfall.map((missing) =>
      missing.map(({ leaf, measure, amount }) => {
        const [name, unit] = [nameOf(leaf), measures[measure] ?? measure];
        const much = `${formatAmount(amount)} ${unit}`;
        return name === unit ? much : `${name} ${much}`;
      }),
    ),
  };
}
