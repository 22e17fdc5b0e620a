import { z } from 'zod';
import { amount, bilingual, civilDate, id, pageOf, pageRequest, requirementLimit, sortBy } from '../core';
import { personMove, personMoveKind } from '../identity/person-moves';
import { chainEnd, factSource, regulationRef } from './ledger-entry';
import { PERSON_READINGS, TARGET_READINGS } from './read-target';

export const targetReading = z.enum(TARGET_READINGS);
export const personReading = z.enum(PERSON_READINGS);
export const readingCounts = z.object({
  all: z.number().int(),
  missed: z.number().int(),
  behind: z.number().int(),
  'on-track': z.number().int(),
  met: z.number().int(),
});

/** A version of a regulation as people are told of it. */
export const regulationVersion = z.object({ title: bilingual, version: z.number().int() });

export const measureAmount = z.object({ measure: z.string(), name: bilingual, amount });

/** One way to meet a target: a measure with what is asked for and what counts so far. */
export const targetLeaf = z.object({
  leaf: z.string(),
  name: bilingual,
  measure: z.string(),
  /** What the regulation calls the measure. */
  unit: bilingual,
  limit: requirementLimit,
  required: amount,
  earned: amount,
  met: z.boolean(),
  short: amount,
});

/** How a person stands against one target in the cycle that holds the day asked for. */
export const targetStanding = z.object({
  target: z.string(),
  name: bilingual,
  clause: z.string(),
  clauseText: z.string(),
  cycle: z.object({ from: civilDate, to: civilDate, label: z.string() }),
  /** Set where this is what an earlier cycle lacked, to be made up after it or after a promotion (补足). */
  makesUp: z
    .object({
      after: z.enum(['cycle', 'promotion']),
      clause: z.string(),
      clauseText: z.string(),
      /** The cycle that lacked it. */
      cycle: z.string(),
    })
    .nullable(),
  /** The version by which it is judged, where that is one before the version in force; else null. */
  judgedBy: regulationVersion.nullable(),
  /**
   * What else is to be said of it, each a sentence with its clause: how the totals that it asks for came about, relief, records that are missing, what of this cycle
   * went into making up the one before, limits that are used up and in the way of what is missing.
   */
  notes: z.array(z.object({ sentence: bilingual, clause: z.string(), clauseText: z.string() })),
  /** The cycle is longer than a year. */
  longTerm: z.boolean(),
  state: z.enum(['met', 'open', 'missed', 'exempt']),
  reading: targetReading,
  met: z.boolean(),
  metBy: z.array(z.string()),
  /** Alternatives joined by OR; the leaves of one are joined by AND. */
  alternatives: z.array(z.array(targetLeaf)),
  /** Per alternative, the least that closes it; empty when met. */
  least: z.array(
    z.array(
      z.object({
        leaf: z.string(),
        measure: z.string(),
        amount,
        /** Set where anything above nothing will do: what is asked for instead of an amount. */
        one: bilingual.optional(),
      }),
    ),
  ),
});
export type TargetStanding = z.infer<typeof targetStanding>;

/** A person's standing under one regulation. */
export const standing = z.object({
  regulation: regulationRef.extend({ title: bilingual, source: bilingual }),
  /** The measures' names by the regulation. */
  measures: z.record(z.string(), bilingual),
  targets: z.array(targetStanding),
  notCovered: z.array(
    z.object({
      target: z.string(),
      name: bilingual,
      because: z.enum(['not-in-service', 'group', 'not-in-force', 'no-cycle']),
      /** Which record is missing to know whether it applies, as a sentence; null where none is. */
      notRecorded: bilingual.nullable(),
    }),
  ),
  /** What the rules attach to the cycles that hold the day asked for, each said once. */
  flags: z.array(z.object({ flag: z.string(), says: bilingual, clause: z.string() })),
  /** What would follow if a target that is still open were missed when its cycle ends. */
  warnings: z.array(
    z.object({ says: bilingual, clause: z.string(), targets: z.array(bilingual), until: civilDate }),
  ),
});
export type Standing = z.infer<typeof standing>;

/** Where a person stands on a day, from what was recorded by the end of it. */
export const standings = z.object({
  personId: id,
  asOf: civilDate,
  /**
   * The last day of service of whoever is retired by then: the figures are those of that day, and nothing is asked since.
   * Null for whoever serves.
   */
  servedUntil: civilDate.nullable(),
  chain: z.object({ seq: z.number().int(), hash: z.string() }),
  standings: z.array(standing),
});
export type Standings = z.infer<typeof standings>;

/** Why something of a source earned nothing: of which of its records, by number and name where there are several. */
export const statementRefusal = z.object({
  reason: z.string(),
  sentence: bilingual,
  clause: z.string().nullable(),
  item: z.number().int(),
  title: z.string().nullable(),
});

/** A line of the statement: one settled source, with what it earned and what it did not. */
export const statementLine = z.object({
  settlementId: id,
  source: factSource,
  title: z.string(),
  /** The course of a session as the catalogue names it today, for screens: no part of what was recorded. */
  courseTitle: bilingual.nullable(),
  occurredOn: civilDate.nullable(),
  recordedAt: z.date(),
  regulation: regulationRef,
  /** `limited`: a limit took something of it, if only in one of the cycles. */
  earned: z.array(measureAmount.extend({ counted: amount, limited: z.boolean() })),
  refusals: z.array(statementRefusal),
  /** How many records the source has: the lessons of a quarter are many, a session is one. */
  items: z.number().int(),
  /** How many of them earned nothing. */
  refusedItems: z.number().int(),
  /** The settlement's own link in the person's chain, which a refusal has as well. */
  settlement: chainEnd,
  /** The number of the correction by which this settlement moved a closed cycle. */
  correction: z.number().int().nullable(),
  /** True when a later settlement of the same source has replaced this one. */
  replaced: z.boolean(),
  /** False where its regulation no longer governs the person: it stays on record and counts in no target of today. */
  governs: z.boolean(),
  /** The clauses by which it earned, and the numbers of its entries in the person's chain. */
  clauses: z.array(z.string()),
  entries: z.array(z.number().int()),
  /** The version that settled it, with the sentences of its clauses, where another one governs on the day; else null. */
  settledBy: regulationVersion.extend({ clauses: z.record(z.string(), z.string()) }).nullable(),
});
export type StatementLine = z.infer<typeof statementLine>;

export const statementInput = z.object({ asOf: civilDate.optional() });
export const statementOfPersonInput = statementInput.extend({ personId: id });

/** What of an entry is in a number, by the entry's place in the person's chain; null for an opening balance. */
export const countingEntry = z.object({ entry: z.number().int().nullable(), amount });
export type CountingEntry = z.infer<typeof countingEntry>;

/** An amount of a target opened to the entries that count for it. */
export const openedAmount = z.object({
  leaf: z.string(),
  counting: z.array(countingEntry),
  /** Taken over from an earlier cycle, beside the entries. */
  carried: amount,
  /** False where the rules reckon it from the entries (a total, a largest value) instead of adding them up. */
  isSum: z.boolean(),
});
export const statementTarget = targetStanding.extend({ opened: z.array(openedAmount) });
export type StatementTarget = z.infer<typeof statementTarget>;

/** What counts in one cycle of a person's targets, by part and measure. */
export const partSum = z.object({
  cycle: z.string(),
  part: bilingual.nullable(),
  measure: z.string(),
  amount,
  /** How much of it was taken over from an earlier cycle. */
  carried: amount,
  counting: z.array(countingEntry),
});

/** What a limit has taken away in the cycles of a person's targets. */
export const capCut = z.object({
  clause: z.string(),
  clauseText: z.string(),
  name: bilingual,
  measure: z.string(),
  cut: amount,
  /** What it took of which entries. */
  counting: z.array(countingEntry),
});

/** How a person is rated (等次) in a running cycle by what there is so far; `final` once the cycle is decided. */
export const ratingStanding = z.object({
  rating: z.string(),
  name: bilingual,
  cycle: z.string(),
  amount,
  measure: z.string(),
  /** The author's name of the band; null where none fits. */
  is: bilingual.nullable(),
  final: z.boolean(),
  clause: z.string(),
  clauseText: z.string(),
  /** How the amount came about, each sentence with its clause. */
  notes: z.array(z.object({ sentence: bilingual, clause: z.string() })),
});

export const statementStanding = standing.extend({
  targets: z.array(statementTarget),
  ratings: z.array(ratingStanding),
  parts: z.array(partSum),
  caps: z.array(capCut),
  /** Clause number → its sentence, of the whole regulation. */
  clauses: z.record(z.string(), z.string()),
});
export type StatementStanding = z.infer<typeof statementStanding>;

/** What moved the targets: a change in the person's history, or a new version of a regulation. */
export const statementMove = personMove.extend({ kind: z.enum([...personMoveKind.options, 'version']) });
export type StatementMove = z.infer<typeof statementMove>;

export const statement = standings.extend({
  /** Whose statement it is, as recorded by the end of its day. */
  person: z.object({
    personNo: z.string(),
    name: z.string(),
    /** Null before the first unit that was recorded by then. */
    unit: bilingual.nullable(),
    rank: bilingual.nullable(),
  }),
  /** What moved the targets since the oldest running cycle began. */
  moves: z.array(statementMove),
  /** The moment of the newest entry or settlement that is in it. */
  lastRecordedAt: z.date().nullable(),
  standings: z.array(statementStanding),
  lines: z.array(statementLine),
});
export type Statement = z.infer<typeof statement>;

export const chainCheck = z.object({
  /** Of the whole chain, whatever the day. */
  intact: z.boolean(),
  /** How many entries there were at the end of the day asked for, which is the number of the last, and its hash. */
  entries: z.number().int(),
  head: z.string(),
  fault: z
    .object({ kind: z.string(), of: z.enum(['entry', 'settlement']), seq: z.number().int() })
    .nullable(),
});
export type ChainCheck = z.infer<typeof chainCheck>;

/** The unit officer's table: who stands where. Nothing in `show` is everybody. */
export const progressSort = sortBy(['name', 'personNo', 'unit', 'gap']);
export type ProgressSortKey = z.infer<typeof progressSort>['key'];
export const progressInput = pageRequest.extend({
  unitId: id.nullable(),
  search: z.string().max(40),
  show: z.array(personReading),
  /** `gap`: by the largest share that is still missing of one of the targets. */
  sort: progressSort.optional(),
});
export type ProgressInput = z.infer<typeof progressInput>;

export const progressRow = z.object({
  personId: id,
  personNo: z.string(),
  name: z.string(),
  unitId: id,
  unit: bilingual,
  targets: z.array(targetStanding),
  /** The worst reading of the targets; null for whom nothing is asked. */
  reading: personReading.nullable(),
  flags: z.array(bilingual),
});
export type ProgressRow = z.infer<typeof progressRow>;

export const progressPage = pageOf(progressRow).extend({
  asOf: civilDate,
  counts: readingCounts,
  /** Every target that occurs in the whole list, in a fixed order. */
  targets: z.array(targetStanding.pick({ target: true, name: true, makesUp: true })),
});
export type ProgressPage = z.infer<typeof progressPage>;
