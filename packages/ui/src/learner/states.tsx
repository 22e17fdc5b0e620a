import { Inbox, LockKeyhole, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { RequestNumber } from '../shared/request-number';
import { StateBlock } from '../shared/state-block';
import { uiWords } from '../shared/ui.words';
import { Button } from './button';

export interface EmptyStateProps {
  readonly icon?: LucideIcon;
  /** What will appear here: 报名后,课会出现在这里 */
  readonly title: string;
  readonly children?: ReactNode;
  /** The first thing to do. */
  readonly action?: ReactNode;
}

export function EmptyState({ icon = Inbox, ...rest }: EmptyStateProps) {
  return <StateBlock icon={icon} {...rest} />;
}

export interface ErrorStateProps {
  /** What the administrator can look up; absent when the request never arrived. */
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
      action={onRetry && <Button onClick={onRetry}>{say('retry')}</Button>}
    >
      {children ?? say('error.text')}
      {requestId !== undefined && <RequestNumber requestId={requestId} />}
    </StateBlock>
  );
}

/** The account has no grant for this. */
export function NoPermission({ action }: { readonly action?: ReactNode }) {
  const say = uiWords.use();
  return (
    <StateBlock icon={LockKeyhole} title={say('noPermission.title')} action={action}>
      {say('noPermission.text')}
    </StateBlock>
  );
}
