/**
 * Credits (学时、学分): any published regulation as data, valued exactly.
 *
 * A service calls two functions:
 *
 *   const { entries, refusals, explanations } = settle(activitiesOfOneSource, regulation, person);
 *   const standing = evaluate(ledgerEntriesOfThePerson, regulation, person, '2026-12-31');
 *
 * `settle` values one source (a session, a lesson, an exam, a claim) alone. The service writes `entries` to the ledger
 * (unique by person, source, regulation, part, measure, `line` and revision), keeps `refusals` and `explanations` as
 * the answer to "why", and re-settles by reversal when facts change.
 *
 * `evaluate` reads the entries that stood at the end of a day and says, per target, what is required and earned, by
 * which alternative it is met, what is missing, which limits cut what, and what follows.
 *
 * "Why" is data in three shapes, each naming its clause (text: `regulation.clauses[clause]`):
 *   - `Explanation.steps`: gates passed, quantity × rate, bands, tables, factors, rounding, spread;
 *   - `Refusal.needs`: the comparisons that failed, with what was found and what was wanted;
 *   - `CountedEntry.cuts`: what a limit took from an entry, and how much of it was used before.
 * `say*` words them in Chinese and English.
 *
 * Amounts are integers of ten-thousandths; dates are civil dates of Asia/Shanghai; the wall clock is never read.
 * How a rule author writes a regulation: FORMAT.md.
 */
export * from './person/activity';
export * from './value/calendar';
export * from './evaluation/carry-over';
export * from './regulation/condition';
export { factName, sayCondition } from './regulation/condition-words';
export * from './person/cycles';
export * from './regulation/english';
export { concernsDay } from './evaluation/consequences';
export * from './evaluation/evaluate';
export * from './evaluation/governing';
export * from './value/exact';
export * from './regulation/fact-names';
export * from './source/folded-faults';
export * from './source/json-source';
export type { Cut } from './evaluation/draft';
export * from './evaluation/full-limits';
export * from './evaluation/limits';
export * from './evaluation/opened';
export { passesOn } from './evaluation/make-up';
export * from './value/measure';
export * from './person/person';
export { PersonEvaluation } from './evaluation/person-evaluation';
export * from './reading/regulation';
export * from './regulation/regulation-schema';
export * from './evaluation/relief';
export * from './evaluation/requirement';
export { neededPresence } from './settlement/needed-presence';
export * from './settlement/settle';
export * from './evaluation/standing';
export * from './settlement/steps';
export * from './evaluation/target-result';
export * from './regulation/target-schema';
export * from './evaluation/targets';
export * from './evaluation/total-working';
export { listOf, type EarnRule, type Earning, type Gate, type Worth } from './regulation/earning-schema';
export { isSelected } from './settlement/selection';
export * from './evaluation/evaluate-group';
export * from './evaluation/teams';
export * from './reading/facts';
export { sayNotRecorded, sayReliefs } from './words/relief-words';
export * from './words/target-notes';
export * from './words/words';
export { workingNotes } from './words/working-words';
export * from './report/report';
export { isSectionTitle, sectionName } from './regulation/section-names';
export * from './words/describe';
export * from './report/explain';
