import { Button, RowList } from '@cadre/ui/learner';
import type { ReactNode } from 'react';
import { foundWords } from './found.words';

/** So many rows a list begins with, so many more a tap brings, and so many the server gives at most. */
export const STEP = 20;
const MOST = 200;

export interface FoundListProps {
  /** 共 96 门课程 */
  readonly summary: string;
  readonly shown: number;
  readonly total: number;
  readonly onMore: (shown: number) => void;
  readonly children: ReactNode;
}

/** What a search found, by portions; beyond what the server gives at once, it asks for a narrower question. */
export function FoundList({ summary, shown, total, onMore, children }: FoundListProps) {
  const say = foundWords.use();
  return (
    <section className="flex flex-col gap-3">
      <p role="status" className="text-small text-ink-2">
        {summary}
      </p>
      <RowList label={summary}>{children}</RowList>
      {shown < total &&
        (shown < MOST ? (
          <Button wide onClick={() => onMore(Math.min(MOST, shown + STEP))}>
            {say('more', { count: Math.min(STEP, total - shown) })}
          </Button>
        ) : (
          <p className="text-center text-small text-ink-2">{say('narrow')}</p>
        ))}
    </section>
  );
}
