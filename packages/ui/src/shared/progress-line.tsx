import { classNames } from './class-names';
import type { Tone } from './tone';

export interface ProgressLineProps {
  /** What is under way; read aloud, and shown above the line unless `quiet`. */
  readonly label: string;
  /** Between 0 and `max`. */
  readonly value: number;
  readonly max?: number;
  /** The figure beside the label: 43 / 46. */
  readonly figure?: string;
  readonly tone?: Extract<Tone, 'primary' | 'met' | 'wait' | 'now'>;
  /** Only the line: the words stand elsewhere on the screen. */
  readonly quiet?: boolean;
}

const fills = { primary: 'bg-primary', met: 'bg-met', wait: 'bg-wait', now: 'bg-now' } as const;

/** A thin line that fills from the left. */
export function ProgressLine({
  label,
  value,
  max = 1,
  figure,
  tone = 'primary',
  quiet = false,
}: ProgressLineProps) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div>
      {!quiet && (
        <div className="mb-1 flex justify-between gap-3 text-small text-ink-2">
          <span>{label}</span>
          {figure !== undefined && <span>{figure}</span>}
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        {...(figure === undefined ? {} : { 'aria-valuetext': figure })}
        className="h-1.5 overflow-hidden rounded-full bg-fill"
      >
        <div
          className={classNames('h-full rounded-full transition-[width]', fills[tone])}
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
