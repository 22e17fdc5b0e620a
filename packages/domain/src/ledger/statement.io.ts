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
const regulationVersion = z.object({ title: bilingual, version: z.number().int() });

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
  earned: z.array(measureAmount.extend({ counted: amount })),
  refusals: z.array(z.object({ reason: z.string(), sentence: bilingual, clause: z.string().nullable() })),
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

/** What counts in one cycle of a person's targets, by part and measure. */
export const partSum = z.object({
  cycle: z.string(),
  part: bilingual.nullable(),
  measure: z.string(),
  amount,
  /** How much of it was taken over from an earlier cycle. */
  carried: amount,
});

/** What a limit has taken away in the cycles of a person's targets. */
export const capCut = z.object({
  clause: z.string(),
  clauseText: z.string(),
  name: bilingual,
  measure: z.string(),
  cut: amount,
  entries: z.number().int(),
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
    unit: bilingual,
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

export const whyInput = z.object({ settlementId: id });

/** What the room recorded of one's attendance in a session (签到、签退), and whether one has reported it as wrong. */
export const recordedAttendance = z.object({
  sessionId: id,
  /** From when to when it was held, within which minutes count; null where it was not. */
  held: z.object({ startsAt: z.date(), endsAt: z.date() }).nullable(),
  checkedInAt: z.date().nullable(),
  checkedOutAt: z.date().nullable(),
  /** The room's close ended it, since nobody checked the person out. */
  endedByClose: z.boolean(),
  disputed: z.boolean(),
});

/** The chain from a credit, or a refused credit, down to its records: record → minutes → clause → entry. */
export const why = z.object({
  line: statementLine,
  /** Null for what is no session. */
  attendance: recordedAttendance.nullable(),
  /** The facts as the regulation read them, by name; `item` counts the records of the source from 0. */
  facts: z.array(z.object({ item: z.number().int(), name: bilingual, value: bilingual })),
  /** What each record is called, by `item`; null where it has no name of its own. */
  titles: z.array(z.string().nullable()),
  steps: z.array(z.object({ item: z.number().int(), sentence: bilingual, clause: z.string() })),
  /** `of`: the version whose limits took something, where it is another one than settled; else null. */
  clauses: z.array(z.object({ number: z.string(), text: z.string(), of: regulationVersion.nullable() })),
  regulation: z.object({
    title: bilingual,
    version: z.number().int(),
    issuer: bilingual,
    number: z.string().nullable(),
  }),
  /** The settlement's own link in the person's chain, which a refusal has as well. */
  settlement: chainEnd,
  entries: z.array(
    z.object({
      seq: z.number().int(),
      /** Of which record it is; null for one that the source no longer has. */
      item: z.number().int().nullable(),
      measure: z.string(),
      amount,
      counted: amount,
      /** What limits took of it, each as a sentence. */
      cuts: z.array(z.object({ clause: z.string(), sentence: bilingual })),
      hash: z.string(),
      reverses: z.number().int().nullable(),
    }),
  ),
});
export type Why = z.infer<typeof why>;

export const chainCheck = z.object({
  intact: z.boolean(),
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
