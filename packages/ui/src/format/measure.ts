import { asksNothing, limitSign, type RequirementLimit } from '@cadre/domain/core';
import type { BilingualText } from '../i18n';
import { formatFigure, fromTenThousandths, type Unit } from './amount';
import { useFormat } from './use-format';

/** Measures that have a unit of their own in both languages; any other is shown by the name its regulation gives it. */
const UNIT_OF_MEASURE: Readonly<Record<string, Unit>> = {
  days: 'day',
  hours: 'classHour',
  'online-hours': 'classHour',
};

/** The unit in which a measure of the credit ledger is read. */
export const unitOf = (measure: string): Unit => UNIT_OF_MEASURE[measure] ?? 'credit';

/** `8.5 天` from ten-thousandths of a measure; `name` is what its regulation calls it. */
export function useMeasureText() {
  const format = useFormat();
  return (amount: number, measure: string, name: BilingualText): string => {
    const unit = UNIT_OF_MEASURE[measure];
    return unit
      ? format.measure(amount, unit)
      : `${formatFigure(fromTenThousandths(amount))} ${format.text(name)}`;
  };
}

/** What is earned beside what is asked for, in ten-thousandths of a measure. */
export interface EarnedShare {
  readonly earned: number;
  readonly required: number;
  readonly measure: string;
  readonly limit: RequirementLimit;
}

/** `8.5 / 12 天`, `8.5 / > 12 天` where more than that is asked for, or `8.5 天` where nothing is. */
export function useShareText() {
  const format = useFormat();
  return ({ earned, required, measure, limit }: EarnedShare): string =>
    asksNothing({ limit, required })
      ? format.measure(earned, unitOf(measure))
      : format.share(
          fromTenThousandths(earned),
          fromTenThousandths(required),
          unitOf(measure),
          limitSign(limit),
        );
}
