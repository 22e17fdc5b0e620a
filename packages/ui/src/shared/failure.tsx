import { LockKeyhole, SearchX, TriangleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { RefusalNotice } from './refusal-notice';
import { RequestNumber } from './request-number';
import { StateBlock } from './state-block';
import { uiWords } from './ui.words';

/** Why something did not happen, already in words. */
export interface FailureWords {
  /** One of the seven kinds of refusal, a defect of the server, no answer at all, nothing kept without a network, or a sign-in that was renewed since. */
  readonly kind: string;
  readonly what: string;
  readonly why?: string | undefined;
  readonly next?: string | undefined;
  /** What the administrator can look up. */
  readonly requestId?: string | undefined;
}

export interface FailureStateProps {
  readonly failure: FailureWords;
  /** A button that asks again; offered where asking again can help. */
  readonly retry?: ReactNode;
}

/** Stands where the content would stand: a closed door, nothing there, no network, a defect, or a refusal. */
export function FailureState({ failure, retry }: FailureStateProps) {
  const say = uiWords.use();
  const { kind, what, why, requestId } = failure;
  switch (kind) {
    case 'forbidden':
      return (
        <StateBlock icon={LockKeyhole} title={say('noPermission.title')}>
          {say('noPermission.text')}
        </StateBlock>
      );
    case 'not-found':
      return (
        <StateBlock icon={SearchX} title={what}>
          {why}
        </StateBlock>
      );
    case 'unreachable':
      return (
        <StateBlock icon={WifiOff} title={what} urgent action={retry}>
          {say('unreachable')}
        </StateBlock>
      );
    case 'not-kept':
      return (
        <StateBlock icon={WifiOff} title={what} urgent>
          {failure.next}
        </StateBlock>
      );
    case 'defect':
      return (
        <StateBlock icon={TriangleAlert} tone="refusal" title={say('error.title')} urgent action={retry}>
          {say('error.text')}
          {requestId !== undefined && <RequestNumber requestId={requestId} />}
        </StateBlock>
      );
    default:
      return <FailureNotice failure={failure} />;
  }
}

/** Stands beside what was tried: what happened, why, the next step; a defect also shows its number. */
export function FailureNotice({
  failure,
  action,
}: {
  readonly failure: FailureWords;
  readonly action?: ReactNode;
}) {
  const { kind, what, why, next, requestId } = failure;
  return (
    <RefusalNotice
      what={what}
      why={why}
      next={next}
      tone={kind === 'signed-in-again' ? 'wait' : 'refusal'}
      action={
        kind === 'defect' && requestId !== undefined ? (
          <>
            <RequestNumber requestId={requestId} />
            {action}
          </>
        ) : (
          action
        )
      }
    />
  );
}
