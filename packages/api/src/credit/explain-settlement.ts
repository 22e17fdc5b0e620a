import type { Bilingual, Id } from '@cadre/domain/core';
import {
  activityOf,
  FACT_NAMES,
  inBoth,
  measureName,
  sayCut,
  sayRefusal,
  saySteps,
  sayValue,
  type Activity,
  type CountedEntry,
  type Explanation,
  type Refusal,
  type Regulation,
} from '@cadre/domain/credit';
import type { LedgerEntry, SettlementRecord, StatementLine, Why } from '@cadre/domain/ledger';

/** How much of each entry counts, and the regulation whose limits say so, by the entry's id. */
export type CountedOf = ReadonlyMap<Id, CountedEntry & { readonly rules: Regulation }>;

const bothLanguages = (say: (language: 'zh' | 'en') => string) => ({ zh: say('zh'), en: say('en') });

/**
 * Sums of a settlement's entries per measure, in the order in which the regulation has these: what was earned, and how
 * much of it counts after all limits.
 */
function sumsOf(
  entries: readonly LedgerEntry[],
  counted: CountedOf,
  rules: Regulation,
): StatementLine['earned'] {
  const sums = new Map<string, { amount: number; counted: number; limited: boolean }>();
  for (const entry of entries) {
    const sum = sums.get(entry.measure) ?? { amount: 0, counted: 0, limited: false };
    const known = counted.get(entry.id);
    sums.set(entry.measure, {
      amount: sum.amount + entry.amount,
      counted: sum.counted + (known?.counted ?? 0),
      limited: sum.limited || [...(known?.cuts ?? []), ...(known?.cutsInCycle ?? [])].length > 0,
    });
  }
  const measures = Object.keys(rules.measures);
  return [...sums]
    .sort(([one], [other]) => measures.indexOf(one) - measures.indexOf(other))
    .map(([measure, sum]) => ({ measure, name: measureName(measure, rules), ...sum }));
}

/** A settled source as a line of the statement. */
export function lineOf(
  record: SettlementRecord,
  entries: readonly LedgerEntry[],
  counted: CountedOf,
  rules: Regulation,
  all: readonly SettlementRecord[],
  governing: readonly Regulation[],
  courseTitle: Bilingual | null,
): StatementLine {
  const own = entries.filter((entry) => entry.reverses === null && record.entryIds.includes(entry.id));
  const refusals = record.refusals as unknown as Refusal[];
  const activities = record.activities as unknown as Activity[];
  const explanations = record.explanations as unknown as Explanation[];
  const [first] = activities;
  const clauses = [...new Set(own.map((entry) => entry.clause))];
  const cited = [...clauses, ...refusals.flatMap(({ clause }) => clause ?? [])];
  const { id, version } = record.regulation;
  return {
    settlementId: record.id,
    source: record.source,
    title: record.title,
    courseTitle,
    occurredOn: own[0]?.occurredOn ?? first?.occurredOn ?? first?.to ?? null,
    recordedAt: record.recordedAt,
    regulation: record.regulation,
    earned: sumsOf(own, counted, rules),
    refusals: refusalsOf(refusals, activities, rules),
    items: activities.length,
    refusedItems: activities.filter(
      ({ id: item }) =>
        refusals.some(({ activity }) => activity === item) &&
        !explanations.some(({ activity }) => activity === item),
    ).length,
    settlement: { seq: record.seq, hash: record.hash },
    correction: record.correction,
    replaced: all.some((other) => other.revision > record.revision && isSameSource(other, record)),
    governs: governing.some((one) => one.id === id),
    clauses,
    entries: entries.filter((entry) => record.entryIds.includes(entry.id)).map((entry) => entry.seq),
    settledBy: governing.some((one) => one.id === id && one.version === version)
      ? null
      : {
          ...versionOf(rules),
          clauses: Object.fromEntries(cited.map((clause) => [clause, rules.clauses[clause] ?? ''])),
        },
  };
}

/** Each refusal in words, with the record it is about; what several rules refuse for the same reason is said once. */
function refusalsOf(
  refusals: readonly Refusal[],
  activities: readonly Activity[],
  rules: Regulation,
): StatementLine['refusals'] {
  const said = new Map<string, StatementLine['refusals'][number]>();
  for (const refusal of refusals) {
    const item = Math.max(
      0,
      activities.findIndex(({ id }) => id === refusal.activity),
    );
    const about = activities[item];
    const sentence = bothLanguages((language) => sayRefusal(refusal, rules, language, about));
    const clause = refusal.clause ?? null;
    said.set(`${item} ${clause} ${sentence.zh}`, {
      reason: refusal.reason,
      sentence,
      clause,
      item,
      title: activities.length > 1 ? (about?.title ?? null) : null,
    });
  }
  return [...said.values()];
}

const versionOf = (
  rules: Regulation,
): Pick<NonNullable<StatementLine['settledBy']>, 'title' | 'version'> => ({
  title: inBoth(rules.title, rules),
  version: rules.version,
});

/** What a settlement that moved a closed cycle took the place of, and the id of whoever caused it. */
export function correctionOf(
  record: SettlementRecord,
  entries: readonly LedgerEntry[],
  rules: Regulation,
  all: readonly SettlementRecord[],
): (Pick<NonNullable<Why['correction']>, 'number' | 'replaces'> & { readonly by: Id | null }) | null {
  if (record.correction === null) return null;
  const previous = all.find((other) => isSameSource(other, record) && other.revision === record.revision - 1);
  const earned = (of: SettlementRecord): LedgerEntry[] =>
    entries.filter((entry) => entry.reverses === null && of.entryIds.includes(entry.id));
  return {
    number: record.correction,
    replaces: previous
      ? {
          seq: previous.seq,
          earned: sumsOf(earned(previous), new Map(), rules).map(({ measure, name, amount }) => ({
            measure,
            name,
            amount,
          })),
        }
      : null,
    by: entries.find(({ id }) => record.entryIds.includes(id))?.by ?? null,
  };
}

/** Whether two settlements are of the same source under the same regulation. */
const isSameSource = (one: SettlementRecord, other: SettlementRecord): boolean =>
  one.source.kind === other.source.kind &&
  one.source.id === other.source.id &&
  one.regulation.id === other.regulation.id;

/** Opens a credit, or a refused one, down to its records. */
export function explainSettlement(
  record: SettlementRecord,
  entries: readonly LedgerEntry[],
  counted: CountedOf,
  rules: Regulation,
  all: readonly SettlementRecord[],
  governing: readonly Regulation[],
  courseTitle: Bilingual | null,
): Omit<Why, 'attendance' | 'correction'> {
  const line = lineOf(record, entries, counted, rules, all, governing, courseTitle);
  const explanations = record.explanations as unknown as Explanation[];
  const seqOf = new Map(entries.map((entry) => [entry.id, entry.seq]));
  const activities = record.activities as unknown as Activity[];
  const itemOf = new Map(activities.map(({ id }, item) => [id, item]));
  const steps = new Map<string, Why['steps'][number]>();
  for (const { activity, clause, steps: own } of explanations) {
    const item = itemOf.get(activity) ?? 0;
    const inEnglish = saySteps(own, rules, 'en', activities[item]);
    for (const [index, { step, sentence: zh }] of saySteps(own, rules, 'zh', activities[item]).entries()) {
      const sentence = { zh, en: inEnglish[index]?.sentence ?? '' };
      const decides = 'clause' in step && step.clause !== undefined ? step.clause : clause;
      // What days and hours have in common (the attendance) is said once.
      steps.set(`${item}/${decides}/${zh}`, { item, sentence, clause: decides });
    }
  }
  const cutsOf = ({ id, measure }: LedgerEntry): Why['entries'][number]['cuts'] => {
    const known = counted.get(id);
    return [...(known?.cuts ?? []), ...(known?.cutsInCycle ?? [])].map((cut) => ({
      clause: cut.clause,
      sentence: bothLanguages((language) => sayCut(cut, measure, known?.rules ?? rules, language)),
    }));
  };
  const { kind, id: sourceId } = record.source;
  const itemOfEntry = (entry: LedgerEntry): number | null => {
    const earning = activityOf(entry);
    const item = activities.findIndex(({ id }) => earning === `${kind} ${sourceId} ${id}`);
    return item < 0 ? null : item;
  };
  const own = entries.filter((entry) => record.entryIds.includes(entry.id));
  const limits = own.flatMap((entry) =>
    cutsOf(entry).map(({ clause }) => ({ clause, by: counted.get(entry.id)?.rules ?? rules })),
  );
  const numbers = new Set([
    ...explanations.map((explanation) => explanation.clause),
    ...[...steps.values()].map((step) => step.clause),
    ...line.refusals.flatMap((refusal) => (refusal.clause === null ? [] : [refusal.clause])),
    ...limits.flatMap(({ clause, by }) => (by.version === rules.version ? clause : [])),
  ]);
  const newer = new Map(
    limits.filter(({ by }) => by.version !== rules.version).map((limit) => [limit.clause, limit.by]),
  );
  return {
    line,
    facts: activities.flatMap(factsOf),
    titles: activities.map(({ title }) => title ?? null),
    steps: [...steps.values()],
    clauses: [
      ...[...numbers].map((number) => ({ number, text: rules.clauses[number] ?? '', of: null })),
      ...[...newer].map(([number, by]) => ({ number, text: by.clauses[number] ?? '', of: versionOf(by) })),
    ],
    regulation: {
      ...versionOf(rules),
      issuer: inBoth(rules.source.issuer, rules),
      number: rules.source.number ?? null,
    },
    entries: own.map((entry) => ({
      seq: entry.seq,
      item: itemOfEntry(entry),
      measure: entry.measure,
      amount: entry.amount,
      counted: counted.get(entry.id)?.counted ?? 0,
      cuts: cutsOf(entry),
      hash: entry.hash,
      reverses: entry.reverses === null ? null : (seqOf.get(entry.reverses) ?? null),
    })),
  };
}

const NOT_PRESENT: Bilingual = { zh: '没有在场', en: 'not present' };

/** The facts of an activity that have a name people read; ids are left out. */
function factsOf(activity: Activity, item: number): Why['facts'] {
  return Object.entries(FACT_NAMES).flatMap(([key, name]) => {
    const value = activity[key as keyof Activity];
    if (value === undefined || key === 'classId') return [];
    // Of a lesson it only says which one, by its number; its title names it.
    if (key === 'subject' && activity.kind === 'lesson' && activity.title !== undefined) return [];
    if (typeof value === 'object' && !Array.isArray(value)) return []; // details have no name of ours
    const text = Array.isArray(value) ? value.join('、') : String(value);
    // How somebody who was not there would have taken part says nothing about him.
    const said =
      key === 'mode' && activity.presentMinutes === 0
        ? NOT_PRESENT
        : bothLanguages((language) => sayValue(text, language));
    return [{ item, name: { zh: name.zh, en: name.en }, value: said }];
  });
}
