import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canKeepDirectory, unitKind, type AddUnitInput, type UnitRow } from '@cadre/domain/identity';
import { SidePanel, mustChoose } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Tree, type TreeDataNode } from 'antd';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { systemWords } from './system.words';

interface Values {
  code: string;
  zh: string;
  en?: string;
  kind: AddUnitInput['kind'];
  parentId: string;
}

/** The unit tree. */
export function UnitsTab() {
  const say = systemWords.use();
  const format = useFormat();
  const api = useApi();
  const actor = useActor();
  const [adding, setAdding] = useState(false);
  const query = useQuery(api.directory.units.queryOptions());
  const nodesBelow = (units: readonly UnitRow[], parentId: string | null): TreeDataNode[] =>
    units
      .filter((unit) => unit.parentId === parentId)
      .map((unit) => ({
        key: unit.id,
        title: `${format.text(unit.name)} · ${unit.code} · ${say(`kinds.${unit.kind}`)}`,
        children: nodesBelow(units, unit.id),
      }));
  return (
    <QueryView query={query}>
      {(units) => (
        <>
          {canKeepDirectory(actor) && (
            <Button type="primary" onClick={() => setAdding(true)} style={{ marginBottom: 16 }}>
              {say('addUnit')}
            </Button>
          )}
          <Tree treeData={nodesBelow(units, null)} defaultExpandAll selectable={false} showLine />
          <SidePanel open={adding} title={say('addUnit')} onClose={() => setAdding(false)}>
            <AddUnit units={units} onDone={() => setAdding(false)} />
          </SidePanel>
        </>
      )}
    </QueryView>
  );
}

function AddUnit({ units, onDone }: { readonly units: readonly UnitRow[]; readonly onDone: () => void }) {
  const say = systemWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const add = useMutation(
    api.directory.addUnit.mutationOptions({
      onSuccess: () => {
        sayDone(say('unitAdded'));
        void queries.invalidateQueries(api.directory.pathFilter());
        onDone();
      },
    }),
  );
  return (
    <Form<Values>
      name="unit"
      layout="vertical"
      onFinish={({ zh, en = '', ...rest }) => add.mutate({ ...rest, name: { zh, en } })}
    >
      <Form.Item name="parentId" label={say('parent')} rules={[mustChoose]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={units.map((unit) => ({ value: unit.id, label: format.text(unit.name) }))}
        />
      </Form.Item>
      <Form.Item
        name="code"
        label={say('code')}
        rules={[{ required: true, pattern: /^[A-Za-z0-9-]{1,32}$/ }]}
      >
        <Input />
      </Form.Item>
      <Form.Item name="zh" label={say('nameZh')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="en" label={say('nameEn')}>
        <Input />
      </Form.Item>
      <Form.Item name="kind" label={say('kind')} rules={[mustChoose]}>
        <Select options={unitKind.options.map((kind) => ({ value: kind, label: say(`kinds.${kind}`) }))} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {say('addThisUnit')}
      </Button>
      <Failed error={add.error} />
    </Form>
  );
}
