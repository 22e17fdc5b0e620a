import { useShareText } from '@cadre/ui/format';
import type { FeedTarget } from '@cadre/domain/assessment';
import type { TargetStanding } from '@cadre/domain/ledger';
import { StateTag } from '@cadre/ui/admin';
import { creditStateWords } from './credit-state.words';

type Target = Pick<TargetStanding | FeedTarget, 'state' | 'met'> & {
  readonly alternatives: readonly (readonly {
    readonly earned: number;
    readonly required: number;
    readonly measure: string;
  }[])[];
};

/** How a person stands against one target: a tag with a word, and what is earned of what is asked for. */
export function TargetCell({
  target,
  behind = false,
}: {
  readonly target: Target | undefined;
  readonly behind?: boolean;
}) {
  const say = creditStateWords.use();
  const share = useShareText();
  if (!target) return <span className="text-ink-2">{say('notCovered')}</span>;
  const figures = target.alternatives
    .map((leaves) => leaves.map((leaf) => share(leaf.earned, leaf.required, leaf.measure)).join(' + '))
    .join(say('or'));
  const tone = target.met ? 'met' : target.state === 'missed' ? 'refusal' : behind ? 'wait' : 'neutral';
  const word = target.met ? 'met' : behind && target.state === 'open' ? 'behind' : target.state;
  return (
    <span className="flex items-center gap-x-2 whitespace-nowrap">
      <StateTag tone={tone}>{say(word)}</StateTag>
      <span className="tabular-nums">{figures}</span>
    </span>
  );
}
