import { textIn, type BilingualText, type Language } from '../i18n';

/** What can be counted in front of a reader. */
export type Unit =
  'day' | 'classHour' | 'credit' | 'points' | 'person' | 'seat' | 'minute' | 'session' | 'course' | 'base';

const unitWords: Readonly<Record<Unit, { zh: string; one: string; many: string }>> = {
  day: { zh: '天', one: 'day', many: 'days' },
  classHour: { zh: '学时', one: 'class hour', many: 'class hours' },
  credit: { zh: '学分', one: 'credit', many: 'credits' },
  points: { zh: '积分', one: 'point', many: 'points' },
  person: { zh: '人', one: 'person', many: 'people' },
  seat: { zh: '席', one: 'seat', many: 'seats' },
  minute: { zh: '分钟', one: 'minute', many: 'minutes' },
  session: { zh: '次', one: 'session', many: 'sessions' },
  course: { zh: '门', one: 'course', many: 'courses' },
  base: { zh: '个基地', one: 'base', many: 'bases' },
};

/** What an amount is of: a unit of ours, or a measure by the name that its regulation gives it. */
export type Counted = Unit | BilingualText;

/** The units that a regulation may have for its measures. */
const MEASURED = [unitWords.day, unitWords.classHour, unitWords.credit, unitWords.points];

/** The words of what is counted; a measure that is called as one of our units is, is worded as that. */
function wordsOf(counted: Counted): { zh: string; one: string; many: string } {
  if (typeof counted === 'string') return unitWords[counted];
  const known = MEASURED.find(
    ({ zh, many }) => zh === counted.zh && (counted.en === '' || counted.en === many),
  );
  const en = textIn(counted, 'en');
  return known ?? { zh: counted.zh, one: en, many: en };
}

/** A decimal as the wire carries it (`"8.5000"`) or a number. */
export type Decimal = string | number;

/** The decimal text of an integer number of ten-thousandths, as measures are stored: `85000` → `8.5`. */
export function fromTenThousandths(value: number): string {
  const [whole, fraction] = [Math.trunc(Math.abs(value) / 10_000), Math.abs(value) % 10_000];
  return `${value < 0 ? '-' : ''}${whole}.${String(fraction).padStart(4, '0')}`;
}

/**
 * A figure for reading: no trailing zeros, never rounded, thousands separators from 10 000 on (`1250`, `12 500.5`).
 * The gap is a narrow space that does not break. Throws a RangeError when the text is not a plain decimal.
 */
export function formatFigure(value: Decimal): string {
  const match = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(String(value));
  if (!match) throw new RangeError(`not a decimal: ${value}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole;
  const figure = fraction === '' ? grouped : `${grouped}.${fraction}`;
  return `${sign === '-' && figure !== '0' ? '−' : ''}${figure}`;
}

/** The unit alone, for a column head or the legend of a ring: `天` · `days`. */
export function formatUnit(unit: Counted, language: Language, value: Decimal = 2): string {
  const words = wordsOf(unit);
  if (language === 'zh') return words.zh;
  return Number(value) === 1 ? words.one : words.many;
}

/** `8.5 天` · `8.5 days` */
export function formatAmount(value: Decimal, unit: Counted, language: Language): string {
  return `${formatFigure(value)} ${formatUnit(unit, language, value)}`;
}

/** `+0.5 天`, `−0.5 天`: a change, with its sign. */
export function formatChange(value: Decimal, unit: Unit, language: Language): string {
  const text = formatAmount(value, unit, language);
  return Number(value) > 0 ? `+${text}` : text;
}

/** `7 / 12 天` · `7 / 12 days`; with a sign `7 / > 12 天` */
export function formatShare(
  value: Decimal,
  target: Decimal,
  unit: Counted,
  language: Language,
  sign = '',
): string {
  return `${formatFigure(value)} / ${sign}${formatAmount(target, unit, language)}`;
}

/** `96 %` from a share between 0 and 1, whole percent, rounded down so that 79.9 % never reads as met. */
export function formatPercent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}

/** A length of time in Chinese or English words, whole minutes: `1 小时 12 分钟` · `1 h 12 min`, `45 分钟` · `45 min`. */
export function formatMinutes(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.floor(minutes % 60)];
  const [hourWord, minuteWord] = language === 'en' ? ['h', 'min'] : ['小时', '分钟'];
  if (hours === 0) return `${rest} ${minuteWord}`;
  return rest === 0 ? `${hours} ${hourWord}` : `${hours} ${hourWord} ${rest} ${minuteWord}`;
}
