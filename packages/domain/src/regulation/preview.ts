import { z } from 'zod';
import { amount, bilingual, civilDate, id } from '../core';

/**
 * What a new regulation does to a target of a person. `loses`: met, and no longer. `gains`: not met, and now is.
 * `starts`, `ends`: it begins or ceases to apply. `amount`: only figures move. To be exempt is to have met it.
 */
export const changeKinds = ['loses', 'gains', 'starts', 'ends', 'amount'] as const;
export const changeKind = z.enum(changeKinds);
export type ChangeKind = z.infer<typeof changeKind>;

/** Which construct of the text the change comes from. */
export const reasonKind = z.enum([
  'target',
  'group',
  'cycle',
  'relief',
  'requirement',
  'refused',
  'counted',
  'rate',
  'cap',
  'placed',
  'carry',
  'total',
]);
export type ReasonKind = z.infer<typeof reasonKind>;

/**
 * One reason in a sentence, with the clause that says so and in which of the two texts the clause stands; `earlier`: in
 * that of a version before both, which still judges what is to be made up.
 */
export const changeReason = z.object({
  kind: reasonKind,
  clause: z.string(),
  of: z.enum(['before', 'after', 'earlier']),
  says: bilingual,
});
export type ChangeReason = z.infer<typeof changeReason>;

/** How a person stands against a target under one of the regulations, in words of that regulation. */
export const targetSide = z.object({
  state: z.enum(['met', 'open', 'missed', 'exempt']),
  cycle: z.object({ from: civilDate, to: civilDate, label: z.string() }),
  /** Any one suffices; the amounts of one are needed together. */
  alternatives: z.array(
    z.array(
      z.object({
        name: z.string(),
        measure: z.string(),
        limit: z.enum(['at-least', 'above', 'at-most', 'below']),
        required: amount,
        earned: amount,
        met: z.boolean(),
        share: z.object({ of: z.string(), needed: z.string() }).nullable(),
      }),
    ),
  ),
  /** By which amounts it is met. */
  metBy: z.array(z.string()),
  /** What is missing, per alternative. */
  shortfall: z.array(z.array(z.string())),
});
export type TargetSide = z.infer<typeof targetSide>;

/** Whether a side does not meet its target in a cycle that still runs, so that it is not missed yet. */
export const isUnmetOpen = ({ before, after }: Pick<PreviewFlip, 'before' | 'after'>): boolean =>
  [before, after].some((side) => side?.state === 'open');

/** One target of one person that a new version would change. */
export const previewFlip = z.object({
  id,
  runId: id,
  /** Place of the kind in `changeKinds`: the graver first. */
  rank: z.number().int(),
  change: changeKind,
  personId: id,
  personNo: z.string(),
  name: z.string(),
  unitId: id,
  unit: bilingual,
  target: z.string(),
  targetName: z.string(),
  before: targetSide.nullable(),
  after: targetSide.nullable(),
  reasons: z.array(changeReason),
});
export type PreviewFlip = z.infer<typeof previewFlip>;

const tally = z.object({
  /** People whose gravest change it is: whoever has several is counted once, so these add up to `peopleChanged`. */
  people: z.number().int(),
  changes: z.number().int(),
  /** How many of the changes are about a cycle that still runs; absent in runs from before it was counted. */
  open: z.number().int().optional(),
});
type Tally = z.infer<typeof tally>;
const tallies = z.object({ loses: tally, gains: tally, starts: tally, ends: tally, amount: tally });
export type ChangeTallies = z.infer<typeof tallies>;

/** How whatever is not met among these changes stands: `missed` 未达标, `open` 尚未达标 (the cycles still run), or either. */
export const unmetAmong = ({ changes, open = 0 }: Tally): 'missed' | 'open' | 'either' =>
  open === 0 ? 'missed' : open === changes ? 'open' : 'either';

/** How many of a unit's own people were looked at, and what changes for them. */
export const unitTally = z.object({
  unitId: id,
  unit: bilingual,
  people: z.number().int(),
  changes: z.number().int(),
});
export type UnitTally = z.infer<typeof unitTally>;

/**
 * One preview of a draft (换版预演): everybody it would govern, their recorded facts settled and evaluated under the
 * version it takes the place of and under itself, as of the end of a cycle. It writes no entry.
 */
export const previewRun = z.object({
  id,
  draftId: id,
  code: z.string(),
  version: z.number().int(),
  /** The text that is previewed; a draft may be rewritten meanwhile. */
  text: z.string(),
  textDigest: z.string(),
  unitId: id,
  basis: z.enum(['last', 'current']),
  cycle: z.object({ from: civilDate, to: civilDate }),
  /** The day on which the version it takes the place of is looked up. */
  against: civilDate,
  /** The versions people stand under before; empty where nothing governs them. */
  replaces: z.array(z.number().int()),
  by: id,
  startedAt: z.date(),
  state: z.enum(['running', 'done', 'cancelled']),
  /** People with a later person number are still to do; null before the first. */
  cursor: z.string().nullable(),
  /** When it last moved on. */
  movedAt: z.date(),
  finishedAt: z.date().nullable(),
  people: z.number().int(),
  peopleDone: z.number().int(),
  /** People for whom anything changes. */
  peopleChanged: z.number().int(),
  /** People of whom anything is recorded in the cycle; absent in runs from before it was counted. */
  peopleWithFacts: z.number().int().optional(),
  tallies,
  units: z.array(unitTally),
});
export type PreviewRun = z.infer<typeof previewRun>;

const none = () => ({ people: 0, changes: 0, open: 0 });
export const noChanges = (): ChangeTallies => ({
  loses: none(),
  gains: none(),
  starts: none(),
  ends: none(),
  amount: none(),
});

type Counted = Pick<PreviewRun, 'tallies' | 'units' | 'peopleChanged' | 'peopleDone' | 'peopleWithFacts'>;

/** The counts of a run after some more people, given with what changes for each and whether the cycle has facts of them. */
export function withPeople(
  run: Counted,
  people: readonly {
    readonly unitId: string;
    readonly unit: UnitTally['unit'];
    readonly changes: readonly { readonly change: ChangeKind; readonly isOpen: boolean }[];
    readonly hasFacts: boolean;
  }[],
): Counted {
  const { loses, gains, starts, ends, amount: figures } = run.tallies;
  const sums = {
    loses: { ...loses },
    gains: { ...gains },
    starts: { ...starts },
    ends: { ...ends },
    amount: { ...figures },
  };
  const units = new Map(run.units.map((unit) => [unit.unitId, { ...unit }]));
  for (const { unitId, unit, changes } of people) {
    for (const { change, isOpen } of changes) {
      sums[change].changes += 1;
      if (isOpen) sums[change].open = (sums[change].open ?? 0) + 1;
    }
    const gravest = changeKinds.find((kind) => changes.some(({ change }) => change === kind));
    if (gravest) sums[gravest].people += 1;
    const known = units.get(unitId) ?? { unitId, unit, people: 0, changes: 0 };
    units.set(unitId, { ...known, people: known.people + 1, changes: known.changes + changes.length });
  }
  return {
    tallies: sums,
    units: [...units.values()],
    peopleDone: run.peopleDone + people.length,
    peopleChanged: run.peopleChanged + people.filter(({ changes }) => changes.length > 0).length,
    peopleWithFacts: (run.peopleWithFacts ?? 0) + people.filter(({ hasFacts }) => hasFacts).length,
  };
}
