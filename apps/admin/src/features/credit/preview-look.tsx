import type { CivilDate } from '@cadre/domain/core';
import { readTarget, TARGET_READING_NAMES } from '@cadre/domain/ledger';
import {
  isUnmetOpen,
  previewName,
  previewShortfall,
  type ChangeKind,
  type ChangeReason,
  type EnglishNames,
  type FlipRow,
  type TargetSide,
} from '@cadre/domain/regulation';
import { StateTag } from '@cadre/ui/admin';
import { formatFigure, fromTenThousandths, useFormat } from '@cadre/ui/format';
import { previewWords } from './preview.words';

const TONES = {
  loses: 'refusal',
  gains: 'met',
  starts: 'primary',
  ends: 'neutral',
  amount: 'wait',
  same: 'neutral',
} as const satisfies Record<ChangeKind | 'same', string>;

interface ChangeTagProps {
  readonly of: Pick<FlipRow, 'before' | 'after'> & { readonly change: ChangeKind | null };
}

/** What changes; what is no longer met in a cycle that still runs is not missed yet, and not red. */
export function ChangeTag({ of }: ChangeTagProps) {
  const say = previewWords.use();
  const { change } = of;
  if (change === 'loses' && isUnmetOpen(of))
    return <StateTag tone="wait">{say('changes.losesYet')}</StateTag>;
  return <StateTag tone={TONES[change ?? 'same']}>{say(`changes.${change ?? 'same'}`)}</StateTag>;
}

type Leaf = TargetSide['alternatives'][number][number];

/** `12 / 14 天`; a share as `1/2 / 3/4`. */
function leafText(
  { name, measure, earned, required, share }: Leaf,
  nameOf: (kept: string) => string,
): string {
  if (share) return `${nameOf(name)} ${share.of} / ${share.needed}`;
  const figure = (value: number): string => formatFigure(fromTenThousandths(value));
  const amounts = `${figure(earned)} / ${figure(required)} ${nameOf(measure)}`;
  return name === measure ? amounts : `${nameOf(name)} ${amounts}`;
}

/** How a person stands under one version at the end of `asOf`: the word, and what is earned of what is asked for. */
export function SideText({
  side,
  asOf,
  english,
  full = false,
}: {
  readonly side: TargetSide | null;
  readonly asOf: CivilDate;
  readonly english: EnglishNames;
  readonly full?: boolean;
}) {
  const say = previewWords.use();
  const format = useFormat();
  if (!side) return <span className="text-ink-2">{say('notApplied')}</span>;
  const nameOf = (kept: string): string => format.text(previewName(kept, english));
  const figures = side.alternatives
    .map((leaves) => leaves.map((leaf) => leafText(leaf, nameOf)).join(say('and')))
    .join(say('or'));
  return (
    <span className="flex flex-col">
      <span className={side.state === 'missed' ? 'text-refusal' : undefined}>
        {format.text(TARGET_READING_NAMES[readTarget(side, asOf)])}
        {full && <span className="ms-2 text-small text-ink-2">{side.cycle.label}</span>}
      </span>
      {side.state !== 'exempt' && <span className="text-small text-ink-2 tabular-nums">{figures}</span>}
      {full && side.state === 'met' && side.alternatives.length > 1 && (
        <span className="text-small text-ink-2">
          {say('metBy', { names: side.metBy.map(nameOf).join(say('nameJoin')) })}
        </span>
      )}
      {full && side.shortfall.length > 0 && (
        <span className="text-small text-ink-2">
          {say('short', {
            amount: side.shortfall
              .map((missing) =>
                missing.map((one) => format.text(previewShortfall(one, english))).join(say('and')),
              )
              .join(say('or')),
          })}
        </span>
      )}
    </span>
  );
}

/** Each reason in a sentence, with its clause. */
export function Reasons({ reasons }: { readonly reasons: readonly ChangeReason[] }) {
  const format = useFormat();
  return (
    <ul className="flex flex-col gap-0.5">
      {reasons.map(({ kind, clause, says }) => (
        <li key={`${kind} ${clause} ${says.zh}`} className="break-words whitespace-normal">
          {clause !== '' && <span className="me-1.5 font-semibold">{clause}</span>}
          {format.text(says)}
        </li>
      ))}
    </ul>
  );
}
