import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canKeepDirectory, RANK_CODES } from '@cadre/domain/identity';
import { DateField, SidePanel, mustChoose } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { PeopleTable } from '../../shared/people-table';
import { PersonPanel } from './person-panel';
import { systemWords } from './system.words';

interface Values {
  personNo: string;
  name: string;
  birthDate?: string;
  unitId: string;
  since: string;
  postLevel?: string;
  title?: string;
  grade?: string;
}

/** Everybody in the directory; a person opens with account, grants and history. */
export function PeopleTab() {
  const say = systemWords.use();
  const mayAdd = canKeepDirectory(useActor());
  const [openedId, setOpenedId] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PeopleTable
        name="people"
        icon={Users}
        more={[
          {
            key: 'login',
            title: say('login'),
            width: 150,
            render: (row) => row.loginName ?? say('noAccount'),
          },
        ]}
        onOpen={(row) => setOpenedId(row.id)}
        filters={
          mayAdd && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {say('addPerson')}
            </Button>
          )
        }
      />
      <SidePanel open={openedId !== null} title={say('people')} onClose={() => setOpenedId(null)}>
        {openedId !== null && <PersonPanel personId={openedId} />}
      </SidePanel>
      <SidePanel open={adding} title={say('addPerson')} onClose={() => setAdding(false)}>
        <AddPerson onDone={() => setAdding(false)} />
      </SidePanel>
    </>
  );
}

function AddPerson({ onDone }: { readonly onDone: () => void }) {
  const say = systemWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const units = useQuery(api.directory.units.queryOptions());
  const add = useMutation(
    api.directory.addPerson.mutationOptions({
      onSuccess: (_, { name }) => {
        sayDone(say('added', { name }));
        void queries.invalidateQueries(api.directory.pathFilter());
        onDone();
      },
    }),
  );
  const ranks = (kind: 'post-level' | 'grade') =>
    RANK_CODES.filter((rank) => rank.kind === kind).map((rank) => ({
      value: rank.code,
      label: format.text(rank.name),
    }));
  return (
    <Form<Values>
      name="person"
      layout="vertical"
      onFinish={({ postLevel, title, grade, birthDate, ...rest }) =>
        add.mutate({
          ...rest,
          birthDate: birthDate ?? null,
          post: postLevel === undefined ? null : { postLevel, title: title ?? '' },
          grade: grade ?? null,
        })
      }
    >
      <Form.Item
        name="personNo"
        label={say('personNo')}
        rules={[{ required: true, pattern: /^[A-Za-z0-9-]{1,32}$/ }]}
      >
        <Input />
      </Form.Item>
      <Form.Item name="name" label={say('name')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="birthDate" label={say('birth')}>
        <DateField />
      </Form.Item>
      <Form.Item name="unitId" label={say('unit')} rules={[mustChoose]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(units.data ?? []).map((unit) => ({ value: unit.id, label: format.text(unit.name) }))}
        />
      </Form.Item>
      <Form.Item name="since" label={say('since')} rules={[mustChoose]}>
        <DateField />
      </Form.Item>
      <Form.Item name="postLevel" label={say('postLevel')}>
        <Select allowClear options={ranks('post-level')} />
      </Form.Item>
      <Form.Item name="title" label={say('postTitle')}>
        <Input />
      </Form.Item>
      <Form.Item name="grade" label={say('grade')}>
        <Select allowClear options={ranks('grade')} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {say('addThisPerson')}
      </Button>
      <Failed error={add.error} />
    </Form>
  );
}
