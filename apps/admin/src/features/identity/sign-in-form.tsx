import { useSignIn, type SignedIn } from '@cadre/client/session';
import { Button, Form, Input } from 'antd';
import { Failed } from '../../shared/failure';
import { identityWords } from './identity.words';

interface Typed {
  readonly loginName: string;
  readonly password: string;
}

/** Account and password. What was typed stays when it is refused. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: (signedIn: SignedIn) => void }) {
  const say = identityWords.use();
  const signIn = useSignIn(onSignedIn);
  return (
    <Form<Typed>
      layout="vertical"
      requiredMark={false}
      size="large"
      initialValues={{ loginName: '', password: '' }}
      onFinish={({ loginName, password }) => {
        if (!signIn.isPending) signIn.mutate({ loginName: loginName.trim(), password });
      }}
    >
      <Form.Item name="loginName" label={say('signIn.loginName')}>
        <Input autoComplete="username" spellCheck={false} required />
      </Form.Item>
      <Form.Item name="password" label={say('signIn.password')}>
        <Input.Password autoComplete="current-password" required />
      </Form.Item>
      <div className="flex flex-col gap-4">
        <Failed error={signIn.error} />
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {say('signIn.submit')}
        </Button>
      </div>
    </Form>
  );
}
