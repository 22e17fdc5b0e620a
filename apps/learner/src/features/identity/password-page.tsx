import { useChangePassword } from '@cadre/client/session';
import { sayDone } from '@cadre/ui/feedback';
import { Button, Page, TextField } from '@cadre/ui/learner';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { BackLink } from '../../shared/links';
import { identityWords } from './identity.words';

const route = getRouteApi('/password');

/** The own password: owed at the first sign-in (without a way round), or changed from 我的. */
export function PasswordPage() {
  const say = identityWords.use();
  const router = useRouter();
  const { back, own } = route.useSearch();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useChangePassword();
  return (
    <Page
      title={say(own ? 'password.plainTitle' : 'password.title')}
      {...(own ? { back: <BackLink to="/me" label={say('me.title')} /> } : { lead: say('password.lead') })}
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (change.isPending) return;
          change.mutate(
            { currentPassword, newPassword },
            {
              onSuccess: () => {
                // Said on the next page, not above the form that has just been sent.
                const arrived = router.subscribe('onResolved', () => {
                  arrived();
                  sayDone(say('password.done'));
                });
                router.history.push(back ?? '/');
              },
            },
          );
        }}
      >
        <TextField
          label={say('password.current')}
          type="password"
          autoComplete="current-password"
          required
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.target.value)}
        />
        <TextField
          label={say('password.next')}
          hint={say('password.rule')}
          type="password"
          autoComplete="new-password"
          required
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
        />
        <Failed error={change.error} />
        <Button type="submit" variant="primary" wide busy={change.isPending}>
          {say('password.submit')}
        </Button>
      </form>
    </Page>
  );
}
