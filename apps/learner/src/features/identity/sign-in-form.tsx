import { useSignIn, type SignedIn } from '@cadre/client/session';
import { Button, TextField } from '@cadre/ui/learner';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { identityWords } from './identity.words';

/** Account and password. What was typed stays when it is refused. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: (signedIn: SignedIn) => void }) {
  const say = identityWords.use();
  const [loginName, setLoginName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn(onSignedIn);
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!signIn.isPending) signIn.mutate({ loginName: loginName.trim(), password });
      }}
    >
      <TextField
        label={say('signIn.loginName')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={loginName}
        onChange={(event) => setLoginName(event.target.value)}
      />
      <TextField
        label={say('signIn.password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Failed error={signIn.error} />
      <Button type="submit" variant="primary" wide busy={signIn.isPending}>
        {say('signIn.submit')}
      </Button>
    </form>
  );
}
