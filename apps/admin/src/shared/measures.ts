import { formatFigure, fromTenThousandths, useFormat, type Unit } from '@cadre/ui/format';

/** Measures that have a unit of their own in both languages; any other is shown by the name its regulation gives it. */
const UNIT_OF_MEASURE: Readonly<Record<string, Unit>> = {
  days: 'day',
  hours: 'classHour',
  'online-hours': 'classHour',
};

/** `8.5 天` from ten-thousandths of a measure. */
export function useMeasureText() {
  const format = useFormat();
  return (amount: number, measure: string, name: string): string => {
    const unit = UNIT_OF_MEASURE[measure];
    return unit ? format.measure(amount, unit) : `${formatFigure(fromTenThousandths(amount))} ${name}`;
  };
}

/** `8.5 / 12 天` */
export function useShareText() {
  const format = useFormat();
  return (earned: number, required: number, measure: string): string =>
    format.share(
      fromTenThousandths(earned),
      fromTenThousandths(required),
      UNIT_OF_MEASURE[measure] ?? 'credit',
    );
}
