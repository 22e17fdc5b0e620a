import { targetTitle, type TargetReading } from '@cadre/domain/ledger';
import type { AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import type { ComponentProps } from 'react';
import { TargetCell } from './target-cell';

interface Named {
  readonly target: string;
  readonly name: Parameters<typeof targetTitle>[0]['name'];
  readonly makesUp: object | null;
}
type Target = NonNullable<ComponentProps<typeof TargetCell>['target']> &
  Named & {
    readonly reading: TargetReading;
  };

const widthFor = (targets: readonly Target[]): number =>
  targets.length === 0 ? 104 : targets.some(({ alternatives }) => alternatives.length > 1) ? 270 : 190;

const keyOf = ({ target, makesUp }: Named): string => (makesUp ? `${target} made up` : target);

/**
 * A column for each target that occurs in the rows (or of `known`, which may go beyond them); what is to be made up
 * stands apart from the target itself.
 */
export function useTargetColumns<Row extends { readonly targets: readonly Target[] }>(
  rows: readonly Row[],
  known: readonly Named[] = rows.flatMap(({ targets }) => targets),
): AppColumn<Row>[] {
  const format = useFormat();
  const titles = new Map(known.map((target) => [keyOf(target), targetTitle(target)] as const));
  return [...titles].map(([key, title]) => {
    const of = ({ targets }: Row): Target | undefined => targets.find((target) => keyOf(target) === key);
    return {
      key,
      title: format.text(title),
      titleBreaks: true,
      // Two ways to meet it stand in one line of Chinese; where nothing is asked of anybody, the word for it does.
      width: widthFor(rows.flatMap((row) => of(row) ?? [])),
      render: (row) => <TargetCell target={of(row)} />,
    };
  });
}
