import { useAppClient } from '@cadre/client/api';
import { Sheet } from '@cadre/ui/learner';
import { identityWords } from './identity.words';
import { SignInForm } from './sign-in-form';

/**
 * The sign-in over an open screen when the session has ended: the screen and what was typed on it stay, and what
 * could not be read is read again.
 */
export function SignInAgain() {
  const say = identityWords.use();
  const { queries } = useAppClient();
  return (
    <Sheet
      open
      sticky
      onOpenChange={() => undefined}
      title={say('signIn.again')}
      lead={say('signIn.againLead')}
    >
      <SignInForm
        onSignedIn={({ isAnother }) => {
          // Another person starts afresh: nothing of the one before may stay on screen or in memory.
          if (isAnother) window.location.assign('/');
          else void queries.invalidateQueries();
        }}
      />
    </Sheet>
  );
}
