import type { StatementLine } from '@cadre/domain/ledger';
import { creditWords } from './credit.words';

/** How much of a record did not count: all of it, so many of its items, or a part; undefined where nothing was refused. */
export function useRefusalWord() {
  const say = creditWords.use();
  return ({ earned, items, refusedItems, refusals }: StatementLine): string | undefined => {
    if (refusals.length === 0) return undefined;
    if (earned.length === 0) return say('refused');
    return items > 1 && refusedItems > 0
      ? say('refusedCount', { items, count: refusedItems })
      : say('partlyRefused');
  };
}
