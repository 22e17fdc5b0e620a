import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { toneText, type Tone } from './tone';

export interface StateBlockProps {
  readonly icon: LucideIcon;
  readonly tone?: Tone;
  readonly title: string;
  readonly children?: ReactNode | undefined;
  /** The first thing to do from here. */
  readonly action?: ReactNode | undefined;
  /** It is all there is on the page: its title is the page’s. */
  readonly isPage?: boolean;
  /** Read aloud at once; for what interrupts. */
  readonly urgent?: boolean;
}

/** What stands where content would stand: nothing yet, an error, a closed door. */
export function StateBlock({
  icon: Icon,
  tone = 'neutral',
  title,
  children,
  action,
  isPage = false,
  urgent = false,
}: StateBlockProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <section
      {...(urgent ? { role: 'alert' } : {})}
      className="mx-auto flex max-w-[26rem] flex-col items-center gap-2 px-6 py-12 text-center"
    >
      <Icon aria-hidden size={32} strokeWidth={1.5} className={classNames('mb-1', toneText[tone])} />
      {isPage && <title>{title}</title>}
      <Heading className="text-lead font-semibold text-balance text-ink">{title}</Heading>
      {children !== undefined && <div className="text-body text-pretty text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </section>
  );
}
