import { useChangePassword } from '@cadre/client/session';
import { sayDone } from '@cadre/ui/feedback';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { Failed } from '../../shared/failure';
import { identityWords } from './identity.words';

interface Typed {
  readonly currentPassword: string;
  readonly newPassword: string;
}

const route = getRouteApi('/password');

/** The own password: owed at the first sign-in (without a way round), or changed from the account menu. */
export function PasswordPage() {
  const say = identityWords.use();
  const router = useRouter();
  const { back, own } = route.useSearch();
  const change = useChangePassword();
  const leave = (): void => router.history.push(back ?? '/admin');
  const title = say(own ? 'password.plainTitle' : 'password.title');
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center gap-4 px-6 pb-[10dvh]">
      <title>{title}</title>
      <div>
        <h1 className="text-title font-semibold">{title}</h1>
        {!own && <p className="text-ink-2">{say('password.lead')}</p>}
      </div>
      <div className="rounded-card border border-line bg-surface p-6">
        <Form<Typed>
          layout="vertical"
          requiredMark={false}
          size="large"
          initialValues={{ currentPassword: '', newPassword: '' }}
          onFinish={(typed) => {
            if (change.isPending) return;
            change.mutate(typed, {
              onSuccess: () => {
                sayDone(say('password.done'));
                leave();
              },
            });
          }}
        >
          <Form.Item name="currentPassword" label={say('password.current')}>
            <Input.Password autoComplete="current-password" required />
          </Form.Item>
          <Form.Item name="newPassword" label={say('password.next')} extra={say('password.rule')}>
            <Input.Password autoComplete="new-password" required />
          </Form.Item>
          <div className="flex flex-col gap-3">
            <Failed error={change.error} />
            <Button type="primary" htmlType="submit" block loading={change.isPending}>
              {say('password.submit')}
            </Button>
            {own && (
              <Button block onClick={leave}>
                {say('password.cancel')}
              </Button>
            )}
          </div>
        </Form>
      </div>
    </main>
  );
}
