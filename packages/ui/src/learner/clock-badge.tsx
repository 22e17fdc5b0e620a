import { Hourglass } from 'lucide-react';
import { formatTime, formatWeekday, type Moment } from '../format';
import { useLanguage } from '../i18n';
import { uiWords } from '../shared/ui.words';

/** 演示时钟: the line that says that this is a demonstration and what time it plays; tapping opens the jumps. */
export function ClockBadge({ now, onOpen }: { readonly now: Moment; readonly onOpen: () => void }) {
  const say = uiWords.use();
  const language = useLanguage();
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full cursor-pointer items-center justify-center gap-1.5 border-b border-line bg-surface px-4 py-1 text-small text-ink-2"
    >
      <Hourglass aria-hidden size="1em" />
      <span>{say('demoClock')}</span>
      <span className="text-ink">
        {formatWeekday(now, language)} {formatTime(now)}
      </span>
    </button>
  );
}
