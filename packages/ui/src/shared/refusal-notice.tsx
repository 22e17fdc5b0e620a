import { ChevronDown, CircleAlert } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { classNames } from './class-names';
import { toneClasses } from './tone';
import { uiWords } from './ui.words';

export interface RefusalNoticeProps {
  /** What happened, one sentence: 这节课没有计入:在场 96 分钟,不足 80 %。 */
  readonly what: string;
  /** The rule behind it, opened by 查看依据. */
  readonly why?: ReactNode | undefined;
  /** What the reader can do now, in words. */
  readonly next?: string | undefined;
  /** The same as a button or link. */
  readonly action?: ReactNode | undefined;
  /** `wait` where nothing is wrong any more and only a step is left. */
  readonly tone?: 'refusal' | 'wait' | undefined;
}

/** A refusal: what happened, why (查看依据), and the next step. It is read aloud when it appears. */
export function RefusalNotice({ what, why, next, action, tone = 'refusal' }: RefusalNoticeProps) {
  const say = uiWords.use();
  const [open, setOpen] = useState(false);
  const whyId = useId();
  return (
    <div role="alert" className={classNames('flex gap-3 rounded-card p-4', toneClasses[tone])}>
      <CircleAlert aria-hidden size="1.35em" className="mt-[0.15em] shrink-0" />
      <div className="min-w-0 flex-1 text-ink">
        <p className="font-medium text-pretty">{what}</p>
        {next !== undefined && <p className="mt-1 text-pretty">{next}</p>}
        {why !== undefined && (
          <>
            <button
              type="button"
              aria-expanded={open}
              aria-controls={whyId}
              onClick={() => setOpen(!open)}
              className="-mx-1 mt-1 inline-flex min-h-8 cursor-pointer items-center gap-1 rounded-chip px-1 text-small text-refusal underline underline-offset-4"
            >
              {say(open ? 'refusal.hide' : 'refusal.why')}
              <ChevronDown
                aria-hidden
                size="1em"
                className={classNames('transition-transform', open && 'rotate-180')}
              />
            </button>
            <div id={whyId} hidden={!open} className="mt-1 text-small text-ink">
              {why}
            </div>
          </>
        )}
        {action !== undefined && <div className="mt-3">{action}</div>}
      </div>
    </div>
  );
}
