import { refusalOf } from '@cadre/client/refusal';
import { useRefusal } from '@cadre/client/session';
import { wordRefusal } from '@cadre/client/wording';
import { FailureNotice, FailureState, LoadingState, type FailureWords } from '@cadre/ui/admin';
import { useLanguage } from '@cadre/ui/i18n';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

/** An error of a call in the reader's words. */
function useFailureWords(error: unknown): FailureWords {
  const refusal = useRefusal(error);
  return { kind: refusal.kind, requestId: refusal.requestId, ...wordRefusal(refusal, useLanguage()) };
}

function Notice({ error, action }: { readonly error: unknown; readonly action?: ReactNode }) {
  return <FailureNotice failure={useFailureWords(error)} action={action} />;
}

/** Has no answer come at all? */
export const isUnreachable = (error: unknown): boolean =>
  error !== null && error !== undefined && refusalOf(error).kind === 'unreachable';

/** Beside a form or a button: why the action did not happen. Nothing while there is no error. */
export function Failed({ error, action }: { readonly error: unknown; readonly action?: ReactNode }) {
  return error === null || error === undefined ? null : <Notice error={error} action={action} />;
}

/** In place of the content: why it could not be read, and a way to try again. */
export function FailedToRead({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return <FailureState failure={useFailureWords(error)} onRetry={onRetry} />;
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
export function QueryView<Data>({ query, children, rows = 6 }: QueryViewProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <FailedToRead error={query.error} onRetry={() => void query.refetch()} />;
  return <LoadingState rows={rows} />;
}
