import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canRotateLedgerKey, type LedgerState, type OfficeRow } from '@cadre/domain/ledger';
import { EmptyState, PlainTable, Section, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Upload } from 'antd';
import { KeyRound, Stamp } from 'lucide-react';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { FormPanel } from '../../shared/form-panel';
import { Command } from './command';
import { isPrivateKey, publicKeyOf } from './ledger-signature';
import { ledgerWords } from './ledger.words';
import { keyFiles } from './office-files';

/** The keys that sign the seals, and those of the offices that countersign. */
export function LedgerKeys({ state }: { readonly state: LedgerState }) {
  return (
    <div className="flex flex-col gap-4">
      <SigningKeys newestRoot={state.newestRoot ?? 0} />
      <Offices />
    </div>
  );
}

function SigningKeys({ newestRoot }: { readonly newestRoot: number }) {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const mayRotate = canRotateLedgerKey(useActor());
  const { queries } = useAppClient();
  const query = useQuery(api.ledger.keys.queryOptions());
  const rotate = useMutation(
    api.ledger.rotateKey.mutationOptions({
      onSuccess: ({ fromRoot }) => {
        sayDone(say('rotated', { number: fromRoot }));
        void queries.invalidateQueries(api.ledger.pathFilter());
      },
    }),
  );
  return (
    <Section
      title={say('keyList')}
      aside={
        mayRotate && (
          <Popconfirm
            title={say('rotateAsk')}
            description={<div className="max-w-80">{say('rotateText', { number: newestRoot + 1 })}</div>}
            okText={say('rotate')}
            onConfirm={() => rotate.mutate()}
          >
            <Button loading={rotate.isPending}>{say('rotate')}</Button>
          </Popconfirm>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-ink-2">{say('keyLead')}</p>
        <Failed error={rotate.error} />
        <QueryView query={query} rows={2}>
          {({ keys }) => (
            <PlainTable
              label={say('keyList')}
              rows={keys.toReversed()}
              rowKey={({ keyId }) => keyId}
              empty={<EmptyState icon={KeyRound} title={say('keysNone')} />}
              columns={[
                { key: 'no', title: say('number'), render: ({ number }) => say('keyNo', { number }) },
                {
                  key: 'state',
                  title: say('keyState'),
                  // The others can sign no more: with a new key the private half of the one before is gone.
                  render: ({ number }) =>
                    number === keys.length ? (
                      <StateTag tone="met">{say('keyInUse')}</StateTag>
                    ) : (
                      <StateTag tone="neutral">{say('keyRetired')}</StateTag>
                    ),
                },
                {
                  key: 'from',
                  title: say('keyFrom'),
                  render: ({ fromRoot }) => say('keyFromValue', { number: fromRoot }),
                },
                {
                  key: 'announced',
                  title: say('keyAnnounced'),
                  render: ({ announcedAt }) => format.moment(announcedAt),
                },
                { key: 'id', title: say('keyId'), render: ({ keyId }) => <code>{keyId}</code> },
              ]}
            />
          )}
        </QueryView>
      </div>
    </Section>
  );
}

function Offices() {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const [registering, setRegistering] = useState<OfficeRow | null>(null);
  const query = useQuery(api.ledger.offices.queryOptions());
  return (
    <Section title={say('offices')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-2">{say('officesLead')}</p>
        <QueryView query={query} rows={2}>
          {(offices) => (
            <PlainTable<OfficeRow>
              label={say('offices')}
              rows={offices}
              rowKey={({ role, baseId }) => baseId ?? role}
              empty={<EmptyState icon={Stamp} title={say('officesNone')} />}
              columns={[
                { key: 'office', title: say('office'), render: (office) => format.text(office.name) },
                {
                  key: 'key',
                  title: say('officeKey'),
                  render: ({ key }) =>
                    key ? <code>{key.keyId}</code> : <StateTag tone="wait">{say('noKeyYet')}</StateTag>,
                },
                {
                  key: 'since',
                  title: say('officeSince'),
                  render: ({ key }) =>
                    key &&
                    say('officeSinceValue', { by: key.registeredBy, at: format.moment(key.registeredAt) }),
                },
                {
                  key: 'register',
                  title: '',
                  width: 130,
                  render: (office) =>
                    office.own && (
                      <Button size="small" onClick={() => setRegistering(office)}>
                        {office.key ? say('replaceKey') : say('register')}
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </QueryView>
      </div>
      {registering && <Register office={registering} onClose={() => setRegistering(null)} />}
    </Section>
  );
}

function Register({ office, onClose }: { readonly office: OfficeRow; readonly onClose: () => void }) {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<{ key: string }>();
  const [wasPrivate, setWasPrivate] = useState(false);
  // A private key is not even kept on the screen.
  const take = (handed: string): void => {
    setWasPrivate(isPrivateKey(handed));
    form.setFieldValue('key', isPrivateKey(handed) ? '' : handed);
  };
  const { privateKey, publicKey } = keyFiles(office, (office.key?.number ?? 0) + 1);
  const name = format.text(office.name);
  const register = useMutation(
    api.ledger.registerOfficeKey.mutationOptions({
      onSuccess: () => {
        sayDone(say('registered', { office: name }));
        void queries.invalidateQueries(api.ledger.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <FormPanel<{ key: string }>
      form={form}
      title={say('registerTitle', { office: name })}
      submit={office.key ? say('replaceKey') : say('register')}
      initialValues={{ key: '' }}
      onClose={onClose}
      sending={[register]}
      onFinish={({ key }) =>
        register.mutate({ role: office.role, baseId: office.baseId, x: publicKeyOf(key) ?? '' })
      }
      lead={
        <div className="mb-4 flex flex-col gap-2">
          <p>{say('registerLead')}</p>
          <p className="text-small text-ink-2">{say('commands')}</p>
          <Command line={`openssl genpkey -algorithm ed25519 -out ${privateKey}`} />
          <Command line={`openssl pkey -in ${privateKey} -pubout -out ${publicKey}`} />
          <p className="text-small">{say('overwrites', { file: privateKey })}</p>
          <p className="text-small text-ink-2">{say('openssl')}</p>
        </div>
      }
    >
      <Form.Item
        name="key"
        label={say('publicKey')}
        extra={say('publicKeyHint', { file: publicKey })}
        {...(wasPrivate ? { validateStatus: 'error' as const, help: say('publicKeyPrivate') } : {})}
        rules={[
          {
            validator: (_, value: string) =>
              publicKeyOf(value) === null
                ? Promise.reject(new Error(say('publicKeyWrong')))
                : Promise.resolve(),
          },
        ]}
      >
        <Input.TextArea rows={4} onChange={({ target }) => take(target.value)} />
      </Form.Item>
      <Upload
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then(take);
          return false;
        }}
      >
        <Button size="small">{say('publicKeyFile')}</Button>
      </Upload>
    </FormPanel>
  );
}
