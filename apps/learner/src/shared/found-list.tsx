import { Button, RowList } from '@cadre/ui/learner';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { QueryView } from './failure';
import { foundWords } from './found.words';

/** So many rows a list begins with, so many more a tap brings, and so many the server gives at most. */
export const STEP = 20;
const MOST = 200;

export interface FoundListProps<Item> {
  readonly query: UseQueryResult<{ readonly items: readonly Item[]; readonly total: number }, unknown>;
  /** 共 96 门课程 */
  readonly summary: (total: number) => string;
  /** In place of the list where nothing was found. */
  readonly empty: ReactNode;
  readonly onMore: (shown: number) => void;
  /** The row of one item. */
  readonly children: (item: Item) => ReactNode;
}

/** What a search found, by portions; beyond what the server gives at once, it asks for a narrower question. */
export function FoundList<Item>({ query, summary, empty, onMore, children }: FoundListProps<Item>) {
  const say = foundWords.use();
  return (
    <QueryView query={query} rows={6}>
      {({ items, total }) =>
        total === 0 ? (
          empty
        ) : (
          <section className="flex flex-col gap-3">
            <p role="status" className="text-small text-ink-2">
              {summary(total)}
            </p>
            <RowList label={summary(total)}>{items.map(children)}</RowList>
            {items.length < total &&
              (items.length < MOST ? (
                <Button wide onClick={() => onMore(Math.min(MOST, items.length + STEP))}>
                  {say('more', { count: Math.min(STEP, total - items.length) })}
                </Button>
              ) : (
                <p className="text-center text-small text-ink-2">{say('narrow')}</p>
              ))}
          </section>
        )
      }
    </QueryView>
  );
}
