import { z } from 'zod';
import { amount, bilingual, id } from '../core';
import { measureAmount, regulationVersion, statementLine } from './statement.io';

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

/** How a settlement corrected a cycle that was over: it counts under a number of its own. */
export const whyCorrection = z.object({
  number: z.number().int(),
  /** The settlement that it took the place of, with what that had earned; null where nothing had been recorded. */
  replaces: z.object({ seq: z.number().int(), earned: z.array(measureAmount) }).nullable(),
  /** Who caused it; null for the system itself. */
  by: z.string().nullable(),
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
  /** Set where it moved a cycle that was over: what it replaced, if anything, and who caused it. */
  correction: whyCorrection.nullable(),
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
