import { Timer } from 'lucide-react';
import type { Moment } from '../format';
import { classNames } from './class-names';
import { uiWords } from './ui.words';

export interface CountdownProps {
  readonly until: Moment;
  /** The server's time of this moment; never the clock of the phone. */
  readonly now: Moment;
}

/** Below this it is now: the last quarter of an hour. */
const NEAR_SECONDS = 15 * 60;

/** How long is left: days, then hours and minutes, then a running `12:07` in the last hour; calm until it is near. */
export function Countdown({ until, now }: CountdownProps) {
  const say = uiWords.use();
  const seconds = Math.ceil((new Date(until).getTime() - new Date(now).getTime()) / 1000);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const text =
    seconds <= 0
      ? say('countdown.over')
      : hours >= 48
        ? say('countdown.days', { days: Math.floor(hours / 24) })
        : hours >= 1
          ? say('countdown.hours', { hours, minutes: minutes % 60 })
          : `${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <span
      role="timer"
      className={classNames(
        'inline-flex items-center gap-1 font-medium whitespace-nowrap',
        seconds <= NEAR_SECONDS ? 'text-now' : 'text-ink-2',
      )}
    >
      <Timer aria-hidden size="1.1em" />
      {text}
    </span>
  );
}
