import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canKeepDirectory } from '@cadre/domain/identity';
import { EmptyState, PlainTable, StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Popconfirm, Typography } from 'antd';
import { KeyRound } from 'lucide-react';
import { Failed, QueryView } from '../../shared/failure';
import { systemWords } from './system.words';

/** Machines that read the credit feed. */
export function ClientsTab() {
  const say = systemWords.use();
  const format = useFormat();
  const api = useApi();
  const actor = useActor();
  const { queries } = useAppClient();
  const query = useQuery(api.directory.apiClients.queryOptions());
  const readAgain = () => void queries.invalidateQueries(api.directory.apiClients.queryFilter());
  const [form] = Form.useForm<{ name: string }>();
  const add = useMutation(
    api.directory.addApiClient.mutationOptions({
      onSuccess: () => {
        form.resetFields();
        readAgain();
      },
    }),
  );
  const revoke = useMutation(api.directory.revokeApiClient.mutationOptions({ onSuccess: readAgain }));
  const mayKeep = canKeepDirectory(actor);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{say('clientsLead')}</p>
      {mayKeep && (
        <Form<{ name: string }>
          name="client"
          colon={false}
          form={form}
          layout="inline"
          onFinish={({ name }) => add.mutate({ name, permissions: ['feed:read'], assessmentYearIds: null })}
        >
          <Form.Item name="name" label={say('clientName')} rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {say('addClient')}
          </Button>
        </Form>
      )}
      {add.data && (
        <Alert
          type="success"
          showIcon
          title={say('keyOf', { name: add.data.client.name })}
          description={
            <Typography.Text copyable className="font-mono break-all">
              {add.data.key}
            </Typography.Text>
          }
        />
      )}
      <Failed error={add.error ?? revoke.error} />
      <QueryView query={query}>
        {(clients) => (
          <PlainTable
            label={say('clients')}
            rows={clients}
            rowKey={({ id }) => id}
            empty={<EmptyState icon={KeyRound} title={say('noClients')} />}
            columns={[
              { key: 'name', title: say('clientName'), render: ({ name }) => name },
              { key: 'created', title: say('created'), render: ({ createdAt }) => format.moment(createdAt) },
              {
                key: 'state',
                title: say('state'),
                render: ({ revokedAt }) => (
                  <StateTag tone={revokedAt === null ? 'met' : 'neutral'}>
                    {revokedAt === null ? say('active') : say('revoked')}
                  </StateTag>
                ),
              },
              {
                key: 'revoke',
                title: '',
                width: 120,
                render: (client) =>
                  mayKeep &&
                  client.revokedAt === null && (
                    <Popconfirm
                      title={`${say('revoke')} ${client.name}`}
                      okText={say('revoke')}
                      onConfirm={() => revoke.mutate({ clientId: client.id })}
                    >
                      <Button size="small">{say('revoke')}</Button>
                    </Popconfirm>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </div>
  );
}
