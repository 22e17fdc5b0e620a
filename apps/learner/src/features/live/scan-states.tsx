import { Button, LoadingState } from '@cadre/ui/learner';
import { RotateCw } from 'lucide-react';
import { isPassing, refusalOf } from '@cadre/client/refusal';
import { Failed } from '../../shared/failure';
import { ButtonLink } from '../../shared/links';
import { liveWords } from './live.words';

export function CheckInRunning() {
  const say = liveWords.use();
  return (
    <div role="status">
      <p className="mb-4 text-ink-2">{say('scan.checking')}</p>
      <LoadingState rows={3} />
    </div>
  );
}

export interface NotCheckedInProps {
  readonly error: unknown;
  readonly sessionId: string;
  readonly onRetry: () => void;
}

/** Why the scan did not check in, and what to do now. */
export function NotCheckedIn({ error, sessionId, onRetry }: NotCheckedInProps) {
  const say = liveWords.use();
  const isStranger = refusalOf(error).code === 'NOT_ENROLLED';
  return (
    <div className="flex flex-col gap-4">
      <Failed error={error} />
      {!isStranger && <p className="text-ink-2">{say('scan.again')}</p>}
      {isPassing(error) && (
        <Button icon={RotateCw} wide onClick={onRetry}>
          {say('checkIn.submit')}
        </Button>
      )}
      {!isStranger && (
        <ButtonLink to="/rooms/$sessionId" params={{ sessionId }} variant="primary" wide>
          {say('scan.open')}
        </ButtonLink>
      )}
      <ButtonLink to="/" wide>
        {say('scan.home')}
      </ButtonLink>
    </div>
  );
}
