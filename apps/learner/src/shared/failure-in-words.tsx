import { useRefusal } from '@cadre/client/session';
import { wordRefusal } from '@cadre/client/wording';
import { useLanguage } from '@cadre/ui/i18n';
import { FailureNotice, FailureState, type FailureWords } from '@cadre/ui/learner';
import type { ReactNode } from 'react';

function useFailureWords(error: unknown): FailureWords {
  const refusal = useRefusal(error);
  return { kind: refusal.kind, requestId: refusal.requestId, ...wordRefusal(refusal, useLanguage()) };
}

export function FailedInWords({ error, action }: { readonly error: unknown; readonly action?: ReactNode }) {
  return <FailureNotice failure={useFailureWords(error)} action={action} />;
}

export function FailedToReadInWords({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  return <FailureState failure={useFailureWords(error)} onRetry={onRetry} />;
}
