import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useActor } from '@cadre/client/session';
import { role, SCOPES_OF_ROLE, type Role, type Scope } from '@cadre/domain/access';
import { toCivilDate } from '@cadre/domain/core';
import { canIssuePassword, canKeepDirectory, type PersonFile } from '@cadre/domain/identity';
import { DateField, Section, StateTag, mustChoose } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Select, Space, Typography } from 'antd';
import { Failed, QueryView } from '../../shared/failure';
import { IssuePassword, OneTimePassword } from '../../shared/issue-password';
import { PersonHistory } from './person-history';
import { ScopeField, useNameOfTarget } from './scope-field';
import { systemWords } from './system.words';
import { useReadAgain } from './use-read-again';

/** One person: account, grants and dated history. */
export function PersonPanel({ personId }: { readonly personId: string }) {
  const api = useApi();
  const query = useQuery(api.directory.person.queryOptions({ personId }));
  return (
    <QueryView query={query}>
      {(file) => (
        <div className="flex flex-col gap-6">
          <Typography.Title level={4} style={{ margin: 0 }}>
            {file.person.name} · {file.person.personNo}
          </Typography.Title>
          <Account file={file} />
          <Grants file={file} />
          <PersonHistory file={file} />
        </div>
      )}
    </QueryView>
  );
}

function Account({ file: { person, account } }: { readonly file: PersonFile }) {
  const say = systemWords.use();
  const api = useApi();
  const actor = useActor();
  const readAgain = useReadAgain();
  const open = useMutation(api.directory.openAccount.mutationOptions({ onSuccess: readAgain }));
  const setDisabled = useMutation(api.directory.setAccountDisabled.mutationOptions({ onSuccess: readAgain }));
  const personId = person.id;
  return (
    <Section title={say('account')}>
      <div className="flex flex-col gap-3">
        {account ? (
          <div className="flex flex-wrap items-center gap-2">
            <span>{account.loginName}</span>
            {account.disabledAt !== null && <StateTag tone="refusal">{say('disabled')}</StateTag>}
            {account.locked && <StateTag tone="refusal">{say('locked')}</StateTag>}
            {account.mustChangePassword && <StateTag tone="wait">{say('mustChange')}</StateTag>}
            {canIssuePassword(actor, person) && (
              <IssuePassword personId={personId} name={person.name} onIssued={readAgain} />
            )}
            {canKeepDirectory(actor) && (
              <Button onClick={() => setDisabled.mutate({ personId, disabled: account.disabledAt === null })}>
                {account.disabledAt === null ? say('disable') : say('enable')}
              </Button>
            )}
          </div>
        ) : (
          canKeepDirectory(actor) && (
            <Form<{ loginName: string }>
              name="account"
              layout="vertical"
              onFinish={({ loginName }) => open.mutate({ personId, loginName })}
            >
              <Form.Item
                name="loginName"
                label={say('login')}
                rules={[{ required: true, pattern: /^[A-Za-z0-9._-]{3,64}$/ }]}
              >
                <Input />
              </Form.Item>
              <Button htmlType="submit" type="primary" loading={open.isPending}>
                {say('openAccount')}
              </Button>
            </Form>
          )
        )}
        {open.data && <OneTimePassword password={open.data.password} />}
        <Failed error={open.error ?? setDisabled.error} />
      </div>
    </Section>
  );
}

interface GrantValues {
  role: Role;
  target?: string | string[];
  from: string;
  to?: string;
}

function Grants({ file: { person, grants } }: { readonly file: PersonFile }) {
  const say = systemWords.use();
  const nameOfTarget = useNameOfTarget();
  const api = useApi();
  const actor = useActor();
  const readAgain = useReadAgain();
  const [form] = Form.useForm<GrantValues>();
  const chosen = Form.useWatch('role', form);
  const today = toCivilDate(useNow(60_000));
  const add = useMutation(
    api.directory.addGrant.mutationOptions({
      onSuccess: () => {
        sayDone(say('granted'));
        form.resetFields();
        readAgain();
      },
    }),
  );
  const revoke = useMutation(api.directory.revokeGrant.mutationOptions({ onSuccess: readAgain }));
  const kind = chosen ? SCOPES_OF_ROLE[chosen][0] : undefined;
  const scopeOf = (target: string | string[] | undefined): Scope => {
    const one = Array.isArray(target) ? (target[0] ?? '') : (target ?? '');
    switch (kind) {
      case 'unit':
        return { kind, unitId: one };
      case 'bases':
        return { kind, baseIds: Array.isArray(target) ? target : [one] };
      case 'class':
        return { kind, classId: one };
      case 'session':
        return { kind, sessionId: one };
      case 'assessment-year':
        return { kind, assessmentYearId: one };
      default:
        return { kind: 'network' };
    }
  };
  return (
    <Section title={say('grants')}>
      <ul className="mb-4 flex flex-col gap-2 empty:hidden">
        {grants.map((grant) => (
          <li key={grant.id} className="flex flex-wrap items-center gap-2">
            <strong>{say(`roles.${grant.role}`)}</strong>
            <span>
              {grant.scope.kind === 'network'
                ? say('scopes.network')
                : grant.reaches.map(nameOfTarget).join('、')}
            </span>
            <span className="text-ink-2">
              {grant.from} – {grant.to ?? say('noEnd')}
            </span>
            {grant.revokedAt !== null ? (
              <StateTag tone="neutral">{say('revoked')}</StateTag>
            ) : (
              canKeepDirectory(actor) && (
                <Popconfirm
                  title={`${say('revoke')} ${say(`roles.${grant.role}`)}`}
                  okText={say('revoke')}
                  onConfirm={() => revoke.mutate({ grantId: grant.id })}
                >
                  <Button size="small">{say('revoke')}</Button>
                </Popconfirm>
              )
            )}
          </li>
        ))}
      </ul>
      {canKeepDirectory(actor) && (
        <Form<GrantValues>
          name="grant"
          form={form}
          layout="vertical"
          initialValues={{ from: today }}
          onFinish={({ target: chosenTarget, to, ...rest }) =>
            add.mutate({
              ...rest,
              personId: person.id,
              scope: scopeOf(chosenTarget),
              to: to === undefined || to === '' ? null : to,
            })
          }
        >
          <Form.Item name="role" label={say('role')} rules={[mustChoose]}>
            <Select
              options={role.options.map((value) => ({ value, label: say(`roles.${value}`) }))}
              onChange={() => form.resetFields(['target'])}
            />
          </Form.Item>
          {kind !== undefined && kind !== 'network' && (
            <Form.Item name="target" label={say(`scopes.${kind}`)} rules={[mustChoose]}>
              <ScopeField kind={kind} />
            </Form.Item>
          )}
          <Space>
            <Form.Item name="from" label={say('from')} rules={[mustChoose]}>
              <DateField />
            </Form.Item>
            <Form.Item name="to" label={say('to')}>
              <DateField />
            </Form.Item>
          </Space>
          <div>
            <Button htmlType="submit" type="primary" loading={add.isPending}>
              {say('addGrant')}
            </Button>
          </div>
        </Form>
      )}
      <Failed error={add.error ?? revoke.error} />
    </Section>
  );
}
