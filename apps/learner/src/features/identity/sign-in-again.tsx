import { useAppClient } from '@cadre/client/api';
import { useMe } from '@cadre/client/session';
import { Sheet } from '@cadre/ui/learner';
import { identityWords } from './identity.words';
import { SignInForm } from './sign-in-form';

/** The sign-in over an open screen when the session has ended: the screen and what was typed on it stay. */
export function SignInAgain() {
  const say = identityWords.use();
  const { queries } = useAppClient();
  const before = useMe();
  return (
    <Sheet
      open
      sticky
      onOpenChange={() => undefined}
      title={say('signIn.again')}
      lead={say('signIn.againLead')}
    >
      <SignInForm
        onSignedIn={(me) => {
          // Another person starts afresh: nothing of the one before may stay on screen or in memory.
          if (me.person.id !== before.person.id) window.location.assign('/');
          else void queries.invalidateQueries();
        }}
      />
    </Sheet>
  );
}
