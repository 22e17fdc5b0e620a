import { useApi } from '@cadre/client/api';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Popconfirm, Typography } from 'antd';
import { Failed } from './failure';
import { issuePasswordWords } from './issue-password.words';

/** A password that is shown once, to be handed over by voice. */
export function OneTimePassword({ password }: { readonly password: string }) {
  const say = issuePasswordWords.use();
  return (
    <Alert
      type="success"
      showIcon
      title={say('once')}
      description={<Typography.Text copyable>{password}</Typography.Text>}
    />
  );
}

/**
 * Helps somebody who cannot sign in: a one-time password in place of the forgotten or locked one. A child of a wrapping
 * row, below which the password stands.
 */
export function IssuePassword({
  personId,
  name,
  onIssued,
}: {
  readonly personId: string;
  readonly name: string;
  readonly onIssued?: () => void;
}) {
  const say = issuePasswordWords.use();
  const api = useApi();
  const issue = useMutation(
    api.directory.issuePassword.mutationOptions(onIssued ? { onSuccess: onIssued } : {}),
  );
  return (
    <>
      <Popconfirm
        title={say('ask', { name })}
        description={<span className="block max-w-72">{say('effect')}</span>}
        okText={say('issue')}
        onConfirm={() => issue.mutate({ personId })}
      >
        <Button loading={issue.isPending}>{say('issue')}</Button>
      </Popconfirm>
      <div className="order-last basis-full empty:hidden">
        {issue.data && <OneTimePassword password={issue.data.password} />}
        <Failed error={issue.error} />
      </div>
    </>
  );
}
