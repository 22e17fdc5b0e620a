import { FailureState as SharedFailureState, type FailureWords } from '../shared/failure';
import { uiWords } from '../shared/ui.words';
import { Button } from './button';

export interface FailureStateProps {
  readonly failure: FailureWords;
  readonly onRetry?: () => void;
}

/** A failed read, in place of the content; offers to try again where that can help. */
export function FailureState({ failure, onRetry }: FailureStateProps) {
  const say = uiWords.use();
  return (
    <SharedFailureState
      failure={failure}
      retry={onRetry && <Button onClick={onRetry}>{say('retry')}</Button>}
    />
  );
}
