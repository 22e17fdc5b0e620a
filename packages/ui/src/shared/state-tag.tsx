import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names';
import { toneClasses, type Tone } from './tone';
import { toneIcons } from './tone-icons';

export interface StateTagProps {
  readonly tone: Tone;
  /** The word; it carries the meaning, the colour only helps. */
  readonly children: string;
  /** Another icon than the one of the tone. */
  readonly icon?: LucideIcon;
  /** Of a sentence rather than a word: over several lines where it is longer than there is room. */
  readonly wraps?: boolean;
}

/** A state as icon and word: `<StateTag tone="wait">候补第 3 位</StateTag>`. */
export function StateTag({ tone, children, icon, wraps = false }: StateTagProps) {
  const Icon = icon ?? toneIcons[tone];
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 rounded-chip px-2 py-0.5 text-small',
        !wraps && 'shrink-0 whitespace-nowrap',
        toneClasses[tone],
      )}
    >
      <Icon aria-hidden size="1.05em" className={tone === 'now' ? 'beat' : undefined} />
      {children}
    </span>
  );
}

/** A count at an icon or a tab; nothing at zero. `label` says to a screen reader what is counted. */
export function Badge({ count, label }: { readonly count: number; readonly label: string }) {
  if (count <= 0) return null;
  return (
    <span
      role="img"
      aria-label={label}
      className="inline-flex h-[1.35em] min-w-[1.35em] items-center justify-center rounded-full bg-primary px-[0.35em] text-small leading-none text-on-primary"
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
