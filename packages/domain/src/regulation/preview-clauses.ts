import type { Regulation } from '../credit';
import type { TargetComparison } from './preview-flips';

interface ClauseSaid {
  readonly clause: string;
  readonly text: string;
}

/** The clauses that reasons name: as the new version words them, and as the one before did where it is otherwise. */
export function clausesNamed(
  targets: readonly Pick<TargetComparison, 'reasons'>[],
  before: Regulation | null,
  after: Regulation,
): { before: ClauseSaid[]; after: ClauseSaid[] } {
  const reasons = targets.flatMap((target) => target.reasons);
  const named = new Set(reasons.filter(({ of }) => of !== 'earlier').map(({ clause }) => clause));
  const wordedIn = (rules: Regulation | null): ClauseSaid[] =>
    [...named].flatMap((clause) => {
      const text = rules?.clauses[clause];
      return text === undefined ? [] : { clause, text };
    });
  return {
    before: wordedIn(before).filter(({ clause, text }) => text !== after.clauses[clause]),
    after: wordedIn(after),
  };
}
