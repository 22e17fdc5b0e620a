import { LoadingState } from '@cadre/ui/learner';
import type { UseQueryResult } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';

const inWords = () => import('./failure-in-words');
const FailedInWords = lazy(async () => ({ default: (await inWords()).FailedInWords }));
const FailedToReadInWords = lazy(async () => ({ default: (await inWords()).FailedToReadInWords }));

/** Loads the sentences of all refusals once the first page stands, so that they are there when the network is not. */
export function loadFailureWords(): void {
  inWords().catch(() => undefined);
}

/** Beside a form or a button: why the action did not happen. Nothing while there is no error. */
export function Failed({ error, action }: { readonly error: unknown; readonly action?: ReactNode }) {
  if (error === null || error === undefined) return null;
  return (
    <Suspense>
      <FailedInWords error={error} action={action} />
    </Suspense>
  );
}

/** In place of the content: why it could not be read, and a way to try again. */
export function FailedToRead({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <Suspense>
      <FailedToReadInWords error={error} onRetry={onRetry} />
    </Suspense>
  );
}

export interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data, unknown>;
  readonly children: (data: Data) => ReactNode;
  /** How many grey rows stand in while it loads. */
  readonly rows?: number;
}

/**
 * The states of a query in one place: loading, failed (with its reason and a way to try again), or the content.
 * Content that was read before stays when reading it again fails.
 */
export function QueryView<Data>({ query, children, rows = 4 }: QueryViewProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <FailedToRead error={query.error} onRetry={() => void query.refetch()} />;
  return <LoadingState rows={rows} />;
}
