import { refuse, type FakeAnswers } from '@cadre/client/testing';
import type { Role, Scope } from '@cadre/domain/access';
import type { Base, BaseFile, BasePoint, BaseRow, CharterView } from '@cadre/domain/network';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';

const idOf = (tail: number) => `01990000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const base: Base = {
  id: idOf(1),
  code: 'C00',
  name: { zh: '大陈岛干部学院', en: 'Dachen Island' },
  tier: 'central',
  parentId: null,
  status: 'listed',
  designations: [],
  location: {
    province: '浙江',
    city: '台州',
    county: '椒江区',
    latitude: 28.46,
    longitude: 121.89,
    datum: 'WGS-84',
    accuracyKm: 3,
  },
  theme: { zh: '垦荒精神', en: '' },
  description: '海岛课堂。',
  access: '乘船。',
  capacityPerHalfDay: 120,
  openingHours: [{ weekday: 1, from: 480, to: 1440 }],
  blackouts: [],
  revision: 7,
  demo: false,
};
const village: Base = {
  ...base,
  id: idOf(2),
  code: 'P03',
  name: { zh: '方林村', en: '' },
  tier: 'regional',
  status: 'rectification',
  location: { ...base.location, county: '路桥区' },
};
const rowOf = (value: Base): BaseRow => ({ ...value, ...value.location, today: 'open' });
const pointOf = (value: Base): BasePoint => ({ ...rowOf(value), ...value.location });
const all = [base, village];
const charter: CharterView = {
  central: 1,
  regional: 9,
  case: null,
  taken: { central: 1, regional: 1, case: 0 },
};
const file: BaseFile = {
  base,
  today: 'open',
  parent: null,
  caseSites: [],
  venues: [],
  instructors: [],
  courses: [],
  upcomingSessions: 2,
};
const chosen = ({ tier, county }: { tier?: string | undefined; county?: string | undefined }) =>
  all.filter((value) => (!tier || value.tier === tier) && (!county || value.location.county === county));
const answers: FakeAnswers = {
  'network.charter': () => charter,
  'network.map': (input) => chosen(input ?? {}).map(pointOf),
  'network.list': (input) => {
    const items = chosen(input).map(rowOf);
    return { items, total: items.length, page: 1, pageSize: 50 };
  },
  'network.get': () => file,
  'network.instructors': () => [],
};
const as = (role: Role, scope: Scope): FakeAnswers => ({
  'identity.me': () => ({ ...me, grants: [{ id: idOf(90), role, scope }] }),
});
const sent = (server: { calls: readonly { procedure: string; input: unknown }[] }, procedure: string) =>
  server.calls.filter((call) => call.procedure === procedure).map((call) => call.input);

it('shows the same bases as dots with number and state and as a list, and opens one from either', async () => {
  const { path } = renderApp('/admin/network', answers);
  const schematic = await screen.findByRole('group', { name: '基地分布示意' });
  expect(within(schematic).getByRole('button', { name: 'P03 方林村，省市基地，整改中' })).toBeDefined();
  expect(await screen.findByText('中央基地 1/1 · 省市基地 1/9 · 案例教学基地 0')).toBeDefined();
  expect((await screen.findAllByText('方林村')).length).toBeGreaterThan(0);
  fireEvent.click(within(schematic).getByRole('button', { name: /C00 大陈岛干部学院/ }));
  await screen.findByText('海岛课堂。');
  expect(path()).toBe(`/admin/network/${base.id}`);
});

it('narrows dots and list together by the address', async () => {
  const { server } = renderApp('/admin/network?county=路桥区', answers);
  const schematic = await screen.findByRole('group', { name: '基地分布示意' });
  expect(within(schematic).getAllByRole('button')).toHaveLength(1);
  expect(sent(server, 'network.list').at(-1)).toMatchObject({ county: '路桥区' });
  expect(sent(server, 'network.map')).toContainEqual({ county: '路桥区' });
});

it('moves a base along its life after asking once, against the revision that was read', async () => {
  const { server } = renderApp(`/admin/network/${base.id}`, {
    ...answers,
    'network.moveBase': () => ({ ...base, status: 'rectification' }),
  });
  fireEvent.click(await screen.findByRole('button', { name: /变更状态/ }));
  fireEvent.click(await screen.findByText('整改中'));
  await screen.findByText('把「大陈岛干部学院」改为“整改中”？');
  expect(sent(server, 'network.moveBase')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: '改为整改中' }));
  await screen.findByText('「大陈岛干部学院」现在是：整改中');
  expect(sent(server, 'network.moveBase')).toEqual([{ baseId: base.id, revision: 7, to: 'rectification' }]);
});

it('says why a step is refused by the charter', async () => {
  renderApp(`/admin/network/${base.id}`, {
    ...answers,
    'network.moveBase': () => refuse('CHARTER_CENTRAL_REQUIRED'),
  });
  fireEvent.click(await screen.findByRole('button', { name: /变更状态/ }));
  fireEvent.click(await screen.findByText('已摘牌'));
  fireEvent.click(await screen.findByRole('button', { name: '改为已摘牌' }));
  expect(await screen.findByRole('alert')).toBeDefined();
});

it('refuses a form by the schema of its procedure and sends nothing', async () => {
  const { server } = renderApp('/admin/network', answers);
  fireEvent.click(await screen.findByRole('button', { name: '登记基地' }));
  fireEvent.change(await screen.findByRole('textbox', { name: '代码' }), { target: { value: 'base' } });
  fireEvent.click(screen.getByRole('button', { name: '登记这个基地' }));
  await screen.findByText('格式不对');
  expect(screen.getAllByText('请填写这一项').length).toBeGreaterThan(3);
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: '代码' }).value).toBe('base');
  expect(sent(server, 'network.createBase')).toEqual([]);
});

it('lets a base admin set opening hours, and nothing that is the alliance’s', async () => {
  const { server } = renderApp(`/admin/network/${base.id}?tab=opening`, {
    ...answers,
    ...as('base-admin', { kind: 'bases', baseIds: [base.id] }),
    'network.updateBaseRunning': () => base,
  });
  const to = await screen.findByLabelText<HTMLInputElement>('到');
  expect(to.value).toBe('24:00');
  expect(screen.queryByRole('button', { name: '修改概况' })).toBeNull();
  expect(screen.queryByRole('button', { name: /变更状态/ })).toBeNull();
  fireEvent.change(to, { target: { value: '7点' } });
  fireEvent.click(screen.getByRole('button', { name: '保存开放与接待' }));
  await screen.findByText('请填写这一项');
  expect(sent(server, 'network.updateBaseRunning')).toEqual([]);
  fireEvent.change(to, { target: { value: '17:30' } });
  fireEvent.click(screen.getByRole('button', { name: '保存开放与接待' }));
  await waitFor(() =>
    expect(sent(server, 'network.updateBaseRunning')).toEqual([
      {
        baseId: base.id,
        revision: 7,
        running: {
          openingHours: [{ weekday: 1, from: 480, to: 1050 }],
          blackouts: [],
          capacityPerHalfDay: 120,
          access: '乘船。',
        },
      },
    ]),
  );
});

it('shows an auditor the base without anything to change', async () => {
  renderApp(`/admin/network/${base.id}?tab=opening`, { ...answers, ...as('auditor', { kind: 'network' }) });
  await screen.findByText('08:00–24:00');
  expect(screen.queryByRole('button', { name: '保存开放与接待' })).toBeNull();
  expect(screen.queryByRole('button', { name: '修改概况' })).toBeNull();
});

it('adds a venue with the base it belongs to', async () => {
  const { server } = renderApp(`/admin/network/${base.id}?tab=venues`, {
    ...answers,
    'network.createVenue': ({ name }) => ({
      id: idOf(5),
      baseId: base.id,
      code: 'C00-V1',
      name,
      kind: 'hall',
      capacity: 60,
      active: true,
      revision: 0,
      demo: false,
    }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '添加教学点' }));
  fireEvent.change(await screen.findByLabelText('编号'), { target: { value: 'C00-V1' } });
  fireEvent.change(screen.getByRole('textbox', { name: '教学点' }), { target: { value: '垦荒馆' } });
  fireEvent.change(screen.getByLabelText('座位'), { target: { value: '60' } });
  fireEvent.click(screen.getByRole('button', { name: '添加这个教学点' }));
  await screen.findByText('已添加「垦荒馆」');
  expect(sent(server, 'network.createVenue')).toEqual([
    { baseId: base.id, code: 'C00-V1', name: { zh: '垦荒馆', en: '' }, kind: 'hall', capacity: 60 },
  ]);
});

it('answers a base out of sight like one that does not exist', async () => {
  renderApp(`/admin/network/${base.id}`, { ...answers, 'network.get': () => refuse('NOT_FOUND') });
  await screen.findByText('没有找到');
});
