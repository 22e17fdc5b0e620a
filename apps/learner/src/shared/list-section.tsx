import { Quiet, RowList, Section } from '@cadre/ui/learner';
import type { ReactNode } from 'react';

export interface ListSectionProps<Item> {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly items: readonly Item[];
  /** A quiet sentence in place of a list that has nothing. */
  readonly empty: string;
  /** The row of one item. */
  readonly children: (item: Item) => ReactNode;
}

/** A short list under its heading: 授课基地, 场地, 师资. */
export function ListSection<Item>({ title, aside, items, empty, children }: ListSectionProps<Item>) {
  return (
    <Section title={title} aside={aside}>
      {items.length === 0 ? <Quiet>{empty}</Quiet> : <RowList label={title}>{items.map(children)}</RowList>}
    </Section>
  );
}
