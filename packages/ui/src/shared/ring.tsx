import { Check } from 'lucide-react';
import { formatFigure, formatUnit, type Counted, type Decimal } from '../format';
import { useLanguage } from '../i18n';
import { uiWords } from './ui.words';

export interface RingMeasure {
  readonly value: Decimal;
  readonly target: Decimal;
  readonly unit: Counted;
  /** Before the target where not simply that much is asked for: `> `. */
  readonly sign?: string;
}

export interface RingProps {
  /** 集中培训, 网络 */
  readonly label: string;
  /**
   * One measure makes a whole circle. Two are alternatives joined by OR and stand as two arcs side by side;
   * the fuller one decides and is drawn strong.
   */
  readonly measures: readonly [RingMeasure] | readonly [RingMeasure, RingMeasure];
  /** Below the name: the years of a window, or the day by which it is to be done. */
  readonly note?: string | undefined;
  /** 松绿 once it is met, 黛青 while it runs. */
  readonly tone: 'primary' | 'met';
  /** Side in units of the type's size, so that it grows with the type; never wider than its place. */
  readonly size?: number;
}

const box = 120;
const centre = box / 2;
const radius = 51;
const stroke = 9;

/** Nothing is asked for: what is earned stands alone. */
const asksNothing = ({ target, sign = '' }: RingMeasure): boolean => sign === '' && Number(target) <= 0;

/** How full a measure is, 0 to 1. A target of nothing is always met. */
function ringShare({ value, target }: RingMeasure): number {
  return Number(target) <= 0 ? 1 : Math.min(1, Math.max(0, Number(value) / Number(target)));
}

function pointAt(degrees: number): string {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return `${(centre + radius * Math.cos(angle)).toFixed(2)} ${(centre + radius * Math.sin(angle)).toFixed(2)}`;
}

/** An arc from `from` to `to` in degrees, clockwise from the top when `to` is greater. */
function arc(from: number, to: number): string {
  const large = Math.abs(to - from) > 180 ? 1 : 0;
  return `M ${pointAt(from)} A ${radius} ${radius} 0 ${large} ${to > from ? 1 : 0} ${pointAt(to)}`;
}

interface ArcProps {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly tone: 'primary' | 'met';
  readonly strong: boolean;
}

function Arc({ from, to, share, tone, strong }: ArcProps) {
  return (
    <g fill="none" strokeLinecap="round">
      <path d={arc(from, to)} stroke="var(--fill)" strokeWidth={stroke} />
      {share > 0 && (
        <path
          d={arc(from, from + (to - from) * Math.max(share, 0.004))}
          stroke={`var(--${tone})`}
          strokeWidth={strong ? stroke : stroke * 0.42}
        />
      )}
    </g>
  );
}

/**
 * The ring of a target: name, circle and what stands below it are three rows, which a grid around it may share.
 * Spoken, it says what is drawn: 集中培训:7 / 12 天 或 52 / 90 学时.
 */
export function Ring({ label, note, measures, tone, size = 8.2 }: RingProps) {
  const say = uiWords.use();
  const language = useLanguage();
  const [first, second] = measures;
  const fuller = second !== undefined && ringShare(second) > ringShare(first) ? second : first;
  const other = second === undefined ? undefined : fuller === first ? second : first;
  const met = tone === 'met' && ringShare(fuller) >= 1;
  const share = (measure: RingMeasure): string => {
    const { value, target, unit, sign = '' } = measure;
    return asksNothing(measure)
      ? `${formatFigure(value)} ${formatUnit(unit, language, value)}`
      : say('ring.share', {
          value: formatFigure(value),
          target: `${sign}${formatFigure(target)}`,
          unit: formatUnit(unit, language, target),
        });
  };
  const unit = formatUnit(fuller.unit, language, fuller.target);
  // English units are long: they stand below the ring, not in it.
  const longUnit = language === 'en';
  const shares = [fuller, ...(other ? [other] : [])].map(share).join(` ${say('ring.or')} `);
  return (
    <div
      role="img"
      aria-label={say(met ? 'ring.spokenMet' : 'ring.spoken', {
        label: note === undefined ? label : `${label} ${note}`,
        shares,
      })}
      className="row-span-3 grid w-full grid-rows-subgrid justify-items-center gap-1"
    >
      <span aria-hidden className="text-small font-medium text-balance text-ink">
        {label}
        {note !== undefined && <span className="block font-normal text-ink-2">{note}</span>}
      </span>
      <div
        aria-hidden
        className="relative shrink-0"
        style={{ width: `min(${size}rem, 100%)`, aspectRatio: '1' }}
      >
        <svg viewBox={`0 0 ${box} ${box}`} className="size-full">
          {second === undefined ? (
            <Arc from={0} to={359.99} share={ringShare(first)} tone={tone} strong />
          ) : (
            <>
              <Arc from={192} to={348} share={ringShare(first)} tone={tone} strong={fuller === first} />
              <Arc from={168} to={12} share={ringShare(second)} tone={tone} strong={fuller === second} />
            </>
          )}
        </svg>
        <div className="absolute inset-0 flex flex-col items-center justify-center px-4 text-center">
          <span className="text-display leading-none font-semibold text-ink">
            {formatFigure(fuller.value)}
          </span>
          <span className="mt-1 flex items-center justify-center gap-x-0.5 text-small leading-tight whitespace-nowrap text-ink-2">
            {met && <Check size="1.1em" strokeWidth={2.5} className="text-met" />}
            {!asksNothing(fuller) && `/ ${fuller.sign ?? ''}${formatFigure(fuller.target)} `}
            {!longUnit && unit}
          </span>
        </div>
      </div>
      <span aria-hidden className="flex flex-col text-small text-ink-2">
        {longUnit && <span>{unit}</span>}
        {other && (
          <span className="whitespace-nowrap">
            {say('ring.or')} {share(other)}
          </span>
        )}
      </span>
    </div>
  );
}
