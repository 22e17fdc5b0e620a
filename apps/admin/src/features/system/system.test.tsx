import { refuse } from '@cadre/client/testing';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, pageOf } from '../../testing/scene';

const admin = holding('system-admin');
const person = {
  id: idOf(2),
  personNo: 'TZ00001',
  name: '林海燕',
  unitId: idOf(1),
  status: 'active' as const,
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  rank: null,
  loginName: 'linhaiyan',
};

it('lists people and asks the server for what is searched', async () => {
  const { server } = renderApp('/admin/system', { ...admin, 'directory.people': () => pageOf([person]) });
  expect(await screen.findByText('林海燕')).toBeDefined();
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'lhy' } });
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'directory.people')?.input).toMatchObject({
      search: 'lhy',
    }),
  );
});

it('shows the key of a new client once', async () => {
  const client = {
    id: idOf(5),
    name: '年度考核系统',
    permissions: ['feed:read' as const],
    assessmentYearIds: null,
    createdAt: new Date('2026-11-18T01:00:00Z'),
    revokedAt: null,
  };
  renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([]),
    'directory.apiClients': () => [],
    'directory.addApiClient': () => ({ client, key: 'cadre_secret' }),
  });
  fireEvent.click(await screen.findByRole('tab', { name: '接口' }));
  expect(await screen.findByText('还没有接口客户端')).toBeDefined();
  fireEvent.change(screen.getByLabelText('名称'), { target: { value: '年度考核系统' } });
  fireEvent.click(screen.getByRole('button', { name: '新增客户端' }));
  expect(await screen.findByText(/cadre_secret/)).toBeDefined();
});

it('says that nothing has been noted yet', async () => {
  renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([]),
    'audit.list': () => pageOf([]),
  });
  fireEvent.click(await screen.findByRole('tab', { name: '审计' }));
  expect(await screen.findByText('还没有记录')).toBeDefined();
});

it('says why the list is refused', async () => {
  renderApp('/admin/system', { ...admin, 'directory.people': () => refuse('NOT_ALLOWED') });
  expect(await screen.findByText('这里不对您开放')).toBeDefined();
});
