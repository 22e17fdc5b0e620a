import { classNames } from '@cadre/ui/learner';
import type { ReactNode } from 'react';

export interface FilterChip {
  readonly key: string;
  readonly label: string;
}

export interface FilterChipsProps {
  readonly label: string;
  readonly chips: readonly FilterChip[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
  /** Stands before the chips and does not scroll away. */
  readonly before?: ReactNode;
}

/** One of several, in one line that scrolls sideways under the thumb. */
export function FilterChips({ label, chips, chosen, onChoose, before }: FilterChipsProps) {
  return (
    <div className="flex items-center gap-2">
      {before}
      <div
        role="group"
        aria-label={label}
        className="-me-4 flex min-w-0 flex-1 snap-x scroll-px-1 gap-2 overflow-x-auto py-1 pe-4 [scrollbar-width:none]"
      >
        {chips.map((chip) => (
          <button
            key={chip.key}
            type="button"
            aria-pressed={chip.key === chosen}
            onClick={() => onChoose(chip.key)}
            className={classNames(
              'min-h-11 shrink-0 cursor-pointer snap-start rounded-full border px-4 text-small whitespace-nowrap transition-colors',
              chip.key === chosen
                ? 'border-primary bg-primary-soft font-semibold text-primary'
                : 'border-line bg-surface text-ink-2 hover:bg-fill',
            )}
          >
            {chip.label}
          </button>
        ))}
      </div>
    </div>
  );
}
