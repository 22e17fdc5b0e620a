import {
  isInCycle,
  isLeftBy,
  isSelected,
  lastDayOf,
  leafId,
  passesOn,
  PersonEvaluation,
  ruleOn,
  settle,
  targetResults,
  type Activity,
  type CountedEntry,
  type CreditEntry,
  type CreditPerson,
  type CycleRef,
  type Governing,
  type LedgerView,
  type Refusal,
  type Regulation,
  type Requirement,
  type Selection,
  type Target,
  type TargetResult,
  type TargetResults,
  type Units,
} from '../credit';

/** What was recorded of one source: its title, and the activities as they were read. */
export interface RecordedSource {
  readonly title: string;
  readonly activities: readonly Activity[];
}

/** What a regulation makes of one activity. */
export interface SettledActivity {
  readonly activity: Activity;
  readonly title: string;
  readonly entries: readonly CreditEntry[];
  readonly refusals: readonly Refusal[];
}

/** What limits took from an activity, by the clause and name of the limit. */
export interface CutSum {
  readonly clause: string;
  readonly name: string;
  readonly limit: Units;
  readonly items: number | undefined;
  cut: Units;
}

/** What an activity brings to one amount of a target in one cycle, before and after limits. */
export interface Contribution {
  readonly raw: Units;
  readonly counted: Units;
  readonly entries: readonly CreditEntry[];
  readonly cuts: ReadonlyMap<string, CutSum>;
}

/** A result, and the reckoning under whose rules it is judged. */
export interface Judged {
  readonly result: TargetResult;
  readonly by: Reckoning;
}

type Span = Pick<CycleRef, 'from' | 'to'>;

/**
 * A person's recorded facts under a regulation and the versions before it, on one day: every activity settled anew by the
 * version of its day, and what follows. Two reckonings of the same facts hold the same activities in the same order, so
 * that they can be laid side by side.
 */
export class Reckoning {
  readonly rules: Regulation;
  readonly settled: readonly SettledActivity[];
  /** Targets alone: sums, ratings and consequences are not compared. */
  readonly results: TargetResults;
  /** What is made up of cycles that ended under the versions before, and then what stands under this one. */
  readonly judged: readonly Judged[];
  readonly #entries: readonly CountedEntry[];
  #counted: Map<CreditEntry, CountedEntry> | undefined;

  /** As of the end of a cycle. */
  static of(
    governing: Governing,
    person: CreditPerson,
    sources: readonly RecordedSource[],
    cycle: Span,
  ): Reckoning {
    const asOf = cycle.to;
    const settled: SettledActivity[] = [];
    const standing: LedgerView[] = [];
    for (const { title, activities } of sources) {
      for (const activity of activities) {
        const day = lastDayOf(activity);
        if (day > asOf) continue;
        const { entries, refusals } = settle([activity], ruleOn(governing, day), person);
        for (const entry of entries) standing.push(Object.assign(entry, { recordedOn: asOf }));
        settled.push({ activity, title: activity.title ?? title, entries, refusals });
      }
    }
    // Most versions pass nothing to the next one, and reckoning with them is a third of the whole work.
    const before = governing.before.some((rules) => passesOn(rules, person)) ? governing.before : [];
    return new Reckoning(
      PersonEvaluation.of(standing, governing.rules, person, asOf, asOf, before),
      settled,
      cycle,
    );
  }

  private constructor(evaluation: PersonEvaluation, settled: readonly SettledActivity[], cycle: Span) {
    const { versionBefore, regulation, counted } = evaluation;
    this.rules = regulation;
    this.settled = settled;
    this.results = targetResults(evaluation, cycle);
    this.#entries = counted;
    const left = versionBefore
      ? new Reckoning(versionBefore, settled, cycle).judged.filter(
          ({ result, by }) =>
            result.makesUp &&
            (by.rules !== versionBefore.regulation || isLeftBy(versionBefore, result, evaluation)),
        )
      : [];
    const own = [...this.results.earlier, ...this.results.current];
    this.judged = [...left, ...own.map((result) => ({ result, by: this }))];
  }

  /** How an entry stands after all limits. */
  countedOf(entry: CreditEntry): CountedEntry | undefined {
    this.#counted ??= new Map(this.#entries.map((counted) => [counted.entry, counted]));
    return this.#counted.get(entry);
  }

  /** What each activity, in order, brings to an amount of a target in a cycle. */
  contributions(target: string, leaf: string, cycle: Span): Contribution[] {
    const selections = this.selectionsOf(target, leaf);
    const own = this.targetOf(target)?.cycle;
    return this.settled.map(({ entries }) =>
      this.#sum(
        entries.filter((entry) => isInCycle(entry.occurredOn, cycle) && isAmong(entry, selections)),
        own,
      ),
    );
  }

  /** Which entries an amount of a target is made of. */
  selectionsOf(target: string, leaf: string): Selection[] {
    const found = this.rules.targets?.find(({ id }) => id === target);
    return found
      ? leavesOf(found.needs)
          .filter((requirement) => leafId(requirement) === leaf)
          .flatMap((requirement) => selectionsIn(requirement, this.rules))
      : [];
  }

  targetOf(id: string): Target | undefined {
    return this.rules.targets?.find((target) => target.id === id);
  }

  /** What entries bring, after the limits that hold everywhere and in one cycle. */
  #sum(entries: readonly CreditEntry[], cycle: string | undefined): Contribution {
    const cuts = new Map<string, CutSum>();
    let [raw, counted] = [0, 0];
    for (const entry of entries) {
      const found = this.countedOf(entry);
      raw += entry.amount;
      const inCycle = (found?.cutsInCycle ?? []).filter((cut) => cut.cycle === cycle);
      counted += inCycle.reduce((rest, { cut }) => rest - cut, found?.counted ?? 0);
      for (const { clause, name, limit, items, cut } of [...(found?.cuts ?? []), ...inCycle]) {
        const key = `${clause} ${name}`;
        const known = cuts.get(key);
        if (known) known.cut += cut;
        else cuts.set(key, { clause, name, limit, items, cut });
      }
    }
    return { raw, counted, entries, cuts };
  }
}

export const isAmong = (entry: CreditEntry, selections: readonly Selection[]): boolean =>
  selections.some((selection) => isSelected(entry, selection));

const leavesOf = (requirement: Requirement): readonly Requirement[] =>
  requirement.anyOf || requirement.allOf
    ? [...(requirement.anyOf ?? []), ...(requirement.allOf ?? [])].flatMap(leavesOf)
    : [requirement];

function selectionsIn(
  quantity: Selection & { readonly total?: string | undefined },
  rules: Regulation,
): Selection[] {
  const total = quantity.total === undefined ? undefined : rules.totals?.[quantity.total];
  if (!total) return [quantity];
  return total.add.flatMap((term) =>
    selectionsIn(
      term.total === undefined && term.measure === undefined ? { ...term, measure: total.measure } : term,
      rules,
    ),
  );
}

/** Both reckonings of a person's facts; null where nothing has governed the person so far. */
export interface Reckonings {
  readonly before: Reckoning | null;
  readonly after: Reckoning;
}

/** A target in two regulations, as evaluated. */
export interface Pair {
  readonly before: Judged | undefined;
  readonly after: Judged | undefined;
}
