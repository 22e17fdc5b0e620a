import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canKeepDirectory, RANK_CODES, type PersonRow } from '@cadre/domain/identity';
import { AppTable, DateField, EmptyState, SidePanel, useTableState, type AppColumn } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
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
  const format = useFormat();
  const api = useApi();
  const actor = useActor();
  const [state, setState] = useTableState();
  const [openedId, setOpenedId] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    ...api.directory.people.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      unitId: null,
    }),
    placeholderData: keepPreviousData,
  });
  const columns: AppColumn<PersonRow>[] = [
    { key: 'name', title: say('name'), width: 150, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 120, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 220, render: (row) => format.text(row.unit) },
    { key: 'rank', title: say('rank'), width: 180, render: (row) => (row.rank ? format.text(row.rank) : '') },
    { key: 'login', title: say('login'), width: 150, render: (row) => row.loginName ?? say('noAccount') },
  ];
  return (
    <QueryView query={query}>
      {(page) => (
        <>
          <AppTable
            name="people"
            label={say('people')}
            columns={columns}
            rows={page.items}
            rowKey={(row) => row.id}
            total={page.total}
            state={state}
            onState={setState}
            loading={query.isFetching}
            onOpen={(row) => setOpenedId(row.id)}
            filters={
              canKeepDirectory(actor) && (
                <Button type="primary" onClick={() => setAdding(true)}>
                  {say('addPerson')}
                </Button>
              )
            }
            empty={<EmptyState icon={Users} title={say('none')} />}
          />
          <SidePanel open={openedId !== null} title={say('people')} onClose={() => setOpenedId(null)}>
            {openedId !== null && <PersonPanel personId={openedId} />}
          </SidePanel>
          <SidePanel open={adding} title={say('addPerson')} onClose={() => setAdding(false)}>
            <AddPerson onDone={() => setAdding(false)} />
          </SidePanel>
        </>
      )}
    </QueryView>
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
      <Form.Item name="unitId" label={say('unit')} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(units.data ?? []).map((unit) => ({ value: unit.id, label: format.text(unit.name) }))}
        />
      </Form.Item>
      <Form.Item name="since" label={say('since')} rules={[{ required: true }]}>
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
        {say('save')}
      </Button>
      <Failed error={add.error} />
    </Form>
  );
}
