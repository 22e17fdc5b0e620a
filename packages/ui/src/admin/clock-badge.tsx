import { Button, Popover } from 'antd';
import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatTime, formatWeekday, type Moment } from '../format';
import { useLanguage } from '../i18n';
import { uiWords } from '../shared/ui.words';

export interface ClockBadgeProps {
  readonly now: Moment;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The jumps. */
  readonly children: ReactNode;
}

/** 演示时钟: says that this is a demonstration and what time it plays; a click opens the jumps. */
export function ClockBadge({ now, open, onOpenChange, children }: ClockBadgeProps) {
  const say = uiWords.use();
  const language = useLanguage();
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      trigger="click"
      placement="bottomRight"
      content={<div className="w-[17rem]">{children}</div>}
    >
      <Button type="text" icon={<Hourglass aria-hidden size="1.1em" />}>
        {/* The name shows where the bar it stands in has room for it in the type of today. */}
        <span className="sr-only @min-[44em]:not-sr-only">
          <span className="whitespace-nowrap text-ink-2">{say('demoClock')}</span>
        </span>
        <span className="whitespace-nowrap">
          <span className="hidden sm:inline">{formatWeekday(now, language)} </span>
          {formatTime(now)}
        </span>
      </Button>
    </Popover>
  );
}
