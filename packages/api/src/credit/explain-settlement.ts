import type { Bilingual, Id } from '@cadre/domain/core';
import {
  FACT_NAMES,
  sayRefusal,
  sayStep,
  type Activity,
  type CountedEntry,
  type Explanation,
  type Refusal,
  type Regulation,
} from '@cadre/domain/credit';
import type { LedgerEntry, SettlementRecord, StatementLine, Why } from '@cadre/domain/ledger';

export type CountedOf = ReadonlyMap<Id, CountedEntry>;

const bothLanguages = (say: (language: 'zh' | 'en') => string) => ({ zh: say('zh'), en: say('en') });

/** Sums of a settlement's entries per measure: what was earned, and how much of it counts after all limits. */
function sumsOf(
  entries: readonly LedgerEntry[],
  counted: CountedOf,
  rules: Regulation,
): StatementLine['earned'] {
  const sums = new Map<string, { amount: number; counted: number }>();
  for (const entry of entries) {
    const sum = sums.get(entry.measure) ?? { amount: 0, counted: 0 };
    sums.set(entry.measure, {
      amount: sum.amount + entry.amount,
      counted: sum.counted + (counted.get(entry.id)?.counted ?? 0),
    });
  }
  return [...sums].map(([measure, sum]) => ({ measure, name: rules.measures[measure] ?? measure, ...sum }));
}

/** A settled source as a line of the statement. */
export function lineOf(
  record: SettlementRecord,
  entries: readonly LedgerEntry[],
  counted: CountedOf,
  rules: Regulation,
  all: readonly SettlementRecord[],
  governing: readonly Regulation[],
): StatementLine {
  const own = entries.filter((entry) => entry.reverses === null && record.entryIds.includes(entry.id));
  const refusals = record.refusals as unknown as Refusal[];
  const [first] = record.activities as unknown as Activity[];
  return {
    settlementId: record.id,
    source: record.source,
    title: record.title,
    occurredOn: own[0]?.occurredOn ?? first?.occurredOn ?? first?.to ?? null,
    recordedAt: record.recordedAt,
    regulation: record.regulation,
    earned: sumsOf(own, counted, rules),
    refusals: refusals.map((refusal) => ({
      reason: refusal.reason,
      sentence: bothLanguages((language) => sayRefusal(refusal, rules, language)),
      clause: refusal.clause ?? null,
    })),
    correction: record.correction,
    replaced: all.some(
      (other) =>
        other.revision > record.revision &&
        other.source.kind === record.source.kind &&
        other.source.id === record.source.id &&
        other.regulation.id === record.regulation.id,
    ),
    governs: governing.some(({ id }) => id === record.regulation.id),
    clauses: [...new Set(own.map((entry) => entry.clause))],
    entries: entries.filter((entry) => record.entryIds.includes(entry.id)).map((entry) => entry.seq),
  };
}

/** Opens a credit, or a refused one, down to its records. */
export function explainSettlement(
  record: SettlementRecord,
  entries: readonly LedgerEntry[],
  counted: CountedOf,
  rules: Regulation,
  all: readonly SettlementRecord[],
  governing: readonly Regulation[],
): Why {
  const line = lineOf(record, entries, counted, rules, all, governing);
  const explanations = record.explanations as unknown as Explanation[];
  const seqOf = new Map(entries.map((entry) => [entry.id, entry.seq]));
  const activities = record.activities as unknown as Activity[];
  const itemOf = new Map(activities.map(({ id }, item) => [id, item]));
  const steps = new Map<string, Why['steps'][number]>();
  for (const { activity, clause, steps: own } of explanations)
    for (const step of own) {
      const item = itemOf.get(activity) ?? 0;
      const sentence = bothLanguages((language) => sayStep(step, rules, language));
      // What days and hours have in common (the attendance) is said once.
      steps.set(`${item}/${clause}/${sentence.zh}`, { item, sentence, clause });
    }
  const numbers = new Set([
    ...explanations.map((explanation) => explanation.clause),
    ...line.refusals.flatMap((refusal) => (refusal.clause === null ? [] : [refusal.clause])),
  ]);
  return {
    line,
    facts: activities.flatMap(factsOf),
    steps: [...steps.values()],
    clauses: [...numbers].map((number) => ({ number, text: rules.clauses[number] ?? '' })),
    regulation: {
      title: rules.title,
      version: rules.version,
      issuer: rules.source.issuer,
      number: rules.source.number ?? null,
    },
    entries: entries
      .filter((entry) => record.entryIds.includes(entry.id))
      .map((entry) => ({
        seq: entry.seq,
        measure: entry.measure,
        amount: entry.amount,
        counted: counted.get(entry.id)?.counted ?? 0,
        cuts: (counted.get(entry.id)?.cuts ?? []).map(({ clause, limit, cut }) => ({ clause, limit, cut })),
        hash: entry.hash,
        reverses: entry.reverses === null ? null : (seqOf.get(entry.reverses) ?? null),
      })),
  };
}

/** Words for the fact values that are codes. */
const VALUE_NAMES: Readonly<Record<string, Bilingual>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
  hall: { zh: '现场', en: 'in the hall' },
  online: { zh: '线上', en: 'online' },
};

/** The facts of an activity that have a name people read; ids are left out. */
function factsOf(activity: Activity, item: number): Why['facts'] {
  return Object.entries(FACT_NAMES).flatMap(([key, name]) => {
    const value = activity[key as keyof Activity];
    if (value === undefined || key === 'classId') return [];
    if (typeof value === 'object' && !Array.isArray(value)) return []; // details have no name of ours
    const text = Array.isArray(value) ? value.join('、') : String(value);
    return [{ item, name: { zh: name.zh, en: name.en }, value: VALUE_NAMES[text] ?? { zh: text, en: text } }];
  });
}
