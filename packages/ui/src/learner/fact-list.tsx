import type { ReactNode } from 'react';
import { useLangOf } from '../i18n';
import { classNames } from '../shared/class-names';

export interface Fact {
  readonly name: string;
  /** Nothing is shown of a fact that is not there. */
  readonly value: ReactNode;
}

export interface FactListProps {
  readonly facts: readonly Fact[];
  /** The values are figures and stand at the right. */
  readonly figures?: boolean;
}

/** Names and values in two columns: 时间 … 地点 …; on a narrow screen in large type the value goes below its name. */
export function FactList({ facts, figures = false }: FactListProps) {
  const langOf = useLangOf();
  return (
    <dl className="flex flex-col gap-2">
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ name, value }) => (
          <div key={name} className="flex flex-wrap gap-x-5">
            <dt
              className={classNames(
                'text-ink-2 first-letter:uppercase',
                figures ? 'flex-auto' : 'w-[5em] shrink-0',
              )}
            >
              {name}
            </dt>
            <dd
              lang={langOf(value)}
              className={classNames('min-w-0 text-pretty', figures ? 'text-right' : 'min-w-[55%] flex-1')}
            >
              {value}
            </dd>
          </div>
        ))}
    </dl>
  );
}
