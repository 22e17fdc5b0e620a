import type { Bilingual, CivilDate } from '@cadre/domain/core';
import {
  concernsDay,
  countingOfCycle,
  inBoth,
  isChosen,
  isInCycle,
  isLongTerm,
  measureName,
  measureNames,
  measureOf,
  openedAmounts,
  sayFlag,
  sayNotRecorded,
  sayOneActivity,
  targetNotes,
  workingNotes,
  type Counting,
  type CycleRef,
  type Evaluation,
  type PersonEvaluation,
  type Regulation,
  type TargetResult,
} from '@cadre/domain/credit';
import {
  readTarget,
  type CountingEntry,
  type LedgerEntry,
  type Standing,
  type StatementStanding,
  type StatementTarget,
} from '@cadre/domain/ledger';

/** What a person's entries amount to under each regulation that governs them; by `whole` its numbers open to what they are made of. */
export type EvaluatedPerson = readonly {
  rules: Regulation;
  evaluation: Evaluation;
  whole: PersonEvaluation;
}[];

/** A standing under one regulation. Of whoever is out of service nothing is missing any more, and nothing can follow. */
export function standingOf(
  { rules, evaluation }: Pick<EvaluatedPerson[number], 'rules' | 'evaluation'>,
  servedUntil: CivilDate | null,
): Standing {
  const both = (name: string): Bilingual => inBoth(name, rules);
  const isServing = servedUntil === null;
  // What it takes, and what is in its way, is advice.
  const advised = (result: TargetResult): TargetResult =>
    isServing ? result : { ...result, least: [], full: [] };
  return {
    regulation: {
      id: rules.id,
      version: rules.version,
      title: both(rules.title),
      source: both(rules.source.issuer),
    },
    measures: Object.fromEntries(
      [...evaluation.owed.map((owed) => owed.rules), rules].flatMap((own) =>
        Object.entries(measureNames(own)),
      ),
    ),
    targets: [
      ...evaluation.targets.map((result) => ({
        ...standingTargetOf(advised(result), rules, evaluation.asOf),
        judgedBy: null,
      })),
      ...evaluation.owed.map(({ result, rules: own }) => ({
        ...standingTargetOf(advised(result), own, evaluation.asOf),
        judgedBy: { title: inBoth(own.title, own), version: own.version },
      })),
    ],
    notCovered: evaluation.notCovered.map(({ target, name, because, notRecorded }) => ({
      target,
      name: both(name),
      because,
      notRecorded: notRecorded ? sayNotRecorded(notRecorded) : null,
    })),
    flags: flagsOn(evaluation.asOf, evaluation, rules),
    warnings: isServing ? warningsOf(rules, evaluation) : [],
  };
}

/** How a target stands, in the words of the version by which it is judged. */
function standingTargetOf(
  result: TargetResult,
  rules: Regulation,
  asOf: CivilDate,
): Omit<Standing['targets'][number], 'judgedBy'> {
  const both = (name: string): Bilingual => inBoth(name, rules);
  const textOf = (clause: string): string => rules.clauses[clause] ?? '';
  return {
    target: result.target,
    name: both(result.name),
    clause: result.clause,
    clauseText: textOf(result.clause),
    cycle: { from: result.cycle.from, to: result.cycle.to, label: result.cycle.label },
    makesUp: result.makesUp
      ? {
          after: result.makesUp.after,
          clause: result.makesUp.clause,
          clauseText: textOf(result.makesUp.clause),
          cycle: result.makesUp.cycle.label,
        }
      : null,
    notes: [...workingNotes(result, rules), ...targetNotes(result, rules)].map((note) => ({
      ...note,
      clauseText: textOf(note.clause),
    })),
    longTerm: isLongTerm(result.cycle),
    state: result.state,
    reading: readTarget(result, asOf),
    met: result.met,
    metBy: [...result.metBy],
    alternatives: result.alternatives.map((leaves) =>
      leaves.map(({ leaf, name, measure, limit, required, earned, met, short }) => ({
        leaf,
        name: both(name),
        measure,
        unit: measureName(measure, rules),
        limit,
        required,
        earned,
        met,
        short,
      })),
    ),
    least: result.least.map((leaves) =>
      leaves.map(({ leaf, measure, amount, one }) => ({
        leaf,
        measure,
        amount,
        ...(one && { one: sayOneActivity(one, rules) }),
      })),
    ),
  };
}

/** How the person is rated in the cycles that hold the day, by what there is on it. */
const ratingsOf = (rules: Regulation, { asOf, ratings }: Evaluation): StatementStanding['ratings'] =>
  ratings
    .filter(({ cycle }) => isInCycle(asOf, cycle))
    .map((result) => {
      const { rating, name, cycle, amount, is, final, clause } = result;
      const rated = rules.ratings?.find(({ id }) => id === rating);
      return {
        rating,
        name: inBoth(name, rules),
        cycle: cycle.label,
        amount,
        measure: rated ? measureOf(rated.of, rules) : '',
        is: is === undefined ? null : inBoth(is, rules),
        final,
        clause,
        clauseText: rules.clauses[clause] ?? '',
        notes: workingNotes(result, rules),
      };
    });

/** The entries by their places in the person's chain. */
const inChain = (counting: readonly Counting[]): CountingEntry[] =>
  counting.map(({ entry, amount }) => ({ entry: (entry as Partial<LedgerEntry>).seq ?? null, amount }));

/** The amounts of each target, in the order of the standing, with the entries that count for them. */
export function openedTargets({
  evaluation,
  whole,
}: Pick<EvaluatedPerson[number], 'evaluation' | 'whole'>): StatementTarget['opened'][] {
  const under = (rules: Regulation): PersonEvaluation | undefined => {
    let own: PersonEvaluation | undefined = whole;
    while (own && own.regulation !== rules) own = own.versionBefore;
    return own;
  };
  const opened = (result: TargetResult, by: PersonEvaluation | undefined): StatementTarget['opened'] =>
    by ? openedAmounts(result, by).map((one) => ({ ...one, counting: inChain(one.counting) })) : [];
  return [
    ...evaluation.targets.map((result) => opened(result, whole)),
    ...evaluation.owed.map(({ result, rules }) => opened(result, under(rules))),
  ];
}

/** Whether a target of the person counts what there is of a part in a measure in a cycle. */
function countedParts(
  evaluation: Evaluation,
  whole: PersonEvaluation,
): (cycle: CycleRef, part: string, measure: string) => boolean {
  const keyOf = ({ from, to }: CycleRef, ...rest: string[]): string => JSON.stringify([from, to, ...rest]);
  const counted = new Set(
    evaluation.targets.flatMap((result) =>
      openedAmounts(result, whole).flatMap(({ counting, carried }) => [
        ...counting.map(({ entry }) => keyOf(result.cycle, entry.part, entry.measure)),
        ...(carried === 0 ? [] : [keyOf(result.cycle)]),
      ]),
    ),
  );
  return (cycle, part, measure) => counted.has(keyOf(cycle, part, measure)) || counted.has(keyOf(cycle));
}

/** Part by part as they came, of each its measures in the order of the regulation. */
function inOrder(
  parts: readonly StatementStanding['parts'][number][],
  measures: readonly string[],
): StatementStanding['parts'] {
  const nameOf = ({ cycle, part }: StatementStanding['parts'][number]): string =>
    `${cycle} ${part?.zh ?? ''}`;
  const names = [...new Set(parts.map(nameOf))];
  return [...parts].sort(
    (one, other) =>
      names.indexOf(nameOf(one)) - names.indexOf(nameOf(other)) ||
      measures.indexOf(one.measure) - measures.indexOf(other.measure),
  );
}

/**
 * How the person is rated, what counts by part and measure where a target of the person counts it, and what each limit
 * took in the cycles of these.
 */
export function breakdownOf({
  rules,
  evaluation,
  whole,
}: EvaluatedPerson[number]): Pick<StatementStanding, 'ratings' | 'parts' | 'caps' | 'clauses'> {
  const cycles = new Map(evaluation.targets.map(({ cycle }) => [`${cycle.from} ${cycle.to}`, cycle]));
  const parts = new Map<string, StatementStanding['parts'][number]>();
  const byCycle = new Map<CycleRef, Counting[]>();
  const countingOf = (cycle: CycleRef): Counting[] => {
    const known = byCycle.get(cycle) ?? countingOfCycle(cycle, whole);
    byCycle.set(cycle, known);
    return known;
  };
  const counts = countedParts(evaluation, whole);
  for (const { cycle, part, measure, kind, amount, carried } of evaluation.sums) {
    if (!counts(cycle, part, measure)) continue;
    const key = JSON.stringify([cycle.label, part, measure]);
    const name = part === '' ? null : inBoth(rules.parts?.[part] ?? part, rules);
    const sum = parts.get(key) ?? {
      cycle: cycle.label,
      part: name,
      measure,
      amount: 0,
      carried: 0,
      counting: [],
    };
    const counting = carried
      ? []
      : countingOf(cycle).filter(
          ({ entry }) => entry.measure === measure && entry.part === part && entry.kind === kind,
        );
    parts.set(key, {
      ...sum,
      amount: sum.amount + amount,
      carried: sum.carried + (carried ? amount : 0),
      counting: [...sum.counting, ...inChain(counting)],
    });
  }
  const caps = new Map<string, StatementStanding['caps'][number]>();
  for (const { entry, cuts, cutsInCycle = [] } of evaluation.counted) {
    const holding = [...cycles.values()].filter(
      ({ from, to }) => from <= entry.occurredOn && entry.occurredOn <= to,
    );
    if (holding.length === 0) continue;
    const inCycles = cutsInCycle.filter(({ cycle }) => holding.some(({ id }) => id === cycle));
    for (const { cap, clause, name, cut } of [...cuts, ...inCycles]) {
      const key = `${cap} ${entry.measure}`;
      const clauseText = rules.clauses[clause] ?? '';
      const sum = caps.get(key) ?? {
        clause,
        clauseText,
        name: inBoth(name === '' ? clause : name, rules),
        measure: entry.measure,
        cut: 0,
        counting: [],
      };
      caps.set(key, {
        ...sum,
        cut: sum.cut + cut,
        counting: [...sum.counting, ...inChain([{ entry, amount: cut }])],
      });
    }
  }
  return {
    ratings: ratingsOf(rules, evaluation),
    parts: inOrder([...parts.values()], Object.keys(rules.measures)),
    caps: [...caps.values()],
    clauses: { ...rules.clauses },
  };
}

/** The consequences that are to be told on a day: one that several targets share once, and of one that lasts the latest. */
export function flagsOn(
  day: CivilDate,
  { flags, targets, earlier }: Evaluation,
  rules: Regulation,
): Standing['flags'] {
  const running = [...targets, ...earlier].map(({ cycle }) => cycle).filter((cycle) => isInCycle(day, cycle));
  const told = flags.filter((flag) => concernsDay(flag, day, running));
  const once = new Map(told.map((flag) => [`${flag.flag} ${flag.clause}`, flag]));
  return [...once.values()].map((one) => ({
    flag: one.flag,
    says: sayFlag(one, day, rules),
    clause: one.clause,
  }));
}

/** Consequences of missing a target once, for the targets that can still be met: per sentence and end of cycle, the targets. */
function warningsOf(rules: Regulation, evaluation: Evaluation): Standing['warnings'] {
  const warnings = new Map<string, Standing['warnings'][number]>();
  for (const { when, says, clause, ...consequence } of rules.consequences ?? []) {
    if (!('target' in when) || when.is !== 'missed' || (when.inARow ?? 1) > 1) continue;
    if (!isChosen(consequence.if, rules)) continue;
    for (const { target, name, state, cycle, makesUp } of evaluation.targets) {
      // What is to be made up has no consequence of its own.
      if (![when.target].flat().includes(target) || state !== 'open' || makesUp) continue;
      const key = `${says} ${clause} ${cycle.to}`;
      const said = warnings.get(key);
      if (said) said.targets.push(inBoth(name, rules));
      else
        warnings.set(key, {
          says: inBoth(says, rules),
          clause,
          targets: [inBoth(name, rules)],
          until: cycle.to,
        });
    }
  }
  return [...warnings.values()];
}
