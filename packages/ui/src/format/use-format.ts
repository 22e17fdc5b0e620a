import { useMemo } from 'react';
import { textIn, useLanguage, type BilingualText } from '../i18n';
import {
  formatAmount,
  formatChange,
  formatMinutes,
  formatShare,
  formatUnit,
  fromTenThousandths,
  type Decimal,
  type Counted,
  type Unit,
} from './amount';
import { useCurrentYear } from './current-year';
import { formatDay, formatDays, formatMoment, formatSpan, formatWeekday, type Moment } from './date';

/** The formats of the language the page is read in: `const format = useFormat(); format.amount('8.5', 'day')`. */
export function useFormat() {
  const language = useLanguage();
  // Dates are worded anew when the year turns.
  useCurrentYear();
  return useMemo(
    () => ({
      /** The text of the data in the language of the page. */
      text: (text: BilingualText) => textIn(text, language),
      /** On an English page the English text of the data, where there is one; else nothing. */
      english: (text: BilingualText | null) => (language === 'en' ? (text?.en ?? '') : ''),
      /** An amount stored in ten-thousandths, of a unit or of a measure by its name: `measure(85000, 'day')` → `8.5 天`. */
      measure: (tenThousandths: number, unit: Counted) =>
        formatAmount(fromTenThousandths(tenThousandths), unit, language),
      /** What something is worth, in ten-thousandths: `0.5 天 · 4 学时`, without what it is not worth. */
      worth: (days: number, classHours: number): string =>
        (
          [
            [days, 'day'],
            [classHours, 'classHour'],
          ] as const
        )
          .flatMap(([amount, unit]) =>
            amount > 0 ? [formatAmount(fromTenThousandths(amount), unit, language)] : [],
          )
          .join(' · '),
      amount: (value: Decimal, unit: Unit) => formatAmount(value, unit, language),
      change: (value: Decimal, unit: Unit) => formatChange(value, unit, language),
      share: (value: Decimal, target: Decimal, unit: Counted, sign?: string) =>
        formatShare(value, target, unit, language, sign),
      unit: (unit: Counted, value?: Decimal) => formatUnit(unit, language, value),
      minutes: (minutes: number) => formatMinutes(minutes, language),
      day: (moment: Moment, relativeTo?: Moment) => formatDay(moment, language, relativeTo),
      days: (first: Moment, last: Moment) => formatDays(first, last, language),
      weekday: (moment: Moment) => formatWeekday(moment, language),
      moment: (moment: Moment) => formatMoment(moment, language),
      span: (from: Moment, to: Moment) => formatSpan(from, to, language),
    }),
    [language],
  );
}
