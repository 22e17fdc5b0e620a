import { z } from 'zod';
import { condition } from './condition';
import { earnRule, name, textUpTo } from './earning-schema';
import { exactNumber } from '../value/measure';
import { cap, carryOver, consequence, cycle, rating, target, team, total } from './target-schema';

/** A fact of the author: plain (its value stands in an activity's `details`) or computed from others. */
export const ownFact = z.union([
  z.strictObject({
    name,
    type: z.enum(['number', 'text', 'flag']),
    step: exactNumber.optional(),
    ifMissing: z.union([exactNumber, name, z.boolean()]).optional(),
  }),
  z.strictObject({ name, share: name, of: name }),
  z.strictObject({ name, sum: z.array(name).min(2) }),
  z.strictObject({ name, weighted: z.record(name, exactNumber) }),
  z.strictObject({ name, best: z.literal('scores'), first: z.int().min(1).optional() }),
  z.strictObject({ name, mean: z.literal('scores') }),
  /** Days from the end of the cycle that holds the activity to the day it was filed; 0 or less = still inside it. */
  z.strictObject({ name, filedAfter: name }),
]);
export type OwnFact = z.infer<typeof ownFact>;

const labels = z.record(name, name);

/** Where the text comes from. A web address is given for official pages (grade A) only. */
export const regulationSource = z.strictObject({
  issuer: textUpTo(120),
  title: textUpTo(200),
  number: textUpTo(120).optional(),
  published: name.optional(),
  grade: z.enum(['A', 'B', 'C', 'M']),
  url: z.url().optional(),
  note: z.string().max(500).optional(),
});

/**
 * A versioned regulation (办法). Frozen once it is in force: a change is a new version with its own dates of effect.
 * The sections are those of a Chinese text: what it covers, what earns, what limits, what is required, what follows.
 */
export const regulationSchema = z.strictObject({
  format: z.literal(1),
  id: name,
  version: z.int().min(1),
  title: textUpTo(200),
  /** Chinese name → English, for whoever reads in English; a name that is not in it is shown as it is. */
  english: z.record(textUpTo(200), textUpTo(200)).optional(),
  source: regulationSource,
  effective: z.strictObject({ from: z.iso.date(), to: z.iso.date().optional() }),
  /** Clause number → its sentence. */
  clauses: z.record(name, z.string().trim().min(1).max(600)),
  measures: labels,
  parts: labels.optional(),
  kinds: labels,
  facts: z.record(name, ownFact).optional(),
  /** Names of further ranks → the code of the rank table they equal. */
  ranks: labels.optional(),
  groups: z.record(name, z.strictObject({ name, where: condition })).optional(),
  cycles: z.record(name, cycle).optional(),
  /** Open points of the text: the question, the readings, and the one chosen. */
  settings: z
    .record(name, z.strictObject({ question: z.string().min(1).max(300), options: labels, chosen: name }))
    .optional(),
  earn: z.array(earnRule),
  caps: z.array(cap).optional(),
  totals: z.record(name, total).optional(),
  carryOver: z.array(carryOver).optional(),
  targets: z.array(target).optional(),
  ratings: z.array(rating).optional(),
  consequences: z.array(consequence).optional(),
  teams: z.array(team).optional(),
});
export type Regulation = z.infer<typeof regulationSchema>;

/** The JSON Schema of the format, for editors and for authors outside the product. */
export const regulationJsonSchema = (): unknown =>
  z.toJSONSchema(regulationSchema, { unrepresentable: 'any' });
