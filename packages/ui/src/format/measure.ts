import { asksNothing, limitSign, type RequirementLimit } from '@cadre/domain/core';
import type { BilingualText } from '../i18n';
import { fromTenThousandths } from './amount';
import { useFormat } from './use-format';

/** What is earned beside what is asked for, in ten-thousandths of a measure. */
export interface EarnedShare {
  readonly earned: number;
  readonly required: number;
  readonly limit: RequirementLimit;
  /** What the amount is called: its measure's name, where it has none of its own. */
  readonly name: BilingualText;
  /** The measure's name, where it is told apart from the amount's own. */
  readonly unit?: BilingualText;
}

/** `8.5 / 12 天`, `8.5 / > 12 天` where more than that is asked for, or `8.5 天` where nothing is. */
export function useShareText() {
  const format = useFormat();
  return ({ earned, required, limit, name, unit = name }: EarnedShare): string =>
    asksNothing({ limit, required })
      ? format.measure(earned, unit)
      : format.share(fromTenThousandths(earned), fromTenThousandths(required), unit, limitSign(limit));
}
