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
export * from './activity';
export * from './calendar';
export * from './carry-over';
export * from './condition';
export * from './cycles';
export * from './english';
export * from './evaluate';
export * from './exact';
export * from './fact-names';
export * from './json-source';
export * from './limits';
export * from './measure';
export * from './person';
export { PersonEvaluation } from './person-evaluation';
export * from './regulation';
export * from './regulation-schema';
export * from './relief';
export * from './requirement';
export * from './settle';
export * from './standing';
export * from './steps';
export * from './target-result';
export * from './target-schema';
export * from './targets';
export * from './total-working';
export { listOf, type EarnRule, type Earning, type Gate, type Worth } from './earning-schema';
export { isSelected } from './selection';
export * from './evaluate-group';
export * from './facts';
export * from './words';
export { workingNotes } from './working-words';
export * from './report';
export { isSectionTitle, sectionName } from './section-names';
export * from './describe';
export * from './explain';
