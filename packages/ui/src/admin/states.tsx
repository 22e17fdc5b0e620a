import { Button } from 'antd';
import { Inbox, LockKeyhole, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { FailureState as SharedFailureState, type FailureWords } from '../shared/failure';
import { RequestNumber } from '../shared/request-number';
import { StateBlock } from '../shared/state-block';
import { uiWords } from '../shared/ui.words';

export interface EmptyStateProps {
  readonly icon?: LucideIcon;
  /** What will appear here. */
  readonly title: string;
  readonly children?: ReactNode;
  /** The first thing to do. */
  readonly action?: ReactNode;
  /** It is all there is on the page. */
  readonly isPage?: boolean;
}

export function EmptyState({ icon = Inbox, ...rest }: EmptyStateProps) {
  return <StateBlock icon={icon} {...rest} />;
}

function RetryButton({ onRetry }: { readonly onRetry: () => void }) {
  const say = uiWords.use();
  return <Button onClick={onRetry}>{say('retry')}</Button>;
}

export interface ErrorStateProps {
  readonly requestId?: string | undefined;
  readonly onRetry?: () => void;
  readonly title?: string;
  readonly children?: ReactNode;
}

/** Something failed that should not have. */
export function ErrorState({ requestId, onRetry, title, children }: ErrorStateProps) {
  const say = uiWords.use();
  return (
    <StateBlock
      icon={TriangleAlert}
      tone="refusal"
      urgent
      title={title ?? say('error.title')}
      action={onRetry && <RetryButton onRetry={onRetry} />}
    >
      {children ?? say('error.text')}
      {requestId !== undefined && <RequestNumber requestId={requestId} />}
    </StateBlock>
  );
}

/** The account has no grant for this page. */
export function NoPermission({ action }: { readonly action?: ReactNode }) {
  const say = uiWords.use();
  return (
    <StateBlock isPage icon={LockKeyhole} title={say('noPermission.title')} action={action}>
      {say('noPermission.text')}
    </StateBlock>
  );
}

export interface FailureStateProps {
  readonly failure: FailureWords;
  readonly onRetry?: () => void;
}

/** A failed read, in place of the content; offers to try again where that can help. */
export function FailureState({ failure, onRetry }: FailureStateProps) {
  return <SharedFailureState failure={failure} retry={onRetry && <RetryButton onRetry={onRetry} />} />;
}
