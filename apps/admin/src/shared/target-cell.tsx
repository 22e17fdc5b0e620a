import type { TargetReading } from '@cadre/domain/ledger';
import { ReadingTag } from '@cadre/ui/admin';
import { useShareText, type EarnedShare } from '@cadre/ui/format';
import { whole } from './whole';
import { creditStateWords } from './credit-state.words';

interface Target {
  /** Null where it reads as nothing any more: the person is out of service. */
  readonly reading: TargetReading | null;
  readonly alternatives: readonly (readonly EarnedShare[])[];
}

/** How a person stands against one target: a tag with a word, and what is earned of what is asked for. */
export function TargetCell({ target }: { readonly target: Target | undefined }) {
  const say = creditStateWords.use();
  const share = useShareText();
  if (!target) return <span className="text-ink-2">{say('notCovered')}</span>;
  // Broken only between two ways to meet it.
  const figures = target.alternatives
    .map((leaves) => whole(leaves.map(share).join(' + ')))
    .join(` ${whole(say('or').trimStart())}`);
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {target.reading !== null && (
        <span className="whitespace-nowrap">
          <ReadingTag reading={target.reading} />
        </span>
      )}
      <span className="break-keep tabular-nums">{figures}</span>
    </span>
  );
}
