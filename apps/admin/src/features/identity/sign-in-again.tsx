import { useAppClient } from '@cadre/client/api';
import { Modal } from 'antd';
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
    <Modal
      open
      title={say('signIn.again')}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={400}
    >
      <p className="mb-4 text-ink-2">{say('signIn.againLead')}</p>
      <SignInForm
        onSignedIn={({ isAnother }) => {
          // Another person starts afresh: nothing of the one before may stay on screen or in memory.
          if (isAnother) window.location.assign('/admin');
          else void queries.invalidateQueries();
        }}
      />
    </Modal>
  );
}
