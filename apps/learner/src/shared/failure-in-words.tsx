import { useOnline } from '@cadre/client/offline';
import type { Refusal } from '@cadre/client/refusal';
import { useRefusal } from '@cadre/client/session';
import { wordRefusal } from '@cadre/client/wording';
import { useLanguage } from '@cadre/ui/i18n';
import { FailureNotice, FailureState, type FailureWords } from '@cadre/ui/learner';
import type { ReactNode } from 'react';

function useFailureWords(refusal: Refusal): FailureWords {
  return { kind: refusal.kind, requestId: refusal.requestId, ...wordRefusal(refusal, useLanguage()) };
}

export function FailedInWords({ error, action }: { readonly error: unknown; readonly action?: ReactNode }) {
  return <FailureNotice failure={useFailureWords(useRefusal(error))} action={action} />;
}

export function FailedToReadInWords({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const refusal = useRefusal(error);
  const isKept = useOnline() || refusal.kind !== 'unreachable';
  const shown: Refusal = isKept ? refusal : { ...refusal, code: 'NOT_KEPT', kind: 'not-kept' };
  return <FailureState failure={useFailureWords(shown)} onRetry={onRetry} />;
}
